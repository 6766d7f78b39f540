"""Phrases for times of day."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from dialogs.recurrence.days import later
from dialogs.recurrence.grammar.parts import (
    ClockPart,
    Fault,
    Half,
    Later,
    Moment,
    PartOfDay,
    TimePart,
    Times,
    Vague,
)
from dialogs.recurrence.grammar.phrases import Said, members, phrases
from dialogs.wording import dates as words

_HALVES: dict[str, Half] = {
    "morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night",
}  # fmt: skip
_VAGUE = {
    "1st thing": time(9), "start of play": time(9), "start of day": time(9), "start of the day": time(9),
    "lunchtime": time(12, 30), "lunch time": time(12, 30), "lunch": time(12, 30), "breakfast": time(8),
    "teatime": time(16), "tea time": time(16), "close of play": time(17), "cop": time(17), "cob": time(17),
    "end of play": time(17),
    "close of business": time(17), "end of day": time(17), "end of the day": time(17), "eod": time(17),
    "last thing": time(17), "mid morning": time(10, 30), "mid afternoon": time(15),
    "before lunch": time(11, 30), "after lunch": time(14), "before work": time(8, 30),
    "after work": time(17, 30), "dinner time": time(18), "home time": time(17), "elevenses": time(11),
    "early morning": time(8), "late morning": time(11), "early afternoon": time(13, 30),
    "late afternoon": time(16, 30), "early evening": time(18), "late evening": time(20),
}  # fmt: skip


_ANY = "[any time|anytime|some time|sometime|straight|right|just]"
"""What leaves a part of the day as it is: its hour is asked for in any case."""
_SOON = timedelta(minutes=5)


def read(said: str) -> ClockPart | None:
    """One time of day in the grammar's form: "9:30 am", "half past 9", "10 to 4"; None if it can't be one."""
    named = said.removeprefix("12 ")
    if named in ("noon", "midnight", "mid day", "mid - day"):
        return ClockPart(said, 0 if named == "midnight" else 12, 0, exact=True)
    said = said.replace(" - ", " ")
    spoken = re.fullmatch(r"(?:a )?(half|quarter|\d+)(?: minutes?)?(?: (past|to))? (\S+)((?: .+)?)", said)
    if spoken and (spoken[2] or spoken[1] == "half"):
        return _spoken(said, spoken)
    pair = re.fullmatch(r"(\d+) (?:oh )?(\d+)((?: .+)?)", said)
    if pair:
        return _halved(said, int(pair[1]), int(pair[2]), pair[3].strip())
    single = re.fullmatch(r"(\d{1,2})[:.h](\d\d)(?::00)?((?: .+)?)", said)
    if single:
        return _halved(said, int(single[1]), int(single[2]), single[3].strip(), said[0] == "0")
    four = re.fullmatch(r"(\d{1,2})(\d\d)((?: hours| h| am| pm)?)", said)
    if four:
        return _halved(
            said, int(four[1]), int(four[2]), four[3].strip(), len(four[1]) == 2 and four[1] < "24"
        )
    bare = re.fullmatch(r"(\d{1,2})((?: .+)?)", said)
    return (
        _halved(said, int(bare[1]), 0, bare[2].strip(), bare[1][0] == "0" and len(bare[1]) == 2)
        if bare
        else None
    )


def _spoken(said: str, spoken: re.Match[str]) -> ClockPart | None:
    whole = read(f"{spoken[3]}{spoken[4]}")
    if whole is None or whole.hour > 23 or whole.minute:
        return None
    by = {"half": 30, "quarter": 15}.get(spoken[1]) or int(spoken[1])
    if by > 59:
        return None
    minutes = (whole.hour * 60 + (-by if spoken[2] == "to" else by)) % (24 * 60)
    hour = minutes // 60
    if not whole.exact and spoken[2] == "to" and whole.hour == 1:
        hour = 12
    return ClockPart(said, hour, minutes % 60, whole.exact)


def _halved(said: str, hour: int, minute: int, half: str, exact: bool = False) -> ClockPart:
    half = half.replace(" ", "").replace("oclockam", "am").replace("oclockpm", "pm")
    if half in ("am", "pm"):
        if half == "pm" and 13 <= hour <= 23:
            return ClockPart(said, hour, minute, exact=True)
        if not 1 <= hour <= 12:
            return ClockPart(said, 99, minute)
        return ClockPart(said, hour % 12 + 12 * (half == "pm"), minute, exact=True)
    return ClockPart(said, hour, minute, exact or half in ("hours", "h") or hour > 12 or hour == 0)


def _times(said: Said, now: datetime) -> TimePart | None:
    if "sure" in said:
        said = {"at": "at", "times": said["sure"]}
    clocks = [read(member) for member in members(said["times"], "clock")]
    if not clocks or None in clocks:
        return None
    known = [clock for clock in clocks if clock]
    if re.search(r"\bor\b", said["times"]):
        return Fault(words.ONE_OR_OTHER.format(said=said["times"]))
    sure = bool(re.search(r"[:.h]|\d{3}|[a-z]{2}", re.sub(r"\b(?:and|the|at)\b", "", said["times"])))
    if not said.get("at") and re.fullmatch(r"20[2-9]\d", said["times"]):
        return None
    if "half" in said:
        return Times(tuple(_in(_HALVES[said["half"]], clock) for clock in known))
    # Of "9 and 14:00" one tells that the other is a time too.
    return Times(tuple(known), sure or "at" in said)


def _in(half: Half, clock: ClockPart) -> ClockPart:
    """A clock with its part of the day: 3 in the afternoon is 15:00."""
    if clock.exact or clock.hour > 12:
        return clock
    hour = clock.hour
    if half in ("afternoon", "evening") or (half == "night" and hour >= 6):
        hour += 12 * (hour < 12)
    if half in ("morning", "night") and hour == 12:
        hour = 0 if half == "night" else 12
    return clock._replace(hour=hour, exact=True)


def in_half(half: Half, clock: ClockPart) -> ClockPart | None:
    """``clock`` in a part of the day; None where it isn't in that part."""
    meant = _in(half, clock)
    first, last = {"morning": (0, 12), "afternoon": (12, 19), "evening": (16, 24), "night": (18, 24)}[half]
    early = half == "night" and meant.hour < 5 and clock.exact
    return meant if first <= meant.hour < last or early else None


def _half(said: Said, now: datetime) -> TimePart:
    half = said.get("half", "evening")
    return PartOfDay(_HALVES[half.rstrip("s")], "every" in said or half.endswith("s"), "this" in said)


def _vague(said: Said, now: datetime) -> TimePart:
    return Vague(said["vague"], _VAGUE[said["vague"].replace("- ", "")])


def _close(said: Said, now: datetime) -> TimePart:
    return Vague(said["vague"], _VAGUE["close of play"])


def _about(said: Said, now: datetime) -> TimePart:
    said_so = f"{said.get('about', 'about')} {said['times']}"
    return Fault(words.ABOUT_WHEN.format(said=said_so), (f"at {said['times']}",))


def _span(said: Said, now: datetime) -> TimePart:
    """ "Between 2 and 4": its beginning is offered."""
    half = next((half for half in ("am", "pm") if said["b"].endswith(half)), "")
    half = "" if re.search(r"[ap]m", said["a"]) else half
    return Fault(words.ABOUT_WHEN.format(said=f"{said['a']} to {said['b']}"), (f"at {said['a']}{half}",))


def _within(said: Said, now: datetime) -> TimePart:
    span = " ".join(said[name] for name in ("n", "w", "unit") if name in said)
    return Fault(words.ABOUT_WHEN.format(said=f"within {span}"), (f"in {span}",))


def _few(said: Said, now: datetime) -> TimePart:
    unit = said["unit"]
    number = 15 if unit == "minutes" else 3
    return Fault(words.ABOUT_WHEN.format(said=f"in a few {unit}"), (f"in {number} {unit}",))


def _soon(said: Said, now: datetime) -> TimePart:
    return Fault(words.ABOUT_WHEN.format(said=said["said"]), ("in an hour",))


def _before_clock(said: Said, now: datetime) -> TimePart | None:
    """ "Half an hour before noon"."""
    clock, minutes = read(said["clock"]), _minutes(said["n"], said["unit"])
    if clock is None or clock.hour > 23 or not 0 < minutes < 12 * 60:
        return None
    at = clock.hour * 60 + clock.minute + (-minutes if said["side"] == "before" else minutes)
    if not 0 <= at < 24 * 60:
        return None
    spoken = f"{said['n']} {said['unit']} {said['side']} {said['clock']}"
    return Times((ClockPart(spoken, at // 60, at % 60, clock.exact),))


def _in_time(said: Said, now: datetime) -> TimePart | None:
    now = now.replace(second=0, microsecond=0)
    number, half, unit = said["n"], "half" in said, said["unit"].rstrip("s")
    unit = "hour" if unit == "h" else unit
    count = {"a": 1, "an": 1, "a couple of": 2, "a couple": 2}.get(number) or (
        int(number) if number.isdecimal() else 0
    )
    if not count and not number.startswith("half"):
        return None
    minutes = (30 if number.startswith("half") else count * 60) if unit == "hour" else count
    if minutes > 60 * 24 * 200 or (unit == "minute" and number.startswith("half")):
        return Fault(words.START_FAR)
    more = int(said.get("more", 0)) + round(60 * float(f"0.{said.get('tenths', 0)}"))
    return Moment(now + timedelta(minutes=minutes + 30 * half + more))


def _quarters(said: Said, now: datetime) -> TimePart:
    minutes = {"3": 45, "1/2": 30, "3/4": 45}.get(said.get("part", ""), 15)
    return Moment(now.replace(second=0, microsecond=0) + timedelta(minutes=minutes))


def _this_time(said: Said, now: datetime) -> TimePart:
    if "when" in said:
        unit = said["when"].removeprefix("next ")
        return Moment(datetime.combine(later(now.date(), 1, unit), time(now.hour, now.minute)))
    return Times((ClockPart(f"{now:%H:%M}", now.hour, now.minute, exact=True),))


def _now(said: Said, now: datetime) -> TimePart:
    """Not at this moment, as whoever asks looks at the draft first."""
    at = now.replace(second=0, microsecond=0) + _SOON
    return Moment(at, words.NOT_AT_ONCE)


def _minutes(number: str, unit: str) -> int:
    """How many minutes "half an" hour or "2" days are; 0 for what counts nothing."""
    count = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5, "a couple of": 2}.get(number)
    count = count or (float(number) if number.isdecimal() else 0)
    return int(count * {"minute": 1, "hour": 60, "day": 1440, "week": 10080}.get(unit.rstrip("s"), 0))


def _how_much_later(said: Said, now: datetime) -> TimePart | None:
    minutes = _minutes(said["n"], said["unit"])
    return Later(-minutes if said["way"] in ("earlier", "before") else minutes) if minutes else None


def _day_later(said: Said, now: datetime) -> TimePart:
    return Later(-1440 if said["way"] == "before" else 1440)


CLOCK = (
    *phrases(
        _in_time,
        "in <n> <unit=minute|minutes|hour|hours|h> [and a <half=half>] [time]",
        "<n> <unit=minute|minutes|hour|hours> (from now|hence)",
        "in <n> and a <half=half> <unit=hour|hours>",
        "in <n> <unit=hour|hours> [and] <more:number> minutes",
        "in <n> . <tenths:number> <unit=hour|hours|h>",
    ),
    *phrases(
        _quarters, "in <part=3> quarters of an hour", "in [a] quarter of an hour",
        "in <part=1/2|1/4|3/4> [of] [an] (hour|hours|h)",
    ),
    *phrases(
        _times, "[<at=at>] [the] <times:clock+> (in the|at) <half=morning|afternoon|evening|night>",
        "<at=at|from|for> <times:clock+>", "<times:clock+>", "[at] <sure:soon>",
    ),
    *phrases(
        _half, f"{_ANY} [in|on|during] [the] <half=morning|afternoon|evening|night|mornings|afternoons|"
        "evenings|nights>", "[on] the <half=morning|afternoon|evening|night> of",
        "<this=this> <half=morning|afternoon|evening>", "<this=tonight>",
        "<every=every> <half=morning|afternoon|evening|night>",
    ),
    *phrases(
        _vague,
        f"{_ANY} [by|at|for|about|around|in|during] [the] "
        f"<vague={'|'.join(_VAGUE)}|mid - morning|mid - afternoon>",
    ),
    *phrases(_close, "(by|at) [the] <vague=close>"),
    *phrases(_about, "<about=about|around|roughly|approximately> <times:clock>",
        "<about=before|after|by> <times:clock>", "[<about=about|around>] [at] <times:clock> [-] ish"),
    *phrases(_span, "[from] [between] <a:clock> (-|to|and|until) <b:clock>"),
    *phrases(_before_clock, "[at] <n> <unit=minute|minutes|hour|hours> <side=before|after> <clock>"),
    *phrases(_within, "within [the] [next] <n> [<w=working|business>] <unit=day|days|hour|hours|week|weeks>"),
    *phrases(_few, "in [a] few <unit=minutes|hours|days|weeks|months>"),
    *phrases(_soon, "<said=in a bit|in a while|in a moment|soon|shortly|later|later on|sometime>"),
    *phrases(_this_time, "[at] this time [<when=next week|next month|next year>]"),
    *phrases(_now, "[right|just] <p=now>", "<p=immediately|straight away|straightaway|at once|asap>"),
    *phrases(
        _how_much_later,
        "[by] <n> <unit=minute|minutes|hour|hours|day|days|week|weeks> <way=later|earlier>",
    ),
    *phrases(_day_later, "the day <way=after|before>"),
)  # fmt: skip
