"""Phrases for single days: of the calendar, by name, and counted from today; ``beside.py`` has the others."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from dialogs.recurrence.days import DAY_NAMES, MONTH_NAMES, NAMES, Day, Named, coming, later
from dialogs.recurrence.grammar.parts import Dates, Either, Fault, Near, TimePart, Week
from dialogs.recurrence.grammar.phrases import MONTHS, WEEKDAYS, Said, members, phrases
from dialogs.recurrence.working_days import days_to_work
from dialogs.wording import dates as words

_DATE = re.compile(
    rf"(?:(?P<wd>{'|'.join(WEEKDAYS)}) ?,? ?)?(?:the )?(?:"
    rf"(?P<d>\d+)(?:st|nd|rd|th)? (?:of )?(?:- )?(?P<m>{'|'.join(MONTHS)})(?: (?:[,-] )?(?P<y>\d+))?"
    rf"|(?P<m2>{'|'.join(MONTHS)}) (?:the )?(?P<d2>\d+)(?:st|nd|rd|th)?(?: (?:, )?(?P<y2>\d+))?"
    r"|(?P<y3>\d{4})-(?P<m3>\d+)-(?P<d3>\d+)|(?P<d4>\d+)[/.-](?P<m4>\d+)(?:[/.-](?P<y4>\d+))?)"
)


def weekday(name: str) -> int:
    """0 for Monday."""
    return WEEKDAYS.index(name.rstrip("s"))


def month(name: str) -> int:
    """1 for January."""
    return MONTHS.index(name) + 1


def read(said: str) -> Day | Named | None:
    """A date as the grammar has it: "monday 7 december 2026", "3/4/2027", "easter monday"."""
    if said in NAMES:
        return Named(said)
    found = _DATE.fullmatch(said)
    if found is None:
        return None
    day = found["d"] or found["d2"] or found["d3"] or found["d4"]
    of = found["m"] or found["m2"] or found["m3"] or found["m4"]
    year = int(found["y"] or found["y2"] or found["y3"] or found["y4"] or 0)
    year += 2000 * (0 < year < 100)
    return Day(
        int(day), int(of) if of.isdecimal() else month(of), year, weekday(found["wd"]) if found["wd"] else -1
    )


def all_of(said: str) -> tuple[Day | Named, ...]:
    """The dates of a list."""
    return tuple(day for day in map(read, members(said, "date")) if day)


def full(day: date) -> str:
    """A date in words that mean it and no other."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _dates(said: Said, now: datetime) -> TimePart | None:
    if re.search(r"\bor\b", said["dates"]):
        return Fault(words.ONE_OR_OTHER.format(said=said["dates"]))
    days = all_of(said["dates"])
    return Dates(days, "every" in said, "week" in said) if days else None


def _of_year(said: Said, now: datetime) -> TimePart | None:
    """ "4 May next year"."""
    day = read(said["date"])
    if not isinstance(day, Day) or day.year:
        return None
    return Dates((day._replace(year=now.year + (said["which"] == "next")),))


def _unknown_dates(said: Said, now: datetime) -> TimePart:
    """What only a council's own calendar has."""
    return Fault(words.NO_DATES_OF.format(event=said["event"]))


def _any_day(said: Said, now: datetime) -> TimePart:
    return Fault(words.WHICH_WEEKDAY)


def _days_of_month(said: Said, now: datetime) -> TimePart:
    if re.search(r"\bor\b", f"{said['days']} {said['months']}"):
        return Fault(words.ONE_OR_OTHER.format(said=f"{said['days']} {said['months'].title()}"))
    year = int(said.get("year", 0))
    days = re.findall(r"\d+", said["days"])
    return Dates(
        tuple(Day(int(day), month(name), year) for name in members(said["months"], "month") for day in days),
        "every" in said,
    )


def _weekday_the(said: Said, now: datetime) -> TimePart:
    day, today = int(said["day"][:-2]), now.date()
    for months in range(13):
        first = later(today.replace(day=1), months, "month")
        try:
            found = first.replace(day=day)
        except ValueError:
            continue
        if found >= today:
            return Dates((Day(day, found.month, found.year, weekday(said["wd"])),))
    return Fault(words.NO_SUCH_MONTHDAY.format(day=said["day"]))


def _week_ending(said: Said, now: datetime) -> TimePart | None:
    return Fault(words.WEEK_ENDING.format(date=said["date"]), (said["date"],))


def _today(said: Said, now: datetime) -> TimePart:
    step = {"today": 0, "tomorrow": 1, "tomorrows": 1, "yesterday": -1}.get(said["day"], 2)
    if step < 0:
        return Fault(words.YESTERDAY)
    return Near(now.date() + timedelta(days=step))


def _this_day(said: Said, now: datetime) -> TimePart:
    day, today = weekday(said["wd"]), now.date()
    first = coming(today, day)
    if said["which"] == "next" and day > today.weekday():
        # Some mean the one of this week, some the one after it.
        return Either(f"next {DAY_NAMES[day]}", (first, first + timedelta(days=7)))
    if day == today.weekday() and said["which"] != "next":
        return Either(f"{said['which']} {DAY_NAMES[day]}", (today, first))
    return Near(first)


def _part_of_month(said: Said, now: datetime) -> TimePart:
    name = said["month"].title()
    return Fault(words.NOT_ONE_DAY.format(said=f"{said['part']} {name}", month=name))


def _after_next(said: Said, now: datetime) -> TimePart:
    day = weekday(said["wd"])
    first = coming(now.date(), day) + timedelta(days=7)
    # Whoever calls the coming one "this Friday" counts from the one behind it.
    return Either(f"{DAY_NAMES[day]} after next", (first, first + timedelta(days=7)))


def _in_week(said: Said, now: datetime) -> TimePart:
    monday = _monday(now) + timedelta(days=7 * _weeks(said["which"]))
    if "wd" not in said:
        return Week(monday)
    return Near(monday + timedelta(days=weekday(said["wd"])))


def _weeks(which: str) -> int:
    return {"this": 0, "the": 0, "next": 1, "following": 1, "after next": 2}[which]


def _monday(now: datetime) -> date:
    return now.date() - timedelta(days=now.weekday())


def _day_weeks(said: Said, now: datetime) -> TimePart | None:
    weeks = count_of(said.get("n", "a")) * (2 if "fortnight" in said["unit"] else 1)
    day = said["day"]
    today = now.date()
    first = {"today": today, "now": today, "tomorrow": today + timedelta(days=1)}.get(day)
    return (
        Near((first or coming(today, weekday(day))) + timedelta(days=7 * weeks)) if 0 < weeks < 500 else None
    )


def count_of(said: str) -> int:
    """What "a", "a couple of" or "3" counts; 0 for what counts nothing."""
    return {"a": 1, "an": 1, "a couple of": 2, "the": 1}.get(said) or (int(said) if said.isdecimal() else 0)


def _in_units(said: Said, now: datetime) -> TimePart | None:
    number = count_of(said["n"])
    if not number:
        return None
    if number > 5000:
        return Fault(words.START_FAR)
    begin = now.date() + timedelta(days=1 if said.get("since") == "tomorrow" else 0)
    return Near(later(begin, number, said["unit"].rstrip("s")))


def _in_working_days(said: Said, now: datetime) -> TimePart | None:
    number, day = count_of(said["n"]), now.date()
    if not 0 < number < 1000:
        return None
    for _ in range(number):
        day += timedelta(days=1)
        day += timedelta(days=days_to_work(day, "england", 1))
    return Near(day)


def _days_from_now(said: Said, now: datetime) -> TimePart | None:
    number = count_of(said["n"])
    if not 0 < number < 500:
        return None
    first = coming(now.date(), weekday(said["wd"])) + timedelta(days=7 * (number - 1))
    # Some count the one of this week, some don't.
    return Either(f"{number} {DAY_NAMES[weekday(said['wd'])]}s from now", (first, first + timedelta(days=7)))


_ON = "[on|for]"
DATES = (
    *phrases(
        _dates, f"<every=every> {_ON} [the] <dates:date+>", "[on|for|at] [the] <dates:date+>",
        "[on|in|for] [the] <week=w/c|week commencing|week beginning|week starting|week of> [the]"
        " <dates:date>",
    ),
    *phrases(
        _of_year, "[on] [the] <date> [,] [in|of] <which=next|this> year",
        "[in] <which=next|this> year [,] [on] [the] <date>",
    ),
    *phrases(
        _any_day, "[over|at|on|during] (the|this|next) weekend", "[in] [the] mid [-] week",
        "[on|at] [the] (any|some|1) [other] (day|weekday|time|morning|afternoon|evening)"
        " [(in|of|during) [the]] [next|this|following] [week]",
    ),
    *phrases(_week_ending, "[on] [the] (w/e|week ending) [the] <date>"),
    *phrases(
        _days_of_month, "<every=every> [on] [the] <days:nth+> of <months:month+>",
        "[on] [the] <days:dm+> [of] <months:month+> [<year>]",
    ),
    *phrases(_weekday_the, "[on] <wd:weekday> [,] [the] <day:nth>",
        "[on] <wd:weekday> <o:open> [the] <day:nth> <c:close>"),
    *phrases(_today, "<day=today|tomorrow|yesterday>", "[on] [the] <day=day after tomorrow>"),
    *phrases(_this_day, "[on|at] [the] <which=this|next> [coming] <wd:weekday>",
        "[on] [the] <which=coming> <wd:weekday>", "[on] <wd:weekday> <which=next|coming>"),
    *phrases(
        _unknown_dates, "((in|during|over|outside|except|excluding|not|skip|skipping|bar) [of] [in|during|at]"
        "|[on|in] [the] (1st|last) (day|week) of|[at] [the] (start|beginning|end) of) [the]"
        " <event=term time|term|terms|half term|half terms|school holidays|school term|school terms"
        "|recess|summer recess|summer holidays|purdah|pre - election period>",
    ),
    *phrases(
        _part_of_month, "[in] [the] <part=early|mid|late|middle of> [in] <month>",
        "[in|during] [the] <part=1st week of|2nd week of|3rd week of|4th week of|last week of> <month>",
    ),
    *phrases(_after_next, "[on] [the] <wd:weekday> after next"),
    *phrases(
        _in_week, "[on] [the] <wd:weekday> [of|in] [the] <which=next|this|following> week",
        "[the] <which=next|this|following> week [,] [on] [the] <wd:weekday>",
        "[in|during|for] <which=next|this> week", "[in|during] [the] week <which=after next>",
        "[on] [the] <wd:weekday> [of|in] [the] week <which=after next>",
        "[the] week <which=after next> [,] [on] [the] <wd:weekday>",
    ),
    *phrases(
        _day_weeks, "[on] <day=today|tomorrow> <unit=week|fortnight>",
        "[on] <day:weekday> <unit=week|fortnight>",
        "[in] <n> <unit=week|weeks|fortnight|fortnights> [time] [on|from|[from] next|this] <day:weekday>",
        "[on] <day:weekday> [,] (in <n> <unit=week|weeks|fortnight|fortnights> [time])",
        "[in] <n> <unit=week|weeks|fortnight|fortnights> (from|on) <day=today|tomorrow>",
        "[in] <n> <unit=week|weeks|fortnight|fortnights> <day=today|tomorrow>",
        "<unit=fortnight> (on|from) <day:weekday>",
    ),
    *phrases(
        _in_units, "in <n> <unit:long> [time]", "<n> <unit:long> (from now|from today|hence)",
        "<n> <unit:long> from <since=tomorrow>", "<n> <unit=month|months|year|years> today",
        "<n> <unit=month|months|year|years> <since=tomorrow>",
    ),
    *phrases(_in_working_days, "in <n> (working|business) (day|days) [time]",
        "<n> (working|business) (day|days) (from now|from today|hence)"),
    *phrases(_days_from_now, "[in] <n:number> <wd:weekdays> (from now|from today|time)"),
)  # fmt: skip
