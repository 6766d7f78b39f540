"""What the stand-ins need so that a restart changes nothing: ids that are never given twice, and bounds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from playground.stage import Message

MESSAGE_BYTES = 4_000_000
"""Bytes of messages that a platform's part of the file holds."""
FILE_BYTES = 4_000_000
"""Bytes of pictures and other files that it holds."""
RESERVED_SECONDS = 60
"""How far ids begin above the last one that was kept: more than a kill can have left unkept."""

Kept = TypeVar("Kept")
_pack = msgspec.msgpack.Encoder().encode


class Ids:
    """Rising numbers, each at least the time of the world, so that none comes again after a restart."""

    def __init__(self, per_second: int, now: Callable[[], int] = time.time_ns) -> None:
        """``per_second``: 1,000 for milliseconds; ``now``: nanoseconds since 1970."""
        self._per_second, self._now = per_second, now
        self.last = 0

    def next(self) -> int:
        """A number not given before."""
        self.last = max(self.last + 1, self._now() * self._per_second // 10**9)
        return self.last

    def restore(self, last: int) -> None:
        """Go on well above ``last``, also where the world's clock has been set back since."""
        self.last = max(self.last, last + RESERVED_SECONDS * self._per_second)


def newest(kept: Iterable[Kept], size: Callable[[Kept], int], most: int) -> list[Kept]:
    """The newest of ``kept``, which come oldest first, that take at most ``most`` bytes together."""
    found: list[Kept] = []
    for keeper in reversed(list(kept)):
        most -= size(keeper)
        if most < 0:
            break
        found.append(keeper)
    return found[::-1]


def newest_messages(messages: Iterable[Message]) -> list[Message]:
    """Those of ``messages``, in any order, that are kept; oldest first."""
    in_order = sorted(messages, key=lambda message: message.at)
    return newest(in_order, lambda message: len(_pack(message)), MESSAGE_BYTES)
