"""A cluster of three: calls find their server and follow what moves; schedule and export live there too."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.scheduler import Scheduler
from bot.storage.cluster import slot_of
from bot.storage.connection import Connection, MemoryAway
from bot.storage.examine import examine
from bot.storage.keys import SCHEDULE, Keys
from dialogs.core.jobs import Job
from dialogs.core.session_model import Elapsed
from tests.conftest import emptied
from tests.end_to_end.load import Load, OnSlack
from tests.harness.http import free_port
from tests.harness.outside import slack_beside
from tests.harness.process import Process
from tests.harness.scheduling import working
from tests.harness.servers import in_cluster, operator, own_server
from tests.harness.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

KEYS = [Keys(f"slack:T{number}").key("mark", "seen") for number in range(60)]


@pytest.fixture
async def emptied_cluster(cluster: str) -> AsyncIterator[str]:
    """The run's cluster, with nothing in it."""
    async with emptied(cluster) as url:
        yield url


@pytest.fixture
async def own_cluster(tmp_path: Path) -> AsyncIterator[str]:
    """One of the test's own, to be broken."""
    async with in_cluster(tmp_path) as url:
        yield url


async def test_each_call_finds_its_server(emptied_cluster: str) -> None:
    connection = Connection(emptied_cluster)
    await asyncio.gather(*(connection.call("SET", key, key, "EX", 60) for key in KEYS))
    assert await asyncio.gather(*(connection.call("GET", key) for key in KEYS)) == [
        key.encode() for key in KEYS
    ]
    assert {key async for key in connection.scan("*")} == set(KEYS)
    shares = [await server.call("DBSIZE") for server in await connection.servers()]
    assert len(shares) == 3
    assert all(shares), "all of them have some"
    assert sum(shares) == len(KEYS)
    await connection.close()


async def test_calls_follow_a_slot_that_moves(own_cluster: str) -> None:
    connection = Connection(own_cluster)
    key, neighbour = Keys("slack:T1").key("mark", "1"), Keys("slack:T1").key("mark", "2")
    slot = slot_of(("GET", key))
    assert slot is not None
    await connection.call("SET", key, "kept", "EX", 60)
    servers = await connection.servers()
    ids = [(await server.call("CLUSTER", "MYID")).decode() for server in servers]
    (old,) = [number for number, server in enumerate(servers) if await server.call("DBSIZE")]
    new = (old + 1) % 3
    await servers[new].call("CLUSTER", "SETSLOT", slot, "IMPORTING", ids[old])
    await servers[old].call("CLUSTER", "SETSLOT", slot, "MIGRATING", ids[new])
    # On its way: what isn't at the old one yet is asked for at the new one.
    assert await connection.call("GET", key) == b"kept"
    assert await connection.call("GET", neighbour) is None
    assert await connection.call("SET", neighbour, "new", "EX", 60) == b"OK"
    assert await servers[new].call("CLUSTER", "COUNTKEYSINSLOT", slot) == 1
    host, _, port = servers[new].name.partition(":")
    await servers[old].call("MIGRATE", host, port, key, 0, 5000)
    for server in (servers[new], servers[old]):
        await server.call("CLUSTER", "SETSLOT", slot, "NODE", ids[new])
    assert await connection.call("GET", key) == b"kept"
    assert await connection.call("GET", neighbour) == b"new"
    await connection.close()


async def test_a_server_that_dies_takes_only_its_own_keys_away(own_cluster: str) -> None:
    for server in (client := operator(own_cluster)).get_primaries():
        await server.execute_command("CONFIG", "SET", "cluster-require-full-coverage", "no")
    await client.aclose()
    connection = Connection(own_cluster)
    await asyncio.gather(*(connection.call("SET", key, "", "EX", 60) for key in KEYS))
    first = (await connection.servers())[0]
    told = (await first.call("INFO", "server")).decode()
    theirs = await first.call("DBSIZE")
    os.kill(int(told.partition("process_id:")[2].split()[0]), signal.SIGKILL)
    answers = await asyncio.gather(*(connection.call("GET", key) for key in KEYS), return_exceptions=True)
    assert sum(isinstance(answer, MemoryAway) for answer in answers) == theirs
    assert answers.count(b"") == len(KEYS) - theirs
    found = {finding.about: finding for finding in await examine(own_cluster)}
    assert found["Redis"].outcome == "bad"
    await connection.close()


async def test_what_waits_for_its_time_is_done_though_docket_has_one_server(emptied_cluster: str) -> None:
    connection = Connection(emptied_cluster)
    async with working(emptied_cluster, connection) as (schedule, done):
        soon = datetime.now(UTC) + timedelta(seconds=1)
        jobs = [Job(f"live:{number}", Elapsed("question", 1), soon, f"key {number}") for number in range(9)]
        for job in jobs:
            assert await schedule.add(job)
        assert await schedule.waits([job.key for job in jobs]) == {job.key for job in jobs}
        async with asyncio.timeout(60):
            assert {await done.get() for _ in jobs} == {job.key for job in jobs}
        for job in jobs:
            await until(lambda job=job: kept(schedule, job), "it is no longer promised")
    await connection.close()


async def kept(schedule: Scheduler, job: Job) -> bool:
    """Whether nothing is promised to the job's partition any more."""
    return not await schedule.promises.of(job.partition)


async def test_it_runs_on_a_cluster_and_moves_to_one_and_back(
    emptied_cluster: str, redis_url: str, tmp_path: Path
) -> None:
    async with slack_beside(free_port()) as (slack, settings):
        load = Load(OnSlack(slack), random.Random(5), threads=4, questions=5)
        async with Process("run", REDIS_URL=emptied_cluster, **settings) as bot:
            await bot.ready()
            await load.run()
            await until(lambda: not load.unanswered(), "every question has its answer")
            assert load.acknowledged == load.asked
            assert await bot.interrupt() == 0
        assert "Traceback" not in bot.output
    before = await names(emptied_cluster)
    assert any(key.startswith(f"{{{SCHEDULE}}}:") for key in before)
    for source, target, file in (
        (emptied_cluster, redis_url, tmp_path / "out"),
        (redis_url, emptied_cluster, tmp_path / "back"),
    ):
        async with Process("export", str(file), REDIS_URL=source) as export:
            assert await export.ended() == 0, export.output
        async with emptied(target), Process("import", str(file), REDIS_URL=target) as moved:
            assert await moved.ended() == 0, moved.output
            there = await names(target)
        assert {key.replace(f"{{{SCHEDULE}}}", SCHEDULE) for key in there} == {
            key.replace(f"{{{SCHEDULE}}}", SCHEDULE) for key in before
        }
    assert there == before


async def names(url: str) -> set[str]:
    """The keys that last: some end while they travel."""
    connection = Connection(url)
    found = {key async for key in connection.scan("*")}
    left = {key: await connection.call("TTL", key) for key in found}
    await connection.close()
    return {key for key, seconds in left.items() if not 0 <= seconds < 300 and seconds != -2}


async def test_the_doctor_looks_at_all_of_them(cluster: str) -> None:
    found = {finding.about: finding for finding in await examine(cluster)}
    assert found["Redis: cluster"].seen == "3 primaries have all keys between them"
    assert {"Redis", "Redis: role", "Redis: eviction", "Redis: latency"} <= found.keys()
    host = cluster.partition("://")[2].partition(",")[0]
    alone = {finding.about: finding for finding in await examine(f"redis://{host}")}
    assert "only some of the keys" in alone["Redis: keys"].seen


async def test_a_part_of_one_is_refused_and_what_is_none_is_told(cluster: str, tmp_path: Path) -> None:
    host = cluster.partition("://")[2].partition(",")[0]
    async with Process("worker", REDIS_URL=f"redis://{host}", DATA_DIR=str(tmp_path)) as bot:
        assert await bot.ended() == 1
    assert "only some of the keys" in bot.output
    port = free_port()
    async with own_server(tmp_path / "single", port=port):
        (single,) = await examine(f"redis+cluster://127.0.0.1:{port}")
    assert single.seen == "it is no cluster"
    (nobody,) = await examine(f"redis+cluster://127.0.0.1:{port}")
    assert nobody.seen.startswith("can't be reached")
