"""Whom series go to: lists of recipients by group, in batches that are packed together."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

from bot.storage.connection import Connection
from bot.storage.keys import DAY, Keys
from bot.storage.records import RedisCommand, pack, read_recipients
from dialogs.core.reminder_model import PARTITION, Recipient, Series
from dialogs.reminders.due import BATCH


class Audiences:
    """Those of one deployment. What reads may raise MemoryAway, or UnreadableState."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        self._connection, self._seconds = connection, seconds

    def keep(self, id: str, roll: int, groups: Mapping[str, Sequence[Recipient]]) -> list[RedisCommand]:
        """Commands that keep a series' list by group; that of the roll before ends within a day."""
        commands = list[RedisCommand]()
        for group, recipients in groups.items():
            key = _key(id, roll, group)
            commands.append(("DEL", key))
            commands += [("RPUSH", key, batch) for batch in _batches(recipients)]
            commands.append(("EXPIRE", key, self._seconds["audience"]))
        return commands

    def drop(self, series: Series) -> list[RedisCommand]:
        """Commands that let the present list go, once what is under way has had time to end."""
        return [("EXPIRE", key, DAY) for key in _keys(series)]

    async def batch(self, id: str, roll: int, group: str, start: int) -> list[Recipient]:
        """A batch of a group's places, from the ``start``-th on (a multiple of ``due.BATCH``).

        A place whose recipient has left has no id.
        """
        key = _key(id, roll, group)
        stored = await self._connection.call("LINDEX", key, start // BATCH)
        return read_recipients(stored, key, self._connection.unreadable)

    async def all(self, series: Series) -> list[Recipient]:
        """All of them."""
        found: list[Recipient] = []
        for key in _keys(series):
            for batch in await self._connection.call("LRANGE", key, 0, -1):
                found += read_recipients(batch, key, self._connection.unreadable)
        return [recipient for recipient in found if recipient.id]

    async def has(self, series: Series, person: str) -> bool:
        """Whether ``person`` is among them; reads them, but makes nothing of the others."""
        packed = pack(person)
        for key in _keys(series):
            batches = await self._connection.call("LRANGE", key, 0, -1)
            if any(packed in _unpacked(batch) for batch in batches):
                return True
        return False


def _key(id: str, roll: int, group: str) -> str:
    return Keys(PARTITION + id).key("audience", f"{roll} {group}")


def _keys(series: Series) -> list[str]:
    return [_key(series.id, series.roll, group) for group in series.groups]


def _unpacked(batch: bytes) -> bytes:
    """Nothing, where it is damaged: whoever reads it says so."""
    try:
        return zlib.decompress(batch)
    except zlib.error:
        return b""


def _batches(recipients: Sequence[Recipient]) -> Iterable[bytes]:
    for start in range(0, len(recipients), BATCH):
        # Five hundred of them say much the same things: packed together, each takes a few dozen bytes.
        yield zlib.compress(pack(list(recipients[start : start + BATCH])), 1)
