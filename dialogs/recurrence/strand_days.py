"""The days of a strand: what each part that names some puts there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.recurrence.days import Day, Named
from dialogs.recurrence.grammar import parts as p
from dialogs.recurrence.meaning import Strand

EDGES = {
    "quarter": ((1, 4, 7, 10), (3, 6, 9, 12)),
    "financial year": ((4,), (3,)),
    "calendar year": ((1,), (12,)),
}
"""The months in which a quarter or year begins, and in which it ends."""


def place(strand: Strand, part: p.TimePart) -> bool:
    """Put the days of ``part`` into ``strand``; False where they contradict how often it is to be."""
    strand.offset = getattr(part, "offset", 0)
    match part:
        case p.Weekdays():
            strand.weekdays = part.days
            strand.recurs = strand.recurs or part.every or strand.each_half
            strand.weeks, strand.other = part.weeks or strand.weeks, part.other
            if strand.every and part.weeks not in (0, 1):
                return _weeks_under(strand, strand.every, part)
        case p.Ranked():
            strand.ranked, strand.recurs = part.days, part.every
        case p.MonthDays():
            strand.monthdays, strand.recurs = part.days, part.every
            strand.off_days = "previous" if max(part.days) < 0 else None
        case p.WorkingDays():
            strand.working, strand.recurs = part.ranks, part.every
        case p.BeforeDay():
            strand.before = part
        case p.Edge():
            _edge(strand, part)
        case p.Dates():
            strand.dates, strand.recurs, strand.commencing = part.days, part.every, part.commencing
        case p.Near():
            strand.near = (part.day,)
        case p.Either():
            strand.either = part
        case p.Moment():
            strand.moment = part.at
    if strand.offset:
        # What is counted back from a day stays before it.
        strand.off_days = "previous" if strand.offset < 0 else None
    return True


def ranked_anew(strand: Strand, weeks: int, weekdays: Sequence[int]) -> None:
    """Weekdays in every so many weeks turn out to be the so-manieth of the month."""
    strand.ranked = tuple((abs(weeks), day) for day in weekdays)
    strand.weekdays, strand.weeks = (), 0


def _weeks_under(strand: Strand, every: p.Every, part: p.Weekdays) -> bool:
    """ "Monthly on every second Tuesday" is the second of the month."""
    if every.unit in ("month", "quarter", "year"):
        ranked_anew(strand, part.weeks, part.days)
        strand.recurs = False
        return True
    return every == p.Every(abs(part.weeks), "week")


def _edge(strand: Strand, part: p.Edge) -> None:
    last = part.side < 0
    strand.monthdays, strand.off_days = (part.side,), "previous" if last else None
    if part.unit == "month" and not part.every and strand.every is None:
        strand.definite = part
    if part.unit == "month" or part.unit in EDGES:
        strand.every = strand.every or p.Every(1, "year" if part.unit.endswith("year") else "month")
        strand.months = EDGES[part.unit][last] if part.unit in EDGES else strand.months
    else:
        year, _, month = part.unit.partition("-")
        strand.months, strand.year, strand.recurs = (int(month),), int(year), part.every


def week_of(strand: Strand, days: Sequence[Day | Named], now: datetime) -> None:
    """Make the week of a strand that which begins on the Monday among ``days``."""
    monday = days[0].on_or_after(now.date()) if len(days) == 1 and not _fault(days[0]) else None
    if monday and not monday.weekday():
        strand.week, strand.dates, strand.commencing = monday, (), False


def _fault(day: Day | Named) -> str | None:
    return day.fault() if isinstance(day, Day) else None


def same_day(strand: Strand, part: p.TimePart) -> bool:
    """Whether a day was said again in other words: "tomorrow, Thursday"."""
    if isinstance(part, p.Weekdays) and len(part.days) == 1 and not part.every:
        return len(strand.near) == 1 and strand.near[0].weekday() == part.days[0]
    return False


def weekday_of(strand: Strand, part: p.TimePart) -> bool:
    """Whether a weekday was said behind its date, to which it then belongs: "18 July, Friday"."""
    if not isinstance(part, p.Weekdays) or len(part.days) != 1 or part.every or strand.clocks:
        return False
    day = strand.dates[0] if len(strand.dates) == 1 else None
    if not isinstance(day, Day) or day.weekday >= 0:
        return False
    strand.dates = (day._replace(weekday=part.days[0]),)
    return True
