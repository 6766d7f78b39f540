"""What people do with an enquiry that they name: advisors, and whoever asked."""

from __future__ import annotations

from typing import get_args

from bot.app.handlers.act_outcome import ActOutcome
from bot.app.handlers.enquiries import EnquiryHandler
from bot.app.transaction import Busy, press_key
from bot.platforms.ports import InboundEvent, Result
from dialogs.core.commands import EnquiryAct, encode
from dialogs.core.enquiry_model import AdvisorAct, AskerAct, Enquiry, SteerEnquiry
from dialogs.core.events import Submitted
from dialogs.core.forms import Form
from dialogs.core.mentions import unforged
from dialogs.core.names import find_lesson
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.router import row_of
from dialogs.core.session_model import Actor
from dialogs.core.text import words as words_of
from dialogs.enquiries.cards import (
    LABELS,
    advisors_card,
    asker_card,
    longest,
    point_form,
    standing,
    text_form,
)
from dialogs.enquiries.decide import EnquiryDecision, why_not
from dialogs.enquiries.table import ADVISORS_ACTS, MOVES, WITH_WORDS
from dialogs.enquiries.teaching import read_draft, teach_form, typed
from dialogs.wording import enquiries as words
from dialogs.wording.teaching import FORM_TITLE, TELEPHONE
from knowledge.authoring.teaching import has_telephone


class EnquiryActHandler:
    """Carries out acts. May raise MemoryAway."""

    def __init__(self, enquiries: EnquiryHandler) -> None:
        self._enquiries = enquiries

    async def run(self, inbound: InboundEvent, act: EnquiryAct, by: Actor) -> ActOutcome:
        """Do ``act``, which names its enquiry by id."""
        row = row_of(act)
        if not row.permits(advisor=by.advisor):
            return _told(row.refusal)
        enquiry = (await self._enquiries.store.load(act.enquiry)).enquiry
        if enquiry is None or not enquiry.asker.id:
            return _told(words.GONE)
        mine = enquiry.asker.id == by.id
        if act.act == "show":
            return self._show(enquiry, by, mine=mine)
        if act.act not in ADVISORS_ACTS and not mine:
            return _told(words.NOT_YOURS)
        if act.act not in MOVES[enquiry.step]:
            return self._done(inbound, act, EnquiryDecision(enquiry, why_not(enquiry, by), done=False))
        if act.act == "teach":
            return await self._teach(inbound, act, enquiry, by)
        text = act.text
        if act.act in WITH_WORDS:
            text, asked = self._written(inbound, act, enquiry)
            if asked is not None:
                return asked
        return await self._steer(inbound, act, SteerEnquiry(act.act, by, text))

    async def _teach(self, inbound: InboundEvent, act: EnquiryAct, enquiry: Enquiry, by: Actor) -> ActOutcome:
        """What an advisor would teach, once they have written it."""
        kb, says = self._enquiries.knowledge(), encode(EnquiryAct("teach", enquiry.id))
        before = typed(enquiry.teaching) if enquiry.teaching else {"answer": enquiry.answer}
        if not isinstance(inbound.event, Submitted):
            if inbound.can_open:
                return ActOutcome(Result("done", form=teach_form(says, enquiry.question, kb, before)))
            button = Choice(FORM_TITLE, says, primary=True, opens=True)
            return _shown(Reply((Text(words.OPEN_PAGE), Choices((button,))), private=True))
        values = inbound.event.values
        draft = read_draft(
            enquiry.question, enquiry.id, values, by, inbound.private_to, kb, asker=enquiry.asker.id
        )
        if isinstance(draft, dict):
            form = teach_form(says, enquiry.question, kb, values)
            return ActOutcome(Result("done", form=form, errors=draft))
        return await self._steer(inbound, act, SteerEnquiry("teach", by, teaching=draft))

    async def _steer(self, inbound: InboundEvent, act: EnquiryAct, event: SteerEnquiry) -> ActOutcome:
        key = press_key(inbound, act.act, act.enquiry)
        try:
            decision = await self._enquiries.steer(act.enquiry, event, key)
        except Busy:
            return ActOutcome(Result("busy"))
        if decision is None:
            return ActOutcome(Result("seen"))
        return self._done(inbound, act, decision)

    def _done(self, inbound: InboundEvent, act: EnquiryAct, decision: EnquiryDecision) -> ActOutcome:
        done, card = Result("done", decision.note), decision.instead
        if card is None and act.act in ADVISORS_ACTS and inbound.place.kind == "direct":
            # A card that was shown to them alone is none of those that are brought up to date by name.
            shown = advisors_card(decision.enquiry, self._enquiries.knowledge())
            card = Reply((Text(decision.note), *shown.blocks), private=True, instead=True)
        if card is None or inbound.about is None:
            return ActOutcome(done, done=decision.done)
        return ActOutcome(done, card, done=decision.done, cards=(inbound.about,))

    def _show(self, enquiry: Enquiry, by: Actor, *, mine: bool) -> ActOutcome:
        kb = self._enquiries.knowledge()
        if mine:
            stands = standing(enquiry)
            return _shown(asker_card(enquiry, f"{stands[:1].upper()}{stands[1:]}.", kb))
        if by.advisor:
            card = advisors_card(enquiry, kb)
            return _shown(Reply(card.blocks, private=True))
        return _told(words.NOT_YOURS)

    def _written(
        self, inbound: InboundEvent, act: EnquiryAct, enquiry: Enquiry
    ) -> tuple[str, ActOutcome | None]:
        """What was written or picked, or what asks for it."""
        submitted = isinstance(inbound.event, Submitted)
        typed = inbound.event.values.get("text", "") if isinstance(inbound.event, Submitted) else act.text
        typed = unforged(typed).strip()
        if not submitted and not typed:
            return "", self._asked_for(inbound, act, enquiry)
        problem = ""
        if act.act == "point":
            found = typed if typed in self._enquiries.knowledge().lessons else ""
            found = found or find_lesson(typed, self._enquiries.knowledge()) or ""
            typed, problem = found, "" if found else words.NO_SUCH_LESSON
        elif not words_of(typed):
            problem = words.EMPTY
        elif len(typed) > (limit := longest(_named(act))):
            problem = words.TOO_LONG.format(count=f"{len(typed):,}", limit=f"{limit:,}")
        elif act.act in ADVISORS_ACTS and has_telephone(typed):
            problem = TELEPHONE
        if not problem:
            return typed, None
        if not submitted:
            return "", _told(problem)
        form = self._form(act, enquiry, typed)
        return "", ActOutcome(Result("done", form=form, errors={"text": problem}))

    def _asked_for(self, inbound: InboundEvent, act: EnquiryAct, enquiry: Enquiry) -> ActOutcome:
        if inbound.can_open:
            return ActOutcome(Result("done", form=self._form(act, enquiry)))
        says = encode(EnquiryAct(act.act, enquiry.id))
        form = self._form(act, enquiry)
        button = Choice(form.title, says, primary=True, opens=True)
        asked = words.OPEN_FORM.format(label=LABELS[_named(act)].lower())
        return _shown(Reply((Text(asked), Choices((button,))), private=True))

    def _form(self, act: EnquiryAct, enquiry: Enquiry, typed: str = "") -> Form:
        if act.act == "point":
            return point_form(enquiry, self._enquiries.knowledge())
        return text_form(_named(act), enquiry, typed)


def _named(act: EnquiryAct) -> AdvisorAct | AskerAct:
    assert act.act in (*get_args(AdvisorAct), *get_args(AskerAct))
    return act.act  # type: ignore[return-value]


def _told(note: str) -> ActOutcome:
    return ActOutcome(Result("done", note))


def _shown(reply: Reply) -> ActOutcome:
    return ActOutcome(Result("done"), reply, done=True)
