"""Phrases that tell how often, and on which days of the week, month, quarter or year."""

from __future__ import annotations

import re
from datetime import datetime

from dialogs.recurrence.days import DAY_NAMES, later, nth
from dialogs.recurrence.grammar.dates import month, weekday
from dialogs.recurrence.grammar.edges import EDGES
from dialogs.recurrence.grammar.parts import (
    BeforeDay,
    Every,
    Fault,
    MonthDays,
    Months,
    Of,
    Ranked,
    Several,
    TimePart,
    Weekdays,
    WorkingDays,
)
from dialogs.recurrence.grammar.phrases import NTH, Said, members, phrases
from dialogs.recurrence.rule import SHORTEST
from dialogs.wording import dates as words

_ADVERBS = {
    "hourly": (1, "hour"), "daily": (1, "day"), "nightly": (1, "day"), "weekly": (1, "week"),
    "fortnightly": (2, "week"), "monthly": (1, "month"), "quarterly": (1, "quarter"), "annually": (1, "year"),
    "half annually": (6, "month"), "every half year": (6, "month"), "every half hour": (30, "minute"),
    "every quarter of an hour": (15, "minute"),
}  # fmt: skip
_WORKDAYS = (0, 1, 2, 3, 4)


def ranks(said: str) -> tuple[int, ...]:
    """The ranks of a list: 1 for the first, -1 for the last."""
    found = []
    for member in members(said, "rank"):
        if member in ("last", "final"):
            found.append(-1)
        elif "last" in member or member == "penultimate":
            found.append(-int(member[0]) if member[0].isdecimal() else -2)
        else:
            found.append(int(member[:-2]))
    return tuple(found)


def _number(said: str) -> int:
    if said in ("other", "alternate"):
        return 2
    return {"a": 1, "an": 1, "a couple of": 2}.get(said) or int(re.sub(r"\D", "", said) or 0)


def _every(said: Said, now: datetime) -> TimePart | None:
    given = said.get("n") or said.get("nth") or "1"
    number, unit = _number(given), said["unit"].rstrip("s")
    if given.startswith("half") or given == "a few":
        return None
    if number == 0:
        return Fault(words.EVERY_NONE)
    if number > 9999:
        return Fault(words.LONG_INTERVAL)
    return Every(number * 2, "week") if unit == "fortnight" else Every(number, unit)


def _adverb(said: Said, now: datetime) -> TimePart:
    return Every(*_ADVERBS[said["adverb"]])


def _ly(said: Said, now: datetime) -> TimePart:
    unit = {"weekly": "week", "monthly": "month", "annually": "year"}[said["adverb"]]
    number = 6 if said["n"] == "half" else int(said["n"])
    return Every(number, "month" if said["n"] == "half" else unit) if number else Fault(words.EVERY_NONE)


def _seconds(said: Said, now: datetime) -> TimePart:
    return Fault(words.TOO_OFTEN.format(limit=words.minutes(SHORTEST)))


def _every_second(said: Said, now: datetime) -> TimePart:
    return Fault(words.EVERY_SECOND)


def _several_a(said: Said, now: datetime) -> TimePart | None:
    number = {"twice": 2}.get(said["many"]) or int(said["many"])
    unit = {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year"}
    spoken = " ".join(said[name] for name in ("many", "times", "per", "unit") if name in said)
    return Several(number, unit.get(said["unit"], said["unit"]), spoken)


def _two_meanings(said: Said, now: datetime) -> TimePart:
    word = said["adverb"]
    unit = "week" if "week" in word else "month" if "month" in word else "year"
    return Fault(
        words.TWO_MEANINGS.format(said=f"bi{word.removeprefix('bi')}", unit=unit), (f"every 2 {unit}s",)
    )


def _weekdays(said: Said, now: datetime) -> TimePart:
    if re.search(r"\bor\b", said["days"]):
        return Fault(words.ONE_OR_OTHER.format(said=said["days"].title()))
    given, days = said.get("n", ""), tuple(weekday(member) for member in members(said["days"], "weekdays"))
    several = any(member.endswith("days") for member in members(said["days"], "weekdays"))
    weeks = _number(given) if given else 0
    if weeks == 1 and given[-2:] == "st":
        return Ranked(tuple((1, day) for day in days), True)
    if weeks > 2 and given[-2:] in ("rd", "th", "nd"):
        day = DAY_NAMES[days[0]]
        offers = (f"every {weeks} weeks on {day}", f"{nth(weeks)} {day} of every month")
        # "of each month" behind it makes it plain, which only a look at the next words can tell.
        return (
            Weekdays(days, True, -weeks)
            if weeks < 6
            else Fault(words.EVERY_NTH.format(said=f"every {given} {day}"), offers[:1])
        )
    every = "every" in said or several or bool(given)
    return Weekdays(days, every, weeks, given in ("other", "alternate"))


def _next_few(said: Said, now: datetime) -> TimePart | None:
    """ "The next three Fridays"."""
    days, number = tuple(weekday(member) for member in members(said["days"], "weekdays")), int(said["n"][:4])
    return Weekdays(days, True, times=number) if number else None


def _range(said: Said, now: datetime) -> TimePart:
    first, last = weekday(said["a"]), weekday(said["b"])
    return Weekdays(tuple((first + step) % 7 for step in range((last - first) % 7 + 1)), True)


def _workdays(said: Said, now: datetime) -> TimePart:
    if "n" in said and _number(said["n"]) != 1:
        return Fault(words.EVERY_OTHER_WORKING_DAY)
    return Weekdays(_WORKDAYS, True)


def _weekends(said: Said, now: datetime) -> TimePart:
    return Weekdays((5, 6), True)


def _ranked(said: Said, now: datetime) -> TimePart | None:
    places = ranks(said["ranks"])
    if "every" in said and len(places) == 1 and places[0] > 1:
        return None
    if re.search(r"\bor\b", said["ranks"] + " " + said["days"]):
        return Fault(words.ONE_OR_OTHER.format(said=f"{said['ranks']} {said['days']}"))
    mixed = re.fullmatch(rf"({NTH}) and the (last|penultimate)", said["ranks"])
    if mixed:
        # "On the 1st and the last Friday": the 1st of the month, or the first Friday?
        day = said["days"].split()[0].title()
        offers = (f"{mixed[1]} and {mixed[2]} {day}", f"{mixed[1]} day and the {mixed[2]} {day}")
        return Fault(words.DAY_OR_RANK.format(said=f"{said['ranks']} {day}", nth=mixed[1], day=day), offers)
    if any(not -5 <= rank <= 5 or rank == 0 for rank in places):
        return Fault(words.NO_SUCH_RANK.format(said=said["ranks"]))
    days = [weekday(member) for member in members(said["days"], "weekdays")]
    return Ranked(tuple((rank, day) for rank in places for day in days), "every" in said)


def _first_few(said: Said, now: datetime) -> TimePart | None:
    """ "The first three working days", "the last two Fridays"."""
    number = int(said["n"][:3])
    if not 1 < number <= (5 if "wd" in said else 15):
        return None
    places = tuple(range(1, number + 1) if said["edge"] == "1st" else range(-number, 0))
    if "wd" in said:
        return Ranked(tuple((place, weekday(said["wd"])) for place in places), False)
    return WorkingDays(places, False) if "working" in said else MonthDays(places, False)


def _working(said: Said, now: datetime) -> TimePart:
    places = ranks(said["ranks"]) if "ranks" in said else (int(said["n"]),)
    mixed = re.fullmatch(rf"({NTH})(?: ,)? and the (last|penultimate)", said.get("ranks", ""))
    if mixed:
        # "On the 15th and the last working day": the 15th of the month, or its fifteenth working day?
        offers = tuple(f"{mixed[1]} {day} and the {mixed[2]} working day" for day in ("day", "working day"))
        text = words.DAY_OR_RANK.format(said=mixed[0], nth=mixed[1], day="working day")
        return Fault(text, offers)
    if any(not -15 <= rank <= 15 or rank == 0 for rank in places):
        return Fault(words.WORKING_DAY_RANK)
    return WorkingDays(places, "every" in said)


def _monthdays(said: Said, now: datetime) -> TimePart | None:
    if re.search(r"\bor\b", said["days"]):
        return Fault(words.ONE_OR_OTHER.format(said=said["days"]))
    days = tuple(int(number) for number in re.findall(r"\d+", said["days"]))
    wrong = next((day for day in days if not 1 <= day <= 31), None)
    if wrong is not None:
        return Fault(words.NO_SUCH_MONTHDAY.format(day=nth(wrong)))
    return MonthDays(days, "every" in said)


def _monthday_range(said: Said, now: datetime) -> TimePart | None:
    first, last = int(said["a"][:-2]), int(said["b"][:-2])
    return MonthDays(tuple(range(first, last + 1)), True) if 1 <= first < last <= 31 else None


def _last_day(said: Said, now: datetime) -> TimePart:
    return MonthDays(ranks(said["rank"]), "every" in said)


def _week_of_month(said: Said, now: datetime) -> TimePart:
    return Fault(words.WEEK_OF_MONTH.format(rank=said["rank"], unit=said["unit"]))


def _before_day(said: Said, now: datetime) -> TimePart | None:
    number = _number(said.get("n") or "1")
    day = int(said["day"][:-2])
    return BeforeDay(number, day) if 0 < number <= 15 and 2 <= day <= 31 else None


def _of(said: Said, now: datetime) -> TimePart:
    number = _number(said.get("n") or said.get("nth") or "1")
    return Of(number, said.get("unit", said["which"]).rstrip("s"), said["which"] == "every")


def _months(said: Said, now: datetime) -> TimePart:
    if re.search(r"\bor\b", said["months"]):
        return Fault(words.ONE_OR_OTHER.format(said=said["months"].title()))
    named = tuple(month(name) for name in members(said["months"], "month"))
    return Months(named, "every" in said, int(said.get("year", 0)))


def _next_month(said: Said, now: datetime) -> TimePart:
    first = later(now.date().replace(day=1), int(said["which"] == "next"), "month")
    return Months((first.month,), False, first.year)


_WORKING_DAY = "(weekday|week day|working day|work day|business day)"
_WORKING_DAYS = "(weekdays|week days|working days|work days|business days)"
RHYTHM = (
    *phrases(
        _every, "every <n> <unit:unit>", "every <nth> <unit:unit>", "every <unit:unit>",
        "[on] <n=alternate> <unit:unit>",
        "once (a|an|per|every|in a) <unit=hour|day|week|fortnight|month|quarter|year>",
        "once every <n> <unit:unit>",
    ),
    *phrases(_adverb, f"<adverb={'|'.join(_ADVERBS)}>", f"on a <adverb={'|'.join(_ADVERBS)}> basis"),
    *phrases(_ly, "<n=half> <adverb=annually>", "<n:number> <adverb=weekly|monthly|annually>"),
    *phrases(_seconds, "every [<n>] (seconds|secs|sec)"),
    *phrases(_every_second, "every 2nd"),
    *phrases(
        _several_a,
        "<many=twice> <per=a|an|per|every> <unit=hour|day|week|fortnight|month|quarter|year>",
        "<many=twice> <unit=daily|weekly|monthly|annually>",
        "<many:number> <times=times> <per=a|an|per|every> <unit=hour|day|week|fortnight|month|quarter|year>",
    ),
    *phrases(
        _two_meanings, "bi <adverb=weekly|monthly|annually|annual>",
        "<adverb=biweekly|bimonthly|biannually|biennially>",
    ),
    *phrases(
        _weekdays, "[on] every <n=other|alternate> <days:weekdays+>", "[on] every <n:nth> <days:weekdays+>",
        "[on] every <n:number> <days:weekdays+>", "[on] <n=alternate> <days:weekdays+>",
        "[on] <every=every and every|every single|every> [on] <days:weekdays+>",
        "[on|for|at] [a|either|both|all] [the] <days:weekdays+>",
    ),
    *phrases(_next_few, "[on|for|over] [the] next <n:number> <days:weekdays+>"),
    *phrases(
        _range, "[every] [on|from] <a:weekdays> (to|-|through|thru) <b:weekdays>",
        "every day <a:weekday> (to|-) <b:weekday>",
    ),
    *phrases(
        _workdays, f"every <n> {_WORKING_DAY}", f"every <n> {_WORKING_DAYS}", f"every {_WORKING_DAY}",
        f"[on] [all] [the] {_WORKING_DAYS}", "[on] <workday>",
    ),
    *phrases(_weekends, "every weekend", "[on|at] [the] weekends"),
    *phrases(
        _ranked, "<every=every> [on] [the] <ranks:rank+> <days:weekday+>",
        "[on|at|for|by] [the] <ranks:rank+> <days:weekdays+>",
    ),
    *phrases(
        _first_few, "[on] [the] <edge=1st|last> <n:number> <wd:weekdays>",
        "[on] [the] <edge=1st|last> <n:number> <working=working|business|work> days",
        "[on] [the] <edge=1st|last> <n:number> days",
    ),
    *phrases(
        _working, f"<every=every> [the] <ranks:rank+> ({_WORKING_DAY}|{_WORKING_DAYS})",
        f"[on|at|for|by] [the] <ranks:rank+> ({_WORKING_DAY}|{_WORKING_DAYS})",
        "[on] (wd|working day) [-] <n:number>",
    ),
    *phrases(
        _monthday_range, "[on|from] [the] <a:nth> (-|to|until|through) [the] <b:nth> of (the|every) month",
    ),
    *phrases(
        _monthdays, "<every=every> [on] [the] <days:nth+> [day|days]",
        "[on|for] [the] <days:nth+> [day|days]",
        "[on] day <days:number>", "<every=every> day <days:number>",
    ),
    *phrases(_week_of_month, "[on|in|during] [the] <rank> week (of|in) (the|every) <unit=month|quarter>"),
    *phrases(_last_day, "<every=every> [very] <rank> day",
        "[on|at|for|by] [the] [very] <rank=last|penultimate|final> day"),
    *EDGES,
    *phrases(
        _before_day, "[the] [<n:number>] (working|business) (day|days) before [the] <day:nth>",
        "[on] a working day before [the] <day:nth>",
    ),
    *phrases(
        _of, "(of|in|on|per) <which=every> [<n>] <unit:period>", "(of|in) <which=every> <nth> <unit:period>",
        "(of|in) <which=the|a> <unit:period>",
        "(of|in) <which=month|quarter>",
    ),
    *phrases(
        _months, "(of|in|during|on) <every=every> <months:month+>",
        "(of|in|during|throughout|through) <months:month+> [<year>]",
        "[just|only] (in|during) <months:month+> [only]", "<every=every> <months:month+>",
    ),
    *phrases(_next_month, "[of|in|during] [the] <which=next|this|current> month"),
)  # fmt: skip
