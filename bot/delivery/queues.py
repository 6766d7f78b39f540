"""A queue of the outbox: the messages of one conversation, in order, under the lease of one process."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress

from bot.platforms.ports import JOBS, NOTHING, OutboxMessage
from bot.storage.connection import Connection, MemoryAway, Script
from bot.storage.keys import Keys
from bot.storage.migrations import Notice
from bot.storage.records import RedisCommand, flat, pack, read_message
from dialogs.core.jobs import Job, SendUnread

BATCH = 50
"""Messages fetched at once, at most."""


def messages_of(packed: Iterable[bytes], keys: Keys, queue: str, notice: Notice) -> list[OutboxMessage]:
    """Messages as they stand in a queue. In the place of one that can't be read stands a job that sends it
    as soon as a version can: what comes after it doesn't wait."""
    key = keys.key("outbox", queue)
    read = ((stored, read_message.or_missing(stored, key, notice)) for stored in packed)
    return [message or _unread(stored, keys.partition, queue) for stored, message in read]


def _unread(stored: bytes, partition: str, queue: str) -> OutboxMessage:
    id = f"unread {hashlib.blake2s(stored, digest_size=8).hexdigest()}"
    job = Job(partition, SendUnread(queue, stored.decode("latin-1")), key=id)
    return OutboxMessage(id, JOBS, {}, NOTHING, job)


class QueueLost(Exception):
    """Another process delivers to this queue now."""


class QueueLeft(Exception):
    """This process stops, and leaves the queue to others."""


class QueueHolder:
    """A process, as the queues know it that it holds."""

    def __init__(self, connection: Connection, token: str, lease: float) -> None:
        """``token`` names the process; ``lease`` is in seconds."""
        self.connection, self.token, self.lease_ms = connection, token, int(lease * 1000)
        self.settle, self.renew = Script("settle"), Script("renew")
        self.stopping = asyncio.Event()
        """Set where nothing waits any more."""
        self.stopped = False
        """Whether nothing is begun any more."""


class Queue:
    """A conversation's part of the outbox, while this process holds its lease.

    The lease is renewed by a timer, so that a slow platform doesn't cost us the queue.
    """

    def __init__(self, holder: QueueHolder, partition: str, name: str) -> None:
        self._holder, self.partition, self.name, self.keys = holder, partition, name, Keys(partition)
        self._lost = False
        self._renewal: asyncio.Task[None] | None = None
        self._timer = self._later()

    def leave(self) -> None:
        """Renew no more."""
        self._timer.cancel()
        if self._renewal is not None:
            self._renewal.cancel()

    def check(self) -> None:
        """Raises QueueLost where another process has taken the queue, QueueLeft where this one stops."""
        if self._lost:
            raise QueueLost
        if self._holder.stopped:
            raise QueueLeft

    async def wait(self, seconds: float) -> None:
        """Sleep for that long, and still hold the queue afterwards. Raises QueueLost or QueueLeft."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._holder.stopping.wait()
                raise QueueLeft
        self.check()

    def _later(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(self._holder.lease_ms / 3000, self._start_renewal)

    def _start_renewal(self) -> None:
        self._renewal = asyncio.create_task(self._renew())
        self._timer = self._later()

    async def _renew(self) -> None:
        try:
            kept = await self._holder.connection.run(
                self._holder.renew,
                [self.keys.key("lease", self.name), self.keys.due],
                [self._holder.token, self.name, self._holder.lease_ms],
            )
        except MemoryAway:
            return  # the next renewal may succeed; else the strike-off will tell
        self._lost = not kept

    async def settle(
        self,
        struck: int,
        commands: Sequence[RedisCommand] = (),
        *,
        pause: float = 0.0,
        head: OutboxMessage | None = None,
        more: int = BATCH,
        about: OutboxMessage | None = None,
    ) -> list[OutboxMessage]:
        """Strike ``struck`` messages off; returns at most ``more`` that are left. Raises QueueLost.

        ``head`` takes the first message's place. With ``pause`` (seconds) the queue is given up until then.
        Where whoever ``about`` was made for has been forgotten since, ``commands`` and ``head`` are dropped.
        """
        forgotten = self.keys.hashed("forgotten", about.speaker if about else "")
        answer = await self._holder.connection.run(
            self._holder.settle,
            [self.keys.key("outbox", self.name), self.keys.key("lease", self.name), self.keys.due, forgotten],
            [
                self._holder.token,
                self.name,
                struck,
                self._holder.lease_ms,
                int(pause * 1000),
                pack(head) if head else b"",
                more,
                about.at if about else 0,
                *flat(commands),
            ],
        )
        if answer[0] == b"lost":
            raise QueueLost
        return messages_of(answer[1:], self.keys, self.name, self._holder.connection.unreadable)

    async def give_up(self) -> None:
        """Leave the queue, which this process has just committed to, to whoever sweeps it up first."""
        try:
            await self.settle(0, pause=0.001, more=0)
        except (QueueLost, MemoryAway):
            pass  # somebody has it, or will find it
        finally:
            self.leave()
