"""All partitions, and the active ones: those in which something was kept just now, or waits.

Sweeps look at the active ones, so that their cost doesn't grow with the tenants and sessions that there are.
Whoever is about to keep something marks its partition first; a sweep marks those in which it has found
something that waits, and lets go those that nobody has marked for a minute before its last look.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Collection

from bot.storage.connection import Connection, Script
from bot.storage.keys import ACTIVE, PARTITIONS

MARKED_SECONDS = 5.0
"""How long a process takes its own mark to stand, between which and what is then kept lie seconds."""
KEPT_SECONDS = 60
MOST_MARKED = 10_000
"""Marks that a process remembers."""


class Partitions:
    """Those of one deployment, as one process marks and sweeps them. Every call may raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._mark, self._active = Script("mark"), Script("active")
        self._marked: dict[str, tuple[float, bool]] = {}
        """When, on the loop's clock, this process marked them, and whether it added them."""
        self.looked = 0
        """When it last looked, on the server's clock; 0 before."""
        self.active: list[str] = []
        """Those that it found then."""

    async def mark(self, partition: str, *, add: bool = False) -> None:
        """Something is about to be done in it, or is under way there; ``add``: it is there from now on."""
        now = asyncio.get_running_loop().time()
        at, added = self._marked.get(partition, (-math.inf, False))
        if at > now - MARKED_SECONDS and added >= add:
            return
        await self._connection.run(self._mark, [PARTITIONS, ACTIVE], [partition, int(add)])
        if len(self._marked) > MOST_MARKED:
            self._marked.clear()
        self._marked[partition] = now, add

    async def look(self, waiting: Collection[str]) -> list[str]:
        """The active ones; at a process's first look all, since an earlier version marked none. ``waiting``:
        those in which it has found something that waits."""
        before = max(0, self.looked - KEPT_SECONDS)
        looked, found = await self._connection.run(self._active, [ACTIVE], [before, *waiting])
        self.active = sorted(name.decode() for name in found) if self.looked else await self.all()
        self.looked = int(looked)
        return self.active

    async def all(self) -> list[str]:
        """The names of all of them: tenants, live sessions, series and the like."""
        return await partitions(self._connection)

    async def remove(self, partition: str) -> None:
        """There is nothing more to come in it."""
        self.doubt(partition)
        await self._connection.call("SREM", PARTITIONS, partition)
        await self._connection.call("ZREM", ACTIVE, partition)

    def doubt(self, partition: str) -> None:
        """Its mark may be gone: memory went away, and what comes back may be another."""
        self._marked.pop(partition, None)


async def partitions(connection: Connection) -> list[str]:
    """See ``Partitions.all``."""
    return sorted(name.decode() for name in await connection.call("SMEMBERS", PARTITIONS))
