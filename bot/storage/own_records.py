"""What a turn has kept of whoever spoke, found by their traces: in words for them, and for the dialogs."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TypeVar

from bot.platforms.ports import InboundEvent
from bot.storage.connection import Connection, Script, texts
from bot.storage.keys import Keys, kind_of
from bot.storage.migrations import Readable, ShapeReader, readable
from bot.storage.person_data import in_words
from bot.storage.person_records import profile_record
from bot.storage.records import read_result, read_share
from dialogs.core.sharing_model import SharedAnswer
from dialogs.core.work import CheckResult
from dialogs.core.world_parts import Record

Shape = TypeVar("Shape")


class OwnRecords:
    """Those of one deployment, each in the speaker's partition. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._script = connection, Script("records")

    async def in_words(self, inbound: InboundEvent, now: datetime, reached: str) -> tuple[Record, ...]:
        """All of them; ``reached``: how people say where the speaker is written to ("in Slack")."""
        records = [in_words(key, value) for key, value in await self._all(inbound, now)]
        key = Keys(inbound.tenant).key("profile", inbound.speaker)
        profile = texts(await self._connection.call("HGETALL", key))
        if profile:
            records.append(profile_record(profile, inbound.speaker, reached))
        return tuple(record for record in records if record is not None)

    async def results(self, inbound: InboundEvent, now: datetime) -> Readable[CheckResult]:
        """The speaker's finished readiness checks, oldest first."""
        found, unread = await self._of_kind("result", read_result, inbound, now)
        return Readable(tuple(sorted(found, key=lambda result: result.at)), unread)

    async def shares(self, inbound: InboundEvent, now: datetime) -> tuple[SharedAnswer, ...]:
        """The answers that the speaker has put before others."""
        return (await self._of_kind("share", read_share, inbound, now)).found

    async def _of_kind(
        self, kind: str, read: ShapeReader[Shape, None], inbound: InboundEvent, now: datetime
    ) -> Readable[Shape]:
        notice = self._connection.unreadable
        found = await self._all(inbound, now)
        return readable(read.or_missing(value, key, notice) for key, value in found if kind_of(key) == kind)

    async def _all(self, inbound: InboundEvent, now: datetime) -> list[tuple[str, bytes]]:
        """Every key that holds something of the speaker in this partition, with its value."""
        traces = Keys(inbound.tenant).key("traces", inbound.speaker)
        found = await self._connection.run(self._script, [traces], [int(min(now.timestamp(), time.time()))])
        return [(key.decode(), value) for key, value in zip(found[::2], found[1::2], strict=True)]
