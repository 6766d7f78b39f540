"""A cluster: several servers, each of which has some of the keys.

A call goes to the server that has its keys, which all carry one hash tag (``bot.storage.keys``). Where keys
move, or another server takes a dead one's place, calls follow.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from typing import Any

from redis.asyncio.cluster import ClusterNode
from redis.crc import key_slot
from redis.exceptions import AskError, MovedError, RedisClusterException, RedisError

from bot.storage.pools import cluster_client
from bot.storage.server_connection import Arg, MemoryAway, ServerConnection, kind_of_trouble

MOVES = 3
"""How often a call follows a key that moves."""
LOOK_SECONDS = 0.5
"""How long what was read of the cluster is good for while a server of it is in trouble."""
_KEYLESS = {"BGREWRITEAOF", "CLIENT", "CLUSTER", "CONFIG", "DBSIZE", "ECHO", "INFO", "PING", "TIME"}
_KEY_AT = {"EVAL": 3, "EVALSHA": 3, "MEMORY": 2, "XGROUP": 2, "XINFO": 2}


class ClusterConnection:
    """A connection to each primary, and which of them has what."""

    def __init__(self, url: str, timeout: float) -> None:
        """``timeout``: seconds that connecting, or an answer, may take."""
        self._client = cluster_client(url, timeout)
        self._servers: dict[str, ServerConnection] = {}
        self._reading = asyncio.Lock()
        self._stale, self._read_at = True, -math.inf

    async def call(self, *command: Arg) -> Any:
        """Run one command where its keys are; one without on any server. As ``ServerConnection.call``."""
        slot = slot_of(command)
        for _ in range(MOVES):
            server = await self._having(slot)
            try:
                return await server.call(*command)
            except MemoryAway as away:
                told = away.__cause__
                if isinstance(told, MovedError):
                    await self._client.nodes_manager.move_slot(told)
                elif isinstance(told, AskError):
                    return await self._to(self._node(told)).call(*command, asking=True)
                else:
                    self._stale = True
                    raise
        raise MemoryAway("MovedError")

    async def servers(self) -> list[ServerConnection]:
        """The primaries, each with some of the keys. Raises MemoryAway."""
        await self._read()
        return [self._to(node) for node in self._client.get_primaries()]

    async def close(self) -> None:
        """As ``ServerConnection.close``."""
        await asyncio.gather(*(server.close() for server in self._servers.values()))
        await self._client.nodes_manager.aclose()
        await self._client.nodes_manager.aclose("startup_nodes")

    async def _having(self, slot: int | None) -> ServerConnection:
        if self._stale:
            await self._read()
        nodes = self._client.nodes_manager
        found = [nodes.default_node] if slot is None else nodes.slots_cache.get(slot)
        if not found:
            self._stale = True
            raise MemoryAway("ClusterDownError")
        return self._to(found[0])

    async def _read(self) -> None:
        """Ask the cluster which server has what, unless it was asked just now. Raises MemoryAway."""
        async with self._reading:
            now = asyncio.get_running_loop().time()
            if not self._stale or now < self._read_at + LOOK_SECONDS:
                if self._read_at == -math.inf or not self._client.nodes_manager.slots_cache:
                    raise MemoryAway("ClusterDownError")
                return
            self._read_at = now
            try:
                await self._client.nodes_manager.initialize()
            except (RedisError, RedisClusterException, OSError) as error:
                raise MemoryAway(kind_of_trouble(error)) from None
            self._stale = False
            there = {node.name for node in self._client.get_nodes()}
            for name in self._servers.keys() - there:
                await self._servers.pop(name).close()

    def _to(self, node: ClusterNode) -> ServerConnection:
        if node.name not in self._servers:
            self._servers[node.name] = ServerConnection(
                lambda: node.connection_class(**node.connection_kwargs), node.name
            )
        return self._servers[node.name]

    def _node(self, told: AskError) -> ClusterNode:
        """The server that a key is on its way to, of which nothing may be known yet."""
        options: dict[str, Any] = self._client.get_connection_kwargs()
        return self._client.get_node(told.host, told.port) or ClusterNode(told.host, told.port, **options)


def slot_of(command: Sequence[Arg]) -> int | None:
    """The slot that a command's first key belongs to, None for one without keys."""
    name = str(command[0])
    if name in _KEYLESS:
        return None
    key = command[_KEY_AT.get(name, 1)]
    return key_slot(key if isinstance(key, bytes) else str(key).encode())
