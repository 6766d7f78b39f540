"""What was erased leaves the disk: the server's file is written anew, soon and not too often."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.exceptions import ResponseError

from bot.storage.connection import Connection, MemoryAway
from bot.storage.disk import Disk
from bot.storage.embedded import Embedded
from tests.components import need
from tests.reading_disk import bytes_of, plainly


@pytest.fixture(params=["embedded", "redis"])
async def own(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Connection]:
    """A connection to a server with a folder of its own: the embedded one, or Debian's with such a file."""
    if request.param == "embedded":
        server = Embedded(tmp_path)
        connection = Connection(await server.start())
        await plainly(connection)
        yield connection
        await connection.close()
        await server.stop()
        return
    socket = tmp_path / "redis.sock"
    arguments = ("--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path), "--appendonly", "yes")
    process = subprocess.Popen([need("redis-server"), *arguments], stdout=subprocess.DEVNULL)  # noqa: ASYNC220
    connection = Connection(f"unix://{socket}")
    await answers(connection)
    await plainly(connection)
    yield connection
    await connection.close()
    process.terminate()
    process.wait()


async def answers(connection: Connection) -> None:
    """Wait until its server is up."""
    async with asyncio.timeout(20):
        while True:
            try:
                await connection.call("PING")
            except MemoryAway:
                await asyncio.sleep(0.02)
            else:
                return


async def rewrites(connection: Connection) -> int:
    """How often the file was written anew."""
    told = (await connection.call("INFO", "persistence")).decode()
    return int(next(line for line in told.splitlines() if line.startswith("aof_rewrites:")).partition(":")[2])


async def erased(connection: Connection, disk: Disk, word: str) -> None:
    """Something is kept, and erased again."""
    await connection.call("SET", "kept", word)
    await disk.erased()
    await connection.call("DEL", "kept")


async def test_what_was_erased_is_gone_from_every_file(own: Connection, tmp_path: Path) -> None:
    disk = Disk(own)
    await erased(own, disk, "marmalade")
    assert b"marmalade" in bytes_of(tmp_path)
    await disk.sweep_once(now=True)
    assert b"marmalade" not in bytes_of(tmp_path)


async def test_many_erasures_share_one_rewrite_which_waits_for_a_sweep(
    own: Connection, tmp_path: Path
) -> None:
    disk = Disk(own)
    await disk.sweep_once()
    assert await rewrites(own) == 0, "nothing to do"
    for number in range(5):
        await erased(own, disk, f"marmalade {number}")
    await disk.sweep_once()
    assert await rewrites(own) == 0, "what they are about may not have been erased yet"
    await disk.sweep_once()
    await disk.sweep_once()
    assert await rewrites(own) == 1
    assert b"marmalade" not in bytes_of(tmp_path)


async def test_another_process_grants_what_one_that_died_was_asked_for(
    own: Connection, tmp_path: Path
) -> None:
    await erased(own, Disk(own), "marmalade")
    await Disk(own).sweep_once(now=True)
    assert b"marmalade" not in bytes_of(tmp_path)


async def test_a_wish_made_while_the_file_is_written_is_granted_next_time(own: Connection) -> None:
    disk = Disk(own)
    await disk.erased()
    await disk.sweep_once(now=True)
    await disk.erased()
    await disk.sweep_once(now=True)
    assert await rewrites(own) == 2


async def test_a_server_that_keeps_no_such_file_is_left_alone(
    connection: Connection, debian_redis: str
) -> None:
    other = Connection(debian_redis)
    try:
        await answers(other)
        disk = Disk(other)
        await disk.erased()
        await disk.sweep_once(now=True)
        assert b"aof_enabled:0" in await other.call("INFO", "persistence")
    finally:
        await other.call("FLUSHALL")
        await other.close()


async def test_a_server_that_forbids_it_is_asked_once(
    own: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    disk = Disk(own)
    await own.call("ACL", "SETUSER", "default", "-bgrewriteaof")
    with pytest.raises(ResponseError):
        await own.call("BGREWRITEAOF")
    for _ in range(2):
        await disk.erased()
        await disk.sweep_once(now=True)
    assert capsys.readouterr().out.count("what was erased stays") == 1
