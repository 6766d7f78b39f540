"""One workspace (or Enterprise, as a whole) that has us: who we are there, and all that is done there."""

from __future__ import annotations

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.ports import InboundHandler, OnRetry
from bot.platforms.slack.actors import ActorResolver
from bot.platforms.slack.calls import Calls, quiet_client
from bot.platforms.slack.directory import SlackDirectory
from bot.platforms.slack.files import SlackFiles
from bot.platforms.slack.forms import Forms
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.pane import AgentPane
from bot.platforms.slack.send import SlackSender


class Workspace:
    """Everything that goes by one bot token."""

    def __init__(
        self,
        account: str,
        token: str,
        url: str,
        session: aiohttp.ClientSession,
        handler: InboundHandler,
        on_retry: OnRetry | None,
        me: Identity | None = None,
    ) -> None:
        """``account``: its name in addresses, "" for that of the settings; ``url``: of Slack's API."""
        self.account, self.me = account, me or Identity()
        self.client: AsyncWebClient = quiet_client(url, session, token)
        self.calls = calls = Calls(self.client, session, on_retry)
        self.sender, self.directory = SlackSender(calls), SlackDirectory(calls, self.me)
        self.forms, self.pane = Forms(calls, self.sender), AgentPane(calls)
        self.actors = ActorResolver(self.me, calls, handler)
        self.direct = SlackFiles(calls).direct

    async def hello(self) -> None:
        """Ask Slack who we are. Raises SlackApiError, or aiohttp's errors."""
        data = (await self.client.api_call("auth.test")).data
        if isinstance(data, dict):
            self.me.team = str(data.get("team_id") or self.me.team)
            self.me.user = str(data.get("user_id") or self.me.user)
            await self.actors.belongs(self.me.team, str(data.get("enterprise_id") or self.me.team))

    async def stop(self) -> None:
        """Tell no more."""
        await self.forms.stop()
        await self.pane.stop()
