"""Ten thousand recipients who fall due at the same minute, and processes that share them or die."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.bulk import MOST_BULK_QUEUES
from bot.storage.connection import Connection
from bot.storage.keys import Keys
from dialogs.core.reminder_model import PARTITION, Target
from dialogs.recurrence.rule import Recurrence
from tests.harness.fixtures import Launch
from tests.harness.platform import FakePlatform
from tests.harness.process import Process
from tests.reminders.outside import expire_leases, slack_outside, worker
from tests.reminders.series import ID, SLACK, Sharewise

pytestmark = pytest.mark.servers

MANY = 10_000
STAFF = Target("group", "slack:S1", "everybody", SLACK)


def staff(count: int = MANY) -> tuple[str, ...]:
    """The members of a user group."""
    return tuple(f"slack:T1/U{number}" for number in range(count))


def just_before_a_minute() -> timedelta:
    """How far to move a clock back so that the next minute is a moment away."""
    return -timedelta(seconds=datetime.now(UTC).second + 3)


def next_minute(sharewise: Sharewise) -> Recurrence:
    """Once, at the next full minute."""
    start = (sharewise.now() + timedelta(minutes=1)).replace(tzinfo=None, second=0, microsecond=0)
    return Recurrence(start, zone="Etc/UTC", off_days="ignore", quiet=None)


async def test_ten_thousand_get_it_once(sharewise: Sharewise, platform: FakePlatform) -> None:
    platform.groups["slack:S1"] = staff()
    await sharewise.begin(STAFF)
    await sharewise.forward(hours=1.5)
    await sharewise.comes_to({"sent": MANY}, seconds=40)
    assert len(platform.counted()) == MANY
    assert set(platform.counted().values()) == {1}
    assert not any(entry.twice for entry in (await sharewise.ledger()).values())


async def test_two_processes_share_the_work(launch: Launch, platform: FakePlatform) -> None:
    first, second = await launch(), await launch()
    first.service._sweeping[0].cancel()  # or it might be the one that finds all that it has left
    platform.groups["slack:S1"] = staff(4_000)
    await first.begin(STAFF)
    platform.hold = asyncio.Event()
    moving = asyncio.create_task(first.forward(hours=1.5))
    await platform.until(lambda: platform.waiting == MOST_BULK_QUEUES, "every queue has been taken on")
    taken = second.service.metrics.registry.get_sample_value("sharewise_queues_swept_total")
    assert taken, "the other process took some queues on"
    platform.hold.set()
    await moving
    await first.comes_to({"sent": 4_000}, seconds=40)
    assert len(platform.counted()) == 4_000
    assert set(platform.counted().values()) == {1}


async def test_two_workers_and_two_web_servers_share_the_work(
    redis_url: str, platform: FakePlatform, tmp_path: Path
) -> None:
    """Four processes of their own on one Redis: everybody is written to once."""
    platform.groups["slack:S1"] = staff(3_000)
    maker = Sharewise(redis_url, platform)
    await maker.start(sweep=False)  # it only makes the series
    maker.service.clock.ahead = just_before_a_minute()
    await maker.begin(STAFF, schedule=next_minute(maker))
    await maker.settled()
    async with slack_outside(tmp_path, redis_url) as (slack, settings), AsyncExitStack() as running:
        for command in ("web", "web", "worker", "worker"):
            await running.enter_async_context(Process(command, **settings))
        await slack.after(1)
        await maker.comes_to({"sent": 3_000}, seconds=60)
    posts = {post: count for post, count in slack.posts.items() if post != "UADVISOR"}
    assert len(posts) == 3_000
    assert set(posts.values()) == {1}
    await maker.stop()


async def test_killed_five_times_in_the_middle_none_is_lost(
    redis_url: str, platform: FakePlatform, tmp_path: Path
) -> None:
    """What comes twice was in flight at a kill, and the ledger says so."""
    chance, in_flight = random.Random(5), Counter[str]()
    platform.groups["slack:S1"] = staff(6_000)
    ledger = Keys(PARTITION + ID).key("ledger", "")
    connection = Connection(redis_url)
    maker = Sharewise(redis_url, platform)
    await maker.start(sweep=False)  # it only makes the series, and the workers do the work
    maker.service.clock.ahead = just_before_a_minute()
    await maker.begin(STAFF, schedule=next_minute(maker))
    await maker.settled()
    async with slack_outside(tmp_path, redis_url) as (slack, settings):
        for _ in range(5):
            async with worker(settings) as process:
                await slack.after(chance.randrange(100, 600))
                await process.kill()
            await expire_leases(connection, PARTITION + ID)
            stored = await connection.call("HGETALL", ledger + await maker.key())
            items = (
                stored.items() if isinstance(stored, dict) else zip(stored[::2], stored[1::2], strict=True)
            )
            in_flight.update(item.decode() for item, entry in items if entry.startswith(b"sending"))
        async with worker(settings):
            await maker.comes_to({"sent": 6_000}, seconds=60)
        entries = await maker.ledger()
    posts = Counter({f"slack:T1/{post}": count for post, count in slack.posts.items() if post != "UADVISOR"})
    assert set(posts) == set(entries), "everybody has it"
    more = Counter({post: count - 1 for post, count in posts.items() if count > 1})
    assert more <= in_flight, "each further message was in flight at a kill"
    assert set(more) <= {recipient for recipient, entry in entries.items() if entry.twice}
    await maker.stop()
    await connection.close()
