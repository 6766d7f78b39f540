"""A start, an end or an exception before any phrase for a day: "until | the Friday before Christmas"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from dialogs.recurrence.days import Day, later, ranked
from dialogs.recurrence.grammar.dates import full, month, read, weekday
from dialogs.recurrence.grammar.parts import Either, End, Except, Fault, Near, Start, TimePart, Week
from dialogs.recurrence.grammar.phrases import GrammarPhrase, Said, phrases
from dialogs.recurrence.grammar.rhythm import ranks
from dialogs.recurrence.working_days import days_to_work
from dialogs.wording import dates as words

Bound = Literal["from", "until", "except"]
"""What is said of a day, in a word that the grammar reads again."""


def bounded(bound: Bound, part: TimePart) -> TimePart | None:
    """What a part for a day comes to behind the words of a bound; None for parts that name none."""
    if isinstance(part, Near):
        return _limit(bound, part.day, part.day)
    if isinstance(part, Week):
        return _limit(bound, part.monday, part.monday + timedelta(days=6))
    if isinstance(part, Either):
        first, second = map(words.full_date, part.days)
        text = words.EITHER_DAY.format(said=part.said, first=first, second=second)
        return Fault(text, tuple(f"{bound} {full(day)}" for day in part.days))
    return Fault(part.text) if isinstance(part, Fault) else None


def _limit(bound: Bound, first: date, last: date) -> TimePart:
    if bound == "from":
        return Start(first)
    return End(last) if bound == "until" else Except(spans=((first, last),))


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


def _no_part(said: Said, now: datetime) -> TimePart | None:
    return None


BOUNDS: Mapping[Bound, GrammarPhrase] = {
    "from": GrammarPhrase(
        "(from|starting|starting from|starts|start|beginning|commencing|begin|as of|as from|with effect from"
        "|effective|effective from)", _no_part,
    ),
    "until": GrammarPhrase(
        "(until|up to|up until|ending|ends|end|finishing|stopping) [and including]", _no_part,
    ),
    "except": GrammarPhrase(
        "(except|except for|excluding|not|apart from|other than|bar|skip|skipping|but not|leave out"
        "|leaving out|omit|omitting|without)", _no_part,
    ),
}  # fmt: skip
"""The words of each bound, before the day."""
BEHIND_A_BOUND = (
    *phrases(
        _ranked, "[on] [the] <rank> <wd:weekday> (of|in) <month> [<year>]",
        "[on] [the] <rank> (working|business) day (of|in) <month> [<year>]",
    ),
    *phrases(_end_of_week, "[the] (w/e|week ending) [the] <date>"),
)  # fmt: skip
"""Days that are only read as one there: elsewhere "the first Tuesday in May" may be every year's."""
