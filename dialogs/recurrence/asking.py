"""What can't be told from what was said, with answers to choose; and the day that a date means."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.recurrence.days import DAY_NAMES, Day, Named
from dialogs.recurrence.grammar.dates import full
from dialogs.recurrence.grammar.reading import Use
from dialogs.recurrence.meaning import TimeMeaning
from dialogs.wording import dates as words


class Ask(Exception):
    """The rule can't be told from what was said."""

    def __init__(
        self, text: str, *, missing: bool = False, offers: tuple[str, ...] = (), use: Use | None = None
    ) -> None:
        """``missing``: whether something wasn't said, rather than said so that it can't be done; ``offers``:
        words to choose, in the place of those of ``use``, or behind all where that is None."""
        self.text, self.missing, self.offers, self.use = text, missing, offers, use


def as_date(
    said: Day | Named | date,
    meaning: TimeMeaning,
    use: Use | None,
    before: str = "",
    first: date | None = None,
) -> date:
    """The day that is meant, from ``first`` (else today) on. ``before``: the words that go before it.

    Raises Ask where there is no such day, or where its weekday is another.
    """
    if isinstance(said, date):
        return said
    if isinstance(said, Day):
        wrong = said.fault()
        if wrong:
            raise Ask(wrong)
    found = said.on_or_after(first or meaning.now.date())
    if isinstance(said, Day) and said.weekday not in (-1, found.weekday()):
        step = (said.weekday - found.weekday() + 3) % 7 - 3
        other = found + timedelta(
            days=step if found + timedelta(days=step) > meaning.now.date() else step % 7
        )
        raise Ask(
            words.OTHER_WEEKDAY.format(
                date=words.long_date(found), real=DAY_NAMES[found.weekday()], said=DAY_NAMES[said.weekday]
            ),
            offers=tuple(f"{before}{full(day)}" for day in sorted((found, other))) if use else (), use=use,
        )  # fmt: skip
    return found
