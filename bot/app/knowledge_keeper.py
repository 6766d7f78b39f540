"""The knowledge of one process: the folder's, with what advisors have taught, adopted as it changes.

What has been taught has a version, which each process looks at every few seconds. Whoever first needs a
matcher for it fits one, off the loop, and leaves what it has learnt in Redis; all others take that. Until
then questions are answered by what was known before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from uuid import uuid4

import structlog

from bot.observability.logs import where
from bot.observability.metrics import Metrics, timed
from bot.storage.connection import MemoryAway
from bot.storage.teachings import TeachingStore
from dialogs.core.teaching_model import Teachings
from knowledge import Knowledge
from knowledge.authoring import teaching
from knowledge.taught import Taught, lessons_with
from knowledge.taught_quiz import quiz_with

REFRESH_SECONDS = 2.0
ALIVE_SECONDS = 24 * 3600.0
"""How often the fit in use is kept from ending, which it does after a month."""
PATIENCE_SECONDS, PAUSE_SECONDS = 120.0, 0.5
"""How long another process's fit is waited for where somebody waits, and between two looks."""

_log = structlog.get_logger()


class KnowledgeKeeper:
    """Keeps ``current`` up to date."""

    def __init__(self, base: Knowledge, store: TeachingStore, metrics: Metrics) -> None:
        """``base``: what the folder holds."""
        self.store, self._base, self._metrics = store, base, metrics
        self.current = timed(base, metrics)
        self.teachings = Teachings()
        """What ``current`` knows of it."""
        self._version, self._token = "", uuid4().hex
        self._alive = 0.0
        """When, on the loop's clock, the fit in use was last kept from ending."""
        self._unread = ""
        """The version that couldn't be read, once that was said."""
        self._refreshing: asyncio.Task[None] | None = None
        self._adopting = asyncio.Lock()

    async def start(self) -> None:
        """Know what was taught before, where somebody has fitted to it, and look for changes from now on."""
        with suppress(MemoryAway):
            await self.refresh(fits=False)
        self._refreshing = asyncio.create_task(self._refresh())

    async def stop(self) -> None:
        """Let it grow old."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    def get(self) -> Knowledge:
        """What is known now."""
        return self.current

    async def refresh(self, *, fits: bool = True) -> None:
        """Adopt what has been taught, if it has changed and somebody has fitted to it; with ``fits``, this
        process may be the one. May raise MemoryAway."""
        async with self._adopting:
            version = await self.store.version()
            if version not in (self._version, self._unread):
                await self._adopt(fits=fits)
            elif self.teachings.active and asyncio.get_running_loop().time() - self._alive > ALIVE_SECONDS:
                await self._keep_alive()

    async def _adopt(self, *, fits: bool) -> None:
        loaded = await self.store.load()
        if not loaded.teachings.readable:
            # What was known last must do; nothing is written over it.
            self._unread = loaded.version
            _log.error("taught lessons can't be read", version=loaded.version)
            return
        active = loaded.teachings.active
        known = await self.known(active, fits=fits) if active else self._base
        if known is None:
            return
        known = known.having(quiz=quiz_with(known.quiz, known.lessons, loaded.teachings.quiz))
        self.current, self.teachings = timed(known, self._metrics), loaded.teachings
        self._version = loaded.version
        self._metrics.taught_lessons.set(len(active))
        _log.info("taught lessons adopted", version=loaded.version, lessons=len(active))

    async def _keep_alive(self) -> None:
        await self.store.keep_alive(teaching.digest(self._base, self.teachings.active))
        self._alive = asyncio.get_running_loop().time()

    async def with_draft(self, taught: Taught) -> Knowledge:
        """What would be known with ``taught`` besides, or in the place of what has its id; takes seconds. May
        raise MemoryAway, TimeoutError."""
        active = [each for each in (await self.store.load()).teachings.active if each.id != taught.id]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                known = await self.known((*active, taught))
                if known is not None:
                    return known
                await asyncio.sleep(PAUSE_SECONDS)

    async def known(self, taught: Sequence[Taught], *, fits: bool = True) -> Knowledge | None:
        """The folder's knowledge with ``taught``; None while another process fits to it."""
        if lessons_with(self._base.lessons, taught) == self._base.lessons:
            return self._base  # the folder has it all
        digest = teaching.digest(self._base, taught)
        fit = await self.store.fit(digest)
        if fit is None:
            if not fits or not await self.store.claim(digest, self._token):
                return None
            fit = await asyncio.to_thread(teaching.fit, self._base, taught)
            await self.store.keep_fit(digest, fit)
            self._metrics.fits.inc()
        return await asyncio.to_thread(teaching.joined, self._base, taught, fit)

    async def _refresh(self) -> None:
        while True:
            try:
                await self.refresh()
            except MemoryAway:
                pass  # what was known last must do
            except Exception as error:
                # A lesson that can't be fitted must not take the others from anybody.
                _log.error("taught lessons not adopted", error=where(error))
            await asyncio.sleep(REFRESH_SECONDS)
