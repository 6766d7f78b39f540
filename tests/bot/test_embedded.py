"""The embedded server: one a folder, adopted when it outlived its bot, stopped last."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.embedded import Embedded, FolderInUse
from bot.line import Line, MemoryAway


async def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Embedded(tmp_path)
    line = Line(await first.start())
    await line.call("SET", "kept", "yes")
    await line.close()
    await first.stop()

    second = Embedded(tmp_path)
    line = Line(await second.start())
    assert await line.call("GET", "kept") == b"yes"
    await line.close()
    await second.stop()


async def test_a_second_start_on_the_folder_is_refused_with_the_way_out(tmp_path: Path) -> None:
    first = Embedded(tmp_path)
    await first.start()
    with pytest.raises(FolderInUse, match="DATA_DIR"):
        await Embedded(tmp_path).start()
    await first.stop()


async def test_a_server_that_outlived_its_bot_is_adopted(tmp_path: Path) -> None:
    killed = Embedded(tmp_path)
    line = Line(await killed.start())
    before = await line.call("CONFIG", "GET", "dir"), (await line.call("INFO", "server"))
    assert killed._lock is not None
    killed._lock.close()  # what the system does to a killed process; its server lives on

    heir = Embedded(tmp_path)
    await heir.start()
    run_id = [row for row in before[1].splitlines() if row.startswith(b"run_id")]
    assert run_id[0] in await line.call("INFO", "server")
    await line.close()
    await heir.stop()


async def test_after_stop_nothing_listens(tmp_path: Path) -> None:
    server = Embedded(tmp_path)
    line = Line(await server.start())
    await server.stop()
    with pytest.raises(MemoryAway):
        await line.call("PING")
    await line.close()


async def test_a_folder_with_a_very_long_path_works(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 20) / ("longer" * 20)
    server = Embedded(folder)
    line = Line(await server.start())
    assert await line.call("PING")
    await line.close()
    await server.stop()
