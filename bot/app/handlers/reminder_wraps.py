"""An occurrence is over: figures are drawn up, and the advisor is told what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import takewhile

from msgspec.structs import replace

from bot.app.handlers.pulse_results import PulseResults
from bot.app.handlers.reminder_reports import ReminderReports
from bot.app.handlers.reminder_sends import FAILURES_AFTER, ReminderSends
from bot.app.handlers.reminder_turned import Turned
from bot.storage.reminders import SeriesStore
from dialogs.core.reminder_events import Wrap
from dialogs.core.reminder_model import Sent, Series
from dialogs.reminders.due import is_often, next_of_all
from dialogs.reminders.failures import own_failed_card
from dialogs.reminders.ledger import failed, lost
from dialogs.reminders.report import failures_card, missed_card, wrap_card
from dialogs.results.disclosures import KEPT as COUNTS
from knowledge import Knowledge

KEPT = 60
"""Pulses that a series remembers."""
UNREACHED = timedelta(days=60)
"""How long somebody's own reminder goes on while none of it reaches them: they have left, or blocked us."""


class ReminderWraps:
    """Wraps occurrences up. May raise MemoryAway."""

    def __init__(
        self,
        store: SeriesStore,
        reports: ReminderReports,
        sending: ReminderSends,
        knowledge: Knowledge,
        pulses: PulseResults,
        erased: Callable[[], Awaitable[None]],
    ) -> None:
        """``erased``: is told where something is about to be erased that should be gone from the disk too."""
        self._store, self._reports, self._sending, self._knowledge = store, reports, sending, knowledge
        self._pulses, self._erased = pulses, erased

    async def wrap(self, event: Wrap, series: Series, now: datetime) -> Turned:
        """An occurrence is over, or it is time to tell of those that it couldn't reach."""
        sent = next((sent for sent in series.sent if sent.key == event.key), None)
        if sent is None or (sent.wrapped and not event.back):
            return Turned(series)
        if series.own and event.failures:
            return await self._tell_owner(event, series, sent, now)
        if series.own:  # whose it is needs no report of it
            return Turned(await self._own(series, sent, now))
        if series.draft.kind == "quiz" and not event.failures:  # its card has told what came of it
            return Turned(_with_sent(series, replace(sent, wrapped=True)))
        return await (self._tell_failures if event.failures else self._wrap_up)(series, sent, now)

    async def _own(self, series: Series, sent: Sent, now: datetime) -> Series:
        """One's own goes on without a report; it ends where it has reached nobody for long."""
        unreached = lost(await self._store.ledger(series.id, sent.key))
        series = _with_sent(series, replace(sent, wrapped=True, failures=len(unreached)))
        latest = _unreached(series)
        long = bool(latest) and now - latest[-1].at >= UNREACHED
        return replace(series, step="ended") if long else series

    async def _tell_owner(self, event: Wrap, series: Series, sent: Sent, now: datetime) -> Turned:
        """Whose own it is hears that it didn't reach them: at once where they can be written to, else once
        they are back."""
        ledger = await self._store.ledger(series.id, sent.key)
        unreached = lost(ledger)
        if any(entry.state == "scheduled" for entry in ledger):
            return Turned(series, jobs=[self._sending.failures(series, sent.key, now + FAILURES_AFTER)])
        refused = await self._store.refusals.of([(series.owner_tenant, series.owner.id)])
        if not unreached or (refused and not event.back):
            return Turned(series)
        before = sum(earlier.key != sent.key for earlier in _unreached(series))
        coming = next_of_all(series, now) if series.step == "on" else None
        card = own_failed_card(series, unreached[0], before, coming.at if coming else None)
        return Turned(series, tell=card)

    async def _tell_failures(self, series: Series, sent: Sent, now: datetime) -> Turned:
        outcome = await self._reports.outcome(series, sent)
        lost = len(failed(outcome.entries))
        jobs = []
        if any(entry.state == "scheduled" for entry in outcome.entries):
            jobs = [self._sending.failures(series, sent.key, now + FAILURES_AFTER)]
        if lost <= sent.failures:
            return Turned(series, jobs=jobs)
        told = _with_sent(series, replace(sent, failures=lost))
        return Turned(told, jobs=jobs, tell=failures_card(outcome))

    async def _wrap_up(self, series: Series, sent: Sent, now: datetime) -> Turned:
        if series.draft.kind != "pulse" or not series.anonymous(sent.key):
            return await self._closed(series, sent, now)
        # What is read now is final: an answer that came in meanwhile would be taken and lost.
        await self._store.nameless.shut(series, sent.key)
        turned = await self._closed(series, sent, now)
        turned.commands = [*turned.commands, *await self._store.nameless.closed(series.id, sent.key)]
        await self._erased()
        return turned

    async def _closed(self, series: Series, sent: Sent, now: datetime) -> Turned:
        closed = replace(sent, wrapped=True)
        if series.draft.kind == "pulse":
            figures = await self._pulses.draw_up(series, sent, now)
            closed = replace(closed, closed=now)
            kept = [pulse for pulse in series.pulses if now - pulse.at < COUNTS]
            series = replace(series, pulses=(*kept, figures)[-KEPT:])
        series = _with_sent(series, closed)
        coming = next_of_all(series, sent.at)
        if is_often(series, sent.at, coming):
            return Turned(series)
        outcome = await self._reports.outcome(series, closed)
        if not outcome.entries or all(entry.state == "missed" for entry in outcome.entries):
            return Turned(series)  # it has been told of already
        return Turned(series, tell=wrap_card(outcome, self._knowledge))


def missed(series: Series, now: datetime) -> Turned:
    """The advisor is told once of all that was missed."""
    lapses = [lapse for lapse in series.lapses if lapse.first in series.missed]
    keys = [key for key in series.missed if key not in {lapse.first for lapse in lapses}]
    if not keys and not lapses:
        return Turned(series)
    coming = next_of_all(series, now)
    card = missed_card(series, keys, lapses, coming.at if coming else None)
    return Turned(replace(series, missed=()), tell=card)


def _unreached(series: Series) -> tuple[Sent, ...]:
    """The last ones in a row that have reached nobody, of those that are over; the latest first."""
    latest = (sent for sent in reversed(series.sent) if sent.wrapped)
    return tuple(takewhile(lambda sent: sent.failures, latest))


def _with_sent(series: Series, sent: Sent) -> Series:
    return replace(series, sent=tuple(sent if other.key == sent.key else other for other in series.sent))
