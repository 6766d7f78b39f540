"""Phrases for the start and end of a week, month, quarter or year."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dialogs.recurrence.days import MONTH_NAMES, later, nth
from dialogs.recurrence.grammar.dates import month
from dialogs.recurrence.grammar.parts import Edge, Fault, Near, TimePart
from dialogs.recurrence.grammar.phrases import Said, phrases
from dialogs.wording import dates as words


def _edge(said: Said, now: datetime) -> TimePart | None:
    side = -1 if said["side"] in ("end", "close", "last") else 1
    unit, which = _OF_WHICH.sub("", said["unit"].rstrip("s")), said.get("which", "")
    if unit != said["unit"].rstrip("s"):
        which = "next"  # "the new financial year"
    edge = "end" if side < 0 else "start"
    if unit == "week":
        return _edge_of_week(side, which, now)
    if unit.startswith(("municipal", "academic", "school", "civic")):
        return Fault(words.OTHER_YEAR.format(kind=unit))
    if unit == "year":
        offers = (f"{edge} of every financial year", f"{edge} of every calendar year")
        return Fault(words.YEAR_END.format(edge=edge), offers)
    if which in ("this", "next"):
        length = {"month": 1, "quarter": 3}.get(unit, 12)
        begins = 4 if unit == "financial year" else 1
        past = (now.month - begins) % length
        first = later(now.date().replace(day=1), length * (which == "next") - past, "month")
        if side < 0:
            first = later(first, length - 1, "month")
        return Edge(side, f"{first.year}-{first.month}", False)
    return Edge(side, unit, which == "every" or "every" in said)


def _edge_of_week(side: int, which: str, now: datetime) -> TimePart:
    """The Monday or Friday of one week; of every week it has to be named."""
    if which not in ("this", "next", "the"):
        return Fault(words.WHICH_WEEKDAY, ("every Friday",) if side < 0 else ("every Monday",))
    monday = now.date() + timedelta(days=7 * (which == "next") - now.weekday())
    day = monday + timedelta(days=4 if side < 0 else 0)
    return Near(day) if day >= now.date() else Fault(words.YESTERDAY)


def _middle(said: Said, now: datetime) -> TimePart:
    return Fault(words.WHICH_MONTHDAY, ("on the 15th of every month",))


def _of_quarter(said: Said, now: datetime) -> TimePart:
    """ "In Q4": by the financial year that begins in April, or by the calendar?"""
    first = 3 * int(said["number"]) - 3
    financial, calendar = ([MONTH_NAMES[(first + shift + n) % 12] for n in range(3)] for shift in (3, 0))
    text = words.WHICH_QUARTER.format(
        number=said["number"], calendar=f"{calendar[0]} to {calendar[2]}",
        financial=f"{financial[0]} to {financial[2]}",
    )  # fmt: skip
    if "side" in said:
        place = 2 if said["side"] == "end" else 0
        return Fault(text, tuple(f"{said['side']} of {months[place]}" for months in (financial, calendar)))
    return Fault(text, tuple("in {}, {} and {}".format(*months) for months in (financial, calendar)))


def _edge_of_month(said: Said, now: datetime) -> TimePart:
    side = -1 if said["side"] == "end" else 1
    return Edge(side, f"{said.get('year', 0)}-{month(said['month'])}", "every" in said)


def _abbreviated(said: Said, now: datetime) -> TimePart | None:
    """EOW and EOM."""
    return _edge(
        {"side": "end", "unit": {"w": "week", "m": "month", "q": "quarter"}[said["end"][-1]], "which": "the"},
        now,
    )


def _before_end(said: Said, now: datetime) -> TimePart:
    """Working days before the end of a month: the end counts, or doesn't."""
    number, unit = said["n"], said.get("unit", "month")
    last = "last" if number == "1" else f"{nth(int(number))} last"
    spoken = f"{number} working {said['days']} before {unit} end"
    if not 0 < int(number) < 15:
        return Fault(words.WORKING_DAY_RANK)
    offers = (
        f"{nth(int(number) + 1)} last working day of every {unit}",
        f"{last} working day of every {unit}",
    )
    return Fault(words.MONTH_END_COUNTED.format(said=spoken), offers)


_OF_WHICH = re.compile(r"^(?:new|next) ")
_SO_MANY = "[on] [the] <n:number> (working|business) <days=day|days>"
_SIDE = "[on|at|by] [the] <side=start|beginning|end|close>"
EDGES = (
    *phrases(
        _edge, f"{_SIDE} of [the] <which=every|the|a|this|next> [full] <unit:period>",
        f"{_SIDE} of <unit:period>",
        "[at|by] <every=every> <unit:period> <side=end|start>", "[at|by] [the] <unit:period> <side=end>",
        "<every=every> <side=start|end> of [the] <unit:period>",
        "[on|by] [the] <side=1st|last> day of <which=this|next> <unit:period>",
    ),
    *phrases(
        _of_quarter, "(in|during|of|for) [the] q <number=1|2|3|4>",
        "[on|at|by|until] [the] <side=start|end> of q <number=1|2|3|4>",
    ),
    *phrases(
        _middle, "[in|at] [the] middle of (the|every|a) month", "[in|at] [the] mid [-] month",
    ),
    *phrases(_abbreviated, "[at|by|on] [the] <end=eow|eom|eoq>"),
    *phrases(
        _before_end, f"{_SO_MANY} before [the|every] <unit=month|quarter> end",
        f"{_SO_MANY} before [the] end of [the|every] <unit=month|quarter>",
    ),
    *phrases(
        _edge_of_month, f"{_SIDE} of <month> [<year>]", "<every=every> <side=end|start> of <month>",
    ),
)  # fmt: skip
