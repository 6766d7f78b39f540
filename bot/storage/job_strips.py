"""How a person is taken out of what is to be done: a job that waits, is promised, or failed for good."""

from __future__ import annotations

from msgspec.structs import replace

from bot.storage.connection import Connection, pairs
from bot.storage.failed_jobs import read_failed
from bot.storage.person_strips import Whom, as_former
from bot.storage.records import RedisCommand, pack, read_job
from dialogs.core.jobs import ForgetEverywhere, Job, PutQuiz
from dialogs.core.mentions import names, unnamed
from dialogs.core.reminder_events import Audited, BeginSeries, KeepList
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import Teach
from dialogs.enquiries.teaching import draft_without
from dialogs.reminders.leaving import drafted_without, others


async def failed(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """A job that failed for good is run again without them, and for them it isn't."""
    if key.endswith(":failed:all"):
        return []
    stored = await connection.call("GET", key)
    kept = read_failed.or_missing(stored)
    if kept is None:
        return []
    after = _packed_without(kept.packed, whom)
    rest = replace(kept, packed=after, told=tuple(who for who in kept.told if who != whom.id))
    if rest == kept:
        return []
    return [("SET", key, pack(rest), "KEEPTTL") if after else ("DEL", key)]


async def promised(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """What is put off to a time happens without them."""
    commands: list[RedisCommand] = []
    for name, packed in pairs(await connection.call("HGETALL", key)).items():
        after = b"" if names(name, whom.id) else _packed_without(packed, whom)
        if after != packed:
            commands.append(("HSET", key, name, after) if after else ("HDEL", key, name))
    return commands


def _packed_without(packed: bytes, whom: Whom) -> bytes:
    """A job, packed, without them; empty where it is nobody's then."""
    job = read_job.or_missing(packed)
    if job is None:
        return b"" if whom.id.encode() in packed else packed
    after = job_without(job, whom)
    return packed if after == job else pack(after) if after else b""


def job_without(job: Job, whom: Whom) -> Job | None:
    """``job`` as it goes on once they are forgotten; None where it concerns them alone, or was theirs."""
    event = unnamed(job.event, whom.id)
    match event:
        case ForgetEverywhere():
            return job
        case Audited():
            event = as_former(event, whom)
        case BeginSeries(draft) if event.by.id != whom.id:
            event = replace(event, draft=drafted_without(draft, whom.id))
        case KeepList(_, targets, by) if by.id != whom.id and others(targets, whom.id):
            event = replace(event, targets=others(targets, whom.id))
        case PutQuiz(by=by) if by.id == whom.id:
            event = replace(event, by=Actor(""))
        case Teach(draft):
            event = replace(event, draft=draft_without(draft, whom.id))
        case _:
            pass
    after = replace(job, event=event)
    return None if names(after, whom.id) else after
