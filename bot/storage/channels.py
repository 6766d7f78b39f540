"""What is kept of a channel: the live sessions that are open there, and what its readiness checks came to."""

from __future__ import annotations

import msgspec

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.migrations import versioned
from bot.storage.records import read_here, read_joint
from bot.storage.transactions import Write, versioned_write
from dialogs.core.result_model import JointResult
from dialogs.core.work import OpenSessions

MOST_SHARED = 50
"""Joint results kept a channel."""


class LoadedChannel(msgspec.Struct, frozen=True):
    """What a channel's turn starts from."""

    here: OpenSessions
    version: str
    seen: bool = False


class ChannelStore:
    """The channels of one deployment. What reads may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: dict[str, int]) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._seconds = connection, seconds

    async def load(self, tenant: str, channel: str, idempotency_key: str) -> LoadedChannel:
        """What is open in a channel, and whether what ``idempotency_key`` names has happened already."""
        keys = Keys(tenant)
        version, stored = await self._connection.call("HMGET", keys.key("here", channel), "v", "s")
        seen = await self._connection.call("EXISTS", keys.hashed("mark", idempotency_key))
        return LoadedChannel(read_here(stored), (version or b"").decode(), bool(seen))

    def write(
        self, tenant: str, channel: str, version: str, here: OpenSessions, result: JointResult | None
    ) -> Write:
        """Keeps what is open in a channel, and what a session there came to."""
        keys = Keys(tenant)
        key, shared = keys.key("here", channel), keys.key("shared", channel)
        commands = list(versioned_write(key, version, versioned(here), self._seconds["here"]))
        if result is not None:
            commands.append(("RPUSH", shared, versioned(result)))
            commands.append(("LTRIM", shared, -MOST_SHARED, -1))
            commands.append(("EXPIRE", shared, self._seconds["shared"]))
        return Write({key: version}, commands)

    async def results(self, tenant: str, channel: str) -> tuple[JointResult, ...]:
        """What the joint readiness checks of a channel came to, oldest first."""
        stored = await self._connection.call("LRANGE", Keys(tenant).key("shared", channel), 0, -1)
        kept = [read_joint(value) for value in stored]
        return tuple(result for result in kept if result is not None)
