"""Who and what there is in Teams (``adapters.Directory``), from the rosters that a bot may read."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.platforms.adapters import OpenPlace, Someone
from bot.platforms.ports import Address, Unavailable, Undeliverable
from bot.platforms.teams.connector import BotConnector

KEPT = 10_000
FRESH = 3600.0
"""How many people are kept, and for how many seconds."""
BARE = frozenset({"403", "404"})
"""Refusals for which Teams gave no word of its own."""

Told = TypeVar("Told")


class TeamsDirectory:
    """Looks people and channels up. A bot sees those who share a conversation with it."""

    def __init__(self, connector: BotConnector, clock: Callable[[], float] = time.monotonic) -> None:
        self._connector, self._clock = connector, clock
        self._people: OrderedDict[tuple[str, str], tuple[float, Someone]] = OrderedDict()
        self._speakers: OrderedDict[str, str] = OrderedDict()

    def address_of(self, id: str) -> Address:
        """Teams needs a conversation to write to."""
        return {}

    async def person(self, id: str, known: Address) -> Someone:
        """A person by speaker id, or by the id that a mention has: Teams' own in the place of Entra's.

        ``known``: a conversation that they are in, or where they were last reached. The id that is
        given back is the speaker's. ``to`` is empty where they haven't installed us.
        """
        tenant, _, account = id.removeprefix("teams:").partition("/")
        service_url = known.get("service_url", "")
        if not account or not service_url:
            raise Undeliverable("not_met")
        kept = self._people.get((service_url, id))
        if kept is not None and self._clock() - kept[0] < FRESH:
            self._people.move_to_end((service_url, id))
            return kept[1]
        found = await self._look_up(tenant, account, known)
        if found.to:
            self._people[service_url, id] = self._clock(), found
            if len(self._people) > KEPT:
                self._people.popitem(last=False)
        return found

    async def speaker(self, id: str, there: Address) -> str:
        """The id as which somebody speaks, by the id that a mention has; the same where the roster of the
        conversation ``there`` doesn't tell."""
        if id in self._speakers:
            return self._speakers[id]
        tenant, _, account = id.removeprefix("teams:").partition("/")
        try:
            conversation = there.get("conversation", "")
            member = await self._connector.member(there["service_url"], conversation, account, asyncio.sleep)
        except (Undeliverable, Unavailable):
            return id
        entra = _entra(member)
        if not entra:
            return id
        speaker = self._speakers[id] = f"teams:{member.get('tenantId') or tenant}/{entra}"
        if len(self._speakers) > KEPT:
            self._speakers.popitem(last=False)
        return speaker

    async def channel(self, id: str, near: Address) -> tuple[str, Address]:
        """A channel or group chat. Its name is "" where Teams doesn't tell: only a team's own has one."""
        conversation = id.removeprefix("teams:").partition(";")[0]
        service_url = near.get("service_url", "")
        if not conversation or not service_url:
            raise Undeliverable("not_met")
        await _worded(self._connector.present(service_url, conversation, asyncio.sleep))
        try:
            name = await self._connector.team_name(service_url, conversation, asyncio.sleep)
        except (Undeliverable, Unavailable):
            name = ""
        return name, {
            "service_url": service_url,
            "bot": near.get("bot", ""),
            "conversation": conversation,
        }

    async def open_to(self, id: str, who: str, near: Address) -> OpenPlace:
        """The same; a guest counts as one of the tenant."""
        name, to = await self.channel(id, near)
        service_url, conversation = to["service_url"], to["conversation"]
        if who:
            account = who.rpartition("/")[2]
            try:
                await self._connector.member(service_url, conversation, account, asyncio.sleep)
            except Undeliverable:
                raise Undeliverable("not_theirs") from None
        tenants = await self._connector.tenants(service_url, conversation, asyncio.sleep)
        return OpenPlace(name, to, len(tenants) > 1)

    async def group(self, id: str, near: Address) -> tuple[str, ...]:
        """Teams tells a bot of no groups: a tag's people are for the Graph, which we don't ask for."""
        raise Undeliverable("no_groups_in_teams")

    async def organisation(self, id: str) -> str:
        """A bot isn't told what a tenant calls itself."""
        return ""

    def without_person(self, to: Address) -> Address:
        """Where a tenant is reached: through its service, as which bot."""
        return {name: to[name] for name in ("service_url", "bot", "tenant") if name in to}

    def near(self, tenant: str) -> Address:
        """Teams needs a service, which only an activity tells."""
        return {}

    async def _look_up(self, tenant: str, account: str, known: Address) -> Someone:
        base = {"service_url": known["service_url"], "bot": known.get("bot", "")}
        direct = {**base, "person": account, "tenant": tenant}
        member = await _worded(self._member(account, known.get("conversation", ""), direct))
        own = member.get("tenantId") or tenant
        to = {**base, "person": member.get("id") or account, "tenant": own}
        try:
            await self._connector.chat(to, asyncio.sleep)
        except Undeliverable:
            to = {}
        entra = _entra(member) or account
        return Someone(
            id=f"teams:{own}/{entra}",
            name=member.get("name", ""),
            email=member.get("email") or member.get("userPrincipalName", ""),
            to=to,
        )

    async def _member(self, account: str, conversation: str, direct: Address) -> dict[str, str]:
        service_url = direct["service_url"]
        if conversation:
            try:
                return await self._connector.member(service_url, conversation, account, asyncio.sleep)
            except Undeliverable:
                pass  # not in it, or no longer: perhaps they have a chat with us
        chat = await self._connector.chat(direct, asyncio.sleep)
        return await self._connector.member(service_url, chat, account, asyncio.sleep)


def _entra(member: dict[str, str]) -> str:
    """The id in Entra, as a roster tells it; "" where it doesn't."""
    return member.get("aadObjectId") or member.get("objectId") or ""


async def _worded(asked: Awaitable[Told]) -> Told:
    """``asked``'s answer; a refusal without a word says what it means."""
    try:
        return await asked
    except Undeliverable as refusal:
        if refusal.reason in BARE:
            raise Undeliverable("not_installed") from None
        raise
