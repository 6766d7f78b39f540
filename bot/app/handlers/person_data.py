"""``my data`` and ``forget me`` over all partitions: sessions, series and advisors' settings too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.app.handlers.advisor_settings import audit_list
from bot.app.handlers.enquiry_service import EnquiryService
from bot.app.handlers.reminder_owners import left_card, offer_card
from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.session_acts import SessionActHandler
from bot.app.people import PeopleDirectory
from bot.app.transaction import Change, TransactionRunner, turn_of
from bot.platforms.ports import Address, InboundEvent, OutboxMessage
from bot.storage.conversations import ConversationStore
from bot.storage.forgotten import ForgottenPeople
from bot.storage.migrations import UnreadableState
from bot.storage.own_records import OwnRecords
from bot.storage.partitions import partitions
from bot.storage.person_eraser import OURS, PersonEraser, Shared
from bot.storage.person_kept import as_advisor, assisting, in_enquiries, in_series, in_teachings, on_lists
from bot.storage.person_strips import Whom
from bot.storage.sessions import SessionStore
from bot.storage.shapes import Blanking
from dialogs.core.jobs import ForgetEverywhere
from dialogs.core.reminder_model import Series
from dialogs.core.replies import Reply
from dialogs.core.world_parts import Record
from dialogs.reminders.chain import unclaimed_job
from dialogs.wording import privacy as words

Withdraw = Callable[[Whom], Awaitable[None]]
"""Takes a person out of what is scheduled."""


class PersonRecords:
    """All that is kept about a person, in words for them. May raise MemoryAway."""

    def __init__(
        self,
        memory: ConversationStore,
        live: SessionStore,
        reminders: ReminderService,
        people: PeopleDirectory,
        enquiries: EnquiryService,
    ) -> None:
        self._memory, self._live, self._reminders = memory, live, reminders
        self._people, self._enquiries = people, enquiries
        self._own = OwnRecords(memory.connection)

    async def of(self, inbound: InboundEvent, now: datetime) -> tuple[Record, ...]:
        """What is kept about whoever speaks; of a workspace that has just turned out to be of an Enterprise,
        under either of their ids."""
        names = self._people.names_of(inbound.speaker)
        return tuple([record for name in names for record in await self._of(name, inbound, now)])

    async def _of(self, person: str, inbound: InboundEvent, now: datetime) -> tuple[Record, ...]:
        reminders = self._reminders
        reached = self._people.where_reached().get(inbound.place.platform, "")
        kept = await self._own.in_words(replace(inbound, speaker=person), now, reached)
        sessions = await self._live.took_part(inbound.tenant, person)
        every = [*await reminders.listing.own(person), *await reminders.listing.shared()]
        settings, audit = await reminders.advisor_settings(), await audit_list(self._memory.connection)
        series = [*await in_series(reminders.store, every, person), *assisting(settings, person)]
        ids = (person, *inbound.also) if person == inbound.speaker else ()
        taught = self._enquiries.teaching.store
        advisor, lists = as_advisor(settings, audit, person), on_lists(settings, ids)
        return (
            *kept,
            *(Record("session", None, words.TOOK_PART) for _ in sessions),
            *(Record("reminder", None, said) for said in series),
            *(Record("list", None, said) for said in lists),
            *(Record("advisor", None, said) for said in advisor),
            *in_enquiries(await self._enquiries.store.all(), person),
            *in_teachings((await taught.load()).teachings, person, await taught.hashed(person)),
        )


class PersonForgetting:
    """Erases a person wherever a turn of theirs doesn't reach. May raise MemoryAway or Unavailable."""

    def __init__(
        self,
        memory: ConversationStore,
        acts: SessionActHandler,
        reminders: ReminderService,
        people: PeopleDirectory,
        enquiries: EnquiryService,
        transaction: TransactionRunner,
        withdraw: Withdraw,
        clock: Callable[[], datetime],
        erased: Callable[[], Awaitable[None]],
    ) -> None:
        """``erased``: is told once all is erased."""
        self._erased = erased
        self._acts, self._reminders, self._people = acts, reminders, people
        self._enquiries = enquiries
        self._transaction, self._withdraw, self._clock = transaction, withdraw, clock
        self._connection = memory.connection
        self._eraser = PersonEraser(memory.connection, memory.seconds)
        self._forgotten = ForgottenPeople(memory.connection, memory.seconds)
        self._blanking = Blanking(memory.connection)

    async def run(self, tenant: str, event: ForgetEverywhere, idempotency_key: str) -> None:
        """Forget somebody, whose own tenant has done so; doing it again is harmless."""
        await self._people.forget(tenant, event.person)
        # Their present id comes last: what is moved there meanwhile is still met.
        ids = dict.fromkeys((*event.also, *reversed(self._people.names_of(event.person))))
        for number, id in enumerate(ids):
            # Their own turn has erased what their tenant keeps of them under the id that they have now.
            done = tenant if id == event.person else ""
            await self._forget(tenant, Whom(id, event.name), f"{idempotency_key} {number}", done)

    async def _forget(self, tenant: str, whom: Whom, idempotency_key: str, done: str) -> None:
        """Forget them as one of the ids by which they are named."""
        await self._blanking.forget(whom)
        await self._forgotten.remember(whom.id, self._clock().timestamp())
        everywhere = await partitions(self._connection)
        # What no turn of theirs sent them is kept where they belong, where nobody may ever have written.
        tenants = {whom.id.partition("/")[0], *(name for name in everywhere if not name.startswith(OURS))}
        for other in {tenant, *tenants}:
            await self._acts.forget(other, whom.id, idempotency_key)
        with suppress(UnreadableState):  # then they were taken out of the settings as they stand
            await self._reminders.forget(whom.id, idempotency_key)
        await self._enquiries.handler.forget(whom.id, idempotency_key)
        await self._withdraw(whom)
        for partition in everywhere:
            await self._eraser.withdraw(partition, whom)
        for other in tenants:
            if other != done:
                await self._tenant(other, whom)
        for partition, keys in (await self._eraser.shared()).items():
            await self._partition(partition, keys, whom, idempotency_key)
        await self._reminders.listing.drop(whom.id)
        await self._erased()

    async def _tenant(self, tenant: str, whom: Whom) -> None:
        """Erase what another tenant keeps of them alone."""

        async def decide(loaded: Shared) -> Change[None]:
            return Change(None, await self._eraser.tenant(tenant, whom, self._clock()))

        await self._transaction.run(turn_of(tenant), _nothing, decide, seen=None)

    async def _partition(self, partition: str, keys: Sequence[str], whom: Whom, idempotency_key: str) -> None:
        """Take them out of what others share."""

        async def decide(shared: Shared) -> Change[None]:
            now = self._clock()
            write = self._eraser.write(partition, shared, whom, now)
            if shared.before is None or shared.after is None or shared.after == shared.before:
                return Change(None, write)
            messages = await self._told(shared.before, shared.after, whom, f"{idempotency_key} {partition}")
            unclaimed = unclaimed_job(shared.after, now)
            return Change(
                None, write, {"advisor": messages} if messages else {}, jobs=[unclaimed] if unclaimed else []
            )

        await self._eraser.unseal(keys, whom)
        load = partial(self._eraser.load, keys, whom)
        await self._transaction.run(turn_of(partition), load, decide, seen=None)

    async def _told(self, before: Series, after: Series, whom: Whom, id: str) -> list[OutboxMessage]:
        """What advisors are told of a series that somebody left, or left behind."""
        at = self._clock().timestamp()
        if after.step == "ended":
            return []
        if before.owner.id == whom.id:
            offer, reached = offer_card(after, self._clock()), await self._reminders.reach.all(but=whom.id)
            return [
                _message(f"{id} {number}", advisor, to, offer, at)
                for number, (advisor, to) in enumerate(reached.items())
            ]
        if len(after.left) > len(before.left) and after.owner_to:
            return [_message(id, after.owner.id, after.owner_to, left_card(after), at)]
        return []


async def _nothing() -> Shared:
    return Shared()


def _message(id: str, speaker: str, to: Address, reply: Reply, at: float) -> OutboxMessage:
    return OutboxMessage(id, speaker.partition(":")[0], to, reply, speaker=speaker, at=at)
