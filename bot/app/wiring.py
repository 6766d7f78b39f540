"""The parts of a running Sharewise, put together, started and stopped in order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import aiohttp
import msgspec
from redis.exceptions import RedisError

from bot.app.advisors import WhoAdvises
from bot.app.dispatcher import Dispatcher
from bot.app.handlers.channels import ChannelHandler
from bot.app.handlers.conversations import ConversationHandler
from bot.app.handlers.disclosures import DisclosureHandler
from bot.app.handlers.enquiry_service import EnquiryService
from bot.app.handlers.home_pages import HomePages
from bot.app.handlers.insights import InsightReader
from bot.app.handlers.join_codes import JoinCodes
from bot.app.handlers.panes import Panes
from bot.app.handlers.person_data import PersonForgetting
from bot.app.handlers.refused_platforms import RefusedPlatforms
from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.session_acts import SessionActHandler
from bot.app.handlers.sessions import SessionHandler
from bot.app.handlers.shares import ShareHandler
from bot.app.handlers.unreadable import UnreadableKeys
from bot.app.knowledge_keeper import KnowledgeKeeper
from bot.app.mending import Mending
from bot.app.organisations import Organisations
from bot.app.people import PeopleDirectory
from bot.app.press_limit import PressLimit
from bot.app.screens import Screens
from bot.app.transaction import TransactionRunner
from bot.delivery.clock import Clock
from bot.delivery.credentials import Credentials
from bot.delivery.job_sender import JobSender
from bot.delivery.live_cards import CardUpdater
from bot.delivery.outbox import Outbox
from bot.delivery.rate_limits import RateLimits
from bot.delivery.scheduler import Scheduler
from bot.observability.metrics import Metrics
from bot.platforms import way_out
from bot.platforms.adapters import Adapter, Directory
from bot.platforms.known import PLATFORMS
from bot.platforms.ports import JOBS, Sender
from bot.platforms.registry import Platforms
from bot.settings import Settings
from bot.storage.channels import ChannelStore
from bot.storage.connection import Connection, MemoryAway
from bot.storage.conversations import ConversationStore
from bot.storage.disclosures import DisclosureStore
from bot.storage.disk import Disk
from bot.storage.forgotten import ForgottenPeople
from bot.storage.offered import OfferedStore
from bot.storage.organisations import OrganisationStore
from bot.storage.sessions import SessionStore
from bot.storage.shares import ShareStore
from bot.storage.teachings import TeachingStore
from bot.storage.vault import EncryptedVault
from knowledge import Knowledge

DELIVER_SECONDS, SEND_SECONDS = 1.0, 2.0
"""How long a stopping process goes on delivering, and then waits for what is on its way to a platform."""
REWRITE_SECONDS = 1.5
"""How long it then waits for the server's file to be written anew."""


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
        self.disk = Disk(self.connection)
        self._vault = EncryptedVault.of(settings, self.connection)
        """Where platforms' folders keep what they are trusted with."""
        self.adapters: list[Adapter] = []
        self._senders: dict[str, Sender] = {}
        self._directories: dict[str, Directory] = {}
        self.clock = Clock()
        self.credentials = Credentials(
            self.connection, self.metrics, self.memory.seconds, lambda *told: self._refused.tell(*told)
        )
        self.delivery = Outbox(
            self.memory,
            self._senders,
            self.metrics,
            platforms,
            credentials=self.credentials,
            limits=settings.platform_limits,
            clock=self.clock.now,
        )
        self.transaction = TransactionRunner(self.memory.commits, self.delivery.committed, self.metrics)
        self.organisations = Organisations(OrganisationStore(self.connection))
        self.advisors = WhoAdvises(
            settings, platforms, self.organisations,
            lambda: self.reminders.advisor_settings_handler.copy.advisors,
        )  # fmt: skip
        self.people = PeopleDirectory(
            platforms,
            self.connection,
            self._directories,
            settings.called,
            self.organisations,
            self.memory.seconds["profile"],
            self.clock.now,
        )
        store = SessionStore(self.connection, self.memory.commits, self.memory.seconds)
        self.knowledge_keeper = KnowledgeKeeper(
            knowledge, TeachingStore(self.connection, self.memory.seconds), self.metrics
        )
        known = self.knowledge_keeper.get
        self.screens = (
            Screens(key.get_secret_value(), settings.public_url, store, known, self.clock.now)
            if (key := settings.screen_key)
            else None
        )
        """Pages of live sessions for a big screen, where they are set up."""
        self.card_updater = CardUpdater(
            store, self._senders, RateLimits(self.connection, platforms), known, self.metrics,
            screens=self.screens is not None,
        )  # fmt: skip
        disclosures = DisclosureHandler(
            DisclosureStore(self.connection, self.memory.seconds), self.transaction
        )
        self.sessions = SessionHandler(
            store, self.transaction, self.card_updater, known, self.clock.now, self.people, disclosures,
            self.disk.erased,
        )  # fmt: skip
        acts = SessionActHandler(
            store, self.sessions, self.card_updater, known, self.metrics, self.people.names_of,
            self.screens.link if self.screens else None,
        )  # fmt: skip
        self.reminders = ReminderService(
            self.memory, store, self.transaction, self.people, knowledge, self.clock.now, self.advisors,
            self.metrics, disclosures, self.disk.erased, lambda: self.enquiries.for_digest(),
        )  # fmt: skip
        insights = InsightReader(
            self.memory, disclosures, self.reminders.listing, self.people, self.knowledge_keeper.get,
            self.clock.now,
        )  # fmt: skip
        self.enquiries = EnquiryService(
            self.memory, self.transaction, platforms, self.people, self.reminders.reach,
            self.knowledge_keeper, insights, self.clock.now, self.metrics,
            channel=platforms.channel(settings), advised=self.advisors.reachable,
            may_advise=self.advisors.may_include,
        )  # fmt: skip
        turn = ConversationHandler(
            self.memory,
            store,
            self.transaction,
            self.delivery,
            self.knowledge_keeper.get,
            self.advisors.include,
            self.clock.now,
            self.metrics,
            self.reminders,
            acts,
            self.people,
            presses := PressLimit(),
            self.enquiries,
            per_minute=settings.questions_per_minute,
            retention_days=settings.retention_days,
            mail_domains=settings.mail_domains if settings.mail else (),
        )
        forgetting = PersonForgetting(
            self.memory,
            acts,
            self.reminders,
            self.people,
            self.enquiries,
            self.transaction,
            lambda whom: self.schedule.withdraw(whom),
            self.clock.now,
            self.disk.erased,
        )
        self._refused = RefusedPlatforms(
            platforms, self.reminders.advisor_settings_handler, self.reminders.reach, self.people,
            self.clock.now,
        )  # fmt: skip
        self.homes = HomePages(
            turn.page, self.delivery, RateLimits(self.connection, platforms),
            OfferedStore(self.connection, self.memory.seconds), self.clock.now,
        )  # fmt: skip
        self.turn = Dispatcher(
            turn,
            ChannelHandler(ChannelStore(self.connection, self.memory.seconds), self.transaction, known),
            ShareHandler(ShareStore(self.connection), self.transaction),
            JoinCodes(store, self.people),
            self.sessions,
            acts,
            self.delivery,
            self.people,
            self.reminders,
            self.advisors.include,
            forgetting,
            self.organisations,
            self.credentials,
            presses,
            self.enquiries,
            self.homes,
            Panes(turn.page, self.delivery),
            self.metrics,
            UnreadableKeys(
                self.connection, self.transaction, self.delivery, self.reminders.reach, self.metrics,
                self.clock.now, self.memory.seconds["unreadable"],
            ),
        )  # fmt: skip
        self.schedule = Scheduler(
            redis_url,
            self.connection,
            self.clock,
            self.turn.hand,
            self.reminders.failures.keep,
            ForgottenPeople(self.connection, self.memory.seconds),
        )
        self._senders[JOBS] = JobSender(self.schedule, self.clock)
        self._session: aiohttp.ClientSession | None = None
        self.mending = Mending(
            self.schedule, self.sessions, self.reminders, self.connection, self.clock.now, self.metrics
        )
        self._sweeping: list[asyncio.Task[None]] = []
        self._beside: list[asyncio.Task[None]] = []
        """What is done for as long as the process lives: by those that sweep, and by all."""

    async def start(self, *, sweep: bool) -> None:
        """Build the platforms' sides; with ``sweep``, take over what other processes left undelivered."""
        self._session = way_out.session(
            timeout=aiohttp.ClientTimeout(total=30),
            connector=aiohttp.TCPConnector(limit=0),  # each queue sends one message at a time anyway
            json_serialize=lambda value: msgspec.json.encode(value).decode(),
        )
        for platform in self._platforms:
            if platform.configured(self.settings) or (self.unauthenticated and platform.unauthenticated):
                joined = platform.connect(
                    self.settings, self.turn, self._session, self.metrics.retried, self._vault
                )
                self.join(platform.name, joined)
        await self.schedule.start(work=sweep)
        settings = self.reminders.advisor_settings_handler
        beside = (self.organisations.work(), self.people.work(), settings.refresh())
        self._beside = [asyncio.create_task(work) for work in beside]
        await self.knowledge_keeper.start()
        if sweep:
            parts = (self.delivery, self.card_updater, self.homes, self.mending, self.disk)
            self._sweeping = [asyncio.create_task(part.sweep()) for part in parts]

    async def finish(self) -> None:
        """Take on nothing more, deliver what is under way, and leave the rest to other processes."""
        for adapter in self.adapters:
            await adapter.stop()
        await _cancelled(self._sweeping)
        await asyncio.gather(
            self.delivery.stop(DELIVER_SECONDS, SEND_SECONDS),
            self.card_updater.stop(DELIVER_SECONDS + SEND_SECONDS),
        )

    async def stop(self) -> None:
        """Finish, then close everything."""
        await self.finish()
        await self.schedule.stop()
        await _cancelled(self._beside)
        await self.knowledge_keeper.stop()
        if self._session is not None:
            await self._session.close()
        if self._sweeping:
            await self._last_rewrite()
        await self.connection.close()

    async def _last_rewrite(self) -> None:
        """What is erased is to be off the disk before it may be copied; else it is at the next start."""
        try:
            async with asyncio.timeout(REWRITE_SECONDS):
                await self.disk.sweep_once(now=True)
        except (MemoryAway, RedisError, TimeoutError):
            pass

    def join(self, platform: str, adapter: Adapter) -> None:
        """Let a platform's adapter send, look up and say who advises."""
        self.adapters.append(adapter)
        if self._platforms.get(platform).advises:
            self.advisors.joined(adapter)
        self._senders[platform] = adapter.sender
        self._directories[platform] = adapter.directory


async def _cancelled(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
