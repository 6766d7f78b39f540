"""Phrases that tell whose clock and whose holidays count, what happens on days off, and quiet hours."""

from __future__ import annotations

from datetime import datetime, time

from dialogs.recurrence import zones
from dialogs.recurrence.grammar import clock
from dialogs.recurrence.grammar.parts import Conditions, Fault, TimePart
from dialogs.recurrence.grammar.phrases import MONTHS, WEEKDAYS, ReadPart, Said, phrases
from dialogs.recurrence.rule import OffDays
from dialogs.recurrence.working_days import Nation
from dialogs.wording import dates as words

_NATIONS: dict[str, Nation] = {
    "england and wales": "england", "england": "england", "english": "england", "wales": "wales",
    "welsh": "wales", "scotland": "scotland", "scottish": "scotland", "northern ireland": "northern-ireland",
    "northern - ireland": "northern-ireland", "northern irish": "northern-ireland", "ni": "northern-ireland",
}  # fmt: skip
_IN_NOBODYS_TIME = {
    "this", "that", "any", "same", "first", "last", "some", "what", "which", "one", "a", "the", "next", "at",
    "every", "in", "on", "by", "from", "of", "to", "time", "term",
}  # fmt: skip


def _zone(said: Said, now: datetime) -> TimePart | None:
    name = said["zone"].replace(" / ", "/")
    found = zones.named(name)
    if all(part in (*WEEKDAYS, *MONTHS) for part in name.split("/")):
        return None
    if name in ("gmt", "bst"):
        return Fault(words.GMT.format(said=name.upper()))
    if found:
        return Conditions(zone=found)
    if ("sure" not in said and "/" not in name) or " " in name or name in _IN_NOBODYS_TIME:
        return None
    return Fault(words.NO_SUCH_ZONE.format(name=name.title()))


def _own_zone(said: Said, now: datetime) -> TimePart:
    return Conditions(zone="")


def _nation(said: Said, now: datetime) -> TimePart:
    return Conditions(nation=_NATIONS[said["nation"]])


def _other_nation(said: Said, now: datetime) -> TimePart:
    return Fault(words.OTHER_NATION.format(said=said["whose"].title()))


def _off(policy: OffDays) -> ReadPart:
    def means(said: Said, now: datetime) -> TimePart:
        return Conditions(off_days=policy)

    return means


def _to_a_weekday(said: Said, now: datetime) -> TimePart:
    side, day = said.get("side", "after"), said["wd"].title()
    day = f"the {day} {side}" if "side" in said else day
    return Fault(words.TO_A_WORKING_DAY.format(day=day, side=side), (f"or the working day {side}",))


def _nearest(said: Said, now: datetime) -> TimePart:
    return Fault(words.TO_THE_NEAREST, ("or the working day before", "or the working day after"))


def _no_quiet(said: Said, now: datetime) -> TimePart:
    return Conditions(quiet="none")


def _quiet(said: Said, now: datetime) -> TimePart:
    begin, end = _at(said["a"]), _at(said["b"])
    if begin is None or end is None or begin == end:
        return Fault(words.QUIET_SAME)
    return Conditions(quiet=(begin, end))


def _at(said: str) -> time | None:
    read = clock.read(said)
    return time(read.hour, read.minute) if read and read.hour < 24 and read.minute < 60 else None


_DAY = f"[the] ({'|'.join(WEEKDAYS)})"
_HOLIDAYS = "[bank|public] (holiday|holidays)"
_OFF = f"[a|the|any|all] ({_HOLIDAYS}|weekend|weekends|day off|days off)"
_OFFS = f"{_OFF} [[,] [and|or] [on] {_OFF}] [[,] [and|or] [on] {_OFF}]"
_ON_OFFS = (
    f"(on|for|if|when|if it is|when it is|if it falls on|when it falls on|if that is|if its|when its"
    f"|(if|when) {_DAY} (is|falls on)) {_OFFS}"
)
_ON_OFF = f"[{_ON_OFFS}]"
_GOES = "[or|otherwise|else|but] [it] [goes|go|sent|send|moves|move|moved|brought|bring] [it] [out]"
_EARLIER = f"{_GOES} [to] [(a|1|the)] [working] (day earlier|day before|day early|earlier|forward)"
_LATER = f"{_GOES} [to] [(a|1|the)] [working] (day later|day after|later|back|next day)"
_MOVED = (
    f"[on {_OFFS} [,]] [or|otherwise|else] [it] [move|moves|moved|moving|brought|bring] [it] [forward|back]"
    " [to|on] [the]"
)
_NATION = f"<nation={'|'.join(sorted(_NATIONS, key=len, reverse=True))}>"
CONDITIONS = (
    *phrases(
        _to_a_weekday, f"{_GOES} [on] [the] <wd:weekday> [<side=before|after>] [instead] {_ON_OFFS}",
        f"{_ON_OFFS} [,] {_GOES} [on] [the] <wd:weekday> <side=before|after>",
    ),
    *phrases(_nearest, f"[,] [or] [on] [the] (nearest|closest) (working|business) day {_ON_OFF}"),
    *phrases(
        _own_zone,
        "[in|at|on] (every|everyones|everybodys|peoples|their|his|her) [person|recipient|persons|recipients]"
        " [own] [local] (time|times|clock|clocks|time zone|time zones)",
        "[in] local time",
    ),
    *phrases(
        _nation, f"[with|by|for|in|using|observing] [the] {_NATION} {_HOLIDAYS}", f"in {_NATION}",
        f"<open> {_NATION} <close>",
    ),
    *phrases(
        _off("skip"),
        "[but] (skip|skipping|skipped|except|excluding|no|not|never|leave out|leaving out|left out|omit|"
        "omitting|without|unless its|unless it is|unless it falls on|apart from|other than|bar)"
        f" [on|for] {_OFFS}",
    ),
    *phrases(
        _off("previous"), f"{_MOVED} (previous|preceding) (working|business) day {_ON_OFF}",
        f"{_MOVED} (working|business) day before {_ON_OFF}",
        f"{_EARLIER} {_ON_OFFS}", f"{_ON_OFFS} [,] {_EARLIER}",
    ),
    *phrases(
        _off("next"), f"{_MOVED} (next|following) (working|business) day {_ON_OFF}",
        f"{_MOVED} (working|business) day after {_ON_OFF}",
        f"{_LATER} {_ON_OFFS}", f"{_ON_OFFS} [,] {_LATER}",
    ),
    *phrases(
        _off("ignore"), f"(even|also|including|include|ignore|ignoring) [on] [if it is] [on] {_OFFS} [too]",
        f"[on] {_OFFS} (too|included|as well)", "whatever the day", "itself",
        f"even if (its|it is) [on] {_OFFS}",
    ),
    *phrases(_other_nation, f"(with|by|using|observing) <whose:word> {_HOLIDAYS}"),
    *phrases(_no_quiet, "[with|at|in] (no|ignoring|ignore|without|even in) quiet hours", "at any hour"),
    *phrases(_quiet, "[with] quiet [hours] [from|between] <a:clock> (to|until|and|-) <b:clock>"),
    *phrases(_zone, "[in|on|by] [the] <zone> <sure=time> [zone]", "<zone=utc|gmt|bst>", "[in] <zone:place>"),
)  # fmt: skip
