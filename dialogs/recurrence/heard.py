"""What has been heard of a sentence so far, before anybody makes a schedule of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from dialogs.recurrence import words
from dialogs.recurrence.english import Day, later
from dialogs.recurrence.rule import OffDays
from dialogs.recurrence.working_days import Nation

Unit = str
"""minute, hour, day, week, fortnight, month, quarter or year."""


@dataclass
class Heard:
    """Facts in the order of the sentence; a second, different one of a kind is a fault."""

    now: datetime
    """The asker's wall clock, without a zone."""
    every: tuple[int, Unit] | None = None
    """How often: (2, "week")."""
    recurs: bool = False
    """Whether "every" was said of a day."""
    weekdays: list[int] = field(default_factory=list)
    numbered: list[tuple[int, int]] = field(default_factory=list)
    """(1, 0) for the first Monday, (-1, 4) for the last Friday."""
    monthdays: list[int] = field(default_factory=list)
    """Days of the month; -1 is the last."""
    working: int = 0
    """1 for the first working day of a month, -1 for the last."""
    months: list[int] = field(default_factory=list)
    dates: list[Day] = field(default_factory=list)
    on: date | None = None
    """A day that was named from today: tomorrow, next Tuesday."""
    moment: datetime | None = None
    """An instant that was named from now: in two hours."""
    clock: time | None = None
    start: date | None = None
    until: date | Day | None = None
    span: tuple[int, Unit] | None = None
    count: int = 0
    zone: str | None = None
    """An IANA name; empty for each person's own."""
    nation: Nation | None = None
    off_days: OffDays | None = None
    quiet: tuple[time, time] | Literal["unsaid"] | None = "unsaid"
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Words that nothing was made of."""

    @property
    def strong(self) -> bool:
        """Whether this tells of time at all, beyond a word that could mean anything."""
        return bool(
            self.every or self.recurs or self.weekdays or self.numbered or self.monthdays or self.working
            or self.dates or self.on or self.moment or self.clock or self.faults
        )  # fmt: skip

    def coming(self, day: int) -> date:
        """The first such weekday after today."""
        today = self.now.date()
        return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)

    def often(self, number: int, unit: Unit) -> None:
        """It repeats every so many units."""
        number, unit = (number * 2, "week") if unit == "fortnight" else (number, unit)
        if self.every not in (None, (number, unit)):
            self.faults.append(words.TWO_INTERVALS)
        elif number == 0:
            self.faults.append(words.EVERY_NONE)
        else:
            self.every = (number, unit)

    def timed(self, clock: time) -> None:
        """It is sent at this time of day."""
        if self.clock not in (None, clock):
            self.faults.append(words.TWO_TIMES)
        self.clock = clock

    def on_day(self, day: date) -> None:
        """It is sent on this day."""
        if self.on not in (None, day):
            self.faults.append(words.TWO_DATES)
        self.on = day

    def ends(
        self, until: date | Day | None = None, span: tuple[int, Unit] | None = None, count: int = 0
    ) -> None:
        """It ends."""
        if self.until or self.span or self.count:
            self.faults.append(words.TWO_ENDS)
        if span and span[0] > 10_000:
            self.faults.append(words.FAR_END)
            return
        self.until, self.span, self.count = until, span, count

    def last_day(self, start: date) -> date | None:
        """The last day that the end allows for something that starts on ``start``."""
        if isinstance(self.until, Day):
            return self.until.on_or_after(start)
        if self.span:
            try:
                return later(later(start, *self.span), -1, "day")
            except (OverflowError, ValueError):
                return None
        return self.until
