"""How a person is taken out of what others share: for one key of a kind, the commands that do it.

Each leaves the key as it is where it holds nothing of them. Versioned keys are written without a new
version: whoever commits the commands guards and raises it.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from bot.storage.connection import Connection, pairs
from bot.storage.hashed_people import HashedPeople
from bot.storage.migrations import versioned
from bot.storage.offered import read_button, read_card
from bot.storage.pseudonyms import forgotten_mark
from bot.storage.records import (
    RedisCommand,
    pack,
    read_audited,
    read_here,
    read_recipients,
    read_state,
    read_work,
)
from bot.storage.teachings import read_draft, read_teachings
from bot.storage.waiting import read_asks
from dialogs.core.mentions import called, unnamed, unspoken, within
from dialogs.core.model import OfferedButton
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import Recipient
from dialogs.core.work import OpenSession
from dialogs.enquiries.teaching import draft_unasked
from dialogs.enquiries.teaching import forgotten as lessons_without
from dialogs.reminders.leaving import drafted_without
from dialogs.wording.privacy import FORMER_ADVISOR

UNMISTAKABLE = 8
"""Characters of an id that stand for nothing else, wherever they stand."""


class Whom(msgspec.Struct, frozen=True):
    """Who is to be forgotten."""

    id: str
    """As ``events.Speaker.id``."""
    name: str = ""
    """As they were known; empty where that isn't known."""


def blanked(stored: bytes, whom: Whom) -> bytes:
    """What can't be read without them: id, address and name give way to as many other characters, so that all
    else stays as it is for a version that can. Of the id, the workspace or tenant stays."""
    team, slash, user = whom.id.partition("/")
    at = f"{team}{slash}"
    goes: list[tuple[bytes, bytes]] = [
        (at.encode(), user.encode()),
        (within(at).encode(), within(user).encode()),
    ]
    goes += [(b"", user.encode())] if len(user) >= UNMISTAKABLE else []
    goes += [(b"", within(whom.name).encode())] if whom.name else []
    after = stored
    for stays, word in goes:
        after = after.replace(stays + word, stays + b"x" * len(word))
    for alone in filter(None, (user, whom.name)):
        after = after.replace(pack(alone), pack("x" * len(alone.encode())))
    return after


async def unreadable(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """What was set aside names them no longer; what was theirs is erased by their traces."""
    if await connection.call("TYPE", key) != b"list":
        return []
    aside = await connection.call("LRANGE", key, 0, -1)
    found = ((at, before, blanked(before, whom)) for at, before in enumerate(aside))
    return [("LSET", key, at, after) for at, before, after in found if after != before]


async def work(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """Another's draft no longer names them; their own work is erased by their traces."""
    kept = read_work.or_missing(await connection.call("HGET", key, "s"))
    draft = drafted_without(kept.draft, whom.id) if kept.draft else None
    return [("HSET", key, "s", versioned(replace(kept, draft=draft)))] if draft != kept.draft else []


async def waiting(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """What others may reply to no longer names them; what they may reply to is erased by their traces."""
    if await connection.call("TYPE", key) == b"hash":
        sent = pairs(await connection.call("HGETALL", key))
        found = {series: _spoken_without(asks, whom) for series, asks in sent.items() if " " not in series}
        return [("HSET", key, series, after) for series, after in found.items() if after is not None]
    after = _spoken_without(await connection.call("GET", key) or b"", whom)
    return [("SET", key, after, "KEEPTTL")] if after is not None else []


def _spoken_without(asks: bytes, whom: Whom) -> bytes | None:
    before = read_asks.or_missing(asks) if asks else None
    after = unnamed(before, whom.id) if before else None
    return pack(after) if after != before else None


async def conversation(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """No button that others were shown there names them; their own talk is erased by their traces."""
    after = _shown_without(await connection.call("HGET", key, "s") or b"", whom)
    return [("HSET", key, "s", after)] if after else []


async def thread(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """The same of how others' talk stood at a message."""
    after = _shown_without(await connection.call("GET", key) or b"", whom)
    return [("SET", key, after, "XX", "KEEPTTL")] if after else []


def _shown_without(stored: bytes, whom: Whom) -> bytes | None:
    state = read_state.or_missing(stored) if stored and whom.name else None
    offered = _buttons_without(state.offered, whom) if state else ()
    return versioned(replace(state, offered=offered)) if state and offered != state.offered else None


async def offered(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """The same of buttons that others were sent alone."""
    found = enumerate(await connection.call("LRANGE", key, 0, -1) if whom.name else ())
    shown = ((at, before, read_button.or_missing(before)) for at, before in found)
    anew = ((at, before, pack(*_buttons_without([button], whom))) for at, before, button in shown if button)
    return [("LSET", key, at, after) for at, before, after in anew if after != before]


async def standing(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """The same of the buttons of a card in a channel."""
    stored = await connection.call("GET", key) if whom.name else None
    before = read_card.or_missing(stored) if stored else ()
    after = _buttons_without(before, whom)
    return [("SET", key, pack(after), "XX", "KEEPTTL")] if after != before else []


def _buttons_without(buttons: Iterable[OfferedButton], whom: Whom) -> tuple[OfferedButton, ...]:
    return tuple(replace(button, label=unspoken(button.label, whom.name)) for button in buttons)


async def here(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """What is open in a channel was started by nobody in particular."""
    kept = read_here.or_missing(await connection.call("HGET", key, "s"))

    def hostless(session: OpenSession | None) -> OpenSession | None:
        return replace(session, host="") if session and session.host == whom.id else session

    after = replace(kept, quiz=hostless(kept.quiz), readiness=hostless(kept.readiness))
    return [("HSET", key, "s", versioned(after))] if after != kept else []


async def card(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """No card stands in their chat any more; each is called by its place, and a number."""
    cards = (name.decode() for name in await connection.call("HKEYS", key))
    theirs = [name for name in cards if name.rpartition(" ")[0] == whom.id]
    return [("HDEL", key, *theirs)] if theirs else []


async def askers(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """Their questions stay counted, and they no longer among those who asked."""
    member = (await HashedPeople(connection).of([whom.id]))[whom.id]
    return [("SREM", key, member)] if await connection.call("SISMEMBER", key, member) else []


async def tried(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """Whether they were right is gone."""
    member = (await HashedPeople(connection).of([whom.id]))[whom.id]
    return [("HDEL", key, member)] if await connection.call("HEXISTS", key, member) else []


async def teaching(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """What they were about to teach goes; what another is, no longer has their question."""
    if key.endswith(f":{whom.id}"):
        return [("DEL", key)]
    before = read_draft.or_missing(await connection.call("HGET", key, "s"))
    hashed = (await HashedPeople(connection).of([whom.id]))[whom.id].hex()
    after = draft_unasked(before, hashed) if before else None
    if before is None or after is None or after == before:
        return []
    return [("HSET", key, "s", versioned(after)) if after.questions else ("DEL", key)]


async def taught(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """What advisors wrote stays, as by a former one where it was they; their own question goes."""
    before = read_teachings.or_missing(await connection.call("HGET", key, "s"))
    if not before.readable:
        return []
    hashed = (await HashedPeople(connection).of([whom.id]))[whom.id].hex()
    after = lessons_without(before, whom.id, hashed)
    return [("HSET", key, "s", versioned(after))] if after != before else []


async def audience(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """Their place in the list is left empty: whatever goes through it counts by places."""
    commands: list[RedisCommand] = []
    for at, chunk in enumerate(await connection.call("LRANGE", key, 0, -1)):
        before = read_recipients.or_missing(chunk)
        there = [_gone(recipient) if recipient.id == whom.id else recipient for recipient in before]
        if there == before:
            continue
        commands.append(("LSET", key, at, zlib.compress(pack(there), 1)))
    return commands


async def ledger(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """Their line stays as a count that means nobody; what they pressed for a channel says no name."""
    if key.endswith(" by"):
        return [("HDEL", key, *fields)] if (fields := await _fields_with(connection, key, whom.id)) else []
    commands: list[RedisCommand] = []
    lines = pairs(await connection.call("HGETALL", key))
    pressed = set(await _fields_with(connection, f"{key} by", whom.id))
    for recipient, line in lines.items():
        state, detail, flags, name = line.decode("utf-8", "replace").split("\n", 3)
        if recipient == whom.id:
            state = "cancelled" if state in ("scheduled", "sending", "snoozed") else state
            detail = "" if state == "acknowledged" else detail  # it may name whoever pressed
            if await _answered(connection, key.replace(":ledger:", ":pseudonyms:", 1), whom):
                state, detail = "answered", ""
            nobody = f"forgotten {secrets.token_hex(6)}"
            commands += [
                ("HSET", key, nobody, "\n".join((state, detail, flags, ""))),
                ("HDEL", key, recipient),
            ]
        elif state == "acknowledged" and (recipient in pressed or (detail and detail == whom.name)):
            commands.append(("HSET", key, recipient, "\n".join((state, "", flags, name))))
    return commands


async def answers(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """Named answers and comments go, and that they took part."""
    if key.endswith(" people"):
        members = (whom.id, f"c {whom.id}")
        there = await connection.call("SMISMEMBER", key, *members)
        return [("SREM", key, *members)] if any(there) else []
    return [("HDEL", key, whom.id)] if await connection.call("HEXISTS", key, whom.id) else []


async def _answered(connection: Connection, key: str, whom: Whom) -> bool:
    """Whether they have answered without their name: their pseudonym has given way to a mark by now."""
    mark = forgotten_mark((await HashedPeople(connection).of([whom.id]))[whom.id])
    return await connection.call("ZSCORE", key, mark) is not None


async def mutes(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """They have stopped nothing."""
    return [("SREM", key, whom.id)] if await connection.call("SISMEMBER", key, whom.id) else []


async def audit(connection: Connection, key: str, whom: Whom) -> list[RedisCommand]:
    """What they did stays, as done by a former advisor. New lines come first: places count from the end."""
    lines = await connection.call("LRANGE", key, 0, -1)
    commands: list[RedisCommand] = []
    for at, line in enumerate(lines):
        told = read_audited.or_missing(line)
        if told is None:
            continue
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
        what=called(told.what, whom.id, FORMER_ADVISOR),
    )


def _gone(recipient: Recipient) -> Recipient:
    return Recipient("", "person", "", recipient.platform, "", {}, why_not="left")


async def _fields_with(connection: Connection, key: str, value: str) -> list[str]:
    fields = pairs(await connection.call("HGETALL", key))
    return [field for field, stored in fields.items() if stored == value.encode()]
