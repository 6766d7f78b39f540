"""Jobs of the outbox on their way: to their turn now, or to the schedule."""

from __future__ import annotations

import structlog
from msgspec.structs import replace

from bot.delivery.clock import Clock
from bot.delivery.scheduler import Hand, Scheduler
from bot.observability.logs import where
from bot.platforms.ports import OutboxMessage, Unavailable, Undeliverable, Wait
from bot.storage.connection import MemoryAway
from dialogs.core.jobs import Job

_log = structlog.get_logger()


class JobSender:
    """Carries them (``bot.platforms.ports.Sender``)."""

    def __init__(self, schedule: Scheduler, clock: Clock, hand: Hand) -> None:
        self._schedule, self._clock, self._hand = schedule, clock, hand

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Raises Unavailable where it has to be tried again, as while Redis is away.

        What fails otherwise holds up nothing behind it: the schedule goes on trying.
        """
        job = message.job
        if job is None:
            raise Undeliverable("no_job")
        try:
            if job.at is None or job.at <= self._clock.now():
                await self._now(replace(job, key=job.key or message.id))
            else:
                await self._schedule.add(job)
        except MemoryAway:
            raise Unavailable("memory") from None
        return None

    async def _now(self, job: Job) -> None:
        began = self._clock.now()
        try:
            await self._hand(job, job.key)
        except MemoryAway:
            raise
        except Exception as error:
            _log.warning("job waits", key=job.key, tried=0, error=where(error))
            await self._schedule.again(job, began)
