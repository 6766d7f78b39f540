"""The chain of jobs that keeps a series going: each occurrence that begins sets up the one after it.

An occurrence begins in a turn of its own, before anything is made for anybody: whatever goes wrong then, the
next one is safe.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from dialogs.core.jobs import Job
from dialogs.core.reminder_events import Due, Gather, TellMissed, Unclaimed, Wrap
from dialogs.core.reminder_model import PARTITION, Draft, Sent, Series
from dialogs.core.replies import Frozen
from dialogs.recurrence.occurrences import Occurrence
from dialogs.reminders.due import (
    GATHER_BEFORE,
    OFTEN,
    WRAP_AFTER,
    is_late,
    missed_after,
    next_for,
    next_of_all,
    wrap_at,
)

TELL_MISSED_AFTER = timedelta(minutes=2)
UNCLAIMED_AFTER = timedelta(days=14)
"""How long a series whose advisor was forgotten is offered to the others."""
KEPT, LAPSES_KEPT = 60, 20


class Begun(Frozen, frozen=True):
    """What the beginning of an occurrence comes to for a group of recipients."""

    series: Series
    jobs: tuple[Job, ...] = ()
    sends: bool = False
    """Whether it is to be sent; not where the series was changed, paused or ended meanwhile."""


def due_job(series: Series, due: Due) -> Job:
    """Hands ``due`` to the series when it comes."""
    key = f"{series.id} {due.version} {due.key} {due.group} {due.start}"
    return Job(PARTITION + series.id, due, due.at, key)


def first_jobs(series: Series, groups: Iterable[str], after: datetime) -> tuple[Job, ...]:
    """The next occurrence of each of ``groups``; all of them are to be waiting whenever a series runs."""
    coming = ((group, next_for(series, group, after)) for group in groups)
    return tuple(
        due_job(series, Due(series.version, occurrence.key, group, occurrence.at))
        for group, occurrence in coming
        if occurrence is not None
    )


def seen_to(series: Series, groups: Iterable[str], now: datetime) -> Series:
    """``series``, with the next occurrence after ``now`` of each of ``groups`` set up."""
    begun = {group: at for group, at in series.begun.items() if group in series.groups}
    return replace(series, begun={**begun, **dict.fromkeys(groups, now)})


def expected_jobs(series: Series, now: datetime) -> tuple[Job, ...]:
    """The jobs that are to be waiting as ``series`` stands: its next occurrences, even such as should have
    begun by now; what is told of those that began; and its end, where nobody looks after it."""
    jobs: list[Job] = []
    if series.step == "on":
        for group in series.groups:
            jobs += first_jobs(series, [group], series.begun.get(group, now))
    jobs += [
        Job(PARTITION + series.id, Wrap(sent.key), now, _wrap_name(series, sent.key))
        for sent in series.sent
        if not sent.wrapped and sent.at + WRAP_AFTER + OFTEN < now
    ]
    unclaimed = unclaimed_job(series, now)
    return (*jobs, unclaimed) if unclaimed else tuple(jobs)


def gather_jobs(series: Series, now: datetime) -> tuple[Job, ...]:
    """Recipients are looked up anew shortly before an occurrence, at most about once a day."""
    coming = next_of_all(series, now + OFTEN)
    if coming is None:
        return ()
    key = f"{series.id} {series.version} gather {coming.key[:10]}"
    return (Job(PARTITION + series.id, Gather(series.version), coming.at - GATHER_BEFORE, key),)


def unclaimed_job(series: Series, now: datetime) -> Job | None:
    """Ends a series that nobody looks after, unless somebody takes it over; None where somebody does."""
    if series.owner.id or series.step == "ended":
        return None
    key = f"{series.id} {series.version} unclaimed"
    return Job(PARTITION + series.id, Unclaimed(), now + UNCLAIMED_AFTER, key)


def missed_job(series: Series, now: datetime) -> Job:
    """Tells the advisor what was missed, once for all that is missed at about the same time."""
    at = now + TELL_MISSED_AFTER
    return Job(PARTITION + series.id, TellMissed(), at, f"{series.id} missed {now:%Y-%m-%dT%H}")


def begin(event: Due, series: Series, now: datetime) -> Begun:
    """An occurrence begins for its group, and what follows is set up; doing it again is harmless."""
    known = any(sent.key == event.key for sent in series.sent)
    reached = series.begun.get(event.group)
    behind = reached is not None and event.at <= reached
    if known and behind:
        return Begun(series, sends=True)
    if event.version != series.version or series.step != "on":
        return Begun(series)
    following, jobs = next_for(series, event.group, event.at), list[Job]()
    if not behind:
        series, following, jobs = _next(event, series, following, now)
    if not known and event.key in series.without:
        return Begun(series, tuple(jobs))
    if not known:
        sent = sorted(
            (*series.sent, _sent(event.key, event.at, series.draft)),
            key=lambda occurrence: occurrence.at,
        )
        series = replace(series, sent=tuple(sent[-KEPT:]))
        began = event.at if is_late(series, event.at, now) else max(event.at, now)
        name = _wrap_name(series, event.key)
        jobs.append(Job(PARTITION + series.id, Wrap(event.key), wrap_at(began, following), name))
    return Begun(series, tuple(jobs), sends=True)


def _next(
    event: Due, series: Series, following: Occurrence | None, now: datetime
) -> tuple[Series, Occurrence | None, list[Job]]:
    """The series, with its group as far as ``event``; the occurrence that follows; and the jobs for it."""
    jobs: list[Job] = []
    reached = event.at
    if is_late(series, event.at, now):
        lapse, following = missed_after(series, event.group, event.at, now)
        if lapse is not None:
            series = replace(
                series,
                missed=tuple(dict.fromkeys((*series.missed, lapse.first))),
                lapses=tuple(dict.fromkeys((*series.lapses, lapse)))[-LAPSES_KEPT:],
            )
            jobs.append(missed_job(series, now))
            if following is not None:
                reached = following.at - timedelta(seconds=1)
    if following is not None:
        due = Due(series.version, following.key, event.group, following.at)
        jobs.append(due_job(series, due))
    jobs += gather_jobs(series, now)
    return seen_to(series, [event.group], reached), following, jobs


def _wrap_name(series: Series, key: str) -> str:
    return f"{series.id} wrap {key}"


def _sent(key: str, at: datetime, draft: Draft) -> Sent:
    return Sent(key, at, anonymous=draft.anonymous, what=draft.what if draft.kind == "pulse" else "")
