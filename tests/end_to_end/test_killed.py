"""kill -9 under load: whatever was acknowledged is answered, in order, and hardly ever twice.

The platforms run in the test's own process; Sharewise is a process that is killed and started again.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.storage.embedded import Embedded
from playground.connector import TeamsStandIn
from tests.end_to_end.load import Load, OnSlack, OnTeams
from tests.harness.http import free_port, served
from tests.harness.outside import slack_beside, undelivered
from tests.harness.process import Process
from tests.harness.waiting import until

pytestmark = pytest.mark.servers


class Moment:
    """Passes when so many things have happened: messages acknowledged, or answers posted."""

    def __init__(self) -> None:
        self._left = 0
        self._passed = asyncio.Event()

    def happened(self, place: str = "") -> None:
        """Count one more."""
        self._left -= 1
        if self._left <= 0:
            self._passed.set()

    async def after(self, count: int) -> None:
        """Wait until ``count`` more things have happened."""
        self._left = count
        self._passed.clear()
        async with asyncio.timeout(30):
            await self._passed.wait()


@pytest.fixture
async def data_dir(tmp_path: Path) -> AsyncIterator[Path]:
    """A data folder; the embedded Valkey that may outlive a failed test is stopped."""
    yield tmp_path
    server = Embedded(tmp_path)
    if await server.answers():
        await server.start()
        await server.stop()


async def test_slack_messages_are_answered_though_the_process_is_killed_five_times(data_dir: Path) -> None:
    chance, moment, in_flight = random.Random(1), Moment(), Counter[tuple[str, str]]()
    async with slack_beside(free_port()) as (slack, settings):
        load = Load(OnSlack(slack), chance, threads=20, questions=10)
        slack.changed = load.happened = moment.happened
        asking = asyncio.create_task(load.run())
        for _ in range(5):
            async with Process("run", DATA_DIR=str(data_dir), **settings) as bot:
                await bot.ready()
                await moment.after(chance.randrange(1, 30))
                await bot.kill()
            in_flight |= load.in_flight(await undelivered(Embedded(data_dir).url))
        assert not asking.done(), "the last kill came after the load"
        async with Process("run", DATA_DIR=str(data_dir), **settings):
            await asking
            await until(lambda: not load.unanswered(), "every acknowledged message has its answer")
    assert load.acknowledged == load.asked
    assert load.out_of_order() == []
    assert load.doubled() <= in_flight, "only what was sent and not yet struck off at a kill may come twice"


async def test_teams_messages_that_were_acknowledged_are_answered(data_dir: Path) -> None:
    chance, moment, in_flight = random.Random(3), Moment(), Counter[tuple[str, str]]()
    bot_port, port = free_port(), free_port()
    teams = TeamsStandIn(f"http://127.0.0.1:{port}")
    settings = {"PORT": str(bot_port), "DATA_DIR": str(data_dir), "QUESTIONS_PER_MINUTE": "100000"}
    async with served(teams.routes(), port), aiohttp.ClientSession() as session:
        platform = OnTeams(teams, f"http://127.0.0.1:{bot_port}", session)
        load = Load(platform, chance, threads=12, questions=10)
        teams.changed = load.happened = moment.happened
        asking = asyncio.create_task(load.run())
        for _ in range(2):
            async with Process("run", **settings) as bot:
                await bot.ready()
                platform.up.set()
                await moment.after(chance.randrange(1, 40))
                platform.up.clear()
                await bot.kill()
            in_flight |= load.in_flight(await undelivered(Embedded(data_dir).url))
        assert not asking.done(), "the last kill came after the load"
        async with Process("run", **settings) as bot:
            await bot.ready()
            platform.up.set()
            await asking
            await until(lambda: not load.unanswered(), "every acknowledged message has its answer")
    assert sum(map(len, load.acknowledged.values())) > 60
    assert load.out_of_order() == []
    assert load.doubled() <= in_flight


async def test_a_worker_delivers_what_a_killed_web_process_left(redis_url: str) -> None:
    async with slack_beside(free_port()) as (slack, settings):
        load = Load(OnSlack(slack), random.Random(4), threads=5, questions=3)
        # Slack asks everybody to wait, so that the replies of each thread stay in the outbox.
        slack.fail("chat.postMessage", times=len(load.asked), retry_after=50)
        async with Process("web", REDIS_URL=redis_url, **settings) as web:
            await web.ready()
            await load.run()
            await until(lambda: slack.calls.count("chat.postMessage") == len(load.asked), "all were tried")
            await web.kill()
        assert len(await undelivered(redis_url)) == 5 * 3
        async with Process("worker", REDIS_URL=redis_url, **settings):
            await until(lambda: not load.unanswered(), "the worker has delivered all")
    assert load.acknowledged == load.asked
    assert load.out_of_order() == []
    assert not load.doubled()
