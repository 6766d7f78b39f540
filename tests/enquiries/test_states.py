"""The states of an enquiry: whatever is done with it in whatever order, nothing is lost or done twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.core.enquiry_model import (
    AdvisorAct,
    AskAdvisors,
    AskerAct,
    CardPlace,
    CardRefused,
    ComeUpAgain,
    Enquiry,
    EnquiryActName,
    EnquiryStep,
    SteerEnquiry,
)
from dialogs.core.plain import choices, plain
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import TeachingDraft
from dialogs.enquiries import decide
from dialogs.enquiries.cards import advisors_card
from dialogs.enquiries.moves import MOST_TRIES
from dialogs.enquiries.table import ADVISORS_ACTS, MOVES
from tests.harness.small import SMALL

FRIDAY = datetime(2026, 11, 27, 15, tzinfo=UTC)
OFFICER, ADA, BEN = Actor("teams:t1/u1", "Olu"), Actor("slack:T1/UA", "Ada"), Actor("slack:T1/UB", "Ben")
PLACE = CardPlace("slack:T1/CADVICE", {"channel": "CADVICE"})
DRAFT = TeachingDraft("advice-pond", "The parish.", ("who pays for the pond?",), ADA, {}, "Pond")
OF_A_DRAFT = ("teach it", "only answer", "leave it")
ACTS: tuple[EnquiryActName, ...] = (*get_args(AdvisorAct), *get_args(AskerAct))


def asked() -> Enquiry:
    """A question that has just been put."""
    event = AskAdvisors("CDFGHJKMNPQR", "who pays for the pond?", OFFICER, {"person": "u1"}, "Europe/London")
    return decide.begin(event, (PLACE,), "District", "It is with them.", FRIDAY, SMALL).enquiry


steps = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.sampled_from((OFFICER, ADA, BEN)), st.sampled_from(("compost", "why"))
    ),
    max_size=12,
)


@given(steps)
def test_each_act_follows_the_table_or_changes_nothing_and_says_why(
    done: list[tuple[EnquiryActName, Actor, str]],
) -> None:
    enquiry = asked()
    for act, by, text in done:
        before = enquiry
        event = SteerEnquiry(act, by, text, DRAFT if act == "teach" else None)
        decision = decide.steer(before, event, FRIDAY, SMALL)
        enquiry = decision.enquiry
        assert decision.note, "whoever did it is told something"
        permitted = (act in ADVISORS_ACTS) or by == OFFICER
        ready = act not in OF_A_DRAFT or before.teaching is not None
        if not permitted or not ready or act not in MOVES[before.step]:
            assert (enquiry, decision.tell, decision.jobs, decision.cards) == (before, None, (), "")
            continue
        assert enquiry.step == MOVES[before.step][act]
        assert enquiry.question == before.question
        assert enquiry.asker == before.asker
        if act in ("teach", "leave it"):
            assert (decision.tell, decision.cards) == (None, "")
            continue
        if enquiry != before:
            assert decision.cards, "the advisors see every change"
        if act in ADVISORS_ACTS and before.waits:
            assert decision.tell is not None, "whoever asked is told of every step"
        if enquiry.waits and not before.waits:
            assert decision.jobs, "what is open again comes up again"
        offered = {choice.says for choice in choices(advisors_card(enquiry, SMALL))}
        possible = {f"enquiry {act} {enquiry.id}" for act in MOVES[enquiry.step] if act in ADVISORS_ACTS}
        assert offered <= possible
        assert bool(offered) == (enquiry.waits or enquiry.step == "answered")


def test_every_step_can_be_reached_and_each_that_waits_can_be_left() -> None:
    reached = {"asked"} | {after for moves in MOVES.values() for after in moves.values()}
    assert reached == set(get_args(EnquiryStep)) == set(MOVES)
    for step in ("asked", "taken"):
        assert {"answered", "pointed", "declined", "withdrawn"} <= set(MOVES[step].values())


def test_a_question_comes_up_again_after_a_working_day_and_a_week_until_it_is_dealt_with() -> None:
    event = AskAdvisors("CDFGHJKMNPQR", "who pays for the pond?", OFFICER, {"person": "u1"}, "Europe/London")
    job = decide.begin(event, (PLACE,), "District", "It is with them.", FRIDAY, SMALL)
    enquiry, found, at = job.enquiry, [], FRIDAY
    while job.jobs:
        at = job.jobs[0].at or at
        found.append(at)
        job = decide.come_up(job.enquiry, ComeUpAgain(enquiry.id, job.enquiry.rounds), at, SMALL)
    assert [f"{day:%a %d %b %H:%M}" for day in found] == ["Mon 30 Nov 15:00", "Mon 07 Dec 15:00"]
    assert "Still waiting" in plain(advisors_card(job.enquiry, SMALL))
    answered = decide.steer(enquiry, SteerEnquiry("answer", ADA, "The parish."), FRIDAY, SMALL).enquiry
    assert decide.come_up(answered, ComeUpAgain(enquiry.id, 0), at, SMALL).cards == ""


def test_what_was_given_back_comes_up_again_however_long_it_has_waited() -> None:
    enquiry, at = asked(), FRIDAY
    while (job := decide.come_up(enquiry, ComeUpAgain(enquiry.id, enquiry.rounds), at, SMALL)).cards:
        enquiry = job.enquiry
    taken = decide.steer(enquiry, SteerEnquiry("take", ADA), at, SMALL).enquiry
    given_back = decide.steer(taken, SteerEnquiry("give back", ADA), at, SMALL)
    (again,) = (job.event for job in given_back.jobs if isinstance(job.event, ComeUpAgain))
    assert decide.come_up(given_back.enquiry, again, at, SMALL).cards == "anew"


def test_what_is_refused_is_told_once_and_tried_again_ever_later() -> None:
    enquiry, tries = asked(), []
    told = 0
    for number in range(20):
        decision = decide.refused(
            enquiry, CardRefused(enquiry.id, PLACE.id, "is_archived", number), "them", FRIDAY, SMALL
        )
        told += decision.tell is not None
        if decision.tell is not None:
            assert "the channel is archived" in plain(decision.tell)
        enquiry = decision.enquiry
        tries += [job.at - FRIDAY for job in decision.jobs if job.at]
    assert told == 1
    assert tries[:3] == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)]
    assert len(tries) == MOST_TRIES


@pytest.mark.parametrize("step", get_args(EnquiryStep))
def test_nothing_of_whoever_is_forgotten_stays(step: EnquiryStep) -> None:
    acts: dict[str, EnquiryActName] = {
        "taken": "take",
        "answered": "answer",
        "pointed": "point",
        "declined": "decline",
        "withdrawn": "withdraw",
    }
    enquiry = asked()
    if step in acts:
        by = OFFICER if step == "withdrawn" else ADA
        enquiry = decide.steer(enquiry, SteerEnquiry(acts[step], by, "compost"), FRIDAY, SMALL).enquiry
    assert enquiry.step == step
    without = decide.forgotten(enquiry, OFFICER.id)
    card = plain(advisors_card(without, SMALL))
    assert "pond" not in card
    assert "Olu" not in card
    assert not without.waits
    assert OFFICER.id not in repr(without)
    former = decide.forgotten(enquiry, ADA.id)
    assert ADA.id not in repr(former)
    assert "Ada" not in plain(advisors_card(former, SMALL))
    assert former.waits == enquiry.waits
