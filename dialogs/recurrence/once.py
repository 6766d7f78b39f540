"""The one date that a strand names where it doesn't repeat, or the few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from dialogs.recurrence.asking import Ask, as_date
from dialogs.recurrence.days import DAY_NAMES, Named, coming
from dialogs.recurrence.grammar.dates import full
from dialogs.recurrence.grammar.reading import Use
from dialogs.recurrence.meaning import Strand, TimeMeaning
from dialogs.recurrence.month import BEGUN, in_month, offset_of, to_come
from dialogs.recurrence.rule import Line, OffDays, Recurrence, joined, numbers
from dialogs.recurrence.working_days import why_off
from dialogs.wording import dates as words

_Once = tuple[date, int, OffDays | None, int]
"""A day, its shift, what becomes of it on a day off, and its offset."""


def once(strand: Strand, meaning: TimeMeaning, first: date | None, at: time) -> Iterator[Line]:
    """The dates of a strand that doesn't repeat. ``first``: the first day that was said. Raises Ask."""
    now = meaning.now
    if strand.moment:
        if meaning.start or strand.clocks:
            raise Ask(words.TWO_TIMES if strand.clocks else words.TWO_DATES)
        yield Line(strand.moment)
        return
    if meaning.within and not strand.has_days and not strand.months:
        raise Ask(words.EACH_DAY_OF, missing=True, offers=("every day",))
    if meaning.start:
        missing = not strand.has_days and not strand.months
        raise Ask(words.WHICH_DAY if missing else words.ONCE_NEEDS_NO_END, missing=missing)
    use = strand.uses[0] if len(strand.uses) == 1 else None
    days = [*strand.near, *(as_date(day, meaning, use) for day in strand.dates)]
    found: list[_Once] = [(day, 0, None, 0) for day in days]
    for day, shift, off, offset in found or _one_day(strand, meaning, first, at):
        if strand.commencing and day.weekday():
            monday = day - timedelta(days=day.weekday())
            text = words.NOT_A_MONDAY.format(date=words.full_date(day))
            raise Ask(text, offers=(full(monday), full(day)), use=use)
        start = datetime.combine(day, at)
        if strand.clocks and start <= now and not shift:
            text = words.PAST.format(date=words.long_date(start), at=f"{start:%H:%M}")
            offers = ("tomorrow",) if day == now.date() and use else ()
            raise Ask(text, offers=offers, use=use)
        named = next((date for date in strand.dates if isinstance(date, Named)), None)
        if named and meaning.off_days is None and why_off(day, meaning.nation or "england"):
            _named_holiday(named, day, meaning, use)
        yield Line(start, "", off, shift, offset)


def _named_holiday(named: Named, day: date, meaning: TimeMeaning, use: Use | None) -> None:
    """A day off that was named is asked about: on the day itself, or on the next working day?"""
    after = day
    while why_off(after, meaning.nation or "england"):
        after += timedelta(days=1)
    text = words.HOLIDAY_NAMED.format(
        name=named.name.title(), date=words.full_date(day), after=words.short_date(after)
    )
    raise Ask(text, offers=(f"{full(day)} including bank holidays and weekends", full(after)), use=use)


def _one_day(strand: Strand, meaning: TimeMeaning, first: date | None, at: time) -> Iterator[_Once]:
    now, today = meaning.now, meaning.now.date()
    if strand.week:
        if not strand.weekdays:
            raise Ask(words.WHICH_WEEKDAY, missing=True)
        for weekday in strand.weekdays:
            yield strand.week + timedelta(days=weekday), 0, None, 0
    elif strand.weekdays and strand.months:
        raise Ask(words.WHICH_OF_MONTH.format(day=DAY_NAMES[strand.weekdays[0]]), missing=True)
    elif strand.weekdays:
        yield _coming(strand, meaning, at), 0, None, 0
    elif not strand.has_days and not strand.months and strand.clocks:
        passed = datetime.combine(today, at) <= now
        if passed and (at == time(0) or all(clock.exact for clock in strand.clocks)):
            meaning.notes.append(words.TOMORROW.format(date=words.full_date(today + timedelta(days=1))))
            today += timedelta(days=1)
        elif passed:
            raise Ask(words.PAST.format(date=words.long_date(today), at=f"{at:%H:%M}"), offers=("tomorrow",))
        yield today, 0, None, 0
    elif not strand.has_days:
        raise Ask(words.WHICH_MONTHDAY if strand.months else words.WHICH_DAY, missing=True)
    elif len(strand.months) > 1:
        raise Ask(words.EACH_YEAR, missing=True)
    elif not strand.months and not strand.monthdays:
        raise Ask(words.OF_EACH_MONTH, missing=True, offers=("of every month",))
    else:
        yield from _in_one_month(strand, meaning, first, at)


def _coming(strand: Strand, meaning: TimeMeaning, at: time) -> date:
    weekday, today = strand.weekdays[0], meaning.now.date()
    following = coming(today, weekday)
    if weekday == today.weekday() and strand.clocks and datetime.combine(today, at) > meaning.now:
        said = DAY_NAMES[weekday]
        text = words.EITHER_DAY.format(said=said, first=words.TODAY, second=words.short_date(following))
        raise Ask(text, offers=("today", full(following)), use=strand.uses[0])
    return following


def _in_one_month(strand: Strand, meaning: TimeMeaning, first: date | None, at: time) -> Iterator[_Once]:
    """The days within the first month that has any of them still to come."""
    today, apart = meaning.now.date(), timedelta(days=strand.offset)
    begin = first or (date(strand.year, strand.months[0], 1) + apart if strand.year else today)
    after = meaning.now if begin <= today else datetime.combine(begin, time())
    found = dict[_Once, tuple[int, int]]()
    for days, off, shift in in_month(strand, None, "month"):
        rule = joined("MONTHLY", 1, **days, BYMONTH=numbers(strand.months))
        start = datetime.combine(begin, at) - BEGUN * (shift > 0)
        offset = offset_of(strand, shift)
        alone = Recurrence(start, rule, shift=shift, offset=offset)
        few = islice(to_come(alone, after), len(strand.monthdays) + len(strand.ranked) or 1)
        for nominal in few:
            base = nominal.at - timedelta(days=offset)
            day = (nominal.at.date(), shift, strand.off_days if apart else off, offset * bool(shift))
            found[day] = (base.year, base.month)
    of_month = min(found.values(), default=(0, 0))
    if not found or (strand.year and of_month[0] != strand.year):
        raise Ask(words.NEVER if begin > today else words.YESTERDAY)
    yield from (day for day, month in found.items() if month == of_month)
