"""The parts of reminders and pulses, put together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime

from bot.app.advisors import WhoAdvises
from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.handlers.advisor_settings import AdvisorSettingsHandler
from bot.app.handlers.assistants import Assistants
from bot.app.handlers.disclosures import DisclosureHandler
from bot.app.handlers.failures import FailureHandler
from bot.app.handlers.recipients import RecipientResolver
from bot.app.handlers.reminder_acts import ReminderActHandler
from bot.app.handlers.reminder_owners import SeriesOwners
from bot.app.handlers.reminders import ReminderHandler
from bot.app.people import PeopleDirectory
from bot.app.transaction import Busy, TransactionRunner
from bot.observability.metrics import Metrics
from bot.storage.connection import MemoryAway
from bot.storage.conversations import ConversationStore
from bot.storage.failed_jobs import FailedJobStore
from bot.storage.reminder_index import Listed, ReminderIndex
from bot.storage.reminders import SeriesStore
from bot.storage.sessions import SessionStore as Sessions
from dialogs.core.reminder_events import AdvisorEvent, ForgetPerson, SeriesEvent, Wrap
from dialogs.core.reminder_model import PARTITION, AdvisorSettings, Summary
from dialogs.core.replies import Block
from knowledge import Knowledge


class ReminderService:
    """Reminders and pulses of one process. What reaches Redis may raise MemoryAway."""

    def __init__(
        self,
        memory: ConversationStore,
        sessions: Sessions,
        transaction: TransactionRunner,
        people: PeopleDirectory,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
        advisors: WhoAdvises,
        metrics: Metrics,
        disclosures: DisclosureHandler,
        erased: Callable[[], Awaitable[None]],
        beside: Callable[[], Awaitable[Sequence[Block]]],
    ) -> None:
        """``beside``: what else stands in the advisors' weekly digest."""
        self._clock = clock
        self.store = SeriesStore(memory.connection, memory.commits, memory.seconds)
        self.listing = ReminderIndex(self.store)
        self.advisor_settings_handler = AdvisorSettingsHandler(
            memory.connection, transaction, self.listing, people, clock,
            memory.seconds["audit"], beside,
        )  # fmt: skip
        self.reach = AdvisorReach(people, self.advisor_settings, advisors.named)
        resolver = RecipientResolver(people, sessions)
        assistants = Assistants(self.store, resolver, people, self.advisor_settings)
        self.runner = ReminderHandler(
            self.store,
            self.listing,
            resolver,
            self.advisor_settings_handler.read,
            transaction,
            knowledge,
            clock,
            disclosures,
            advisors.may_include,
            erased,
            assistants,
        )
        self.failed_jobs = FailedJobStore(memory.connection, memory.seconds)
        self.failures = FailureHandler(
            self.failed_jobs, self.store, sessions, transaction, self.reach, metrics, clock
        )
        owners = SeriesOwners(people, self.reach, advisors.include)
        self.acts = ReminderActHandler(
            self.store,
            self.runner,
            self.failures,
            people,
            clock,
            owners,
            self.advisor_settings,
            assistants,
        )

    async def advisor_settings(self) -> AdvisorSettings:
        """What the advisors share, as it is now."""
        return await self.advisor_settings_handler.read()

    async def summaries(self, person: str, *, advisor: bool) -> tuple[Summary, ...]:
        """The series that run, as far as they concern ``person``; all of them, for an advisor."""
        return (await self.listed(person, advisor=advisor)).summaries

    async def listed(self, person: str, *, advisor: bool) -> Listed:
        """The same, with those that can't be read."""
        return await self.listing.listed(person, advisor=advisor, now=self._clock())

    async def reachable(self, tenant: str, person: str) -> None:
        """Somebody did something here: what is sent to them arrives again, and where it couldn't, they hear
        which of their own reminders didn't reach them. Never raises."""
        with suppress(MemoryAway, Busy):  # what they do next tells it too
            if not await self.store.refusals.of([(tenant, person)]):
                return
            own = await self.listing.own(person)
            for series in own:
                if series.sent:
                    last = series.sent[-1].key
                    back = Wrap(last, failures=True, back=True)
                    await self.runner.run(series.id, back, f"{series.id} back {last}")
            await self.failures.tell_again({PARTITION + series.id for series in own})
            await self.store.refusals.lift(tenant, person)

    async def hand(self, tenant: str, event: SeriesEvent | AdvisorEvent, idempotency_key: str) -> None:
        """Let an event happen to a series, or in the advisor settings. May raise Unavailable."""
        if isinstance(event, SeriesEvent):
            await self.runner.run(tenant.removeprefix(PARTITION), event, idempotency_key)
        else:
            await self.advisor_settings_handler.run(event, idempotency_key)

    async def forget(self, person: str, idempotency_key: str) -> None:
        """Forget somebody in the advisor settings, and what failed of theirs. May raise Unavailable."""
        await self.advisor_settings_handler.run(ForgetPerson(person), f"{idempotency_key} board")
