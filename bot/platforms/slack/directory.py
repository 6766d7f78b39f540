"""Who and what there is in Slack (``bot.platforms.adapters.Directory``); kept for some minutes."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.platforms.adapters import OpenPlace, Someone
from bot.platforms.ports import Address, Unavailable, Undeliverable
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.identity import Identity, home_of
from bot.platforms.slack.shapes import Json, inside, text

PAGES, PAGE = 20, 1000
"""Pages of a channel's members that are read to find one, and how many are on each."""
KEPT = 10_000
FRESH = 600.0
"""How many answers of a kind are kept, and for how many seconds."""

Told = TypeVar("Told")


class AnswerCache(Generic[Told]):
    """Answers to one kind of question; refusals are not kept, and so asked for anew."""

    def __init__(self, ask: Callable[[str], Awaitable[Told]], clock: Callable[[], float]) -> None:
        self._ask, self._clock = ask, clock
        self._answers: OrderedDict[str, tuple[float, Told]] = OrderedDict()

    async def of(self, id: str) -> Told:
        """The answer about ``id``, from memory where it is fresh."""
        kept = self._answers.get(id)
        if kept is not None and self._clock() - kept[0] < FRESH:
            return kept[1]
        answer = await self._ask(id)
        self._answers[id] = self._clock(), answer
        self._answers.move_to_end(id)
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)
        return answer


class SlackDirectory:
    """Looks people, channels, user groups and workspaces up."""

    def __init__(self, calls: Calls, me: Identity, clock: Callable[[], float] = time.monotonic) -> None:
        self._calls, self._me = calls, me
        self._people = AnswerCache(self._person, clock)
        self._channels = AnswerCache(self._channel, clock)
        self._groups = AnswerCache(self._group, clock)
        self._organisations = AnswerCache(self._organisation, clock)

    def address_of(self, id: str) -> Address:
        """In Slack a person's id is an address too."""
        return {"channel": id.partition("/")[2]}

    async def person(self, id: str, known: Address) -> Someone:
        """A person by speaker id; the id that is given back has the organisation that is really theirs."""
        return await self._people.of(id)

    async def channel(self, id: str, near: Address) -> tuple[str, Address]:
        """A channel; its name is "" for a direct conversation."""
        return await self._channels.of(id.removeprefix("slack:"))

    async def open_to(self, id: str, who: str, near: Address) -> OpenPlace:
        """The same, asked afresh, where everybody in it may write."""
        channel = id.removeprefix("slack:")
        found = await self._conversation(channel)
        if found.get("is_read_only") or found.get("is_thread_only"):
            raise Undeliverable("read_only")
        if who and not await self._has(channel, who.rpartition("/")[2]):
            raise Undeliverable("not_theirs")
        external = bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))
        return OpenPlace(_name(found), {"channel": channel}, external)

    async def group(self, id: str, near: Address) -> tuple[str, ...]:
        """The members of a user group, taken to be of our own organisation, whose group it is."""
        return await self._groups.of(id.removeprefix("slack:"))

    async def organisation(self, id: str) -> str:
        """A workspace's or an Enterprise's name; "" also where we may not ask."""
        return await self._organisations.of(id.removeprefix("slack:"))

    def without_person(self, to: Address) -> Address:
        """In Slack an address is a person's or a channel's, and nothing else."""
        return {}

    def near(self, tenant: str) -> Address:
        """Neither does that need an address."""
        return {}

    async def _person(self, id: str) -> Someone:
        team, _, user = id.removeprefix("slack:").partition("/")
        found = inside(await self._look_up("users.info", user=user), "user")
        if found.get("deleted"):
            raise Undeliverable("account_inactive")
        if found.get("is_bot") or user == "USLACKBOT":
            raise Undeliverable("is_bot")
        profile, (workspace, enterprise) = inside(found, "profile"), home_of(found)
        return Someone(
            id=f"slack:{enterprise or self._me.organisation(workspace or team)}/{user}",
            name=text(profile, "display_name") or text(profile, "real_name") or text(found, "real_name"),
            zone=text(found, "tz"),
            email=text(profile, "email"),
            to={"channel": user},
        )

    async def _channel(self, channel: str) -> tuple[str, Address]:
        return _name(await self._conversation(channel)), {"channel": channel}

    async def _conversation(self, channel: str) -> Json:
        """What Slack tells of a conversation that we are in. Raises Undeliverable where we aren't."""
        found = inside(await self._look_up("conversations.info", channel=channel), "channel")
        if found.get("is_archived"):
            raise Undeliverable("is_archived")
        if found.get("is_member") is False:
            raise Undeliverable("not_in_channel")
        return found

    async def _has(self, channel: str, user: str) -> bool:
        """Whether somebody is in a conversation."""
        cursor = ""
        for _ in range(PAGES):
            about = {"channel": channel, "limit": str(PAGE), **({"cursor": cursor} if cursor else {})}
            told = await self._look_up("conversations.members", **about)
            members = told.get("members")
            if isinstance(members, list) and user in members:
                return True
            cursor = text(inside(told, "response_metadata"), "next_cursor")
            if not cursor:
                return False
        return False

    async def _group(self, group: str) -> tuple[str, ...]:
        if not self._me.team:
            raise Unavailable("own_workspace_unknown")
        users = (await self._look_up("usergroups.users.list", usergroup=group)).get("users")
        members = users if isinstance(users, list) else []
        return tuple(self._me.person(member, {}) for member in members if isinstance(member, str))

    async def _organisation(self, team: str) -> str:
        workspace = next((member for member, whole in self._me.organisations.items() if whole == team), team)
        try:
            found = inside(await self._look_up("team.info", team=workspace), "team")
        except Undeliverable:
            return ""
        return (text(found, "enterprise_name") if workspace != team else "") or text(found, "name")

    async def _look_up(self, method: str, **about: str) -> Json:
        return await self._calls.form(method, about, asyncio.sleep)


def _name(found: Json) -> str:
    """What people call a conversation: a group message's "name" lists its people's handles."""
    return "" if found.get("is_mpim") else text(found, "name")
