"""Teams as the web server sees it: one endpoint, one sender, opened and closed together."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import structlog
from aiohttp import ClientSession, web

from bot.platforms.adapters import Directory
from bot.platforms.ports import InboundEvent, InboundHandler, OnRetry, Sender, Unavailable, Undeliverable
from bot.platforms.teams.app_token import own_token
from bot.platforms.teams.bot_framework import BotFrameworkAdapter
from bot.platforms.teams.connector import BotConnector
from bot.platforms.teams.directory import TeamsDirectory
from bot.platforms.teams.incoming import Incoming
from bot.platforms.teams.mentioned import MentionResolver
from bot.platforms.teams.send import TeamsSender
from bot.platforms.teams.trust import Gate, SigningKeys
from bot.settings import Settings

PEOPLE_KEPT = 10_000

log = structlog.get_logger()


class TeamsAdapter:
    """``adapters.Adapter`` for Teams."""

    sender: Sender
    directory: Directory

    def __init__(
        self,
        gate: Gate,
        connector: BotConnector,
        dispatcher: InboundHandler,
        addresses: frozenset[str] = frozenset(),
        tenants: frozenset[str] = frozenset(),
    ) -> None:
        """``addresses``: e-mail addresses of advisors, in lower case; ``tenants``: whose people they may be,
        empty for those of the conversation's."""
        self.sender, self.connector = TeamsSender(connector), connector
        self.directory = directory = TeamsDirectory(connector)
        self.advisors: set[str] = set()
        """Speaker ids of the people whose e-mail address is an advisor's, as they are met."""
        self._adapter = BotFrameworkAdapter(gate, connector)
        self._dispatcher = MentionResolver(dispatcher, directory)
        self._addresses, self._tenants = addresses, tenants
        self._met: set[str] = set()
        self.looking: set[asyncio.Task[None]] = set()
        """The look-ups under way."""

    @property
    def tenant(self) -> str:
        """See ``ports.Adapter``."""
        return next((f"teams:{tenant}" for tenant in self._tenants), "")

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
        return await self._adapter.receive(request, self._dispatcher, self._meet)

    def _meet(self, inbound: InboundEvent, incoming: Incoming) -> None:
        """Learn, beside the turn, whether somebody new is an advisor known by e-mail address."""
        if not self._addresses or inbound.speaker in self._met:
            return
        if len(self._met) >= PEOPLE_KEPT:
            self._met.clear()
        self._met.add(inbound.speaker)
        task = asyncio.create_task(self._look_up(inbound, incoming))
        self.looking.add(task)
        task.add_done_callback(self.looking.discard)

    async def _look_up(self, inbound: InboundEvent, incoming: Incoming) -> None:
        person = incoming.sender.id if incoming.sender else None
        try:
            told = await self.connector.member(
                inbound.to["service_url"], inbound.to["conversation"], person or "", asyncio.sleep
            )
        except (Unavailable, Undeliverable):
            self._met.discard(inbound.speaker)
            return
        if not {told.get(name, "").lower() for name in ("email", "userPrincipalName")} & self._addresses:
            return
        ours, own = self._tenants or {inbound.tenant.removeprefix("teams:")}, told.get("tenantId")
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
    ours = own_token(settings, session, keys)
    tenants = frozenset(
        (settings.microsoft_app_tenant_id,) if ours and settings.microsoft_app_tenant_id else ()
    )
    gate = Gate(settings.microsoft_app_id, keys, tenants)
    addresses = frozenset(
        advisor.lower() for advisor in settings.advisors if "@" in advisor and "/" not in advisor
    )
    return TeamsAdapter(gate, BotConnector(session, ours, on_retry), dispatcher, addresses, tenants)
