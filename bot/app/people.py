"""Who people are: names, time zones and organisations, asked of the platforms beside the turns and kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import msgspec

from bot.app.organisations import Organisations
from bot.platforms.adapters import Directory, Someone
from bot.platforms.ports import Address, InboundEvent, Unavailable, Undeliverable, platform_of
from bot.platforms.registry import Platforms
from bot.storage.connection import Connection, MemoryAway, Script
from bot.storage.keys import Keys
from bot.storage.partitions import partitions

MET_KEPT = 20_000
PAUSE_SECONDS = 0.7
"""Between two look-ups: Slack takes about a hundred a minute."""
OLDEST_SECONDS = 1800.0
"""A look-up that has waited for longer is left for when they are met again: by then it is no longer known
whether they have been forgotten meanwhile."""
PATIENCE_SECONDS = 3.0
"""How long names for a scoreboard, or of those who are mentioned, are waited for."""


class PeopleDirectory:
    """What is known of people in one process; the rest is in their profiles."""

    def __init__(
        self,
        platforms: Platforms,
        connection: Connection,
        directories: Mapping[str, Directory],
        called: Mapping[str, str],
        organisations: Organisations,
        profile_seconds: int,
        clock: Callable[[], datetime],
    ) -> None:
        """``directories``: by platform; ``called``: workspace or tenant (``platform:team``) -> its name;
        ``organisations``: which organisation a workspace is of."""
        self._platforms = platforms
        self._connection, self._directories, self._seconds = connection, directories, profile_seconds
        self._called, self._clock, self._script = dict(called), clock, Script("look_up")
        self._workspaces = organisations
        self._met: OrderedDict[str, None] = OrderedDict()
        self._asked: set[str] = set()
        self._waiting: asyncio.Queue[tuple[str, str, Address, float]] = asyncio.Queue(maxsize=MET_KEPT)

    async def organisations(self, teams: Iterable[str]) -> dict[str, str]:
        """What workspaces and tenants (``platform:team``) are called, of those that tell."""
        teams = set(teams)
        for workspace, name in tuple(self._called.items()):
            self._called.setdefault(self._workspaces.of_team(workspace), name)
        await asyncio.gather(*(self._learn(team) for team in teams))
        return {team: self._called[team] for team in teams if team in self._called}

    def now(self) -> float:
        """The time, in seconds."""
        return self._clock().timestamp()

    def met(self, inbound: InboundEvent, since: float) -> None:
        """Somebody did something; whoever is new is looked up soon. ``since``: when it began: what it came
        to may be that they are forgotten."""
        if inbound.speaker in self._met or self._waiting.full():
            return
        self._met[inbound.speaker] = None
        if len(self._met) > MET_KEPT:
            self._met.popitem(last=False)
        self._waiting.put_nowait((inbound.tenant, inbound.speaker, inbound.private_to, since))

    async def names(self, speakers: Sequence[str], there: Address | None = None) -> dict[str, str]:
        """What people are called, for those who can be looked up in a moment; ``there``: a conversation in
        which they may be, where a platform tells names only of those who are in one."""
        found = await asyncio.gather(*(self._name(speaker, there or {}) for speaker in speakers))
        return {speaker: name for speaker, name in zip(speakers, found, strict=True) if name}

    async def near(self, tenant: str) -> Address:
        """Where a workspace or tenant is reached, if its id tells, or anybody from there has ever been met.
        MemoryAway."""
        stored = await self._connection.call("GET", Keys(tenant).key("near", "any"))
        if stored:
            return msgspec.json.decode(stored, type=dict[str, str])
        directory = self._directories.get(platform_of(tenant))
        return directory.near(tenant) if directory else {}

    async def known(self, tenant: str, speaker: str) -> Someone | None:
        """What a person's profile tells of them; None where they were never met. May raise MemoryAway."""
        key = Keys(tenant).key("profile", speaker)
        name, zone, to = await self._connection.call("HMGET", key, "name", "time zone", "to")
        if to is None:
            return None
        reached = msgspec.json.decode(to, type=dict[str, str])
        return Someone(speaker, (name or b"").decode(), (zone or b"").decode(), to=reached)

    def names_of(self, person: str) -> tuple[str, ...]:
        """All ids under which something of a person may have been kept."""
        return self._workspaces.names(person)

    def own(self, tenant: str, speaker: str) -> bool:
        """Whether a workspace or tenant is somebody's own: not that of a partner, whose guest they are."""
        return self._workspaces.of_team(tenant) == speaker.rpartition("/")[0]

    async def where(self, speaker: str) -> str:
        """The workspace or tenant through which somebody is written to: where they were met, which need not
        be their own. May raise MemoryAway."""
        tenants = await self._tenants(speaker)
        for tenant in tenants:
            if await self._connection.call("EXISTS", Keys(tenant).key("profile", speaker)):
                return tenant
        return tenants[0]

    async def reached(self, speaker: str) -> Address:
        """Where a person is written to: as they were met last, in their own workspace or tenant or in that
        of a partner, else as their platform tells; empty where nobody knows. May raise MemoryAway."""
        tenants = await self._tenants(speaker)
        for tenant in tenants:
            known = await self.known(tenant, speaker)
            if known is not None and known.to:
                return known.to
        directory = self._directories.get(platform_of(speaker))
        for tenant in tenants if directory else ():
            assert directory is not None
            with suppress(Undeliverable, Unavailable):
                someone = await directory.person(speaker, await self.near(tenant))
                if someone.to:
                    return someone.to
        return {}

    async def _tenants(self, speaker: str) -> list[str]:
        """Where somebody may have been met, their own workspace or tenant first."""
        own, platform = speaker.partition("/")[0], platform_of(speaker)
        names = await partitions(self._connection)
        return [own, *(name for name in names if name.startswith(f"{platform}:") and name != own)]

    def unnamed(self, organisation: str) -> str:
        """What to call a workspace or tenant that doesn't tell its name; a name stays as it is."""
        if ":" not in organisation:
            return organisation
        return f"An organisation in {self.platform_label(organisation)}"

    def platform_label(self, id: str) -> str:
        """How people call the platform of any ``platform:…`` id."""
        return self._platforms.get(platform_of(id)).label

    def where_reached(self) -> dict[str, str]:
        """How people say that somebody is reached on a platform ("in Slack"), by its name."""
        return {platform.name: platform.reached for platform in self._platforms}

    def directory(self, platform: str) -> Directory | None:
        """Where people and channels of a platform are looked up; None where it isn't connected."""
        return self._directories.get(platform)

    async def _name(self, speaker: str, there: Address) -> str:
        directory = self._directories.get(platform_of(speaker))
        if directory is None:
            return ""
        with suppress(Unavailable, TimeoutError, MemoryAway):
            async with asyncio.timeout(PATIENCE_SECONDS):
                with suppress(Undeliverable):
                    return (await directory.person(speaker, there)).name
                near = await self.near(speaker.partition("/")[0])
                with suppress(Undeliverable):
                    return (await directory.person(speaker, near)).name if near else ""
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

    async def work(self) -> None:
        """Look up those who are met, one after another, for as long as the process lives."""
        while True:
            tenant, speaker, to, since = await self._waiting.get()
            if self.now() - since > OLDEST_SECONDS:
                self._met.pop(speaker, None)
                continue
            try:
                await self._look_up(tenant, speaker, to, since)
            except (Undeliverable, MemoryAway):
                pass  # what the event itself told must do
            except Unavailable:
                self._met.pop(speaker, None)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _look_up(self, tenant: str, speaker: str, to: Address, since: float) -> None:
        platform = speaker.partition(":")[0]
        directory = self._directories.get(platform)
        if directory is None:
            return
        await self._learn(speaker.partition("/")[0])
        await self._keep_near(tenant, directory.without_person(to))
        someone = await directory.person(speaker, to)
        reached = msgspec.json.encode(someone.to or to).decode()
        told = {"name": someone.name, "time zone": someone.zone, "to": reached}
        keys = Keys(tenant)
        await self._connection.run(
            self._script,
            [keys.key("profile", speaker), keys.hashed("forgotten", speaker)],
            [since, self._seconds, *_flat({name: value for name, value in told.items() if value})],
        )

    async def forget(self, tenant: str, speaker: str) -> None:
        """Know nothing of somebody in this process, nor keep an address of theirs. May raise MemoryAway."""
        self._met.pop(speaker, None)
        directory = self._directories.get(tenant.partition(":")[0])
        near = await self.near(tenant)
        if near:  # an earlier version kept the address of whoever was met last
            await self._keep_near(tenant, directory.without_person(near) if directory else {})

    async def _keep_near(self, tenant: str, to: Address) -> None:
        key = Keys(tenant).key("near", "any")
        if to:
            await self._connection.call("SET", key, msgspec.json.encode(to), "EX", self._seconds)
        else:
            await self._connection.call("DEL", key)


def _flat(pairs: Mapping[str, str]) -> Iterable[str]:
    return (part for pair in pairs.items() for part in pair)
