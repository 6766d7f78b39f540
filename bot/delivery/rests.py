"""When a paced message may go: within the rate limits, and not while its tenant is given a rest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from bot.delivery.queues import Queue
from bot.delivery.rate_limits import RateLimits
from bot.platforms.ports import OutboxMessage, Unavailable

IN_A_ROW = 3
"""Addresses that can't be reached in a row, after which the workspace or tenant as a whole gets a rest."""
LONGEST_REST = 30.0

_log = structlog.get_logger()


class Rests:
    """The rests that one process gives. What asks the rate limits may raise MemoryAway."""

    def __init__(
        self, rate_limits: RateLimits | None, beside: Callable[[Coroutine[Any, Any, None]], None]
    ) -> None:
        """``rate_limits`` None: they aren't asked; ``beside`` lets work run that nobody waits for."""
        self._rate_limits, self._beside = rate_limits, beside
        self._refused: dict[str, set[str]] = {}
        """Tenant -> the addresses that could not be reached since the last that was."""
        self._rests: dict[str, int] = {}
        self._resting: dict[str, float] = {}
        """Tenant -> until when, on the loop's clock, it is given a rest."""

    def holds(self, tenant: str) -> bool:
        """Whether it was given a rest that may not be over."""
        return tenant in self._resting

    async def passed(
        self, queue: Queue, message: OutboxMessage, before: Callable[[], Awaitable[None]]
    ) -> None:
        """Wait until ``message`` of ``queue`` may be sent; ``before`` each wait something is seen to."""
        taken = False
        while not taken:
            seconds = self._resting.get(message.tenant, 0.0) - asyncio.get_running_loop().time()
            if seconds <= 0:
                if self._rate_limits is None:
                    self._resting.pop(message.tenant, None)
                    return
                seconds, taken = await self._rate_limits.reserve(message.tenant, message)
            if seconds > 0:
                await before()
                await queue.wait(seconds)

    def reached(self, message: OutboxMessage) -> None:
        """Its tenant takes messages."""
        self._refused.pop(message.tenant, None)
        self._rests.pop(message.tenant, None)

    def not_reached(self, message: OutboxMessage, error: Unavailable) -> None:
        """One address that fails is set aside; several in a row, and it isn't the addresses."""
        refused = self._refused.setdefault(message.tenant, set())
        refused.add(message.entry[1])
        resting = self._resting.get(message.tenant, 0.0) > asyncio.get_running_loop().time()
        if len(refused) < IN_A_ROW or resting:
            return
        rests = self._rests[message.tenant] = self._rests.get(message.tenant, 0) + 1
        self.begin(message.tenant, max(error.after, min(2.0 ** (rests - 1), LONGEST_REST)), error.reason)

    def begin(self, tenant: str, seconds: float, reason: str) -> None:
        """Send nothing there for so long."""
        self._resting[tenant] = asyncio.get_running_loop().time() + seconds
        _log.warning("a platform gets a rest", tenant=tenant, seconds=round(seconds, 1), reason=reason)
        if self._rate_limits is not None:
            self._beside(self._rate_limits.pause(tenant, seconds))
