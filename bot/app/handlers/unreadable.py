"""What is kept and can't be read: logged, counted, told to the advisors once, and sent where it can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec
import structlog

from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.transaction import Busy, Change, TransactionRunner, Turn, turn_of
from bot.delivery.outbox import Outbox
from bot.observability.metrics import Metrics
from bot.platforms.ports import OutboxMessage, Unavailable, platform_of
from bot.storage.connection import Connection, MemoryAway, texts
from bot.storage.keys import Keys, kind_of
from bot.storage.records import read_message
from bot.storage.transactions import Write
from dialogs.core.jobs import Job, SendUnread
from dialogs.core.reminder_model import ADVISORS_PARTITION
from dialogs.core.replies import Reply, Text
from dialogs.wording import unreadable as words

MOST_LOGGED = 10_000
"""Keys that a process remembers to have logged."""

_told = Keys(ADVISORS_PARTITION).key("unreadable", "told")
_log = structlog.get_logger()


class _Told(msgspec.Struct, frozen=True):
    """What the advisors have been told of."""

    seen: bool
    version: str = ""
    since: dict[str, str] = {}
    """What can't be read, in words, and when that was first told."""


class UnreadableKeys:
    """Those that one process has met (``Connection.unreadable``)."""

    def __init__(
        self,
        connection: Connection,
        transaction: TransactionRunner,
        delivery: Outbox,
        reach: AdvisorReach,
        metrics: Metrics,
        clock: Callable[[], datetime],
        seconds: int,
    ) -> None:
        """``seconds``: for how long the advisors, once told of a kind, aren't told again."""
        self._connection, self._transaction, self._delivery = connection, transaction, delivery
        self._reach, self._metrics, self._clock, self._seconds = reach, metrics, clock, seconds
        self._logged: set[str] = set()
        self._told: set[str] = set()
        connection.unreadable = self.met

    def met(self, key: str) -> None:
        """Something there couldn't be read."""
        kind = kind_of(key) or "unknown"
        self._metrics.unreadable.labels(kind).inc()
        if key not in self._logged and len(self._logged) < MOST_LOGGED:
            self._logged.add(key)
            _log.error("can't be read", kind=kind, key=key)
        what = words.KINDS.get(kind, words.OTHER)
        if what not in self._told:
            self._told.add(what)
            self._delivery.beside(self._tell(what))

    async def _tell(self, what: str) -> None:
        """Tell the advisors, unless another process has."""
        turn = turn_of(ADVISORS_PARTITION, f"unreadable {what}")

        async def load() -> _Told:
            since = texts(await self._connection.call("HGETALL", _told))
            return _Told(what in since, since.pop("v", ""), since)

        try:
            await self._transaction.run(turn, load, partial(self._telling, turn, what), seen=None)
        except (MemoryAway, Busy, Unavailable):
            self._told.discard(what)

    async def _telling(self, turn: Turn, what: str, told: _Told) -> Change[None]:
        """One message to each advisor tells all that there is; it grows where it stands."""
        now, reached = self._clock(), await self._reach.all()
        if not reached:
            self._told.discard(what)  # whoever can be told later, is
            return Change(None)
        first = min([*told.since.values(), now.isoformat()])
        listed = "\n".join(f"- {each}" for each in sorted({*told.since, what}))
        said = Reply((Text(words.TOLD.format(what=listed)),), private=True)
        messages = {
            f"told {who}": [
                OutboxMessage(
                    turn.names(f"told {who}"), platform_of(who), to, said, speaker=who, failure=True,
                    at=now.timestamp(), card=("unreadable", f"{who} {first}"),
                )
            ]
            for who, to in reached.items()
        }  # fmt: skip
        version = int(told.version or 0) + 1
        kept = [("HSET", _told, "v", version, what, now.isoformat()), ("EXPIRE", _told, self._seconds)]
        return Change(None, Write({_told: told.version}, kept), messages=messages)

    async def send(self, job: Job, idempotency_key: str) -> None:
        """Send a message that a version couldn't read. Raises UnreadableState where this can't either."""
        event = job.event
        assert isinstance(event, SendUnread)
        key = Keys(job.partition).key("outbox", event.queue)
        message = read_message(event.packed.encode("latin-1"), key, self._connection.unreadable)
        assert message is not None
        turn = turn_of(job.partition, idempotency_key)
        mark = Keys(job.partition).hashed("mark", idempotency_key)

        async def load() -> _Told:
            return _Told(bool(await self._connection.call("EXISTS", mark)))

        async def decide(_: _Told) -> Change[None]:
            return Change(None, Write(), messages={event.queue: [message]})

        await self._transaction.run(turn, load, decide, seen=None)


def sentence(kind: str) -> str:
    """What somebody is told who wanted something of that kind."""
    return words.NOT_NOW.format(what=words.KINDS.get(kind, words.OTHER))
