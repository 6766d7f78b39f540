"""The Slack side on a real port, beside a stand-in for Slack on another, with a turn that takes notes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from types import TracebackType
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from bot.platforms.ports import InboundEvent, OutboxMessage, Result
from bot.platforms.slack import SlackAdapter, connect
from bot.platforms.slack.inbound import Identity
from bot.settings import Settings
from dialogs.core.replies import Block, Reply, Text
from playground.slack_api import SlackStandIn

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-1-test"
APP_TOKEN = "xapp-1-test"


def us() -> Identity:
    """The bot, known, in a workspace of its own."""
    return Identity(team="T1", user="UBOT")


class Notes:
    """A turn that writes down what arrives, and answers as it is told."""

    def __init__(self) -> None:
        self.arrivals: list[InboundEvent] = []
        self.results: list[Result] = []
        """What to answer next; "done" when none is left."""
        self.trouble: Exception | None = None
        self._more = asyncio.Condition()

    async def run(self, inbound: InboundEvent) -> Result:
        self.arrivals.append(inbound)
        async with self._more:
            self._more.notify_all()
        if self.trouble:
            raise self.trouble
        return self.results.pop(0) if self.results else Result("done")

    async def until(self, count: int) -> list[InboundEvent]:
        """All inbound events, once there are ``count`` of them."""
        async with asyncio.timeout(10), self._more:
            await self._more.wait_for(lambda: len(self.arrivals) >= count)
        return self.arrivals


class Rig:
    """Both sides, up and connected inside ``async with``."""

    def __init__(self, *, socket_mode: bool = False, advisors: tuple[str, ...] = ()) -> None:
        self.turn = Notes()
        self.retries: list[tuple[str, str]] = []
        self.waits: list[float] = []
        ours, slacks = _listener(), _listener()
        self.url, slack_url = (f"http://127.0.0.1:{one.getsockname()[1]}" for one in (ours, slacks))
        self._listeners = (ours, slacks)
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
        self._runners: list[web.AppRunner] = []

    adapter: SlackAdapter
    session: aiohttp.ClientSession

    async def __aenter__(self) -> Rig:
        self.session = aiohttp.ClientSession()
        self.adapter = connect(
            self.settings, self.turn, self.session, lambda *retry: self.retries.append(retry)
        )
        for listener, routes in zip(
            self._listeners, (self.adapter.routes(), self.slack.routes()), strict=True
        ):
            app = web.Application()
            app.add_routes(routes)
            runner = web.AppRunner(app, shutdown_timeout=0.1)
            await runner.setup()
            await web.SockSite(runner, listener).start()
            self._runners.append(runner)
        await self.adapter.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.adapter.stop()
        await self.slack.close()
        await self.session.close()
        for runner in self._runners:
            await runner.cleanup()

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


async def eventually(holds: Callable[[], object]) -> None:
    """Wait until ``holds`` gives something true."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 (what is waited for knows no events)
            await asyncio.sleep(0.005)


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener
