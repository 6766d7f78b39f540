"""Words before any phrase for a day: "until | the Friday before Christmas", "a week before | the first Monday
of each month"."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from dialogs.recurrence.days import Day, later, ranked
from dialogs.recurrence.grammar.dates import count_of, full, month, read, weekday
from dialogs.recurrence.grammar.parts import (
    DAYS,
    Bound,
    Counted,
    Edge,
    Either,
    End,
    Except,
    Fault,
    MonthDays,
    Near,
    Ranked,
    Start,
    TimePart,
    Week,
)
from dialogs.recurrence.grammar.phrases import Said, phrases
from dialogs.recurrence.grammar.rhythm import ranks
from dialogs.recurrence.rule import MOST_OFFSET
from dialogs.recurrence.working_days import days_to_work
from dialogs.wording import dates as words


def with_prefix(prefix: TimePart, part: TimePart) -> TimePart | None:
    """What a part for a day comes to behind ``prefix``; None for parts that it can't be said of."""
    if isinstance(prefix, Counted):
        return _counted(prefix, part)
    return _bounded(prefix.word, part) if isinstance(prefix, Bound) else None


def _bounded(bound: Literal["from", "until", "except"], part: TimePart) -> TimePart | None:
    if isinstance(part, Near):
        return _limit(bound, part.day, part.day)
    if isinstance(part, Week):
        return _limit(bound, part.monday, part.monday + timedelta(days=6))
    if isinstance(part, Either):
        first, second = map(words.full_date, part.days)
        text = words.EITHER_DAY.format(said=part.said, first=first, second=second)
        return Fault(text, tuple(f"{bound} {full(day)}" for day in part.days))
    return Fault(part.text) if isinstance(part, Fault) else None


def _limit(bound: Literal["from", "until", "except"], first: date, last: date) -> TimePart:
    if bound == "from":
        return Start(first)
    return End(last) if bound == "until" else Except(spans=((first, last),))


def _counted(prefix: Counted, part: TimePart) -> TimePart | None:
    """Days of a month or quarter with how far from them is meant."""
    if not prefix.days and prefix.weekday < 0:
        side = "before" if prefix.side < 0 else "after"
        return Fault(words.HOW_LONG.format(side=side)) if isinstance(part, DAYS) else None
    if not isinstance(part, Ranked | MonthDays | Edge) or part.offset:
        return None
    days = prefix.days
    if prefix.weekday >= 0:
        weekdays = {day for _, day in part.days} if isinstance(part, Ranked) else set()
        if len(weekdays) != 1:
            return None
        days = prefix.side * ((prefix.side * (prefix.weekday - weekdays.pop()) - 1) % 7 + 1)
    return part._replace(offset=days)


def _bound(said: Said, now: datetime) -> TimePart:
    (word,) = said
    return Bound(word)  # type: ignore[arg-type]


def _how_long(said: Said, now: datetime) -> TimePart:
    return Counted(-1 if said["side"] == "before" else 1)


def _count(said: Said, now: datetime) -> TimePart | None:
    side: Literal[1, -1] = -1 if said["side"] in ("before", "preceding") else 1
    if "wd" in said:
        return Counted(side, weekday=weekday(said["wd"]))
    days = count_of(said.get("n", "1")) * {"d": 1, "w": 7, "f": 14}[said["unit"][0]]
    return Counted(side, side * days) if 0 < days <= MOST_OFFSET else None


def _ranked(said: Said, now: datetime) -> TimePart | None:
    """ "The first Tuesday in February", "the last working day of March": the next such."""
    (rank,), of, today = ranks(said["rank"]), month(said["month"]), now.date()
    years = [int(said["year"])] if "year" in said else [today.year, today.year + 1]
    found = (_of_month(year, of, rank, said.get("wd", "")) for year in years)
    day = next((day for day in found if day and day >= today), None)
    return Near(day) if day else Fault(words.NEVER)


def _of_month(year: int, of: int, rank: int, wd: str) -> date | None:
    if wd:
        return ranked(year, of, rank, weekday(wd))
    first = date(year, of, 1)
    day, step = (first, 1) if rank > 0 else (later(first, 1, "month") - timedelta(days=1), -1)
    for number in range(abs(rank)):
        day += timedelta(days=step * bool(number))
        day += timedelta(days=days_to_work(day, "england", 1 if step > 0 else -1))
    return day if day.month == of else None


def _end_of_week(said: Said, now: datetime) -> TimePart | None:
    day = read(said["date"])
    if day is None or (isinstance(day, Day) and day.fault()):
        return None
    return Near(day.on_or_after(now.date()))


PREFIXES = (
    *phrases(
        _bound, "<from=from|starting|starting from|starts|start|beginning|commencing|begin|as of|as from"
        "|with effect from|effective|effective from>",
        "<until=until|up to|up until|ending|ends|end|finishing|stopping> [and including]",
        "<except=except|except for|excluding|not|apart from|other than|save for"
        "|with the exception of|bar|skip|skipping|pausing|but not|leave out"
        "|leaving out|omit|omitting|without>",
    ),
    *phrases(
        _count, "<n> <unit=day|days|week|weeks|fortnight|fortnights> <side=before|after>",
        "[on] [the] <unit=day> <side=before|after>",
        "[on] [the] <wd:weekday> <side=before|after|preceding|following>",
    ),
    *phrases(_how_long, "[just|shortly|soon|some time] <side=before|after>"),
)  # fmt: skip
BEHIND_A_BOUND = (
    *phrases(
        _ranked, "[on] [the] <rank> <wd:weekday> (of|in) <month> [<year>]",
        "[on] [the] <rank> (working|business) day (of|in) <month> [<year>]",
    ),
    *phrases(_end_of_week, "[the] (w/e|week ending) [the] <date>"),
)  # fmt: skip
"""Days that are only read as one there: elsewhere "the first Tuesday in May" may be every year's."""
