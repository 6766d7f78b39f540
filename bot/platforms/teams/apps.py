"""The Teams apps of a deployment: each with its id, its secret, and the tenants that it is for.

What arrives is told apart by the token's audience, and answered by the same app.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.platforms.accounts import ACCOUNT, NoAccount, met, open_place, through
from bot.platforms.adapters import OpenPlace, Someone
from bot.platforms.ports import Address, InboundHandler, OutboxMessage, Wait
from bot.platforms.teams.connector import BotConnector
from bot.platforms.teams.consent import Consents
from bot.platforms.teams.directory import TeamsDirectory
from bot.platforms.teams.mentioned import MentionResolver
from bot.platforms.teams.send import TeamsSender
from bot.platforms.teams.trust import BOT


class App:
    """All that goes by one app's token."""

    def __init__(
        self, account: str, id: str, tenants: frozenset[str], connector: BotConnector, handler: InboundHandler
    ) -> None:
        """``account``: its name in addresses, "" for that of the settings' three; ``id`` is "" where nothing
        is authenticated; ``tenants``: from where it is reached, empty for anywhere."""
        self.account, self.id, self.tenants, self.connector = account, id, tenants, connector
        self.sender, self.directory = TeamsSender(connector), TeamsDirectory(connector)
        self.consents = Consents(connector)
        self.handler = MentionResolver(handler, self.directory, account)


class Apps:
    """Finds the app for whatever comes and goes."""

    def __init__(self, apps: Sequence[App]) -> None:
        """``apps``: at least one."""
        self._apps = {app.id: app for app in apps}
        self._first = apps[0]

    def __iter__(self) -> Iterator[App]:
        return iter(self._apps.values())

    def admitted(self, id: str) -> App:
        """By the id that a token was for."""
        return self._apps[id]

    def of(self, to: Address) -> App:
        """By an address: as it says, else whose bot it was told by, else the only one. Raises NoAccount."""
        named = to.get(ACCOUNT) or to.get("bot", "").removeprefix(BOT)
        if named in self._apps:
            return self._apps[named]
        if ACCOUNT in to or (self._first.account and len(self._apps) > 1):
            raise NoAccount
        return self._first


class AppSender:
    """``ports.Sender`` over apps."""

    def __init__(self, apps: Apps) -> None:
        self._apps = apps

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Deliver by the app that the address names."""
        return await self._apps.of(message.to).sender.send(message, wait)


class AppDirectory:
    """``adapters.Directory`` over apps: each sees those who share a conversation with it."""

    def __init__(self, apps: Apps) -> None:
        self._apps = apps

    def address_of(self, id: str) -> Address:
        """Teams needs a conversation to write to."""
        return {}

    async def person(self, id: str, known: Address) -> Someone:
        """Asked by the app that met them."""
        app = self._apps.of(known)
        return met(app.account, await app.directory.person(id, known))

    async def channel(self, id: str, near: Address) -> tuple[str, Address]:
        """Asked by the app of ``near``."""
        app = self._apps.of(near)
        name, to = await app.directory.channel(id, near)
        return name, through(app.account, to)

    async def open_to(self, id: str, who: str, near: Address) -> OpenPlace:
        """Asked by the app of ``near``."""
        app = self._apps.of(near)
        return open_place(app.account, await app.directory.open_to(id, who, near))

    async def group(self, id: str, near: Address) -> tuple[str, ...]:
        """Teams tells a bot of none."""
        return await self._apps.of(near).directory.group(id, near)

    async def organisation(self, id: str) -> str:
        """A bot isn't told what a tenant calls itself."""
        return ""

    def without_person(self, to: Address) -> Address:
        """Where a tenant is reached: through its service, as which bot, by which app."""
        return {name: to[name] for name in ("service_url", "bot", "tenant", ACCOUNT) if name in to}

    def near(self, tenant: str) -> Address:
        """Teams needs a service, which only an activity tells."""
        return {}
