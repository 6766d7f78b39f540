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
from bot.storage.connection import Connection, MemoryAway
from bot.storage.keys import Keys, kind_of
from bot.storage.records import read_message
from bot.storage.transactions import Write
from dialogs.core.jobs import Job, SendUnread
from dialogs.core.reminder_model import ADVISORS_PARTITION
from dialogs.core.replies import Reply, Text
from dialogs.wording import unreadable as words

MOST_LOGGED = 10_000
"""Keys that a process remembers to have logged."""

_keys = Keys(ADVISORS_PARTITION)
_log = structlog.get_logger()


class _Told(msgspec.Struct, frozen=True):
    """Whether the advisors have been told of one kind."""

    seen: bool


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
        if kind not in self._told:
            self._told.add(kind)
            self._delivery.beside(self._tell(kind))

    async def _tell(self, kind: str) -> None:
        """Tell the advisors, unless another process has."""
        turn = turn_of(ADVISORS_PARTITION, f"unreadable {kind}")
        told = _keys.key("unreadable", f"told {kind}")

        async def load() -> _Told:
            return _Told(bool(await self._connection.call("EXISTS", told)))

        try:
            await self._transaction.run(turn, load, partial(self._telling, turn, kind, told), seen=None)
        except (MemoryAway, Busy, Unavailable):
            self._told.discard(kind)

    async def _telling(self, turn: Turn, kind: str, told: str, _: _Told) -> Change[None]:
        reached = await self._reach.all()
        said = Reply((Text(words.TOLD.format(what=words.KINDS.get(kind, words.OTHER))),), private=True)
        messages = {
            f"told {who}": [
                OutboxMessage(
                    turn.names(f"told {who}"), platform_of(who), to, said, speaker=who, failure=True,
                    at=self._clock().timestamp(),
                )
            ]
            for who, to in reached.items()
        }  # fmt: skip
        if not messages:
            self._told.discard(kind)  # whoever can be told later, is
            return Change(None)
        return Change(None, Write(commands=[("SET", told, "", "EX", self._seconds)]), messages=messages)

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
