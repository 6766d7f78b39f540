"""Taking a person out of all that is shared: partition by partition, each in one commit.

What a workspace or tenant keeps of them alone goes with their traces; live sessions and the advisors'
settings have turns of their own for it. May raise MemoryAway; doing it again is harmless.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.platforms.ports import NOTHING, OutboxMessage, Unavailable
from bot.storage.connection import Connection, Script
from bot.storage.keys import PARTITIONS, Keys, kind_of
from bot.storage.migrations import versioned
from bot.storage.person_data import REGISTRY
from bot.storage.person_strips import Whom, as_former
from bot.storage.records import Command, pack, read_series
from bot.storage.transactions import Committed, Transactions, Write
from dialogs.core.jobs import ForgetEverywhere
from dialogs.core.reminder_model import ADVISORS_PARTITION, PARTITION, Audited, Series
from dialogs.reminders.leaving import gone, without

MOST_CONFLICTS = 10
OURS = (PARTITION, "live:", ADVISORS_PARTITION, "code")
"""How the names of partitions begin that are no workspace or tenant."""

Told = Callable[[Series, Series], Sequence[OutboxMessage]]
"""What advisors are told of a series, as it was and as it is."""
Committing = Callable[[str, Mapping[str, Sequence[OutboxMessage]], dict[str, int]], None]
_read_message = msgspec.msgpack.Decoder(OutboxMessage).decode


def erased(keys: Keys, person: str, at: float, seconds: int) -> Iterable[Command]:
    """What goes besides what a person's traces name; nothing that is late may write it again."""
    yield "DEL", keys.key("profile", person)
    yield from forgotten(keys, person, at, seconds)


def forgotten(keys: Keys, person: str, at: float, seconds: int) -> Iterable[Command]:
    """Remember for a while that they were forgotten at ``at``."""
    key = keys.hashed("forgotten", person)
    yield "HSET", key, "v", repr(at)
    yield "EXPIRE", key, seconds


class PersonEraser:
    """Erases on one deployment."""

    def __init__(
        self, connection: Connection, commits: Transactions, seconds: Mapping[str, int], committed: Committing
    ) -> None:
        """``committed``: is told of what was committed to which partition, to deliver it."""
        self._connection, self._commits, self._seconds = connection, commits, seconds["forgotten"]
        self._committed, self._swap = committed, Script("swap")

    async def erase(self, own: str, whom: Whom, now: datetime, told: Told) -> None:
        """Take ``whom`` out of everything that is shared, and out of tenants other than ``own``."""
        found = await self._shared()
        for name in await self._connection.call("SMEMBERS", PARTITIONS):
            partition = name.decode()
            await self._withdraw(partition, whom)
            if partition != own and not partition.startswith(OURS):
                await self._tenant(partition, whom, now)
        found.setdefault(ADVISORS_PARTITION, [])
        for partition, keys in found.items():
            for _ in range(MOST_CONFLICTS):
                if await self._partition(partition, keys, whom, now, told):
                    break
            else:
                raise Unavailable("busy")

    async def _shared(self) -> dict[str, list[str]]:
        """All keys out of which people are taken, by partition."""
        found, cursor = defaultdict[str, list[str]](list), b"0"
        while True:
            cursor, names = await self._connection.call("SCAN", cursor, "MATCH", "sw:{*", "COUNT", 1000)
            for name in map(bytes.decode, names):
                data = REGISTRY.get(kind_of(name) or "")
                if data is not None and (data.strip is not None or kind_of(name) == "series"):
                    found[name.partition("{")[2].partition("}:")[0]].append(name)
            if int(cursor) == 0:
                return dict(found)

    async def _tenant(self, tenant: str, whom: Whom, now: datetime) -> None:
        keys = Keys(tenant)
        traces, profile = keys.key("traces", whom.id), keys.key("profile", whom.id)
        if await self._connection.call("EXISTS", traces, profile):
            commands = erased(keys, whom.id, now.timestamp(), self._seconds)
            await self._commits.commit(tenant, Write({}, list(commands), traces))

    async def _partition(
        self, partition: str, names: Sequence[str], whom: Whom, now: datetime, told: Told
    ) -> bool:
        """One commit; False where something else happened there meanwhile."""
        state = next((name for name in names if kind_of(name) == "series"), "")
        versions = {name: await self._version(name) for name in names if kind_of(name) in ("work", "here")}
        if state:
            versions[state] = await self._version(state)
        commands: list[Command] = []
        for name in names:
            strip = REGISTRY[kind_of(name) or ""].strip
            if strip is not None:
                commands += await strip(self._connection, name, whom)
        left = any(kind_of(str(command[1])) == "audience" for command in commands)
        messages: dict[str, Sequence[OutboxMessage]] = {}
        before = read_series(await self._connection.call("HGET", state, "s")) if state else None
        if before is not None:
            after = gone(without(before, whom.id), whom.id) if left else without(before, whom.id)
            if after != before:
                commands.append(("HSET", state, "s", versioned(after)))
                messages = {"advisor": for_advisor} if (for_advisor := told(before, after)) else {}
        touched = {str(command[1]) for command in commands} | ({state} if commands and state else set())
        if not commands and partition != ADVISORS_PARTITION:
            return True
        guards = {name: version for name, version in versions.items() if name in touched}
        commands += [("HINCRBY", name, "v", 1) for name in guards]
        commands += forgotten(Keys(partition), whom.id, now.timestamp(), self._seconds)
        done = await self._commits.commit(partition, Write(guards, commands), messages=messages)
        self._deliver(partition, messages, done)
        return done.outcome == "ok"

    def _deliver(
        self, partition: str, messages: Mapping[str, Sequence[OutboxMessage]], done: Committed
    ) -> None:
        if done.outcome == "ok" and messages:
            self._committed(partition, messages, done.before)

    async def _version(self, name: str) -> str:
        return (await self._connection.call("HGET", name, "v") or b"").decode()

    async def _withdraw(self, partition: str, whom: Whom) -> None:
        """What is still to go to them, or was asked for by them, keeps its place and goes nowhere."""
        keys = Keys(partition)
        for queue in await self._connection.call("ZRANGE", keys.due, 0, -1):
            outbox = keys.key("outbox", queue.decode())
            for stored in await self._connection.call("LRANGE", outbox, 0, -1):
                after = _without(_read_message(stored), whom)
                if after is not None:
                    await self._connection.run(self._swap, [outbox], [stored, pack(after)])


def _without(message: OutboxMessage, whom: Whom) -> OutboxMessage | None:
    """``message`` as nobody's; None where it has nothing of theirs."""
    event = message.job.event if message.job else None
    if isinstance(event, ForgetEverywhere):
        return None
    if message.job is not None and isinstance(event, Audited):
        former = as_former(event, whom)
        return replace(message, job=replace(message.job, event=former)) if former != event else None
    theirs = message.job is not None and whom.id.encode() in pack(message.job)
    if theirs or whom.id in (message.speaker, message.entry[1]):
        entry = (message.entry[0], "") if message.paced else message.entry
        return replace(message, id="withdrawn", to={}, reply=NOTHING, job=None, speaker="", entry=entry)
    return None
