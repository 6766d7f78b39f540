"""Promises: what is to happen to a partition in its time, as the partition itself remembers it.

What docket loses is known by them, whatever it is (``bot.app.mending``).
"""

from __future__ import annotations

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.records import read_job
from dialogs.core.jobs import Job


class Promises:
    """The jobs of each partition that aren't done. May raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def make(self, job: Job, packed: bytes) -> None:
        """``job``, which ``packed`` is, will be done."""
        await self._connection.call("HSET", _key(job.partition), job.key, packed)

    async def of(self, partition: str) -> list[Job]:
        """What is still to be done for a partition."""
        key = _key(partition)
        stored = await self._connection.call("HVALS", key)
        # One of a newer version stays: that knows what it means.
        read = (read_job.or_missing(packed, key, self._connection.unreadable) for packed in stored)
        return [job for job in read if job is not None]

    async def kept(self, job: Job) -> None:
        """It is done, or somebody else looks after it: nothing is promised any more."""
        await self._connection.call("HDEL", _key(job.partition), job.key)


def _key(partition: str) -> str:
    return Keys(partition).key("promised", "jobs")
