"""The advisor settings: what the advisors share, over both platforms, and its turns.

Roles are asked for at every event, so each process keeps a copy, read anew every few seconds and after
each of its own turns.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

import msgspec
from msgspec.structs import replace

from bot.app.people import PeopleDirectory
from bot.app.transaction import Change, TransactionRunner, turn_of
from bot.platforms.ports import Address, OutboxMessage, Unavailable, Undeliverable, platform_of
from bot.storage.connection import Connection, MemoryAway
from bot.storage.keys import Keys
from bot.storage.migrations import UnreadableState, versioned
from bot.storage.person_strips import Whom, as_former
from bot.storage.records import RedisCommand, pack, read_advisor_settings, read_audited
from bot.storage.reminder_index import ReminderIndex
from bot.storage.transactions import Write
from dialogs.core.enquiry_model import ENQUIRIES_PARTITION, AdvisorLeft
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import (
    AdvisorEvent,
    Audited,
    Digest,
    KeepAdvisor,
    KeepAssistant,
    KeepDigest,
    KeepList,
    ReachAdvisor,
)
from dialogs.core.reminder_model import ADVISORS_PARTITION, AdvisorSettings, Target
from dialogs.core.replies import Block, Reply, Text
from dialogs.core.text import literal
from dialogs.reminders.advisor_settings import digest_at, kept
from dialogs.reminders.weekly import digest_card
from dialogs.wording import privacy as words

REFRESH_SECONDS = 3.0
AUDIT_KEPT = 5_000
"""Lines of the audit list."""

_keys = Keys(ADVISORS_PARTITION)
_state, _audit = _keys.key("board", "state"), _keys.key("audit", "all")


async def audit_list(connection: Connection) -> list[Audited]:
    """What advisors did, the last first. May raise MemoryAway."""
    stored = await connection.call("LRANGE", _audit, 0, -1)
    read = (read_audited.or_missing(packed, _audit, connection.unreadable) for packed in stored)
    return [audited for audited in read if audited is not None]


class _LoadedSettings(msgspec.Struct, frozen=True):
    """What a turn of the advisor settings starts from."""

    advisor_settings: AdvisorSettings
    version: str
    seen: bool


class AdvisorSettingsHandler:
    """The advisor settings of one deployment. ``run`` may raise MemoryAway, or Unavailable."""

    def __init__(
        self,
        connection: Connection,
        transaction: TransactionRunner,
        listing: ReminderIndex,
        people: PeopleDirectory,
        clock: Callable[[], datetime],
        audit_seconds: int,
        beside: Callable[[], Awaitable[Sequence[Block]]],
    ) -> None:
        """``beside``: what else stands in the weekly digest."""
        self._connection, self._transaction, self._listing = connection, transaction, listing
        self._people, self._clock = people, clock
        self._audit_seconds, self._beside = audit_seconds, beside
        self.copy = AdvisorSettings()
        """As it was read last."""

    async def read(self) -> AdvisorSettings:
        """The advisor settings as they are now; as they were last where they can't be read now. May raise
        MemoryAway."""
        stored = await self._connection.call("HGET", _state, "s")
        with suppress(UnreadableState):
            self.copy = read_advisor_settings(stored, _state, self._connection.unreadable)
        return self.copy

    async def run(self, event: AdvisorEvent, idempotency_key: str) -> None:
        """Let ``event`` happen, once for each ``idempotency_key``."""
        if isinstance(event, KeepAdvisor):
            event = replace(event, person=await self._with_own_id(event.person))
        if isinstance(event, KeepAssistant):
            assistant = event.assistant and await self._with_own_id(event.assistant)
            event = replace(event, person=await self._with_own_id(event.person), assistant=assistant)
        if isinstance(event, Digest):
            # The next one is safe before anything is made of this one.
            await self._keep(f"{idempotency_key} begun", partial(self._next_digest, event))
        await self._keep(idempotency_key, partial(self._change, event))

    async def tell(self, advisors: Mapping[str, Address], said: Reply, idempotency_key: str) -> None:
        """Write to advisors, each at their address, once for each ``idempotency_key``."""
        turn = turn_of(ADVISORS_PARTITION, idempotency_key)

        async def decide(loaded: _LoadedSettings) -> Change[None]:
            rows = {
                f"told {advisor}": [
                    OutboxMessage(turn.names(number), platform_of(advisor), to, said, speaker=advisor)
                ]
                for number, (advisor, to) in enumerate(advisors.items())
            }
            return Change(None, Write(), messages=rows)

        await self._keep(idempotency_key, decide)

    async def _keep(
        self, idempotency_key: str, decide: Callable[[_LoadedSettings], Awaitable[Change[None]]]
    ) -> None:
        load, turn = partial(self._load, idempotency_key), turn_of(ADVISORS_PARTITION, idempotency_key)
        await self._transaction.run(turn, load, decide, seen=None)

    async def _next_digest(self, event: Digest, loaded: _LoadedSettings) -> Change[None]:
        job = self.digests(loaded.advisor_settings).get(event.advisor)
        return Change(None, Write(), jobs=[job] if job else [])

    def digests(self, advisor_settings: AdvisorSettings) -> dict[str, Job]:
        """The jobs that are to be waiting: the next digest of each advisor who wants one, by advisor."""
        return {
            advisor: _digest_job(advisor, zone, self._clock())
            for advisor, (_, _, zone) in advisor_settings.reach.items()
            if advisor not in advisor_settings.digest_off
        }

    async def _load(self, idempotency_key: str) -> _LoadedSettings:
        version, stored = await self._connection.call("HMGET", _state, "v", "s")
        seen = await self._connection.call("EXISTS", _keys.hashed("mark", idempotency_key))
        settings = read_advisor_settings(stored, _state, self._connection.unreadable)
        return _LoadedSettings(settings, (version or b"").decode(), bool(seen))

    async def _change(self, event: AdvisorEvent, loaded: _LoadedSettings) -> Change[None]:
        now = self._clock()
        after, what = kept(loaded.advisor_settings, event)
        messages: list[OutboxMessage] = []
        jobs: list[Job] = []
        audited: Audited | None = await self._still(event) if isinstance(event, Audited) else None
        if what and isinstance(event, KeepList | KeepAdvisor | KeepAssistant | KeepDigest):
            audited = Audited(now, event.by.id, event.by.name, what)
        if isinstance(event, KeepDigest | ReachAdvisor) and event.by.id not in after.digest_off:
            jobs.append(_digest_job(event.by.id, event.zone, now))
        if isinstance(event, Digest) and event.advisor in after.reach:
            messages = await self._digest(event, after)
        if isinstance(event, KeepAdvisor) and set(after.advisors) - set(loaded.advisor_settings.advisors):
            messages = await self._welcomed(event, now)
        left = set(loaded.advisor_settings.advisors) - set(after.advisors)
        for person in left if isinstance(event, KeepAdvisor) else ():
            key = f"{person} left {now.isoformat()}"
            jobs.append(Job(ENQUIRIES_PARTITION, AdvisorLeft(person), key=key))
        commands: list[RedisCommand] = []
        if after != loaded.advisor_settings:
            commands += [("HSET", _state, "v", int(loaded.version or 0) + 1, "s", versioned(after))]
        if audited is not None:
            commands += [
                ("LPUSH", _audit, pack(audited)),
                ("LTRIM", _audit, 0, AUDIT_KEPT - 1),
                ("EXPIRE", _audit, self._audit_seconds),
            ]
        write = Write({_state: loaded.version}, commands)
        return Change(None, write, messages={"advisors": messages}, jobs=jobs, then=self._changed)

    async def _changed(self) -> None:
        await self.read()

    async def _still(self, told: Audited) -> Audited:
        """``told`` as it may be kept: whoever was forgotten since is named in no line that comes late."""
        forgotten = await self._connection.call("HGET", _keys.hashed("forgotten", told.who), "v")
        late = forgotten is not None and float(forgotten) >= told.at.timestamp()
        return as_former(told, Whom(told.who)) if late else told

    async def _digest(self, event: Digest, advisor_settings: AdvisorSettings) -> list[OutboxMessage]:
        """An advisor's week; nothing once they want none."""
        if event.advisor in advisor_settings.digest_off:
            return []
        _, to, _ = advisor_settings.reach[event.advisor]
        lines = [
            (series, await self._listing.store.census(series.id, series.sent[-1].key))
            for series in await self._listing.shared()
            if series.sent and series.sent[-1].at >= event.since
        ]
        beside = await self._beside()
        if not lines and not beside:
            return []
        address = msgspec.json.decode(to, type=dict[str, str])
        card = digest_card(lines, self._people.where_reached(), beside)
        id = f"digest {event.advisor} {event.since:%Y-%m-%d}"
        return [OutboxMessage(id, platform_of(event.advisor), address, card)]

    async def _welcomed(self, event: KeepAdvisor, now: datetime) -> list[OutboxMessage]:
        """Whoever was made an advisor is told so; where they can't be, whoever did it."""
        who, said = event.person.id, words.MADE_ADVISOR.format(name=literal(event.by.name or words.ANOTHER))
        to = await self._people.reached(who)
        if not to:
            who, to = event.by.id, await self._people.reached(event.by.id)
            said = words.NOT_TOLD.format(name=literal(event.person.name or words.THEM))
        id, reply = f"advisor {event.person.id} {now.isoformat()}", Reply((Text(said),), private=True)
        return [OutboxMessage(id, platform_of(who), to, reply, speaker=who)] if to else []

    async def _with_own_id(self, person: Target) -> Target:
        """Who is meant, by the id as which they speak: a mention may have another."""
        directory = self._people.directory(person.id.partition(":")[0])
        if directory is None:
            return person
        try:
            found = await directory.person(person.id, await self._people.near(person.tenant))
        except (Undeliverable, Unavailable):
            return person
        return replace(person, id=found.id, name=found.name or person.name)

    async def refresh(self) -> None:
        """Keep the copy fresh, for as long as the process lives."""
        while True:
            with suppress(MemoryAway):  # what was read last must do
                await self.read()
            await asyncio.sleep(REFRESH_SECONDS)


def _digest_job(advisor: str, zone: str, now: datetime) -> Job:
    at = digest_at(now, zone)
    return Job(ADVISORS_PARTITION, Digest(advisor, now), at, f"digest {advisor} {at:%Y-%m-%d}")
