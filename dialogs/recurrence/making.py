"""Makes a schedule of what was heard, or asks for what is missing. Nothing is guessed in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from dialogs.recurrence import words
from dialogs.recurrence.english import DAY_NAMES, nth
from dialogs.recurrence.heard import Heard
from dialogs.recurrence.rule import QUIET, Recurrence, fault, nominals, parts

About = Literal["audience", "what", "day", "time", "when"]

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Question(NamedTuple):
    """Something to ask, in a plain sentence."""

    about: About
    """What an answer would tell; "when" for what has to be said differently."""
    text: str


class Made(NamedTuple):
    """A schedule, or why there is none yet."""

    schedule: Recurrence | None
    missing: tuple[Question, ...] = ()
    problems: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    """How something was taken that could be taken otherwise, to be shown before it is confirmed."""


class _Ask(Exception):
    """The rule can't be told from what was heard."""

    def __init__(self, text: str, *, missing: bool = False) -> None:
        self.text, self.missing = text, missing


def make(heard: Heard, zone: str) -> Made:
    """The schedule. ``zone``: the asker's IANA zone, which ``heard.now`` is in."""
    problems = [Question("when", text) for text in dict.fromkeys(heard.faults)]
    if heard.unknown:
        said = ", ".join(f"“{word}”" for word in heard.unknown[:5])
        problems.append(Question("when", words.NOT_UNDERSTOOD.format(words=said)))
    if problems:
        return Made(None, (), tuple(problems), tuple(heard.notes))
    missing = []
    try:
        rule = _rule(heard)
        sub_daily = rule.startswith(("FREQ=MINUTELY", "FREQ=HOURLY"))
        if heard.clock is None and heard.moment is None and not sub_daily:
            missing.append(Question("time", words.WHAT_TIME))
        # Where no time was said, any will do to find what else is wrong.
        schedule = _scheduled(heard, rule, heard.clock or time(0 if sub_daily else 12), zone)
        if rule or not missing:
            wrong = fault(schedule)
            problems += [Question("when", wrong)] if wrong else []
    except _Ask as ask:
        if ask.missing:
            later = Question("time", words.WHAT_TIME)
            return Made(
                None, (Question("day", ask.text), *([] if heard.clock else [later])), (), tuple(heard.notes)
            )
        return Made(None, (), (Question("when", ask.text),), tuple(heard.notes))
    if missing or problems:
        return Made(None, tuple(missing), tuple(problems), tuple(heard.notes))
    return Made(schedule, (), (), (*heard.notes, *_notes(schedule)))


# --- The rule ---------------------------------------------------------------------------------------


def _rule(heard: Heard) -> str:
    """The rule, empty for once."""
    if not heard.every and not heard.recurs:
        return ""
    number, unit = heard.every or (1, "week" if heard.weekdays else "year" if heard.months else "month")
    if unit == "minute" and number % 60 == 0:
        number, unit = number // 60, "hour"
    if unit == "hour" and number % 24 == 0:
        number, unit = number // 24, "day"
    if unit == "day" and number == 1 and heard.weekdays:
        unit = "week"
    build = {
        "minute": _often, "hour": _often, "day": _daily, "week": _weekly, "month": _monthly,
        "quarter": _quarterly, "year": _yearly,
    }[unit]  # fmt: skip
    return build(heard, number, unit)


def _often(heard: Heard, number: int, unit: str) -> str:
    if number * (1 if unit == "minute" else 60) >= 24 * 60:
        raise _Ask(words.LONG_HOURS)
    if _day_of_month(heard) or heard.months:
        raise _Ask(words.TWO_INTERVALS)
    return _joined("MINUTELY" if unit == "minute" else "HOURLY", number, BYDAY=_weekdays(heard))


def _daily(heard: Heard, number: int, unit: str) -> str:
    if _day_of_month(heard) or heard.weekdays or heard.dates:
        raise _Ask(words.TWO_INTERVALS)
    return _joined("DAILY", number, BYMONTH=_numbers(heard.months))


def _weekly(heard: Heard, number: int, unit: str) -> str:
    if _day_of_month(heard):
        raise _Ask(words.TWO_INTERVALS)
    first = _first_day(heard)
    if not heard.weekdays and first is None:
        raise _Ask(words.WHICH_WEEKDAY, missing=True)
    days = _weekdays(heard) or CODES[first.weekday() if first else 0]
    return _joined("WEEKLY", number, BYDAY=days, BYMONTH=_numbers(heard.months))


def _monthly(heard: Heard, number: int, unit: str) -> str:
    days = _day_of_month(heard)
    first = _first_day(heard)
    if not days and heard.weekdays:
        raise _Ask(words.WHICH_OF_MONTH.format(day=DAY_NAMES[heard.weekdays[0]]), missing=True)
    if not days and first is None:
        raise _Ask(words.WHICH_MONTHDAY, missing=True)
    days = days or {"BYMONTHDAY": str(first.day if first else 1)}
    return _joined("MONTHLY", number, **days, BYMONTH=_numbers(heard.months))


def _quarterly(heard: Heard, number: int, unit: str) -> str:
    first = _first_day(heard)
    if first is None and not _day_of_month(heard):
        raise _Ask(words.WHICH_QUARTERDAY, missing=True)
    if number > 1 or heard.months:
        return _monthly(heard, 3 * number, unit)
    begin = first.month if first else 1
    heard.months = sorted({(begin - 1 + step) % 12 + 1 for step in (0, 3, 6, 9)})
    return _monthly(heard, 1, unit)


def _yearly(heard: Heard, number: int, unit: str) -> str:
    days = _day_of_month(heard)
    first = heard.start or heard.on
    if heard.weekdays or len(heard.dates) > 1:
        raise _Ask(words.SEVERAL_DATES if heard.dates else words.WHICH_DATE, missing=not heard.dates)
    if heard.dates and not days:
        day = heard.dates[0]
        return _joined("YEARLY", number, BYMONTH=str(day.month), BYMONTHDAY=str(day.day))
    if days and heard.months:
        return _joined("YEARLY", number, BYMONTH=_numbers(heard.months), **days)
    if days.keys() == {"BYDAY"}:
        return _joined("YEARLY", number, **days)
    if first is None or days:
        raise _Ask(words.WHICH_DATE, missing=True)
    return _joined("YEARLY", number, BYMONTH=str(first.month), BYMONTHDAY=str(first.day))


def _day_of_month(heard: Heard) -> dict[str, str]:
    given = [bool(heard.numbered), bool(heard.monthdays), bool(heard.working)]
    if sum(given) > 1:
        raise _Ask(words.TWO_DATES)
    if heard.numbered:
        return {"BYDAY": ",".join(f"{rank}{CODES[day]}" for rank, day in dict.fromkeys(heard.numbered))}
    if heard.monthdays:
        return {"BYMONTHDAY": _numbers(heard.monthdays)}
    # The first working day is the first of the month, moved on; the last, the last moved back.
    return {"BYMONTHDAY": str(heard.working)} if heard.working else {}


def _first_day(heard: Heard) -> date | None:
    """The day from which something starts, where one was said."""
    return heard.start or heard.on or (heard.dates[0].on_or_after(heard.now.date()) if heard.dates else None)


def _joined(freq: str, interval: int, **named: str) -> str:
    every = {"FREQ": freq, "INTERVAL": str(interval) if interval > 1 else "", **named}
    return ";".join(f"{name}={value}" for name, value in every.items() if value)


def _weekdays(heard: Heard) -> str:
    return ",".join(CODES[day] for day in sorted(set(heard.weekdays)))


def _numbers(numbers: list[int]) -> str:
    return ",".join(str(number) for number in sorted(set(numbers), key=lambda one: (one < 0, one)))


# --- The schedule -----------------------------------------------------------------------------------


def _scheduled(heard: Heard, rule: str, clock: time, zone: str) -> Recurrence:
    if rule:
        start = _start(heard, rule, clock)
        until = heard.last_day(start.date())
    else:
        start, until = _once(heard, clock), None
        if heard.clock and start <= heard.now:
            raise _Ask(words.PAST.format(date=words.long_date(start), at=f"{start:%H:%M}"))
    off_days = heard.off_days or ("previous" if heard.working < 0 else "next")
    quiet = heard.quiet
    if quiet == "unsaid":
        # A time that somebody named outranks the quiet hours; one that merely comes round doesn't.
        asked_for = not rule.startswith(("FREQ=MINUTELY", "FREQ=HOURLY"))
        at_night = start.time() >= QUIET[0] or start.time() < QUIET[1]
        quiet = None if asked_for and at_night else QUIET
    clock_of = heard.zone if heard.zone is not None else zone if heard.moment else ""
    return Recurrence(
        start=start, rule=rule, zone=clock_of, nation=heard.nation or "england", off_days=off_days,
        until=until, count=heard.count, quiet=quiet,
    )  # fmt: skip


def _start(heard: Heard, rule: str, clock: time) -> datetime:
    """The first date of the rule: after now, or from the start that was said."""
    named = parts(rule)
    first = heard.start or heard.on or (heard.dates[0] if heard.dates and heard.dates[0].year else None)
    day = (
        first
        if isinstance(first, date)
        else first.on_or_after(heard.now.date())
        if first
        else heard.now.date()
    )
    begin = datetime.combine(day, clock)
    if named["FREQ"] not in ("MINUTELY", "HOURLY"):
        # "Every second Tuesday" starts with the very next one; the interval counts from there.
        named.pop("INTERVAL", None)
    series = Recurrence(begin, ";".join(f"{name}={value}" for name, value in named.items()))
    if fault(series):
        return begin
    after = begin - timedelta(minutes=1) if first else heard.now
    return next((one for one in nominals(series, after) if one > after), begin)


def _once(heard: Heard, clock: time) -> datetime:
    today = heard.now.date()
    if heard.until or heard.span or heard.count > 1:
        raise _Ask(words.ONCE_NEEDS_NO_END)
    if heard.moment:
        return heard.moment
    if heard.on and heard.weekdays in ([], [heard.on.weekday()]):
        return datetime.combine(heard.on, clock)
    if len(heard.dates) > 1 or len(heard.weekdays) > 1 or len(heard.monthdays) > 1:
        raise _Ask(words.EACH_OR_ONE)
    named = [
        heard.dates,
        heard.weekdays,
        heard.monthdays,
        heard.numbered,
        [heard.working] * bool(heard.working),
    ]
    if sum(map(bool, named)) > 1 or heard.on:
        raise _Ask(words.TWO_DATES)
    if heard.dates:
        return datetime.combine(heard.dates[0].on_or_after(today), clock)
    if heard.weekdays:
        return datetime.combine(heard.coming(heard.weekdays[0]), clock)
    days = _day_of_month(heard)
    if days and (len(heard.months) == 1 or (heard.monthdays and not heard.months)):
        rule = _joined("MONTHLY", 1, **days, BYMONTH=_numbers(heard.months))
        dates = nominals(Recurrence(datetime.combine(today, clock), rule), heard.now)
        return next((one for one in dates if one > heard.now), datetime.combine(today, clock))
    if days:
        raise _Ask(words.EACH_YEAR if heard.months else words.OF_EACH_MONTH, missing=True)
    raise _Ask(words.WHICH_DAY, missing=True)


# --- What has to be said of it ----------------------------------------------------------------------


def _notes(schedule: Recurrence) -> Iterator[str]:
    named = parts(schedule.rule)
    monthdays = [int(day) for day in named.get("BYMONTHDAY", "1").split(",")]
    months = [int(one) for one in named.get("BYMONTH", "0").split(",")]
    if named.get("FREQ") == "YEARLY" and months == [2] and monthdays == [29]:
        yield words.LEAP_YEARS
    elif named.get("FREQ") in ("MONTHLY", "YEARLY") and max(monthdays) > 28:
        short = [
            m for m in months if m == 0 or max(monthdays) > {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(m, 31)
        ]
        if short:
            yield words.SHORT_MONTHS.format(day=nth(max(monthdays)))
    fifth = next((day for day in named.get("BYDAY", "").split(",") if day.startswith("5")), None)
    if fifth:
        yield words.FOUR_ONLY.format(day=DAY_NAMES[CODES.index(fifth[1:])])
    if schedule.quiet is None and (schedule.start.time() >= QUIET[0] or schedule.start.time() < QUIET[1]):
        yield words.AT_NIGHT.format(at=f"{schedule.start:%H:%M}")
    weekend = {"SA", "SU"} & set(named.get("BYDAY", "").split(","))
    if weekend and schedule.off_days in ("next", "previous"):
        yield words.WEEKEND_MOVES
    if weekend and schedule.off_days == "skip":
        yield words.WEEKEND_SKIPPED
