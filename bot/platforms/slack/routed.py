"""The sender and the directory of all workspaces: whatever is asked goes to the one that it is about."""

from __future__ import annotations

from bot.platforms.accounts import ACCOUNT, NoAccount, met, open_place, through
from bot.platforms.adapters import OpenPlace, Someone
from bot.platforms.ports import Address, OutboxMessage, Revoked, Wait
from bot.platforms.slack.workspaces import Workspaces


class WorkspaceSender:
    """``ports.Sender`` over workspaces."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Deliver by the token of the workspace that the address names."""
        account = message.to.get(ACCOUNT, "")
        workspace = await self._workspaces.of(account)
        try:
            return await workspace.sender.send(message, wait)
        except Revoked:
            self._workspaces.doubt(account)
            raise


class WorkspaceDirectory:
    """``adapters.Directory`` over workspaces."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    def address_of(self, id: str) -> Address:
        """A person's id is an address, in their own workspace."""
        team, _, user = id.removeprefix("slack:").partition("/")
        return {"channel": user, **self.near(f"slack:{team}")}

    async def person(self, id: str, known: Address) -> Someone:
        """Asked where they were met, else in their own workspace."""
        there = await self._workspaces.of_organisation(id.removeprefix("slack:").partition("/")[0], known)
        return met(there.account, await there.directory.person(id, known))

    async def channel(self, id: str, near: Address) -> tuple[str, Address]:
        """Asked in the workspace of ``near``."""
        there = await self._workspaces.of(near.get(ACCOUNT, ""))
        name, to = await there.directory.channel(id, near)
        return name, through(there.account, to)

    async def open_to(self, id: str, who: str, near: Address) -> OpenPlace:
        """Asked in the workspace of ``near``."""
        there = await self._workspaces.of(near.get(ACCOUNT, ""))
        return open_place(there.account, await there.directory.open_to(id, who, near))

    async def group(self, id: str, near: Address) -> tuple[str, ...]:
        """Asked in the workspace of ``near``, whose group it is."""
        there = await self._workspaces.of(near.get(ACCOUNT, ""))
        return await there.directory.group(id, near)

    async def organisation(self, id: str) -> str:
        """As the installation tells, else asked there."""
        team = id.removeprefix("slack:")
        try:
            there = await self._workspaces.of_organisation(team, {})
        except NoAccount:
            return ""
        return self._workspaces.called(team) or await there.directory.organisation(id)

    def without_person(self, to: Address) -> Address:
        """The account alone: all else in an address is a person's or a channel's."""
        return {ACCOUNT: to[ACCOUNT]} if ACCOUNT in to else {}

    def near(self, tenant: str) -> Address:
        """A workspace is its own account, but for that of the settings."""
        team, own = tenant.removeprefix("slack:"), self._workspaces.own
        alone = self._workspaces.installations is None
        return {} if alone or (own and own.me.team == team) else {ACCOUNT: team}
