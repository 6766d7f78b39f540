"""The outbox: replies leave in order per conversation, each queue under a lease.

The process that committed messages delivers them at once; a sweep takes over the queues of a process that
died. Delivery is at least once: a reply is doubled only if a process dies between the platform's
"yes" and the strike-off, or if that "yes" never reached us.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog

from bot.delivery.bulk import BULK, BulkDelivery
from bot.delivery.credentials import Credentials
from bot.delivery.queues import BATCH, Queue, QueueHolder, QueueLeft, QueueLost, messages_of
from bot.delivery.rate_limits import RateLimits
from bot.delivery.recent_ids import RecentIds
from bot.delivery.sent import SentMessages
from bot.observability.logs import where
from bot.observability.metrics import Metrics
from bot.platforms.accounts import account_of
from bot.platforms.ports import IllFormed, OutboxMessage, Revoked, Sender, Unavailable, Undeliverable, Wait
from bot.platforms.registry import Platforms
from bot.storage.connection import Arg, MemoryAway, Script
from bot.storage.conversations import ConversationStore
from bot.storage.keys import Keys
from bot.storage.records import RedisCommand, read_message

MOST_TRIES = 12
SWEEP_SECONDS = 1.0
MOST_SWEPT, AT_ONCE = 104, 8
"""Queues of a partition that one sweep takes over, and how many of them in one call."""

_log = structlog.get_logger()


class Outbox:
    """Delivers the messages of one process, and sweeps up after others."""

    def __init__(
        self,
        memory: ConversationStore,
        senders: Mapping[str, Sender],
        metrics: Metrics,
        platforms: Platforms,
        *,
        credentials: Credentials | None = None,
        limits: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``limits`` False: paced messages go out as fast as they can, for stand-ins that set no limits.
        ``clock`` dates the buttons that are shown, for those who type what stands on them."""
        self.memory, self.connection, self._clock = memory, memory.connection, clock
        self._holder = QueueHolder(memory.connection, memory.commits.token, memory.lease)
        self._claim, self._depth = Script("claim"), Script("depth")
        self._senders, self._metrics = senders, metrics
        self._credentials = credentials or Credentials(memory.connection, metrics, memory.seconds)
        self._paced = BulkDelivery(
            self, self._holder, RateLimits(self.connection, platforms), metrics, memory.seconds, limits=limits
        )
        self._remember = SentMessages(self.connection, memory.seconds, clock)
        self._waiting: set[str] = set()
        """The active partitions of which the last sweep hasn't found that nothing waits there."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._sending: set[str] = set()
        """Ids of messages that a platform has been asked to take, and hasn't answered."""
        self._sent = RecentIds()
        """Ids of messages that were sent but could not be struck off because memory went away."""

    def committed(
        self, partition: str, messages: Mapping[str, Sequence[OutboxMessage]], before: Mapping[str, int]
    ) -> None:
        """Start delivering, by queue, what this process has just committed (``Committed.before``)."""
        room = self._paced.room()
        for queue, waiting in before.items():
            shared = queue.startswith(BULK) and waiting >= 0
            room -= shared
            if shared and room < 0:
                self.beside(Queue(self._holder, partition, queue).give_up())
            elif waiting == 0:
                self.beside(self._drain(partition, queue, list(messages[queue])))
            elif waiting > 0:
                self._metrics.swept.inc()
                _log.info("queue taken over", partition=partition, messages=waiting)
                self.beside(self._drain(partition, queue, None))

    def aside(self, message: OutboxMessage) -> None:
        """Send a confirmation that is worth no outbox: it is lost if this process dies now."""
        self.beside(self.directly([message]))

    async def directly(self, messages: Sequence[OutboxMessage]) -> None:
        """Send messages that could not be committed, once, without an outbox behind them."""
        for message in messages:
            try:
                await self.send(message, asyncio.sleep)
                self._sent.add(message.id)  # should its commit have come to pass all the same
                then = message.followed(None)
            except (Undeliverable, Unavailable) as error:
                _log.warning("reply without an outbox lost", id=message.id, reason=error.reason)
                then = message.followed(error.reason) if isinstance(error, Undeliverable) else None
            if then is not None:
                await self.directly([then])

    async def sweep(self) -> None:
        """Take over abandoned queues, for as long as the process lives."""
        while True:
            try:
                await self.sweep_once()
            except MemoryAway as error:
                _log.warning("sweep: memory is away", reason=str(error))
            await asyncio.sleep(SWEEP_SECONDS)

    async def sweep_once(self) -> None:
        """Take over what is abandoned now. Raises MemoryAway."""
        depth, oldest = 0, time.time()
        active = await self.memory.commits.partitions.look(self._waiting)
        self._waiting = set(active)
        for partition in active:
            keys = Keys(partition)
            await self._take_over(partition)
            asked: list[Arg] = [keys.key("outbox", ""), 1000]
            waiting, *heads = await self.connection.run(self._depth, [keys.due], asked)
            if not waiting:
                self._waiting.discard(partition)
            depth += waiting
            read = map(read_message.or_missing, heads)  # whoever is to send it says so
            oldest = min([oldest, *(message.at for message in read if message is not None)])
        self._metrics.outbox_depth.set(depth)
        self._metrics.outbox_age.set(max(0.0, time.time() - oldest) if depth else 0.0)

    async def _take_over(self, partition: str) -> None:
        """Drain a partition's abandoned queues; a few of those that share the work."""
        keys, shared, holder = Keys(partition), False, self._holder
        prefixes = (keys.key("outbox", ""), keys.key("lease", ""))
        args: list[Arg] = [holder.token, holder.lease_ms, AT_ONCE, *prefixes]
        for _ in range(MOST_SWEPT // AT_ONCE):
            claimed = await self.connection.run(self._claim, [keys.due], args)
            for name, messages in zip(claimed[::2], claimed[1::2], strict=True):
                queue = name.decode()
                shared = shared or queue.startswith(BULK)
                self._metrics.swept.inc()
                _log.info("queue taken over", partition=partition, messages=len(messages))
                read = messages_of(messages, keys, queue, self.connection.unreadable)
                self.beside(self._drain(partition, queue, read))
            if shared or len(claimed) < 2 * AT_ONCE:
                return

    async def settled(self, seconds: float | None = None) -> None:
        """Wait until nothing is being delivered, for ``seconds`` at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(self._tasks)

    async def stop(self, seconds: float, longest: float) -> None:
        """Deliver on for ``seconds``, then begin nothing more, and wait ``longest`` for what is under way.

        What only waits is left to other processes at once, and so is whatever is left then. Only a send that
        takes longer yet is cut off: it is counted, for it may have arrived, and will be tried again.
        """
        self._holder.stopping.set()
        await self.settled(seconds)
        self._holder.stopped = True
        await self.settled(longest)
        if self._sending:
            _log.warning("sends cut off", count=len(self._sending))
            self._metrics.cut_off.inc(len(self._sending))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def beside(self, work: Coroutine[Any, Any, None]) -> None:
        """Let ``work`` run; it is waited for where deliveries are."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, partition: str, name: str, messages: list[OutboxMessage] | None) -> None:
        """Deliver a queue until it is empty; ``messages`` is its content where that is known."""
        queue = Queue(self._holder, partition, name)
        try:
            if messages is None:
                messages = await queue.settle(0)
            if messages and messages[0].paced:
                await self._paced.drain(queue, messages)
                if name.startswith(BULK):  # there is room again for queues that nobody has taken on
                    await self._take_over(partition)
                messages = []
            while messages:
                messages = await self._deliver(queue, messages)
        except QueueLost:
            self._metrics.queues_lost.inc()
        except QueueLeft:
            await queue.give_up()
        except MemoryAway as error:
            _log.warning("delivery: memory is away", reason=str(error))
        finally:
            queue.leave()

    async def _deliver(self, queue: Queue, messages: Sequence[OutboxMessage]) -> list[OutboxMessage]:
        """Send ``messages`` in order, each struck off before the next; returns what has come meanwhile."""
        left = list[OutboxMessage]()
        for number, message in enumerate(messages, 1):
            queue.check()
            commands, then = list[RedisCommand](), message.followed(None)
            try:
                if message.id not in self._sent:
                    commands = await self._sent_in_place(queue, message)
                    await self._remember.offer(queue.partition, message)
                    self._sent.add(message.id)
            except Undeliverable as error:
                _log.warning("reply refused", id=message.id, platform=message.platform, reason=error.reason)
                then = message.followed(error.reason)
                self._paced.refused(message, error)
                if isinstance(error, IllFormed):
                    then = message.failed(queue.partition, queue.name, self._clock()) or then
            except Unavailable as error:
                held = isinstance(error, Revoked)  # for as long as messages are kept
                if held or message.tries + 1 < MOST_TRIES or message.job is not None:  # no job is ever lost
                    again = message if held else msgspec.structs.replace(message, tries=message.tries + 1)
                    pause = error.after if held else max(error.after, min(2.0**message.tries, 300.0))
                    return await queue.settle(0, pause=pause, head=again, about=message)
                _log.warning("reply given up", id=message.id, platform=message.platform, reason=error.reason)
                self._metrics.sends.labels(message.platform, "given up").inc()
                then = message.followed(error.reason)
            if then is not None:  # it takes this one's place at the head
                left = await queue.settle(0, commands, head=then, about=message)
                self._sent.discard(message.id)
                return left
            more = BATCH if number == len(messages) else 0
            left = await queue.settle(1, commands, more=more, about=message)
            self._sent.discard(message.id)
        return left

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Send one message, counted; what is no fault of the platform's is told as one that may pass.

        Raises Undeliverable or Unavailable.
        """
        if message.withdrawn:
            return None
        sender = self._senders.get(message.platform)
        if sender is None:
            raise Undeliverable("platform_off")
        account = account_of(message.platform, message.to)
        if message.job is None:
            await self._credentials.check(account)
            self._sending.add(message.id)
        try:
            sent = await sender.send(message, wait)
        except Revoked as error:
            self._metrics.sends.labels(message.platform, "held").inc()
            await self._credentials.refuse(account, error)
            raise
        except Undeliverable:
            self._metrics.sends.labels(message.platform, "refused").inc()
            raise
        except Unavailable:
            self._metrics.sends.labels(message.platform, "unavailable").inc()
            raise
        except (MemoryAway, QueueLost, QueueLeft):
            raise
        except Exception as error:
            # A fault of ours must not hold the queue up for ever: it is tried a few times, like any other.
            _log.error("send failed", id=message.id, platform=message.platform, error=where(error))
            self._metrics.sends.labels(message.platform, "failed").inc()
            raise Unavailable("fault") from None
        finally:
            self._sending.discard(message.id)
        self._metrics.sends.labels(message.platform, "sent").inc()
        if message.job is None:
            await self._credentials.works(account)
        return sent

    async def _sent_in_place(self, queue: Queue, message: OutboxMessage) -> list[RedisCommand]:
        """Send the next message of a queue, in the place of the card that it is the newest state of; the
        commands that remember what it is."""
        if not message.card[0]:
            sent = await self.send(message, queue.wait)
            return self._remember.answered(queue, message, sent) if sent is not None else []
        stands = await self._remember.stands(queue, message)
        if stands is None and message.only_in_place:
            return []
        sent = await self.send(msgspec.structs.replace(message, instead=stands or ""), queue.wait)
        return await self._remember.placed(queue, message, sent) if sent is not None else []
