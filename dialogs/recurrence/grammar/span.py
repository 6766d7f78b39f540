"""Phrases that tell where it starts and ends, and when it is not sent."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from dialogs.recurrence import words
from dialogs.recurrence.days import MONTH_NAMES, Day, coming, later
from dialogs.recurrence.grammar import dates
from dialogs.recurrence.grammar.dates import month, weekday
from dialogs.recurrence.grammar.parts import Count, End, Except, Fault, Lasts, Part, Start, Within
from dialogs.recurrence.grammar.phrases import MONTHS, WEEKDAYS, Said, members, phrases


def _near(said: Said, now: datetime) -> date:
    """Today, tomorrow, or the next of a weekday, in this week or the next."""
    today = now.date()
    if said["day"] in ("today", "now", "tomorrow"):
        return today + timedelta(days=said["day"] == "tomorrow")
    if said.get("which") == "next week":
        return today + timedelta(days=7 - today.weekday() + weekday(said["day"]))
    return coming(today, weekday(said["day"]))


def _nth(said: Said, now: datetime) -> date | None:
    """The next day with that number."""
    day = int(said["nth"][:-2])
    months = (later(now.date().replace(day=1), step, "month") for step in range(3))
    found = (
        first.replace(day=day)
        for first in months
        if 1 <= day <= calendar.monthrange(first.year, first.month)[1]
    )
    return next((day for day in found if day >= now.date()), None)


def _start_nth(said: Said, now: datetime) -> Part | None:
    day = _nth(said, now)
    return Start(day) if day else None


def _end_nth(said: Said, now: datetime) -> Part | None:
    day = _nth(said, now)
    return End(day) if day else None


def _start_near(said: Said, now: datetime) -> Part:
    return Start(_near(said, now))


def _start_date(said: Said, now: datetime) -> Part | None:
    day = dates.read(said["date"])
    return Start(day) if day else None


def _start_next(said: Said, now: datetime) -> Part:
    today = now.date()
    first = {
        "week": today + timedelta(days=7 - today.weekday()),
        "month": later(today.replace(day=1), 1, "month"),
        "year": date(today.year + 1, 1, 1),
    }
    return Start(first[said["unit"]])


def _start_month(said: Said, now: datetime) -> Part:
    return Start(Day(1, month(said["month"]), int(said.get("year", 0))))


def _start_year(said: Said, now: datetime) -> Part:
    return Start(date(int(said["year"]), 1, 1))


def _start_of(said: Said, now: datetime) -> Part:
    return Start(Day(1, 4 if said.get("kind") == "financial" else 1))


def _end_near(said: Said, now: datetime) -> Part:
    return End(_near(said, now))


def _end_date(said: Said, now: datetime) -> Part | None:
    day = dates.read(said["date"])
    return End(day) if day else None


def _end_month(said: Said, now: datetime) -> Part:
    of, year, today = month(said["month"]), int(said.get("year", 0)), now.date()
    if said.get("through"):
        return End(_last(today, of, year))
    last = Day(1, of, year).on_or_after(today + timedelta(days=1)) - timedelta(days=1)
    return End(last, words.UNTIL_MONTH.format(last=words.long_date(last), month=MONTH_NAMES[of - 1]))


def _end_of_month(said: Said, now: datetime) -> Part:
    return End(_last(now.date(), month(said["month"]), int(said.get("year", 0))))


def _end_of(said: Said, now: datetime) -> Part:
    today, unit = now.date(), said["unit"]
    if unit == "financial year":
        return End(Day(31, 3))
    if unit == "month":
        first = later(today.replace(day=1), int(said.get("which") == "next"), "month")
        return End(_last(today, first.month, first.year))
    if unit == "quarter":
        return End(_last(today, (today.month - 1) // 3 * 3 + 3, today.year))
    if unit == "week":
        return End(today + timedelta(days=6 - today.weekday()))
    return End(date(today.year + (said.get("which") == "next"), 12, 31))


def _end_year(said: Said, now: datetime) -> Part:
    return End(date(int(said["year"]) - ("through" not in said), 12, 31))


def _year_end(said: Said, now: datetime) -> Part:
    offers = ("until the end of the financial year", "until the end of the calendar year")
    return Fault(words.YEAR_END.format(edge="end"), offers)


def _new_year(said: Said, now: datetime) -> Part:
    return End(date(now.year, 12, 31))


def _last(today: date, of: int, year: int) -> date:
    """The last day of a month; without a year, of the next such to end."""
    year = year or today.year + (of < today.month)
    return date(year, of, calendar.monthrange(year, of)[1])


def _lasts(said: Said, now: datetime) -> Part | None:
    number = {"a": 1, "an": 1, "a couple of": 2}.get(said["n"]) or (
        int(said["n"][:6]) if said["n"].isdecimal() else 0
    )
    if number > 10_000:
        return Fault(words.FAR_END)
    return Lasts(number, said["unit"].rstrip("s")) if number else None


def _count(said: Said, now: datetime) -> Part:
    number = int(said["n"][:15])
    return Count(number) if number else Fault(words.NO_TIMES)


def _once(said: Said, now: datetime) -> Part:
    return Count(1)


def _twice(said: Said, now: datetime) -> Part:
    return Count(2)


def _between(said: Said, now: datetime) -> Part | None:
    first, last = dates.read(said["a"]), dates.read(said["b"])
    if first is None or last is None:
        return None
    wrong = next((wrong for day in (first, last) if isinstance(day, Day) and (wrong := day.fault())), None)
    if wrong:
        return Fault(wrong)
    begin = first.on_or_after(now.date())
    return Within(begin, last.on_or_after(begin))


def _between_months(said: Said, now: datetime) -> Part:
    begin = Day(1, month(said["a"])).on_or_after(now.date().replace(day=1))
    return Within(begin, _last(begin, month(said["b"]), 0))


def _in_year(said: Said, now: datetime) -> Part:
    year = int(said["year"])
    return Within(date(year, 1, 1), date(year, 12, 31))


def _except(said: Said, now: datetime) -> Part | None:
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
    return Except(tuple(weekdays), tuple(months), tuple(days))  # type: ignore[arg-type]


def _except_span(said: Said, now: datetime) -> Part | None:
    part = _between(said, now)
    return Except(spans=((part.first, part.last),)) if isinstance(part, Within) else part


def _except_week(said: Said, now: datetime) -> Part | None:
    day = dates.read(said["date"])
    if day is None or (isinstance(day, Day) and day.fault()):
        return None
    at = day.on_or_after(now.date() - timedelta(days=6))
    monday = at - timedelta(days=at.weekday())
    return Except(spans=((monday, monday + timedelta(days=6)),))


def _except_ranked(said: Said, now: datetime) -> Part:
    ranked = " ".join(word.title() if word in WEEKDAYS else word for word in said["ranked"].split())
    return Fault(words.EXCEPT_RANKED.format(said=ranked))


def _except_over(said: Said, now: datetime) -> Part:
    begin, end = _OVER[said["feast"]]
    return Fault(words.EXCEPT_OVER.format(feast=said["feast"].title()), (f"not between {begin} and {end}",))


def _except_near(said: Said, now: datetime) -> Part:
    if said.get("which") in ("next", "this"):
        monday = now.date() + timedelta(days=7 * (said["which"] == "next") - now.weekday())
        return Except(spans=((monday, monday + timedelta(days=6)),))
    return Except(days=(_near(said, now),))


_OVER = {
    "christmas": ("24 december", "1 january"), "xmas": ("24 december", "1 january"),
    "new year": ("31 december", "2 january"), "easter": ("good friday", "easter monday"),
    "christmas and new year": ("24 december", "2 january"),
}  # fmt: skip
_UNTIL = "(until|up to|up until|ending|ends|end|finishing|stopping|last one) [and including] [on|in|at] [the]"
_TO = "<through=to|through|throughout|through to|up to and including|until the end of> [the]"
_FROM = (
    "(from|starting|starts|start|beginning|commencing|begin|effective|as of|as from|with effect from"
    "|not before) [on|from|in|at|with] [the]"
)
_NOT = (
    "[but] (except|excluding|exclude|excepting|not|never|apart from|other than|bar|skipping|skip|omitting"
    "|omit|without|but|no"
    "|leave out|leaving out|but not|just not|unless it is|minus) [for] [on|in|during] [the]"
)
SPAN = (
    *phrases(
        _start_near, f"{_FROM} <day=today|now|tomorrow> [on]", f"{_FROM} [this|next] <day:weekday>",
        f"{_FROM} <day:weekday> <which=next week>",
    ),
    *phrases(_start_date, f"{_FROM} <date>",
        f"{_FROM} (w/c|week commencing|week beginning|week of) [the] <date>"),
    *phrases(_start_nth, f"{_FROM} <nth>"),
    *phrases(_end_nth, f"{_UNTIL} <nth>"),
    *phrases(_start_next, f"{_FROM} next <unit=week|month|year>"),
    *phrases(_start_month, f"{_FROM} [start of|beginning of] <month> [<year>]"),
    *phrases(_start_year, f"{_FROM} [start of|beginning of] <year>"),
    *phrases(
        _start_of, f"{_FROM} [start of the] [new|next] <kind=financial> year", f"{_FROM} new year",
        "in the new year",
        f"{_FROM} [start of|beginning of] next year",
    ),
    *phrases(_end_near, f"{_UNTIL} <day=today|tomorrow>", f"{_UNTIL} [this|next] <day:weekday>",
             f"{_UNTIL} <day:weekday> <which=next week>"),
    *phrases(_end_date, f"{_UNTIL} <date>", f"{_TO} <date>"),
    *phrases(_end_month, f"{_UNTIL} <month> [<year>]", f"{_TO} <month> [<year>]"),
    *phrases(_end_of_month, f"{_UNTIL} [end of|last day of] <month> [<year>]",
        f"{_TO} end of <month> [<year>]"),
    *phrases(
        _end_of, f"{_UNTIL} end of [the|this] <unit=financial year|calendar year|month|quarter|week>",
        f"{_UNTIL} end of [the|this] <unit=year>", f"{_UNTIL} [end of] <which=next> <unit=month|year>",
        f"{_UNTIL} <unit=month|quarter> end", "for [the] rest of [the|this] <unit=month|quarter|year|week>",
        f"{_TO} end of [the|this] <unit=financial year|month|quarter|year>",
    ),
    *phrases(_end_year, f"{_UNTIL} <year>", f"{_TO} <year>", f"{_UNTIL} <through=end of> <year>"),
    *phrases(_year_end, f"{_UNTIL} [financial] year end"),
    *phrases(_new_year, f"{_UNTIL} new year"),
    *phrases(_lasts, "for [the next|another|up to] <n> <unit:long>", "over the next <n> <unit:long>",
        "lasting <n> <unit:long>"),
    *phrases(
        _count, "[for|just|only] [the next] <n:number> (times|occurrences|occasions|sends)"
        " [only|in all|in total|altogether]",
    ),
    *phrases(_once, "(just|only) once", "once only", "one time only"),
    *phrases(_twice, "(just|only) twice", "twice only"),
    *phrases(_between, "between [the] <a:date> and [the] <b:date>",
        "<a:date> (to|-|until|through) [the] <b:date>"),
    *phrases(_between_months, "between <a:month> and <b:month>", "from <a:month> to <b:month>"),
    *phrases(_in_year, "(in|during|throughout) <year>"),
    *phrases(_except, f"{_NOT} <days:day+>"),
    *phrases(_except_span, f"{_NOT} (between|from) [the] <a:date> (and|to|until) [the] <b:date>",
             f"{_NOT} <a:date> (to|-|until) <b:date>"),
    *phrases(_except_week, f"{_NOT} (w/c|week of|week commencing|week beginning) [the] <date>"),
    *phrases(_except_ranked, f"{_NOT} <ranked:ranked> [of|in] [the|every|a] [month]"),
    *phrases(
        _except_over, f"{_NOT} (over|around) [the] <feast={'|'.join(_OVER)}> [period|break|holiday|holidays]",
    ),
    *phrases(_except_near, f"{_NOT} <day=today|tomorrow>", f"{_NOT} <which=next|this> week"),
)  # fmt: skip
