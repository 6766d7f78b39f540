"""Jobs of the outbox on their way: to their turn now, or to the schedule."""

from __future__ import annotations

from msgspec.structs import replace

from bot.delivery.clock import Clock
from bot.delivery.scheduler import Scheduler
from bot.platforms.ports import OutboxMessage, Unavailable, Undeliverable, Wait
from bot.storage.connection import MemoryAway


class JobSender:
    """Carries them (``bot.platforms.ports.Sender``)."""

    def __init__(self, schedule: Scheduler, clock: Clock) -> None:
        self._schedule, self._clock = schedule, clock

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Raises Unavailable where it has to be tried again, as while Redis is away.

        What fails otherwise holds up nothing behind it: the schedule goes on trying.
        """
        job = message.job
        if job is None:
            raise Undeliverable("no_job")
        try:
            if job.at is None or job.at <= self._clock.now():
                await self._schedule.at_once(replace(job, key=job.key or message.id))
            else:
                await self._schedule.add(job)
        except MemoryAway:
            raise Unavailable("memory") from None
        return None
