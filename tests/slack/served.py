"""The Slack side on a real port, beside a stand-in for Slack on another, with a turn that takes notes."""

from __future__ import annotations

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.platforms.ports import InboundEvent, OutboxMessage
from bot.platforms.slack.adapter import SlackAdapter
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.identity import Identity
from bot.settings import Settings
from dialogs.core.replies import Block, Reply, Text
from playground.slack_api import SlackStandIn
from tests.harness.http import free_port, served
from tests.harness.notes import Notes

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-1-test"
APP_TOKEN = "xapp-1-test"


def us() -> Identity:
    """The bot, known, in a workspace of its own."""
    return Identity(team="T1", user="UBOT")


class Served:
    """Both sides, up and connected inside ``async with``."""

    def __init__(self, *, socket_mode: bool = False, advisors: tuple[str, ...] = ()) -> None:
        self.turn = Notes()
        self.retries: list[tuple[str, str]] = []
        self.waits: list[float] = []
        self._ports = (free_port(), free_port())
        self.url, slack_url = (f"http://127.0.0.1:{port}" for port in self._ports)
        self.slack = SlackStandIn(
            self.url, signing_secret=SECRET, token=TOKEN, app_token=APP_TOKEN, url=slack_url, pause=0
        )
        self.settings = Settings(
            slack_bot_token=SecretStr(TOKEN),
            slack_signing_secret=None if socket_mode else SecretStr(SECRET),
            slack_app_token=SecretStr(APP_TOKEN) if socket_mode else None,
            slack_api_url=f"{self.slack.address}/api/",
            advisors=advisors,
        )
        self._open = AsyncExitStack()

    adapter: SlackAdapter
    session: aiohttp.ClientSession

    async def __aenter__(self) -> Served:
        self.session = aiohttp.ClientSession()
        self.adapter = SlackAdapter(
            self.settings, self.turn, self.session, lambda *retry: self.retries.append(retry)
        )
        for port, side in zip(self._ports, (self.adapter, self.slack), strict=True):
            await self._open.enter_async_context(served(side.routes(), port))
        await self.adapter.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.adapter.stop()
        await self.slack.close()
        await self.session.close()
        await self._open.aclose()

    @property
    def calls(self) -> Calls:
        """What it calls Slack by."""
        workspace = self.adapter._own
        assert workspace is not None
        return workspace.calls

    async def wait(self, seconds: float) -> None:
        """The sender's pauses, noted instead of slept."""
        self.waits.append(seconds)

    async def send(self, to: dict[str, str], *blocks: Block, instead: str = "", **more: Any) -> str | None:
        """Send one reply as the delivery does."""
        reply = Reply(blocks or (Text("Hello."),))
        message = OutboxMessage("turn-0", "slack", to, reply, instead=instead, **more)
        return await self.adapter.sender.send(message, self.wait)

    async def hear(self, count: int = 1) -> InboundEvent:
        """The last of ``count`` inbound events."""
        return (await self.turn.until(count))[-1]
