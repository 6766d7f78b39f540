"""In the thread of a reminder, and on its heels, "this" is that one; what would end another is asked."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dialogs.core.events import Place
from dialogs.core.model import OfferedButton
from dialogs.core.reminder_model import Summary, Waiting
from tests.dialogs.series import REFERENCE, draft, labels
from tests.dialogs.test_naming_series import FIRST, LEADERS_ONE, MONDAYS, SECOND, STEERING, THIRD, cleo
from tests.harness.person import Person, read
from tests.harness.small import NOW

PAUSED = replace(STEERING, series=replace(STEERING.series, step="paused"))
PULSE = replace(
    STEERING,
    series=replace(STEERING.series, draft=replace(STEERING.series.draft, kind="pulse", topic="buy-in")),
)


def sent(id: str, ago: int = 60, message: str = "m1") -> Waiting:
    """One that was sent."""
    return Waiting(id, "2026-11-26T10:00", "remind", "Highlights", at=NOW.timestamp() - ago, message=message)


def under(*some: Summary, **changes: object) -> Person:
    """Cleo in the channel's thread of the fortnightly one."""
    place = {"place": Place("slack", "channel"), "reference": REFERENCE}
    return cleo(*some, waiting=(sent(SECOND),), under="m1", **place, **changes)


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("end this", "cancel"), ("pause this", "pause"), ("pause", "pause"), ("resume this", "resume"),
        ("skip the next one", "skip"), ("who hasn't replied?", "who"),
        ("cancel that one", "cancel"), ("end the reminder", "cancel"),
    ],
)  # fmt: skip
def test_in_its_thread_this_is_that_one(said: str, act: str) -> None:
    assert under(MONDAYS, LEADERS_ONE, PAUSED).say(said).press == f"reminder {act} {SECOND}"


@pytest.mark.parametrize("said", ["move this to monday", "make that monthly", "move it to monday"])
def test_what_it_is_moved_to_names_no_other(said: str) -> None:
    person = under()
    person.say(said)
    assert draft(person).changes == SECOND


def test_another_that_is_named_there_is_meant_and_then_it_is_asked_which() -> None:
    person = under()
    assert person.say("pause the steering one").press == f"reminder pause {THIRD}"
    asked = person.say("end it")
    assert asked.press == ""
    assert [label.partition(": ")[2] for label in labels(person)] == [
        "Send the highlight report", "Book the steering room",
    ]  # fmt: skip


def test_a_change_of_what_goes_elsewhere_is_shown_to_whoever_changes_it_alone() -> None:
    person = under()
    told = person.say("move the steering one to 11")
    assert [reply.private for reply in told.replies] == [True]


def test_what_its_thread_hangs_on_and_has_ended_is_not_taken_for_another() -> None:
    told = under(MONDAYS).say("end this")
    assert (told.press, told.needs) == ("", None)
    assert "it has ended" in read(told)


def test_though_a_draft_of_another_is_open_there() -> None:
    person = under()
    person.say("move the steering one to 11")
    assert person.say("end this").press in ("", f"reminder cancel {SECOND}")
    assert "didn't understand that change" not in read(person.say("pause this"))


@pytest.mark.parametrize("said", ["end it", "pause this", "pause", "give it to Bryn to look after"])
def test_what_wasnt_named_nor_just_spoken_of_is_asked_about_and_not_ended(said: str) -> None:
    person = cleo(MONDAYS)
    asked = person.say(said)
    assert (asked.press, asked.needs) == ("", None)
    assert FIRST in person.offered[0].says
    assert labels(person)[0].endswith(": Brief your members")


def test_what_was_sent_last_in_the_chat_is_meant_there() -> None:
    person = cleo(waiting=(sent(SECOND), sent(FIRST, 3600, "m0")))
    assert person.say("pause this").press == f"reminder pause {SECOND}"
    told = OfferedButton("Change", f"reminder change {THIRD}", NOW.timestamp() - 10)
    assert cleo(waiting=(sent(SECOND),), offered=(told,)).say("pause it").press == f"reminder pause {THIRD}"


def test_what_was_told_before_a_question_was_answered_is_not_it_any_more() -> None:
    told = OfferedButton("Change", f"reminder change {THIRD}", NOW.timestamp() - 10)
    person = cleo(offered=(told,))
    person.say("how often should the steering group meet?")
    assert person.say("end it").press == ""


def test_in_the_thread_of_anything_else_what_was_sent_since_is_not_it() -> None:
    told = OfferedButton("Change", f"reminder change {THIRD}", NOW.timestamp() - 10)
    asked = cleo(offered=(told,), under="m9").say("end this")
    assert asked.press == ""
    assert "Which one" in read(asked)


def test_the_pulse_is_no_draft_of_a_reminder() -> None:
    person = cleo(MONDAYS, PULSE)
    person.say("remind @bryn every Friday at 9 to sign the forms")
    made = draft(person)
    person.say("put the pulse on hold until january")
    assert draft(person) == made
    assert any(THIRD in choice.says for choice in person.offered)
    assert cleo(MONDAYS, PULSE).say("pause the pulse").press == f"reminder pause {THIRD}"


@pytest.mark.parametrize("way", ["pressed", "undo", "cancel that"])
def test_what_has_ended_is_set_up_anew_and_nothing_goes_out_until_it_is_started(way: str) -> None:
    ended = replace(MONDAYS, series=replace(MONDAYS.series, step="ended"))
    button = OfferedButton("Set it up again", f"reminder change {FIRST}", NOW.timestamp() - 10)
    person = cleo(ended, STEERING, offered=(button,))
    told = person.say(button.says, pressed=True) if way == "pressed" else person.say(way)
    assert "this is a new one like it" in read(told)
    assert (draft(person).what, draft(person).changes) == ("Brief your members", "")
    assert draft(person).id != FIRST
    assert labels(person)[0] == "Start"
