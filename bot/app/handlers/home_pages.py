"""People's own pages (App Home): drawn when they are opened, and anew while somebody may be looking at them.

Which pages are in view is remembered by the process alone, for minutes: a page is drawn afresh whenever it is
opened, so whatever is lost costs nothing, and nothing has to be erased.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog

from bot.app.transaction import turn_of
from bot.delivery.outbox import Outbox
from bot.delivery.rate_limits import RateLimits
from bot.platforms.ports import InboundEvent, OutboxMessage, Result, Unavailable, Undeliverable
from bot.storage.connection import MemoryAway
from bot.storage.offered import OfferedStore
from dialogs.core.replies import Reply

IN_VIEW_SECONDS = 600.0
"""How long after it was opened, or somebody last did something, a page is taken to be looked at."""
LOOK_SECONDS, PAUSE_SECONDS = 30.0, 2.0
"""How often the pages in view are looked at though nothing happened here, and how often at most."""
MOST = 200
"""Pages in view that a process looks at; beyond them, those that were opened first are left."""

_log = structlog.get_logger()


class _InView:
    """A page that somebody may be looking at."""

    def __init__(self, inbound: InboundEvent) -> None:
        self.inbound = inbound
        self.until = time.monotonic() + IN_VIEW_SECONDS
        self.shown: Reply | None = None
        """What we have put there."""
        self.drawing = asyncio.Lock()


class HomePages:
    """The pages that this process has opened."""

    def __init__(
        self,
        page: Callable[[InboundEvent], Awaitable[Reply]],
        delivery: Outbox,
        limits: RateLimits,
        offered: OfferedStore,
        clock: Callable[[], datetime],
    ) -> None:
        """``page`` decides what a page shows."""
        self._page, self._delivery, self._limits = page, delivery, limits
        self._offered, self._clock = offered, clock
        self._in_view: dict[str, _InView] = {}
        self._changed = asyncio.Event()

    def opened(self, inbound: InboundEvent) -> Result:
        """Somebody opened their page. It is drawn beside: nothing is to be kept before it is acknowledged."""
        seen = self._in_view.pop(inbound.speaker, None)
        self._in_view[inbound.speaker] = view = _InView(inbound)
        if seen is not None:
            view.drawing = seen.drawing  # what is drawn last is to be the newest
        while len(self._in_view) > MOST:
            del self._in_view[next(iter(self._in_view))]
        self._delivery.beside(self._draw(view))
        return Result("done")

    def changed(self, by: str = "") -> None:
        """Something happened that pages may tell of; ``by``: whoever did it, if anybody."""
        if (view := self._in_view.get(by)) is not None:
            view.until = time.monotonic() + IN_VIEW_SECONDS
        if self._in_view:
            self._changed.set()

    async def sweep(self) -> None:
        """Draw pages anew when they have changed, for as long as the process lives."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._changed.wait()
            self._changed.clear()
            await self.look()
            await asyncio.sleep(PAUSE_SECONDS)

    async def look(self) -> None:
        """Draw those in view that have changed, one after the other."""
        for person, view in list(self._in_view.items()):
            if view.until < time.monotonic():
                self._in_view.pop(person, None)
            else:
                await self._draw(view)

    async def _draw(self, view: _InView) -> None:
        """Put the page there, where it isn't what is there already."""
        inbound = view.inbound
        async with view.drawing:
            if self._in_view.get(inbound.speaker) is not view:
                return  # opened once more, which draws it
            reply = await self._page(inbound)
            if reply == view.shown:
                return
            id = turn_of(inbound.tenant, *inbound.idempotency_keys).names("page")
            message = OutboxMessage(id, inbound.place.platform, inbound.to, reply, speaker=inbound.speaker)
            made = self._clock()
            try:
                await self._leave(inbound.tenant, message)
                await self._delivery.send(message, asyncio.sleep)
            except Undeliverable as error:
                _log.warning("page refused", platform=inbound.place.platform, reason=error.reason)
                self._in_view.pop(inbound.speaker, None)
                return
            except Unavailable as error:
                _log.warning("page not drawn", platform=inbound.place.platform, reason=error.reason)
                return
            first, view.shown = view.shown is None, reply
        if not first:
            return  # who has been forgotten meanwhile, is not to be remembered by it
        with suppress(MemoryAway):  # then what stands on its buttons can't be typed
            await self._offered.offer(inbound.tenant, inbound.speaker, reply, made, made.timestamp())

    async def _leave(self, tenant: str, message: OutboxMessage) -> None:
        """Wait until the platform's limits let one more page be drawn. Raises Unavailable where that is too
        far off: pages are looked at again."""
        with suppress(MemoryAway):
            seconds, granted = await self._limits.reserve(tenant, message)
            if not granted:
                raise Unavailable("rate limit", seconds)
            await asyncio.sleep(seconds)
