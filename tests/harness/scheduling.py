"""A worker's schedule by itself: jobs fall due, and each is done by noting its key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.delivery.clock import Clock
from bot.delivery.scheduler import Scheduler
from bot.storage.connection import Connection
from bot.storage.forgotten import ForgottenPeople
from dialogs.core.jobs import Job


@asynccontextmanager
async def working(url: str, connection: Connection) -> AsyncIterator[tuple[Scheduler, asyncio.Queue[str]]]:
    """One that works on the server at ``url``, and the keys of what it has done; stopped at the end."""
    done = asyncio.Queue[str]()

    async def hand(job: Job, _: str) -> None:
        done.put_nowait(job.key)

    async def failed(*_: object) -> None:
        raise AssertionError("it can be done")

    people = ForgottenPeople(connection, {"forgotten": 60})
    schedule = Scheduler(url, connection, Clock(), hand, failed, people)
    await schedule.start(work=True)
    await schedule.connected.wait()
    yield schedule, done
    await schedule.stop()
