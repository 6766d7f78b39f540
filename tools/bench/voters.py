"""Both platforms' side of live quizzes under load: channels that hold cards, and people who press answers."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from playground.slack_courier import signed
from tools.bench.load import SECRET

_ANSWER = re.compile(r"quiz answer [0-9A-Z]{12} 1 a")


class Voters:
    """A platform that takes cards and confirmations, and any number of people before them."""

    def __init__(self, platform: str) -> None:
        """``platform``: "slack" or "teams"."""
        self._platform, self.url = platform, ""
        self._cards: dict[str, asyncio.Future[str]] = {}
        self._told: dict[str, asyncio.Future[None]] = {}
        self._numbers = 0
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Voters:
        app = web.Application(client_max_size=2**22)
        app.router.add_post("/api/{method}", self._slack_api)
        app.router.add_post("/told/{number}", self._confirmed)
        app.router.add_post("/v3/conversations/{conversation}/activities", self._connector)
        app.router.add_put("/v3/conversations/{conversation}/activities/{activity}", self._connector)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._session is not None
        assert self._runner is not None
        await self._session.close()
        await self._runner.cleanup()

    async def begin(self, bot: str, channel: str) -> str:
        """Begin a quiz in ``channel``; the words of its card's first answer. Raises TimeoutError."""
        card = self._cards[channel] = asyncio.get_running_loop().create_future()
        if self._platform == "slack":
            words = "<@UBOT> quiz here 1 on models"
            event = {"type": "app_mention", "channel": channel, "user": "UHOST", "text": words,
                     "ts": self._stamp(), "team": "T1"}  # fmt: skip
            body = {"team_id": "T1", "type": "event_callback", "event": event,
                    "event_id": f"Ev{self._stamp()}",
                    "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}]}  # fmt: skip
            await self._to_slack(bot, json.dumps(body).encode(), "application/json")
        else:
            said = self._activity("message", channel, "host")
            us = "<at>Sharewise</at>"
            mention = {"type": "mention", "text": us, "mentioned": said["recipient"]}
            await self._to_teams(bot, {**said, "text": f"{us} quiz here 1 on models", "entities": [mention]})
        return await asyncio.wait_for(card, 20)

    async def answer(self, bot: str, channel: str, says: str, person: int) -> float:
        """Press an answer; seconds until the person has been told that it counts."""
        start = time.perf_counter()
        if self._platform == "slack":
            number = self._stamp()
            told = self._told[number] = asyncio.get_running_loop().create_future()
            press = {"type": "block_actions",
                     "user": {"id": f"U{person}", "team_id": "T1", "name": "officer"},
                     "team": {"id": "T1"}, "trigger_id": number, "response_url": f"{self.url}/told/{number}",
                     "container": {"type": "message", "message_ts": "1.1", "channel_id": channel},
                     "channel": {"id": channel, "name": "board"}, "message": {"ts": "1.1"},
                     "actions": [{"type": "button", "action_id": "a", "value": says}]}  # fmt: skip
            body = urlencode({"payload": json.dumps(press)}).encode()
            await self._to_slack(bot, body, "application/x-www-form-urlencoded")
            await asyncio.wait_for(told, 20)
        else:
            pressed = {"action": {"type": "Action.Execute", "data": {"says": says}}, "trigger": "manual"}
            invoke = self._activity("invoke", channel, f"u{person}")
            answer = await self._to_teams(
                bot, {**invoke, "name": "adaptiveCard/action", "value": pressed, "replyToId": "1"}
            )
            assert "You chose" in answer, answer
        return time.perf_counter() - start

    def _stamp(self) -> str:
        self._numbers += 1
        return f"{int(time.time())}.{self._numbers:06d}"

    def _activity(self, kind: str, channel: str, person: str) -> dict[str, Any]:
        return {"type": kind, "id": self._stamp(), "serviceUrl": self.url, "channelId": "msteams",
                "from": {"id": f"29:{person}", "name": "Officer", "aadObjectId": f"aad-{person}"},
                "conversation": {"id": channel, "conversationType": "groupChat", "isGroup": True,
                                 "tenantId": "t1"},
                "recipient": {"id": "28:bot", "name": "Sharewise"}, "locale": "en-GB",
                "channelData": {"tenant": {"id": "t1"}}}  # fmt: skip

    async def _to_slack(self, bot: str, body: bytes, kind: str) -> None:
        assert self._session is not None
        headers = {"content-type": kind, **signed(body, SECRET)}
        async with self._session.post(f"{bot}/slack/events", data=body, headers=headers) as response:
            assert response.status == 200, await response.text()

    async def _to_teams(self, bot: str, activity: dict[str, Any]) -> str:
        assert self._session is not None
        async with self._session.post(f"{bot}/api/messages", json=activity) as response:
            text = await response.text()
            assert response.status < 300, text
            return text

    async def _slack_api(self, request: web.Request) -> web.Response:
        body = await (request.json() if request.content_type == "application/json" else request.post())
        self._held(str(body.get("channel", "")), json.dumps(body.get("blocks", ""), default=str))
        return web.json_response({"ok": True, "team_id": "T1", "user_id": "UBOT", "bot_id": "BBOT",
                                  "channel": body.get("channel"), "ts": self._stamp()})  # fmt: skip

    async def _connector(self, request: web.Request) -> web.Response:
        self._held(request.match_info["conversation"], await request.text())
        return web.json_response({"id": self._stamp()})

    async def _confirmed(self, request: web.Request) -> web.Response:
        told = self._told.pop(request.match_info["number"])
        assert "You chose" in await request.text()
        told.set_result(None)
        return web.Response(text="ok")

    def _held(self, channel: str, card: str) -> None:
        found, waiting = _ANSWER.search(card), self._cards.get(channel)
        if found and waiting is not None and not waiting.done():
            waiting.set_result(found[0])
