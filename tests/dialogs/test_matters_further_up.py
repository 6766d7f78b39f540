"""What is open hears what can be meant for it after an aside; what is done with takes nothing before it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from dialogs.core.events import Place
from dialogs.core.model import Decision
from dialogs.core.reminder_model import Waiting
from tests.dialogs.series import advisor, draft, labels
from tests.harness.person import Person, read
from tests.harness.small import NOW

HERE = Place("slack", "direct")
PULSE = Waiting("CDFGHJKMNPQR", "2026-11-23T08:30", "pulse", "trust", at=NOW.timestamp() - 4 * 24 * 3600)
ANSWERED = replace(PULSE, step="done")
RUNG = replace(PULSE, kind="remind", called="Ring Dev", step="done")
ASIDE = "how many partners should we have?"


def after(*said: str) -> Person:
    """Somebody who said all that, the last of it an aside."""
    person = Person(place=HERE)
    for words in said:
        person.say(words)
    return person


def lesson_given(decision: Decision) -> bool:
    return any(reply.asked for reply in decision.replies)


# --- A check --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("waiting", [(), (ANSWERED,), (RUNG,)])
@pytest.mark.parametrize("typed", ["4", "I'd say 4", "skip", "skip this one"])
def test_a_check_takes_what_only_it_can_take(typed: str, waiting: Sequence[Waiting]) -> None:
    decision = after("readiness", ASIDE).say(typed, waiting=tuple(waiting))
    assert "2 of 8" in read(decision)
    assert decision.press == ""


@pytest.mark.parametrize("waiting", [(), (ANSWERED,), (RUNG,)])
def test_a_check_is_paused(waiting: Sequence[Waiting]) -> None:
    assert "Paused" in read(after("readiness", ASIDE, "thanks").say("stop", waiting=tuple(waiting)))


@pytest.mark.parametrize("typed", ["3", "skip this one", "where was I?", "go on"])
def test_a_check_whose_step_isnt_shown_shows_it(typed: str) -> None:
    decision = after("readiness", "4", "readiness").say(typed, waiting=(ANSWERED,))
    assert "2 of 8" in read(decision)
    assert not decision.effects


@pytest.mark.parametrize(
    "typed", ["where was I?", "ok so where were we", "carry on with the readiness check"]
)
def test_a_check_is_gone_on_with(typed: str) -> None:
    assert "1 of 8" in read(after("readiness", ASIDE).say(typed))


def test_a_check_or_a_pulse_that_waits_too_is_asked_about() -> None:
    person = after("readiness", ASIDE)
    assert "Which one do you mean?" in read(person.say("4", waiting=(PULSE,)))
    assert labels(person) == ["Readiness check: 4", "4: trust"]
    assert "2 of 8" in read(person.press("Readiness check: 4"))


def test_a_number_after_a_list_is_of_the_list() -> None:
    assert "2 of 8" not in read(after("readiness", "lessons").say("1"))


# --- A quiz ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["b", "I'd go with b", "skip this one", "where was I?", "carry on with the quiz"]
)
def test_a_quiz_shows_its_question_again(typed: str) -> None:
    decision = after("quiz", ASIDE).say(typed, waiting=(RUNG,))
    assert "Question 1 of" in read(decision)
    assert not decision.effects


def test_a_quiz_is_stopped() -> None:
    assert "Stopped" in read(after("quiz", ASIDE, "thanks").say("stop", waiting=(RUNG, ANSWERED)))


def test_a_quiz_or_a_pulse_that_waits_too_is_asked_about() -> None:
    person = after("quiz", ASIDE)
    assert "Which one do you mean?" in read(person.say("stop", waiting=(PULSE,)))
    assert labels(person) == ["Quiz: stop", "Stop: trust"]


@pytest.mark.parametrize("typed", ["why?", "But why", "how come?"])
def test_why_an_answer_is_right_is_told(typed: str) -> None:
    person = after(ASIDE, "quiz", "a")
    decision = person.say(typed)
    assert not lesson_given(decision)
    assert labels(person) == ["Next", "Read the lesson"]
    assert "Question 2 of" in read(person.say("next"))


# --- What is done with ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["3", "make it 3"])
def test_an_answer_of_days_ago_is_changed_only_once_it_is_said_to_be_meant(typed: str) -> None:
    person = after(ASIDE)
    decision = person.say(typed, waiting=(ANSWERED,))
    assert decision.press == ""
    assert "trust" in read(decision)
    assert [way.says for way in person.offered] == [f"pulse answer {PULSE.series} {PULSE.key} 3"]


@pytest.mark.parametrize("typed", ["skip this one", "not sure", "in progress"])
def test_what_is_done_isnt_asked_about_again(typed: str) -> None:
    assert "Ring Dev" not in read(after(ASIDE).say(typed, waiting=(RUNG,)))


# --- A draft --------------------------------------------------------------------------------------------

RING = "remind me on Tuesday at 10:00 to ring dad"


def making(*since: str, waiting: Sequence[Waiting] = ()) -> Person:
    cleo = advisor(place=HERE)
    for words in (RING, *since):
        cleo.say(words, waiting=tuple(waiting))
    return cleo


@pytest.mark.parametrize("since", [(), (ASIDE,), (ASIDE, "show it")])
@pytest.mark.parametrize("waiting", [PULSE, ANSWERED])
@pytest.mark.parametrize("typed", ["make it 11", "make it 11:00"])
def test_a_correction_is_the_drafts_where_it_is_no_answer(
    since: tuple[str, ...], waiting: Waiting, typed: str
) -> None:
    decision = making(*since, waiting=(waiting,)).say(typed, waiting=(waiting,))
    assert "at 11:00" in read(decision)


@pytest.mark.parametrize("since", [(), (ASIDE, "show it")])
def test_a_correction_of_what_was_shown_last_is_the_drafts(since: tuple[str, ...]) -> None:
    decision = making(*since, waiting=(PULSE,)).say("make it 3", waiting=(PULSE,))
    assert "ring dad" in read(decision).casefold()
    assert decision.press == ""


def test_what_may_correct_a_draft_or_answer_a_pulse_is_asked_about() -> None:
    cleo = making(ASIDE, waiting=(PULSE,))
    assert "Which one do you mean?" in read(cleo.say("make it 3", waiting=(PULSE,)))
    assert labels(cleo) == ["Reminder: make it 3", "3: trust"]
    assert "ring dad" in read(cleo.press("Reminder: make it 3", waiting=(PULSE,))).casefold()


def test_what_corrects_a_draft_goes_before_a_pulse_that_was_answered() -> None:
    decision = making(ASIDE, waiting=(ANSWERED,)).say("make it 3", waiting=(ANSWERED,))
    assert "ring dad" in read(decision).casefold()


AGREED = ["lovely, go ahead then", "perfect, let's go", "yes start that", "ok start it then", "go on then",
          "off you go", "yes, that's it", "actually yes", "ok do it"]  # fmt: skip


@pytest.mark.parametrize("typed", AGREED)
def test_a_ready_draft_is_started_by_agreement(typed: str) -> None:
    assert making().say(typed).jobs


@pytest.mark.parametrize("typed", AGREED)
def test_agreement_after_an_aside_is_asked_about(typed: str) -> None:
    decision = making(ASIDE).say(typed)
    assert "Do you mean to start your reminder" in read(decision)
    assert not decision.jobs


def test_go_on_after_a_lesson_is_of_the_lesson() -> None:
    cleo = making(ASIDE)
    assert "Do you mean to start" not in read(cleo.say("go on"))
    assert draft(cleo).what == "Ring dad"


def test_a_check_or_a_draft_to_go_on_with_is_asked_about() -> None:
    cleo = advisor(place=HERE)
    cleo.say("readiness")
    cleo.say(RING)
    cleo.say(ASIDE)
    assert "Which one do you mean?" in read(cleo.say("where was I?"))
    assert labels(cleo) == ["Reminder: Show it", "Readiness check: Go on"]
