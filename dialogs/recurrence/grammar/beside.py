"""Phrases for days counted from another day: "the last Friday before Christmas", "two weeks after Easter"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal

from dialogs.recurrence.days import Day, Named, later
from dialogs.recurrence.grammar.dates import count_of, full, read, weekday
from dialogs.recurrence.grammar.parts import Either, Fault, Near, TimePart
from dialogs.recurrence.grammar.phrases import Said, phrases
from dialogs.recurrence.working_days import days_to_work, why_off
from dialogs.wording import dates as words


def _beside(said: Said, now: datetime) -> TimePart | None:
    day = read(said["date"])
    if day is None or (isinstance(day, Day) and day.fault()):
        return None
    sign: Literal[1, -1] = -1 if said["side"] == "before" else 1
    today = now.date()
    found = [_from(at, sign, said) for at in dict.fromkeys(_anchors(day, today))]
    if None in found:
        return None
    days = [day for day in found if day and day >= today]
    if len(days) > 2:
        # "A week after Christmas", said on the 27th: after this one, or the next?
        return Either(f"{said['side']} {said['date'].title()}", (days[0], days[1]))
    return Near(days[0]) if days else Fault(words.YESTERDAY)


def _anchors(day: Day | Named, today: date) -> tuple[date, ...]:
    """Such a day as it last was, as it is next, and after that; one alone where its year was said."""
    following = day.on_or_after(today)
    if isinstance(day, Day) and day.year:
        return (following,)
    # Easter moves by up to five weeks.
    before = day.on_or_after(later(following, -1, "year") - timedelta(days=40))
    return before, following, day.on_or_after(following + timedelta(days=1))


def _from(at: date, sign: Literal[1, -1], said: Said) -> date | None:
    """The day that is so far from ``at``."""
    number = int(re.sub(r"\D", "", said.get("nth", "")) or count_of(said.get("n", "1")))
    # Clear days are those between: neither the day itself nor the day that they are counted from.
    number += "clear" in said
    if "wd" in said:
        step = sign * ((sign * (weekday(said["wd"]) - at.weekday()) - 1) % 7 + 1)
        return at + timedelta(days=step + sign * 7 * (number - 1))
    if not 0 < number < 5000:
        return None
    if "working" in said:
        for _ in range(number):
            at += timedelta(days=sign)
            at += timedelta(days=days_to_work(at, "england", sign))
        return at
    return later(at, sign * number, said["unit"].rstrip("s"))


def _first_of(said: Said, now: datetime) -> TimePart:
    """The first Monday of the new year, or of a year by its number."""
    first = date(int(said.get("year", now.year + 1)), 1, 1)
    if "financial" in said:
        first = date(now.year + (now.month >= 4), 4, 1)
    found = _from(first - timedelta(days=1), 1, said)
    return Near(found) if found and found >= now.date() else Fault(words.YESTERDAY)


def _bank_holiday(said: Said, now: datetime) -> TimePart:
    """The next bank holiday, which is nobody's but its nation's: its name, and days to choose."""
    day = now.date()
    while why_off(day, "england") is None or day.weekday() > 4 or ("monday" in said and day.weekday()):
        day += timedelta(days=1)
    name = why_off(day, "england") or ""
    step: Literal[1, -1] = -1 if said.get("side") == "before" else 1
    beside = day + timedelta(days=days_to_work(day, "england", step))
    text = words.WHICH_BANK_HOLIDAY.format(
        name=name[:1].upper() + name[1:], date=words.full_date(day), beside=words.short_date(beside)
    )
    return Fault(text, (full(beside),))


BESIDE = (
    *phrases(
        _first_of, "[on] [the] <nth:nth> <wd:weekday> (of|in|after) [the] new year",
        "[on] [the] <nth:nth> <wd:weekday> (of|in) <year>",
        "[on] [the] <nth:nth> <working=working|business> day (of|in|after) [the] new year",
        "[on] [the] <nth:nth> <working=working|business> day (of|in) <year>",
        "[on] [the] <nth:nth> <wd:weekday> (of|in|after) [the] (new|next) <financial=financial> year",
        "[on] [the] <nth:nth> <working=working|business> day (of|in) [the] (new|next)"
        " <financial=financial> year",
    ),
    *phrases(
        _bank_holiday, "[on] [the] [next] [day|<wd:weekday>] [<side=before|after>] [the] [next] (bank|public)"
        " holiday [<monday=monday>]",
    ),
    *phrases(
        _beside, "[on] [the] <unit=day> <side=before|after> [the] <date>",
        "<n> <unit:long> <side=before|after> [the] <date>",
        "[on] [the] [<n>|<nth:nth>|last] [<clear=clear>] <working=working|business> <unit=day|days>"
        " <side=before|after> [the] <date>",
        "<n> <clear=clear> <unit=day|days> <side=before|after> [the] <date>",
        "[on] [the] [<nth:nth>|last] <wd:weekday> <side=before|after> [the] <date>",
        "<n> <unit:long> <side=from> [the] <date>",
    ),
)  # fmt: skip
