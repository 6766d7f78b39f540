"""Slack: listens, renders and sends; nothing outside this folder knows its SDKs."""

from __future__ import annotations

import aiohttp

from bot.ports import Turn
from bot.settings import Settings
from bot.slack.calls import OnRetry
from bot.slack.side import SlackSide

__all__ = ["SlackSide", "connect"]


def connect(
    settings: Settings, turn: Turn, session: aiohttp.ClientSession, on_retry: OnRetry | None = None
) -> SlackSide:
    """Slack as configured in ``settings``, handing what arrives to ``turn``.

    ``session`` carries every call to Slack and stays the caller's to close. ``on_retry`` is called
    with ("slack", reason) before each repeated call. Raises ValueError without a bot token.
    """
    return SlackSide(settings, turn, session, on_retry)
