"""An occurrence for thousands, beside docket as one would use it first: a task a recipient, at its defaults.

Both post to the same stand-in, which sets no limits, over one session; ours keeps a ledger besides.
"""

from __future__ import annotations

import asyncio
import hashlib
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from docket import Docket, Worker
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from bot.app.wiring import Application
from bot.observability.logs import set_up
from bot.platforms.ports import OutboxMessage, Sender, Wait
from bot.settings import Settings
from bot.storage.connection import Connection
from bot.storage.embedded import Embedded
from bot.storage.reminders import LoadedSeries
from dialogs.core.reminder_events import Due
from dialogs.core.reminder_model import PARTITION, Draft, Recipient, Series
from dialogs.core.session_model import Actor
from dialogs.recurrence.rule import Recurrence
from dialogs.reminders.due import BATCH
from knowledge import Knowledge, load
from tools.bench.load import SECRET, TOKEN, Load
from tools.bench.running import row
from tools.bench.size import SHORT

COUNT = 200 if SHORT else 10_000
GROWTH = (50, 200) if SHORT else (100, 1_000, 10_000, 20_000)
FLOOR = 3.0
DOCKET_CONCURRENCY = 50
TEXT = "Brief your members on the shared service this month"


def measure(console: Console) -> list[dict[str, Any]]:
    """Print the tables; rows for ``bench.json``."""
    set_up("ERROR")
    return asyncio.run(_measure(console))


async def _measure(console: Console) -> list[dict[str, Any]]:
    knowledge = load(Path("knowledge"))
    ours = {count: await _ours(count, knowledge) for count in GROWTH}
    drained, kept = await _docket(COUNT)
    best = ours[COUNT]
    ratio = drained / best["drain"]

    table = Table("reminders due at once", "ours s", "docket s", "ratio", "floor")
    table.add_row(f"{COUNT:,}", f"{best['drain']:.1f}", f"{drained:.1f}", f"{ratio:.1f}", f"{FLOOR:g}")
    console.print(table)
    growth = Table("people", "queued s", "sent s", "a second", "p50 s", "p95 s", "p99 s", "bytes", "docket")
    for count, figures in ours.items():
        other = f"{kept:.0f}" if count == COUNT else ""
        rate, size = f"{count / figures['drain']:.0f}", f"{figures['bytes']:.0f}"
        late = [f"{figures[part]:.2f}" for part in ("p50", "p95", "p99")]
        growth.add_row(
            f"{count:,}", f"{figures['enqueue']:.2f}", f"{figures['drain']:.2f}", rate, *late, size, other
        )
    console.print(growth)

    peer = f"docket, a task each, concurrency {DOCKET_CONCURRENCY}"
    rows = [
        row(f"reminders, drain of {COUNT}", best["drain"], "s", peer, ratio),
        row(f"reminders, memory of {COUNT}", best["bytes"], "bytes each", peer, best["bytes"] / kept),
    ]
    for count, figures in ours.items():
        rows.append(row(f"reminders, enqueue {count}", figures["enqueue"], "s"))
        rows.append(row(f"reminders, {count} at once", count / figures["drain"], "recipients/s"))
        rows.append(row(f"reminders, memory a recipient of {count}", figures["bytes"], "bytes"))
        for part in ("p50", "p95", "p99"):
            rows.append(row(f"reminders, lateness {part} of {count}", figures[part], "s"))
    return rows


async def _ours(count: int, knowledge: Knowledge) -> dict[str, float]:
    """Seconds to put ``count`` messages into the outbox, seconds from due to delivered, bytes a recipient."""
    async with _beside() as (slack, url):
        settings = Settings(
            slack_bot_token=SecretStr(TOKEN), slack_signing_secret=SecretStr(SECRET), platform_limits=False,
            slack_api_url=f"{slack.url}/api/", redis_url=url, log_level="ERROR",
        )  # fmt: skip
        service = Application(settings, knowledge, url)
        await service.start(sweep=True)
        async with asyncio.timeout(20):
            await service.schedule.connected.wait()
        before = await _used(service.connection)
        series = await _made(service, "CDFGHJKMNPQR", count)
        bytes_each = (await _used(service.connection) - before) / count

        runner = service.reminders.runner
        transaction = service.transaction
        deliver, transaction.deliver = transaction.deliver, lambda *_: None
        apart = await _made(service, "DDDDDDDDDDDD", count)
        started = time.perf_counter()
        for start in range(0, count, BATCH):
            await runner.run(apart.id, _due(start), f"enqueue {start}")
        enqueue = time.perf_counter() - started
        await service.connection.call("FLUSHALL")
        transaction.deliver = deliver

        series = await _made(service, series.id, count)
        service._senders["slack"] = timed = _Timed(service._senders["slack"])
        started = time.perf_counter()
        await runner.run(series.id, _due(0), "due")
        async with asyncio.timeout(120):
            while (await service.reminders.store.census(series.id, _KEY)).get("sent", 0) < count:  # noqa: ASYNC110 (what is waited for is in Redis)
                await asyncio.sleep(0.02)
        drain = time.perf_counter() - started
        await service.stop()
    late = statistics.quantiles((message - started for message in timed.sent), n=100)
    return {
        "enqueue": enqueue, "drain": drain, "bytes": bytes_each,
        "p50": late[49], "p95": late[94], "p99": late[98],
    }  # fmt: skip


class _Timed:
    """A sender that notes when each message had gone."""

    def __init__(self, sender: Sender) -> None:
        self._sender, self.sent = sender, list[float]()

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        id = await self._sender.send(message, wait)
        self.sent.append(time.perf_counter())
        return id


async def _docket(count: int) -> tuple[float, float]:
    """Seconds from due to delivered with a task for each recipient, and bytes a task."""
    async with _beside() as (slack, url), aiohttp.ClientSession() as session:
        left, done = count, asyncio.Event()

        async def remind(channel: str, text: str) -> None:
            nonlocal left
            body = {"channel": channel, "text": text}
            async with session.post(f"{slack.url}/api/chat.postMessage", json=body) as response:
                await response.read()
            left -= 1
            if not left:
                done.set()

        connection = Connection(url)
        async with Docket("bench", url) as docket:
            docket.register(remind)
            await docket.add(remind, key="warm")(channel="U", text=TEXT)
            left += 1
            before = await _used(connection)
            due = datetime.now(UTC) + timedelta(seconds=max(3.0, count / 1500))
            for number in range(count):
                await docket.add(remind, when=due, key=f"r{number}")(channel=f"U{number}", text=TEXT)
            bytes_each = (await _used(connection) - before) / count
            async with Worker(docket, concurrency=DOCKET_CONCURRENCY) as worker:
                running = asyncio.create_task(worker.run_forever())
                await asyncio.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))
                started = time.perf_counter()
                await done.wait()
                drained = time.perf_counter() - started
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
        await connection.close()
    return drained, bytes_each


_START = datetime(2027, 3, 1, 9, 30)  # noqa: DTZ001 (a wall-clock time)
_KEY, _GROUP = "2027-03-01T09:30", "Europe/London|"


def _due(start: int) -> Due:
    return Due(1, _KEY, _GROUP, datetime.now(UTC), start)


async def _made(service: Application, id: str, count: int) -> Series:
    """A series of so many people that waits for its time."""
    people = [_person(number) for number in range(count)]
    draft = Draft(id, "remind", TEXT, schedule=Recurrence(_START, zone="Europe/London"))
    series = Series(
        id, draft, Actor("slack:T1/UADA"), "slack:T1", {"channel": "UADA"}, "Europe/London",
        datetime.now(UTC),
        groups=(_GROUP,), counts=(count,), roll=1,
    )  # fmt: skip
    store = service.reminders.store
    commands = store.audiences.keep(id, 1, {_GROUP: people})
    await store.commits.commit(PARTITION + id, store.write(series, LoadedSeries(None, ""), commands))
    return series


def _person(number: int) -> Recipient:
    """Somebody whose id and name are no easier to pack than those of real people."""
    mixed = hashlib.blake2s(str(number).encode()).hexdigest().upper()
    id, name = f"U0{mixed[:9]}", f"{mixed[9:15].title()} {mixed[15:24].title()}"
    tenant = "slack:T0123456789"
    return Recipient(f"{tenant}/{id}", "person", name, "slack", tenant, {"channel": id}, "Europe/London")


@asynccontextmanager
async def _beside() -> AsyncIterator[tuple[Load, str]]:
    """A platform without limits, and an empty Redis."""
    async with Load() as slack:
        with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
            redis = Embedded(Path(folder))
            url = await redis.start()
            try:
                yield slack, url
            finally:
                await redis.stop()


async def _used(connection: Connection) -> int:
    """Bytes that Redis uses."""
    told: Any = await connection.call("INFO", "memory")
    text = told.decode() if isinstance(told, bytes) else str(told)
    return int(text.partition("used_memory:")[2].split()[0])
