"""An enquiry's turn: what happens to it is decided, and kept with what advisors and asker are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

import structlog
from msgspec.structs import replace

from bot.app.handlers.enquiry_places import EnquiryPlaces
from bot.app.people import PeopleDirectory
from bot.app.transaction import Change, TransactionRunner, Turn, turn_of
from bot.observability.metrics import Metrics
from bot.platforms.ports import OutboxMessage, platform_of
from bot.storage.enquiries import EnquiryStore, LoadedEnquiry
from dialogs.core.enquiry_model import (
    ENQUIRIES_PARTITION,
    AdvisorLeft,
    AskAdvisors,
    CardPlace,
    CardRefused,
    ComeUpAgain,
    Enquiry,
    EnquiryEvent,
    SendAgain,
    SteerEnquiry,
)
from dialogs.core.jobs import Job
from dialogs.core.replies import Reply
from dialogs.enquiries import decide
from dialogs.enquiries.cards import advisors_card, asker_card, older_card, reason, whom
from dialogs.enquiries.decide import EnquiryDecision
from dialogs.wording import enquiries as words
from knowledge import Knowledge

_log = structlog.get_logger()

Decide = Callable[[LoadedEnquiry], Awaitable[EnquiryDecision | None]]


class EnquiryHandler:
    """Runs the turns of enquiries. May raise MemoryAway, Busy, or Unavailable where a platform is away."""

    def __init__(
        self,
        store: EnquiryStore,
        transaction: TransactionRunner,
        places: EnquiryPlaces,
        people: PeopleDirectory,
        knowledge: Callable[[], Knowledge],
        clock: Callable[[], datetime],
        metrics: Metrics,
        may_advise: Callable[[str], bool],
    ) -> None:
        """``may_advise``: whether somebody advises, or may, as far as is known here."""
        self._may_advise = may_advise
        self.store, self.knowledge = store, knowledge
        self._transaction, self._places, self._people = transaction, places, people
        self._clock, self._metrics = clock, metrics

    async def hand(self, event: EnquiryEvent, idempotency_key: str) -> None:
        """Let what reaches the enquiries as a job happen, once for each key."""
        if isinstance(event, AdvisorLeft):
            await self._left(event, idempotency_key)
            return
        if not isinstance(event, AskAdvisors):
            await self._run(event.id, partial(self._event, event), idempotency_key)
            return
        waiting = [enquiry for enquiry in await self.store.all() if enquiry.waits and enquiry.id != event.id]
        before = decide.same(event, waiting)
        if before is None:
            await self._run(event.id, await self._asking(event), idempotency_key)
        else:
            await self._run(before.id, partial(self._asked_before, event), idempotency_key)

    async def steer(self, id: str, event: SteerEnquiry, idempotency_key: str) -> EnquiryDecision | None:
        """Let somebody do something with an enquiry; None where there is none, or they have done so."""

        async def steer(loaded: LoadedEnquiry) -> EnquiryDecision | None:
            if loaded.enquiry is None:
                return None
            return decide.steer(loaded.enquiry, event, self._clock(), self.knowledge())

        return await self._run(id, steer, idempotency_key)

    async def forget(self, person: str, idempotency_key: str) -> None:
        """Take somebody out of all enquiries; of those that they asked, nothing stays."""
        for enquiry in await self.store.all():

            async def forgotten(loaded: LoadedEnquiry) -> EnquiryDecision | None:
                after = decide.forgotten(loaded.enquiry, person) if loaded.enquiry else None
                # Who had no part in it leaves no trace there, and draws no card anew.
                if after is None or after == loaded.enquiry:
                    return None
                return EnquiryDecision(after, cards="as they are")

            await self._run(enquiry.id, forgotten, f"{idempotency_key} {enquiry.id}")

    # --- What comes as a job --------------------------------------------------------------------------

    async def _left(self, event: AdvisorLeft, idempotency_key: str) -> None:
        for enquiry in await self.store.all():

            async def left(loaded: LoadedEnquiry) -> EnquiryDecision | None:
                enquiry = loaded.enquiry
                if enquiry is None or not enquiry.waits:
                    return None
                return decide.left_by(enquiry, event.person, self._clock(), self.knowledge())

            await self._run(enquiry.id, left, f"{idempotency_key} {enquiry.id}")

    async def _asking(self, event: AskAdvisors) -> Decide:
        """A new question, with what the platforms tell: who asks, of which organisation, and who gets it."""
        asker, team = event.asker, event.asker.id.partition("/")[0]
        names = await self._people.names([asker.id])
        organisation = (await self._people.organisations([team])).get(team, "")
        to = await self._people.reached(asker.id) or event.to
        event = replace(event, asker=replace(asker, name=names.get(asker.id) or asker.name), to=to)
        found = await self._places.found()
        said = words.PASSED_ON.format(whom=whom(found.advising))
        if found.why_not:
            said = words.NOBODY_REACHED.format(why=reason(found.why_not))

        async def begin(loaded: LoadedEnquiry) -> EnquiryDecision | None:
            if loaded.enquiry is not None:
                return None
            return decide.begin(event, found.places, organisation, said, self._clock(), self.knowledge())

        return begin

    async def _asked_before(self, event: AskAdvisors, loaded: LoadedEnquiry) -> EnquiryDecision | None:
        enquiry = loaded.enquiry
        if enquiry is None:
            return None
        lines = tuple(line for line in event.added if line not in enquiry.added)
        after = replace(enquiry, added=(*enquiry.added, *lines))
        tell = asker_card(after, words.ASKED_BEFORE, self.knowledge())
        return EnquiryDecision(after, tell=tell, cards="anew" if lines else "")

    async def _event(self, event: EnquiryEvent, loaded: LoadedEnquiry) -> EnquiryDecision | None:
        enquiry, now = loaded.enquiry, self._clock()
        if enquiry is None:
            return None
        match event:
            case ComeUpAgain():
                held = enquiry.by is None or self._may_advise(enquiry.by.id)
                return decide.come_up(enquiry, event, now, self.knowledge(), held=held)
            case CardRefused():
                said = whom(await self._places.advising())
                return decide.refused(enquiry, event, said, now, self.knowledge())
            case SendAgain():
                return await self._again(enquiry, event, now)
            case AskAdvisors() | AdvisorLeft():
                return None

    async def _again(self, enquiry: Enquiry, event: SendAgain, now: datetime) -> EnquiryDecision:
        """What was refused is said once more: to the asker, or where advisors see enquiries today."""
        refused = {place: why for place, why in enquiry.refused.items() if place != event.place}
        if event.place == enquiry.asker.id:
            to = await self._people.reached(enquiry.asker.id) or enquiry.to
            after = replace(enquiry, refused=refused, to=to)
            return EnquiryDecision(after, "", decide.told_again(after, self.knowledge()), tries=event.tries)
        found = await self._places.found()
        if not found.places:
            again = CardRefused(enquiry.id, event.place, found.why_not, event.tries)
            return decide.refused(enquiry, again, whom(found.advising), now, self.knowledge())
        after = replace(enquiry, refused=refused, places=found.places)
        return EnquiryDecision(after, cards="as they are" if enquiry.waits else "", tries=event.tries)

    # --- The turn -----------------------------------------------------------------------------------

    async def _run(self, id: str, decided: Decide, idempotency_key: str) -> EnquiryDecision | None:
        """Let something happen to an enquiry; None where there is none, or it has happened before."""
        turn = turn_of(ENQUIRIES_PARTITION, idempotency_key)

        async def change(loaded: LoadedEnquiry) -> Change[EnquiryDecision | None]:
            decision = await decided(loaded)
            if decision is None:
                return Change(None)
            if decision.cards == "anew" or (decision.cards and not decision.enquiry.posts):
                enquiry = replace(decision.enquiry, posts=decision.enquiry.posts + 1)
                decision = replace(decision, enquiry=enquiry)
            if decision.enquiry == loaded.enquiry and not (decision.tell or decision.jobs or decision.cards):
                return Change(decision)
            write = self.store.write(decision.enquiry, loaded, self._clock())
            return Change(decision, write, messages=self._messages(turn, decision), jobs=decision.jobs)

        load = partial(self.store.load, id, idempotency_key)
        decision = await self._transaction.run(turn, load, change, seen=None)
        if decision is not None:
            _log.info("enquiry", enquiry=id, step=decision.enquiry.step)
            self._metrics.enquiries.labels(decision.enquiry.step).inc()
        return decision

    def _messages(self, turn: Turn, decision: EnquiryDecision) -> dict[str, list[OutboxMessage]]:
        """What the asker is told, and the advisors' cards, each place in a queue of its own."""
        enquiry, messages = decision.enquiry, dict[str, list[OutboxMessage]]()
        asker = enquiry.asker.id
        if decision.tell is not None and enquiry.to:
            told = OutboxMessage(
                turn.names("told"), platform_of(asker), enquiry.to, decision.tell, speaker=asker
            )
            messages[f"enquiry {enquiry.id} asker"] = [_or_else(told, enquiry.id, asker, decision.tries)]
        card, older = advisors_card(enquiry, self.knowledge()), older_card(enquiry)
        newest = enquiry.posts - 1
        for place in enquiry.places if decision.cards else ():
            messages[f"enquiry {enquiry.id} {place.id}"] = [
                self._card(
                    turn,
                    decision,
                    place,
                    replace(card if number == newest else older, private=place.alone),
                    number,
                )
                for number in range(enquiry.posts)
            ]
        return messages

    @staticmethod
    def _card(
        turn: Turn, decision: EnquiryDecision, place: CardPlace, card: Reply, number: int
    ) -> OutboxMessage:
        """One of a place's cards: the newest is posted where it doesn't stand yet."""
        message = OutboxMessage(
            turn.names(f"{place.id} {number}"), platform_of(place.id), place.to, card,
            speaker=place.id if place.alone else "",
            card=(decision.enquiry.id, f"{place.id} {number}"),
            only_in_place=number < decision.enquiry.posts - 1,
        )  # fmt: skip
        return _or_else(message, decision.enquiry.id, place.id, decision.tries)


def _or_else(message: OutboxMessage, id: str, place: str, tries: int) -> OutboxMessage:
    """``message``, about whose refusal the enquiry hears."""
    key = f"enquiry {id} refused {message.id}"
    return replace(message, otherwise=Job(ENQUIRIES_PARTITION, CardRefused(id, place, tries=tries), key=key))
