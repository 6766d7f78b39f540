"""The shared connection: many callers, answers in order, and plain errors when Redis is away."""

from __future__ import annotations

import asyncio

import pytest
from redis.exceptions import ResponseError

from bot.line import Line, MemoryAway


async def test_each_caller_gets_its_own_answer(line: Line) -> None:
    answers = await asyncio.gather(*(line.call("ECHO", str(number)) for number in range(500)))
    assert answers == [str(number).encode() for number in range(500)]


async def test_a_refused_command_does_not_disturb_its_neighbours(line: Line) -> None:
    refused, echoed = await asyncio.gather(
        line.call("NO-SUCH-COMMAND"), line.call("ECHO", "still here"), return_exceptions=True
    )
    assert isinstance(refused, ResponseError)
    assert echoed == b"still here"


async def test_it_reconnects_after_the_server_closed_the_connection(line: Line) -> None:
    me = await line.call("CLIENT", "ID")
    with pytest.raises(MemoryAway):
        await asyncio.gather(line.call("CLIENT", "KILL", "ID", me, "SKIPME", "no"), line.call("PING"))
    assert await line.call("PING")


async def test_a_server_that_is_not_there(tmp_path: object) -> None:
    line = Line(f"unix://{tmp_path}/nobody.sock")
    with pytest.raises(MemoryAway):
        await line.call("PING")
    await line.close()


async def test_a_cancelled_caller_does_not_shift_the_answers(line: Line) -> None:
    impatient = asyncio.create_task(line.call("ECHO", "a"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await line.call("ECHO", "b") == b"b"
