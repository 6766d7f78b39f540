"""Time: jobs that are due later wait in docket, on the same Redis, and are then handed to their turns.

docket decides only when. A job is added under its key, so that adding it again changes nothing; one that
fails is tried again after a while, in which it holds no worker slot, and one whose worker died is run by
another. What fails every time is handed over as failed. Until it is done or has failed, each job stands as a
promise in its own partition too (``bot.delivery.promises``).

In a cluster all of docket's own keys share one slot, and so one server.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import structlog
from redis.exceptions import RedisClusterException, RedisError

from bot.delivery.clock import Clock
from bot.delivery.promises import Promises
from bot.delivery.signs_of_life import while_alive
from bot.observability.logs import where
from bot.storage.connection import Connection, MemoryAway
from bot.storage.forgotten import ForgottenPeople
from bot.storage.job_strips import job_without
from bot.storage.keys import SCHEDULE
from bot.storage.person_strips import Whom
from bot.storage.pools import by_host
from bot.storage.records import read_job
from dialogs.core.jobs import Job
from dialogs.core.mentions import names

if TYPE_CHECKING:
    from docket import Docket

CONCURRENCY = 50
CHECK = timedelta(milliseconds=100)
REDELIVERED_AFTER = timedelta(seconds=30)
"""After so long a job whose worker died is run by another."""
TRIES = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
"""Between tries, doubled each time: all of them take about two and a half hours."""
TAKEN_UP_WITHIN = timedelta(minutes=5)
"""A job that has left docket's queue for so long, and isn't done, has been lost on the way to a worker."""
STOP_SECONDS = 2.0
"""How long docket is waited for, which takes its time while Redis is away."""
CONNECT_SECONDS = 20.0
ANSWER_SECONDS = 10.0
"""After so long without an answer Redis counts as away: docket's own calls have no end."""
_TASK, _TASKS = "job", ["job", "errand"]
"""What docket knows our task by: stores of version 1 have some of the second name."""
_AWAY = (RedisError, RedisClusterException, OSError, TimeoutError)

_log = structlog.get_logger()
_pack = msgspec.msgpack.Encoder().encode

Hand = Callable[[Job, str], Awaitable[None]]
"""Hands a job to its partition's turn; the second argument names it, for a repeat to be recognised."""
Failed = Callable[[bytes, str, str], Awaitable[None]]
"""Takes over a job, packed, that has failed every time, with the reason (the kind of error and where) and its
key."""


class WaitingJob(NamedTuple):
    """What docket has waiting."""

    key: str
    packed: bytes
    job: Job | None
    """None where it can't be read."""


class JobFailed(Exception):
    """Tells docket to try a job again; it says no more, since docket logs it."""


class Scheduler:
    """The jobs of one deployment that wait for their time."""

    def __init__(
        self,
        url: str,
        connection: Connection,
        clock: Clock,
        hand: Hand,
        failed: Failed,
        forgotten: ForgottenPeople,
    ) -> None:
        self._url, self._connection, self._forgotten = url, connection, forgotten
        self._clock, self._hand, self._failed = clock, hand, failed
        self.promises = Promises(connection)
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

    async def add(self, job: Job, *, anew: bool = False) -> bool:
        """Let ``job`` wait for its time; False where it does already. Raises MemoryAway.

        ``anew``: in the place of whatever docket still has of it.
        """
        if self._docket is None or job.at is None:
            raise MemoryAway("schedule")
        packed, at = _pack(job), self._clock.on_the_wall(job.at)
        await self.promises.make(job, packed)
        put = self._docket.replace if anew else self._docket.add
        async with _answered():
            added = await put(_TASK, when=at, key=job.key)(packed.hex())
        return added.disposition.value == "scheduled"

    async def waits(self, keys: Collection[str]) -> set[str]:
        """Those of ``keys`` whose jobs wait, are under way, or are to be tried again. Raises MemoryAway."""
        docket, call = self._docket, self._connection.call
        if docket is None:
            raise MemoryAway("schedule")
        just_now = (datetime.now(UTC) - TAKEN_UP_WITHIN).timestamp()

        async def has(key: str) -> bool:
            queued, parked, (state, when) = await asyncio.gather(
                call("ZSCORE", docket.queue_key, key),
                call("EXISTS", docket.parked_task_key(key)),
                call("HMGET", docket.runs_key(key), "state", "when"),
            )
            if queued is not None and parked:
                return True
            # A worker has it, or is about to: that docket says so is worth little for longer.
            return state in (b"queued", b"running") and float(when or 0) > just_now

        found = await asyncio.gather(*map(has, keys))
        return {key for key, there in zip(keys, found, strict=True) if there}

    async def withdraw(self, whom: Whom) -> None:
        """Take a person out of what waits for its time; what concerns them alone is cancelled. MemoryAway."""
        if self._docket is None:
            raise MemoryAway("schedule")
        for waiting in await self._future(self._docket):
            job = waiting.job
            # One that can't be read is looked after by its promise, which says the same without them.
            rest = job_without(job, whom) if job else None
            if job is None and not names(waiting.packed.decode("latin-1"), whom.id):
                continue
            if rest is None or job is None or rest.key != job.key:
                async with _answered():
                    await self._docket.cancel(waiting.key)
            if job is not None and (rest is None or rest.key != job.key):
                await self.promises.kept(job)
            if rest is not None and rest != job:
                await self.add(rest, anew=True)

    async def forward(self, by: timedelta, settled: Callable[[], Awaitable[None]]) -> int:
        """Move the clock on, running what falls due on the way in its order; returns how many did.

        For the playground, where nobody else is at work on the same jobs; ``settled`` waits until what
        was committed has been carried out. What fails has no time to be tried again, and counts as failed.
        Raises MemoryAway.
        """
        docket = await self._connected()
        await settled()
        target, ran = self._clock.now() + by, 0
        while True:
            jobs = [waiting.job for waiting in await self._future(docket) if waiting.job is not None]
            due = [(job.at, job.key, job) for job in jobs if job.at is not None and job.at <= target]
            if not due:
                break
            at, key, job = min(due, key=lambda waiting_job: waiting_job[:2])
            async with _answered():
                await docket.cancel(key)
            self._clock.ahead = max(self._clock.ahead, at - datetime.now(UTC))
            left, why = await self._tried(job)
            if left is not None:
                await self._failed(_pack(left), why, key)
            await self.promises.kept(job)
            await settled()
            ran += 1
        self._clock.ahead = max(self._clock.ahead, target - datetime.now(UTC))
        # What is still to come was set by the clock as it stood before.
        for waiting in await self._future(docket):
            if waiting.job is not None and waiting.job.at is not None:
                await self.add(waiting.job, anew=True)
        return ran

    @staticmethod
    async def _future(docket: Docket) -> list[WaitingJob]:
        """The jobs that wait for their time. Raises MemoryAway."""
        async with _answered():
            waiting = (await docket.snapshot()).future
        found = (
            (execution.key, bytes.fromhex(execution.args[0]))
            for execution in waiting
            if execution.function_name in _TASKS
        )
        return [WaitingJob(key, packed, read_job.or_missing(packed)) for key, packed in found]

    async def _connected(self) -> Docket:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self.connected.wait()
        except TimeoutError:
            raise MemoryAway("schedule") from None
        if self._docket is None:
            raise MemoryAway("schedule")
        return self._docket

    async def at_once(self, job: Job) -> None:
        """Do a job that need not wait; where it fails, it waits for another try. May raise MemoryAway."""
        left, why = await self._tried(job)
        if left is not None:
            _log.warning("job waits", key=job.key, tried=0, error=why)
            await self._later(left)

    async def _tried(self, job: Job) -> tuple[Job | None, str]:
        """One try; what is left to do of it then, and why it failed. May raise MemoryAway."""
        began = self._clock.now()
        try:
            await self._hand(job, job.key)
        except MemoryAway:
            raise
        except Exception as error:
            return await self.left_of(job, began), where(error)
        return None, ""

    async def _later(self, job: Job) -> None:
        """Another try, after the first wait."""
        await self.add(msgspec.structs.replace(job, at=self._clock.now() + FIRST_WAIT), anew=True)

    async def left_of(self, job: Job, began: datetime) -> Job | None:
        """What may be kept of a job that failed: it goes on without those forgotten since it ``began``; None
        where it was theirs. Raises MemoryAway."""
        return (await self._forgotten.since(began.timestamp())).left_of(job)

    async def _live(self, work: bool) -> None:
        # Imported here: it takes a moment that no start has to wait for.
        from docket import Docket, ExponentialRetry, TaskKey, Worker

        again = ExponentialRetry.forever(FIRST_WAIT, LONGEST_WAIT)

        async def job(packed: str, retry: Any = again, key: str = TaskKey()) -> None:
            # docket puts this try's own ones there.
            await self._run(packed, retry.attempt, key)

        ours = asyncio.current_task()
        assert ours is not None
        addresses, login = by_host(self._url)
        for address in cycle(addresses):
            if ours.cancelling():  # docket keeps a cancellation to itself
                break
            try:
                async with Docket(
                    SCHEDULE, address, execution_ttl=timedelta(0), credential_provider=login
                ) as docket:
                    docket.register(job, names=_TASKS)
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
                        seen = partial(self._connection.call, "ZSCORE", docket.workers_set, worker.name)
                        await while_alive(worker.run_forever(), seen)
            except _AWAY as error:
                _log.warning("schedule: memory is away", reason=type(error).__name__)
            self._docket = None
            self.connected.clear()
            if not ours.cancelling():
                await asyncio.sleep(1)

    async def _run(self, packed: str, attempt: int, key: str) -> None:
        """One try. Raises JobFailed where docket is to try again."""
        raw, job, began = bytes.fromhex(packed), None, self._clock.now()
        try:
            job = read_job(raw, key, self._connection.unreadable)
            assert job is not None
            await self._hand(job, job.key)
        except Exception as error:
            left = job
            with suppress(MemoryAway):  # then it is seen to by the next try
                left = await self.left_of(job, began) if job else None
            if attempt < TRIES and left == job:
                _log.warning("job waits", key=key, tried=attempt, error=where(error))
                raise JobFailed from None
            if attempt < TRIES and left is not None:
                # docket would try it as it was, with whoever was forgotten meanwhile: its tries begin anew.
                _log.warning("job waits", key=left.key, tried=attempt, error=where(error))
                await self._later(left)
                return
            # Should this be what fails, docket goes on trying.
            if left is not None or job is None:
                await self._failed(_pack(left) if left else raw, where(error), key)
        if job is not None:
            await self.promises.kept(job)


@asynccontextmanager
async def _answered() -> AsyncIterator[None]:
    """Calls of docket's; raises MemoryAway where Redis doesn't answer them."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            yield
    except _AWAY as error:
        raise MemoryAway(type(error).__name__) from None
