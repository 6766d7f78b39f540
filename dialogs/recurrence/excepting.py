"""Exceptions to a schedule, and a schedule that begins anew, or is but its next date, once it was changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice

from msgspec.structs import replace

from dialogs.recurrence.asking import Ask, as_date
from dialogs.recurrence.days import DAY_NAMES
from dialogs.recurrence.meaning import TimeMeaning
from dialogs.recurrence.month import to_come
from dialogs.recurrence.rule import CODES, Exceptions, Line, Recurrence, fault, nominals, parts
from dialogs.wording import dates as words


def excepting(schedule: Recurrence, meaning: TimeMeaning) -> Recurrence:
    """``schedule`` without the exceptions that were said. Raises Ask where one would take nothing away."""
    before = schedule.exceptions or Exceptions()
    weekdays, months, spans = set(before.weekdays), set(before.months), list(before.spans)
    for said, use in meaning.excepts:
        weekdays |= set(said.weekdays)
        months |= set(said.months)
        spans += said.spans
        start = min(line.start for line in schedule.lines).date()
        days = [
            as_date(day, meaning, use, "except ", start) if not isinstance(day, date) else day
            for day in said.days
        ]
        spans += [(day, day) for day in days]
        for exceptions in (
            *(Exceptions(weekdays=(day,)) for day in said.weekdays),
            *(Exceptions(months=(of,)) for of in said.months),
            *(Exceptions(spans=(span,)) for span in (*said.spans, *((day, day) for day in days))),
        ):  # fmt: skip
            if not _meets(schedule, exceptions):
                raise Ask(words.MEETS_NOTHING.format(what=_named(exceptions)), use=use)
    found = Exceptions(tuple(sorted(weekdays)), tuple(sorted(months)), tuple(sorted(set(spans))))
    if any(line.rule.startswith(("FREQ=MINUTELY", "FREQ=HOURLY")) for line in schedule.lines):
        raise Ask(words.OFTEN_EXCEPT)
    whole = _without_weekdays(schedule, found)
    if next(nominals(whole, min(line.start for line in whole.lines)), None) is None:
        raise Ask(words.NEVER)
    return begun_anew(whole, meaning.now, None)


def _without_weekdays(schedule: Recurrence, found: Exceptions) -> Recurrence:
    """Weekly rules simply leave out the days; others keep the exception."""
    codes = {CODES[day] for day in found.weekdays}
    rules = [parts(line.rule) for line in schedule.lines]
    days = [[day for day in rule.get("BYDAY", "").split(",") if day not in codes] for rule in rules]
    plain = all(
        rule.get("FREQ") == "WEEKLY" and "INTERVAL" not in rule and left
        for rule, left in zip(rules, days, strict=True)
    )
    if not codes or not plain:
        return replace(schedule, exceptions=found)
    said = [
        ";".join(f"{name}={value}" for name, value in (rule | {"BYDAY": ",".join(left)}).items())
        for rule, left in zip(rules, days, strict=True)
    ]
    rest = Exceptions((), found.months, found.spans)
    more = tuple(replace(line, rule=rule) for line, rule in zip(schedule.more, said[1:], strict=True))
    return replace(schedule, rule=said[0], more=more, exceptions=rest if rest != Exceptions() else None)


def begun_anew(schedule: Recurrence, now: datetime, first: date | None) -> Recurrence:
    """``schedule`` with each rule from its first date that is still to come, or from ``first`` on; intervals
    count from its old start, or from ``first``."""
    lines = [_line_begun(line, now, first) for line in schedule.lines]
    return replace(schedule, start=lines[0].start, more=tuple(lines[1:]))


def only_first(schedule: Recurrence, now: datetime) -> Recurrence:
    """What repeats, "just once"."""
    first = next(to_come(schedule, now), None)
    if first is None or not schedule.repeats:
        return schedule
    line = first.line
    single = replace(schedule, start=first.at, rule="", shift=line.shift, offset=line.offset, more=())
    return replace(single, until=None, count=0, exceptions=None)


def _line_begun(line: Line, now: datetime, first: date | None) -> Line:
    alone = Recurrence(line.start, line.rule, shift=line.shift, offset=line.offset)
    if not line.rule or fault(alone):
        return line
    named = parts(line.rule)
    if first and named["FREQ"] not in ("MINUTELY", "HOURLY"):
        named.pop("INTERVAL", None)
        alone = replace(alone, rule=";".join(f"{name}={value}" for name, value in named.items()))
    begin = next(nominals(alone, line.start) if first else to_come(alone, now), None)
    return replace(line, start=begin.at if begin else line.start)


def _meets(schedule: Recurrence, exceptions: Exceptions) -> bool:
    """Whether an exception takes anything away."""
    first = min(line.start for line in schedule.lines)
    if not exceptions.spans:
        return any(exceptions.hold(nominal.at.date()) for nominal in islice(nominals(schedule, first), 400))
    low, high = exceptions.spans[0]
    # What has moved there counts too.
    begin = datetime.combine(low - timedelta(days=5), time())
    found = next(nominals(schedule, max(begin, first)), None)
    return found is not None and found.at.date() <= high


def _named(exceptions: Exceptions) -> str:
    if exceptions.weekdays:
        return f"a {DAY_NAMES[exceptions.weekdays[0]]}"
    if exceptions.months:
        return f"{date(2000, exceptions.months[0], 1):%B}"
    low, high = exceptions.spans[0]
    return words.full_date(low) if low == high else f"{words.full_date(low)} to {words.full_date(high)}"
