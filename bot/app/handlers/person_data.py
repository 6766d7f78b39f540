"""``my data`` and ``forget me`` over all partitions: sessions, series and advisors' settings too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from bot.app.handlers.advisor_settings import audit_list
from bot.app.handlers.reminder_owners import address_of, left_card, offer_card
from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.session_acts import SessionActHandler
from bot.app.people import PeopleDirectory
from bot.delivery.outbox import Outbox
from bot.platforms.ports import Address, InboundEvent, OutboxMessage
from bot.storage.conversations import ConversationStore
from bot.storage.person_eraser import PersonEraser
from bot.storage.person_kept import as_advisor, in_series
from bot.storage.person_strips import Whom
from bot.storage.sessions import SessionStore
from dialogs.core.jobs import ForgetEverywhere
from dialogs.core.model import Record
from dialogs.core.reminder_model import Series
from dialogs.core.replies import Reply
from dialogs.wording import privacy as words

Withdraw = Callable[[str], Awaitable[None]]
"""Cancels what is scheduled for a person."""


class PersonRecords:
    """All that is kept about a person, in words for them. May raise MemoryAway."""

    def __init__(self, memory: ConversationStore, live: SessionStore, reminders: ReminderService) -> None:
        self._memory, self._live, self._reminders = memory, live, reminders

    async def of(self, inbound: InboundEvent, now: datetime) -> tuple[Record, ...]:
        """What is kept about whoever speaks."""
        person, reminders = inbound.speaker, self._reminders
        kept = await self._memory.records(inbound, now)
        sessions = await self._live.took_part(inbound.tenant, person)
        series = await in_series(reminders.store, await reminders.listing.all(), person)
        settings, audit = await reminders.advisor_settings(), await audit_list(self._memory.connection)
        advisor = as_advisor(settings, audit, person)
        return (
            *kept,
            *(Record("session", None, words.TOOK_PART) for _ in sessions),
            *(Record("reminder", None, said) for said in series),
            *(Record("advisor", None, said) for said in advisor),
        )


class PersonForgetting:
    """Erases a person wherever a turn of theirs doesn't reach. May raise MemoryAway or Unavailable."""

    def __init__(
        self,
        memory: ConversationStore,
        acts: SessionActHandler,
        reminders: ReminderService,
        people: PeopleDirectory,
        delivery: Outbox,
        withdraw: Withdraw,
        advisors: Callable[[], Iterable[str]],
        clock: Callable[[], datetime],
    ) -> None:
        """``advisors``: the ids of those whom the settings name."""
        self._acts, self._reminders, self._people = acts, reminders, people
        self._withdraw, self._advisors, self._clock = withdraw, advisors, clock
        self._eraser = PersonEraser(memory.connection, memory.commits, memory.seconds, delivery.committed)

    async def run(self, tenant: str, event: ForgetEverywhere, idempotency_key: str) -> None:
        """Forget somebody, whose own tenant has done so; doing it again is harmless."""
        whom = Whom(event.person, event.name)
        await self._people.forget(tenant, whom.id)
        await self._acts.forget(tenant, whom.id, idempotency_key)
        await self._reminders.forget(whom.id, idempotency_key)
        await self._withdraw(whom.id)
        reached = await self._reached(whom.id)

        def told(before: Series, after: Series) -> Sequence[OutboxMessage]:
            id, at = f"{idempotency_key} {before.id}", self._clock().timestamp()
            if before.owner.id == whom.id and after.step != "ended":
                offer = offer_card(after)
                messages = (
                    _message(f"{id} {n}", advisor, to, offer, at)
                    for n, (advisor, to) in enumerate(reached.items())
                )
                return list(messages)
            if len(after.left) > len(before.left) and after.step != "ended" and after.owner_to:
                return [_message(id, after.owner.id, after.owner_to, left_card(after), at)]
            return []

        await self._eraser.erase(tenant, whom, self._clock(), told)

    async def _reached(self, gone: str) -> dict[str, Address]:
        """The other advisors, each with where they are written to."""
        settings = await self._reminders.advisor_settings()
        others = {*settings.reach, *settings.advisors, *self._advisors()} - {gone}
        found = {advisor: await address_of(advisor, settings, self._people) for advisor in sorted(others)}
        return {advisor: to for advisor, to in found.items() if to}


def _message(id: str, speaker: str, to: Address, reply: Reply, at: float) -> OutboxMessage:
    return OutboxMessage(id, speaker.partition(":")[0], to, reply, speaker=speaker, at=at)
