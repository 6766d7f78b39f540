"""What an advisor asks to see of a series: read from its ledger, and shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from bot.storage.reminders import SeriesStore
from dialogs.core.reminder_events import SteerAct
from dialogs.core.reminder_model import AdvisorSettings, Sent, Series
from dialogs.core.replies import Reply, Text
from dialogs.reminders.quiz_cards import report as quiz_report
from dialogs.reminders.report import SendReport, report_card, trend_card, who_card
from dialogs.wording import reminders as words

SHOWN: tuple[SteerAct, ...] = ("report", "who", "trend")
"""Acts that change nothing."""


class ReminderReports:
    """Reads what became of sends. May raise MemoryAway."""

    def __init__(
        self, store: SeriesStore, advisor_settings: Callable[[], Awaitable[AdvisorSettings]]
    ) -> None:
        self._store, self._advisor_settings = store, advisor_settings

    async def show(self, series: Series, act: SteerAct, key: str) -> Reply:
        """A report, who is where, or a trend; ``key``: of which occurrence, "" for the last one."""
        if act == "trend" and series.pulses:
            return trend_card(series)
        sent = _of(series, key)
        if sent is None:
            return Reply((Text(words.NO_SUCH_DATE if key else words.NOT_YET),), private=True)
        outcome = await self.outcome(series, sent)
        if series.draft.kind == "quiz":
            return quiz_report(series, outcome.entries, sent.key)
        return who_card(outcome) if act == "who" else report_card(outcome)

    async def outcome(self, series: Series, sent: Sent) -> SendReport:
        """All that may be said of an occurrence; a pulse shows figures once it is closed, not before."""
        entries = tuple(await self._store.ledger(series.id, sent.key))
        pulse = next((pulse for pulse in series.pulses if sent.closed and pulse.at == sent.closed), None)
        named = (await self._advisor_settings()).assistants
        assistants = tuple(
            (named[entry.recipient].name or words.SOMEBODY, entry.name or words.SOMEBODY)
            for entry in entries
            if entry.recipient in named
        )
        report = SendReport(series, sent.key, entries, assistants=assistants)
        if pulse is None:
            return report
        names = {entry.recipient: entry.name for entry in entries}
        said = await self._store.comments(series, sent.key)
        comments = tuple((who and (names.get(who) or words.SOMEBODY), text) for who, text in said)
        return replace(report, pulse=pulse, comments=comments)


def _of(series: Series, key: str) -> Sent | None:
    if not key:
        return series.sent[-1] if series.sent else None
    return next((sent for sent in series.sent if sent.key == key), None)
