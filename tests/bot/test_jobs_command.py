"""``python -m bot jobs``: what failed every time, and letting it run again."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from bot.storage.connection import Connection
from bot.storage.conversations import ConversationStore
from bot.storage.failed_jobs import FailedJob, FailedJobStore, failed_id
from bot.storage.keys import Keys
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import TellMissed
from dialogs.core.reminder_model import ADVISORS_PARTITION
from tests.harness.process import Process

JOB = Job("series:CDFGHJKMNPQR", TellMissed(), key="CDFGHJKMNPQR missed")
ID = failed_id(JOB.key)


async def test_failed_jobs_are_listed_and_run_again(redis_url: str) -> None:
    connection = Connection(redis_url)
    memory = ConversationStore(connection, 90)
    store = FailedJobStore(connection, memory.seconds)
    at = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    failed = FailedJob(ID, msgspec.msgpack.encode(JOB), "KeyError < send_card:38", at)
    await memory.commits.commit(ADVISORS_PARTITION, store.keep(failed))

    listed = await said("jobs", redis_url=redis_url)
    assert listed == f"2026-11-27 09:30  {ID}  TellMissed of series:CDFGHJKMNPQR  KeyError < send_card:38\n"
    assert "trying again" in await said("jobs", "retry", ID.lower(), redis_url=redis_url)
    assert await said("jobs", redis_url=redis_url) == "No job has failed.\n"
    assert "no such job" in await said("jobs", "retry", ID, redis_url=redis_url)
    waiting = await connection.call("LLEN", Keys(ADVISORS_PARTITION).key("outbox", "errands"))
    assert waiting == 1, "the worker takes it from here"
    await connection.close()


async def test_a_job_that_a_newer_version_made_is_listed_too(redis_url: str) -> None:
    connection = Connection(redis_url)
    memory = ConversationStore(connection, 90)
    store = FailedJobStore(connection, memory.seconds)
    failed = FailedJob(ID, b"\x81\xa4what\xa3new", "ValidationError < _run:1", datetime.now(UTC))
    await memory.commits.commit(ADVISORS_PARTITION, store.keep(failed))
    assert "unreadable  ValidationError" in await said("jobs", redis_url=redis_url)
    await connection.close()


async def said(*command: str, redis_url: str) -> str:
    """What the command prints; it ends well."""
    async with Process(*command, REDIS_URL=redis_url) as process:
        assert await process.ended() == 0, process.output
    return process.output
