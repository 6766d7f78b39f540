"""The dates, held against a walk over the calendar day by day and the clock minute by minute."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.recurrence import zones
from dialogs.recurrence.occurrences import Occurrence, occurrences
from dialogs.recurrence.rule import NATIONS, OffDays, Recurrence
from dialogs.recurrence.working_days import Nation, why_off
from tests.recurrence import walk

ZONES = ["Europe/London", "Australia/Lord_Howe", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def wall(text: str) -> datetime:
    """A wall-clock time, without a zone."""
    return datetime.fromisoformat(text)


def until(schedule: Recurrence, zone: str, after: datetime, last: datetime) -> list[Occurrence]:
    found = []
    for occurrence in occurrences(schedule, zone, after):
        if occurrence.at > last:
            break
        found.append(occurrence)
    return found


def last_of_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


# --- Rules, nations and zones -----------------------------------------------------------------------

Falls = Callable[[date], bool]
RULES: dict[str, Falls] = {
    "FREQ=DAILY": lambda day: True,
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": lambda day: day.weekday() < 5,
    "FREQ=WEEKLY;BYDAY=MO,TH": lambda day: day.weekday() in (0, 3),
    "FREQ=MONTHLY;BYDAY=1MO": lambda day: day.weekday() == 0 and day.day <= 7,
    "FREQ=MONTHLY;BYDAY=3WE": lambda day: day.weekday() == 2 and 15 <= day.day <= 21,
    "FREQ=MONTHLY;BYDAY=-1FR": lambda day: day.weekday() == 4 and walk.last_week(day),
    "FREQ=MONTHLY;BYMONTHDAY=31": lambda day: day.day == 31,
    "FREQ=MONTHLY;BYMONTHDAY=-1": last_of_month,
    "FREQ=MONTHLY;BYMONTHDAY=1,15": lambda day: day.day in (1, 15),
    "FREQ=MONTHLY;BYMONTHDAY=1;BYMONTH=1,4,7,10": lambda day: day.day == 1 and day.month % 3 == 1,
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29": lambda day: (day.month, day.day) == (2, 29),
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25": lambda day: (day.month, day.day) == (12, 25),
}


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("nation", NATIONS)
def test_every_rule_in_every_nation_to_2040(rule: str, nation: Nation) -> None:
    first, number = date(2026, 11, 2), 365 * 14
    schedule = Recurrence(datetime.combine(first, time(9, 30)), rule, nation=nation)
    last = datetime.combine(first + timedelta(days=number - 30), time(), UTC)
    found = [
        occurrence.at
        for occurrence in until(schedule, "Europe/London", datetime(2026, 11, 1, tzinfo=UTC), last)
    ]
    walked = walk.sends(RULES[rule], time(9, 30), "Europe/London", nation, first, number)
    assert found == [at for at in walked if at <= last]


@settings(max_examples=120)
@given(
    rule=st.sampled_from(sorted(RULES)), zone=st.sampled_from(ZONES), nation=st.sampled_from(NATIONS),
    off_days=st.sampled_from(["next", "previous", "skip", "ignore"]),
    first=st.dates(date(2010, 1, 1), date(2039, 1, 1)),
    minutes=st.integers(0, 24 * 60 - 1), later=st.integers(0, 500),
)  # fmt: skip
def test_any_rule_any_zone_any_policy(
    rule: str, zone: str, nation: Nation, off_days: OffDays, first: date, minutes: int, later: int
) -> None:
    at = time(minutes // 60, minutes % 60)
    schedule = Recurrence(datetime.combine(first, at), rule, nation=nation, off_days=off_days, quiet=None)
    after = datetime.combine(first + timedelta(days=later), time(), UTC)
    last = after + timedelta(days=90)
    found = [occurrence.at for occurrence in until(schedule, zone, after, last)]
    walked = walk.sends(RULES[rule], at, zone, nation, first, later + 120, off_days)
    assert found == [at for at in walked if after < at <= last]


@settings(max_examples=80)
@given(
    interval=st.integers(1, 12), weekday=st.integers(0, 6),
    first=st.dates(date(2020, 1, 1), date(2035, 1, 1)), years_on=st.integers(0, 5),
)  # fmt: skip
def test_an_interval_keeps_its_beat_over_years(
    interval: int, weekday: int, first: date, years_on: int
) -> None:
    first += timedelta(days=(weekday - first.weekday()) % 7)
    rule = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={DAYS[weekday]}"
    schedule = Recurrence(datetime.combine(first, time(9)), rule, off_days="ignore")
    after = datetime(first.year + years_on, 12, 31, 23, tzinfo=UTC)
    found = list(islice(occurrences(schedule, "Europe/London", after), 3))
    days = [day for day in walk.days_from(first, 365 * 7 + 300) if (day - first).days % (7 * interval) == 0]
    expected = [day for day in days if day > after.date()][:3]
    assert [occurrence.local.date() for occurrence in found] == expected


# --- The clock --------------------------------------------------------------------------------------


def changes(zone: str, first: int, last: int) -> list[date]:
    """The local days between two years on which the clocks change."""
    at = ZoneInfo(zone)
    found = []
    for day in walk.days_from(date(first, 1, 1), 366 * (last - first + 1)):
        here, there = (
            datetime.combine(day + timedelta(days=step), time(), at).utcoffset() for step in (0, 1)
        )
        if here != there and day.year <= last:
            found.append(day)
    return found


UK_CHANGES = changes("Europe/London", 2026, 2040)


def test_the_walk_finds_two_changes_a_year() -> None:
    assert len(UK_CHANGES) == 30


@pytest.mark.slow
@pytest.mark.parametrize("day", UK_CHANGES, ids=str)
def test_every_half_hour_around_every_uk_change(day: date) -> None:
    for half_hour in range(10):
        local = datetime.combine(day, time(half_hour // 2, half_hour % 2 * 30))
        expected = walk.first_instant(local, ZoneInfo("Europe/London"))
        assert zones.instant(local, ZoneInfo("Europe/London")) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "zone", ["Australia/Lord_Howe", "America/New_York", "Pacific/Apia", "Africa/Casablanca"]
)
def test_every_quarter_hour_around_changes_elsewhere(zone: str) -> None:
    for day in changes(zone, 2026, 2028) + ([date(2011, 12, 30)] if zone == "Pacific/Apia" else []):
        for quarter in range(16):
            local = datetime.combine(day, time(quarter // 4, quarter % 4 * 15))
            assert zones.instant(local, ZoneInfo(zone)) == walk.first_instant(local, ZoneInfo(zone)), local


def test_a_daily_send_at_half_past_one_meets_the_gap_and_the_doubled_hour_once() -> None:
    schedule = Recurrence(wall("2027-03-27T01:30"), "FREQ=DAILY", off_days="ignore", quiet=None)
    spring = islice(occurrences(schedule, "Europe/London", datetime(2027, 3, 27, tzinfo=UTC)), 3)
    assert [(occurrence.local.isoformat(), occurrence.why) for occurrence in spring] == [
        ("2027-03-27T01:30:00+00:00", ""),
        ("2027-03-28T02:00:00+01:00", "the clocks go forward"),
        ("2027-03-29T01:30:00+01:00", ""),
    ]
    autumn = islice(occurrences(schedule, "Europe/London", datetime(2027, 10, 30, tzinfo=UTC)), 3)
    assert [occurrence.local.isoformat() for occurrence in autumn] == [
        "2027-10-30T01:30:00+01:00", "2027-10-31T01:30:00+01:00", "2027-11-01T01:30:00+00:00",
    ]  # fmt: skip


# --- Moving, and what shares an instant -------------------------------------------------------------

NOW = datetime(2026, 12, 20, tzinfo=UTC)


def test_christmas_sends_what_piles_up_once_and_names_it_by_the_date_that_belongs_there() -> None:
    schedule = Recurrence(wall("2026-12-01T09:00"), "FREQ=DAILY")
    found = list(islice(occurrences(schedule, "Europe/London", NOW), 6))
    assert [occurrence.key for occurrence in found] == [
        f"2026-12-{day}T09:00" for day in (21, 22, 23, 24, 29, 30)
    ]
    assert all(not occurrence.why for occurrence in found)


def test_what_is_left_out_takes_along_what_had_moved_onto_it() -> None:
    schedule = Recurrence(wall("2026-12-01T09:00"), "FREQ=DAILY")
    found = occurrences(schedule, "Europe/London", NOW, without={"2026-12-29T09:00"})
    assert [occurrence.key for occurrence in islice(found, 5)][-1] == "2026-12-30T09:00"


def test_nations_differ_and_a_recipients_own_outranks_the_schedules() -> None:
    schedule = Recurrence(wall("2026-12-07T09:30"), "FREQ=MONTHLY;BYDAY=1MO")
    here = next(occurrences(schedule, "Europe/London", NOW))
    there = next(occurrences(schedule, "Europe/London", NOW, nation="scotland"))
    assert (here.local.date(), here.why) == (date(2027, 1, 4), "")
    assert there.local.date() == date(2027, 1, 5)
    assert (there.why, there.moved_from) == (
        "substitute day for New Year Holiday",
        wall("2027-01-04T09:30"),
    )
    assert here.key == there.key == "2027-01-04T09:30"


@pytest.mark.parametrize(
    ("zone", "clock", "expected"),
    [
        ("America/New_York", time(9, 30), "2026-12-21T07:30:00-05:00"),  # 04:30 there: their morning
        ("Asia/Kolkata", time(9, 30), "2026-12-21T15:00:00+05:30"),
        ("Asia/Kolkata", time(16), "2026-12-22T07:30:00+05:30"),  # 21:30 there: the next morning
        ("Europe/London", time(9, 30), "2026-12-21T09:30:00+00:00"),
    ],
)
def test_one_fixed_time_waits_for_the_end_of_quiet_hours_elsewhere(
    zone: str, clock: time, expected: str
) -> None:
    schedule = Recurrence(datetime.combine(date(2026, 12, 21), clock), zone="Europe/London")
    (occurrence,) = occurrences(schedule, zone, NOW)
    assert occurrence.local.isoformat() == expected


def test_quiet_hours_that_end_on_a_day_off_wait_for_a_working_day() -> None:
    friday_night = Recurrence(wall("2027-01-08T21:00"))
    (occurrence,) = occurrences(friday_night, "Europe/London", NOW)
    assert (occurrence.local.isoformat(), occurrence.why) == ("2027-01-11T07:30:00+00:00", "quiet hours")


def test_sends_through_the_day_stay_in_order_over_a_weekend() -> None:
    schedule = Recurrence(wall("2026-12-01T00:00"), "FREQ=HOURLY;INTERVAL=3")
    found = list(islice(occurrences(schedule, "Europe/London", NOW), 60))
    assert [occurrence.at for occurrence in found] == sorted({occurrence.at for occurrence in found})
    assert {occurrence.local.hour for occurrence in found} <= {7, 9, 12, 15, 18}
    assert all(why_off(occurrence.local.date(), "england") is None for occurrence in found)


def test_count_and_until_are_of_the_rules_own_dates() -> None:
    six = Recurrence(wall("2026-12-07T09:00"), "FREQ=WEEKLY;BYDAY=MO", count=6)
    assert len(list(occurrences(six, "Europe/London", datetime(2026, 12, 1, tzinfo=UTC)))) == 6
    assert len(list(occurrences(six, "Europe/London", NOW))) == 4
    ended = Recurrence(wall("2026-12-07T09:00"), "FREQ=WEEKLY;BYDAY=MO", until=date(2026, 12, 28))
    last = list(occurrences(ended, "Europe/London", NOW))[-1]
    # The last one is nominally on the 28th, a bank holiday, and is sent all the same.
    assert (last.key, last.local.date()) == ("2026-12-28T09:00", date(2026, 12, 29))


def test_the_next_of_an_old_schedule_is_found_without_walking_there(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    original = zones.instant
    monkeypatch.setattr(zones, "instant", lambda local, at: looked.append(local) or original(local, at))
    old = Recurrence(wall("1990-01-01T00:00"), "FREQ=MINUTELY;INTERVAL=15", quiet=None, off_days="ignore")
    assert next(occurrences(old, "Europe/London", NOW)).at == NOW + timedelta(minutes=15)
    # Those within reach of a move, before and after; not the million and more since 1990.
    assert len(looked) < 5000


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown time zone: Mars/Olympus"):
        next(occurrences(Recurrence(wall("2027-01-04T09:00")), "Mars/Olympus", NOW))
