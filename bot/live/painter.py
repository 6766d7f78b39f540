"""The painter: draws the live cards of sessions, each place's on its own, at the pace that it allows.

A card is drawn from the state and the counts alone, so that it costs the same for 5 and for 500 people.
Each card is drawn under a lease; what a process that died has not drawn, another draws.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import structlog

from bot.budget import Budget
from bot.keys import HOMES, Keys
from bot.line import Line, MemoryAway, Script
from bot.live.store import HOME, Session, Store
from bot.metrics import Metrics
from bot.ports import Row, Sender, Unavailable, Undeliverable
from dialogs.live.cards import live_card
from dialogs.live.model import Spot
from knowledge import Knowledge

PACE_SECONDS = 3.0
"""Between two drawings of a card on which nothing but the count changed."""
STEP_SECONDS = 0.3
"""Between two drawings when the host has done something: people wait for it."""
LEASE_MS = 15_000
SWEEP_SECONDS = 1.0
_NEVER = 2**53
"""Drawn for good: the place is gone."""

_log = structlog.get_logger()


class Painter:
    """Draws the cards of one process's share of the sessions."""

    def __init__(
        self,
        store: Store,
        senders: Mapping[str, Sender],
        budget: Budget,
        knowledge: Knowledge,
        metrics: Metrics,
    ) -> None:
        self._store, self._senders, self._budget = store, senders, budget
        self._knowledge, self._metrics = knowledge, metrics
        self._line: Line = store.line
        self._claim = Script("paint")
        self._release = Script("release")
        self._token = uuid4().hex
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._hurry: dict[str, asyncio.Event] = {}
        self._looking: set[str] = set()
        self._looks: set[asyncio.Task[None]] = set()

    def touched(self, id: str, *, now: bool = False) -> None:
        """Session ``id`` has something new to show; ``now``: more than a count."""
        if now and id in self._hurry:
            self._hurry[id].set()
        if id not in self._looking:
            self._looking.add(id)
            task = asyncio.create_task(self._look(id))
            self._looks.add(task)
            task.add_done_callback(self._looks.discard)

    async def sweep(self) -> None:
        """Draw what lags behind, whoever changed it, for as long as the process lives."""
        while True:
            try:
                for home in await self._line.call("SMEMBERS", HOMES):
                    if home.startswith(HOME.encode()):
                        self.touched(home.decode().removeprefix(HOME))
            except MemoryAway:
                pass  # it says so elsewhere, and the next sweep tries again
            await asyncio.sleep(SWEEP_SECONDS)

    async def stop(self) -> None:
        """Leave the rest to others."""
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
            spots = [one for one in session.state.spots if session.drawn.get(one.key, -1) < session.want]
            for spot in spots:
                if (id, spot.key) not in self._tasks:
                    task = asyncio.create_task(self._paint(id, spot))
                    self._tasks[id, spot.key] = task
                    task.add_done_callback(partial(self._painted, id, spot.key))
            if session.state.step == "ended" and not spots:
                await self._store.commits.retire(HOME + id)
        except MemoryAway:
            pass
        finally:
            self._looking.discard(id)

    def _painted(self, id: str, spot: str, task: asyncio.Task[None]) -> None:
        self._tasks.pop((id, spot), None)
        if not any(one == id for one, _ in self._tasks):
            self._hurry.pop(id, None)

    async def _paint(self, id: str, spot: Spot) -> None:
        """Draw one card until it is up to date."""
        keys = Keys(HOME + id)
        lease = keys.key("lease", f"card {spot.key}")
        hurry = self._hurry.setdefault(id, asyncio.Event())
        claim = [keys.key("session", "paint"), lease]
        try:
            while await self._line.run(self._claim, claim, [self._token, LEASE_MS, spot.key]) == 1:
                hurry.clear()
                pause = await self._draw(id, spot, lease)
                await self._line.run(self._release, [lease], [self._token])
                if pause is None:
                    return
                await (asyncio.sleep(pause) if pause else _rest(hurry))
        except MemoryAway:
            pass  # the sweep comes back to it

    async def _draw(self, id: str, spot: Spot, lease: str) -> float | None:
        """Draw the card as things stand; seconds to wait at least (0: none asked), None to leave it be."""
        session = await self._store.load(id)
        state = session.state
        sender = self._senders.get(spot.platform)
        if state is None or sender is None:
            return None
        card = live_card(state, session.tally, self._knowledge)
        row = Row(
            f"{id}-{session.want}-{spot.key}",
            spot.platform,
            spot.to,
            card,
            instead=session.cards.get(spot.key, ""),
        )

        async def wait(seconds: float) -> None:
            """Sleep, keeping the card's lease."""
            while seconds > 0:
                await self._line.call("PEXPIRE", lease, LEASE_MS)
                await asyncio.sleep(min(seconds, LEASE_MS / 3000))
                seconds -= LEASE_MS / 3000

        try:
            asked = await self._budget.wait_for(spot.home, row)
            if asked:
                return asked
            sent = await sender.send(row, wait)
        except Unavailable as error:
            self._metrics.redraws.labels(spot.platform, "unavailable").inc()
            return max(error.after, PACE_SECONDS)
        except Undeliverable as error:
            _log.warning("card refused", session=id, platform=spot.platform, reason=error.reason)
            self._metrics.redraws.labels(spot.platform, "refused").inc()
            await self._drawn(id, spot, _NEVER, session)
            return None
        self._metrics.redraws.labels(spot.platform, "drawn").inc()
        await self._drawn(id, spot, session.want, session, sent)
        return 0.0

    async def _drawn(self, id: str, spot: Spot, want: int, session: Session, sent: str | None = None) -> None:
        marks: list[Any] = [f"drawn {spot.key}", want]
        if sent and sent != session.cards.get(spot.key):
            marks += [f"card {spot.key}", sent]
        await self._line.call("HSET", Keys(HOME + id).key("session", "paint"), *marks)


async def _rest(hurry: asyncio.Event) -> None:
    """Let the card stand for a while, less where the host does something."""
    try:
        async with asyncio.timeout(PACE_SECONDS):
            await hurry.wait()
    except TimeoutError:
        return
    await asyncio.sleep(STEP_SECONDS)
