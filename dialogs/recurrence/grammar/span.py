"""Phrases that tell where it starts and ends."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

from dialogs.recurrence.days import MONTH_NAMES, Day, coming, later
from dialogs.recurrence.grammar import dates
from dialogs.recurrence.grammar.dates import month, weekday
from dialogs.recurrence.grammar.parts import Count, End, Endless, Fault, Lasts, Start, TimePart, Within
from dialogs.recurrence.grammar.phrases import Said, phrases
from dialogs.wording import dates as words


def near_day(said: Said, now: datetime) -> date:
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


def _start_nth(said: Said, now: datetime) -> TimePart | None:
    day = _nth(said, now)
    return Start(day) if day else None


def _end_nth(said: Said, now: datetime) -> TimePart | None:
    day = _nth(said, now)
    return End(day) if day else None


def _start_near(said: Said, now: datetime) -> TimePart:
    return Start(near_day(said, now))


def _start_date(said: Said, now: datetime) -> TimePart | None:
    day = dates.read(said["date"])
    return Start(day) if day else None


def _start_next(said: Said, now: datetime) -> TimePart:
    today = now.date()
    first = {
        "week": today + timedelta(days=7 - today.weekday()),
        "month": later(today.replace(day=1), 1, "month"),
        "year": date(today.year + 1, 1, 1),
    }
    return Start(first[said["unit"]])


def _start_month(said: Said, now: datetime) -> TimePart:
    return Start(Day(1, month(said["month"]), int(said.get("year", 0))))


def _start_year(said: Said, now: datetime) -> TimePart:
    return Start(date(int(said["year"]), 1, 1))


def _start_of(said: Said, now: datetime) -> TimePart:
    return Start(Day(1, 4 if said.get("kind") == "financial" else 1))


def _end_near(said: Said, now: datetime) -> TimePart:
    return End(near_day(said, now))


def _end_date(said: Said, now: datetime) -> TimePart | None:
    day = dates.read(said["date"])
    return End(day) if day else None


def _end_month(said: Said, now: datetime) -> TimePart:
    of, year, today = month(said["month"]), int(said.get("year", 0)), now.date()
    if said.get("through"):
        return End(_last(today, of, year))
    last = Day(1, of, year).on_or_after(today + timedelta(days=1)) - timedelta(days=1)
    return End(last, words.UNTIL_MONTH.format(last=words.long_date(last), month=MONTH_NAMES[of - 1]))


def _end_of_month(said: Said, now: datetime) -> TimePart:
    return End(_last(now.date(), month(said["month"]), int(said.get("year", 0))))


def _end_of(said: Said, now: datetime) -> TimePart:
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


def _end_year(said: Said, now: datetime) -> TimePart:
    return End(date(int(said["year"]) - ("through" not in said), 12, 31))


def _year_end(said: Said, now: datetime) -> TimePart:
    offers = ("until the end of the financial year", "until the end of the calendar year")
    return Fault(words.YEAR_END.format(edge="end"), offers)


def _new_year(said: Said, now: datetime) -> TimePart:
    return End(date(now.year, 12, 31))


def _last(today: date, of: int, year: int) -> date:
    """The last day of a month; without a year, of the next such to end."""
    year = year or today.year + (of < today.month)
    return date(year, of, calendar.monthrange(year, of)[1])


def _lasts(said: Said, now: datetime) -> TimePart | None:
    number = {"a": 1, "an": 1, "a couple of": 2}.get(said["n"]) or (
        int(said["n"][:6]) if said["n"].isdecimal() else 0
    )
    if number > 10_000:
        return Fault(words.FAR_END)
    return Lasts(number, said["unit"].rstrip("s")) if number else None


def _count(said: Said, now: datetime) -> TimePart:
    number = int(said["n"][:15])
    return Count(number) if number else Fault(words.NO_TIMES)


def _once(said: Said, now: datetime) -> TimePart:
    return Count(1)


def _twice(said: Said, now: datetime) -> TimePart:
    return Count(2)


def _endless(said: Said, now: datetime) -> TimePart:
    return Endless()


def _confined(said: Said, now: datetime) -> TimePart:
    """ "Just this month": from now on, at most."""
    unit, step, today = said["unit"], int(said["which"] == "next"), now.date()
    begins = {
        "week": today - timedelta(days=today.weekday()), "month": today.replace(day=1),
        "quarter": date(today.year, (today.month - 1) // 3 * 3 + 1, 1), "year": date(today.year, 1, 1),
    }  # fmt: skip
    first = later(begins[unit], step, unit)
    return Within(max(first, today), later(later(first, 1, unit), -1, "day"))


def _confined_to_month(said: Said, now: datetime) -> TimePart:
    first = Day(1, month(said["month"]), int(said.get("year", 0))).on_or_after(now.date().replace(day=1))
    return Within(max(first, now.date()), _last(first, first.month, first.year))


def between(said: Said, now: datetime) -> TimePart | None:
    """From one day to another."""
    last = dates.read(said["b"])
    # "Between 4 and 15 January": the month is said once for both.
    of = MONTH_NAMES[last.month - 1].lower() if isinstance(last, Day) and "nth" in said else ""
    first = dates.read(f"{said['nth']} {of}" if of else said.get("a", ""))
    if first is None or last is None:
        return None
    wrong = next((wrong for day in (first, last) if isinstance(day, Day) and (wrong := day.fault())), None)
    if wrong:
        return Fault(wrong)
    begin = first.on_or_after(now.date())
    return Within(begin, last.on_or_after(begin))


def _weeks_of_month(said: Said, now: datetime) -> TimePart:
    """ "The first two weeks of December": by its days, or from Monday to Friday?"""
    first = Day(1, month(said["month"]), int(said.get("year", 0))).on_or_after(now.date().replace(day=1))
    last, days = _last(first, first.month, first.year), timedelta(days=7 * int(said["n"][:3]) - 1)
    begin, end = (
        (first, min(first + days, last)) if said["edge"] == "1st" else (max(last - days, first), last)
    )
    span = f"between {words.long_date(begin)} and {words.long_date(end)}"
    name = f"{'first' if begin == first else 'last'} {said['n']} weeks of {MONTH_NAMES[first.month - 1]}"
    return Fault(words.WEEKS_OF_MONTH.format(said=name, span=span), (span,))


def _between_months(said: Said, now: datetime) -> TimePart:
    begin = Day(1, month(said["a"])).on_or_after(now.date().replace(day=1))
    return Within(begin, _last(begin, month(said["b"]), 0))


def _in_year(said: Said, now: datetime) -> TimePart:
    year = int(said.get("year", now.year + 1))
    return Within(date(year, 1, 1), date(year, 12, 31))


_ONE_PERIOD = "<which=this|next> <unit=week|month|quarter|year>"
_UNTIL = "(until|up to|up until|ending|ends|end|finishing|stopping|last one) [and including] [on|in|at] [the]"
_TO = "<through=to|through|through to|up to and including|until the end of> [the]"
_FROM = (
    "(from|starting|starts|start|beginning|commencing|begin|effective|as of|as from|with effect from"
    "|not before) [on|from|in|at|with] [the]"
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
    *phrases(_end_date, f"{_UNTIL} <date>", f"{_TO} <date>", "between (now|today) and [the] <date>"),
    *phrases(_end_month, f"{_UNTIL} <month> [<year>]", f"{_TO} <month> [<year>]"),
    *phrases(_end_of_month, f"{_UNTIL} [end of|end|last day of] <month> [<year>]",
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
        _count, "[for|just|only] [the next] <n:number> (times|occurrences|occasions|sends|sessions|reminders)"
        " [only|in all|in total|altogether]", "x <n:number>", "<n:number> x",
    ),
    *phrases(_once, "(just|only) once", "once only", "(one|1) time [only]", "<p:once>",
        "[just|only] [as] [a] (one|1) off"),
    *phrases(_endless, "until further notice", "until (i|we) (say|tell you) otherwise",
        "until told otherwise", "until (i|we) (stop|end|cancel) it", "(with|has|having) no end [date]",
        "no end [date]",
        "without [an] end [date]", "indefinitely", "open - ended", "openended", "(for ever|forever)"),
    *phrases(_confined, f"(just|only) [for|in|during] {_ONE_PERIOD} [only]",
        f"[for|in|during] {_ONE_PERIOD} only"),
    *phrases(_confined_to_month, "(just|only) [for|in|during] <month> [<year>]",
        "(for|during) (all|[the] whole) of <month> [<year>]", "throughout <month> [<year>]",
        "[for|in|during] <month> [<year>] only"),
    *phrases(_twice, "(just|only) twice", "twice only"),
    *phrases(
        between, "between [the] <a:date> and [the] <b:date>", "between [the] <nth:dm> and [the] <b:date>",
        "<a:date> (to|-|until|through) [the] <b:date>",
        "[from] [the] <nth:dm> (to|-|until|through) [the] <b:date>",
    ),
    *phrases(_between_months, "between <a:month> and <b:month>",
        "[in|from|during] <a:month> (to|-|through|until) <b:month>"),
    *phrases(
        _weeks_of_month, "[for|in|during] [the] <edge=1st|last> <n:number> weeks (of|in) <month> [<year>]",
    ),
    *phrases(_in_year, "(in|during|throughout) <year>", "[in|during] next year"),
)  # fmt: skip
