"""A server that answers, but can't keep anything just now: memory is away, and comes back by itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.storage.connection import Connection, MemoryAway
from tests.conftest import emptied
from tests.harness.http import free_port
from tests.harness.servers import NO_PRIMARY, ordered, own_server

WRITE = "return redis.call('SET', KEYS[1], '1')"
UNDO = (
    ("REPLICAOF", "NO", "ONE"),
    ("CONFIG", "SET", "replica-serve-stale-data", "yes"),
    ("CONFIG", "SET", "maxmemory", "0"),
    ("CONFIG", "SET", "min-replicas-to-write", "0"),
)
STATES: dict[str, tuple[tuple[str, ...], ...]] = {
    "a read-only replica": (NO_PRIMARY,),
    "a replica that lost its primary": (("CONFIG", "SET", "replica-serve-stale-data", "no"), NO_PRIMARY),
    "out of memory": (("CONFIG", "SET", "maxmemory", "1"),),
    "too few replicas": (("CONFIG", "SET", "min-replicas-to-write", "1"),),
}


@pytest.mark.parametrize("orders", STATES.values(), ids=STATES)
async def test_what_the_servers_state_refuses_counts_as_memory_away(
    any_server: str, orders: tuple[tuple[str, ...], ...]
) -> None:
    async with emptied(any_server):
        await _refused_for_a_while(any_server, orders)


async def _refused_for_a_while(any_server: str, orders: tuple[tuple[str, ...], ...]) -> None:
    connection = Connection(any_server)
    before = await connection.call("CLIENT", "ID")
    try:
        for order in orders:
            await ordered(any_server, *order)
        plain, script, echoed = await asyncio.gather(
            connection.call("SET", "a", "1"),
            connection.call("EVAL", WRITE, 1, "a"),
            connection.call("CLIENT", "ID"),
            return_exceptions=True,
        )
    finally:
        for order in UNDO:
            await ordered(any_server, *order)
    assert [type(answer) for answer in (plain, script)] == [MemoryAway, MemoryAway]
    assert echoed == before or isinstance(echoed, MemoryAway), "its neighbours are answered where they can be"
    assert await connection.call("SET", "a", "1") == b"OK"
    await connection.call("DEL", "a")
    assert await connection.call("CLIENT", "ID") != before, "the address is asked anew: it may be another's"
    await connection.close()


async def test_a_cluster_without_its_slots_or_with_the_key_elsewhere(tmp_path: Path) -> None:
    here, there, bus = (free_port() for _ in range(3))
    own = ("--cluster-enabled", "yes", "--cluster-port")
    async with (
        own_server(tmp_path / "a", *own, str(free_port()), port=here) as url,
        own_server(tmp_path / "b", *own, str(bus), port=there) as other,
    ):
        connection = Connection(url)
        with pytest.raises(MemoryAway):  # CLUSTERDOWN
            await connection.call("SET", "a", "1")
        await ordered(url, "CLUSTER", "ADDSLOTSRANGE", 0, 8191)
        await ordered(other, "CLUSTER", "ADDSLOTSRANGE", 8192, 16383)
        await ordered(url, "CLUSTER", "MEET", "127.0.0.1", there, bus)
        async with asyncio.timeout(60):
            while b"cluster_state:ok" not in await ordered(url, "CLUSTER", "INFO"):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert await connection.call("CLUSTER", "KEYSLOT", "a") > 8191
        with pytest.raises(MemoryAway):  # MOVED
            await connection.call("SET", "a", "1")
        await connection.close()
