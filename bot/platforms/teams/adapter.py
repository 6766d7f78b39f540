"""Teams as the web server sees it: one endpoint, one sender, opened and closed together."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import structlog
from aiohttp import ClientSession, web

from bot.platforms.adapters import Directory
from bot.platforms.ports import InboundEvent, InboundHandler, OnRetry, Sender, Unavailable, Undeliverable
from bot.platforms.teams.app_token import token_of
from bot.platforms.teams.apps import App, AppDirectory, Apps, AppSender
from bot.platforms.teams.bot_framework import BotFrameworkAdapter
from bot.platforms.teams.connector import BotConnector
from bot.platforms.teams.incoming import Incoming
from bot.platforms.teams.trust import Gate, SigningKeys
from bot.settings import Settings
from bot.teams_app import TeamsApp

PEOPLE_KEPT = 10_000

log = structlog.get_logger()


class TeamsAdapter:
    """``adapters.Adapter`` for Teams."""

    sender: Sender
    directory: Directory

    def __init__(self, gate: Gate, apps: Apps, addresses: frozenset[str] = frozenset()) -> None:
        """``addresses``: e-mail addresses of advisors, in lower case."""
        self.sender, self.directory, self.apps = AppSender(apps), AppDirectory(apps), apps
        self.advisors: set[str] = set()
        """Speaker ids of the people whose e-mail address is an advisor's, as they are met."""
        self._adapter = BotFrameworkAdapter(gate, apps)
        self._addresses = addresses
        self._met: set[str] = set()
        self.looking: set[asyncio.Task[None]] = set()
        """The look-ups under way."""

    @property
    def tenant(self) -> str:
        """See ``ports.Adapter``."""
        ours = [tenant for app in self.apps if not app.account for tenant in app.tenants]
        return f"teams:{ours[0]}" if ours else ""

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """``POST /api/messages``."""
        return [web.post("/api/messages", self._receive)]

    async def start(self) -> None:
        """Nothing to open: keys and tokens are fetched when first needed, and again when they age."""

    async def stop(self) -> None:
        """End the look-ups under way."""
        for task in self.looking:
            task.cancel()
        await asyncio.gather(*self.looking, return_exceptions=True)

    async def _receive(self, request: web.Request) -> web.Response:
        return await self._adapter.receive(request, self._meet)

    def _meet(self, app: App, inbound: InboundEvent, incoming: Incoming) -> None:
        """Learn, beside the turn, whether somebody new is an advisor known by e-mail address; through the
        settings' own app alone, since each tenant's administrator gives addresses at will."""
        if not self._addresses or app.account or inbound.speaker in self._met:
            return
        if len(self._met) >= PEOPLE_KEPT:
            self._met.clear()
        self._met.add(inbound.speaker)
        task = asyncio.create_task(self._look_up(app, inbound, incoming))
        self.looking.add(task)
        task.add_done_callback(self.looking.discard)

    async def _look_up(self, app: App, inbound: InboundEvent, incoming: Incoming) -> None:
        person = incoming.sender.id if incoming.sender else None
        try:
            told = await app.connector.member(
                inbound.to["service_url"], inbound.to["conversation"], person or "", asyncio.sleep
            )
        except (Unavailable, Undeliverable):
            self._met.discard(inbound.speaker)
            return
        if not {told.get(name, "").lower() for name in ("email", "userPrincipalName")} & self._addresses:
            return
        ours, own = app.tenants or {inbound.tenant.removeprefix("teams:")}, told.get("tenantId")
        if own in ours and inbound.speaker.startswith(f"teams:{own}/") and not _is_guest(told):
            self.advisors.add(inbound.speaker)
            return
        # Another tenant's administrator can give anybody any address.
        log.warning("advisor not taken: a guest, or from elsewhere", speaker=inbound.speaker)


def _is_guest(member: Mapping[str, str]) -> bool:
    """Whether a roster's person is in our tenant without being of it: guests can be advisors by id alone."""
    role = member.get("userRole", "").lower()
    return role in ("guest", "anonymous") or "#ext#" in member.get("userPrincipalName", "").lower()


def connect(
    settings: Settings,
    dispatcher: InboundHandler,
    session: ClientSession,
    *,
    on_retry: OnRetry = lambda platform, reason: None,
) -> TeamsAdapter:
    """Join Teams to ``dispatcher``; ``on_retry`` is called before each repeated request."""
    keys = SigningKeys(session, settings.teams_openid_url)
    apps = [
        App(
            account_of_app(app, settings), app.id, app.reached_from,
            BotConnector(session, token_of(app, settings, session, keys), on_retry), dispatcher,
        )
        for app in settings.apps_of_teams
    ]  # fmt: skip
    gate = Gate({app.id: app.tenants for app in apps}, keys)
    open_ones = [App("", "", frozenset(), BotConnector(session, None, on_retry), dispatcher)]
    addresses = frozenset(
        advisor.lower() for advisor in settings.advisors if "@" in advisor and "/" not in advisor
    )
    return TeamsAdapter(gate, Apps(apps or open_ones), addresses)


def account_of_app(app: TeamsApp, settings: Settings) -> str:
    """Its name in addresses."""
    return "" if app.id == settings.microsoft_app_id else app.id
