"""Slack: listens, renders and sends; nothing outside this folder knows its SDKs."""

from __future__ import annotations

import aiohttp

from bot.platforms.ports import InboundHandler, OnRetry
from bot.platforms.slack.adapter import SlackAdapter
from bot.platforms.vault import Vault
from bot.settings import Settings

__all__ = ["SlackAdapter", "connect"]


def connect(
    settings: Settings,
    dispatcher: InboundHandler,
    session: aiohttp.ClientSession,
    on_retry: OnRetry | None = None,
    vault: Vault | None = None,
) -> SlackAdapter:
    """Slack as configured in ``settings``, handing what arrives to ``dispatcher``.

    ``session`` carries every call to Slack and stays the caller's to close. ``on_retry`` is called
    with ("slack", reason) before each repeated call. ``vault`` keeps the
    installations, where workspaces may install us. Raises ValueError without any token.
    """
    return SlackAdapter(settings, dispatcher, session, on_retry, vault)
