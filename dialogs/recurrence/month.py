"""Days within a month, as an RFC 5545 rule says them, and those of them that are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dialogs.recurrence.asking import Ask
from dialogs.recurrence.days import DAY_NAMES
from dialogs.recurrence.meaning import Strand
from dialogs.recurrence.rule import CODES, Nominal, OffDays, Recurrence, nominals, numbers
from dialogs.recurrence.working_days import to_working_day
from dialogs.wording import dates as words

BEGUN = timedelta(days=31)
"""How long ago a month of which a working day is yet to come may have begun."""


def to_come(schedule: Recurrence, after: datetime) -> Iterator[Nominal]:
    """The times that the rules name which are sent after ``after``: of a month that has begun, a working day
    that is counted from its first may be yet to come."""
    since = after - BEGUN * any(line.shift > 0 for line in schedule.lines)
    for nominal in nominals(schedule, since):
        shift = nominal.line.shift
        first = nominal.at - timedelta(days=nominal.line.offset)
        days = to_working_day(first.date(), shift, schedule.nation) if shift else 0
        if (first + timedelta(days=days) if shift else nominal.at) > after:
            yield nominal


def offset_of(strand: Strand, shift: int) -> int:
    """How far behind the dates of its rule those of a strand are. An occurrence is known by its date, so
    several working days that are counted from one day are kept apart."""
    if shift and len(strand.working) > 1:
        return shift - 1 if shift > 0 else shift + 1
    return strand.offset


def in_month(
    strand: Strand, first: date | None, unit: str
) -> Iterator[tuple[dict[str, str], OffDays | None, int]]:
    """Days within a month, each with what becomes of its days off and its shift."""
    if strand.ranked:
        yield (
            {"BYDAY": ",".join(f"{rank}{CODES[day]}" for rank, day in dict.fromkeys(strand.ranked))},
            None,
            0,
        )
    elif strand.monthdays:
        yield {"BYMONTHDAY": numbers(strand.monthdays)}, strand.off_days, 0
    elif strand.working:
        for rank in strand.working:
            # The first working day is the first of the month, moved on; the last, the last moved back.
            off: OffDays | None = "previous" if rank == -1 else None
            yield {"BYMONTHDAY": "1" if rank > 0 else "-1"}, off, rank if abs(rank) > 1 else 0
    elif strand.before:
        yield {"BYMONTHDAY": str(strand.before.day - 1)}, None, -strand.before.working
    elif strand.weekdays:
        raise Ask(words.WHICH_OF_MONTH.format(day=DAY_NAMES[strand.weekdays[0]]), missing=True)
    elif first is not None:
        yield {"BYMONTHDAY": str(first.day)}, None, 0
    else:
        missing = {"month": words.WHICH_MONTHDAY, "quarter": words.WHICH_QUARTERDAY}
        raise Ask(missing.get(unit, words.WHICH_DATE), missing=True)
