"""What phrases say: the parts of a schedule, before anybody makes one of them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal, NamedTuple

from dialogs.recurrence.days import Day, Named
from dialogs.recurrence.rule import OffDays
from dialogs.recurrence.working_days import Nation

Unit = str
"""minute, hour, day, week, month, quarter or year."""
Half = Literal["morning", "afternoon", "evening", "night"]


class ClockPart(NamedTuple):
    """A time of day as said."""

    said: str
    hour: int
    minute: int
    exact: bool = False
    """Whether it can only be meant on the 24-hour clock, or says morning or afternoon itself."""


class Times(NamedTuple):
    """One or more times of day."""

    clocks: tuple[ClockPart, ...]
    sure: bool = True
    """Whether it can only be a time: a bare "9" can be other things."""


class PartOfDay(NamedTuple):
    """Morning, afternoon, evening or night; ``every``: "mornings", "every evening"."""

    half: Half
    every: bool = False
    this_day: bool = False


class Vague(NamedTuple):
    """A time of day that names no hour: "first thing", "close of play"."""

    said: str
    offer: time


class Every(NamedTuple):
    """How often: (2, "week")."""

    number: int
    unit: Unit


class Several(NamedTuple):
    """ "Twice a month": each of so many days has to be named."""

    number: int
    unit: Unit
    said: str


class Weekdays(NamedTuple):
    """Days of the week, 0 for Monday."""

    days: tuple[int, ...]
    every: bool
    weeks: int = 0
    """2 for every second one; 0 where it isn't said."""
    other: bool = False
    """Whether it was said as "every other" or "alternate", which can't be the second of a month."""
    times: int = 0
    """How many of each: "the next three Fridays"; 0 where it isn't said."""


class Ranked(NamedTuple):
    """(1, 0) for the first Monday, (-1, 4) for the last Friday."""

    days: tuple[tuple[int, int], ...]
    every: bool
    offset: int = 0
    """How many days behind them is meant: -7 for a week before."""


class MonthDays(NamedTuple):
    """Days of the month; -1 is the last."""

    days: tuple[int, ...]
    every: bool
    offset: int = 0


class WorkingDays(NamedTuple):
    """Working days of a month: 1 the first, -1 the last."""

    ranks: tuple[int, ...]
    every: bool


class Edge(NamedTuple):
    """The start (1) or end (-1) of a month, quarter, year or financial year."""

    side: int
    unit: str
    every: bool
    offset: int = 0


class BeforeDay(NamedTuple):
    """So many working days before a day of each month."""

    working: int
    day: int


class Of(NamedTuple):
    """Within what a day is counted: "of each month", "of the quarter"."""

    number: int
    unit: str
    every: bool


class Months(NamedTuple):
    """Of which months, perhaps of one year."""

    months: tuple[int, ...]
    every: bool
    year: int = 0


class Dates(NamedTuple):
    """Days of the calendar."""

    days: tuple[Day | Named, ...]
    every: bool = False
    commencing: bool = False
    """Whether it was said to be the first day of a week."""


class Near(NamedTuple):
    """A day that was named from today: tomorrow, next Tuesday."""

    day: date
    said: str = ""


class Either(NamedTuple):
    """A day that could be two, each with the words that say it clearly."""

    said: str
    days: tuple[date, ...]


class Week(NamedTuple):
    """A week, by its Monday."""

    monday: date


class Moment(NamedTuple):
    """An instant that was named from now: in two hours; ``note``: how that was taken."""

    at: datetime
    note: str = ""


class Start(NamedTuple):
    """The first day."""

    day: Day | Named | date


class End(NamedTuple):
    """The last day; ``note``: how that was taken."""

    day: Day | Named | date
    note: str = ""


class Endless(NamedTuple):
    """It goes on until somebody ends it."""


class Lasts(NamedTuple):
    """How long it goes on."""

    number: int
    unit: Unit


class Count(NamedTuple):
    """How many sends."""

    number: int


class Within(NamedTuple):
    """From when to when."""

    first: date
    last: date


class Except(NamedTuple):
    """When it is not sent."""

    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    days: tuple[Day | Named | date, ...] = ()
    spans: tuple[tuple[date, date], ...] = ()


class Bound(NamedTuple):
    """Words before a day that make it the first, the last or none of the days."""

    word: Literal["from", "until", "except"]


class Counted(NamedTuple):
    """Words before a day that mean one beside it: so many days, or such a weekday, before it or after."""

    side: Literal[1, -1]
    days: int = 0
    weekday: int = -1


class Conditions(NamedTuple):
    """Whose clock and holidays count, and what happens on days off; None where it isn't said."""

    zone: str | None = None
    nation: Nation | None = None
    off_days: OffDays | None = None
    quiet: tuple[time, time] | Literal["none"] | None = None


class Later(NamedTuple):
    """So many minutes later (or earlier, below 0) than it was: only in a correction."""

    minutes: int


class JoinPart(NamedTuple):
    """A comma, "and" or "then"."""

    word: str


class Polite(NamedTuple):
    """ "Please", "thanks", a full stop: nothing about when."""


class Fault(NamedTuple):
    """Understood, but it can't be done or could be two things; ``offers``: other words, each whole."""

    text: str
    offers: tuple[str, ...] = ()


TimePart = (
    Times | PartOfDay | Vague | Every | Several | Weekdays | Ranked | MonthDays | WorkingDays | Edge
    | BeforeDay | Of | Months | Dates | Near | Either | Week | Moment | Start | End | Endless | Lasts | Count
    | Within | Except | Bound | Counted | Conditions | Later | JoinPart | Polite | Fault
)  # fmt: skip
DAYS = (
    Weekdays, Ranked, MonthDays, WorkingDays, Edge, BeforeDay, Dates, Near, Either, Week, Moment, Months,
)  # fmt: skip
"""Parts that tell on which days."""
