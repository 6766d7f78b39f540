"""What is kept of a channel: the live sessions that are open there, and what came of those before."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from bot.storage.connection import Connection, pairs
from bot.storage.keys import Keys
from bot.storage.migrations import Readable, ShapeReader, readable, versioned
from bot.storage.records import RedisCommand, pack, read_here, read_joint
from bot.storage.transactions import Write, versioned_write
from dialogs.core.result_model import JointResult
from dialogs.core.session_model import LastAsked
from dialogs.core.work import OpenSessions

read_last_asked = ShapeReader(LastAsked, None, plain=True)

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
        key = keys.key("here", channel)
        version, stored = await self._connection.call("HMGET", key, "v", "s")
        seen = await self._connection.call("EXISTS", keys.hashed("mark", idempotency_key))
        here = read_here(stored, key, self._connection.unreadable)
        return LoadedChannel(here, (version or b"").decode(), bool(seen))

    def write(
        self,
        tenant: str,
        channel: str,
        version: str,
        here: OpenSessions,
        result: JointResult | None = None,
        asked: Mapping[str, LastAsked] = MappingProxyType({}),
    ) -> Write:
        """Keeps what is open in a channel, and what a session there came to."""
        keys = Keys(tenant)
        key, shared = keys.key("here", channel), keys.key("shared", channel)
        commands: list[RedisCommand] = list(
            versioned_write(key, version, versioned(here), self._seconds["here"])
        )
        if result is not None:
            commands.append(("RPUSH", shared, versioned(result)))
            commands.append(("LTRIM", shared, -MOST_SHARED, -1))
            commands.append(("EXPIRE", shared, self._seconds["shared"]))
        commands += self._keep_asked(tenant, channel, asked)
        return Write({key: version}, commands)

    def _keep_asked(self, tenant: str, channel: str, asked: Mapping[str, LastAsked]) -> list[RedisCommand]:
        """Commands that keep how quiz questions went in a channel, each in the place of the time before."""
        if not asked:
            return []
        key = Keys(tenant).key("quizzed", channel)
        fields = (part for question, last in asked.items() for part in (question, pack(last)))
        return [("HSET", key, *fields), ("EXPIRE", key, self._seconds["quizzed"])]

    async def asked(self, tenant: str, channel: str) -> dict[str, LastAsked]:
        """How quiz questions went in a channel when they were last put, by their ids."""
        key, notice = Keys(tenant).key("quizzed", channel), self._connection.unreadable
        stored = pairs(await self._connection.call("HGETALL", key))
        read = {
            question: read_last_asked.or_missing(value, key, notice) for question, value in stored.items()
        }
        return {question: last for question, last in read.items() if last is not None}

    async def results(self, tenant: str, channel: str) -> Readable[JointResult]:
        """What the joint readiness checks of a channel came to, oldest first."""
        key, notice = Keys(tenant).key("shared", channel), self._connection.unreadable
        stored = await self._connection.call("LRANGE", key, 0, -1)
        return readable(read_joint.or_missing(value, key, notice) for value in stored)
