"""Mail in the registry of platforms: for those who are in neither chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import aiohttp

from bot.findings import Finding
from bot.platforms.adapters import Adapter
from bot.platforms.mail.links import PATH
from bot.platforms.ports import InboundHandler, OnRetry, OutboxMessage, RateLimit
from bot.platforms.registry import Cost, Platform
from bot.platforms.vault import Vault
from bot.settings import Settings
from dialogs.core.addresses import PLATFORM
from dialogs.core.replies import Reply

# Mail servers count by domain, each in its own way: a mail a second to one of them offends nobody.
DOMAIN = RateLimit(1.0, 20)


def _connect(
    settings: Settings,
    dispatcher: InboundHandler,
    session: aiohttp.ClientSession,
    on_retry: OnRetry,
    vault: Vault | None,
) -> Adapter:
    from bot.platforms.mail.adapter import connect

    return connect(settings, dispatcher)


def _costs(message: OutboxMessage) -> Sequence[Cost]:
    return (("domain", DOMAIN),)


def _render(reply: Reply) -> Any:
    from bot.platforms.mail.render import body

    return body(reply)


async def _examine(settings: Settings, session: aiohttp.ClientSession, vault: Vault | None) -> list[Finding]:
    from bot.platforms.mail.examine import examine

    return await examine(settings)


MAIL = Platform(
    PLATFORM, "Mail", lambda settings: settings.mail, _connect, _costs, _render,
    advises=False, examine=_examine, arrives=lambda settings: f"at {PATH}", way="by mail",
)  # fmt: skip
