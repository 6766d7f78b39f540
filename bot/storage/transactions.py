"""The commit: whatever a turn comes to is kept in one partition by one Lua call, or none of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from uuid import uuid4

import msgspec

from bot.platforms.ports import OutboxMessage
from bot.storage.connection import Connection, MemoryAway, Script
from bot.storage.keys import Keys
from bot.storage.partitions import Partitions
from bot.storage.records import RedisCommand, flat, pack

Guards = Mapping[str, str]
"""Keys of versioned hashes, each with the version ("" for none) that it must still have."""


class Write(msgspec.Struct, frozen=True):
    """What is to be kept of a turn in its partition, as long as its guards hold."""

    guards: Guards = {}
    commands: Sequence[RedisCommand] = ()
    forget: str = ""
    """The key of the traces of a person to erase, with all that they name; "" for nobody's."""


class Committed(msgspec.Struct, frozen=True):
    """What became of a commit."""

    outcome: Literal["ok", "seen", "conflict"]
    before: dict[str, int] = {}
    """Messages waiting before ours, by queue; -1 where another process is delivering there."""


class Transactions:
    """Commits of one process. Every call may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int], lease: float) -> None:
        """``seconds``: how long each kind of key is kept; ``lease``: that of a queue, in seconds."""
        self.connection, self._seconds, self.lease = connection, seconds, lease
        self._script = Script("commit")
        self.token = uuid4().hex
        """Names the process as a deliverer."""
        self.partitions = Partitions(connection)

    async def commit(
        self,
        partition: str,
        write: Write,
        *,
        idempotency_keys: Iterable[str] = (),
        messages: Mapping[str, Sequence[OutboxMessage]] | None = None,
    ) -> Committed:
        """Keep all of it, unless an idempotency key is there already or a guard has another version.

        ``messages`` go to the outbox by queue. The process then delivers each queue, unless
        ``Committed.before`` says that another does.
        """
        try:
            await self.partitions.mark(partition, add=True)
            return await self._commit(partition, write, idempotency_keys, messages or {})
        except MemoryAway:
            self.partitions.doubt(partition)
            raise

    async def _commit(
        self,
        partition: str,
        write: Write,
        idempotency_keys: Iterable[str],
        messages: Mapping[str, Sequence[OutboxMessage]],
    ) -> Committed:
        keys = Keys(partition)
        waiting = [(queue, message) for queue, group in messages.items() for message in group]
        answer = await self.connection.run(
            self._script,
            [keys.due, *write.guards, *(keys.hashed("mark", key) for key in idempotency_keys)],
            [
                len(write.guards),
                *write.guards.values(),
                self._seconds["mark"],
                self.token,
                int(self.lease * 1000),
                self._seconds["outbox"],
                keys.key("outbox", ""),
                keys.key("lease", ""),
                write.forget,
                len(waiting),
                *(part for queue, message in waiting for part in (queue, pack(message))),
                *flat(write.commands),
            ],
        )
        pairs = zip(answer[1::2], answer[2::2], strict=True)
        return Committed(answer[0].decode(), {queue.decode(): int(before) for queue, before in pairs})

    async def retire(self, partition: str) -> None:
        """No longer look after ``partition``, unless something in its outbox still has to go."""
        if not await self.connection.call("EXISTS", Keys(partition).due):
            await self.partitions.remove(partition)


def versioned_write(key: str, version: str, value: bytes, seconds: int) -> Iterable[RedisCommand]:
    """Write a guarded value in its next version."""
    yield "HSET", key, "v", int(version or 0) + 1, "s", value
    yield "EXPIRE", key, seconds
