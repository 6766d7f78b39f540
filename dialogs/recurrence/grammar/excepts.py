"""Phrases that tell when it is not sent."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dialogs.recurrence.days import Day
from dialogs.recurrence.grammar import dates
from dialogs.recurrence.grammar.dates import month, weekday
from dialogs.recurrence.grammar.parts import Except, Fault, TimePart, Within
from dialogs.recurrence.grammar.phrases import MONTHS, WEEKDAYS, Said, members, phrases
from dialogs.recurrence.grammar.span import between, near_day
from dialogs.wording import dates as words


def _except(said: Said, now: datetime) -> TimePart | None:
    weekdays, months, days = list[int](), list[int](), list[object]()
    text = said["days"]
    # "24 and 31 December": the month is said once for both.
    text = re.sub(
        r"\b(\d{1,2}(?:st|nd|rd|th)?) (?=(?:,|and|or|&) (?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?([a-z]+))",
        lambda found: f"{found[1]} {found[2]} " if found[2] in MONTHS else found[0],
        text,
    )
    for member in members(text, "day"):
        day = dates.read(member)
        if day is not None:
            days.append(day)
        elif member in MONTHS:
            months.append(month(member))
        elif member.rstrip("s") in WEEKDAYS:
            weekdays.append(weekday(member))
        else:
            return None
    if not (weekdays or months or days):
        return None
    return Except(tuple(weekdays), tuple(months), tuple(days))  # type: ignore[arg-type]


def _except_span(said: Said, now: datetime) -> TimePart | None:
    part = between(said, now)
    return Except(spans=((part.first, part.last),)) if isinstance(part, Within) else part


def _except_week(said: Said, now: datetime) -> TimePart | None:
    day = dates.read(said["date"])
    if day is None or (isinstance(day, Day) and day.fault()):
        return None
    at = day.on_or_after(now.date() - timedelta(days=6))
    monday = at - timedelta(days=at.weekday())
    return Except(spans=((monday, monday + timedelta(days=6)),))


def _except_ranked(said: Said, now: datetime) -> TimePart:
    ranked = " ".join(word.title() if word in WEEKDAYS else word for word in said["ranked"].split())
    return Fault(words.EXCEPT_RANKED.format(said=ranked))


def _except_over(said: Said, now: datetime) -> TimePart:
    begin, end = _OVER[said["feast"]]
    return Fault(words.EXCEPT_OVER.format(feast=said["feast"].title()), (f"not between {begin} and {end}",))


def _except_near(said: Said, now: datetime) -> TimePart:
    if said.get("which") in ("next", "this"):
        monday = now.date() + timedelta(days=7 * (said["which"] == "next") - now.weekday())
        return Except(spans=((monday, monday + timedelta(days=6)),))
    return Except(days=(near_day(said, now),))


_OVER = {
    "christmas": ("24 december", "1 january"), "xmas": ("24 december", "1 january"),
    "new year": ("31 december", "2 january"), "easter": ("good friday", "easter monday"),
    "christmas and new year": ("24 december", "2 january"),
}  # fmt: skip
_NOT = (
    "[but] (except|excluding|exclude|excepting|not|never|apart from|other than|save|save for"
    "|with the exception of|bar|skipping|skip|pausing|omitting|omit|without|but|no"
    "|leave out|leaving out|but not|just not|unless it is|minus) [for] [on|in|during] [the]"
)
EXCEPTS = (
    *phrases(_except, f"{_NOT} <days:day+>"),
    *phrases(_except_span,
             f"{_NOT} [week|period|time|days] (between|from) [the] <a:date> (and|to|until) [the] <b:date>",
             f"{_NOT} (between|from) [the] <nth:dm> (and|to|until) [the] <b:date>",
             f"{_NOT} <a:date> (to|-|until) <b:date>"),
    *phrases(_except_week, f"{_NOT} (w/c|week of|week commencing|week beginning) [the] <date>",
             f"{_NOT} <date:named> week"),
    *phrases(_except_ranked, f"{_NOT} <ranked:ranked> [1] [of|in] [the|every|a] [month]"),
    *phrases(
        _except_over, f"{_NOT} (over|around) [the] <feast={'|'.join(_OVER)}> [period|break|holiday|holidays]",
    ),
    *phrases(_except_near, f"{_NOT} <day=today|tomorrow>", f"{_NOT} <which=next|this> week"),
)  # fmt: skip
