"""Redis, as all that is kept is written to it and read from it: one server, or a cluster of several."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from redis.exceptions import NoScriptError

from bot.storage.cluster import ClusterConnection
from bot.storage.pools import closed, connection_pool, is_cluster
from bot.storage.server_connection import Arg, MemoryAway, ServerConnection

__all__ = ("Arg", "Connection", "MemoryAway", "Script", "pairs", "texts")


class Script:
    """A Lua script from ``bot/lua``, called by its hash."""

    def __init__(self, name: str) -> None:
        self.source = (Path(__file__).parent / "lua" / f"{name}.lua").read_text(encoding="utf-8")
        self.sha = hashlib.sha1(self.source.encode(), usedforsecurity=False).hexdigest()


class Connection:
    """What all callers of a process share. ``call`` may be used by any number of tasks of one event loop."""

    def __init__(self, url: str, timeout: float = 3.0) -> None:
        """``timeout``: seconds that connecting, or an answer, may take."""
        self.cluster = is_cluster(url)
        """Whether keys are spread over several servers: the keys of a call then share a slot."""
        self._pool = None if self.cluster else connection_pool(url, timeout)
        self._to: ServerConnection | ClusterConnection = (
            ServerConnection(self._pool.make_connection) if self._pool else ClusterConnection(url, timeout)
        )
        self.trips = 0
        """How many calls were made, for metrics and tests."""
        self.unreadable: Callable[[str], None] = lambda key: None
        """Is told the key of whatever is read through it and can't be (``bot.storage.migrations``)."""

    async def call(self, *command: Arg) -> Any:
        """Run one command, whose keys are all in one slot; raises what ``ServerConnection.call`` does."""
        self.trips += 1
        return await self._to.call(*command)

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[Arg]) -> Any:
        """Run a Lua script; loads it where the server doesn't know it yet."""
        try:
            return await self.call("EVALSHA", script.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await self.call("EVAL", script.source, len(keys), *keys, *args)

    async def servers(self) -> Sequence[ServerConnection]:
        """Each server that has keys, for what concerns the server itself. Raises MemoryAway."""
        return await self._to.servers() if isinstance(self._to, ClusterConnection) else [self._to]

    async def scan(self, pattern: str) -> AsyncIterator[str]:
        """The keys that match ``pattern``, without holding anybody up; one may come twice."""
        for server in await self.servers():
            cursor = b"0"
            while True:
                cursor, names = await server.call("SCAN", cursor, "MATCH", pattern, "COUNT", 1000)
                for name in names:
                    yield name.decode()
                if int(cursor) == 0:
                    break

    async def close(self) -> None:
        """Close the connection; calls under way, and later ones, raise MemoryAway."""
        await self._to.close()
        if self._pool is not None:
            await closed(self._pool)


def pairs(flat: Any) -> dict[str, bytes]:
    """A Redis hash, which one protocol version gives as a map and the other (and Lua) as a flat list."""
    items = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
    return {name.decode(): value for name, value in items}


def texts(flat: Any) -> dict[str, str]:
    """The same where all that it holds is text."""
    return {name: value.decode("utf-8", "replace") for name, value in pairs(flat).items()}
