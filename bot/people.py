"""Who people are: names, time zones and organisations, asked of the platforms beside the turns and kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bot.keys import Keys
from bot.line import Line, MemoryAway
from bot.ports import Arrival, Directory, Someone, To, Unavailable, Undeliverable

MET_KEPT = 20_000
PAUSE_SECONDS = 0.7
"""Between two look-ups: Slack takes about a hundred a minute."""
PATIENCE_SECONDS = 3.0
"""How long names for a scoreboard are waited for."""


class People:
    """What is known of people in one process; the rest is in their profiles."""

    def __init__(
        self,
        line: Line,
        directories: Mapping[str, Directory],
        called: Mapping[str, str],
        profile_seconds: int,
    ) -> None:
        """``directories``: by platform; ``called``: workspace or tenant (``platform:team``) -> its name."""
        self._line, self._directories, self._seconds = line, directories, profile_seconds
        self._called = dict(called)
        self._met: OrderedDict[str, None] = OrderedDict()
        self._asked: set[str] = set()
        self._waiting: asyncio.Queue[tuple[str, str, To]] = asyncio.Queue(maxsize=MET_KEPT)
        self._working: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look up those who are met, one after another."""
        self._working = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Look up no more."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)

    async def organisations(self, teams: Iterable[str]) -> dict[str, str]:
        """What workspaces and tenants (``platform:team``) are called, of those that tell."""
        teams = set(teams)
        await asyncio.gather(*(self._learn(one) for one in teams))
        return {one: self._called[one] for one in teams if one in self._called}

    def met(self, arrival: Arrival) -> None:
        """Somebody did something; whoever is new is looked up soon."""
        if arrival.speaker in self._met or self._waiting.full():
            return
        self._met[arrival.speaker] = None
        if len(self._met) > MET_KEPT:
            self._met.popitem(last=False)
        self._waiting.put_nowait((arrival.home, arrival.speaker, arrival.private_to))

    async def names(self, speakers: Sequence[str]) -> dict[str, str]:
        """What people are called, for those who can be looked up in a moment."""
        found = await asyncio.gather(*(self._name(one) for one in speakers))
        return {one: name for one, name in zip(speakers, found, strict=True) if name}

    async def near(self, home: str) -> To:
        """An address in a workspace or tenant, where anybody from there has ever been met. MemoryAway."""
        stored = await self._line.call("GET", Keys(home).key("near", "any"))
        return msgspec.json.decode(stored, type=dict[str, str]) if stored else {}

    async def known(self, home: str, speaker: str) -> Someone | None:
        """What a person's profile tells of them; None where they were never met. May raise MemoryAway."""
        key = Keys(home).key("profile", speaker)
        name, zone, to = await self._line.call("HMGET", key, "name", "time zone", "to")
        if to is None:
            return None
        reached = msgspec.json.decode(to, type=dict[str, str])
        return Someone(speaker, (name or b"").decode(), (zone or b"").decode(), to=reached)

    def directory(self, platform: str) -> Directory | None:
        """Where people and channels of a platform are looked up; None where it isn't connected."""
        return self._directories.get(platform)

    async def _name(self, speaker: str) -> str:
        directory = self._directories.get(speaker.partition(":")[0])
        if directory is None:
            return ""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return (await directory.person(speaker, {})).name
        except (Undeliverable, Unavailable, TimeoutError):
            return ""

    async def _learn(self, team: str) -> None:
        """Ask what a workspace or tenant calls itself, unless it has been asked."""
        directory = self._directories.get(team.partition(":")[0])
        if directory is None or team in self._called or team in self._asked:
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                name = await directory.organisation(team)
        except (Unavailable, TimeoutError):
            return
        except Undeliverable:
            name = ""
        self._asked.add(team)
        if name:
            self._called[team] = name

    async def _work(self) -> None:
        while True:
            home, speaker, to = await self._waiting.get()
            try:
                await self._look_up(home, speaker, to)
            except (Undeliverable, MemoryAway):
                pass  # what the event itself told must do
            except Unavailable:
                self._met.pop(speaker, None)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _look_up(self, home: str, speaker: str, to: To) -> None:
        platform = speaker.partition(":")[0]
        directory = self._directories.get(platform)
        if directory is None:
            return
        await self._learn(speaker.partition("/")[0])
        near = Keys(home).key("near", "any")
        await self._line.call("SET", near, msgspec.json.encode(to), "EX", self._seconds)
        one = await directory.person(speaker, to)
        told = {"name": one.name, "time zone": one.zone, "to": msgspec.json.encode(one.to or to).decode()}
        key = Keys(home).key("profile", speaker)
        await self._line.call("HSET", key, *_flat({name: value for name, value in told.items() if value}))
        await self._line.call("EXPIRE", key, self._seconds)


def _flat(pairs: Mapping[str, str]) -> Iterable[str]:
    return (part for pair in pairs.items() for part in pair)
