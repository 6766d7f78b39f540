"""What a schedule comes to for one recipient: instants, in order, each with the name of its occurrence.

A date of the rule is a wall-clock time. It moves off days that nobody works, then becomes an instant in the
schedule's zone (or the recipient's own), and then leaves the recipient's quiet hours, and any day off that
this led to. Dates that end at the same instant are sent once.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dialogs.recurrence import zones
from dialogs.recurrence.rule import Line, Recurrence, nominals
from dialogs.recurrence.working_days import Nation, days_to_work, to_working_day, why_off
from dialogs.wording import dates as words

REACH = timedelta(days=10)
"""Farther than any date moves."""


class Occurrence(NamedTuple):
    """One send to one recipient."""

    at: datetime
    """When, in UTC."""
    key: str
    """Names the occurrence for all recipients alike: the rule's wall-clock time, as "2027-05-03T09:30"."""
    local: datetime
    """When, on the recipient's wall clock, with the offset."""
    moved_from: datetime | None = None
    """Where on the recipient's wall clock (without offset) it would have been, had it not moved."""
    why: str = ""
    """Why it moved: "Saturday", "Christmas Day", "quiet hours", "the clocks go forward"; else empty."""


def key_of(nominal: datetime) -> str:
    """The name of the occurrence at this wall-clock time of the rule."""
    return nominal.isoformat(timespec="minutes")


def occurrences(
    schedule: Recurrence, zone: str, after: datetime, *, nation: Nation | None = None,
    without: Collection[str] = (),
) -> Iterator[Occurrence]:  # fmt: skip
    """The sends to a recipient in ``zone`` (IANA) after the instant ``after``, soonest first.

    ``nation``: the recipient's, where known; else the schedule's counts. ``without``: keys of occurrences to
    leave out; what shares an instant with one of them is left out with it. The work to find the next one is
    bounded, however old the schedule is. Raises ValueError for an unknown zone.
    """
    own = _zone(zone)
    clock = _zone(schedule.zone) if schedule.zone else own
    reach = REACH + timedelta(days=2 * max(abs(line.shift) for line in schedule.lines))
    since = after.astimezone(clock).replace(tzinfo=None, fold=0) - reach
    waiting: list[Occurrence] = []
    for nominal, line in nominals(schedule, since):
        # Dates may overtake each other as they move; one that lies this far back can't be overtaken.
        settled = zones.instant(nominal, clock) - reach
        while waiting and waiting[0].at < settled:
            yield from _once(waiting, after, without)
        moved = _settle(schedule, line, nominal, clock, own, nation or schedule.nation)
        if moved:
            heapq.heappush(waiting, moved)
    while waiting:
        yield from _once(waiting, after, without)


def _once(waiting: list[Occurrence], after: datetime, without: Collection[str]) -> Iterator[Occurrence]:
    """The soonest of those waiting, which are taken with all at the same instant."""
    together = [heapq.heappop(waiting)]
    while waiting and waiting[0].at == together[0].at:
        together.append(heapq.heappop(waiting))
    if together[0].at > after and not any(occurrence.key in without for occurrence in together):
        # One that belongs here speaks for those that moved here.
        yield next((occurrence for occurrence in together if not occurrence.why), together[0])


def _settle(
    schedule: Recurrence, line: Line, nominal: datetime, clock: ZoneInfo, own: ZoneInfo, nation: Nation
) -> Occurrence | None:
    policy = line.off_days or schedule.off_days
    named = nominal
    if line.shift:
        there = zones.instant(nominal, clock).astimezone(own).date() - timedelta(days=line.offset)
        named += timedelta(days=to_working_day(there, line.shift, nation) - line.offset)
    at = zones.instant(named, clock)
    local = first = at.astimezone(own)
    meant = named if clock is own else first.replace(tzinfo=None)
    why = words.CLOCKS_FORWARD if clock is own and first.replace(tzinfo=None) != named else ""
    off = why_off(meant.date(), nation) if policy != "ignore" else None
    if off and policy == "skip":
        return None
    if off:
        why, step = off, policy != "previous"
        days = days_to_work(meant.date(), nation, 1 if step else -1)
        at = zones.instant(named + timedelta(days=days), clock)
        local = at.astimezone(own)
    if schedule.exceptions and any(low <= local.date() <= high for low, high in schedule.exceptions.spans):
        return None
    if schedule.quiet and _is_quiet(local.time(), schedule.quiet):
        if line.rule.startswith(("FREQ=HOURLY", "FREQ=MINUTELY")):
            # The next one is near: at the end of the quiet hours nobody needs those of a whole night.
            return None
        why = why or words.QUIET
        day = _quiet_ends(local, schedule.quiet)
        if policy != "ignore":
            day += timedelta(days=days_to_work(day, nation, 1))
        at = zones.instant(datetime.combine(day, schedule.quiet[1]), own)
        local = at.astimezone(own)
    return Occurrence(at, key_of(nominal), local, meant if why else None, why)


def _is_quiet(at: time, quiet: tuple[time, time]) -> bool:
    begin, end = quiet
    return begin <= at < end if begin <= end else at >= begin or at < end


def _quiet_ends(local: datetime, quiet: tuple[time, time]) -> date:
    """The day on which the quiet hours around ``local`` end."""
    begin, end = quiet
    return local.date() + timedelta(days=1 if begin > end and local.time() >= begin else 0)


def _zone(name: str) -> ZoneInfo:
    found = zones.zone(name)
    if found is None:
        raise ValueError(f"unknown time zone: {name[:40]}")
    return found
