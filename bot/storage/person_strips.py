"""How a person is taken out of what others share: for one key of a kind, the commands that do it.

Each leaves the key as it is where it holds nothing of them. Versioned keys are written without a new
version: whoever commits the commands guards and raises it.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.storage.connection import Connection
from bot.storage.migrations import versioned
from bot.storage.records import Command, pack, read_here, read_work
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import Recipient
from dialogs.core.work import OpenSession
from dialogs.reminders.leaving import others
from dialogs.wording.privacy import FORMER_ADVISOR

_recipients = msgspec.msgpack.Decoder(list[Recipient]).decode
_audited = msgspec.msgpack.Decoder(Audited).decode


class Whom(msgspec.Struct, frozen=True):
    """Who is to be forgotten."""

    id: str
    """As ``model.Speaker.id``."""
    name: str = ""
    """As they were known; empty where that isn't known."""


async def work(connection: Connection, key: str, whom: Whom) -> list[Command]:
    """Another's draft no longer names them; their own work is erased by their traces."""
    kept = read_work(await connection.call("HGET", key, "s"))
    targets = others(kept.draft.targets, whom.id) if kept.draft else ()
    if kept.draft is None or targets == kept.draft.targets:
        return []
    return [("HSET", key, "s", versioned(replace(kept, draft=replace(kept.draft, targets=targets))))]


async def here(connection: Connection, key: str, whom: Whom) -> list[Command]:
    """What is open in a channel was started by nobody in particular."""
    kept = read_here(await connection.call("HGET", key, "s"))

    def hostless(session: OpenSession | None) -> OpenSession | None:
        return replace(session, host="") if session and session.host == whom.id else session

    after = replace(kept, quiz=hostless(kept.quiz), readiness=hostless(kept.readiness))
    return [("HSET", key, "s", versioned(after))] if after != kept else []


async def audience(connection: Connection, key: str, whom: Whom) -> list[Command]:
    """Their place in the list is left empty: whatever goes through it counts by places."""
    commands: list[Command] = []
    packed = pack(whom.id)
    for at, chunk in enumerate(await connection.call("LRANGE", key, 0, -1)):
        unpacked = zlib.decompress(chunk)
        if packed not in unpacked:
            continue
        there = [_gone(one) if one.id == whom.id else one for one in _recipients(unpacked)]
        commands.append(("LSET", key, at, zlib.compress(pack(there), 1)))
    return commands


async def failed(connection: Connection, key: str, whom: Whom) -> list[Command]:
    """A job that failed for good and concerns them is run again for nobody."""
    if key.endswith(":failed:all"):
        return []
    stored = await connection.call("GET", key)
    return [("DEL", key)] if stored and whom.id.encode() in stored else []


async def ledger(connection: Connection, key: str, whom: Whom) -> list[Command]:
    """Their line stays as a count that means nobody; what they pressed for a channel says no name."""
    if key.endswith(" by"):
        return [("HDEL", key, *fields)] if (fields := await _fields_with(connection, key, whom.id)) else []
    commands: list[Command] = []
    lines = _pairs(await connection.call("HGETALL", key))
    pressed = set(await _fields_with(connection, f"{key} by", whom.id))
    for recipient, line in lines.items():
        state, detail, flags, name = line.decode("utf-8", "replace").split("\n", 3)
        if recipient == whom.id:
            state = "cancelled" if state in ("scheduled", "sending", "snoozed") else state
            detail = "" if state == "acknowledged" else detail  # it may name whoever pressed
            nobody = "forgotten " + hashlib.blake2s(f"{whom.id} {key}".encode(), digest_size=6).hexdigest()
            commands += [
                ("HSET", key, nobody, "\n".join((state, detail, flags, ""))),
                ("HDEL", key, recipient),
            ]
        elif state == "acknowledged" and (recipient in pressed or (detail and detail == whom.name)):
            commands.append(("HSET", key, recipient, "\n".join((state, "", flags, name))))
    return commands


async def answers(connection: Connection, key: str, whom: Whom) -> list[Command]:
    """Named answers and comments go, and that they took part."""
    if key.endswith(" people"):
        members = (whom.id, f"c {whom.id}")
        there = await connection.call("SMISMEMBER", key, *members)
        return [("SREM", key, *members)] if any(there) else []
    return [("HDEL", key, whom.id)] if await connection.call("HEXISTS", key, whom.id) else []


async def mutes(connection: Connection, key: str, whom: Whom) -> list[Command]:
    """They have stopped nothing."""
    return [("SREM", key, whom.id)] if await connection.call("SISMEMBER", key, whom.id) else []


async def audit(connection: Connection, key: str, whom: Whom) -> list[Command]:
    """What they did stays, as done by a former advisor. New lines come first: places count from the end."""
    lines = await connection.call("LRANGE", key, 0, -1)
    commands: list[Command] = []
    for at, line in enumerate(lines):
        told = _audited(line)
        after = as_former(told, whom)
        if after != told:
            commands.append(("LSET", key, at - len(lines), pack(after)))
    return commands


def as_former(told: Audited, whom: Whom) -> Audited:
    """A line of the audit list that names nobody who has been forgotten."""
    mine = told.who == whom.id
    return replace(
        told,
        who="" if mine else told.who,
        name=FORMER_ADVISOR if mine else told.name,
        what=told.what.replace(whom.id, FORMER_ADVISOR),
    )


def _gone(recipient: Recipient) -> Recipient:
    return Recipient("", "person", "", recipient.platform, "", {}, why_not="left")


async def _fields_with(connection: Connection, key: str, value: str) -> list[str]:
    fields = _pairs(await connection.call("HGETALL", key))
    return [field for field, stored in fields.items() if stored == value.encode()]


def _pairs(flat: Any) -> dict[str, bytes]:
    items = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
    return {field.decode(): value for field, value in items}
