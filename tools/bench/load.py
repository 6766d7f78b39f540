"""A stand-in for both platforms that puts load on a bot and times each turn to its reply.

A turn lasts from the event's departure until the platform holds the reply.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any

import aiohttp
from aiohttp import web

from playground.slack_courier import signed

SECRET = "benchmark-signing-secret"
TOKEN = "xoxb-benchmark"


class Load:
    """The platform's side: an API that takes replies, and clients that ask."""

    def __init__(self, delay: float = 0.0) -> None:
        """``delay``: seconds that the platform takes to answer a post."""
        self.delay = delay
        self.waiting: dict[str, asyncio.Future[None]] = {}
        self.url = ""
        self._sent = 0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Load:
        app = web.Application(client_max_size=2**22)
        app.router.add_post("/api/{method}", self._slack_api)
        app.router.add_post("/v3/conversations/{conversation}/activities", self._connector)
        app.router.add_post("/v3/conversations/{conversation}/activities/{activity}", self._connector)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _slack_api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        answer: dict[str, Any] = {
            "ok": True,
            "team_id": "T1",
            "user_id": "UBOT",
            "bot_id": "BBOT",
            "url": "http://x/",
        }
        if method == "chat.postMessage":
            body = await (request.json() if request.content_type == "application/json" else request.post())
            await self._arrived(str(body["channel"]))
            answer = {"ok": True, "channel": body["channel"], "ts": f"{time.time():.6f}"}
        return web.json_response(answer)

    async def _connector(self, request: web.Request) -> web.Response:
        await request.read()
        await self._arrived(request.match_info["conversation"])
        self._sent += 1
        return web.json_response({"id": f"r{self._sent}"})

    async def _arrived(self, conversation: str) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        if (waiting := self.waiting.pop(conversation, None)) and not waiting.done():
            waiting.set_result(None)

    async def turns(
        self, platform: str, bot: str, questions: Sequence[str], clients: int, seconds: float
    ) -> list[float]:
        """Ask for ``seconds`` with ``clients`` at once; each turn's seconds. Raises TimeoutError."""
        times: list[float] = []
        end = time.perf_counter() + seconds
        ask = self._ask_slack if platform == "slack" else self._ask_teams
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

            async def client(number: int) -> None:
                turn = 0
                while time.perf_counter() < end:
                    turn += 1
                    conversation = f"D{platform}{number}"
                    replied = self.waiting[conversation] = asyncio.get_running_loop().create_future()
                    start = time.perf_counter()
                    question = questions[(number * 61 + turn) % len(questions)]
                    await ask(session, bot, conversation, number, question)
                    await asyncio.wait_for(replied, 20)
                    times.append(time.perf_counter() - start)

            await asyncio.gather(*(client(number) for number in range(clients)))
        return times

    async def _ask_slack(
        self, session: aiohttp.ClientSession, bot: str, conversation: str, number: int, question: str
    ) -> None:
        self._sent += 1
        event = {"type": "message", "channel": conversation, "channel_type": "im", "user": f"U{number}",
                 "text": question, "ts": f"{time.time():.6f}", "team": "T1"}  # fmt: skip
        body = json.dumps(
            {
                "token": "x",
                "team_id": "T1",
                "api_app_id": "A1",
                "type": "event_callback",
                "event": event,
                "event_id": f"Ev{self._sent}",
                "event_time": int(time.time()),
                "authorizations": [
                    {
                        "enterprise_id": None,
                        "team_id": "T1",
                        "user_id": "UBOT",
                        "is_bot": True,
                        "is_enterprise_install": False,
                    }
                ],
            }
        ).encode()
        headers = {"content-type": "application/json", **signed(body, SECRET)}
        async with session.post(f"{bot}/slack/events", data=body, headers=headers) as response:
            assert response.status == 200, await response.text()

    async def _ask_teams(
        self, session: aiohttp.ClientSession, bot: str, conversation: str, number: int, question: str
    ) -> None:
        self._sent += 1
        activity = {"type": "message", "id": f"m{self._sent}", "timestamp": "2026-11-23T10:00:00Z",
                    "serviceUrl": self.url, "channelId": "msteams", "text": question,
                    "from": {"id": f"29:u{number}", "name": "Officer", "aadObjectId": f"aad-{number}"},
                    "conversation": {"id": conversation, "conversationType": "personal", "tenantId": "t1"},
                    "recipient": {"id": "28:bot", "name": "Sharewise"}, "locale": "en-GB",
                    "channelData": {"tenant": {"id": "t1"}}}  # fmt: skip
        async with session.post(f"{bot}/api/messages", json=activity) as response:
            assert response.status < 300, await response.text()
