"""When a series' occurrences fall due, for each group of recipients who share their instants."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile
from typing import Literal, NamedTuple

from dialogs.core.reminder_model import Lapse, Recipient, Series
from dialogs.recurrence import zones
from dialogs.recurrence.occurrences import REACH, Occurrence, occurrences
from dialogs.recurrence.rule import NATIONS, Recurrence
from dialogs.wording.dates import short_date

ON_TIME = timedelta(minutes=15)
"""A job never runs at its very instant: what is sent within this is not late, whatever was asked for."""
BATCH = 500
"""Recipients whose messages one commit puts into the outbox."""
ONE_BY_ONE = 10
"""Missed occurrences that are recorded each with its recipients; what was missed before them, as a lapse."""
WRAP_AFTER = timedelta(days=7)
OFTEN = timedelta(hours=20)
"""Occurrences closer than this are not wrapped up one by one for the advisor."""
GATHER_BEFORE = timedelta(minutes=10)
MORNING = time(9)
"""When, on the recipient's clock, what was put off to another day comes back."""


class Missed(NamedTuple):
    """What became of an occurrence that comes too late."""

    lapse: Lapse | None
    """Those that are recorded as one; None where all are recorded one by one."""
    next: Occurrence | None
    """The first one after them."""


def schedule_of(series: Series) -> Recurrence:
    """A started series has one."""
    assert series.draft.schedule is not None
    return series.draft.schedule


def group_of(recipient: Recipient, series_zone: str) -> str:
    """The group that a recipient belongs to: "zone|nation".

    ``series_zone``: for those whose own isn't known.
    """
    zone = recipient.zone if zones.zone(recipient.zone) else series_zone
    return f"{zone}|{recipient.nation or ''}"


def dates_for(series: Series, group: str, after: datetime) -> Iterator[Occurrence]:
    """A group's occurrences after an instant, past or to come."""
    zone, _, nation = group.partition("|")
    own = next((known for known in NATIONS if known == nation), None)
    return occurrences(schedule_of(series), zone, after, nation=own, without=series.without)


def day_of(series: Series, key: str) -> str:
    """The date of an occurrence in words."""
    return short_date(date_of(series, key))


def date_of(series: Series, key: str) -> datetime:
    """The day on which an occurrence fell due, on its advisor's clock: where it was moved to, if it was."""
    clock = zones.clock(schedule_of(series).zone or series.owner_zone)
    sent = next((sent for sent in series.sent if sent.key == key), None)
    if sent is not None:
        return sent.at.astimezone(clock)
    nominal = datetime.fromisoformat(key)
    if not series.groups:
        return nominal
    # One that never began: its own dates tell where it would have been.
    around = dates_for(series, next(iter(series.groups)), nominal.replace(tzinfo=UTC) - REACH)
    near = takewhile(lambda occurrence: occurrence.at < nominal.replace(tzinfo=UTC) + REACH, around)
    return next((occurrence.local for occurrence in near if occurrence.key == key), nominal)


def next_for(series: Series, group: str, after: datetime) -> Occurrence | None:
    """The first of them."""
    return next(dates_for(series, group, after), None)


def next_of_all(series: Series, after: datetime) -> Occurrence | None:
    """The first occurrence of any group after an instant."""
    found = (next_for(series, group, after) for group in series.groups)
    return min(
        (occurrence for occurrence in found if occurrence),
        key=lambda occurrence: (occurrence.at, occurrence.key),
        default=None,
    )


def is_late(series: Series, at: datetime, now: datetime) -> bool:
    """Whether what was due at ``at`` is no longer of use."""
    return now - at > max(ON_TIME, timedelta(hours=series.draft.catch_up_hours))


def missed_after(series: Series, group: str, at: datetime, now: datetime) -> Missed:
    """What follows an occurrence at ``at`` that was missed: where many more were, all but the last few of
    them are one lapse, so that months of absence don't take thousands of turns."""
    late: deque[Occurrence] = deque(maxlen=ONE_BY_ONE + 1)
    count, first = 0, None
    for occurrence in dates_for(series, group, at):
        first = first or occurrence
        if not is_late(series, occurrence.at, now):
            break
        count += 1
        late.append(occurrence)
    if count <= ONE_BY_ONE or first is None:
        return Missed(None, first)
    return Missed(Lapse(first.key, late[0].key, count - ONE_BY_ONE), late[1])


def wrap_at(began: datetime, following: Occurrence | None) -> datetime:
    """When an occurrence that began at ``began`` is wrapped up: after a week, or before the next one."""
    after = began + WRAP_AFTER
    return min(after, following.at - timedelta(minutes=1)) if following else after


def is_often(series: Series, began: datetime, following: Occurrence | None) -> bool:
    """Whether occurrences follow each other too closely for a word to the advisor about each."""
    return following is not None and following.at - began < OFTEN and schedule_of(series).repeats


def put_off(series: Series, until: Literal["tomorrow", "week", "hour"], now: datetime, zone: str) -> datetime:
    """The instant to which a person puts off an occurrence: out of quiet hours, and off days off."""
    clock = zones.clock(zone)
    local = now.astimezone(clock).replace(tzinfo=None, second=0, microsecond=0)
    if until == "hour":
        start = local + timedelta(minutes=61)
    else:
        start = datetime.combine(local.date() + timedelta(days=7 if until == "week" else 1), MORNING)
    asked = schedule_of(series)
    once = Recurrence(
        start=start,
        nation=asked.nation,
        off_days="ignore" if asked.off_days == "ignore" else "next",
        quiet=asked.quiet,
    )
    found = next(occurrences(once, clock.key, now), None)
    return found.at if found else now + timedelta(hours=1)


def grouped(recipients: Sequence[Recipient], series_zone: str) -> dict[str, list[Recipient]]:
    """Recipients by group."""
    groups: dict[str, list[Recipient]] = {}
    for recipient in recipients:
        groups.setdefault(group_of(recipient, series_zone), []).append(recipient)
    return groups
