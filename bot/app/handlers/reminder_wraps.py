"""An occurrence is over: figures are drawn up, and the advisor is told what became of it."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.app.handlers.reminder_reports import ReminderReports
from bot.app.handlers.reminder_sends import FAILURES_AFTER, ReminderSends
from bot.app.handlers.reminder_turned import Turned
from bot.storage.reminders import SeriesStore
from dialogs.core.reminder_events import Wrap
from dialogs.core.reminder_model import Sent, Series
from dialogs.reminders.due import is_often, next_of_all
from dialogs.reminders.ledger import failed
from dialogs.reminders.report import failures_card, missed_card, wrap_card
from dialogs.results.pulse import pulse
from knowledge import Knowledge

KEPT = 60
"""Pulses that a series remembers."""


class ReminderWraps:
    """Wraps occurrences up. May raise MemoryAway."""

    def __init__(
        self, store: SeriesStore, reports: ReminderReports, sending: ReminderSends, knowledge: Knowledge
    ) -> None:
        self._store, self._reports, self._sending, self._knowledge = store, reports, sending, knowledge

    async def wrap(self, event: Wrap, series: Series, now: datetime) -> Turned:
        """An occurrence is over, or it is time to tell of those that it couldn't reach."""
        sent = next((one for one in series.sent if one.key == event.key), None)
        if sent is None or sent.wrapped:
            return Turned(series)
        return await (self._tell_failures if event.failures else self._wrap_up)(series, sent, now)

    async def _tell_failures(self, series: Series, sent: Sent, now: datetime) -> Turned:
        outcome = await self._reports.outcome(series, sent)
        lost = len(failed(outcome.entries))
        jobs = []
        if any(one.state == "scheduled" for one in outcome.entries):
            jobs = [self._sending.failures(series, sent.key, now + FAILURES_AFTER)]
        if lost <= sent.failures:
            return Turned(series, jobs=jobs)
        told = _with_sent(series, replace(sent, failures=lost))
        return Turned(told, jobs=jobs, tell=failures_card(outcome))

    async def _wrap_up(self, series: Series, sent: Sent, now: datetime) -> Turned:
        closed = replace(sent, wrapped=True)
        if series.draft.kind == "pulse":
            answers = await self._store.answers(series, sent.key)
            counted = await self._store.census(series.id, sent.key)
            asked = sum(counted.get(one, 0) for one in ("sent", "answered", "acknowledged", "snoozed"))
            figures = pulse(
                now, answers, max(asked, len(answers)), series.pulses, anonymous=series.draft.anonymous
            )
            closed = replace(closed, closed=now)
            series = replace(series, pulses=(*series.pulses, figures)[-KEPT:])
        series = _with_sent(series, closed)
        coming = next_of_all(series, sent.at)
        if is_often(series, sent.at, coming):
            return Turned(series)
        outcome = await self._reports.outcome(series, closed)
        if not outcome.entries or all(one.state == "missed" for one in outcome.entries):
            return Turned(series)  # it has been told of already
        return Turned(series, tell=wrap_card(outcome, self._knowledge))


def missed(series: Series, now: datetime) -> Turned:
    """The advisor is told once of all that was missed."""
    lapses = [one for one in series.lapses if one.first in series.missed]
    keys = [one for one in series.missed if one not in {lapse.first for lapse in lapses}]
    if not keys and not lapses:
        return Turned(series)
    coming = next_of_all(series, now)
    card = missed_card(series, keys, lapses, coming.at if coming else None)
    return Turned(replace(series, missed=()), tell=card)


def _with_sent(series: Series, sent: Sent) -> Series:
    return replace(series, sent=tuple(sent if one.key == sent.key else one for one in series.sent))
