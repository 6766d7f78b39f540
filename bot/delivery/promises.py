"""Promises: what is to happen to a partition in its time, as the partition itself remembers it.

What docket loses is known by them, whatever it is (``bot.app.mending``).
"""

from __future__ import annotations

from contextlib import suppress

import msgspec

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from dialogs.core.jobs import Job

_read = msgspec.msgpack.Decoder(Job).decode


class Promises:
    """The jobs of each partition that aren't done. May raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def make(self, job: Job, packed: bytes) -> None:
        """``job``, which ``packed`` is, will be done."""
        await self._connection.call("HSET", _key(job.partition), job.key, packed)

    async def of(self, partition: str) -> list[Job]:
        """What is still to be done for a partition."""
        found = list[Job]()
        for packed in await self._connection.call("HVALS", _key(partition)):
            with suppress(msgspec.DecodeError):  # one of a newer version, which knows what it means
                found.append(_read(packed))
        return found

    async def kept(self, job: Job) -> None:
        """It is done, or somebody else looks after it: nothing is promised any more."""
        await self._connection.call("HDEL", _key(job.partition), job.key)


def _key(partition: str) -> str:
    return Keys(partition).key("promised", "jobs")
