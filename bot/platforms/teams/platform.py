"""Microsoft Teams in the registry of platforms: its name, its limits, and how it is joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import aiohttp

from bot.findings import Finding
from bot.platforms.adapters import Adapter
from bot.platforms.ports import InboundHandler, OnRetry, OutboxMessage, RateLimit
from bot.platforms.registry import Cost, Manifest, ManifestFacts, Platform
from bot.platforms.vault import Vault
from bot.settings import Settings
from dialogs.core.replies import Reply

# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: a conversation takes 7 a second,
# 60 in 30 s and 1,800 an hour, a tenant 50 a second. Each a little below, so that replies have room.
CONVERSATION = RateLimit(1600 / 3600, 12)
TENANT = RateLimit(40.0, 40)


def _connect(
    settings: Settings,
    dispatcher: InboundHandler,
    session: aiohttp.ClientSession,
    on_retry: OnRetry,
    vault: Vault | None,
) -> Adapter:
    from bot.platforms.teams.adapter import connect

    return connect(settings, dispatcher, session, on_retry=on_retry)


def _costs(message: OutboxMessage) -> Sequence[Cost]:
    conversation = message.to.get("conversation") or message.to.get("person", "-")
    return (f"conversation {conversation}", CONVERSATION), ("tenant", TENANT)


def _render(reply: Reply) -> Any:
    from bot.platforms.teams.render import message

    return message(reply)


def _manifest(facts: ManifestFacts) -> Manifest:
    from bot.platforms.teams.manifest import build

    return build(facts)


async def _examine(settings: Settings, session: aiohttp.ClientSession, vault: Vault | None) -> list[Finding]:
    from bot.platforms.teams.examine import examine

    return await examine(settings, session)


_GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
TEAMS = Platform(
    "teams", "Teams", lambda settings: settings.teams, _connect, _costs, _render,
    re.compile(rf"{_GUID}/{_GUID}"), re.compile(rf"{_GUID}/19:\S+"),
    "TENANT/OBJECT (both as Entra shows them, in small letters)",
    _manifest, _examine, unauthenticated=True, arrives=lambda settings: "at /api/messages",
)  # fmt: skip
