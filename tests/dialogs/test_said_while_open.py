"""What people say while a draft, a quiz or a check is open, as they put it."""

from __future__ import annotations

import pytest

from dialogs import choices
from dialogs.core.effects import KeepUnanswered
from dialogs.core.events import Place
from dialogs.core.model import Decision
from dialogs.core.reminder_events import BeginSeries
from tests.dialogs.series import advisor
from tests.harness.person import Person, read

HERE = Place("slack", "direct")


def labels(decision: Decision) -> list[str]:
    return [choice.label for reply in decision.replies for choice in choices(reply)]


def drafted() -> Person:
    cleo = advisor(place=HERE)
    cleo.say("remind @asha every Monday at 9 to sign the forms")
    return cleo


# --- A draft --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["looks good", "Looks good to me!", "perfect"])
def test_a_draft_that_looks_good_is_offered_to_be_started(typed: str) -> None:
    decision = drafted().say(typed)
    assert "Start" in labels(decision)
    assert "press “Start”" in read(decision)
    assert not decision.jobs


@pytest.mark.parametrize("typed", ["send it", "ok send it", "send it off", "yes, do it"])
def test_a_draft_that_is_to_be_sent_is_started(typed: str) -> None:
    assert any(isinstance(job.event, BeginSeries) for job in drafted().say(typed).jobs)


@pytest.mark.parametrize("typed", ["send it now", "please send it straight away", "start it now"])
def test_a_draft_that_is_to_be_sent_at_once_says_when_it_goes(typed: str) -> None:
    decision = drafted().say(typed)
    assert "it goes first on" in read(decision)
    assert "in 10 minutes" in read(decision)
    assert "Start" in labels(decision)
    assert not decision.jobs


def test_a_draft_that_lacks_something_is_not_sent_and_asks_for_it() -> None:
    cleo = advisor(place=HERE)
    cleo.say("remind @asha to sign the forms")
    decision = cleo.say("send it now")
    assert "It can't start yet" in read(decision)
    assert "When?" in read(decision)


@pytest.mark.parametrize("when", ["every Monday at 9", "every Monday at 9 asking nicely"])
@pytest.mark.parametrize(
    ("typed", "whom"),
    [
        ("and bryn too @bryn", "Asha Patel and Bryn Hughes"),
        ("@bryn as well", "Asha Patel and Bryn Hughes"),
        ("please add @bryn", "Asha Patel and Bryn Hughes"),
        ("@bryn", "Asha Patel and Bryn Hughes"),
        ("and bryn @unnamed", "Asha Patel and a colleague"),
        ("only @bryn", "Bryn Hughes"),
        ("only to @bryn", "Bryn Hughes"),
        ("@bryn only then", "Bryn Hughes"),
        ("no, to @bryn instead", "Bryn Hughes"),
        ("and the steering group too", "Asha Patel and Steering group"),
        ("without @asha", ""),
    ],
)
def test_whom_a_draft_is_for_can_be_changed_whatever_else_is_asked(when: str, typed: str, whom: str) -> None:
    cleo = advisor(place=HERE)
    cleo.say(f"remind @asha {when}")
    decision = cleo.say(typed)
    told = [line for line in read(decision).splitlines() if line.startswith("To: ")]
    assert told == ([f"To: {whom}"] if whom else [])


def test_whoever_is_named_where_only_a_time_is_understood_is_quoted_by_name() -> None:
    cleo = advisor(place=HERE)
    assert "mention1" not in read(
        cleo.say("remind @asha every Monday at 9 except when @bryn is away to sign")
    )
    decision = cleo.say("every Tuesday at 9 when @bryn is back")
    assert "@Bryn Hughes" in read(decision)
    assert "mention1" not in read(decision)


@pytest.mark.parametrize(
    "typed",
    ["delete it", "scrap that", "delete the draft", "actually scrap that one", "oh, bin the whole thing",
     "no, I don't need it any more", "don't bother", "call it off please", "ditch the reminder", "scarp it"],
)  # fmt: skip
def test_a_draft_is_put_away(typed: str) -> None:
    cleo = drafted()
    cleo.say(typed)
    assert cleo.work.draft is None


@pytest.mark.parametrize(
    "typed", ["leave it", "not now", "put it off", "drop @asha from my christmas card list"]
)
def test_a_draft_is_not_put_away_by_less(typed: str) -> None:
    cleo = drafted()
    cleo.say(typed)
    assert cleo.work.draft is not None


@pytest.mark.parametrize(("typed", "meant"), [("cancle", "cancel"), ("cancle it", "cancel it")])
def test_slips_at_a_draft_are_mended_and_said(typed: str, meant: str) -> None:
    cleo = drafted()
    assert f"I read that as “{meant}”." in read(cleo.say(typed))
    assert cleo.work.draft is None


def test_a_slip_starts_it_too() -> None:
    decision = drafted().say("sart")
    assert "I read that as “start”." in read(decision)
    assert any(isinstance(job.event, BeginSeries) for job in decision.jobs)


@pytest.mark.parametrize("typed", ["who gets it?", "who is it going to?"])
def test_whom_a_draft_goes_to_is_told(typed: str) -> None:
    decision = drafted().say(typed)
    assert "It goes to" in read(decision)
    assert "Show it" in labels(decision)
    assert not any(isinstance(effect, KeepUnanswered) for effect in decision.effects)


@pytest.mark.parametrize(
    ("typed", "asked"), [("who gets it?", "Who is it for?"), ("how often?", "Every Monday")]
)
def test_what_is_asked_of_a_draft_that_lacks_something_shows_it(typed: str, asked: str) -> None:
    cleo = advisor(place=HERE)
    cleo.say("remind the choir every Monday at 9 to sing")
    assert asked in read(cleo.say(typed))


def test_starting_over_asks_what_is_to_become_of_the_draft() -> None:
    cleo = drafted()
    decision = cleo.say("start over")
    assert labels(decision) == ["Drop the draft", "Show it"]
    assert cleo.work.draft is not None


# --- A quiz ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["I think it's b", "is it b?", "a, I think", "I'd go for b", "maybe a"])
def test_an_answer_in_a_sentence(typed: str) -> None:
    person = Person(place=HERE)
    person.say("quiz")
    person.say(typed)
    assert person.work.quiz is not None
    assert len(person.work.quiz.given) == 1


def test_a_slip_in_stopping_a_quiz_is_mended_and_said() -> None:
    person = Person(place=HERE)
    person.say("quiz")
    assert "I read that as “stop the quiz”." in read(person.say("stop teh quiz"))
    assert person.work.quiz is None


@pytest.mark.parametrize("typed", ["how many left", "How many questions are left?", "how many more?"])
def test_how_many_questions_are_left_is_told(typed: str) -> None:
    person = Person(place=HERE)
    person.say("quiz 3")
    assert "2 more after this one" in read(person.say(typed))
    assert person.work.quiz is not None
    assert not person.work.quiz.given


# --- A check --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["dunno", "no idea", "I'm not sure"])
def test_not_knowing_is_an_answer(typed: str) -> None:
    person = Person(place=HERE)
    person.say("readiness")
    assert "2 of 8" in read(person.say(typed))


def test_a_slip_in_a_check_is_mended_and_said() -> None:
    person = Person(place=HERE)
    person.say("readiness")
    person.say("4")
    decision = person.say("bak")
    assert "1 of 8" in read(decision)
    assert "I read that as “back”." in read(decision)


@pytest.mark.parametrize("typed", ["pause pls", "stop please"])
def test_a_check_is_left_for_later(typed: str) -> None:
    person = Person(place=HERE)
    person.say("readiness")
    assert "type “readiness” to go on" in read(person.say(typed))


@pytest.mark.parametrize("typed", ["scrap that", "start over"])
def test_starting_a_check_over_is_asked(typed: str) -> None:
    person = Person(place=HERE)
    person.say("readiness")
    person.say("4")
    decision = person.say(typed)
    assert labels(decision) == ["Go on", "Start afresh"]
    assert person.work.check is not None
    assert person.work.check.answers
