"""Phrases that tell where it starts and ends."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from dialogs.recurrence import words
from dialogs.recurrence.english import (
    DAY,
    MONTH,
    MONTH_NAMES,
    UNIT,
    Day,
    later,
    month,
    read_clock,
    read_date,
    weekday,
)
from dialogs.recurrence.heard import Heard
from dialogs.recurrence.phrases import Found, Phrases, phrase

_MONTH = re.compile(rf"(?P<month>{MONTH})(?: (?P<year>20\d\d))?(?!\w| \d)")
_END_OF = re.compile(
    rf"(?:the )?end of (?:the |this )?(?:(?P<month>{MONTH})(?: (?P<year>20\d\d))?|"
    r"(?P<unit>financial year|month|year)|(?P<whole>20\d\d))(?!\w)"
)
_YEAR = re.compile(r"(20\d\d)(?![\w-])")
_NEXT = re.compile(r"next (week|month|year)(?!\w)")
_NEAR = re.compile(
    rf"(?:(?P<near>today|now|tomorrow)|(?:this |next |on )?(?P<day>{DAY})(?P<week> week)?)(?!\w)"
)


def _day(heard: Heard, text: str, begin: int) -> tuple[date | Day, int] | None:
    """A day named from the calendar or from today, and where it ends; a fault is noted."""
    read = read_date(text, begin)
    if read:
        fault = read[0].fault()
        if fault:
            heard.faults.append(fault)
        return (heard.now.date() if fault else read[0]), read[1]
    found = _NEAR.match(text, begin)
    if not found:
        return None
    if found["near"]:
        return later(heard.now.date(), int(found["near"] == "tomorrow"), "day"), found.end()
    return later(heard.coming(weekday(found["day"])), int(bool(found["week"])), "week"), found.end()


def _from(heard: Heard, found: Found) -> int | None:
    text, begin, today = found.string, found.end(), heard.now.date()
    day, following = _day(heard, text, begin), _NEXT.match(text, begin)
    whole, clock = _MONTH.match(text, begin), read_clock(text, begin)
    if day:
        heard.start = day[0].on_or_after(today) if isinstance(day[0], Day) else day[0]
        return day[1]
    if following:
        first = {
            "week": today + timedelta(days=7 - today.weekday()),
            "month": later(today.replace(day=1), 1, "month"),
            "year": date(today.year + 1, 1, 1),
        }
        heard.start = first[following[1]]
        return following.end()
    if whole:
        heard.start = Day(1, month(whole["month"]), int(whole["year"] or 0)).on_or_after(today)
        return whole.end()
    if clock and clock.at and clock.sure:
        heard.timed(clock.at)
        return clock.end
    return None


def _until(heard: Heard, found: Found) -> int | None:
    text, begin, today = found.string, found.end(), heard.now.date()
    day, end_of, whole = _day(heard, text, begin), _END_OF.match(text, begin), _MONTH.match(text, begin)
    if day:
        heard.ends(day[0])
        return day[1]
    if end_of:
        heard.ends(_end_of(today, end_of))
        return end_of.end()
    in_year = _YEAR.match(text, begin)
    if in_year:
        heard.ends(date(int(in_year[1]) - (not found["through"]), 12, 31))
        return in_year.end()
    if not whole:
        return None
    of, year = month(whole["month"]), int(whole["year"] or 0)
    if found["through"]:
        heard.ends(_last(today, of, year))
        return whole.end()
    last = Day(1, of, year).on_or_after(today + timedelta(days=1)) - timedelta(days=1)
    heard.ends(last)
    heard.notes.append(words.UNTIL_MONTH.format(last=words.long_date(last), month=MONTH_NAMES[of - 1]))
    return whole.end()


def _end_of(today: date, found: Found) -> date:
    if found["month"]:
        return _last(today, month(found["month"]), int(found["year"] or 0))
    if found["unit"] == "financial year":
        return Day(31, 3).on_or_after(today)
    if found["unit"] == "month":
        return _last(today, today.month, today.year)
    return date(int(found["whole"] or today.year), 12, 31)


def _last(today: date, of: int, year: int) -> date:
    """The last day of a month; without a year, of the next such to end."""
    year = year or today.year + (of < today.month)
    return date(year, of, calendar.monthrange(year, of)[1])


def _for(heard: Heard, found: Found) -> int:
    heard.ends(span=(1 if found["n"] in ("a", "an") else int(found["n"][:6]), found["unit"]))
    return found.end()


def _times(heard: Heard, found: Found) -> int:
    count = int(found["n"].replace(",", "")[:15] or 0)
    if count:
        heard.ends(count=count)
    else:
        heard.faults.append(words.NO_TIMES)
    return found.end()


SPAN: Phrases = (
    (
        re.compile(
            r"(?:until|till|til|up to|(?:ending|ends)(?: on)?|(?P<through>through(?:out)?|to))"
            r"(?: and including)? "
        ),
        _until,
    ),
    (
        re.compile(
            r"(?:(?:starting|beginning|commencing|start|begin|effective|as)(?: on| from| of| at| in)?|from)"
            r"(?: the)? "
        ),
        _from,
    ),
    (phrase(rf"for (?:the next |another )?(?P<n>an?|\d+) (?P<unit>{UNIT})s?"), _for),
    (
        phrase(
            r"(?:for )?(?P<n>\d[\d,]*) (?:times|occurrences|occasions|sends)"
            r"(?! (?:a|an|per|each|every)(?!\w))(?: (?:in all|in total|only))?"
        ),
        _times,
    ),
)
