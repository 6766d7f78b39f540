"""A process that is told to stop: what is in hand is finished, what comes then is refused, nothing twice."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from bot.app.web import Server
from bot.platforms.ports import InboundEvent, Result
from bot.settings import Settings
from playground import slack_events as events
from playground.slack_courier import signed
from playground.stage import person
from tests.harness.knowledge import own_knowledge
from tests.harness.outside import SECRET, slack_beside
from tests.harness.process import free_port
from tests.harness.waiting import until


async def test_what_is_in_hand_is_answered_and_what_comes_then_is_refused(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, go_on = asyncio.Event(), asyncio.Event()
    async with slack_beside(free_port()) as (slack, values):
        server = Server(
            Settings(**{name.lower(): value for name, value in values.items()}), own_knowledge(), redis_url
        )
        run = server.service.turn.run

        async def slowly(inbound: InboundEvent) -> Result:
            inside.set()
            await go_on.wait()
            return await run(inbound)

        monkeypatch.setattr(server.service.turn, "run", slowly)
        await server.start(sweep=True)

        async def post(session: aiohttp.ClientSession, ts: str) -> int:
            said = events.message(person("asha"), "D0ASHA", ts, "show factor-buy-in", None)
            body = json.dumps(events.event(1, said)).encode()
            headers = {"Content-Type": "application/json", **signed(body, SECRET)}
            async with session.post(f"{server.url}/slack/events", data=body, headers=headers) as response:
                return response.status

        async with aiohttp.ClientSession() as first, aiohttp.ClientSession() as kept:
            async with kept.get(f"{server.url}/healthz") as response:  # a connection that stays open
                assert response.status == 200
            in_hand = asyncio.create_task(post(first, "9.000001"))
            await inside.wait()
            stopping = asyncio.create_task(server.stop())
            await until(lambda: server._stopping, "it stops")
            assert await post(kept, "9.000002") == 503
            go_on.set()
            assert await in_hand == 200
            await stopping
            with pytest.raises(aiohttp.ClientError):
                await post(kept, "9.000003")
        assert len(slack.messages("slack-direct", "asha")) == 1
