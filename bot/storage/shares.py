"""Whether a post counts as an answer that somebody has shared."""

from __future__ import annotations

import msgspec

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.transactions import Write


class LoadedShare(msgspec.Struct, frozen=True):
    """What the turn of a refused post starts from."""

    there: bool
    """Whether it still counts as shared."""
    seen: bool = False


class ShareStore:
    """The shares of one deployment, after the turn that made them. What reads may raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def load(self, tenant: str, id: str, idempotency_key: str) -> LoadedShare:
        """Whether a post counts as shared, and whether its refusal has been told already."""
        keys = Keys(tenant)
        there = await self._connection.call("EXISTS", keys.key("share", id))
        seen = await self._connection.call("EXISTS", keys.hashed("mark", idempotency_key))
        return LoadedShare(bool(there), bool(seen))

    def dropped(self, tenant: str, id: str) -> Write:
        """Lets a post count as not shared."""
        return Write(commands=[("DEL", Keys(tenant).key("share", id))])
