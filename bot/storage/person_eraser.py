"""Taking a person out of all that is shared: for each partition, what its one commit has to keep.

What a workspace or tenant keeps of them alone goes with their traces; live sessions and the advisors'
settings have turns of their own for it. May raise MemoryAway; doing it again is harmless.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.platforms.ports import NOTHING, OutboxMessage
from bot.storage.connection import Connection, Script
from bot.storage.hashed_people import PARTITION as DISCLOSED
from bot.storage.job_strips import job_without
from bot.storage.keys import LIVE, Keys, kind_of
from bot.storage.migrations import versioned
from bot.storage.nameless import NamelessAnswers
from bot.storage.person_data import REGISTRY
from bot.storage.person_strips import Whom
from bot.storage.records import RedisCommand, pack, read_message, read_series
from bot.storage.transactions import Write
from dialogs.core.enquiry_model import ENQUIRIES_PARTITION
from dialogs.core.mentions import in_texts, unnamed
from dialogs.core.reminder_model import ADVISORS_PARTITION, PARTITION, Series
from dialogs.core.teaching_model import TAUGHT_PARTITION
from dialogs.core.text import literal
from dialogs.reminders.leaving import gone, without
from dialogs.wording.privacy import FORMER_ADVISOR
from dialogs.wording.reminders import FROM

OURS = (PARTITION, LIVE, ADVISORS_PARTITION, ENQUIRIES_PARTITION, TAUGHT_PARTITION, "code", DISCLOSED)
"""How the names of partitions begin that are no workspace or tenant."""

_AWAITED = (ADVISORS_PARTITION, TAUGHT_PARTITION)
"""Partitions to which something of theirs may be on the way, even where they hold nothing of them yet."""


class Shared(msgspec.Struct, frozen=True):
    """A partition that may name somebody, as loaded, and what takes them out of it."""

    commands: Sequence[RedisCommand] = ()
    versions: Mapping[str, str] = {}
    """The keys that have one, each with its version."""
    before: Series | None = None
    after: Series | None = None
    """The series, where the partition is one, as it was and as it is without them."""
    seen: bool = False


def erased(keys: Keys, person: str, at: float, seconds: int) -> Iterable[RedisCommand]:
    """What goes besides what a person's traces name; nothing that is late may write it again."""
    yield "DEL", keys.key("profile", person), keys.key("refused", person)
    yield from forgotten(keys, person, at, seconds)


def forgotten(keys: Keys, person: str, at: float, seconds: int) -> Iterable[RedisCommand]:
    """Remember for a while that they were forgotten at ``at``."""
    key = keys.hashed("forgotten", person)
    yield "HSET", key, "v", repr(at)
    yield "EXPIRE", key, seconds


class PersonEraser:
    """Erases on one deployment."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        self._connection, self._seconds, self._swap = connection, seconds["forgotten"], Script("swap")
        self._nameless = NamelessAnswers(connection, seconds)

    async def shared(self) -> dict[str, list[str]]:
        """All keys out of which people are taken, by partition."""
        found = defaultdict[str, list[str]](list)
        async for name in self._connection.scan("sw:{*"):
            data = REGISTRY.get(kind_of(name) or "")
            if data is not None and (data.strip is not None or kind_of(name) in ("series", "pseudonyms")):
                found[name.partition("{")[2].partition("}:")[0]].append(name)
        return {**{partition: [] for partition in _AWAITED}, **found}

    async def tenant(self, tenant: str, whom: Whom, now: datetime) -> Write | None:
        """What erases all that a workspace or tenant keeps of them alone; None where that is nothing."""
        keys = Keys(tenant)
        traces = keys.key("traces", whom.id)
        about = [keys.key(kind, whom.id) for kind in ("profile", "refused")]
        if not await self._connection.call("EXISTS", traces, *about):
            return None
        return Write({}, list(erased(keys, whom.id, now.timestamp(), self._seconds)), traces)

    async def unseal(self, names: Sequence[str], whom: Whom) -> None:
        """Nothing leads any more from what they answered without their name to them, before anything else of
        the partition (whose keys ``names`` are) is taken from them."""
        for name in names:
            home, _, occurrence = name.removeprefix("sw:{" + PARTITION).partition("}:pseudonyms:")
            if occurrence:
                await self._nameless.forget(home, occurrence.removesuffix(" comments"), whom.id)

    async def load(self, names: Sequence[str], whom: Whom) -> Shared:
        """What takes them out of the keys of one partition."""
        guarded = [
            name for name in names if kind_of(name) in ("conversation", "work", "here", "series", "taught")
        ]
        versions = {name: await self._version(name) for name in guarded}
        commands: list[RedisCommand] = []
        for name in names:
            strip = REGISTRY[kind_of(name) or ""].strip
            if strip is not None:
                commands += await strip(self._connection, name, whom)
        state = next((name for name in names if kind_of(name) == "series"), "")
        before = read_series.or_missing(await self._connection.call("HGET", state, "s")) if state else None
        if before is None:
            return Shared(commands, versions)
        if before.own and before.owner.id == whom.id:
            return Shared([("DEL", name) for name in names], versions, before)
        after = without(before, whom.id)
        for command in commands:
            kind, _, listed = str(command[1]).partition("}:")[2].partition(":")
            if kind == "audience":
                roll, _, group = listed.partition(" ")
                after = gone(after, whom.id, group if roll == str(before.roll) else "")
        if after != before:
            commands.append(("HSET", state, "s", versioned(after)))
        return Shared(commands, versions, before, after)

    def write(self, partition: str, shared: Shared, whom: Whom, now: datetime) -> Write | None:
        """Keeps a partition without them, and lets nothing late in; None where nothing changes."""
        commands = list(shared.commands)
        if not commands and partition not in _AWAITED:
            return None
        touched = {str(command[1]) for command in commands}
        state = {name for name in shared.versions if kind_of(name) == "series" and commands}
        guards = {name: version for name, version in shared.versions.items() if name in touched | state}
        gone = {command[1] for command in commands if command[0] == "DEL"}
        commands += [("HINCRBY", name, "v", 1) for name in guards if name not in gone]
        commands += forgotten(Keys(partition), whom.id, now.timestamp(), self._seconds)
        return Write(guards, commands)

    async def withdraw(self, partition: str, whom: Whom) -> None:
        """What is still to go to them, or was asked for by them, keeps its place and goes nowhere; what goes
        to others names them no longer."""
        keys = Keys(partition)
        for queue in await self._connection.call("ZRANGE", keys.due, 0, -1):
            outbox = keys.key("outbox", queue.decode())
            waiting = await self._connection.call("LRANGE", outbox, 0, -1)
            messages = [read_message.or_missing(stored) for stored in waiting]
            newest = {message.card: message for message in messages if message}
            for stored, before in zip(waiting, messages, strict=True):
                if before is None:
                    continue
                # A card that another follows may quote them still; only the newest has to arrive.
                outdated = any(before.card) and newest[before.card] is not before
                after = _nobodys(before) if outdated else _without(before, whom)
                if after != before:
                    await self._connection.run(self._swap, [outbox], [stored, pack(after)])

    async def _version(self, name: str) -> str:
        return (await self._connection.call("HGET", name, "v") or b"").decode()


def _without(message: OutboxMessage, whom: Whom) -> OutboxMessage:
    """``message`` without them; nobody's where it is theirs."""
    job = job_without(message.job, whom) if message.job else None
    if job is not None:
        return replace(message, job=job)
    if message.job is not None or whom.id in (message.speaker, message.entry[1]):
        return _nobodys(message)
    reply = unnamed(message.reply, whom.id)
    if message.paced and whom.name:
        theirs, nobodys_name = (FROM.format(name=name) for name in (literal(whom.name), FORMER_ADVISOR))
        reply = in_texts(reply, lambda text: text.replace(theirs, nobodys_name))
    return replace(message, reply=reply, asks=unnamed(message.asks, whom.id))


def _nobodys(message: OutboxMessage) -> OutboxMessage:
    """What keeps the place of ``message`` in its queue, and goes nowhere."""
    entry = (message.entry[0], "") if message.paced else message.entry
    nobodys = replace(message, id="withdrawn", to={}, reply=NOTHING, job=None, speaker="", entry=entry)
    return replace(nobodys, then=None, card=("", ""), otherwise=None)
