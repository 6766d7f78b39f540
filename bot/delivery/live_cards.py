"""The card updater: draws the live cards of sessions, each place's on its own, at the pace that it allows.

A card is drawn from the state and the counts alone, so that it costs the same for 5 and for 500 people.
Each card is drawn under a lease, and then stands for a while, whichever process drew it; what a process
that died has not drawn, another draws.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from uuid import uuid4

import structlog
from msgspec.structs import replace

from bot.delivery.rate_limits import RateLimits
from bot.observability.logs import where
from bot.observability.metrics import Metrics
from bot.platforms.ports import OutboxMessage, PlaceGone, Sender, Unavailable, Undeliverable
from bot.storage.connection import Arg, Connection, MemoryAway, Script
from bot.storage.keys import LIVE, Keys
from bot.storage.migrations import UnreadableState
from bot.storage.sessions import LoadedSession, SessionStore, rest_key
from dialogs.core.session_model import ChannelReference
from dialogs.sessions.cards import live_card
from knowledge import Knowledge

PACE_SECONDS = 3.0
"""Between two drawings of a card on which nothing but the count changed."""
LEASE_MS = 5_000
SWEEP_SECONDS = 1.0
FAULT_SECONDS = 30.0
"""Before a card is tried again that could not be drawn by a fault of ours."""
_NEVER = 2**53
"""Drawn for good: the place is gone."""

_log = structlog.get_logger()


class CardUpdater:
    """Draws the cards of one process's share of the sessions."""

    def __init__(
        self,
        store: SessionStore,
        senders: Mapping[str, Sender],
        rate_limits: RateLimits,
        knowledge: Callable[[], Knowledge],
        metrics: Metrics,
        *,
        screens: bool = False,
    ) -> None:
        """``screens``: whether sessions have pages for a big screen."""
        self._screens = screens
        self._store, self._senders, self._rate_limits = store, senders, rate_limits
        self._knowledge, self._metrics = knowledge, metrics
        self._connection: Connection = store.connection
        self._partitions = store.commits.partitions
        self._claim = Script("draw")
        self._release = Script("release")
        self._token = uuid4().hex
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._hurry: dict[tuple[str, str], asyncio.Event] = {}
        """Set where a card that rests is to be drawn at once."""
        self._stopped = False
        self._drawing: set[asyncio.Task[float | None]] = set()
        """Drawings on their way to a platform."""
        self._looking: set[str] = set()
        self._looks: set[asyncio.Task[None]] = set()

    def touched(self, id: str, *, now: bool = False) -> None:
        """Session ``id`` has something new to show; ``now``: more than a count."""
        for (session, _), hurry in self._hurry.items():
            if now and session == id:
                hurry.set()
        if id not in self._looking and not self._stopped:
            self._looking.add(id)
            task = asyncio.create_task(self._look(id))
            self._looks.add(task)
            task.add_done_callback(self._looks.discard)

    async def sweep(self) -> None:
        """Draw what lags behind, whoever changed it, for as long as the process lives; the outbox's sweep has
        found out where that may be."""
        while True:
            try:
                for session in {session for session, _ in self._tasks}:
                    await self._partitions.mark(LIVE + session)  # for others to see to, should we die
                for partition in self._partitions.active:
                    if partition.startswith(LIVE):
                        self.touched(partition.removeprefix(LIVE))
            except MemoryAway:
                pass  # it says so elsewhere, and the next sweep tries again
            await asyncio.sleep(SWEEP_SECONDS)

    async def stop(self, seconds: float) -> None:
        """Leave the rest to others; what is being drawn has ``seconds`` to be, or another draws it again."""
        self._stopped = True
        if self._drawing:
            await asyncio.wait(self._drawing, timeout=seconds)
        self._metrics.cut_off.inc(len(self._drawing))
        tasks = [*self._tasks.values(), *self._looks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self, id: str) -> None:
        """See which of a session's cards lag behind, and draw those that nobody draws."""
        try:
            session = await self._store.load(id)
            if session.state is None:
                return
            references = [
                reference
                for reference in session.state.references
                if session.drawn.get(reference.key, -1) < session.want
            ]
            for reference in references:
                if (id, reference.key) not in self._tasks:
                    hurry = self._hurry[id, reference.key] = asyncio.Event()
                    task = asyncio.create_task(self._draw_until_fresh(id, reference, hurry))
                    self._tasks[id, reference.key] = task
                    task.add_done_callback(partial(self._finished, id, reference.key))
            if session.state.step == "ended" and not references:
                await self._store.commits.retire(LIVE + id)
        except (MemoryAway, UnreadableState):
            pass
        finally:
            self._looking.discard(id)

    def _finished(self, id: str, reference: str, task: asyncio.Task[None]) -> None:
        del self._tasks[id, reference], self._hurry[id, reference]

    async def _draw_until_fresh(self, id: str, reference: ChannelReference, hurry: asyncio.Event) -> None:
        """Draw one card until it is up to date."""
        keys = Keys(LIVE + id)
        lease = keys.key("lease", f"card {reference.key}")
        claim = [keys.key("session", "paint"), lease, rest_key(id, reference)]
        asked: list[Arg] = [self._token, LEASE_MS, reference.key, int(PACE_SECONDS * 1000)]
        try:
            while not self._stopped:
                hurry.clear()
                stands = await self._connection.run(self._claim, claim, asked)
                if stands == 0:
                    return
                if stands > 1:
                    await _until(hurry, stands / 1000)
                    continue
                async with self._held(lease):
                    drawing = asyncio.create_task(self._draw(id, reference))
                    self._drawing.add(drawing)
                    drawing.add_done_callback(self._drawing.discard)
                    pause = await drawing
                if pause is None or self._stopped:
                    return
                await asyncio.sleep(pause)
        except (MemoryAway, UnreadableState):
            pass  # the sweep comes back to it

    @asynccontextmanager
    async def _held(self, lease: str) -> AsyncIterator[None]:
        """Keep a lease for as long as it takes, so that nobody else draws a card that is on its way."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(LEASE_MS / 3000)
                with suppress(MemoryAway):
                    await self._connection.call("PEXPIRE", lease, LEASE_MS)

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            renewing.cancel()
            await self._connection.run(self._release, [lease], [self._token])

    async def _draw(self, id: str, reference: ChannelReference) -> float | None:
        """Draw the card as things stand; seconds to wait then, or None to leave it be."""
        session = await self._store.load(id)
        state = session.state
        sender = self._senders.get(reference.platform)
        if state is None or sender is None:
            return None
        instead = session.cards.get(reference.key, "")
        try:
            card = live_card(state, session.tally, self._knowledge(), screen=self._screens)
            message = OutboxMessage(
                f"{id}-{session.want}-{reference.key}",
                reference.platform,
                reference.to,
                card,
                instead=instead,
                redrawn=True,
            )
            asked = await self._rate_limits.wait_for(reference.tenant, message)
            if asked:
                return asked
            sent = await self._sent(sender, message, anew=state.step != "open")
        except Unavailable as error:
            self._metrics.redraws.labels(reference.platform, "unavailable").inc()
            return max(error.after, PACE_SECONDS)
        except Undeliverable as error:
            _log.warning("card refused", session=id, platform=reference.platform, reason=error.reason)
            self._metrics.redraws.labels(reference.platform, "refused").inc()
            # Refused as it stands now: the next change, the close at the latest, is another try.
            want = _NEVER if isinstance(error, PlaceGone) else session.want
            await self._drawn(id, reference, want, session)
            return None
        except MemoryAway:
            raise
        except Exception as error:
            _log.error("card not drawn", session=id, platform=reference.platform, error=where(error))
            self._metrics.redraws.labels(reference.platform, "failed").inc()
            return FAULT_SECONDS
        self._metrics.redraws.labels(reference.platform, "drawn").inc()
        await self._drawn(id, reference, session.want, session, sent)
        return 0.0

    async def _sent(self, sender: Sender, message: OutboxMessage, *, anew: bool) -> str | None:
        """Send a card; with ``anew``, one that can't be replaced is posted again: a close must be seen."""
        try:
            return await sender.send(message, asyncio.sleep)
        except PlaceGone:
            raise
        except Undeliverable:
            if not (anew and message.instead):
                raise
        return await sender.send(replace(message, instead=""), asyncio.sleep)

    async def _drawn(
        self, id: str, reference: ChannelReference, want: int, session: LoadedSession, sent: str | None = None
    ) -> None:
        idempotency_keys: list[Arg] = [f"drawn {reference.key}", want]
        if sent and sent != session.cards.get(reference.key):
            idempotency_keys += [f"card {reference.key}", sent]
        while True:
            try:
                await self._connection.call(
                    "HSET", Keys(LIVE + id).key("session", "paint"), *idempotency_keys
                )
                return
            except MemoryAway:
                await asyncio.sleep(SWEEP_SECONDS)  # the next drawing must not be a second card


async def _until(hurry: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await hurry.wait()
