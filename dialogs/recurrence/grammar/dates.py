"""Phrases for single days: of the calendar, by name, and counted from today."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal

from dialogs.recurrence import words
from dialogs.recurrence.days import DAY_NAMES, MONTH_NAMES, NAMES, Day, Named, coming, later
from dialogs.recurrence.grammar.parts import Dates, Either, Fault, Near, Part, Week
from dialogs.recurrence.grammar.phrases import MONTHS, WEEKDAYS, Said, members, phrases
from dialogs.recurrence.working_days import days_to_work, why_off

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


def _dates(said: Said, now: datetime) -> Part | None:
    if re.search(r"\bor\b", said["dates"]):
        return Fault(words.ONE_OR_OTHER.format(said=said["dates"]))
    days = all_of(said["dates"])
    return Dates(days, "every" in said, "week" in said) if days else None


def _days_of_month(said: Said, now: datetime) -> Part:
    year = int(said.get("year", 0))
    days = re.findall(r"\d+", said["days"])
    return Dates(
        tuple(Day(int(day), month(name), year) for name in members(said["months"], "month") for day in days),
        "every" in said,
    )


def _weekday_the(said: Said, now: datetime) -> Part:
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


def _week_ending(said: Said, now: datetime) -> Part | None:
    return Fault(words.WEEK_ENDING.format(date=said["date"]), (said["date"],))


def _today(said: Said, now: datetime) -> Part:
    step = {"today": 0, "tomorrow": 1, "tomorrows": 1, "yesterday": -1}.get(said["day"], 2)
    if step < 0:
        return Fault(words.YESTERDAY)
    return Near(now.date() + timedelta(days=step))


def _this_day(said: Said, now: datetime) -> Part:
    day, today = weekday(said["wd"]), now.date()
    first = coming(today, day)
    if said["which"] == "next" and day > today.weekday():
        # Some mean the one of this week, some the one after it.
        return Either(f"next {DAY_NAMES[day]}", (first, first + timedelta(days=7)))
    if day == today.weekday() and said["which"] != "next":
        return Either(f"{said['which']} {DAY_NAMES[day]}", (today, first))
    return Near(first)


def _part_of_month(said: Said, now: datetime) -> Part:
    name = said["month"].title()
    return Fault(words.NOT_ONE_DAY.format(said=f"{said['part']} {name}", month=name))


def _after_next(said: Said, now: datetime) -> Part:
    day = weekday(said["wd"])
    first = coming(now.date(), day) + timedelta(days=7)
    # Whoever calls the coming one "this Friday" counts from the one behind it.
    return Either(f"{DAY_NAMES[day]} after next", (first, first + timedelta(days=7)))


def _in_week(said: Said, now: datetime) -> Part:
    monday = _monday(now) + timedelta(days=7 * _weeks(said["which"]))
    if "wd" not in said:
        return Week(monday)
    return Near(monday + timedelta(days=weekday(said["wd"])))


def _weeks(which: str) -> int:
    return {"this": 0, "the": 0, "next": 1, "following": 1, "after next": 2}[which]


def _monday(now: datetime) -> date:
    return now.date() - timedelta(days=now.weekday())


def _day_weeks(said: Said, now: datetime) -> Part | None:
    weeks = _count(said.get("n", "a")) * (2 if "fortnight" in said["unit"] else 1)
    day = said["day"]
    today = now.date()
    first = {"today": today, "now": today, "tomorrow": today + timedelta(days=1)}.get(day)
    return (
        Near((first or coming(today, weekday(day))) + timedelta(days=7 * weeks)) if 0 < weeks < 500 else None
    )


def _count(said: str) -> int:
    return {"a": 1, "an": 1, "a couple of": 2, "the": 1}.get(said) or (int(said) if said.isdecimal() else 0)


def _in_units(said: Said, now: datetime) -> Part | None:
    number = _count(said["n"])
    if not number:
        return None
    if number > 5000:
        return Fault(words.START_FAR)
    begin = now.date() + timedelta(days=1 if said.get("since") == "tomorrow" else 0)
    return Near(later(begin, number, said["unit"].rstrip("s")))


def _in_working_days(said: Said, now: datetime) -> Part | None:
    number, day = _count(said["n"]), now.date()
    if not 0 < number < 1000:
        return None
    for _ in range(number):
        day += timedelta(days=1)
        day += timedelta(days=days_to_work(day, "england", 1))
    return Near(day)


def _days_from_now(said: Said, now: datetime) -> Part | None:
    number = _count(said["n"])
    if not 0 < number < 500:
        return None
    first = coming(now.date(), weekday(said["wd"])) + timedelta(days=7 * (number - 1))
    # Some count the one of this week, some don't.
    return Either(f"{number} {DAY_NAMES[weekday(said['wd'])]}s from now", (first, first + timedelta(days=7)))


def _beside(said: Said, now: datetime) -> Part | None:
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
    number = int(re.sub(r"\D", "", said.get("nth", "")) or _count(said.get("n", "1")))
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


def _first_of(said: Said, now: datetime) -> Part:
    """The first Monday of the new year, or of a year by its number."""
    first = date(int(said.get("year", now.year + 1)), 1, 1)
    found = _from(first - timedelta(days=1), 1, said)
    return Near(found) if found and found >= now.date() else Fault(words.YESTERDAY)


def _bank_holiday(said: Said, now: datetime) -> Part:
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


_ON = "[on|for]"
DATES = (
    *phrases(
        _dates, f"<every=every> {_ON} [the] <dates:date+>", "[on|for|at] [the] <dates:date+>",
        "[on|in|for] [the] <week=w/c|week commencing|week beginning|week starting|week of> [the]"
        " <dates:date>",
    ),
    *phrases(_week_ending, "[on] [the] (w/e|week ending) [the] <date>"),
    *phrases(
        _days_of_month, "<every=every> [on] [the] <days:nth+> of <months:month+>",
        "[on] [the] <days:dm+> [of] <months:month+> [<year>]",
    ),
    *phrases(_weekday_the, "[on] <wd:weekday> [,] [the] <day:nth>"),
    *phrases(_today, "<day=today|tomorrow|yesterday>", "[on] [the] <day=day after tomorrow>"),
    *phrases(_this_day, "[on] [the] <which=this|next> [coming] <wd:weekday>",
        "[on] [the] <which=coming> <wd:weekday>"),
    *phrases(
        _part_of_month, "[in] [the] <part=early|mid|late|middle of> [in] <month>",
        "[in|during] [the] <part=first week of|second week of|third week of|last week of> <month>",
    ),
    *phrases(_after_next, "[on] [the] <wd:weekday> after next"),
    *phrases(
        _in_week, "[on] <wd:weekday> [of|in] <which=next|this> week",
        "<which=next|this> week [,] [on] <wd:weekday>",
        "[in|during|for] <which=next|this> week", "[on] <wd:weekday> [of] [the] week <which=after next>",
        "[the] week <which=after next>",
    ),
    *phrases(
        _day_weeks, "[on] <day=today|tomorrow> <unit=week|fortnight>",
        "[on] <day:weekday> <unit=week|fortnight>",
        "[in] <n> <unit=week|weeks|fortnight|fortnights> (on|from|[from] next|this) <day:weekday>",
        "[in] <n> <unit=week|weeks|fortnight|fortnights> (from|on) <day=today|tomorrow>",
        "[in] <n> <unit=week|weeks|fortnight|fortnights> <day=today|tomorrow>",
        "<unit=fortnight> (on|from) <day:weekday>",
    ),
    *phrases(
        _in_units, "in <n> <unit:long> [time]", "<n> <unit:long> (from now|from today|hence)",
        "<n> <unit:long> from <since=tomorrow>", "<n> <unit=month|months|year|years> today",
        "<n> <unit=month|months|year|years> <since=tomorrow>",
    ),
    *phrases(
        _first_of, "[on] [the] <nth:nth> <wd:weekday> (of|in|after) [the] new year",
        "[on] [the] <nth:nth> <wd:weekday> (of|in) <year>",
    ),
    *phrases(
        _bank_holiday, "[on] [the] [next] [day] [<side=before|after>] [the] [next] (bank|public) holiday"
        " [<monday=monday>]",
    ),
    *phrases(_in_working_days, "in <n> (working|business) (day|days) [time]"),
    *phrases(_days_from_now, "[in] <n:number> <wd:weekdays> (from now|from today|time)"),
    *phrases(
        _beside, "[on] [the] <unit=day> <side=before|after> [the] <date>",
        "<n> <unit:long> <side=before|after> [the] <date>",
        "[the] [<n>] <working=working|business> <unit=day|days> <side=before|after> [the] <date>",
        "[on] [the] [<nth:nth>|last] <wd:weekday> <side=before|after> [the] <date>",
        "<n> <unit:long> <side=from> [the] <date>",
    ),
)  # fmt: skip
