"""The parts of a running Sharewise, put together, started and stopped in order."""

from __future__ import annotations

import asyncio

import aiohttp
import msgspec

from bot.app.dispatcher import Dispatcher
from bot.app.handlers.channels import ChannelHandler
from bot.app.handlers.conversations import ConversationHandler
from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.session_acts import SessionActHandler
from bot.app.handlers.sessions import SessionHandler
from bot.app.people import PeopleDirectory
from bot.app.transaction import TransactionRunner
from bot.delivery.live_cards import CardUpdater
from bot.delivery.outbox import Outbox
from bot.delivery.rate_limits import RateLimits
from bot.delivery.scheduler import Clock, JobSender, Scheduler
from bot.observability.metrics import Metrics
from bot.platforms.known import PLATFORMS
from bot.platforms.ports import JOBS, Adapter, Directory, Sender
from bot.platforms.registry import Platforms
from bot.settings import Settings
from bot.storage.connection import Connection
from bot.storage.conversations import ConversationStore
from bot.storage.sessions import SessionStore
from knowledge import Knowledge

FINISH_SECONDS = 1.5
"""How long a stopping process waits for deliveries; what is left is swept up after a restart."""


class Application:
    """One process's parts. ``start`` before use, ``stop`` once."""

    def __init__(
        self,
        settings: Settings,
        knowledge: Knowledge,
        redis_url: str,
        *,
        unauthenticated: bool = False,
        platforms: Platforms = PLATFORMS,
    ) -> None:
        """Raises BadSettings where a setting names a platform that isn't among ``platforms``."""
        platforms.check(settings)
        self.settings, self._platforms = settings, platforms
        self.unauthenticated = unauthenticated
        """The playground's case: Teams activities are taken without a token, from this machine only."""
        self.knowledge = knowledge
        self.metrics = Metrics()
        self.connection = Connection(redis_url)
        self.memory = ConversationStore(self.connection, settings.retention_days)
        self.adapters: list[Adapter] = []
        self._senders: dict[str, Sender] = {}
        self._named = {f"{platform.name}:{one}" for one in settings.advisors for platform in platforms}
        self._directories: dict[str, Directory] = {}
        self.clock = Clock()
        self.delivery = Outbox(
            self.memory, self._senders, self.metrics, platforms, limits=settings.platform_limits
        )
        self.transaction = TransactionRunner(self.memory.commits, self.delivery.committed, self.metrics)
        self.people = PeopleDirectory(
            platforms, self.connection, self._directories, settings.called, self.memory.seconds["profile"]
        )
        store = SessionStore(self.connection, self.memory.commits, self.memory.seconds)
        self.card_updater = CardUpdater(
            store, self._senders, RateLimits(self.connection, platforms), knowledge, self.metrics
        )
        self.sessions = SessionHandler(
            store, self.transaction, self.card_updater, knowledge, self.clock.now, self.people
        )
        acts = SessionActHandler(store, self.sessions, self.card_updater, knowledge, self.metrics)
        self.reminders = ReminderService(
            self.memory, store, self.transaction, self.people, knowledge, self.clock.now, self.is_advisor
        )
        turn = ConversationHandler(
            self.memory,
            store,
            self.transaction,
            self.delivery,
            knowledge,
            self.is_advisor,
            self.clock.now,
            self.metrics,
            self.reminders,
            per_minute=settings.questions_per_minute,
            retention_days=settings.retention_days,
        )
        self.turn = Dispatcher(
            turn,
            ChannelHandler(self.memory, self.transaction),
            store,
            self.sessions,
            acts,
            self.delivery,
            self.people,
            self.reminders,
            self.is_advisor,
        )
        self.schedule = Scheduler(redis_url, self.clock, self.turn.hand)
        self._senders[JOBS] = JobSender(self.schedule, self.clock, self.turn.hand)
        self._session: aiohttp.ClientSession | None = None
        self._sweeping: list[asyncio.Task[None]] = []

    def is_advisor(self, speaker: str) -> bool:
        """Whether ``speaker`` is one of ``ADVISORS``, by id or by an address resolved since, or was added."""
        return (
            speaker in self._named
            or any(speaker in adapter.advisors for adapter in self.adapters)
            or self.reminders.advises(speaker)
        )

    async def start(self, *, sweep: bool) -> None:
        """Build the platforms' sides; with ``sweep``, take over what other processes left undelivered."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=30),
            connector=aiohttp.TCPConnector(limit=0),  # each queue sends one message at a time anyway
            json_serialize=lambda value: msgspec.json.encode(value).decode(),
        )
        retried = self.metrics.retried
        for platform in self._platforms:
            if platform.configured(self.settings) or self.unauthenticated:
                self.join(platform.name, platform.connect(self.settings, self.turn, self._session, retried))
        await self.schedule.start(work=sweep)
        self.people.start()
        self.reminders.advisor_settings_handler.start()
        if sweep:
            self._sweeping = [
                asyncio.create_task(self.delivery.sweep()),
                asyncio.create_task(self.card_updater.sweep()),
            ]

    async def stop(self) -> None:
        """Finish what is under way, then close everything."""
        for task in self._sweeping:
            task.cancel()
        await asyncio.gather(*self._sweeping, return_exceptions=True)
        await self.schedule.stop()
        await self.people.stop()
        await self.reminders.advisor_settings_handler.stop()
        await self.card_updater.stop()
        await self.delivery.finish(FINISH_SECONDS)
        for adapter in self.adapters:
            await adapter.stop()
        if self._session is not None:
            await self._session.close()
        await self.connection.close()

    def join(self, platform: str, adapter: Adapter) -> None:
        """Let a platform's adapter send, look up and say who advises."""
        self.adapters.append(adapter)
        self._senders[platform] = adapter.sender
        self._directories[platform] = adapter.directory
