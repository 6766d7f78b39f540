"""“Morning or afternoon?” answered in any way: the rhythm, its end and its exceptions stay."""

from __future__ import annotations

import pytest

from dialogs.recurrence.describe import in_words
from dialogs.wording.dates import long_date
from tests.dialogs.series import advisor, draft, labels
from tests.harness.person import Person, read
from tests.harness.small import NOW

RHYTHMS = [
    ("every Friday at {}", "Every Friday at {}"),
    ("every second Tuesday at {} until Easter", "Every second Tuesday at {}, until 25 March 2027"),
    (
        "first Monday of the month at {} except in August",
        "First Monday of each month at {}, except in August",
    ),
    ("on Friday at {}", "On Fri 27 November 2026 at {}"),
    ("Mondays at 9 and Fridays at {}", "Every Monday at 09:00 and every Friday at {}"),
    ("weekdays at {} from 1 February", "Every weekday at {}, from 1 February 2027"),
]
USUAL = ", each person's own time, moved to the next working day on bank holidays (England)"


def asked(when: str) -> Person:
    """Cleo, with a draft whose hour may be of either half of the day."""
    cleo = advisor()
    assert "morning or afternoon?" in read(cleo.say(f"remind @asha {when} to file expenses"))
    return cleo


def told(cleo: Person) -> str:
    """When the draft is sent; "" where that is still open."""
    found = draft(cleo).schedule
    begins = f", from {long_date(found.start.date())}" if found and found.start.year > NOW.year else ""
    return f"{in_words(found).replace(USUAL, '')}{begins}" if found else ""


@pytest.mark.parametrize(("when", "meant"), RHYTHMS)
@pytest.mark.parametrize(
    "said",
    ["5pm", "at 5pm", "I mean 5pm", "17.00 then", "17:00", "5 in the evening", "5pm please", "make it 17:00"],
)
def test_a_time_of_its_own(when: str, meant: str, said: str) -> None:
    cleo = asked(when.format(4))
    cleo.say(said)
    assert told(cleo) == meant.format("17:00")


@pytest.mark.parametrize(("when", "meant"), RHYTHMS)
@pytest.mark.parametrize("said", ["pm", "the afternoon", "16:00"])
def test_one_of_those_offered(when: str, meant: str, said: str) -> None:
    cleo = asked(when.format(4))
    cleo.say(said)
    assert told(cleo) == meant.format("16:00")
    cleo = asked(when.format(4))
    cleo.press("16:00")
    assert told(cleo) == meant.format("16:00")


@pytest.mark.parametrize(("when", "meant"), RHYTHMS)
@pytest.mark.parametrize("said", ["half past five", "5.30", "make it 5:30"])
def test_another_time_that_may_be_either(when: str, meant: str, said: str) -> None:
    cleo = asked(when.format(4))
    assert "morning or afternoon?" in read(cleo.say(said))
    assert labels(cleo)[:2] == ["17:30", "05:30"]
    cleo.say("to @bryn")  # in between
    assert labels(cleo)[:2] == ["17:30", "05:30"]
    cleo.press("17:30")
    assert told(cleo) == meant.format("17:30")


@pytest.mark.parametrize(("when", "meant"), RHYTHMS)
def test_a_bare_hour_where_none_was_said(when: str, meant: str) -> None:
    cleo = advisor()
    cleo.say(f"remind @asha {when.replace(' at {}', '')} to file expenses")
    if draft(cleo).schedule is None:  # "Mondays at 9 and Fridays" has one
        cleo.say("5")
        cleo.press("17:00")
        assert told(cleo) == meant.format("17:00")


@pytest.mark.parametrize(
    ("when", "said", "meant"),
    [
        ("every Friday at 4", "5pm and not in August", "Every Friday at 17:00, except in August"),
        ("every Friday at 4 until Easter", "Wednesday at 5pm",
         "Every Wednesday at 17:00, until 25 March 2027"),
        ("Mondays at 9 and Fridays at 4", "5pm, not in July",
         "Every Monday at 09:00 and every Friday at 17:00, except in July"),
        ("every Friday at 3 until Easter", "every Monday at 4pm",
         "Every Monday at 16:00, until 25 March 2027"),
    ],
)  # fmt: skip
def test_more_than_the_time(when: str, said: str, meant: str) -> None:
    cleo = asked(when)
    cleo.say(said)
    assert told(cleo) == meant


@pytest.mark.parametrize(
    ("when", "said", "meant"),
    [
        ("every Friday at 4 until Easter", "Thursday instead",
         "Every Thursday at 16:00, until 25 March 2027"),
        ("Mondays at 9 and Fridays at 4", "not in July",
         "Every Monday at 09:00 and every Friday at 16:00, except in July"),
        ("Fridays at 4 from 5 February", "Thursday instead",
         "Every Thursday at 16:00, from 11 February 2027"),
        ("every Friday at 4 except in August", "every other week",
         "Every second Friday at 16:00, except in August"),
    ],
)  # fmt: skip
def test_something_else_leaves_the_hour_open(when: str, said: str, meant: str) -> None:
    cleo = asked(when)
    assert "morning or afternoon?" in read(cleo.say(said))
    cleo.press("16:00")
    assert told(cleo) == meant


def test_what_cannot_be_is_said_and_left_out() -> None:
    cleo = asked("every second Tuesday at 4 until Easter")
    assert "Nothing is sent on July anyway" in read(cleo.say("not in July"))
    assert draft(cleo).when == "every second Tuesday at 4 until Easter"


def test_a_rhythm_whose_day_is_asked_keeps_its_end() -> None:
    cleo = advisor()
    when = "every Tuesday at 14:15 until 30 June except in February"
    cleo.say(f"remind @asha {when} to sign the forms")
    cleo.say("monthly instead")
    cleo.say("first Monday")
    assert told(cleo) == "First Monday of each month at 14:15, except in February, until 30 June 2027"
