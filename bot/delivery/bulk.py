"""Paced delivery: what we send of our own accord in numbers, within the platforms' budgets, into a ledger.

Each message is marked in the ledger before it is sent, and struck off together with what became of it, in the
same call that marks the next one. A message that can't go now is set aside, in a queue of its own, so that it
holds nobody up; where several addresses in a row can't be reached, the whole workspace or tenant is given a
rest. Delivery is at least once, and the ledger tells where it may have been twice.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec
import structlog

from bot.delivery.queues import BATCH, Queue, QueueHolder, QueueLost, messages_of
from bot.delivery.rate_limits import RateLimits
from bot.delivery.recent_ids import RecentIds
from bot.delivery.rests import Rests
from bot.observability.metrics import Metrics
from bot.platforms.ports import (
    OutboxMessage,
    Revoked,
    Unavailable,
    Undeliverable,
    Unreachable,
    Wait,
    at_once,
)
from bot.storage.connection import MemoryAway, Script
from bot.storage.keys import Keys
from bot.storage.records import pack
from bot.storage.refusals import RefusalStore
from bot.storage.renaming import moved_in
from bot.storage.waiting import SentQuestion, WaitingStore

BULK, ASIDE = "bulk ", "aside "
"""How the names of paced queues begin: those that share the work, and those of one message that waits."""
MOST_BULK_QUEUES = 32
"""Bulk queues of a partition, at most."""
SHARE = 16
"""Bulk queues that a process takes on of those that it commits to; the others are left to whoever sweeps."""
FEW = 8
"""Messages a queue, at least, before another queue is worth it."""
MOST_TRIES = 12
LONGEST_PAUSE = 300.0
REMEMBER_WITHIN = 0.25
"""Seconds after which what was sent is remembered, at most, while others still go out."""
GAVE_UP = "gave_up"
MAYBE_SENT = 2
"""The script's word for a message that somebody was sending when they died."""

_NOT_SENT = frozenset(("ratelimited", "rate_limited", "429", "412", "500", "503", "later", "token", "fault"))
"""Troubles after which we know that nothing was delivered; after others, a later try may be the second."""

_log = structlog.get_logger()


class Carrier(Protocol):
    """Who sends a single message, and minds work that nobody waits for."""

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Send it, counted; its id on the platform. Raises Undeliverable or Unavailable."""

    def beside(self, work: Coroutine[Any, Any, None]) -> None:
        """Let ``work`` run."""


class SendOutcome(msgspec.Struct, frozen=True):
    """What became of a message."""

    message: OutboxMessage
    what: Literal["sent", "failed", "later", "skipped"]
    why: str = ""
    again: OutboxMessage | None = None
    """The message anew, where it is to be tried again."""
    pause: float = 0.0


def queue_of(recipient: str, count: int) -> str:
    """The bulk queue of a recipient, where ``count`` messages go out together: always the same one."""
    queues = min(MOST_BULK_QUEUES, max(1, count // FEW))
    return f"{BULK}{zlib.crc32(recipient.encode()) % queues}"


class BulkDelivery:
    """Drains the paced queues of one process."""

    def __init__(
        self,
        carrier: Carrier,
        holder: QueueHolder,
        rate_limits: RateLimits,
        metrics: Metrics,
        seconds: Mapping[str, int],
        *,
        limits: bool,
    ) -> None:
        """``seconds``: how long each kind of key is kept; ``limits`` False: the budgets aren't asked, for
        stand-ins that set none."""
        self._carrier, self._holder, self._metrics = carrier, holder, metrics
        self._keep, self._limits = seconds["outbox"], limits
        self._rests = Rests(rate_limits if limits else None, carrier.beside)
        self._script = Script("pace")
        self._busy = 0
        """Bulk queues that this process is draining."""
        self._waiting = WaitingStore(holder.connection, seconds)
        self._refusals = RefusalStore(holder.connection, seconds)
        self._asked: list[SentQuestion] = []
        """What was sent and isn't remembered yet: many share one call, for which none waits long."""
        self._asked_since = 0.0
        self._sent = RecentIds()
        """Ids of messages that were sent but could not be struck off because memory went away."""

    def room(self) -> int:
        """How many more bulk queues this process takes on of those that it commits to."""
        return SHARE - self._busy

    async def drain(self, queue: Queue, messages: Sequence[OutboxMessage]) -> None:
        """Deliver a queue until it is empty. Raises QueueLost or MemoryAway."""
        bulk = queue.name.startswith(BULK)
        self._busy += bulk
        try:
            while messages:
                messages = await self._deliver(queue, messages)
                await self._remember()
        finally:
            self._busy -= bulk

    async def _deliver(self, queue: Queue, messages: Sequence[OutboxMessage]) -> Sequence[OutboxMessage]:
        became: SendOutcome | None = None
        for message in messages:
            if self._limits or self._rests.holds(message.tenant):
                if became is not None:
                    await self._step(queue, became, None)
                became = None
                await self._rests.passed(queue, message, self._remember)
            if self._holder.stopped and became is not None:
                await self._step(queue, became, None)
            queue.check()
            again = message.id in self._sent
            wanted, recipient, _ = await self._step(queue, became, None if again else message)
            if recipient and recipient != message.entry[1]:
                message = msgspec.structs.replace(message, entry=(message.entry[0], recipient))
            if wanted == MAYBE_SENT:
                self._metrics.twice.inc()
            if again:
                became = SendOutcome(message, "sent")
            elif not wanted:
                became = SendOutcome(message, "skipped")
            else:
                became = await self._send(message)
                if self._asked and time.monotonic() - self._asked_since > REMEMBER_WITHIN:
                    await self._remember()
            if became.again is not None and queue.name.startswith(ASIDE):
                # In a queue of its own it waits where it is.
                await self._step(queue, became, None, more=-1)
                return ()
        _, _, left = await self._step(queue, became, None, more=BATCH)
        return left

    async def _send(self, message: OutboxMessage) -> SendOutcome:
        try:
            sent = await self._carrier.send(message, at_once)
        except Undeliverable as error:
            _log.warning("send refused", id=message.id, platform=message.platform, reason=error.reason)
            self.refused(message, error)
            self._rests.reached(message)
            return SendOutcome(message, "failed", error.reason)
        except Revoked as error:
            # No fault of the address: all that is for the platform waits, and this counts as no try.
            self._rests.begin(message.tenant, error.after, error.reason)
            return SendOutcome(message, "later", "token", message, error.after)
        except Unavailable as error:
            self._rests.not_reached(message, error)
            if message.tries + 1 >= MOST_TRIES:
                _log.warning("send given up", id=message.id, platform=message.platform, reason=error.reason)
                return SendOutcome(message, "failed", GAVE_UP)
            again = msgspec.structs.replace(message, tries=message.tries + 1)
            pause = max(error.after, min(2.0**message.tries, LONGEST_PAUSE))
            return SendOutcome(message, "later", error.reason, again, pause)
        self._rests.reached(message)
        self._metrics.lateness.observe(max(0.0, time.time() - message.at))
        self._sent.add(message.id)
        self._ask(message, sent)
        return SendOutcome(message, "sent")

    def refused(self, message: OutboxMessage, error: Undeliverable) -> None:
        """A platform doesn't take a message: whoever can't be reached at all is left out from now on."""
        person = message.through or message.entry[1] or message.speaker
        if isinstance(error, Unreachable) and message.tenant and "/" in person:
            self._carrier.beside(self._refusals.keep(message.tenant, person, error.reason, message.at))

    def _ask(self, message: OutboxMessage, sent: str | None) -> None:
        if message.asks is None:
            return
        # A clock that was moved forward is ahead of ours.
        asks = msgspec.structs.replace(message.asks, at=max(message.at, time.time()), message=sent or "")
        if not self._asked:
            self._asked_since = time.monotonic()
        recipient = message.entry[1]
        personal = "/" in recipient
        self._asked.append(SentQuestion(message.tenant, recipient, personal, asks))

    async def _remember(self) -> None:
        """Keep what was asked since the last time."""
        asked, self._asked = self._asked, []
        try:
            await self._waiting.ask(asked, time.time())
        except MemoryAway:
            self._asked = asked + self._asked
            raise

    async def _step(
        self, queue: Queue, became: SendOutcome | None, following: OutboxMessage | None, more: int = 0
    ) -> tuple[int, str, list[OutboxMessage]]:
        """Strike one message off and mark the next; whether that is still wanted, its recipient's id by now,
        and the messages that wait.

        ``more``: how many of these to give back; -1 to give the queue up.
        """
        keys, args = self._arguments(queue.keys, became, following)
        answer = await self._holder.connection.run(
            self._script,
            [
                queue.keys.key("outbox", queue.name),
                queue.keys.key("lease", queue.name),
                queue.keys.due,
                *keys,
                moved_in(queue.keys),
            ],
            [
                self._holder.token,
                queue.name,
                self._holder.lease_ms,
                more,
                *args,
            ],
        )
        if answer[0] == b"lost":
            raise QueueLost
        if became is not None:
            self._sent.discard(became.message.id)
        return (
            int(answer[0]),
            answer[1].decode(),
            messages_of(answer[2:], queue.keys, queue.name, self._holder.connection.unreadable),
        )

    def _arguments(
        self, keys: Keys, became: SendOutcome | None, following: OutboxMessage | None
    ) -> tuple[list[str], list[Any]]:
        struck = became.message.entry if became else ("", "")
        marked = following.entry if following else ("", "")
        again = became.again if became else None
        return [keys.key("ledger", struck[0]), keys.key("ledger", marked[0])], [
            became.what if became else "",
            struck[1],
            became.why if became else "",
            "1" if became and became.what == "later" and became.why not in _NOT_SENT else "",
            f"{ASIDE}{again.id}" if again else "",
            pack(again) if again else b"",
            int(became.pause * 1000) if became else 0,
            keys.key("outbox", ""),
            self._keep,
            marked[1],
        ]
