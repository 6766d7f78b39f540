"""What is kept of enquiries: each one's state, and which there are. May raise MemoryAway throughout."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.migrations import Readable, ShapeReader, readable, versioned, where_readable
from bot.storage.records import RedisCommand
from bot.storage.transactions import Write, versioned_write
from dialogs.core.enquiry_model import ENQUIRIES_PARTITION, Enquiry

_keys = Keys(ENQUIRIES_PARTITION)
read_enquiry = ShapeReader(Enquiry, None)


class LoadedEnquiry(msgspec.Struct, frozen=True):
    """An enquiry as loaded."""

    enquiry: Enquiry | None
    """None where there is no such enquiry (any more)."""
    version: str
    seen: bool = False


class EnquiryStore:
    """The enquiries of one deployment."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._seconds = connection, seconds

    async def load(self, id: str, idempotency_key: str = "") -> LoadedEnquiry:
        """An enquiry, and whether what ``idempotency_key`` names has happened already."""
        key = _keys.key("enquiry", id)
        version, stored = await self._connection.call("HMGET", key, "v", "s")
        seen = bool(idempotency_key) and await self._connection.call(
            "EXISTS", _keys.hashed("mark", idempotency_key)
        )
        enquiry = read_enquiry(stored, key, self._connection.unreadable)
        return LoadedEnquiry(enquiry, (version or b"").decode(), bool(seen))

    def write(self, enquiry: Enquiry, loaded: LoadedEnquiry, now: datetime) -> Write:
        """Keeps its new state, as long as it is still the one that was loaded."""
        key, kept = _keys.key("enquiry", enquiry.id), self._seconds["enquiry"]
        listed, oldest = _keys.index("enquiries"), int(now.timestamp()) - kept
        commands: list[RedisCommand] = [
            *versioned_write(key, loaded.version, versioned(enquiry), kept),
            ("EXPIRE", _keys.key("card", enquiry.id), self._seconds["card"]),
            ("ZADD", listed, "NX", int(enquiry.at.timestamp()), enquiry.id),
            ("ZREMRANGEBYSCORE", listed, "-inf", oldest),
            ("EXPIRE", listed, self._seconds["index"]),
        ]
        return Write({key: loaded.version}, commands)

    async def all(self) -> tuple[Enquiry, ...]:
        """All that are kept and can be read, the oldest first."""
        return (await self.kept()).found

    async def kept(self) -> Readable[Enquiry]:
        """The same, with how many can't be read."""
        names = await self._connection.call("ZRANGE", _keys.index("enquiries"), 0, -1)
        loaded = await asyncio.gather(*(where_readable(self.load(name.decode())) for name in names))
        there, unread = readable(loaded)
        found = (each.enquiry for each in there if each.enquiry is not None)
        # The index knows whole seconds only.
        return Readable(tuple(sorted(found, key=lambda enquiry: enquiry.at)), unread)
