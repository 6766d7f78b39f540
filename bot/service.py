"""The parts of a running Sharewise, put together, started and stopped in order."""

from __future__ import annotations

import asyncio

import aiohttp
import msgspec

from bot.budget import Budget
from bot.delivery import Delivery
from bot.house import House
from bot.line import Line
from bot.live.door import Door
from bot.live.painter import Painter
from bot.live.session import Sessions
from bot.live.store import Store
from bot.memory import Memory
from bot.metrics import Metrics
from bot.people import People
from bot.ports import Directory, Sender, Side
from bot.schedule import Clock, Errands, Schedule
from bot.series.parts import Reminders
from bot.settings import Settings
from bot.turn import Turn
from knowledge import Knowledge

FINISH_SECONDS = 1.5
"""How long a stopping process waits for deliveries; what is left is swept up after a restart."""


class Service:
    """One process's parts. ``start`` before use, ``stop`` once."""

    def __init__(
        self,
        settings: Settings,
        knowledge: Knowledge,
        redis_url: str,
        *,
        unauthenticated: bool = False,
    ) -> None:
        self.settings = settings
        self.unauthenticated = unauthenticated
        """The playground's case: Teams activities are taken without a token, from this machine only."""
        self.knowledge = knowledge
        self.metrics = Metrics()
        self.line = Line(redis_url)
        self.memory = Memory(self.line, settings.retention_days)
        self.sides: list[Side] = []
        self._senders: dict[str, Sender] = {}
        self._named = {
            f"{platform}:{one}" for one in self.settings.advisors for platform in ("slack", "teams")
        }
        self._directories: dict[str, Directory] = {}
        self.clock = Clock()
        self.delivery = Delivery(self.memory, self._senders, self.metrics, limits=settings.platform_limits)
        self.people = People(self.line, self._directories, settings.called, self.memory.seconds["profile"])
        store = Store(self.line, self.memory.commits, self.memory.seconds)
        self.painter = Painter(store, self._senders, Budget(self.line), knowledge, self.metrics)
        self.sessions = Sessions(store, self.delivery, self.painter, knowledge, self.clock.now, self.people)
        door = Door(store, self.sessions, self.painter, knowledge, self.metrics)
        self.reminders = Reminders(
            self.memory, store, self.delivery, self.people, knowledge, self.clock.now, self.is_advisor
        )
        turn = Turn(
            self.memory,
            store,
            self.delivery,
            knowledge,
            self.is_advisor,
            self.clock.now,
            self.metrics,
            self.reminders,
            per_minute=settings.questions_per_minute,
            retention_days=settings.retention_days,
        )
        self.turn = House(
            turn,
            self.memory,
            store,
            self.sessions,
            door,
            self.delivery,
            self.people,
            self.reminders,
            self.is_advisor,
        )
        self.schedule = Schedule(redis_url, self.clock, self.turn.hand)
        self._senders["errand"] = Errands(self.schedule, self.clock, self.turn.hand)
        self._session: aiohttp.ClientSession | None = None
        self._sweeping: list[asyncio.Task[None]] = []

    def is_advisor(self, speaker: str) -> bool:
        """Whether ``speaker`` is one of ``ADVISORS``, by id or by an address resolved since, or was added."""
        return (
            speaker in self._named
            or any(speaker in side.advisors for side in self.sides)
            or self.reminders.advises(speaker)
        )

    async def start(self, *, sweep: bool) -> None:
        """Build the platforms' sides; with ``sweep``, take over what other processes left undelivered."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=30),
            connector=aiohttp.TCPConnector(limit=0),  # each lane sends one message at a time anyway
            json_serialize=lambda value: msgspec.json.encode(value).decode(),
        )
        retried = self.metrics.retried
        if self.settings.slack:
            from bot.slack import connect as connect_slack

            self._add("slack", connect_slack(self.settings, self.turn, self._session, on_retry=retried))
        if self.settings.teams or self.unauthenticated:
            from bot.teams import connect as connect_teams

            self._add("teams", connect_teams(self.settings, self.turn, self._session, on_retry=retried))
        await self.schedule.start(work=sweep)
        self.people.start()
        self.reminders.boards.start()
        if sweep:
            self._sweeping = [
                asyncio.create_task(self.delivery.sweep()),
                asyncio.create_task(self.painter.sweep()),
            ]

    async def stop(self) -> None:
        """Finish what is under way, then close everything."""
        for task in self._sweeping:
            task.cancel()
        await asyncio.gather(*self._sweeping, return_exceptions=True)
        await self.schedule.stop()
        await self.people.stop()
        await self.reminders.boards.stop()
        await self.painter.stop()
        await self.delivery.finish(FINISH_SECONDS)
        for side in self.sides:
            await side.stop()
        if self._session is not None:
            await self._session.close()
        await self.line.close()

    def _add(self, platform: str, side: Side) -> None:
        self.sides.append(side)
        self._senders[platform] = side.sender
        self._directories[platform] = side.directory
