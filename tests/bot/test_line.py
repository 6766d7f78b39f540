"""The shared connection: many callers, answers in order, and plain errors when Redis is away."""

from __future__ import annotations

import asyncio

import pytest
from redis.exceptions import ResponseError

from bot.storage.connection import Connection, MemoryAway


async def test_each_caller_gets_its_own_answer(connection: Connection) -> None:
    answers = await asyncio.gather(*(connection.call("ECHO", str(number)) for number in range(500)))
    assert answers == [str(number).encode() for number in range(500)]


async def test_a_refused_command_does_not_disturb_its_neighbours(connection: Connection) -> None:
    refused, echoed = await asyncio.gather(
        connection.call("NO-SUCH-COMMAND"), connection.call("ECHO", "still here"), return_exceptions=True
    )
    assert isinstance(refused, ResponseError)
    assert echoed == b"still here"


async def test_it_reconnects_after_the_server_closed_the_connection(connection: Connection) -> None:
    me = await connection.call("CLIENT", "ID")
    with pytest.raises(MemoryAway):
        await asyncio.gather(
            connection.call("CLIENT", "KILL", "ID", me, "SKIPME", "no"), connection.call("PING")
        )
    assert await connection.call("PING")


async def test_a_server_that_is_not_there(tmp_path: object) -> None:
    connection = Connection(f"unix://{tmp_path}/nobody.sock")
    with pytest.raises(MemoryAway):
        await connection.call("PING")
    await connection.close()


async def test_a_cancelled_caller_does_not_shift_the_answers(connection: Connection) -> None:
    impatient = asyncio.create_task(connection.call("ECHO", "a"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await connection.call("ECHO", "b") == b"b"
