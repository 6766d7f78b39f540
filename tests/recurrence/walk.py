"""An independent walk over the calendar and the clock: slow, plain, and without dateutil or our own code.

Days are stepped one by one, and wall clocks minute by minute where they are moved, so that a date that the
bot names can be held against one that nobody computed cleverly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}


@cache
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=[year]))


def works(day: date, nation: str) -> bool:
    """Whether people work on this day."""
    return day.weekday() < 5 and day not in bank_holidays(nation, day.year)


def last_week(day: date) -> bool:
    """Whether no such weekday comes again in its month."""
    return (day + timedelta(days=7)).month != day.month


@cache
def first_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The first minute, of all there are, at which the wall clock shows ``local`` or has passed it."""
    at = (local - timedelta(hours=27)).replace(tzinfo=UTC)
    walked = [at + timedelta(minutes=30 * step) for step in range(2 * 54)]
    offsets = {moment.astimezone(zone).utcoffset() for moment in walked}
    if len(offsets) == 1:  # nobody moves the clock for days, so every minute passes once
        return local.replace(tzinfo=zone).astimezone(UTC)
    while at.astimezone(zone).replace(tzinfo=None) < local - timedelta(hours=3):
        at += timedelta(minutes=30)
    at -= timedelta(minutes=30)  # the clock may have jumped ahead in the last coarse step
    while at.astimezone(zone).replace(tzinfo=None) < local:
        at += timedelta(minutes=1)
    return at


def days_from(first: date, number: int) -> Iterator[date]:
    for step in range(number):
        yield first + timedelta(days=step)


def sends(
    falls: Callable[[date], bool], at: time, zone: str, nation: str, first: date, number: int,
    off_days: str = "next",
) -> list[datetime]:  # fmt: skip
    """The instants of a rule that ``falls`` on certain days, moved off days that nobody works."""
    found = set()
    for day in days_from(first, number):
        if not falls(day):
            continue
        if off_days == "skip" and not works(day, nation):
            continue
        while off_days in ("next", "previous") and not works(day, nation):
            day += timedelta(days=1 if off_days == "next" else -1)
        found.add(first_instant(datetime.combine(day, at), ZoneInfo(zone)))
    return sorted(found)
