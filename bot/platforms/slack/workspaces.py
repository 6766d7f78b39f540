"""All workspaces that have us, by account: that of the settings' token, and those that installed us."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import msgspec
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.oauth.installation_store import Bot

from bot.platforms.accounts import ACCOUNT, NoAccount
from bot.platforms.ports import Address, InboundHandler, Revoked, Unavailable
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.installations import Installations, until
from bot.platforms.slack.shapes import Json, inside, text
from bot.platforms.slack.shared_channels import is_shared, meant
from bot.platforms.slack.workspace import Workspace

FRESH_SECONDS = 30.0
"""How long an installation is taken to be as it was read: others may renew or end it."""

Make = Callable[[str, str, Identity], Workspace]
"""Makes a workspace of an account, its token, and who we are there."""


class _Known(msgspec.Struct):
    """A workspace in use."""

    workspace: Workspace
    fresh: float
    """Until when, in seconds since 1970, its token needs no look."""
    enterprise: str
    name: str
    """What it calls itself."""


class Workspaces:
    """Finds the workspace for whatever comes and goes."""

    def __init__(
        self,
        own: Workspace | None,
        installations: Installations | None,
        make: Make,
        handler: InboundHandler,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``own``: that of the settings' token."""
        self.own, self.installations = own, installations
        self._make, self._handler, self._clock = make, handler, clock
        self._known: dict[str, _Known] = {}

    def __iter__(self) -> Iterator[Workspace]:
        """Those in use."""
        yield from [self.own] if self.own else []
        yield from [known.workspace for known in self._known.values()]

    async def of(self, account: str) -> Workspace:
        """By its name in addresses; "": that of the settings. Raises NoAccount, or Unavailable."""
        found = await self.find(account) if account else self.own
        if found is None:
            raise NoAccount
        return found

    async def find(self, account: str) -> Workspace | None:
        """By a workspace's or Enterprise's id; None where it hasn't installed us. May raise Unavailable."""
        if self.own and account == self.own.me.team:
            return self.own
        known = self._known.get(account)
        if self.installations is None or (known and self._clock() < known.fresh):
            return known.workspace if known else None
        try:
            bot = await self.installations.fresh(account)
        except Unavailable as trouble:
            if known is None or isinstance(trouble, Revoked):
                raise
            return known.workspace  # as it was when memory was last there
        if bot is None:
            await self.forget(account)
            return None
        return await self._with(account, bot)

    async def of_organisation(self, id: str, near: Address) -> Workspace:
        """The one to ask about an organisation or its people: where they were met (``near``), else their own,
        else one of their Enterprise, else that of the settings. Raises NoAccount, or Unavailable."""
        if near and (ACCOUNT in near or self.own):
            return await self.of(near.get(ACCOUNT, ""))
        if self.own and (self.installations is None or id == self.own.me.organisation(self.own.me.team)):
            return self.own
        if found := await self.find(id):
            return found
        for account in await self.installations.accounts() if self.installations else ():
            there = await self.find(account)
            if there is not None and self._known[account].enterprise == id:
                return there
        return await self.of("")

    async def for_request(self, body: Json, context: AsyncBoltContext) -> Workspace | None:
        """The one for which Slack sent a request; None for one that hasn't installed us (any more)."""
        if self.installations is None:
            return self.own
        if is_shared(body) and (account := await meant(body, await self._bots(), self._handler)):
            return await self.find(account)
        whole, team = text(context, "enterprise_id"), text(context, "team_id")
        # In Slack Connect a press tells of whose team pressed; our message tells of ours.
        shown = inside(body, "message") if text(body, "type") == "block_actions" else {}
        ours = [text(inside(shown, "bot_profile"), "team_id"), text(shown, "team")]
        told = [*ours, *([whole, team] if context.is_enterprise_install else [team, whole])]
        for account in dict.fromkeys(filter(None, told)):
            if found := await self.find(account):
                return found
        # Before Slack has told who we are, what isn't anybody else's is our own.
        return self.own if self.own and not self.own.me.team else None

    def doubt(self, account: str) -> None:
        """Slack refused its token: look at the next use whether there is another."""
        if account in self._known:
            self._known[account].fresh = 0.0

    def called(self, id: str) -> str:
        """What a workspace calls itself, as far as its installation told; "" where it didn't."""
        return self._known[id].name if id in self._known else ""

    async def forget(self, account: str) -> None:
        """It has uninstalled us."""
        if known := self._known.pop(account, None):
            await known.workspace.stop()

    async def _bots(self) -> dict[str, str]:
        """The user ids of our bots -> the accounts to which they belong."""
        assert self.installations is not None
        for account in await self.installations.accounts():
            with suppress(Revoked):  # its token can't be read, and nothing is said by it
                await self.find(account)
        return {there.me.user: there.me.team for there in self if there.me.user and there.me.team}

    async def _with(self, account: str, bot: Bot) -> Workspace:
        """The workspace of an installation, as it is now."""
        enterprise = bot.enterprise_id or ""
        known = self._known.get(account)
        if known is None:
            me = Identity(team=account, user=bot.bot_user_id or "")
            known = _Known(self._make(account, bot.bot_token, me), 0.0, enterprise, "")
            self._known[account] = known
            await known.workspace.actors.belongs(account, enterprise or account)
        known.name = (bot.enterprise_name if bot.is_enterprise_install else bot.team_name) or ""
        known.workspace.client.token = bot.bot_token
        known.fresh = min(self._clock() + FRESH_SECONDS, until(bot))
        return known.workspace
