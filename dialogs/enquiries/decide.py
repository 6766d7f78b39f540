"""What an event comes to for an enquiry: who does what with it, and what becomes of it by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from dialogs.core.enquiry_model import (
    AskAdvisors,
    CardPlace,
    CardRefused,
    ComeUpAgain,
    Enquiry,
    EnquiryActName,
    EnquiryStep,
    SteerEnquiry,
)
from dialogs.core.jobs import Job
from dialogs.core.names import name_taken
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import ADVISORS_PARTITION
from dialogs.core.replies import Frozen, Reply, Text
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import TAUGHT_PARTITION, Teach, TryOut
from dialogs.core.text import literal
from dialogs.core.text import words as words_of
from dialogs.enquiries.cards import MOST_LINES, asker_card, asker_ways, reason
from dialogs.enquiries.moves import (
    COMES_UP_AFTER,
    MOST_TRIES,
    asked_anew,
    comes_up,
    moved,
    sent_again,
    without,
)
from dialogs.enquiries.table import ADVISORS_ACTS, MOVES
from dialogs.enquiries.teaching_cards import dealt_with
from dialogs.wording import enquiries as words
from dialogs.wording import teaching as teaching_words
from knowledge import Knowledge

_TOLD: dict[EnquiryActName, str] = {
    "take": words.TAKEN, "give back": words.GIVEN_BACK, "answer": words.ANSWERED, "point": words.POINTED,
    "decline": words.DECLINED,
}  # fmt: skip


class EnquiryDecision(Frozen, frozen=True):
    """What an event comes to."""

    enquiry: Enquiry
    note: str = ""
    """A sentence for whoever did it."""
    tell: Reply | None = None
    """What whoever asked is told."""
    cards: Literal["", "as they are", "anew"] = ""
    """Whether the advisors' cards are brought up to date, or come up anew below what was said since."""
    jobs: tuple[Job, ...] = ()
    tries: int = 0
    """How often what is said now was refused before."""
    instead: Reply | None = None
    """What takes the place of what was pressed."""
    done: bool = True
    """False where it can't be done now."""


def begin(
    event: AskAdvisors,
    places: tuple[CardPlace, ...],
    organisation: str,
    said: str,
    now: datetime,
    kb: Knowledge,
) -> EnquiryDecision:
    """A question is put to the advisors, who see it in ``places``; ``said``: what whoever asked is told."""
    enquiry = Enquiry(
        event.id, event.question, event.asker, organisation, event.to, event.zone, now, event.tried,
        event.lesson, event.added, places=places,
    )  # fmt: skip
    jobs = [comes_up(enquiry, now)]
    if not places:
        jobs.append(sent_again(CardRefused(enquiry.id, ""), now))
    return EnquiryDecision(enquiry, tell=asker_card(enquiry, said, kb), cards="anew", jobs=tuple(jobs))


def same(event: AskAdvisors, waiting: Sequence[Enquiry]) -> Enquiry | None:
    """The enquiry among those that wait in which the same person asks the same."""
    asked = words_of(event.question)
    own = (each for each in waiting if each.asker.id == event.asker.id)
    return next((each for each in own if words_of(each.question) == asked), None)


def steer(enquiry: Enquiry, event: SteerEnquiry, now: datetime, kb: Knowledge) -> EnquiryDecision:
    """Somebody does something with it; what can't be done now changes nothing, and is told. What an advisor
    did stands in the audit list."""
    decision = _steered(enquiry, event, now, kb)
    act: EnquiryActName = "answer" if event.act in ("teach it", "only answer") else event.act
    if act not in _TOLD or decision.enquiry.step == enquiry.step:
        return decision
    told = Audited(now, event.by.id, event.by.name, f"{act} enquiry {enquiry.id}")
    job = Job(ADVISORS_PARTITION, told, key=f"audit enquiry {enquiry.id} {now.isoformat()}")
    return replace(decision, jobs=(*decision.jobs, job))


def _steered(enquiry: Enquiry, event: SteerEnquiry, now: datetime, kb: Knowledge) -> EnquiryDecision:
    act, by = event.act, event.by
    if act not in ADVISORS_ACTS and by.id != enquiry.asker.id:
        return EnquiryDecision(enquiry, words.NOT_YOURS, done=False)
    step = MOVES[enquiry.step].get(act)
    if step is None:
        return EnquiryDecision(enquiry, why_not(enquiry, by), done=False)
    if act in ("teach", "teach it", "only answer", "leave it"):
        return _taught(enquiry, event, step, now, kb)
    if act == "add":
        return _added(enquiry, event, step, now, kb)
    if act in ("helped", "not helped"):
        return _rated(enquiry, act, kb)
    after = moved(enquiry, step, now)
    if act == "withdraw":
        return EnquiryDecision(
            after, words.WITHDRAWN, cards="as they are", instead=_instead(after, words.WITHDRAWN, kb)
        )
    after = replace(
        after,
        by=None if act == "give back" else by,
        answer=event.text if act in ("answer", "decline") else "",
        pointed=event.text if act == "point" else "",
        refused={place: why for place, why in enquiry.refused.items() if place != enquiry.asker.id},
        rounds=0 if act == "give back" else enquiry.rounds,
    )
    said = _TOLD[act].format(name=_name(by))
    jobs = (comes_up(after, now),) if act == "give back" else ()
    tell = asker_card(after, said, kb)
    return EnquiryDecision(after, words.NOTES[act], tell, "as they are", jobs)


def _rated(enquiry: Enquiry, rating: Literal["helped", "not helped"], kb: Knowledge) -> EnquiryDecision:
    """The last answer is rated, also where more was asked since: the rating stands with that answer."""
    if enquiry.step in ("answered", "pointed"):
        rated, said = replace(enquiry, rating=rating), words.RATED[rating]
        after = rated
    else:
        given = [at for at, each in enumerate(enquiry.earlier) if each.step in ("answered", "pointed")]
        if not given:
            why = words.NOT_CLOSED if enquiry.waits else why_not(enquiry, enquiry.asker)
            return EnquiryDecision(enquiry, why, done=False)
        *_, last = given
        before = replace(enquiry.earlier[last], rating=rating)
        after = replace(enquiry, earlier=(*enquiry.earlier[:last], before, *enquiry.earlier[last + 1 :]))
        name = "answer" if before.step == "answered" else "pointed"
        rated = replace(after, step=before.step, by=before.by, rating=rating, **{name: before.text})
        said = words.RATED_BEFORE
    cards: Literal["", "as they are"] = "as they are" if after != enquiry else ""
    return EnquiryDecision(after, said, cards=cards, instead=_instead(rated, said, kb))


def _taught(
    enquiry: Enquiry, event: SteerEnquiry, step: EnquiryStep, now: datetime, kb: Knowledge
) -> EnquiryDecision:
    """An advisor would teach something from it: tried out first; then sent, taught, or put away."""
    draft = enquiry.teaching
    if event.act == "teach":
        draft = event.teaching
        after = replace(enquiry, teaching=draft)
        if draft is None:
            return EnquiryDecision(enquiry)
        # With a time it goes to the scheduler: it takes longer than a queue may be held.
        name = f"try {draft.id} {now.isoformat()}"
        job = Job(TAUGHT_PARTITION, TryOut(enquiry.id, draft), now, name)
        # Whoever wrote it for somebody who waits is told that nobody does any more.
        dealt = not enquiry.waits and (enquiry.by is None or enquiry.by.id != event.by.id)
        said = f"{why_not(enquiry, event.by)} {teaching_words.TRYING}" if dealt else teaching_words.TRYING
        return EnquiryDecision(after, said, jobs=(job,))
    if draft is None:
        return EnquiryDecision(enquiry, teaching_words.NOTHING_TO_TEACH)
    if event.act == "leave it":
        left = teaching_words.NOTE_LEFT
        return EnquiryDecision(replace(enquiry, teaching=None), left, instead=dealt_with(draft, left, kb))
    if event.act == "teach it" and name_taken(draft.title, kb, draft.id):
        return EnquiryDecision(enquiry, teaching_words.TITLE_TAKEN_SINCE)
    waited, after = enquiry.waits, replace(enquiry, teaching=None)
    if waited:
        after = replace(moved(after, step, now), by=event.by, answer=draft.answer)
    said = _TOLD["answer"].format(name=_name(event.by))
    tell = asker_card(after, said, kb) if waited else None
    if event.act == "only answer":
        sent = words.NOTES["answer"]
        return EnquiryDecision(after, sent, tell, "as they are", instead=dealt_with(draft, sent, kb))
    teach = Job(TAUGHT_PARTITION, Teach(draft, event.by), key=f"teach {draft.id}")
    note = teaching_words.NOTE_SENT_TAUGHT if waited else teaching_words.NOTE_TAUGHT
    return EnquiryDecision(after, note, tell, "as they are", (teach,), instead=dealt_with(draft, note, kb))


def why_not(enquiry: Enquiry, by: Actor) -> str:
    """Why something can't be done with it now."""
    name = enquiry.by.name or words.AN_ADVISOR if enquiry.by else ""
    if enquiry.step in words.CLOSED:
        return words.CLOSED[enquiry.step].format(name=name)
    if enquiry.step == "taken":
        mine = enquiry.by is not None and enquiry.by.id == by.id
        return words.TAKEN_BY_YOU if mine else words.TAKEN_BY.format(name=name)
    return words.NOT_CLOSED if by.id == enquiry.asker.id else words.NOT_TAKEN


def come_up(
    enquiry: Enquiry, event: ComeUpAgain, now: datetime, kb: Knowledge, *, held: bool = True
) -> EnquiryDecision:
    """Its time has come: one that still waits comes up again; ``held``: whether whoever has taken it may
    still answer."""
    if not enquiry.waits or event.round != enquiry.rounds or enquiry.rounds >= len(COMES_UP_AFTER):
        return EnquiryDecision(enquiry)
    if enquiry.by is not None and not held:
        return left_by(enquiry, enquiry.by.id, now, kb)
    after = replace(enquiry, rounds=enquiry.rounds + 1)
    jobs = (comes_up(after, now),) if after.rounds < len(COMES_UP_AFTER) else ()
    return EnquiryDecision(after, cards="anew", jobs=jobs)


def refused(enquiry: Enquiry, event: CardRefused, whom: str, now: datetime, kb: Knowledge) -> EnquiryDecision:
    """Something didn't arrive: whoever it concerns is told why, and it is tried again."""
    after = replace(enquiry, refused={**enquiry.refused, event.place: event.reason})
    jobs = (sent_again(event, now),) if event.tries < MOST_TRIES else ()
    if event.place == enquiry.asker.id:
        return EnquiryDecision(after, cards="as they are", jobs=jobs)
    first = event.place not in enquiry.refused
    # One advisor of several who can't be reached is nothing to whoever asked.
    nobody = all(place.id in after.refused for place in after.places)
    said = words.NOT_REACHED.format(whom=whom, why=reason(event.reason))
    tell = asker_card(after, said, kb) if first and nobody and enquiry.waits else None
    return EnquiryDecision(after, tell=tell, jobs=jobs)


def left_by(enquiry: Enquiry, person: str, now: datetime, kb: Knowledge) -> EnquiryDecision:
    """Somebody is no advisor any more: what they have taken is open again, and they see no more of any."""
    after = without(enquiry, person)
    if enquiry.step != "taken" or enquiry.by is None or enquiry.by.id != person:
        return EnquiryDecision(after)
    after = asked_anew(after, "asked", now)
    tell = asker_card(after, words.LEFT.format(name=_name(enquiry.by)), kb)
    return EnquiryDecision(after, tell=tell, cards="anew", jobs=(comes_up(after, now),))


def forgotten(enquiry: Enquiry, person: str) -> Enquiry:
    """It without somebody who had a part in it; of whoever asked, nothing stays."""
    if enquiry.asker.id == person:
        return replace(
            enquiry, question="", asker=Actor(""), organisation="", to={}, added=(), step="withdrawn",
            answer="", refused={}, teaching=None, earlier=(),
        )  # fmt: skip
    former = Actor("", words.FORMER_ADVISOR)
    earlier = tuple(replace(each, by=former) if each.by.id == person else each for each in enquiry.earlier)
    enquiry = replace(enquiry, earlier=earlier)
    if enquiry.by is not None and enquiry.by.id == person:
        enquiry = replace(enquiry, by=former)
        enquiry = replace(enquiry, step="asked", by=None) if enquiry.step == "taken" else enquiry
    return without(enquiry, person)


def _added(
    enquiry: Enquiry, event: SteerEnquiry, step: EnquiryStep, now: datetime, kb: Knowledge
) -> EnquiryDecision:
    if len(enquiry.added) >= MOST_LINES * 2:
        return EnquiryDecision(enquiry, words.TOO_MANY.format(count=len(enquiry.added)), done=False)
    after = replace(enquiry, added=(*enquiry.added, event.text))
    if step == enquiry.step:
        return EnquiryDecision(after, words.ADDED_NOTE, cards="anew")
    anew = asked_anew(after, step, now)
    return EnquiryDecision(anew, words.ASKED_ANEW, cards="anew", jobs=(comes_up(anew, now),))


def _instead(enquiry: Enquiry, said: str, kb: Knowledge) -> Reply:
    """What whoever asked sees in the place of what they pressed."""
    card = asker_card(enquiry, said, kb)
    if enquiry.step not in ("answered", "pointed"):
        return replace(card, instead=True)
    # What was answered stays to be read, and the thanks stand below it.
    told = _TOLD["answer" if enquiry.step == "answered" else "point"].format(name=_name(enquiry.by))
    above = asker_card(enquiry, told, kb).blocks[:-1]
    return Reply((*above, Text(said), *asker_ways(enquiry, kb)), private=True, instead=True)


def _name(by: Actor | None) -> str:
    return literal((by.name if by else "") or words.AN_ADVISOR)


def told_again(enquiry: Enquiry, kb: Knowledge) -> Reply:
    """What whoever asked was to be told last."""
    acts: dict[EnquiryStep, EnquiryActName] = {
        "taken": "take", "answered": "answer", "pointed": "point", "declined": "decline",
    }  # fmt: skip
    act = acts.get(enquiry.step)
    said = _TOLD[act].format(name=_name(enquiry.by)) if act else words.STILL_OPEN
    return asker_card(enquiry, said, kb)
