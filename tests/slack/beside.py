"""A whole Sharewise, reached over HTTP as Slack reaches it, beside a Slack of the test's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.app.wiring import Application
from bot.settings import Settings
from knowledge import Knowledge
from playground.slack_courier import SlackCourier
from tests.harness.http import free_port, routes_of, served
from tests.slack.served import SECRET, TOKEN


class BesideSlack:
    """Up inside ``async with``."""

    def __init__(
        self,
        redis_url: str,
        knowledge: Knowledge,
        answer: Callable[[web.Request], Awaitable[web.Response]],
        **settings: Any,
    ) -> None:
        """``answer``: how Slack answers a call of its Web API."""
        self._ports, self._answered = (free_port(), free_port()), answer
        self.url, slack = (f"http://127.0.0.1:{port}" for port in self._ports)
        self._courier = SlackCourier(f"{self.url}/slack/events", SECRET, 0)
        usual = {
            "slack_bot_token": SecretStr(TOKEN),
            "slack_signing_secret": SecretStr(SECRET),
            "slack_api_url": f"{slack}/api/",
            "public_url": self.url,
            "questions_per_minute": 1000,
        }
        self.service = Application(Settings(**{**usual, **settings}), knowledge, redis_url)
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Any:
        await self.service.start(sweep=True)
        sides = (routes_of(self.service), [web.post("/api/{method}", self._answered)])
        for port, side in zip(self._ports, sides, strict=True):
            await self._open.enter_async_context(served(side, port))
        for adapter in self.service.adapters:
            await adapter.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.service.stop()
        await self._courier.close()
        await self._open.aclose()

    async def deliver(self, kind: str, payload: dict[str, Any]) -> Any:
        """Slack delivers a payload of a kind; what it is answered with."""
        status, answer = await self._courier.exchange(kind, payload)
        assert status == 200, status
        await self.service.delivery.settled()
        return answer
