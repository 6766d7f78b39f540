"""A draft that something else was said under since: what can only be meant for it goes to it; what may be
meant for a lesson, or for what was sent since, is asked about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dialogs.core.reminder_model import Waiting
from tests.dialogs.series import advisor, draft, labels
from tests.harness.person import Person, read
from tests.harness.small import NOW

SIGN = "remind @asha and @unnamed every Monday at 9 to sign the forms"
RUNG = Waiting("CDFGHJKMNPQR", "2026-11-23T08:30", "remind", "Ring the auditor", at=NOW.timestamp() + 60)


def making(between: str = "how many partners should we have?", said: str = SIGN) -> Person:
    """Cleo, with a draft, and a lesson since."""
    cleo = advisor()
    cleo.say(said)
    cleo.say(between)
    return cleo


@pytest.mark.parametrize(
    "said",
    [
        "fine, set it going",
        "get it sent",
        "lets go",
        "ok go then",
        "yes go ahead",
        "ye do it",
        "ok then send it",
        "yes please",
    ],
)
def test_what_would_start_it_is_asked_about(said: str) -> None:
    cleo = making()
    decision = cleo.say(said)
    assert "Do you mean to start your reminder to" in read(decision)
    assert labels(cleo) == ["Start", "Show it", "How many partners"]
    assert not decision.jobs
    assert cleo.press("Start").jobs


def test_what_may_be_said_of_either_is_asked_about() -> None:
    cleo = making()
    assert "Do you mean your reminder to" in read(cleo.say("what does it say now"))
    assert labels(cleo) == ["Show it", "How many partners"]
    assert cleo.press("How many partners").replies[0].asked.lesson == "factor-partner-numbers"


@pytest.mark.parametrize(
    "said",
    ["is it still there", "u still got that reminder", "is my reminder saved?", "read it back to me",
     "what have I got down so far?", "where did we get to", "when does it go", "that reminder"],
)  # fmt: skip
def test_what_is_asked_of_it_alone_is_answered(said: str) -> None:
    cleo = making()
    decision = cleo.say(said)
    assert not any(reply.asked for reply in decision.replies)
    assert "Mon 30 Nov" in read(decision)


def test_whether_it_runs_is_told_as_it_is() -> None:
    cleo = making()
    assert "Nothing is sent until you press “Start”" in read(cleo.say("is it saved?"))
    assert draft(cleo).what == "Sign the forms"


@pytest.mark.parametrize(
    "said",
    [
        "not yet",
        "please hold the reminder for the moment",
        "I'll decide later",
        "hold off on it for now",
        "hang on",
        "no wait",
        "not today",
    ],
)
def test_it_waits(said: str) -> None:
    cleo = making()
    assert "Take your time. Your reminder to" in read(cleo.say(said))
    assert draft(cleo).asked == ""


def test_today_is_left_out_where_it_goes_today() -> None:
    cleo = advisor()
    cleo.say("remind @asha every Monday at 16:00 to sign the forms")
    assert "Take your time" not in read(cleo.say("not today"))


@pytest.mark.parametrize("between", ["", "how many partners should we have?"])
def test_who_is_to_get_it_too_needs_a_mention_where_nobody_is_known_by_that_name(between: str) -> None:
    cleo = making(between)
    assert "Changed: it goes to" in read(cleo.say("and bryn as well"))
    assert "“zorro”" in read(cleo.say("zorro too"))
    assert len(draft(cleo).targets) == 3


@pytest.mark.parametrize("said", ["could Grace Lloyd be added too", "Grace should be included"])
def test_who_is_to_be_added_in_other_words(said: str) -> None:
    cleo = making()
    assert "“Grace" in read(cleo.say(said))
    assert len(draft(cleo).targets) == 2


@pytest.mark.parametrize(
    "said", ["could residents be included too", "costs too", "and residents as well", "that too"]
)
def test_a_subject_of_the_lessons_is_nobody(said: str) -> None:
    cleo = making()
    before = draft(cleo)
    assert "ready to start" not in read(cleo.say(said))
    assert draft(cleo) == before


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("add @bryn to the reminder", ["Asha Patel", "Bryn Hughes"]),
        ("put @bryn on the reminder as well", ["Asha Patel", "Bryn Hughes"]),
        ("can @bryn get the reminder too", ["Asha Patel", "Bryn Hughes"]),
        ("add @bryn to it", ["Asha Patel", "Bryn Hughes"]),
        ("take @asha off the reminder", []),
    ],
)
def test_the_reminder_is_the_draft_that_is_being_made(said: str, then: list[str]) -> None:
    cleo = advisor()
    cleo.say("remind @asha every Monday at 9 to sign the forms")
    cleo.say(said)
    assert [target.name for target in draft(cleo).targets] == then


def test_a_list_of_that_name_is_that_list() -> None:
    cleo = advisor()
    cleo.say("remind @asha every Monday at 9 to sign the forms")
    assert "Steering group" in read(cleo.say("add @bryn to the steering group"))
    assert [target.name for target in draft(cleo).targets] == ["Asha Patel"]


@pytest.mark.parametrize("said", ["enough", "enough of this", "ok that's enough"])
def test_who_has_enough_is_asked_whether_to_drop_it(said: str) -> None:
    cleo = advisor()
    cleo.say(SIGN)
    assert "Shall I drop it?" in read(cleo.say(said))
    cleo.press("Drop the draft")
    assert cleo.work.draft is None


def test_never_mind_in_short() -> None:
    cleo = advisor()
    cleo.say(SIGN)
    assert "Dropped" in read(cleo.say("nvm"))


@pytest.mark.parametrize("said", ["received", "seen", "yep read", "got it, thanks", "k done", "later"])
def test_what_was_sent_since_goes_before_a_draft_that_the_words_mean_nothing_to(said: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha on 11 December at 10 to book a room")
    decision = cleo.say(said, waiting=(RUNG,), now=NOW + timedelta(days=2))
    assert decision.press.startswith("reminder done") or "Ring the auditor" in read(decision)
    assert "didn't understand" not in read(decision)


@pytest.mark.parametrize("said", ["what's this about", "what is this for?"])
def test_what_is_asked_is_asked_of_what_was_sent_since(said: str) -> None:
    cleo = advisor(series=())
    cleo.say("remind @asha on 11 December at 10 to book a room")
    assert "I sent it on" in read(cleo.say(said, waiting=(RUNG,), now=NOW + timedelta(days=2)))


def test_what_both_could_take_is_asked_about() -> None:
    cleo = advisor()
    cleo.say("remind @asha on 11 December at 10 to book a room")
    assert "Which one do you mean?" in read(cleo.say("cancel", waiting=(RUNG,)))
    assert labels(cleo) == ["Drop the draft", "Stop: Ring the auditor"]


@pytest.mark.parametrize(("said", "then"), [("make it 11:00", "at 11:00"), ("on 14 December", "14 December")])
def test_what_changes_the_draft_is_the_drafts(said: str, then: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha on 11 December at 10 to book a room")
    assert then in read(cleo.say(said, waiting=(RUNG,)))


def test_an_answer_to_what_the_draft_asks_is_the_drafts() -> None:
    cleo = advisor()
    cleo.say("remind @asha on 11 December to book a room")
    assert "at 10:00" in read(cleo.say("10", waiting=(RUNG,)))


@pytest.mark.parametrize("kind", ["remind", "pulse"])
@pytest.mark.parametrize(("said", "told"), [("enough", "I can stop sending"), ("no wait", "no hurry")])
def test_enough_and_wait_under_what_was_sent_are_no_questions(kind: str, said: str, told: str) -> None:
    waiting = replace(RUNG, kind=kind)
    assert told in read(advisor().say(said, waiting=(waiting,)))
