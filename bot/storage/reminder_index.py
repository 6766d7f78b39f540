"""All series there are, and how they stand for whoever asks."""

from __future__ import annotations

from datetime import datetime

from bot.storage.keys import Keys
from bot.storage.reminders import SeriesStore
from dialogs.core.reminder_model import ADVISORS_PARTITION, Draft, Series, Summary
from dialogs.reminders.due import next_of_all

_INDEX = Keys(ADVISORS_PARTITION).key("board", "series")


class ReminderIndex:
    """The series of one deployment. Every method may raise MemoryAway."""

    def __init__(self, store: SeriesStore) -> None:
        self.store = store

    async def add(self, id: str) -> None:
        """List a series; one that is listed and doesn't exist counts for nothing."""
        await self.store.connection.call("SADD", _INDEX, id)

    async def all(self) -> list[Series]:
        """Those that exist; the ids of those that are long gone are dropped from the list."""
        found = []
        for name in await self.store.connection.call("SMEMBERS", _INDEX):
            series = (await self.store.load(name.decode())).series
            if series is None:
                await self.store.connection.call("SREM", _INDEX, name)
            else:
                found.append(series)
        return found

    async def summaries(self, person: str, *, advisor: bool, now: datetime) -> tuple[Summary, ...]:
        """Series that run, the next due first: all for an advisor, else those that ``person`` receives."""
        summaries = []
        for series in await self.all():
            if series.step == "ended":
                continue
            receives = await self.store.receives(series, person)
            if receives or advisor:
                summaries.append(await self._summary(series, person, receives, now))
        far = datetime.max.replace(tzinfo=now.tzinfo)
        return tuple(sorted(summaries, key=lambda summary: (summary.next or far, summary.series.id)))

    async def check_ins(self, tenant: str, channel: str) -> tuple[Summary, ...]:
        """The pulses on a lesson that were made in a channel or are sent there, ended ones among them."""
        place = f"{tenant}/{channel}"

        def belongs(draft: Draft) -> bool:
            to = (target for target in draft.targets if target.kind == "channel")
            there = draft.place == place or any(
                f"{target.tenant}/{target.id.partition(':')[2]}" == place for target in to
            )
            return draft.kind == "pulse" and bool(draft.lesson) and there

        return tuple(Summary(series, None) for series in await self.all() if belongs(series.draft))

    async def _summary(self, series: Series, person: str, receives: bool, now: datetime) -> Summary:
        coming = next_of_all(series, now) if series.step == "on" else None
        counts = await self.store.census(series.id, series.sent[-1].key) if series.sent else {}
        muted = bool(await self.store.muted(series.id, [person]))
        return Summary(series, coming.at if coming else None, receives, muted, counts)
