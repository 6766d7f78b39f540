"""All series there are, and how they stand for whoever asks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

from bot.platforms.ports import platform_of
from bot.storage.keys import Keys
from bot.storage.reminders import SeriesStore
from dialogs.core.mentions import local_id
from dialogs.core.reminder_model import ADVISORS_PARTITION, Draft, Series, Summary
from dialogs.reminders.due import next_of_all
from dialogs.reminders.leaving import digest

_INDEX = Keys(ADVISORS_PARTITION).key("board", "series")


class ReminderIndex:
    """The series of one deployment. Every method may raise MemoryAway.

    A series that is somebody's own is listed with a digest of whose it is: it is loaded for them alone.
    """

    def __init__(self, store: SeriesStore) -> None:
        self.store = store

    async def add(self, id: str, own: str = "") -> None:
        """List a series, ``own``: as that person's own; one that is listed and doesn't exist counts for
        nothing."""
        await self.store.connection.call("SADD", _INDEX, _listed(id, own))

    async def shared(self) -> list[Series]:
        """Those that exist and are nobody's own; the ids of those that are long gone are dropped from the
        list."""
        names = [name for name in await self._names() if " " not in name]
        return [series for series in await self._load(names) if not series.own]

    async def own(self, person: str) -> list[Series]:
        """Those that are ``person``'s own, ended ones among them."""
        names = [name for name in await self._names() if _is_own(name, person)]
        return [series for series in await self._load(names) if series.own and series.owner.id == person]

    async def drop(self, person: str) -> None:
        """No longer list any that are ``person``'s own."""
        for name in await self._names():
            if _is_own(name, person):
                await self.store.connection.call("SREM", _INDEX, name)

    async def summaries(self, person: str, *, advisor: bool, now: datetime) -> tuple[Summary, ...]:
        """Series that run, the next due first: for an advisor all but others' own, else those that ``person``
        receives; of their own, those that are open."""
        running = [series for series in await self.shared() if series.step != "ended"]
        received = await asyncio.gather(*(self.store.receives(series, person) for series in running))
        told = zip(running, received, strict=True)
        found = await asyncio.gather(
            *(self._summary(series, person, own, now) for series, own in told if own or advisor)
        )
        summaries = [*await self.open(person, now), *found]
        far = datetime.max.replace(tzinfo=now.tzinfo)
        return tuple(sorted(summaries, key=lambda summary: (summary.next or far, summary.series.id)))

    async def open(self, person: str, now: datetime) -> list[Summary]:
        """Those of ``person``'s own of which something is still to come, be it what was put off."""
        running = [series for series in await self.own(person) if series.step != "ended"]
        summaries = await asyncio.gather(*(self._summary(series, person, True, now) for series in running))
        return [
            summary
            for summary in summaries
            if summary.next or summary.series.step == "paused" or summary.counts.get("snoozed")
        ]

    async def check_ins(self, tenant: str, channel: str) -> tuple[Summary, ...]:
        """The pulses on a lesson that were made in a channel or are sent there, ended ones among them."""
        place = f"{tenant}/{channel}"

        def belongs(draft: Draft) -> bool:
            to = (target for target in draft.targets if target.kind == "channel")
            there = draft.place == place or any(
                f"{target.tenant}/{target.id.partition(':')[2]}" == place for target in to
            )
            return draft.kind == "pulse" and bool(draft.lesson) and there

        return tuple(Summary(series, None) for series in await self.shared() if belongs(series.draft))

    async def _names(self) -> list[str]:
        return [name.decode() for name in await self.store.connection.call("SMEMBERS", _INDEX)]

    async def _load(self, names: Iterable[str]) -> list[Series]:
        listed = list(names)
        loaded = await asyncio.gather(*(self.store.load(name.partition(" ")[0]) for name in listed))
        gone = [name for name, found in zip(listed, loaded, strict=True) if not found.version]
        if gone:
            await self.store.connection.call("SREM", _INDEX, *gone)
        return [found.series for found in loaded if found.series is not None]

    async def _summary(self, series: Series, person: str, receives: bool, now: datetime) -> Summary:
        coming = next_of_all(series, now) if series.step == "on" else None
        counts = await self.store.census(series.id, series.sent[-1].key) if series.sent else {}
        muted = not series.own and bool(await self.store.muted(series.id, [person]))
        return Summary(series, coming.at if coming else None, receives, muted, counts)


def _listed(id: str, own: str) -> str:
    """How a series is listed; whose own it is stays true when their workspace joins an organisation."""
    if not own:
        return id
    return f"{id} {digest(id, f'{platform_of(own)}:{local_id(own)}')}"


def _is_own(name: str, person: str) -> bool:
    return " " in name and name == _listed(name.partition(" ")[0], person)
