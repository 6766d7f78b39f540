"""Where the app was installed through OAuth: bolt's store of installations, on our vault, and fresh tokens.

Kept is what bolt calls a bot: its token, and whose workspace that is for; who installed it is not. An
installation for a whole Enterprise goes by the Enterprise's id.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Awaitable, Callable
from logging import Logger
from typing import Any

import aiohttp
import structlog
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.platforms.ports import Unavailable
from bot.platforms.slack.calls import quiet_logger
from bot.platforms.vault import Vault

RENEWED_MINUTES = 120
"""So long before its end a token that ends is exchanged for another."""
STATE_SECONDS = 600
"""For which an installation that was begun may take."""

_log = structlog.get_logger()


class Installations(AsyncInstallationStore):
    """Tokens by account: a workspace's id, or an Enterprise's. What isn't bolt's may raise Unavailable."""

    def __init__(
        self, vault: Vault, rotator: AsyncTokenRotator, saved: Callable[[str], Awaitable[None]]
    ) -> None:
        """``saved`` is told of each account whose installation was made or made anew."""
        self._vault, self._rotator, self._saved = vault, rotator, saved

    @property
    def logger(self) -> Logger:
        """See bolt."""
        return quiet_logger()

    async def async_save(self, installation: Installation) -> None:
        """Keep what came of an installation. Raises BoltError where that can't be."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """The same of the bot alone."""
        account = (bot.enterprise_id if bot.is_enterprise_install else bot.team_id) or ""
        if not (account and bot.bot_token):
            raise BoltError("an installation without a bot's token")
        try:
            async with self._vault.turn(account):
                await self._keep(account, bot)
            await self._saved(account)
        except Exception as error:
            raise BoltError(f"an installation wasn't kept ({type(error).__name__})") from None

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The installation that bolt asks for: of the Enterprise as a whole, else of the workspace."""
        return await self.kept((enterprise_id if is_enterprise_install else team_id) or "")

    async def kept(self, account: str) -> Bot | None:
        """An installation as it is kept."""
        stored = await self._vault.get(account) if account else None
        return None if stored is None else Bot(**json.loads(stored))

    async def fresh(self, account: str) -> Bot | None:
        """An installation with a token that is good for a while, exchanged where it would end; by one process
        at a time, since Slack takes each token for that once."""
        bot = await self.kept(account)
        if bot is None or not _due(bot):
            return bot
        async with self._vault.turn(account):
            bot = await self.kept(account)
            if bot is None or not _due(bot):
                return bot
            try:
                renewed = await self._rotator.perform_bot_token_rotation(
                    bot=bot, minutes_before_expiration=RENEWED_MINUTES
                )
            except (SlackTokenRotationError, aiohttp.ClientError, OSError, AttributeError) as error:
                _log.warning("slack token not renewed", account=account, error=type(error).__name__)
                return bot  # it may be good for a while; when it isn't, Slack says so
            if renewed is not None:
                await self._keep(account, renewed)
                _log.info("slack token renewed", account=account)
            return renewed or bot

    async def end(self, account: str, told: float) -> bool:
        """It was uninstalled, at ``told`` (seconds since 1970): forget its token, unless it was installed
        since. Whether there is none any more."""
        async with self._vault.turn(account):
            try:
                bot = await self.kept(account)
            except Unavailable as shut:
                if shut.reason == "memory":
                    raise
                bot = None  # that its token can't be read is no reason to keep it
            if bot is not None and told and told < int(bot.installed_at):
                return False
            await self._vault.drop(account)
            return True

    async def accounts(self) -> list[str]:
        """Where we are installed."""
        return await self._vault.names()

    async def _keep(self, account: str, bot: Bot) -> None:
        await self._vault.put(account, json.dumps(_plain(bot)).encode())


class States(AsyncOAuthStateStore):
    """The state of an installation that was begun; the browser has it in a cookie, and it serves once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @property
    def logger(self) -> Logger:
        """See bolt."""
        return quiet_logger()

    async def async_issue(self, *_: object, **__: object) -> str:
        """A new one."""
        state = secrets.token_urlsafe(32)
        await self._vault.lend(state, STATE_SECONDS)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it was issued, and not yet consumed."""
        return await self._vault.given_back(state)


def _due(bot: Bot) -> bool:
    return bool(bot.bot_token_expires_at) and until(bot) <= time.time()


def until(bot: Bot) -> float:
    """When its token is to be exchanged, in seconds since 1970; never, for one that doesn't end."""
    return bot.bot_token_expires_at - RENEWED_MINUTES * 60 if bot.bot_token_expires_at else float("inf")


_KEPT = (
    *("app_id", "enterprise_id", "enterprise_name", "team_id", "team_name", "bot_token", "bot_id"),
    *("bot_user_id", "bot_refresh_token", "bot_token_expires_at", "is_enterprise_install", "installed_at"),
)


def _plain(bot: Bot) -> dict[str, Any]:
    return {**{name: getattr(bot, name) for name in _KEPT}, "bot_scopes": list(bot.bot_scopes or ())}
