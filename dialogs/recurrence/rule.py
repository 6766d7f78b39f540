"""The schedule of a reminder or pulse, as it is stored for years, and what is refused as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Literal, get_args

import msgspec
from dateutil.rrule import rrule, rrulestr

from dialogs.recurrence import words, zones
from dialogs.recurrence.working_days import Nation

OffDays = Literal["next", "previous", "skip", "ignore"]

NATIONS: tuple[Nation, ...] = get_args(Nation)
QUIET = (time(20), time(7, 30))
"""Nobody is written to between these local times, unless the advisor named a time between them."""
SHORTEST = timedelta(minutes=15)
"""The least interval between two sends."""
MOST = 10_000
"""The most dates that a schedule with an end may have."""
AHEAD_YEARS = 40
"""How far ahead dates are looked for: every rule that is accepted meets its next date by then."""

_OFTEN = {"MINUTELY": timedelta(minutes=1), "HOURLY": timedelta(hours=1)}
_STEPS = {**_OFTEN, "DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_LEAST = {**_STEPS, "MONTHLY": timedelta(days=28), "YEARLY": timedelta(days=365)}
# What a rule may say. Narrow on purpose: with these, looking for the next date is always little work.
_PARTS: Mapping[str, frozenset[str]] = {
    "MINUTELY": frozenset({"INTERVAL", "BYDAY"}),
    "HOURLY": frozenset({"INTERVAL", "BYDAY"}),
    "DAILY": frozenset({"INTERVAL", "BYDAY", "BYMONTH"}),
    "WEEKLY": frozenset({"INTERVAL", "BYDAY", "BYMONTH"}),
    "MONTHLY": frozenset({"INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}),
    "YEARLY": frozenset({"INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}),
}

_DAY, _MONTHDAY = r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)", r"-?(?:[1-9]|[12]\d|3[01])"
_VALUES = {
    "INTERVAL": re.compile(r"[1-9]\d{0,3}"),
    "BYDAY": re.compile(rf"{_DAY}(?:,{_DAY})*"),
    "BYMONTHDAY": re.compile(rf"{_MONTHDAY}(?:,{_MONTHDAY})*"),
    "BYMONTH": re.compile(r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*"),
    "BYSETPOS": re.compile(r"-?[1-5]"),
}
_NUMBERED = re.compile(r"\d[A-Z]")


class Recurrence(msgspec.Struct, frozen=True, omit_defaults=True):
    """When something is sent. Dates follow from the rule on the wall clock, then move off days nobody works,
    then out of quiet hours, each for the recipient's own zone and nation."""

    start: datetime
    """The first candidate: a wall-clock time without a zone, to the minute."""
    rule: str = ""
    """An RFC 5545 recurrence rule without COUNT and UNTIL ("FREQ=WEEKLY;BYDAY=TU"); empty for once."""
    zone: str = ""
    """The IANA name of the zone whose wall clock counts; empty for each recipient's own."""
    nation: Nation = "england"
    """Whose bank holidays count, for recipients whose nation isn't known."""
    off_days: OffDays = "next"
    """What becomes of a date on a weekend or bank holiday."""
    until: date | None = None
    """The last day on which a date of the rule may fall; a move may still take it further."""
    count: int = 0
    """How many dates the rule has, as in RFC 5545; 0 for no limit. Skipped ones count."""
    quiet: tuple[time, time] | None = QUIET
    """Local times between which nobody is written to: what falls there waits for the second."""


def parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name: {"FREQ": "WEEKLY", "BYDAY": "TU"}; empty for once."""
    pairs = (part.partition("=") for part in rule.split(";") if part)
    return {name: value for name, _, value in pairs}


def nominals(schedule: Recurrence, since: datetime) -> Iterator[datetime]:
    """The wall-clock times that the rule names, from ``since`` (wall-clock) on, before any of them moves.

    Looks ``AHEAD_YEARS`` ahead of the later of ``since`` and the start, then ends.
    """
    for nominal in _from_rule(schedule, since):
        if schedule.until and nominal.date() > schedule.until:
            return
        if nominal >= since:
            yield nominal


def _from_rule(schedule: Recurrence, since: datetime) -> Iterator[datetime]:
    if not schedule.rule:
        return iter((schedule.start,))
    if schedule.count:
        return islice(_dates(schedule.rule, schedule.start, schedule.start), schedule.count)
    named = parts(schedule.rule)
    step = _STEPS.get(named["FREQ"])
    start = schedule.start
    if step and since > start:
        # A whole number of intervals nearer: the same dates, without walking through the years between.
        interval = step * int(named.get("INTERVAL", 1))
        start += interval * ((since - start) // interval)
    return _dates(schedule.rule, start, max(since, schedule.start))


def _dates(rule: str, start: datetime, since: datetime) -> Iterator[datetime]:
    last = since.replace(year=since.year + AHEAD_YEARS, day=1)
    return iter(_built(rule, start).replace(until=last))


def _built(rule: str, start: datetime) -> rrule:
    built = rrulestr(rule, dtstart=start)
    assert isinstance(built, rrule)
    return built


def fault(schedule: Recurrence, shortest: timedelta = SHORTEST, most: int = MOST) -> str | None:
    """What is wrong with a schedule, in a sentence that says what to change; None where it will do.

    Holds for schedules from anywhere: a form may have been forged.
    """
    if schedule.zone and zones.zone(schedule.zone) is None:
        return words.NO_SUCH_ZONE.format(name=schedule.zone[:40])
    if not 1900 < schedule.start.year < 2200 or schedule.start.tzinfo:
        return words.START_FAR
    if not schedule.rule:
        return None
    step = _interval(schedule.rule)
    if isinstance(step, str):
        return step
    if step < shortest:
        return words.TOO_OFTEN.format(limit=words.minutes(shortest))
    if schedule.count < 0 or schedule.count > most:
        return words.TOO_MANY.format(count=f"{schedule.count:,}", most=f"{most:,}")
    if schedule.until:
        if schedule.until < schedule.start.date():
            return words.ENDS_BEFORE_START
        within = datetime.combine(schedule.until, time.max) - schedule.start
        if within // step > most:
            return words.TOO_MANY.format(count=f"about {within // step:,}", most=f"{most:,}")
    if next(nominals(schedule, schedule.start), None) is None:
        return words.NEVER
    return None


def _interval(rule: str) -> timedelta | str:
    """How far apart the dates of a rule are about, or what is wrong with it."""
    named = parts(rule)
    freq = named.pop("FREQ", "")
    known = _PARTS.get(freq, frozenset())
    if (
        len(rule) > 300
        or not known
        or not all(name in known and _VALUES[name].fullmatch(value) for name, value in named.items())
    ):
        return words.BAD_RULE
    interval = int(named.get("INTERVAL", 1))
    if freq in _OFTEN:
        apart = _OFTEN[freq] * interval
        # From a day on, other rules say it; and a weekday might never be met.
        return apart if apart < timedelta(days=1) and not _NUMBERED.search(rule) else words.BAD_RULE
    at_once = len(named.get("BYDAY", "").split(",")) * len(named.get("BYMONTHDAY", "").split(","))
    at_once *= len(named.get("BYMONTH", "").split(",")) if freq == "YEARLY" else 1
    return max(_LEAST[freq] * interval / at_once, timedelta(days=1))
