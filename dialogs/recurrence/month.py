"""Days within a month, as an RFC 5545 rule says them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dialogs.recurrence.asking import Ask
from dialogs.recurrence.days import DAY_NAMES
from dialogs.recurrence.meaning import Strand
from dialogs.recurrence.rule import CODES, OffDays, numbers
from dialogs.wording import dates as words


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
