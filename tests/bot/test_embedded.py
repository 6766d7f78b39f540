"""The embedded server: one a folder, adopted when it outlived its bot, stopped last."""

from __future__ import annotations

import os
import re
import signal
from functools import partial
from pathlib import Path

import pytest

from bot.app.processes import server_address
from bot.settings import Settings
from bot.storage.connection import Connection, MemoryAway
from bot.storage.embedded import Embedded, FolderInUse
from tests.harness.waiting import until


async def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Embedded(tmp_path)
    connection = Connection(await first.start())
    await connection.call("SET", "kept", "yes")
    await connection.close()
    await first.stop()

    second = Embedded(tmp_path)
    connection = Connection(await second.start())
    assert await connection.call("GET", "kept") == b"yes"
    await connection.close()
    await second.stop()


async def test_a_second_start_on_the_folder_is_refused_with_the_way_out(tmp_path: Path) -> None:
    first = Embedded(tmp_path)
    await first.start()
    with pytest.raises(FolderInUse, match="DATA_DIR"):
        await Embedded(tmp_path).start()
    await first.stop()


async def test_a_server_that_outlived_its_bot_is_adopted(tmp_path: Path) -> None:
    killed = Embedded(tmp_path)
    connection = Connection(await killed.start())
    before = await connection.call("CONFIG", "GET", "dir"), (await connection.call("INFO", "server"))
    assert killed._lock is not None
    killed._lock.close()  # what the system does to a killed process; its server lives on

    heir = Embedded(tmp_path)
    await heir.start()
    run_id = [row for row in before[1].splitlines() if row.startswith(b"run_id")]
    assert run_id[0] in await connection.call("INFO", "server")
    await connection.close()
    await heir.stop()


async def test_after_stop_nothing_listens(tmp_path: Path) -> None:
    server = Embedded(tmp_path)
    connection = Connection(await server.start())
    await server.stop()
    with pytest.raises(MemoryAway):
        await connection.call("PING")
    await connection.close()


async def test_a_folder_with_a_very_long_path_works(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 20) / ("longer" * 20)
    server = Embedded(folder)
    connection = Connection(await server.start())
    assert await connection.call("PING")
    await connection.close()
    await server.stop()


@pytest.mark.parametrize("adopted", [False, True])
async def test_a_server_that_died_is_started_again(tmp_path: Path, adopted: bool) -> None:
    settings = Settings(data_dir=tmp_path)
    before = Embedded(tmp_path)
    if adopted:
        await before.start()
        assert before._lock is not None
        before._lock.close()  # what the system does to a killed process; its server lives on
    async with server_address(settings) as url:
        connection = Connection(url)
        await connection.call("SET", "kept", "yes")
        for _ in range(2):
            (found,) = re.findall(rb"process_id:(\d+)", await connection.call("INFO", "server"))
            os.kill(int(found), signal.SIGKILL)
            await until(partial(alive, connection, int(found)), "another server answers")
            assert await connection.call("GET", "kept") == b"yes"
        await connection.close()
    assert not await before.answers(), "what was started again is stopped too"


async def alive(connection: Connection, killed: int) -> bool:
    """Whether another server than the one that was killed answers."""
    try:
        return f"process_id:{killed}".encode() not in await connection.call("INFO", "server")
    except MemoryAway:
        return False
