"""A schedule and its next dates in words, and schedules that are refused wherever they come from."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from dialogs.recurrence.describe import dates_in_words, in_words, moved_in_words, next_dates, next_moved
from dialogs.recurrence.rule import Recurrence, fault

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LONDON = "Europe/London"


def wall(text: str) -> datetime:
    """A wall-clock time, without a zone."""
    return datetime.fromisoformat(text)


FIRST_MONDAYS = Recurrence(wall("2026-12-07T09:30"), "FREQ=MONTHLY;BYDAY=1MO")


def test_the_conversation_that_we_aim_at() -> None:
    assert in_words(FIRST_MONDAYS) == (
        "First Monday of each month at 09:30, each person's own time, moved to the next working day on bank "
        "holidays (England)"
    )
    assert dates_in_words(FIRST_MONDAYS, LONDON, NOW) == (
        "Mon 7 Dec, Mon 4 Jan, Mon 1 Feb, Mon 1 Mar, Mon 5 Apr"
    )
    moved = next_moved(FIRST_MONDAYS, LONDON, NOW)
    assert moved
    assert moved_in_words(moved, 2027) == "Mon 3 May is a bank holiday (May Day) → Tue 4 May"
    said = "Mon 3 May 2027 is a bank holiday (May Day) → Tue 4 May 2027"
    assert moved_in_words(moved, NOW.year) == said


NINE = wall("2026-12-01T09:00")
IN_WORDS = [
    (Recurrence(NINE, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"), "Every second Tuesday at 09:00"),
    (Recurrence(NINE, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"), "Every 2 weeks on Monday and Thursday at 09:00"),
    (Recurrence(NINE, "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"), "Every 3 weeks on Tuesday at 09:00"),
    (Recurrence(NINE, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), "Every weekday at 09:00"),
    (Recurrence(NINE, "FREQ=DAILY"), "Every day at 09:00"),
    (Recurrence(NINE, "FREQ=DAILY;INTERVAL=3"), "Every 3 days at 09:00"),
    (Recurrence(NINE, "FREQ=MINUTELY;INTERVAL=45"), "Every 45 minutes from 09:00"),
    (Recurrence(NINE, "FREQ=MONTHLY;BYDAY=1TU,3TU"), "First and third Tuesday of each month at 09:00"),
    (Recurrence(NINE, "FREQ=MONTHLY;BYMONTHDAY=31"), "31st of each month at 09:00"),
    (Recurrence(NINE, "FREQ=MONTHLY;BYMONTHDAY=-1"), "Last day of each month at 09:00"),
    (Recurrence(NINE, "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"), "Last Friday of every 2 months at 09:00"),
    (Recurrence(NINE, "FREQ=MONTHLY;BYDAY=1MO;BYMONTH=1,4,7,10"), "First Monday of each quarter at 09:00"),
    (Recurrence(NINE, "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1"), "Every 1 April at 09:00"),
    (Recurrence(NINE, "FREQ=YEARLY;BYMONTH=3;BYDAY=1MO"), "First Monday of March each year at 09:00"),
    (
        Recurrence(NINE, "FREQ=MONTHLY;BYDAY=1TH", offset=-7),
        "7 days before the first Thursday of each month at 09:00, each person's own time, moved to the next "
        "working day on bank holidays",
    ),
    (
        Recurrence(NINE, "FREQ=MONTHLY;BYDAY=1MO", offset=-2),
        "2 days before the first Monday of each month at 09:00, each person's own time, moved to the next "
        "working day on weekends and bank holidays",
    ),
    (
        Recurrence(NINE, "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1", offset=-2),
        "2 days before the last day of March each year at 09:00",
    ),
    (Recurrence(NINE), "On Tue 1 December 2026 at 09:00"),
    (Recurrence(NINE, shift=10), "On the 10th working day of December 2026 at 09:00"),
    (Recurrence(NINE, zone=LONDON), "London time"),
    (Recurrence(NINE, zone="America/Argentina/Salta"), "Salta time"),
    (Recurrence(NINE, zone=LONDON), "quiet from 20:00 to 07:30"),
    (Recurrence(NINE, quiet=None), "with no quiet hours"),
    (Recurrence(NINE, "FREQ=DAILY", nation="scotland"), "on weekends and bank holidays (Scotland)"),
    (Recurrence(NINE, "FREQ=DAILY", off_days="previous"), "moved to the previous working day on weekends"),
    (Recurrence(NINE, "FREQ=DAILY", off_days="skip"), "left out on weekends and bank holidays (England)"),
    (Recurrence(NINE, "FREQ=DAILY", off_days="ignore"), "also on weekends and bank holidays"),
    (Recurrence(NINE, "FREQ=DAILY", until=date(2027, 6, 30)), "until 30 June 2027"),
    (Recurrence(NINE, "FREQ=DAILY", count=6), "6 times"),
]


@pytest.mark.parametrize(("schedule", "expected"), IN_WORDS)
def test_each_part_of_a_schedule_is_said(schedule: Recurrence, expected: str) -> None:
    assert expected in in_words(schedule)


MOVED = [
    (Recurrence(wall("2026-12-05T09:00")), LONDON, "Sat 5 Dec → Mon 7 Dec"),
    (Recurrence(wall("2026-12-05T09:00"), off_days="previous"), LONDON, "Sat 5 Dec → Fri 4 Dec"),
    (Recurrence(wall("2026-12-07T09:00")), LONDON, ""),
    (
        Recurrence(wall("2026-12-07T09:00"), zone=LONDON),
        "America/New_York",
        "Mon 7 Dec at 04:00 is in quiet hours → 07:30",
    ),
    (Recurrence(wall("2026-12-04T21:00")), LONDON, "Fri 4 Dec at 21:00 is in quiet hours → Mon 7 Dec 07:30"),
    (
        Recurrence(wall("2027-03-28T01:30"), quiet=None, off_days="ignore"),
        LONDON,
        "Sun 28 Mar has no 01:30, as the clocks go forward → 02:00",
    ),
]


@pytest.mark.parametrize(("schedule", "zone", "expected"), MOVED)
def test_why_it_moves_is_said(schedule: Recurrence, zone: str, expected: str) -> None:
    (occurrence,) = next_dates(schedule, zone, NOW)
    assert moved_in_words(occurrence, occurrence.local.year) == expected


FAULTY = [
    (Recurrence(NINE, "FREQ=MINUTELY;INTERVAL=14"), "too often"),
    (Recurrence(NINE, "FREQ=SECONDLY;INTERVAL=3600"), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9"), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=DAILY;COUNT=1000000"), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=DAILY;INTERVAL=0"), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=MONTHLY;BYDAY=9MO"), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=WEEKLY;BYDAY=MO\nEXDATE:20270101"), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=MINUTELY;INTERVAL=9999;BYDAY=SU"), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=MONTHLY;BYDAY=1TH", offset=32), "can't use that repeating rule"),
    (Recurrence(NINE, "DROP TABLE"), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=WEEKLY;" * 100), "can't use that repeating rule"),
    (Recurrence(NINE, "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"), "No date fits that"),
    (Recurrence(NINE, "FREQ=DAILY", count=1_000_000), "1,000,000 sends"),
    (Recurrence(NINE, "FREQ=DAILY", count=-1), "sends"),
    (Recurrence(NINE, "FREQ=HOURLY", until=date(2140, 1, 1)), "sends, and I take at most 10,000"),
    (Recurrence(NINE, "FREQ=DAILY", until=date(2026, 11, 30)), "ends before it starts"),
    (Recurrence(NINE, zone="Mars/Olympus"), "time zone “Mars/Olympus”"),
    (Recurrence(NINE, zone="../../etc/passwd"), "time zone"),
    (Recurrence(wall("9000-01-01T09:00")), "too far away"),
]


@pytest.mark.parametrize(("schedule", "expected"), FAULTY)
def test_a_schedule_that_cannot_be_is_refused(schedule: Recurrence, expected: str) -> None:
    found = fault(schedule)
    assert found
    assert expected in found


def test_what_can_be_said_is_accepted() -> None:
    assert [fault(schedule) for schedule, _ in IN_WORDS] == [None] * len(IN_WORDS)
    assert fault(Recurrence(NINE, "FREQ=DAILY", quiet=(time(22), time(6)))) is None
