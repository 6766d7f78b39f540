"""What is said while a draft's days or time are open: used, or asked about; what was said before stays."""

from __future__ import annotations

import pytest

from tests.dialogs.series import advisor, draft, labels, schedule
from tests.harness.person import Person, read


def making(when: str) -> Person:
    """Cleo, with a draft that lacks its time or its day."""
    cleo = advisor()
    cleo.say(f"remind @asha {when} to sign the forms")
    assert draft(cleo).schedule is None
    return cleo


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("end of day", "17:00"), ("first thing", "09:00"), ("at lunch time", "12:30"), ("teatime", "16:00"),
        ("mid-morning please", "10:30"), ("just after lunch", "14:00"), ("around lunchtime", "12:30"),
        ("in the morning", "09:00"),
        ("any time in the morning", "09:00"), ("straight after lunch", "14:00"), ("late afternoon", "16:30"),
    ],
)  # fmt: skip
def test_a_part_of_the_day_is_kept_and_its_hour_offered(said: str, offered: str) -> None:
    cleo = making("every Friday")
    assert "At what time?" in read(cleo.say(said))
    assert offered in labels(cleo)
    assert f"Every Friday at {offered}" in read(cleo.press(offered))


def test_of_a_draft_with_a_time_too() -> None:
    cleo = advisor()
    cleo.say("remind @asha every Friday at 10 to sign the forms")
    assert "At what time?" in read(cleo.say("make it end of day"))
    assert "Every Friday at 17:00" in read(cleo.press("17:00"))


def test_a_part_of_the_day_waits_for_its_day() -> None:
    cleo = advisor()
    cleo.say("remind @asha to sign the forms")
    said = read(cleo.say("end of day"))
    assert "end of day" in said
    assert "When?" in said or "Say when. For example:" in said
    assert ".?" not in said
    assert "At what time?" in read(cleo.say("Friday"))
    assert "17:00" in labels(cleo)


@pytest.mark.parametrize(
    ("when", "said", "then"),
    [
        ("every Friday", "not friday, thursday", "Every Thursday at 10:00"),
        ("every Friday", "sorry I meant the Wednesday", "Every Wednesday at 10:00"),
        ("every Friday until Easter", "not Friday, Thursday", "Every Thursday at 10:00"),
        ("on Friday 4 December", "not friday, wednesday", "On Wed"),
        ("every Friday", "not in August", "except in August"),
    ],
)
def test_days_are_put_right_while_the_time_is_asked(when: str, said: str, then: str) -> None:
    cleo = making(when)
    assert "At what time?" in read(cleo.say(said))
    assert then in read(cleo.say("10am"))
    assert ("Easter" in when) == (schedule(cleo).until is not None)


@pytest.mark.parametrize(
    ("steps", "then"),
    [
        (["monthly instead", "every other week", "on Mondays"], "Every second Monday at 14:15"),
        (["quarterly instead", "every two months", "on the 15th"], "at 14:15"),
        (["monthly please", "no, back to weekly", "Thursday"], "Every Thursday at 14:15"),
    ],
)
def test_a_rhythm_said_anew_leaves_the_time(steps: list[str], then: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha every Tuesday at 14:15 to sign the forms")
    *before, last = steps
    assert "On which day" in read([cleo.say(step) for step in before][-1])
    assert then in read(cleo.say(last))


def test_a_time_leaves_the_rhythm_whose_day_is_open() -> None:
    cleo = making("monthly at 14:15")
    assert "On which day of the month?" in read(cleo.say("9am"))
    assert "at 09:00" in read(cleo.say("first Monday"))


@pytest.mark.parametrize("said", ["whenever", "before I go home", "same time as the last one"])
def test_what_is_no_time_is_quoted(said: str) -> None:
    cleo = making("every Friday")
    assert said.split()[-1] in read(cleo.say(said))
