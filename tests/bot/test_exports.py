"""``python -m bot export`` and ``import``: from one server to another, whole or not at all."""

from __future__ import annotations

import gzip
import json
import stat
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.clock import Clock
from bot.delivery.scheduler import Scheduler
from bot.storage import exports
from bot.storage.connection import Connection
from bot.storage.export_files import BadExport
from bot.storage.forgotten import ForgottenPeople
from bot.storage.keys import Keys
from tests.conftest import emptied
from tests.fixtures import store
from tests.fixtures.conftest import FOLDER
from tests.harness.process import Process
from tests.harness.servers import ordered
from tests.harness.waiting import until

SECRET = Keys("live:CDFGHJKMNPQR").key("secret", "session")
HOME = Keys("slack:T0NORTH").key("near", "any")
OTHERS = "shop:basket"


async def said(*command: str, url: str, ends: int = 0) -> str:
    async with Process(*command, REDIS_URL=url) as process:
        assert await process.ended() == ends, process.output
    return process.output


def nothing(_: int) -> None:
    """Where nobody looks at the bar."""


async def of_one_key(url: str, path: Path) -> None:
    """An export of one thing that is kept."""
    connection = Connection(url)
    await connection.call("SET", HOME, "here", "EX", 600)
    await exports.export(connection, path, "0.0", nothing)
    await connection.close()


def lasting(path: Path) -> dict[str, Any]:
    """What a store as a file holds for an hour or more, with the minutes that it is kept."""
    keys = json.loads(path.read_text(encoding="utf-8"))["keys"]
    return {
        name: (key["type"], key["value"], round(key.get("ttl", -1) / 60_000, -1))
        for name, key in keys.items()
        if key.get("ttl", 3_600_000) >= 3_600_000
    }


async def test_everything_goes_from_one_server_to_another(
    debian_redis: str, redis_url: str, tmp_path: Path
) -> None:
    file, before, after = (tmp_path / name for name in ("moved", "before.json", "after.json"))
    async with emptied(debian_redis) as url:
        kept = store.load(url, FOLDER / "store-1.json")
        await ordered(url, "SET", SECRET, "\x00\r\né", "EX", 86400)
        store.write(url, before, kept.version, kept.at)
        await ordered(url, "SET", OTHERS, "3 apples")
        told = await said("export", str(file), url=url)
        assert f" keys are in {file}" in told
        assert "1 without names are open: with this file it can be found out" in told
        assert "worker is running" not in told
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "is there already" in await said("export", str(file), url=url, ends=1)
        await ordered(url, "DEL", OTHERS)
    assert "keys are back, from Sharewise" in await said("import", str(file), url=redis_url)
    assert not await ordered(redis_url, "EXISTS", OTHERS), "what is others' stays where it is"
    store.write(redis_url, after, kept.version, kept.at)
    assert len(lasting(after)) > 300
    assert lasting(after) == lasting(before)


async def test_a_file_of_the_first_version_that_made_any_is_read(redis_url: str, tmp_path: Path) -> None:
    """What never ends, whenever this is run: the rest had its time from the day on which it was written."""
    kept = json.loads((FOLDER / "store-1.json").read_text(encoding="utf-8"))
    file, after = FOLDER / "export-1", tmp_path / "after.json"
    assert exports.examine(file)[1] == 333
    assert "keys are back, from Sharewise 0.2.0" in await said("import", str(file), url=redis_url)
    store.write(redis_url, after, kept["version"], datetime.fromisoformat(kept["at"]))
    found = json.loads(after.read_text(encoding="utf-8"))["keys"]
    endless = [name for name, key in kept["keys"].items() if "ttl" not in key and name not in store.QUEUE]
    assert len(endless) > 20
    assert {name: found[name]["value"] for name in endless} == {
        name: kept["keys"][name]["value"] for name in endless
    }


async def test_what_is_kept_is_only_erased_when_that_is_said(redis_url: str, tmp_path: Path) -> None:
    file = tmp_path / "moved"
    await of_one_key(redis_url, file)
    later = Keys("slack:T0LATER").key("near", "any")
    for name in (later, HOME):
        await ordered(redis_url, "SET", name, "newer", "EX", 600)
    await ordered(redis_url, "SET", OTHERS, "3 apples")
    refused = await said("import", str(file), url=redis_url, ends=1)
    assert refused.splitlines()[-1].startswith("sharewise: something is kept on this server already")
    assert await ordered(redis_url, "MGET", HOME, later) == [b"newer", b"newer"]
    await said("import", str(file), "--replace", url=redis_url)
    assert await ordered(redis_url, "MGET", HOME, later, OTHERS) == [b"here", None, b"3 apples"]
    await ordered(redis_url, "DEL", OTHERS)


async def test_nothing_is_imported_under_a_running_worker(redis_url: str, tmp_path: Path) -> None:
    async def nobody(*_: object) -> None:
        raise AssertionError("nothing falls due")

    file, connection = tmp_path / "moved", Connection(redis_url)
    await of_one_key(redis_url, file)
    people = ForgottenPeople(connection, {"forgotten": 60})
    worker = Scheduler(redis_url, connection, Clock(), nobody, nobody, people)
    await worker.start(work=True)
    await until(lambda: exports.worked_on(connection), "it gives a sign of life")
    assert "stop Sharewise first" in await said("import", str(file), "--replace", url=redis_url, ends=1)
    assert await connection.call("GET", HOME) == b"here"
    assert "for an exact copy" in await said("export", str(tmp_path / "copy"), url=redis_url)
    await worker.stop()
    await until(lambda: stopped(connection), "its signs are gone, or old")
    await connection.close()


async def stopped(connection: Connection) -> bool:
    return not await exports.worked_on(connection)


def cut(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def without_its_end(whole: bytes) -> bytes:
    return gzip.compress(gzip.decompress(whole)[:-13])


def turned(whole: bytes) -> bytes:
    return whole[:60] + bytes([whole[60] ^ 255]) + whole[61:]


def of_another_kind(_: bytes) -> bytes:
    return b"PK\x03\x04"


def of_others(whole: bytes) -> bytes:
    return gzip.compress(gzip.decompress(whole).replace(b"sw:{slack", b"ws:{slack"))


def newer(whole: bytes) -> bytes:
    return gzip.compress(gzip.decompress(whole).replace(b"\xa6format\x01", b"\xa6format\x02"))


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (cut, "a part of it is missing"),
        (without_its_end, "a part of it is missing"),
        (turned, "or it is damaged"),
        (of_another_kind, "it isn't a file that Sharewise has exported"),
        (of_others, "something in the file that isn't Sharewise's"),
        (newer, "newer than this one"),
    ],
)
async def test_a_file_that_is_not_whole_is_refused_before_anything_is_touched(
    redis_url: str, tmp_path: Path, spoilt: Callable[[bytes], bytes], why: str
) -> None:
    file = tmp_path / "moved"
    await of_one_key(redis_url, file)
    file.write_bytes(spoilt(file.read_bytes()))
    with pytest.raises(BadExport, match=why):
        exports.examine(file)


async def test_what_has_had_its_time_is_not_brought_back(redis_url: str, tmp_path: Path) -> None:
    file, brief = tmp_path / "moved", Keys("slack:T0NORTH").key("profile", "brief")
    connection = Connection(redis_url)
    await connection.call("SET", brief, "Asha", "PX", 600)
    await of_one_key(redis_url, file)
    assert exports.examine(file)[1] == 2
    await until(lambda: file.stat().st_mtime + 0.7 < time.time(), "its time is over")
    await connection.call("DEL", HOME)
    assert await exports.import_(connection, file, nothing, replace=False) == 1
    assert await connection.call("EXISTS", brief) == 0
    await connection.close()


async def test_what_a_worker_had_begun_is_begun_again(redis_url: str, tmp_path: Path) -> None:
    file, stream = tmp_path / "moved", "sw-schedule:stream"
    connection = Connection(redis_url)
    for number in range(3):
        await connection.call("XADD", stream, f"5-{number + 1}", "key", str(number))
    await connection.call("XGROUP", "CREATE", stream, "workers", "0")
    begin = ("XREADGROUP", "GROUP", "workers", "other", "COUNT", 2, "STREAMS", stream, ">")
    await connection.call(*begin)
    await connection.call("XACK", stream, "workers", "5-1")
    await connection.call("XDEL", stream, "5-1")
    await exports.export(connection, file, "0.0", nothing)
    await exports.import_(connection, file, nothing, replace=True)
    assert b"5-2" in repr(await connection.call(*begin)).encode()
    await connection.close()
