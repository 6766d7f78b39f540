"""A real adapter and a stand-in for Teams, served together; the turn between them only takes notes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.platforms.teams import mentioned
from bot.platforms.teams.adapter import TeamsAdapter, connect
from bot.platforms.teams.connector import BotConnector
from bot.settings import Settings
from playground.connector import TeamsStandIn
from tests.harness.http import free_port, served
from tests.harness.notes import Notes


@pytest.fixture
def no_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is none to tell who is mentioned, and it isn't waited for long."""
    monkeypatch.setattr(mentioned, "PATIENCE", 0.05)


class Served:
    """The bot's endpoint and the stand-in's, on one port of this machine."""

    def __init__(self, url: str, adapter: TeamsAdapter, teams: TeamsStandIn, turn: Notes) -> None:
        self.url, self.adapter, self.teams, self.turn = url, adapter, teams, turn
        self.retries: list[str] = []

    @property
    def connector(self) -> BotConnector:
        """Of the first app, or of the only one."""
        return next(iter(self.adapter.apps)).connector

    async def post(self, body: bytes | dict[str, Any], **headers: str) -> tuple[int, Any]:
        """Post to the bot's endpoint as anybody could; returns status and JSON."""
        data = {"data": body} if isinstance(body, bytes) else {"json": body}
        given = {"Content-Type": "application/json", **headers}
        async with (
            ClientSession() as client,
            client.post(f"{self.url}/api/messages", headers=given, **data) as response,
        ):
            return response.status, await response.json() if response.content_length else None


Serve = Callable[..., Any]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serve a bot with the given settings; ``pause`` and ``token`` go to the stand-in."""

    async def start(
        *,
        token: Callable[[str], str] | None = None,
        **settings: Any,
    ) -> Served:
        port, turn, session = free_port(), Notes(), ClientSession()
        url = f"http://127.0.0.1:{port}"
        teams = TeamsStandIn(url, token=token, pause=0.0)
        retries: list[str] = []
        adapter = connect(
            Settings(**settings),
            turn,
            session,
            on_retry=lambda platform, reason: retries.append(f"{platform} {reason}"),
        )
        await open_ones.enter_async_context(served([*adapter.routes(), *teams.routes()], port))
        await adapter.start()
        for close in (session.close, teams.close, adapter.stop):
            open_ones.push_async_callback(close)
        bot = Served(url, adapter, teams, turn)
        bot.retries = retries
        return bot

    async with AsyncExitStack() as open_ones:
        yield start


@pytest.fixture
async def bot(serve: Serve) -> Served:
    """A bot without credentials: the playground's case."""
    bot: Served = await serve()
    return bot


def activity(**changes: Any) -> dict[str, Any]:
    """A personal message as Teams sends it, with some parts replaced, or left out where None."""
    whole: dict[str, Any] = {
        "type": "message",
        "id": "1001",
        "timestamp": "2026-11-23T10:00:00Z",
        "serviceUrl": "http://127.0.0.1:9/",
        "channelId": "msteams",
        "from": {
            "id": "29:officer",
            "name": "Officer",
            "aadObjectId": "8d1c7d3e-0000-0000-0000-000000000001",
        },
        "conversation": {"id": "a:chat", "conversationType": "personal", "tenantId": "t1"},
        "recipient": {"id": "28:bot", "name": "Sharewise"},
        "text": "does it matter this late?",
        "channelData": {"tenant": {"id": "t1"}},
        "locale": "en-GB",
        "localTimezone": "Europe/London",
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


CHANNEL = {"id": "19:board@thread.tacv2;messageid=900", "conversationType": "channel", "tenantId": "t1"}
GROUP = {"id": "19:group@thread.v2", "conversationType": "groupChat", "tenantId": "t1", "isGroup": True}


def press(says: Any = "tell me more", **changes: Any) -> dict[str, Any]:
    """A press on an ``Action.Execute``."""
    action = {"type": "Action.Execute", "verb": "say", "data": {"says": says}}
    return activity(
        **{
            "type": "invoke",
            "id": "f:1",
            "name": "adaptiveCard/action",
            "text": None,
            "replyToId": "1000",
            "value": {"action": action, "trigger": "manual"},
            **changes,
        }
    )


def thumb(reaction: Any = "like", **changes: Any) -> dict[str, Any]:
    """A press on one of Teams' own thumbs."""
    value = {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": "{}"}}
    return press(**{"name": "message/submitAction", "value": value, **changes})
