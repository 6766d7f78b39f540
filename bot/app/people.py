"""Who people are: names, time zones and organisations, asked of the platforms beside the turns and kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bot.platforms.ports import Address, Directory, InboundEvent, Someone, Unavailable, Undeliverable
from bot.platforms.registry import Platforms
from bot.storage.connection import Connection, MemoryAway
from bot.storage.keys import Keys

MET_KEPT = 20_000
PAUSE_SECONDS = 0.7
"""Between two look-ups: Slack takes about a hundred a minute."""
PATIENCE_SECONDS = 3.0
"""How long names for a scoreboard are waited for."""


class PeopleDirectory:
    """What is known of people in one process; the rest is in their profiles."""

    def __init__(
        self,
        platforms: Platforms,
        connection: Connection,
        directories: Mapping[str, Directory],
        called: Mapping[str, str],
        profile_seconds: int,
    ) -> None:
        """``directories``: by platform; ``called``: workspace or tenant (``platform:team``) -> its name."""
        self._platforms = platforms
        self._connection, self._directories, self._seconds = connection, directories, profile_seconds
        self._called = dict(called)
        self._met: OrderedDict[str, None] = OrderedDict()
        self._asked: set[str] = set()
        self._waiting: asyncio.Queue[tuple[str, str, Address]] = asyncio.Queue(maxsize=MET_KEPT)
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

    def met(self, inbound: InboundEvent) -> None:
        """Somebody did something; whoever is new is looked up soon."""
        if inbound.speaker in self._met or self._waiting.full():
            return
        self._met[inbound.speaker] = None
        if len(self._met) > MET_KEPT:
            self._met.popitem(last=False)
        self._waiting.put_nowait((inbound.tenant, inbound.speaker, inbound.private_to))

    async def names(self, speakers: Sequence[str]) -> dict[str, str]:
        """What people are called, for those who can be looked up in a moment."""
        found = await asyncio.gather(*(self._name(one) for one in speakers))
        return {one: name for one, name in zip(speakers, found, strict=True) if name}

    async def near(self, tenant: str) -> Address:
        """An address in a workspace or tenant, where anybody from there has ever been met. MemoryAway."""
        stored = await self._connection.call("GET", Keys(tenant).key("near", "any"))
        return msgspec.json.decode(stored, type=dict[str, str]) if stored else {}

    async def known(self, tenant: str, speaker: str) -> Someone | None:
        """What a person's profile tells of them; None where they were never met. May raise MemoryAway."""
        key = Keys(tenant).key("profile", speaker)
        name, zone, to = await self._connection.call("HMGET", key, "name", "time zone", "to")
        if to is None:
            return None
        reached = msgspec.json.decode(to, type=dict[str, str])
        return Someone(speaker, (name or b"").decode(), (zone or b"").decode(), to=reached)

    def unnamed(self, organisation: str) -> str:
        """What to call a workspace or tenant that doesn't tell its name; a name stays as it is."""
        name, colon, _ = organisation.partition(":")
        return f"An organisation in {self._platforms.get(name).label}" if colon else organisation

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
            tenant, speaker, to = await self._waiting.get()
            try:
                await self._look_up(tenant, speaker, to)
            except (Undeliverable, MemoryAway):
                pass  # what the event itself told must do
            except Unavailable:
                self._met.pop(speaker, None)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _look_up(self, tenant: str, speaker: str, to: Address) -> None:
        platform = speaker.partition(":")[0]
        directory = self._directories.get(platform)
        if directory is None:
            return
        await self._learn(speaker.partition("/")[0])
        near = Keys(tenant).key("near", "any")
        await self._connection.call("SET", near, msgspec.json.encode(to), "EX", self._seconds)
        one = await directory.person(speaker, to)
        told = {"name": one.name, "time zone": one.zone, "to": msgspec.json.encode(one.to or to).decode()}
        key = Keys(tenant).key("profile", speaker)
        await self._connection.call(
            "HSET", key, *_flat({name: value for name, value in told.items() if value})
        )
        await self._connection.call("EXPIRE", key, self._seconds)


def _flat(pairs: Mapping[str, str]) -> Iterable[str]:
    return (part for pair in pairs.items() for part in pair)
