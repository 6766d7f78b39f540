"""Schedules of several rules, with exceptions and counted working days: kept, refused and said again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice

import msgspec
import pytest

from dialogs.recurrence.describe import in_words
from dialogs.recurrence.occurrences import occurrences
from dialogs.recurrence.rule import Exceptions, Line, Recurrence, fault
from dialogs.recurrence.sentence import understand

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
LONDON = "Europe/London"


def wall(text: str) -> datetime:
    """A wall-clock time, without a zone."""
    return datetime.fromisoformat(text)


MONDAYS = Recurrence(wall("2026-11-30T09:00"), "FREQ=WEEKLY;BYDAY=MO")


def sends(schedule: Recurrence, count: int = 6) -> list[str]:
    return [
        f"{occurrence.local:%a %d %b %H:%M}"
        for occurrence in islice(occurrences(schedule, LONDON, NOW), count)
    ]


def test_a_schedule_that_was_stored_before_there_were_several_rules_keeps_its_meaning() -> None:
    stored = (
        b'{"start":"2026-12-07T09:30:00","rule":"FREQ=MONTHLY;BYDAY=1MO","zone":"Europe/London",'
        b'"nation":"scotland","off_days":"previous","until":"2027-06-30","count":3,"quiet":["18:00:00","08:00:00"]}'
    )
    schedule = msgspec.json.decode(stored, type=Recurrence)
    assert (schedule.more, schedule.exceptions, schedule.shift) == ((), None, 0)
    assert sends(schedule) == ["Mon 07 Dec 09:30", "Thu 31 Dec 09:30", "Mon 01 Feb 09:30"]


def test_what_has_one_rule_is_stored_as_before() -> None:
    assert msgspec.json.decode(msgspec.json.encode(MONDAYS)) == {
        "start": "2026-11-30T09:00:00", "rule": "FREQ=WEEKLY;BYDAY=MO"
    }  # fmt: skip


def test_the_dates_of_all_rules_are_sent_in_order_and_each_once() -> None:
    both = Recurrence(
        MONDAYS.start, MONDAYS.rule, more=(
            Line(wall("2026-12-07T09:00"), "FREQ=MONTHLY;BYMONTHDAY=7"), Line(wall("2026-12-02T14:00")),
        ),
    )  # fmt: skip
    assert sends(both, 4) == ["Mon 30 Nov 09:00", "Wed 02 Dec 14:00", "Mon 07 Dec 09:00", "Mon 14 Dec 09:00"]


def test_the_count_is_of_all_rules_and_without_the_exceptions() -> None:
    kept = Exceptions(spans=((date(2026, 12, 7), date(2026, 12, 14)),))
    three = Recurrence(
        MONDAYS.start, MONDAYS.rule, count=3, exceptions=kept, more=(Line(wall("2026-12-02T14:00")),)
    )
    assert sends(three) == ["Mon 30 Nov 09:00", "Wed 02 Dec 14:00", "Mon 21 Dec 09:00"]


def test_nothing_moves_onto_a_date_that_is_excepted() -> None:
    # Monday 28 December is a bank holiday and would move to the 29th.
    kept = Exceptions(spans=((date(2026, 12, 29), date(2026, 12, 29)),))
    assert "Tue 29 Dec 09:00" not in sends(Recurrence(MONDAYS.start, MONDAYS.rule, exceptions=kept))


def test_working_days_are_counted_in_each_nation() -> None:
    second = Recurrence(wall("2026-12-01T09:00"), "FREQ=MONTHLY;BYMONTHDAY=1", shift=2)
    january = [
        next(islice(occurrences(second, LONDON, NOW, nation=nation), 1, None)).local.day
        for nation in ("england", "scotland")
    ]
    # In Scotland the bank holiday of 2 January, a Saturday in 2027, is kept on Monday the 4th.
    assert january == [5, 6]


MANY = tuple(Line(wall("2026-12-01T09:00"), "FREQ=DAILY") for _ in range(40))
FAULTY = [
    (Recurrence(MONDAYS.start, MONDAYS.rule, more=MANY), "too much for one reminder"),
    (
        Recurrence(MONDAYS.start, MONDAYS.rule, more=(Line(MONDAYS.start, "FREQ=DAILY;BYHOUR=9"),)),
        "can't use",
    ),
    (
        Recurrence(MONDAYS.start, MONDAYS.rule, more=(Line(wall("2026-11-30T09:05"), MONDAYS.rule),)),
        "too often",
    ),
    (Recurrence(MONDAYS.start, MONDAYS.rule, exceptions=Exceptions(weekdays=(0,))), "No date fits"),
    (Recurrence(MONDAYS.start, "FREQ=HOURLY", exceptions=Exceptions(months=(8,))), "can't use"),
    (Recurrence(MONDAYS.start, "FREQ=MONTHLY;BYMONTHDAY=1", shift=400), "can't use"),
]


@pytest.mark.parametrize(("schedule", "expected"), FAULTY)
def test_a_forged_one_is_refused(schedule: Recurrence, expected: str) -> None:
    found = fault(schedule)
    assert found
    assert expected in found


SAID_AGAIN = [
    "every Monday and the first Thursday of the month at 9",
    "every Monday and every other Thursday at 9",
    "every Monday at 9 and 10:30",
    "every Monday at 9 and Friday at 14:00",
    "every Monday at 9 and on 23 December at 10",
    "1 December at 9 and 8 December at 10",
    "every Monday and the last working day of the month at 9",
    "second working day of the month at 9",
    "penultimate working day of each month at 9",
    "the working day before the 10th of each month at 9",
    "3 working days before the 20th of each month at 9",
    "last Friday of the quarter at 14:00",
    "end of each quarter at 9",
    "start of each quarter at 9",
    "end of the financial year at 9",
    "every day except Sundays at 9",
    "every Tuesday at 9 except in August and December",
    "every Thursday at 9 except 24 and 31 December",
    "every Monday at 9 but not between 20 December and 4 January",
    "annually on 1 April and the first Monday of May at 9",
    "every weekday at 8.30am and 4.30pm until Christmas",
]


@pytest.mark.parametrize("text", SAID_AGAIN)
def test_it_is_said_in_words_that_are_read_again(text: str) -> None:
    schedule = understand(text, NOW, LONDON, when_only=True).schedule
    assert schedule
    again = understand(in_words(schedule), NOW, LONDON, when_only=True)
    assert again.schedule, (in_words(schedule), again)
    assert sends(again.schedule, 30) == sends(schedule, 30)
