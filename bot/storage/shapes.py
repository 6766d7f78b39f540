"""Every kind of key by how its values are read, in one table; and what there is that can't be read.

A test fails on a kind of key that is neither here nor among those without a shape.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any, Literal

import msgspec

from bot.storage import enquiries, records, teachings
from bot.storage.channels import read_last_asked
from bot.storage.connection import Connection, Script, pairs
from bot.storage.disclosures import read_disclosed
from bot.storage.failed_jobs import read_failed
from bot.storage.keys import kind_of
from bot.storage.migrations import ShapeReader, UnreadableState
from bot.storage.offered import read_button, read_card
from bot.storage.person_strips import Whom, blanked
from bot.storage.records import RedisCommand
from bot.storage.waiting import read_asks

Then = Literal["waits", "set aside", "left out", "sent later", "passes"]
"""What becomes of what can't be read: whatever needs it waits, and whoever asks is told; a talk goes on
afresh, and it comes back; it is left out of what is told with others like it; it is tried again, and kept as
failed; it only saved somebody a press, until something newer takes its place."""


class StoredShape(msgspec.Struct, frozen=True):
    """How values of one kind are read."""

    read: ShapeReader[Any, Any]
    then: Then
    field: str = ""
    """The field of a hash in which they stand; empty where all fields are such values."""


def _state(read: ShapeReader[Any, Any], then: Then = "waits") -> StoredShape:
    return StoredShape(read, then, "s")


SHAPES: dict[str, StoredShape] = {
    "conversation": _state(records.read_state, "set aside"),
    "work": _state(records.read_work, "set aside"),
    "here": _state(records.read_here, "set aside"),
    "missed": StoredShape(records.read_missed, "set aside"),
    "series": _state(records.read_series),
    "audience": StoredShape(records.read_recipients, "waits"),
    "session": _state(records.read_live),
    "enquiry": _state(enquiries.read_enquiry),
    "taught": _state(teachings.read_teachings),
    "teaching": _state(teachings.read_draft),
    "board": _state(records.read_advisor_settings),
    "disclosed": _state(read_disclosed),
    "outbox": StoredShape(records.read_message, "sent later"),
    "promised": StoredShape(records.read_job, "left out"),
    "failed": StoredShape(read_failed, "left out"),
    "audit": StoredShape(records.read_audited, "left out"),
    "shared": StoredShape(records.read_joint, "left out"),
    "quizzed": StoredShape(read_last_asked, "left out"),
    "result": StoredShape(records.read_result, "left out"),
    "share": StoredShape(records.read_share, "left out"),
    "unanswered": StoredShape(records.read_unanswered, "left out"),
    "feedback": StoredShape(records.read_rating, "left out"),
    "receipt": StoredShape(records.read_receipt, "passes"),
    "thread": StoredShape(records.read_state, "passes"),
    "waiting": StoredShape(read_asks, "passes"),
    "offered": StoredShape(read_button, "passes"),
    "standing": StoredShape(read_card, "passes"),
}
WITHOUT = frozenset({
    *("mark", "rate", "asked", "askers", "tried", "matcher", "fitting", "card", "index", "people", "votes"),
    *("tally", "form", "took", "code", "ledger", "answers", "secret", "pseudonyms", "mutes", "near"),
    *("refused", "guesses", "hashing", "profile", "traces", "forgotten", "due", "lease", "budget"),
    *("organisation", "moved", "disk", "uninstalled", "installation", "installing", "lent", "homes"),
    *("active", "unreadable", "schedule"),
})  # fmt: skip
"""Kinds that are no shape: text, numbers, ids, what is sealed by another's format (of the last two, whatever
they hold is looked at elsewhere)."""


class Value(msgspec.Struct, frozen=True):
    """One value as it is stored."""

    key: str
    at: str
    """Its field, or its place in a list; empty where it is all of the key."""
    stored: bytes


async def unreadable(connection: Connection) -> AsyncIterator[Value]:
    """All that is kept and can't be read. May raise MemoryAway."""
    async for key in connection.scan("sw:{*"):
        shape = SHAPES.get(kind_of(key) or "")
        if shape is None:
            continue
        async for value in values(connection, key, shape):
            try:
                shape.read(value.stored)
            except UnreadableState:
                yield value


async def values(connection: Connection, key: str, shape: StoredShape) -> AsyncIterator[Value]:
    """What a key of ``shape`` holds. May raise MemoryAway."""
    match await connection.call("TYPE", key):
        case b"string":
            stored = await connection.call("GET", key)
            found: Iterable[tuple[str, bytes | None]] = [("", stored)]
        case b"list":
            found = ((str(at), item) for at, item in enumerate(await connection.call("LRANGE", key, 0, -1)))
        case b"hash" if shape.field:
            found = [(shape.field, await connection.call("HGET", key, shape.field))]
        case b"hash":
            fields = pairs(await connection.call("HGETALL", key))
            found = ((field, item) for field, item in fields.items() if not field.endswith(" step"))
        case _:
            return
    for at, item in found:
        if item is not None:
            yield Value(key, at, item)


class Blanking:
    """Takes a person out of what can't be read. May raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._peek, self._rename = connection, Script("peek"), Script("rename")

    async def forget(self, whom: Whom) -> None:
        """Their id and name give way to as many other characters, so that all else stays readable for a
        version that can."""
        async for value in unreadable(self._connection):
            after = blanked(value.stored, whom)
            if after != value.stored:
                await self._swap(value, after)

    async def _swap(self, value: Value, after: bytes) -> None:
        _, digest, _ = await self._connection.run(self._peek, [value.key], [])
        command: RedisCommand = ("SET", value.key, after, "KEEPTTL")
        if value.at:
            listed = value.at.isdecimal() and await self._connection.call("TYPE", value.key) == b"list"
            command = ("LSET" if listed else "HSET", value.key, value.at, after)
        await self._connection.run(self._rename, [value.key, value.key], [digest, len(command), *command])
