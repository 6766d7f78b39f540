"""The outbox: replies leave in order per conversation, each lane under a lease.

The process that committed rows delivers them at once; a sweep takes over the lanes of a process that
died. Delivery is at least once: a reply is doubled only if a process dies between the platform's
"yes" and the strike-off, or if that "yes" never reached us.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog

from bot.keys import HOMES, Keys
from bot.line import Line, MemoryAway, Script
from bot.logs import where
from bot.memory import Memory
from bot.metrics import Metrics
from bot.ports import Row, Sender, Unavailable, Undeliverable
from bot.records import Command, Keeper, Receipt, flat, pack

MOST_TRIES = 12
BATCH = 50
"""Rows fetched at once, at most."""
SWEEP_SECONDS = 1.0

_log = structlog.get_logger()
_read_row = msgspec.msgpack.Decoder(Row).decode


class LaneLost(Exception):
    """Another process delivers to this lane now."""


class Lane:
    """A conversation's part of the outbox, while this process holds its lease.

    The lease is renewed by a timer, so that a slow platform doesn't cost us the lane.
    """

    def __init__(self, delivery: Delivery, home: str, name: str) -> None:
        self._delivery, self._name, self.keys = delivery, name, Keys(home)
        self._lost = False
        self._renewal: asyncio.Task[None] | None = None
        self._timer = self._later()

    def leave(self) -> None:
        """Renew no more."""
        self._timer.cancel()
        if self._renewal is not None:
            self._renewal.cancel()

    def check(self) -> None:
        """Raises LaneLost where another process has taken the lane."""
        if self._lost:
            raise LaneLost

    async def wait(self, seconds: float) -> None:
        """Sleep for that long, and still hold the lane afterwards. Raises LaneLost."""
        await asyncio.sleep(seconds)
        self.check()

    def _later(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(self._delivery.lease_ms / 3000, self._start_renewal)

    def _start_renewal(self) -> None:
        self._renewal = asyncio.create_task(self._renew())
        self._timer = self._later()

    async def _renew(self) -> None:
        try:
            kept = await self._delivery.line.run(
                self._delivery.renew,
                [self.keys.key("lease", self._name), self.keys.due],
                [self._delivery.token, self._name, self._delivery.lease_ms],
            )
        except MemoryAway:
            return  # the next renewal may succeed; else the strike-off will tell
        self._lost = not kept

    async def settle(
        self,
        struck: int,
        commands: Sequence[Command] = (),
        *,
        pause: float = 0.0,
        head: Row | None = None,
        more: int = BATCH,
    ) -> list[Row]:
        """Strike ``struck`` rows off; returns at most ``more`` of those still to be sent. Raises LaneLost.

        With ``pause`` (seconds) the lane is given up until then, its first row replaced by ``head``.
        """
        answer = await self._delivery.line.run(
            self._delivery.settle,
            [self.keys.key("outbox", self._name), self.keys.key("lease", self._name), self.keys.due],
            [
                self._delivery.token,
                self._name,
                struck,
                self._delivery.lease_ms,
                int(pause * 1000),
                pack(head) if head else b"",
                more,
                *flat(commands),
            ],
        )
        if answer[0] == b"lost":
            raise LaneLost
        return [_read_row(row) for row in answer[1:]]


class Delivery:
    """Delivers the rows of one process, and sweeps up after others."""

    def __init__(self, memory: Memory, senders: Mapping[str, Sender], metrics: Metrics) -> None:
        self.line: Line = memory.line
        self.lease_ms = int(memory.lease * 1000)
        self.token = memory.commits.token
        self.settle, self.renew = Script("settle"), Script("renew")
        self._claim, self._depth = Script("claim"), Script("depth")
        self.memory, self._senders, self._metrics = memory, senders, metrics
        self._tasks: set[asyncio.Task[None]] = set()
        self._sent: OrderedDict[str, None] = OrderedDict()
        """Ids of rows that were sent but could not be struck off because memory went away."""

    def committed(self, home: str, rows: Mapping[str, Sequence[Row]], before: Mapping[str, int]) -> None:
        """Start delivering rows, by lane, that this process has just committed (``Committed.before``)."""
        for lane, waiting in before.items():
            if waiting == 0:
                self._spawn(self._drain(home, lane, list(rows[lane])))
            elif waiting > 0:
                self._spawn(self._drain(home, lane, None))

    def aside(self, row: Row) -> None:
        """Send a confirmation that is worth no outbox: it is lost if this process dies now."""
        self._spawn(self.directly([row]))

    async def directly(self, rows: Sequence[Row]) -> None:
        """Send rows that could not be committed, once, without an outbox behind them."""
        for row in rows:
            try:
                await self._send(row, asyncio.sleep)
            except (Undeliverable, Unavailable) as error:
                _log.warning("reply without an outbox lost", row=row.id, reason=error.reason)

    async def sweep(self) -> None:
        """Take over abandoned lanes, for as long as the process lives."""
        while True:
            try:
                await self.sweep_once()
            except MemoryAway as error:
                _log.warning("sweep: memory is away", reason=str(error))
            await asyncio.sleep(SWEEP_SECONDS)

    async def sweep_once(self) -> None:
        """Take over what is abandoned now. Raises MemoryAway."""
        depth, oldest = 0, time.time()
        if homes := self.memory.commits.homes:
            await self.line.call("SADD", HOMES, *homes)  # a replaced Redis has lost them
        for name in await self.line.call("SMEMBERS", HOMES):
            home = name.decode()
            keys = Keys(home)
            prefixes = [keys.key("outbox", ""), keys.key("lease", "")]
            claimed = await self.line.run(
                self._claim, [keys.due], [self.token, self.lease_ms, 100, *prefixes]
            )
            for lane, rows in zip(claimed[::2], claimed[1::2], strict=True):
                self._metrics.swept.inc()
                self._spawn(self._drain(home, lane.decode(), [_read_row(row) for row in rows]))
            waiting, *heads = await self.line.run(self._depth, [keys.due], [prefixes[0], 1000])
            depth += waiting
            oldest = min([oldest, *(_read_row(head).at for head in heads)])
        self._metrics.outbox_depth.set(depth)
        self._metrics.outbox_age.set(max(0.0, time.time() - oldest) if depth else 0.0)

    async def settled(self) -> None:
        """Wait until nothing is being delivered."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def finish(self, seconds: float) -> None:
        """Wait that long for deliveries under way; what is left stays in the outbox."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, home: str, name: str, rows: list[Row] | None) -> None:
        """Deliver a lane until it is empty; ``rows`` is its content where that is known."""
        lane = Lane(self, home, name)
        try:
            if rows is None:
                rows = await lane.settle(0)
            while rows:
                rows = await self._deliver(lane, rows)
        except LaneLost:
            self._metrics.lanes_lost.inc()
        except MemoryAway as error:
            _log.warning("delivery: memory is away", reason=str(error))
        finally:
            lane.leave()

    async def _deliver(self, lane: Lane, rows: Sequence[Row]) -> list[Row]:
        """Send ``rows`` in order, each struck off before the next; returns what has come meanwhile."""
        left = list[Row]()
        for number, row in enumerate(rows, 1):
            lane.check()
            commands = list[Command]()
            try:
                if row.id not in self._sent:
                    commands = self._receipt(lane, row, await self._send(row, lane.wait))
                    self._remember(row.id)
            except Undeliverable as error:
                _log.warning("reply refused", row=row.id, platform=row.platform, reason=error.reason)
            except Unavailable as error:
                if row.tries + 1 < MOST_TRIES:
                    again = msgspec.structs.replace(row, tries=row.tries + 1)
                    pause = max(error.after, min(2.0**row.tries, 300.0))
                    return await lane.settle(0, pause=pause, head=again)
                _log.warning("reply given up", row=row.id, platform=row.platform, reason=error.reason)
                self._metrics.sends.labels(row.platform, "given up").inc()
            left = await lane.settle(1, commands, more=BATCH if number == len(rows) else 0)
            self._sent.pop(row.id, None)
        return left

    async def _send(self, row: Row, wait: Any) -> str | None:
        sender = self._senders.get(row.platform)
        if sender is None:
            raise Undeliverable("platform_off")
        try:
            sent = await sender.send(row, wait)
        except Undeliverable:
            self._metrics.sends.labels(row.platform, "refused").inc()
            raise
        except Unavailable:
            self._metrics.sends.labels(row.platform, "unavailable").inc()
            raise
        except (MemoryAway, LaneLost):
            raise
        except Exception as error:
            # A fault of ours must not hold the lane up for ever: it is tried a few times, like any other.
            _log.error("send failed", row=row.id, platform=row.platform, error=where(error))
            self._metrics.sends.labels(row.platform, "failed").inc()
            raise Unavailable("fault") from None
        self._metrics.sends.labels(row.platform, "sent").inc()
        return sent

    def _remember(self, row: str) -> None:
        self._sent[row] = None
        while len(self._sent) > 10_000:
            self._sent.popitem(last=False)

    def _receipt(self, lane: Lane, row: Row, message: str | None) -> list[Command]:
        if row.reply.asked is None or message is None:
            return []
        now = datetime.now(UTC)
        keeper = Keeper(lane.keys, row.speaker, now, self.memory.seconds)
        return list(keeper.record("receipt", message, pack(Receipt(row.reply.asked, now.timestamp()))))
