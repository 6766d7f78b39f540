"""Jobs that failed every time: kept with the reason, until somebody lets them run again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.storage.connection import Connection
from bot.storage.keys import DAY, Keys
from bot.storage.migrations import ShapeReader
from bot.storage.records import pack, read_job
from bot.storage.transactions import Write
from dialogs.core.codes import new_id
from dialogs.core.jobs import Job
from dialogs.core.reminder_model import ADVISORS_PARTITION

_keys = Keys(ADVISORS_PARTITION)
_index, _told = _keys.key("failed", "all"), _keys.hashed("mark", "failed")


class FailedJob(msgspec.Struct, frozen=True):
    """A job that failed every time."""

    id: str
    """By which it is run again; the same whenever the same job fails."""
    packed: bytes
    reason: str
    """The kind of error and where it arose; never its message."""
    at: datetime
    """When it was tried last."""
    told: tuple[str, ...] = ()
    """The ids of those who were told of it."""

    @property
    def job(self) -> Job | None:
        """The job itself; None where it can't be read, as one of a newer version."""
        return read_job.or_missing(self.packed)


class LoadedFailedJob(msgspec.Struct, frozen=True):
    """A failed job as loaded."""

    failed: FailedJob | None
    """None where there is no such job (any more)."""
    seen: bool = False
    version: str = ""
    """Counts what was kept, so that each is told knowing of those before."""


read_failed = ShapeReader(FailedJob, None, plain=True)


class FailedJobStore:
    """The failed jobs of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        self._connection, self._seconds = connection, seconds["failed"]

    async def load(self, id: str, idempotency_key: str) -> LoadedFailedJob:
        """The failed job of that id, and whether what ``idempotency_key`` names has happened already."""
        key = _keys.key("failed", id)
        stored = await self._connection.call("GET", key)
        seen = await self._connection.call("EXISTS", _keys.hashed("mark", idempotency_key))
        version = (await self._connection.call("HGET", _told, "v") or b"").decode()
        return LoadedFailedJob(read_failed(stored, key, self._connection.unreadable), bool(seen), version)

    async def all(self) -> list[FailedJob]:
        """All of them, the last first."""
        ids = [id.decode() for id in await self._connection.call("ZREVRANGE", _index, 0, -1)]
        if not ids:
            return []
        stored = await self._connection.call("MGET", *(_keys.key("failed", id) for id in ids))
        read = (read_failed.or_missing(packed, _index, self._connection.unreadable) for packed in stored)
        return [failed for failed in read if failed is not None]

    async def holds(self, key: str) -> bool:
        """Whether the job of that key has failed every time."""
        return bool(await self._connection.call("EXISTS", _keys.key("failed", failed_id(key))))

    def keep(self, failed: FailedJob, version: str = "") -> Write:
        """Keeps a failed job, in the place of an earlier failure of the same."""
        at = int(failed.at.timestamp())
        return Write(
            {_told: version},
            [
                ("HSET", _told, "v", int(version or 0) + 1),
                ("EXPIRE", _told, DAY),
                ("SET", _keys.key("failed", failed.id), pack(failed), "EX", self._seconds),
                ("ZREMRANGEBYSCORE", _index, "-inf", at - self._seconds),
                ("ZADD", _index, at, failed.id),
                ("EXPIRE", _index, self._seconds),
            ],
        )

    def drop(self, id: str) -> Write:
        """Keeps it no longer."""
        return Write(commands=[("DEL", _keys.key("failed", id)), ("ZREM", _index, id)])


def failed_id(key: str) -> str:
    """The id of the job of that key, once it has failed: short enough to be typed."""
    return new_id(hashlib.blake2s(key.encode()).hexdigest())
