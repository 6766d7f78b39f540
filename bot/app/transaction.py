"""The transaction: what an event comes to is decided, kept with all that follows, and sent on its way.

Every handler's turns run here, each in one partition: conversations, channels, live sessions, series and the
advisor settings only say how they load, and what an event comes to.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar
from uuid import uuid4

import msgspec

from bot.observability.metrics import Metrics
from bot.platforms.ports import JOBS, NOTHING, InboundEvent, OutboxMessage, Unavailable
from bot.storage.transactions import Transactions, Write
from dialogs.core.jobs import Job

MOST_CONFLICTS = 8
PAUSE_SECONDS = 0.005
"""After a conflict, at most; doubled each time, so that two who meet don't go on meeting."""
JOBS_QUEUE = "errands"
"""The queue of a partition's jobs that wait for no replies; stores hold it under this name."""

Messages = Mapping[str, Sequence[OutboxMessage]]
"""Outbox messages by queue."""
Deliver = Callable[[str, Messages, Mapping[str, int]], None]
"""See ``bot.delivery.outbox.Outbox.committed``."""
Outcome = TypeVar("Outcome")


class Busy(Unavailable):
    """Too much happened to one partition at once; try again."""

    def __init__(self) -> None:
        super().__init__("busy")


class Turn(msgspec.Struct, frozen=True):
    """One event that is to happen to one partition, once."""

    partition: str
    idempotency_keys: tuple[str, ...]
    """What identifies the event; where any of them was kept before, it has happened."""
    id: str
    """The same for a repeat of the same event, so that its messages and records keep their ids."""

    def names(self, what: object) -> str:
        """The id of one of the turn's outbox messages."""
        return f"{self.id}-{what}"

    def jobs(self, jobs: Sequence[Job]) -> list[OutboxMessage]:
        """Outbox messages that carry ``jobs``."""
        at = time.time()
        return [
            OutboxMessage(self.names(f"job-{number}"), JOBS, {}, NOTHING, job, at=at)
            for number, job in enumerate(jobs)
        ]


def turn_of(partition: str, *idempotency_keys: str) -> Turn:
    """The turn in ``partition`` of the event that the keys name; without any, it is never repeated."""
    if not idempotency_keys:
        return Turn(partition, (), uuid4().hex[:16])
    named = f"{partition}\n{idempotency_keys[0]}".encode()
    return Turn(partition, idempotency_keys, hashlib.blake2s(named, digest_size=8).hexdigest())


def press_key(inbound: InboundEvent, *what: object) -> str:
    """The idempotency key of ``what`` somebody did; a repeat of it by the platform has the same."""
    return next(iter(inbound.idempotency_keys), " ".join(map(str, (inbound.speaker, *what))))


class Loaded(Protocol):
    """What a turn starts from."""

    @property
    def seen(self) -> bool:
        """Whether the event has happened already."""


From = TypeVar("From", bound=Loaded)


class Change(msgspec.Struct, Generic[Outcome], frozen=True):
    """What an event comes to."""

    outcome: Outcome
    write: Write | None = None
    """What is to be kept; None: nothing at all, and the event counts as not having happened."""
    messages: Messages = {}
    jobs: Sequence[Job] = ()
    jobs_queue: str = JOBS_QUEUE
    """The queue in which the jobs wait, after its messages."""
    then: Callable[[], Awaitable[None]] | None = None
    """Done once it is kept; lost if the process dies just then."""


class TransactionRunner:
    """Runs the turns of one process. What reaches Redis may raise MemoryAway."""

    def __init__(self, commits: Transactions, deliver: Deliver, metrics: Metrics) -> None:
        self._commits, self.deliver, self._metrics = commits, deliver, metrics

    async def run(
        self,
        turn: Turn,
        load: Callable[[], Awaitable[From]],
        decide: Callable[[From], Awaitable[Change[Outcome]]],
        *,
        seen: Outcome,
    ) -> Outcome:
        """Let an event happen; it is decided again where what it was decided from has changed meanwhile.

        ``seen``: the outcome where it has happened before. Raises Busy after ``MOST_CONFLICTS`` tries.
        """
        for conflicts in range(MOST_CONFLICTS):
            loaded = await load()
            if loaded.seen:
                return seen
            change = await decide(loaded)
            if change.write is None:
                return change.outcome
            messages = _with_jobs(turn, change)
            committed = await self._commits.commit(
                turn.partition, change.write, idempotency_keys=turn.idempotency_keys, messages=messages
            )
            if committed.outcome == "seen":
                return seen
            if committed.outcome == "ok":
                self.deliver(turn.partition, messages, committed.before)
                if change.then is not None:
                    await change.then()
                return change.outcome
            self._metrics.conflicts.inc()
            pause = random.uniform(0, PAUSE_SECONDS * 2**conflicts)  # noqa: S311 (no secret)
            await asyncio.sleep(pause)
        raise Busy


def _with_jobs(turn: Turn, change: Change[Outcome]) -> Messages:
    if not change.jobs:
        return change.messages
    before = change.messages.get(change.jobs_queue, ())
    return {**change.messages, change.jobs_queue: [*before, *turn.jobs(change.jobs)]}
