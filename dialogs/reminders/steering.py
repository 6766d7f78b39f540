"""What an advisor's act comes to for a series: pause, resume, leave one out, end it."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dialogs.core.reminder_events import SteerAct
from dialogs.core.reminder_model import Series
from dialogs.core.replies import Frozen
from dialogs.recurrence import zones
from dialogs.recurrence.occurrences import Occurrence
from dialogs.reminders.due import next_of_all, schedule_of
from dialogs.wording import reminders as words
from dialogs.wording.dates import full_date


class Steered(Frozen, frozen=True):
    """What became of it."""

    series: Series
    note: str
    """A sentence for whoever did it."""
    anew: bool = False
    """Whether the next occurrence of each group has to be set up anew."""


def steer(series: Series, act: SteerAct, now: datetime) -> Steered:
    """``act`` is one of pause, resume, skip, cancel; one that makes no sense changes nothing."""
    if series.step == "ended":
        return Steered(series, words.OVER)
    match act:
        case "pause" if series.step == "paused":
            return Steered(series, words.DONE_BEFORE)
        case "pause":
            return Steered(_next_version(replace(series, step="paused")), words.STEERED["pause"])
        case "resume" if series.step == "on":
            return Steered(series, words.DONE_BEFORE)
        case "resume":
            resumed = _next_version(replace(series, step="on"))
            return Steered(resumed, _with_next(words.STEERED["resume"], resumed, now), anew=True)
        case "skip":
            return _skip(series, now)
        case _:
            said = words.OWN_ENDED if series.own else words.STEERED["cancel"]
            return Steered(_next_version(replace(series, step="ended")), said)


def _skip(series: Series, now: datetime) -> Steered:
    if series.step == "paused":
        return Steered(series, words.NOT_WHILE_PAUSED)
    coming = next_of_all(series, now)
    if coming is None:
        return Steered(series, words.NOTHING_TO_SKIP)
    without = replace(series, without=(*series.without, coming.key))
    said = words.STEERED["skip"].replace("{date}", full_date(coming.local))
    return Steered(without, _with_next(said, without, now))


def _next_version(series: Series) -> Series:
    return replace(series, version=series.version + 1)


def _with_next(said: str, series: Series, now: datetime) -> str:
    coming = next_of_all(series, now)
    if coming is None:
        return f"{said.partition('. ')[0]}. {words.NO_NEXT}"
    return said.format(when=when_in_words(coming, series))


def when_in_words(occurrence: Occurrence, series: Series) -> str:
    """An occurrence's time as its advisor reads it: "on Tuesday 4 May 2027 at 09:30"."""
    return moment_in_words(occurrence.at, schedule_of(series).zone or series.owner_zone)


def moment_in_words(at: datetime, zone: str) -> str:
    """An instant on the clock of ``zone``."""
    clock = zones.clock(zone)
    local = at.astimezone(clock)
    return f"on {full_date(local)} at {local:%H:%M}"
