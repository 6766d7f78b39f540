"""First words that a platform offers where a chat begins: offered anew each time that somebody opens one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.app.transaction import turn_of
from bot.delivery.outbox import Outbox
from bot.platforms.ports import InboundEvent, OutboxMessage, Result, Unavailable, Undeliverable
from dialogs.core.replies import Reply

_log = structlog.get_logger()


class Panes:
    """Offers them, beside: nothing is kept of it, and a chat goes on as well without."""

    def __init__(self, prompts: Callable[[InboundEvent], Awaitable[Reply]], delivery: Outbox) -> None:
        """``prompts`` decides what is offered."""
        self._prompts, self._delivery = prompts, delivery

    def opened(self, inbound: InboundEvent) -> Result:
        """Somebody opened a chat."""
        self._delivery.beside(self._offer(inbound))
        return Result("done")

    async def _offer(self, inbound: InboundEvent) -> None:
        id = turn_of(inbound.tenant, *inbound.idempotency_keys).names("prompts")
        reply = await self._prompts(inbound)
        message = OutboxMessage(id, inbound.place.platform, inbound.to, reply, speaker=inbound.speaker)
        try:
            await self._delivery.send(message, asyncio.sleep)
        except (Undeliverable, Unavailable) as error:
            _log.warning("prompts refused", platform=inbound.place.platform, reason=error.reason)
