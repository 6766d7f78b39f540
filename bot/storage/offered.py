"""The buttons of what people were sent alone: written as it is sent, read by the turns of what they type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.platforms.ports import platform_of
from bot.storage.connection import Connection, Script
from bot.storage.keys import Keys
from bot.storage.records import pack, reader
from dialogs.core.model import OfferedButton
from dialogs.core.replies import Reply
from dialogs.offered import MOST, buttons

_button = reader(OfferedButton)


class OfferedStore:
    """Remembers them. May raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._seconds, self._offer = connection, seconds, Script("offer")

    async def offer(self, partition: str, person: str, reply: Reply, now: datetime, made: float) -> None:
        """Remember the buttons of ``reply``, which was sent to ``person`` (a speaker's id) alone, unless they
        have been forgotten since it was ``made`` (in seconds).

        ``partition``: from which it was sent. A reply comes from the tenant in which they type, which may
        have another name than their own id; what comes from elsewhere is kept by their id.
        """
        shown = buttons([reply], now)
        if not shown:
            return
        own = person.partition("/")[0]
        keys = Keys(partition if platform_of(partition) == platform_of(own) else own)
        await self._connection.run(
            self._offer,
            [keys.key("offered", person), keys.key("traces", person), keys.hashed("forgotten", person)],
            [
                repr(now.timestamp()), self._seconds["offered"], self._seconds["traces"], MOST, repr(made),
                *(pack(button) for button in reversed(shown)),
            ],
        )  # fmt: skip


def read_offered(stored: Iterable[bytes], since: float) -> tuple[OfferedButton, ...]:
    """The buttons shown ``since`` then, the newest first; none that is damaged."""
    found = map(_button, stored)
    return tuple(button for button in found if button and button.at >= since)
