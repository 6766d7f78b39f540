"""Time: jobs that are due later wait in docket, on the same Redis, and are then handed to their turns.

docket decides only when. A job is added under its key, so that adding it again changes nothing; one
that fails is tried again, and one whose worker died is run by another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import structlog
from redis.exceptions import RedisError

from bot.platforms.ports import OutboxMessage, Unavailable, Undeliverable, Wait
from bot.storage.connection import MemoryAway
from bot.storage.keys import SCHEDULE
from dialogs.core.jobs import Job

if TYPE_CHECKING:
    from docket import Docket

CONCURRENCY = 50
CHECK = timedelta(milliseconds=100)
REDELIVERED_AFTER = timedelta(seconds=30)
"""After so long a job whose worker died is run by another."""
TRIES = 20
STOP_SECONDS = 2.0
"""How long docket is waited for, which takes its time while Redis is away."""
_TASK = "job"
_AWAY = (RedisError, OSError, TimeoutError)

_log = structlog.get_logger()
_pack = msgspec.msgpack.Encoder().encode
_read = msgspec.msgpack.Decoder(Job).decode

Hand = Callable[[Job, str], Awaitable[None]]
"""Hands a job to its partition's turn; the second argument names it, for a repeat to be recognised."""


class Clock:
    """The time of a deployment: the world's, or in the playground one that has been moved forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC) + self.ahead

    def on_the_wall(self, at: datetime) -> datetime:
        """When, in the world's time, ``at`` will have come."""
        return at - self.ahead


class Scheduler:
    """The jobs of one deployment that wait for their time."""

    def __init__(self, url: str, clock: Clock, hand: Hand) -> None:
        self._url, self._clock, self._hand = url, clock, hand
        self._docket: Docket | None = None
        self.connected = asyncio.Event()
        self._living: asyncio.Task[None] | None = None

    async def start(self, *, work: bool) -> None:
        """Connect, in the background while Redis is away; with ``work``, also run what falls due."""
        self._living = asyncio.create_task(self._live(work))

    async def stop(self) -> None:
        """Run no more; what was under way is run again by another."""
        if self._living is not None:
            self._living.cancel()
            # docket takes its time to end while Redis is away; nothing of ours waits for it.
            await asyncio.wait([self._living], timeout=STOP_SECONDS)

    async def add(self, job: Job) -> None:
        """Let ``job`` wait for its time. Raises MemoryAway."""
        if self._docket is None or job.at is None:
            raise MemoryAway("schedule")
        at = self._clock.on_the_wall(job.at)
        try:
            await self._docket.add(_TASK, when=at, key=job.key)(_pack(job).hex())
        except _AWAY as error:
            raise MemoryAway(type(error).__name__) from None

    async def withdraw(self, person: str) -> None:
        """Cancel what waits for its time on behalf of a person. Raises MemoryAway."""
        if self._docket is None:
            raise MemoryAway("schedule")
        try:
            for one in (await self._docket.snapshot()).future:
                if one.function_name == _TASK and person.encode() in bytes.fromhex(one.args[0]):
                    await self._docket.cancel(one.key)
        except _AWAY as error:
            raise MemoryAway(type(error).__name__) from None

    async def forward(self, by: timedelta, settled: Callable[[], Awaitable[None]]) -> int:
        """Move the clock on, running what falls due on the way in its order; returns how many did.

        For the playground, where nobody else is at work on the same jobs; ``settled`` waits until what
        was committed has been carried out.
        """
        assert self._docket is not None
        await settled()
        target, ran = self._clock.now() + by, 0
        while True:
            waiting = [one for one in (await self._docket.snapshot()).future if one.function_name == _TASK]
            jobs = [_read(bytes.fromhex(one.args[0])) for one in waiting]
            due = [(one.at, one.key, one) for one in jobs if one.at is not None and one.at <= target]
            if not due:
                break
            at, key, job = min(due, key=lambda one: one[:2])
            await self._docket.cancel(key)
            self._clock.ahead = max(self._clock.ahead, at - datetime.now(UTC))
            await self._hand(job, job.key)
            await settled()
            ran += 1
        self._clock.ahead = max(self._clock.ahead, target - datetime.now(UTC))
        return ran

    async def _live(self, work: bool) -> None:
        # Imported here: it takes a moment that no start has to wait for.
        from docket import Docket, Worker

        async def job(packed: str) -> None:
            await self._run(packed)

        ours = asyncio.current_task()
        assert ours is not None
        while not ours.cancelling():  # docket keeps a cancellation to itself
            try:
                async with Docket(SCHEDULE, self._url, execution_ttl=timedelta(0)) as docket:
                    docket.register(job)
                    self._docket = docket
                    self.connected.set()
                    if not work:
                        await asyncio.Event().wait()
                    async with Worker(
                        docket,
                        concurrency=CONCURRENCY,
                        redelivery_timeout=REDELIVERED_AFTER,
                        minimum_check_interval=CHECK,
                        scheduling_resolution=CHECK,
                    ) as worker:
                        await worker.run_forever()
            except _AWAY as error:
                _log.warning("schedule: memory is away", reason=type(error).__name__)
            self._docket = None
            self.connected.clear()
            if not ours.cancelling():
                await asyncio.sleep(1)

    async def _run(self, packed: str) -> None:
        job = _read(bytes.fromhex(packed))
        for tried in range(TRIES):
            try:
                return await self._hand(job, job.key)
            except Unavailable as away:
                _log.warning("errand waits", key=job.key, reason=away.reason)
            except MemoryAway as error:
                _log.warning("errand waits", key=job.key, reason=str(error))
            await asyncio.sleep(min(2.0**tried, 30.0))


class JobSender:
    """Carries the outbox's jobs (``bot.platforms.ports.Sender``): to their turn now, or to the schedule."""

    def __init__(self, schedule: Scheduler, clock: Clock, hand: Hand) -> None:
        self._schedule, self._clock, self._hand = schedule, clock, hand

    async def send(self, row: OutboxMessage, wait: Wait) -> str | None:
        """Raises Unavailable where it has to be tried again."""
        job = row.job
        if job is None:
            raise Undeliverable("no_errand")
        try:
            if job.at is None or job.at <= self._clock.now():
                await self._hand(job, job.key or row.id)
            else:
                await self._schedule.add(job)
        except MemoryAway:
            raise Unavailable("memory") from None
        return None
