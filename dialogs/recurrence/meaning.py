"""What a sentence says about when, in strands: each on some days, at some times, and so often."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from dialogs.recurrence.days import Day, Named
from dialogs.recurrence.grammar import parts as p
from dialogs.recurrence.grammar.reading import Use
from dialogs.recurrence.rule import OffDays
from dialogs.recurrence.working_days import Nation


@dataclass
class Strand:
    """One rhythm, as far as it was said."""

    every: p.Every | None = None
    """How often; its unit may also be quarter or financial year."""
    recurs: bool = False
    """Whether "every" was said of a day."""
    weekdays: tuple[int, ...] = ()
    weeks: int = 0
    """What "every second" was said of the weekdays: 2; below 0 where it could be one of a month too."""
    other: bool = False
    """Whether that was said as "every other"."""
    ranked: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    working: tuple[int, ...] = ()
    before: p.BeforeDay | None = None
    months: tuple[int, ...] = ()
    year: int = 0
    dates: tuple[Day | Named, ...] = ()
    near: tuple[date, ...] = ()
    either: p.Either | None = None
    week: date | None = None
    moment: datetime | None = None
    commencing: bool = False
    definite: p.Edge | None = None
    """The start or end of "the" month, where nothing has yet told whether that is one month or each."""
    offset: int = 0
    """How many days behind its days is meant; below 0 before them."""
    off_days: OffDays | None = None
    """What becomes of its days off, where its words tell: an end moves back."""
    clocks: tuple[p.ClockPart, ...] = ()
    half: p.Half | None = None
    each_half: bool = False
    uses: list[Use] = field(default_factory=list)
    """What was said of its days."""

    @property
    def has_days(self) -> bool:
        """Whether it says on which days."""
        return bool(
            self.weekdays or self.ranked or self.monthdays or self.working or self.before or self.dates
            or self.near or self.either or self.week or self.moment
        )  # fmt: skip

    @property
    def days(self) -> int:
        """How many days it names."""
        return sum(map(len, (self.weekdays, self.ranked, self.monthdays, self.working, self.dates)))

    @property
    def repeats(self) -> bool:
        """Whether it was said to come more than once."""
        return bool(self.every or self.recurs)


@dataclass
class TimeMeaning:
    """All that was said, in strands, and what holds for all of them."""

    now: datetime
    strands: list[Strand]
    start: p.Start | None = None
    within: p.Within | None = None
    end: p.End | None = None
    lasts: p.Lasts | None = None
    endless: bool = False
    """Whether it was said to have no end."""
    count: int = 0
    excepts: list[tuple[p.Except, Use]] = field(default_factory=list)
    zone: str | None = None
    nation: Nation | None = None
    off_days: OffDays | None = None
    quiet: tuple[time, time] | Literal["none"] | None = None
    later: int = 0
    vague: p.Vague | None = None
    adds: bool = False
    """Whether it began with "and" or "also"."""
    faults: list[tuple[p.Fault, Use | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    uses: tuple[Use, ...] = ()

    def use_of(self, part: object) -> Use | None:
        """Where a part was said."""
        return next((use for use in self.uses if use.part is part), None)


def share_rhythm(strands: list[Strand]) -> None:
    """ "1 April and 1 October each year": what is said behind the last is said of all."""
    last = strands[-1]
    if len(strands) > 1 and last.every and last.has_days:
        for strand in strands[:-1]:
            if not strand.repeats and strand.has_days and _kind(strand) == _kind(last):
                strand.every = last.every


def _kind(strand: Strand) -> str:
    return "week" if strand.weekdays else "near" if strand.near or strand.either or strand.moment else "month"
