"""Slack in the registry of platforms: its name, its limits, and how it is joined."""

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

# https://docs.slack.dev/apis/web-api/rate-limits: chat.update is tier 3 (50 a minute and more in bursts),
# views.publish tier 4 (100 a minute); one post a second a channel; several hundred a minute over a workspace.
# Each a little below, so that replies have room beside them.
UPDATES = RateLimit(45 / 60, 10)
PAGES = RateLimit(90 / 60, 10)
CHANNEL = RateLimit(1.0, 3)
WORKSPACE = RateLimit(6.0, 30)


def _connect(
    settings: Settings,
    dispatcher: InboundHandler,
    session: aiohttp.ClientSession,
    on_retry: OnRetry,
    vault: Vault | None,
) -> Adapter:
    from bot.platforms.slack.adapter import SlackAdapter

    return SlackAdapter(settings, dispatcher, session, on_retry, vault)


def _arrives(settings: Settings) -> str:
    by = "by Socket Mode" if settings.slack_app_token else "at /slack/events"
    install = f", to be installed at {settings.public_url}/slack/install" if settings.slack_client_id else ""
    return by + install


def _costs(message: OutboxMessage) -> Sequence[Cost]:
    if "view" in message.to:
        return (("pages", PAGES),)
    if message.instead:
        return (("updates", UPDATES),)
    return (f"channel {message.to.get('channel', '-')}", CHANNEL), ("workspace", WORKSPACE)


def _render(reply: Reply) -> Any:
    from bot.platforms.slack.render import message

    return message(reply)


def _manifest(facts: ManifestFacts) -> Manifest:
    from bot.platforms.slack.manifest import build

    return build(facts)


async def _examine(settings: Settings, session: aiohttp.ClientSession, vault: Vault | None) -> list[Finding]:
    from bot.platforms.slack.examine import examine

    return await examine(settings, session, vault)


SLACK = Platform(
    "slack", "Slack", lambda settings: settings.slack, _connect, _costs, _render,
    re.compile(r"[TE][A-Z0-9]+/[UW][A-Z0-9]+"), re.compile(r"[TE][A-Z0-9]+/[CG][A-Z0-9]+"),
    "T012AB3CD/U045EF6GH", _manifest, _examine, arrives=_arrives,
)  # fmt: skip
