"""Mending: what should be waiting for its time and isn't, is found and set up again.

Whatever was ever put off to a time stands as a promise in its partition until it is done, so that it is known
where docket has lost it. What a series, a session or an advisor must have is told by their state besides: a
fault of ours (or an earlier version, which promised nothing) may never have set it up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.sessions import SessionHandler, timer_job
from bot.delivery.scheduler import Scheduler
from bot.observability.logs import where
from bot.observability.metrics import Metrics
from bot.storage.connection import Connection, MemoryAway
from bot.storage.keys import LIVE, PARTITIONS
from bot.storage.migrations import where_readable
from dialogs.core.jobs import Job
from dialogs.core.reminder_model import ADVISORS_PARTITION
from dialogs.core.reminder_model import PARTITION as SERIES
from dialogs.reminders.chain import expected_jobs
from dialogs.sessions.timers import timers

SWEEP_SECONDS = 60.0
AT_ONCE = 200
"""Partitions that one sweep looks at, about; all of them in turn."""

_log = structlog.get_logger()


class Mending:
    """Looks after the jobs of series, live sessions and digests."""

    def __init__(
        self,
        schedule: Scheduler,
        sessions: SessionHandler,
        reminders: ReminderService,
        connection: Connection,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._schedule, self._sessions, self._reminders = schedule, sessions, reminders
        self._connection, self._clock, self._metrics = connection, clock, metrics
        self._cursor = "0"
        self._suspects: dict[str, str] = {}
        """Keys of jobs that were missing a sweep ago, each with its partition: they may be on their way."""

    async def sweep(self) -> None:
        """Look from time to time, for as long as the process lives."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.sweep_once()
            except MemoryAway as error:
                _log.warning("mending: memory is away", reason=str(error))

    async def sweep_once(self) -> None:
        """Look at some partitions; a job that is missing twice in a row is set up. Raises MemoryAway."""
        cursor, found = await self._connection.call("SSCAN", PARTITIONS, self._cursor, "COUNT", AT_ONCE)
        self._cursor = cursor.decode()
        partitions = {name.decode() for name in found} | set(self._suspects.values())
        missing: dict[str, str] = {}
        for partition in sorted(partitions):
            try:
                for job in await self._missing(partition):
                    if job.key in self._suspects:
                        await self._mend(job)
                    else:
                        missing[job.key] = partition
            except MemoryAway:
                raise
            except Exception as error:
                # One that can't be read must not keep the others from being mended.
                _log.error("mending failed", partition=partition, error=where(error))
        self._suspects = missing

    async def _missing(self, partition: str) -> list[Job]:
        # Of a state that can't be read, at least what was promised is known.
        expected = await where_readable(self._expected(partition)) or []
        told = [*expected, *await self._schedule.promises.of(partition)]
        jobs = {job.key: job for job in told}  # a promise knows its own time
        waiting = await self._schedule.waits(jobs)
        failed_jobs = self._reminders.failed_jobs
        # What failed every time waits for somebody to try it again.
        return [job for key, job in jobs.items() if key not in waiting and not await failed_jobs.holds(key)]

    async def _expected(self, partition: str) -> list[Job]:
        """The jobs that are to be waiting, as a partition's state tells."""
        now = self._clock()
        if partition.startswith(SERIES):
            series = (await self._reminders.store.load(partition.removeprefix(SERIES))).series
            return list(expected_jobs(series, now)) if series else []
        if partition.startswith(LIVE):
            state = (await self._sessions.store.load(partition.removeprefix(LIVE))).state
            return [timer_job(state, timer) for timer in timers(state, now)] if state else []
        if partition == ADVISORS_PARTITION:
            handler = self._reminders.advisor_settings_handler
            return list(handler.digests(await handler.read()).values())
        return []

    async def _mend(self, job: Job) -> None:
        # docket may have kept a part of it, by which it would be refused as there already.
        await self._schedule.add(job, anew=True)
        what = type(job.event).__name__
        self._metrics.mended_jobs.labels(what).inc()
        _log.warning("job was missing", partition=job.partition, what=what)
