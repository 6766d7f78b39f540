"""Closing an occurrence of a pulse: its figures, as far as all that was told before lets them be shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.app.handlers.disclosures import DisclosureHandler
from bot.storage.reminder_index import ReminderIndex
from bot.storage.reminders import SeriesStore
from dialogs.core.reminder_model import EntryState, Sent, Series
from dialogs.core.result_model import Disclosure, Disclosures, PulseResult
from dialogs.results.disclosures import KEPT, Disclosing, group
from dialogs.results.pulse import pulse, topics

_ASKED: tuple[EntryState, ...] = ("sent", "answered", "acknowledged", "snoozed", "returned")
"""What is in a ledger of those who were asked."""


class PulseResults:
    """Draws up what pulses come to. May raise MemoryAway, or Busy."""

    def __init__(self, store: SeriesStore, listing: ReminderIndex, disclosures: DisclosureHandler) -> None:
        self._store, self._listing, self._disclosures = store, listing, disclosures

    async def draw_up(self, series: Series, sent: Sent, now: datetime) -> PulseResult:
        """What an occurrence comes to; it is on record then."""
        wanted = topics(sent.what or series.draft.what, series.id)
        return await self._disclosures.draw_up(wanted, partial(self._drawn_up, series, sent, now, wanted))

    async def _drawn_up(
        self, series: Series, sent: Sent, now: datetime, topics: Sequence[str], told: Disclosures
    ) -> tuple[PulseResult, Disclosures]:
        answers = await self._store.answers(series, sent.key)
        members = await self._members(series, sent)
        unrecorded = [topic for topic in topics if not any(before.groups != () for before in told[topic])]
        earlier = {topic: [*told[topic], *await self._earlier(topic, now)] for topic in unrecorded}
        whole = {**told, **earlier}
        known = len(members) == len(answers)
        disclosing = Disclosing(whole, _name(series, sent), now, known=known)
        asked = await self._asked(series, sent, len(answers))
        anonymous = series.anonymous(sent.key)
        drawn = partial(pulse, now, answers, asked, topics, members, disclosing, anonymous=anonymous)
        # Many groups of many people take seconds to hold against each other.
        return replace(await asyncio.to_thread(drawn), sent=sent.at), disclosing.record()

    async def _members(self, series: Series, sent: Sent) -> list[bytes]:
        people = await self._store.answerers(series, sent.key)
        members = (await self._disclosures.store.members(people)).values()
        return sorted({*members, *await self._store.nameless.forgotten(series.id, sent.key)})

    async def _asked(self, series: Series, sent: Sent, answered: int) -> int:
        """How many were asked; 0 where a channel was, since nobody knows how many read it."""
        entries = await self._store.ledger(series.id, sent.key)
        people = ("/" in entry.recipient or entry.recipient.startswith("forgotten ") for entry in entries)
        if not all(people):
            return 0
        return max(sum(entry.state in _ASKED for entry in entries), answered)

    async def _earlier(self, topic: str, now: datetime) -> list[Disclosure]:
        """What was told of a topic before there was a record of it: as ledgers still tell who answered."""
        found = []
        for series in await self._listing.shared():
            closed = {occurrence.closed: occurrence for occurrence in series.sent if occurrence.closed}
            if topic not in topics(series.draft.what, series.id):
                continue
            for earlier in series.pulses:
                if earlier.mean is None or now - earlier.at >= KEPT:
                    continue
                sent = closed.get(earlier.at)
                members = await self._members(series, sent) if sent else []
                groups = (group(members, earlier.mean),) if len(members) == earlier.answered else None
                named = [group([member]) for member in members]
                found.append(
                    Disclosure(
                        _name(series, sent) if sent else f"{series.id} {earlier.at.isoformat()}",
                        earlier.at,
                        groups if series.draft.anonymous else tuple(named),
                    )
                )
        return sorted(found, key=lambda disclosure: disclosure.at)


def _name(series: Series, sent: Sent) -> str:
    return f"{series.id} {sent.key}"
