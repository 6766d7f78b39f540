"""The schedule of a reminder or pulse, as it is stored for years, and what is refused as one."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Literal, NamedTuple, get_args

import msgspec
from dateutil.rrule import rrule, rrulestr

from dialogs.recurrence import zones
from dialogs.recurrence.working_days import Nation
from dialogs.wording import dates as words

OffDays = Literal["next", "previous", "skip", "ignore"]

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Days of the week, from Monday, as a rule names them."""
NATIONS: tuple[Nation, ...] = get_args(Nation)
QUIET = (time(20), time(7, 30))
"""Nobody is written to between these local times, unless the advisor named a time between them."""
SHORTEST = timedelta(minutes=15)
"""The least interval between two sends."""
MOST = 10_000
"""The most dates that a schedule with an end may have."""
MOST_LINES = 24
"""The most rules that one schedule may have."""
MOST_SHIFT = 15
"""The most working days that a date may be counted on."""
MOST_OFFSET = 31
"""The most days that a date may be before or behind that of its rule."""
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


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rule of a schedule that has several: its dates are sent as well."""

    start: datetime
    """As ``Recurrence.start``."""
    rule: str = ""
    """As ``Recurrence.rule``; empty for once."""
    off_days: OffDays | None = None
    """As ``Recurrence.off_days``; None for the same as there."""
    shift: int = 0
    """As ``Recurrence.shift``."""
    offset: int = 0
    """As ``Recurrence.offset``."""


class Exceptions(msgspec.Struct, frozen=True, omit_defaults=True):
    """Dates of the rules on which nothing is sent."""

    weekdays: tuple[int, ...] = ()
    """0 for Monday."""
    months: tuple[int, ...] = ()
    """1 for January."""
    spans: tuple[tuple[date, date], ...] = ()
    """First and last day of each."""

    def hold(self, day: date) -> bool:
        """Whether a date of a rule falls on one of them."""
        return (
            day.weekday() in self.weekdays
            or day.month in self.months
            or any(first <= day <= last for first, last in self.spans)
        )


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
    shift: int = 0
    """0, or the how-manieth working day from a date on (that day counts) is meant: 2 for the second working
    day of a month whose date is its first, -1 for the last up to the date."""
    more: tuple[Line, ...] = ()
    """Further rules: what is sent are the dates of all."""
    offset: int = 0
    """How many days behind each date of the rule is meant: -7 for a week before the first Thursday. Working
    days are still counted from that date."""
    exceptions: Exceptions | None = None
    """When nothing is sent though a rule names the day."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All its rules, its own first."""
        return (Line(self.start, self.rule, None, self.shift, self.offset), *self.more)

    @property
    def repeats(self) -> bool:
        """Whether any of its rules names more than one date."""
        return any(line.rule for line in self.lines)


def joined(freq: str, interval: int, **named: str) -> str:
    """A rule of its parts; those that are empty are left out."""
    every = {"FREQ": freq, "INTERVAL": str(interval) if interval > 1 else "", **named}
    return ";".join(f"{name}={value}" for name, value in every.items() if value)


def numbers(given: tuple[int, ...]) -> str:
    """The value of a part of a rule: each once, those from the end last."""
    return ",".join(str(number) for number in sorted(set(given), key=lambda number: (number < 0, number)))


class Nominal(NamedTuple):
    """A wall-clock time that a rule names, before it moves."""

    at: datetime
    line: Line


def parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name: {"FREQ": "WEEKLY", "BYDAY": "TU"}; empty for once."""
    pairs = (part.partition("=") for part in rule.split(";") if part)
    return {name: value for name, _, value in pairs}


def nominals(schedule: Recurrence, since: datetime) -> Iterator[Nominal]:
    """The wall-clock times that the rules name, from ``since`` (wall-clock) on, before any of them moves.

    In order, each time once, without the exceptions. Looks ``AHEAD_YEARS`` ahead of the later of ``since``
    and the start, then ends.
    """
    begin = min(line.start for line in schedule.lines) if schedule.count else since
    streams = [_numbered(number, line, begin) for number, line in enumerate(schedule.lines)]
    last: datetime | None = None
    count = 0
    for at, _, line in heapq.merge(*streams):
        if schedule.until and at.date() > schedule.until:
            return
        if at == last or (schedule.exceptions and schedule.exceptions.hold(at.date())):
            continue
        last, count = at, count + 1
        if at >= since:
            yield Nominal(at, line)
        if count == schedule.count:
            return


def _numbered(number: int, line: Line, since: datetime) -> Iterator[tuple[datetime, int, Line]]:
    return ((at, number, line) for at in _from_rule(line, since))


def _from_rule(line: Line, since: datetime) -> Iterator[datetime]:
    if not line.rule:
        return iter((line.start,))
    named, apart = parts(line.rule), timedelta(days=line.offset)
    step = _STEPS.get(named["FREQ"])
    start, since = line.start - apart, since - apart
    first = start
    if step and since > start:
        # A whole number of intervals nearer: the same dates, without walking through the years between.
        interval = step * int(named.get("INTERVAL", 1))
        start += interval * ((since - start) // interval)
    dates = _dates(line.rule, start, max(since, first))
    return (at + apart for at in dates) if apart else dates


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
    if len(schedule.lines) > MOST_LINES:
        return words.TOO_MANY_LINES.format(most=MOST_LINES)
    steps = [_line_fault(line, shortest) for line in schedule.lines]
    wrong = next((step for step in steps if isinstance(step, str)), None)
    if wrong:
        return wrong
    if not schedule.repeats:
        return None
    within = [step for step in steps if isinstance(step, timedelta)]
    kept = schedule.exceptions
    if kept and (min(within) < timedelta(days=1) or len(kept.spans) > MOST_LINES):
        return words.BAD_RULE
    if schedule.count < 0 or schedule.count > most:
        return words.TOO_MANY.format(count=f"{schedule.count:,}", most=f"{most:,}")
    first = min(line.start for line in schedule.lines)
    if schedule.until:
        if schedule.until < first.date():
            return words.ENDS_BEFORE_START
        length = datetime.combine(schedule.until, time.max) - first
        count = sum(length // step for step in within)
        if count > most:
            return words.TOO_MANY.format(count=f"about {count:,}", most=f"{most:,}")
    several = len(schedule.lines) > 1
    beginning = [nominal.at for nominal in islice(nominals(schedule, first), 60 if several else 1)]
    if not beginning:
        return words.NEVER
    if any(after - before < shortest for before, after in pairwise(beginning)):
        return words.TOO_OFTEN.format(limit=words.minutes(shortest))
    return None


def _line_fault(line: Line, shortest: timedelta) -> str | timedelta | None:
    """What is wrong with one rule, else how far apart its dates are about; None for once."""
    if not 1900 < line.start.year < 2200 or line.start.tzinfo:
        return words.START_FAR
    if abs(line.shift) > MOST_SHIFT or abs(line.offset) > MOST_OFFSET:
        return words.BAD_RULE
    if not line.rule:
        return None
    step = _interval(line.rule)
    if isinstance(step, timedelta) and step < shortest:
        return words.TOO_OFTEN.format(limit=words.minutes(shortest))
    if isinstance(step, timedelta) and next(_from_rule(line, line.start), None) is None:
        return words.NEVER
    return step


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
