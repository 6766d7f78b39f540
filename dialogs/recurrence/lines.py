"""Makes the RFC 5545 rules of one strand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from dialogs.recurrence.asking import Ask, as_date
from dialogs.recurrence.days import DAY_NAMES, Day, Named, apart, nth
from dialogs.recurrence.grammar.dates import full
from dialogs.recurrence.meaning import Strand, TimeMeaning
from dialogs.recurrence.month import BEGUN, in_month, offset_of, to_come
from dialogs.recurrence.once import once
from dialogs.recurrence.rule import CODES, Line, Recurrence, fault, joined, numbers, parts
from dialogs.wording import dates as words


def line_of(strand: Strand, meaning: TimeMeaning, first: date | None, at: time) -> list[Line]:
    """The rules of a strand at one of its times. ``first``: the first day that was said. Raises Ask."""
    if strand.either:
        offers = tuple(full(day) for day in strand.either.days)
        one_year = len({day.year for day in strand.either.days}) == 1
        shown = [(words.short_date if one_year else words.full_date)(day) for day in strand.either.days]
        text = words.EITHER_DAY.format(said=strand.either.said, first=shown[0], second=shown[1])
        raise Ask(text, offers=offers, use=strand.uses[-1])
    if strand.definite:
        edge = "end" if strand.definite.side < 0 else "start"
        which = "this" if edge == "end" else "next"
        before = apart(strand.offset)
        offers = (f"{before}{edge} of {which} month", f"{before}{edge} of every month")
        raise Ask(words.EDGE_OF_MONTH.format(edge=edge, which=which), offers=offers, use=strand.uses[-1])
    if strand.weeks < -1:
        number, day = -strand.weeks, DAY_NAMES[strand.weekdays[0]]
        offers = (f"every {number} weeks on {day}", f"{nth(number)} {day} of every month")
        raise Ask(
            words.EVERY_NTH.format(said=f"every {nth(number)} {day}"), offers=offers, use=strand.uses[0]
        )
    if strand.working and strand.recurs and strand.every is None and max(strand.working) > 1:
        # "Of each month" behind it would have made it plain.
        said = f"every {nth(max(strand.working))} working day"
        offer = f"{said.removeprefix('every ')} of every month"
        raise Ask(words.EVERY_NTH_WORKING_DAY.format(said=said), offers=(offer,), use=strand.uses[0])
    if strand.repeats or (len(strand.monthdays) > 1 and not strand.months):
        return list(_repeating(strand, meaning, first, at))
    return list(once(strand, meaning, first, at))


# --- Repeating ----------------------------------------------------------------------------------------


def _repeating(strand: Strand, meaning: TimeMeaning, first: date | None, at: time) -> Iterator[Line]:
    number, unit = _interval(strand)
    if unit == "day" and number == 1 and strand.weekdays:
        unit = "week"
    if strand.dates:
        yield from _dated(strand, meaning, first, at, number, unit)
        return
    if len(strand.near) > 1 or strand.moment or strand.week:
        raise Ask(words.TWO_INTERVALS)
    anchor = strand.near[0] if strand.near else None
    yield from _by_unit(strand, meaning, anchor, first, at, number, unit)


def _by_unit(
    strand: Strand, meaning: TimeMeaning, anchor: date | None, first: date | None, at: time, number: int,
    unit: str,
) -> Iterator[Line]:  # fmt: skip
    begin = anchor or first
    if unit in ("minute", "hour"):
        rule = _often(strand, number, unit)
        yield _begun(rule, at, meaning, begin)
    elif unit == "day":
        if strand.ranked or strand.monthdays or strand.working or strand.before:
            raise Ask(words.TWO_INTERVALS)
        yield _begun(joined("DAILY", number, BYMONTH=numbers(strand.months)), at, meaning, begin)
    elif unit == "week":
        if strand.ranked or strand.monthdays or strand.working or strand.before:
            raise Ask(words.TWO_INTERVALS)
        if not strand.weekdays and begin is None:
            raise Ask(words.WHICH_WEEKDAY, missing=True)
        days = _codes(strand.weekdays) or CODES[begin.weekday() if begin else 0]
        yield _begun(joined("WEEKLY", number, BYDAY=days, BYMONTH=numbers(strand.months)), at, meaning, begin)
    else:
        for within, off, shift in in_month(strand, begin, unit):
            rule, begin_at = _in_months(strand, meaning, within, begin, number, unit)
            rank = shift or (strand.working[0] if strand.working else 0)
            offset = offset_of(strand, shift)
            line = _begun(rule, at, meaning, begin_at, rank, offset)
            if meaning.off_days and strand.working:
                off, shift = None, rank
            yield Line(line.start, line.rule, strand.off_days if strand.offset else off, shift, offset)


def _interval(strand: Strand) -> tuple[int, str]:
    if strand.every is None:
        if strand.weekdays:
            return strand.weeks or 1, "week"
        return 1, "year" if strand.months or strand.dates else "month"
    number, unit = strand.every
    if unit == "week" and abs(strand.weeks) > 1:
        number = abs(strand.weeks)
    if unit == "minute" and number % 60 == 0:
        number, unit = number // 60, "hour"
    if unit == "hour" and number % 24 == 0:
        number, unit = number // 24, "day"
    return number, unit


def _often(strand: Strand, number: int, unit: str) -> str:
    if number * (1 if unit == "minute" else 60) >= 24 * 60:
        raise Ask(words.LONG_HOURS)
    if strand.ranked or strand.monthdays or strand.working or strand.before or strand.months or strand.half:
        raise Ask(words.TWO_INTERVALS)
    if len(strand.clocks) > 1:
        raise Ask(words.TWO_TIMES)
    if strand.near or (strand.weekdays and not strand.recurs):
        day = DAY_NAMES[strand.near[0].weekday() if strand.near else strand.weekdays[0]]
        offers = () if strand.near else (f"every {day}",)
        raise Ask(words.HOURS_OF_A_DAY.format(day=day), offers=offers, use=strand.uses[-1])
    return joined("MINUTELY" if unit == "minute" else "HOURLY", number, BYDAY=_codes(strand.weekdays))


def _in_months(
    strand: Strand, meaning: TimeMeaning, days: dict[str, str], first: date | None, number: int, unit: str
) -> tuple[str, date | None]:  # fmt: skip
    """The rule, and the day from which it begins."""
    months = strand.months
    if unit == "year":
        if months:
            return joined("YEARLY", number, BYMONTH=numbers(months), **days), first
        if days.keys() == {"BYDAY"}:
            return joined("YEARLY", number, **days), first
        if first is None or strand.monthdays or strand.working or strand.before:
            raise Ask(words.WHICH_DATE, missing=True)
        return joined("YEARLY", number, BYMONTH=str(first.month), **days), first
    if unit == "quarter":
        if number > 1 or len(months) > 1:
            number, unit = number * 3, "month"
        else:
            ends = [value.startswith("-") for value in next(iter(days.values())).split(",")]
            if any(ends) and not all(ends):
                raise Ask(words.TWO_INTERVALS)
            begin = months[0] if months else first.month if first else 3 if all(ends) else 1
            cycle = sorted((begin - 1 + step) % 12 + 1 for step in (0, 3, 6, 9))
            return joined("MONTHLY", 1, **days, BYMONTH=numbers(tuple(cycle))), first
    if number > 1 and months:
        # "Every six months on the first Monday of April": counted from that month.
        if len(months) > 1 or first:
            raise Ask(words.TWO_INTERVALS)
        today = meaning.now.date()
        return joined("MONTHLY", number, **days), Day(1, months[0], strand.year).on_or_after(
            today.replace(day=1)
        )
    return joined("MONTHLY", number, **days, BYMONTH=numbers(months)), first


def _dated(
    strand: Strand, meaning: TimeMeaning, first: date | None, at: time, number: int, unit: str
) -> Iterator[Line]:  # fmt: skip
    """Every year on a date, or every so often from a date on."""
    use = strand.uses[0] if len(strand.dates) == 1 else None
    months = number * {"month": 1, "quarter": 3}.get(unit, 0)
    if len(strand.dates) > 1 and months * len(strand.dates) == 12:
        # "Quarterly on 31 March, 30 June …": each of them once a year.
        number, unit = 1, "year"
    for day in strand.dates:
        if unit != "year":
            if first or len(strand.dates) > 1:
                raise Ask(words.TWO_DATES)
            begin = as_date(day, meaning, use)
            line = next(
                _by_unit(
                    Strand(every=strand.every, clocks=strand.clocks), meaning, begin, None, at, number, unit
                )
            )
            yield line
            continue
        if isinstance(day, Named):
            named = day.every_year()
            if named is None:
                raise Ask(words.MOVES_EACH_YEAR.format(name=day.name.title()))
        else:
            wrong = day.fault()
            if wrong or day.weekday >= 0:
                raise Ask(wrong or words.WEEKDAY_EACH_YEAR.format(day=DAY_NAMES[day.weekday]))
            named = {"BYMONTH": str(day.month), "BYMONTHDAY": str(day.day)}
        since = as_date(day, meaning, use) if isinstance(day, Day) and day.year else first
        yield _begun(joined("YEARLY", number, **named), at, meaning, since)


def _begun(
    rule: str, at: time, meaning: TimeMeaning, first: date | None, shift: int = 0, offset: int = 0
) -> Line:
    """A rule from its first date: after now, or from the day that was said."""
    begin = datetime.combine(first or meaning.now.date(), at)
    named = parts(rule)
    if named["FREQ"] not in ("MINUTELY", "HOURLY"):
        # "Every second Tuesday" starts with the very next one; the interval counts from there.
        named.pop("INTERVAL", None)
    plain = ";".join(f"{name}={value}" for name, value in named.items())
    series = Recurrence(begin - BEGUN * (shift > 0), plain, shift=shift, offset=offset)
    after = begin - timedelta(minutes=1) if first else meaning.now
    found = None if fault(series) else next(to_come(series, after), None)
    return Line(found.at if found else begin, rule)


def _codes(weekdays: tuple[int, ...]) -> str:
    return ",".join(CODES[day] for day in sorted(set(weekdays)))
