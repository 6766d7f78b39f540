"""The shared connection: what is wrong with one call is that call's alone, and none waits for ever."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery import scheduler
from bot.delivery.clock import Clock
from bot.delivery.scheduler import Scheduler
from bot.storage.connection import Connection, MemoryAway
from bot.storage.embedded import Embedded
from bot.storage.forgotten import ForgottenPeople
from bot.storage.person_strips import Whom
from dialogs.core.jobs import Job
from dialogs.core.session_model import Elapsed


@pytest.fixture(autouse=True)
async def _soon() -> AsyncIterator[None]:
    """What is left waiting for ever fails here, by name."""
    async with asyncio.timeout(30):
        yield


@pytest.mark.parametrize("wrong", ["U\ud800", None, {"a": 1}])
async def test_what_cannot_be_written_is_the_trouble_of_its_own_call(
    connection: Connection, wrong: object
) -> None:
    calls = [connection.call("SET", f"sw:{{t}}:mark:{n}", "", "EX", 60) for n in range(20)]
    calls.insert(10, connection.call("SET", wrong, "x"))  # type: ignore[arg-type]
    async with asyncio.timeout(10):
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(outcomes.pop(10), ValueError)
    assert outcomes == [b"OK"] * 20
    assert await connection.call("PING") == b"PONG"


async def test_calls_are_answered_though_whoever_carries_them_fails(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await connection.call("PING")

    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(connection._to._connection, "read_response", broken)
        async with asyncio.timeout(10):
            outcomes = await asyncio.gather(
                *(connection.call("PING") for _ in range(5)), return_exceptions=True
            )
    assert [type(outcome) for outcome in outcomes] == [MemoryAway] * 5
    assert await connection.call("PING") == b"PONG"


async def test_calls_made_while_it_closes_are_told(redis_url: str) -> None:
    connection = Connection(redis_url)
    await connection.call("PING")
    first = asyncio.create_task(connection.call("BLPOP", "nobody", 5))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    behind = asyncio.create_task(connection.call("PING"))  # not on its way yet
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await connection.close()
        outcomes = await asyncio.gather(first, behind, connection.call("PING"), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [MemoryAway] * 3


async def test_a_server_that_hangs_is_away() -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(deaf, "127.0.0.1", 0)
    connection = Connection(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}", timeout=0.05)
    with pytest.raises(MemoryAway):
        await connection.call("PING")
    await connection.close()
    server.close()
    await server.wait_closed()


async def test_the_schedule_waits_for_no_server_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody(*_: object) -> None:
        raise AssertionError("nothing falls due")

    server = Embedded(tmp_path)
    connection = Connection(await server.start(), timeout=1.0)
    schedule = Scheduler(
        server.url, connection, Clock(), nobody, nobody, ForgottenPeople(connection, {"forgotten": 60})
    )
    told = (await connection.call("INFO", "server")).decode()
    pid = int(told.partition("process_id:")[2].split()[0])
    await schedule.start(work=False)
    await schedule.connected.wait()
    job = Job("live:1", Elapsed("question", 1), datetime.now(UTC), "key")
    monkeypatch.setattr(scheduler, "ANSWER_SECONDS", 0.05)
    os.kill(pid, signal.SIGSTOP)
    try:
        for call in (schedule.add(job), schedule.waits(["key"]), schedule.withdraw(Whom("slack:T1/U1"))):
            with pytest.raises(MemoryAway):
                await call
    finally:
        os.kill(pid, signal.SIGCONT)
        await schedule.stop()
        await connection.close()
        await server.stop()
