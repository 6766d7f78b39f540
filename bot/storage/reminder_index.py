"""All series there are, and how they stand for whoever asks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bot.platforms.ports import platform_of
from bot.storage.keys import Keys
from bot.storage.migrations import where_readable
from bot.storage.reminders import SeriesStore
from dialogs.core.mentions import local_id
from dialogs.core.reminder_model import ADVISORS_PARTITION, Draft, Series, Summary, UnreadableSeries
from dialogs.reminders.due import next_of_all
from dialogs.reminders.leaving import digest

_INDEX = Keys(ADVISORS_PARTITION).key("board", "series")


class Listed(NamedTuple):
    """How they stand for somebody."""

    summaries: tuple[Summary, ...]
    unreadable: tuple[UnreadableSeries, ...]


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
        return [series for series in (await self._load(names))[0] if not series.own]

    async def own(self, person: str) -> list[Series]:
        """Those that are ``person``'s own, ended ones among them."""
        names = [name for name in await self._names() if _is_own(name, person)]
        return [series for series in (await self._load(names))[0] if series.own and series.owner.id == person]

    async def drop(self, person: str) -> None:
        """No longer list any that are ``person``'s own."""
        for name in await self._names():
            if _is_own(name, person):
                await self.store.connection.call("SREM", _INDEX, name)

    async def listed(self, person: str, *, advisor: bool, now: datetime) -> Listed:
        """Series that run, the next due first: for an advisor all but others' own, else those that ``person``
        receives; of their own, those that are open. And those that can't be read."""
        names = [name for name in await self._names() if " " not in name or _is_own(name, person)]
        loaded, unreadable = await self._load(names)
        running = [series for series in loaded if not series.own and series.step != "ended"]
        received = await asyncio.gather(*(self.store.audiences.has(series, person) for series in running))
        told = zip(running, received, strict=True)
        found = await asyncio.gather(
            *(self._summary(series, person, own, now) for series, own in told if own or advisor)
        )
        summaries = [*await self._open(loaded, person, now), *found]
        far = datetime.max.replace(tzinfo=now.tzinfo)
        summaries.sort(key=lambda summary: (summary.next or far, summary.series.id))
        beside = [await self._beside(name, person, advisor) for name in unreadable]
        return Listed(tuple(summaries), tuple(series for series in beside if series is not None))

    async def _beside(self, name: str, person: str, advisor: bool) -> UnreadableSeries | None:
        """One that can't be read, for whom it concerns: who owns it, advises, or was sent the last."""
        id, own, _ = name.partition(" ")
        series = await self.store.beside(id)
        sent = series.last and await self.store.line_of(id, series.last, person)
        return series if own or advisor or sent else None

    async def open(self, person: str, now: datetime) -> list[Summary]:
        """Those of ``person``'s own of which something is still to come, be it what was put off."""
        return await self._open(await self.own(person), person, now)

    async def _open(self, series: Iterable[Series], person: str, now: datetime) -> list[Summary]:
        running = [each for each in series if each.own and each.owner.id == person and each.step != "ended"]
        summaries = await asyncio.gather(*(self._summary(each, person, True, now) for each in running))
        return [
            summary
            for summary in summaries
            if summary.next or summary.series.step == "paused" or summary.counts.get("snoozed")
        ]

    async def ended(self, id: str, person: str) -> tuple[Summary, ...]:
        """The series of that id where it has ended, and is nobody's own but ``person``'s."""
        loaded = await where_readable(self.store.load(id))
        series = loaded.series if loaded is not None else None
        if series is None or series.step != "ended" or (series.own and series.owner.id != person):
            return ()
        return (Summary(series, None),)

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

    async def _load(self, names: Iterable[str]) -> tuple[list[Series], list[str]]:
        """Those that exist, and the names of those that can't be read."""
        listed = list(names)
        loading = (where_readable(self.store.load(name.partition(" ")[0])) for name in listed)
        loaded = dict(zip(listed, await asyncio.gather(*loading), strict=True))
        gone = [name for name, found in loaded.items() if found is not None and not found.version]
        if gone:
            await self.store.connection.call("SREM", _INDEX, *gone)
        read = [found.series for found in loaded.values() if found is not None and found.series is not None]
        return read, [name for name, found in loaded.items() if found is None]

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
