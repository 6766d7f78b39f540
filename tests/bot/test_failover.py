"""Sentinels, and a cluster: when a primary dies under load, its replica is found, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage.connection import Connection, MemoryAway
from bot.storage.examine import examine
from bot.storage.keys import SCHEDULE, Keys, as_here
from dialogs.core.jobs import Job
from dialogs.core.session_model import Elapsed
from tests.components import need
from tests.end_to_end.load import Load, OnSlack
from tests.harness.http import free_port
from tests.harness.outside import slack_beside
from tests.harness.process import Process
from tests.harness.scheduling import working
from tests.harness.servers import in_cluster, under_sentinels
from tests.harness.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[str]:
    """The address of sentinels that watch a primary and its replica."""
    async with under_sentinels(tmp_path) as url:
        yield url


@pytest.fixture
async def cluster_with_replicas(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a cluster of Debian's Redis, each of whose three primaries has a replica."""
    async with in_cluster(tmp_path, replicas=1, program=need("redis-server")) as url:
        yield url


@pytest.fixture(params=["watched", "cluster_with_replicas"])
def with_replicas(request: pytest.FixtureRequest) -> str:
    """Each in turn."""
    url: str = request.getfixturevalue(request.param)
    return url


CONVERSATIONS = Keys("slack:T0NORTH").key("mark", "back")
"""A key beside all conversations."""


async def process_of(connection: Connection, key: str) -> int:
    """The process of the primary that has ``key``."""
    for server in await connection.servers():
        with suppress(MemoryAway):  # it is another's
            await server.call("EXISTS", key)
            told = (await server.call("INFO", "server")).decode()
            return int(told.partition("process_id:")[2].split()[0])
    raise AssertionError("no server has it")


async def recovered(connection: Connection, key: str = CONVERSATIONS) -> bool:
    """Whether something can be written where ``key`` is."""
    try:
        await connection.call("SET", key, "", "EX", 60)
    except MemoryAway:
        return False
    return True


async def test_every_question_is_answered_though_the_primary_dies_amid_them(with_replicas: str) -> None:
    connection, chance = Connection(with_replicas), random.Random(5)
    async with slack_beside(free_port()) as (slack, settings):
        asked = OnSlack(slack)
        loads = [Load(asked, chance, threads=6, questions=6)]
        acknowledged = asyncio.Semaphore(0)
        loads[0].happened = acknowledged.release
        async with Process("run", REDIS_URL=with_replicas, **settings) as bot:
            await bot.ready()
            asking = asyncio.create_task(loads[0].run())
            for _ in range(10):
                await acknowledged.acquire()
            died = await process_of(connection, CONVERSATIONS)
            os.kill(died, signal.SIGKILL)
            assert not asking.done()
            await asking
            back = False
            while not back:  # and once more, when it is
                back = await recovered(connection)
                loads.append(Load(asked, chance, threads=2, questions=4))
                await loads[-1].run()
                asked.answers()  # read while they can be: Slack's stand-in keeps the newest messages alone
            assert len(loads) > 2, "some were asked while there was no primary"
            for load in loads:
                await until(lambda load=load: not load.unanswered(), "every question has its answer")
                assert load.acknowledged == load.asked
            assert await process_of(connection, CONVERSATIONS) != died
            assert await bot.interrupt() == 0
    assert "Traceback" not in bot.output
    await connection.close()


async def test_what_waits_for_its_time_is_done_by_the_new_primary(with_replicas: str) -> None:
    connection = Connection(with_replicas)
    schedules = as_here(f"{SCHEDULE}:stream", cluster=connection.cluster)
    async with working(with_replicas, connection) as (schedule, done):
        later = datetime.now(UTC) + timedelta(seconds=3)
        assert await schedule.add(Job("live:1", Elapsed("question", 1), later, "key"))
        os.kill(await process_of(connection, schedules), signal.SIGKILL)
        beside = schedules.replace(":stream", ":back")
        await until(lambda: recovered(connection, beside), "the replica is found")
        async with asyncio.timeout(60):
            assert await done.get() == "key"
    await connection.close()


async def test_the_doctor_looks_at_the_primary_that_the_sentinels_name(watched: str) -> None:
    found = {finding.about: finding for finding in await examine(watched)}
    assert found["Redis: role"].outcome == "good"
    (unknown,) = await examine(watched.replace("/sharewise", "/another"))
    assert "know no primary of that name" in unknown.seen
    (refused,) = await examine(watched.replace("horse", "zebra"))
    assert refused.seen == "the password or user is refused"
