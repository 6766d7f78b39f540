"""What was erased leaves the disk too: the server writes its append-only file anew.

That file has every write since it was last written anew, in order: whatever was erased, and by which other
writes an answer was followed. Rewritten, it holds what is kept now and nothing else.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from redis.exceptions import RedisError, ResponseError

from bot.storage.connection import Connection, MemoryAway
from bot.storage.keys import Keys
from bot.storage.server_connection import ServerConnection

SWEEP_SECONDS = 120.0
"""A wish waits for one sweep to two, so that many are granted at once; it is made before what it is about."""
POLL_SECONDS = 0.05
LONGEST_SECONDS = 120.0
"""How long a rewrite is waited for."""
WISHES = Keys("disk").key("disk", "rewrites")
"""Counts the wishes (``wanted``), and those that have been granted (``done``)."""

_log = structlog.get_logger()


class Disk:
    """Rewrites of one deployment's append-only file, in one process."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._last, self._told = connection, 0, False

    async def erased(self) -> None:
        """Something is erased in a moment, or was just now. May raise MemoryAway."""
        await self._connection.call("HINCRBY", WISHES, "wanted", 1)

    async def sweep(self) -> None:
        """Grant what is wished, for as long as the process lives; at once what was wished before it began."""
        now = True
        while True:
            try:
                await self.sweep_once(now=now)
                now = False
            except (MemoryAway, RedisError) as error:
                _log.warning("disk: not written anew", reason=type(error).__name__)
            await asyncio.sleep(SWEEP_SECONDS)

    async def sweep_once(self, *, now: bool = False) -> None:
        """Grant what has waited for a sweep; with ``now``, everything. May raise MemoryAway or RedisError."""
        wanted, done = (
            int(count or 0) for count in await self._connection.call("HMGET", WISHES, "wanted", "done")
        )
        due, self._last = wanted if now else min(self._last, wanted), wanted
        if due > done and all([await self._rewritten(server) for server in await self._connection.servers()]):
            await self._connection.call("HSET", WISHES, "done", due)

    async def _rewritten(self, server: ServerConnection) -> bool:
        """Whether its file is written anew, or there is none that we could have written anew."""
        state = await _state(server)
        if state.get("aof_enabled") != "1":
            return self._given_up("this server keeps no append-only file")
        if state["aof_rewrite_in_progress"] != "0":
            return False  # what it writes may be older than what was erased
        try:
            await server.call("BGREWRITEAOF")
        except ResponseError as error:
            if "in progress" in str(error) or "Background" in str(error):
                return False
            return self._given_up("this server doesn't let us write its append-only file anew")
        for _ in range(int(LONGEST_SECONDS / POLL_SECONDS)):
            state = await _state(server)
            if state["aof_rewrite_in_progress"] == state["aof_rewrite_scheduled"] == "0":
                return state["aof_last_bgrewrite_status"] == "ok"
            await asyncio.sleep(POLL_SECONDS)
        return False

    def _given_up(self, why: str) -> bool:
        if not self._told:
            _log.warning("disk: what was erased stays in its files until they are replaced", reason=why)
            self._told = True
        return True


async def _state(server: ServerConnection) -> dict[str, str]:
    told: Any = await server.call("INFO", "persistence")
    text = told.decode() if isinstance(told, bytes) else told
    return dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
