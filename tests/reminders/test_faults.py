"""Platforms that refuse, fail or ask to wait: the named state for those concerned, and the rest goes on."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import bulk as paced
from bot.delivery import rests
from bot.platforms.ports import Unavailable, Undeliverable
from bot.storage.embedded import Embedded
from tests.harness.fixtures import Launch
from tests.harness.platform import FakePlatform
from tests.reminders.series import ID, TEAMS, Sharewise, channel, people, person


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked to wait doesn't wait for minutes."""
    monkeypatch.setattr(paced, "LONGEST_PAUSE", 0.2)
    monkeypatch.setattr(rests, "LONGEST_REST", 0.2)


async def test_each_refusal_is_named_and_the_rest_goes_on(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(20), channel("CX"), person("ann", TEAMS))
    platform.refuses = {
        "U3": Undeliverable("account_inactive"),
        "CX": Undeliverable("is_archived"),
        "ann": Undeliverable("403"),
    }
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"sent": 19, "failed": 3})
    ledger = await sharewise.ledger()
    assert {entry.recipient: entry.detail for entry in ledger.values() if entry.state == "failed"} == {
        "slack:T1/U3": "account_inactive",
        "slack:CX": "is_archived",
        "teams:t1/ann": "403",
    }


async def test_a_channel_that_asks_to_wait_holds_nobody_up(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(30), channel("C1"))
    platform.refuses = {"C1": Unavailable("ratelimited", 0.1)}
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"sent": 30, "scheduled": 1})
    platform.refuses = {}
    await sharewise.comes_to({"sent": 31})
    assert set(platform.counted().values()) == {1}
    assert not any(entry.twice for entry in (await sharewise.ledger()).values())


@pytest.mark.parametrize("reason", ["ratelimited", "500"])
async def test_a_platform_that_fails_for_a_while_gets_a_rest(
    sharewise: Sharewise, platform: FakePlatform, reason: str
) -> None:
    await sharewise.begin(*people(200))
    platform.faults = [Unavailable(reason)] * 60
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"sent": 200})
    assert set(platform.counted().values()) == {1}
    assert not platform.faults


async def test_retries_end(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paced, "MOST_TRIES", 3)
    await sharewise.begin(*people(20))
    platform.refuses = {"U7": Unavailable("500")}
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"sent": 19, "failed": 1})
    assert (await sharewise.ledger())["slack:T1/U7"].detail == "gave_up"


async def test_an_answer_that_never_came_may_mean_two_messages(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))
    platform.refuses = {"U1": Unavailable("timeout")}
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"sent": 1, "scheduled": 1})
    platform.refuses = {}
    await sharewise.comes_to({"sent": 2})
    ledger = await sharewise.ledger()
    assert ledger["slack:T1/U1"].twice
    assert not ledger["slack:T1/U2"].twice


async def test_whoever_ends_it_in_the_middle_stops_what_has_not_gone(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(400))
    platform.hold = asyncio.Event()
    moving = asyncio.create_task(sharewise.forward(hours=1.2))
    await platform.until(lambda: platform.waiting >= 16, "all queues are at work")
    await sharewise.steer("cancel")
    platform.hold.set()
    await moving
    counts = await sharewise.counts()
    assert set(counts) == {"sent", "cancelled"}
    assert counts["sent"] == len(platform.counted()) < 100
    assert sum(counts.values()) == 400


async def test_redis_restarts_in_the_middle(tmp_path: Path, platform: FakePlatform) -> None:
    redis = Embedded(tmp_path)
    sharewise = Sharewise(await redis.start(), platform)
    try:
        await sharewise.start()
        await sharewise.begin(*people(400))
        platform.hold = asyncio.Event()
        moving = asyncio.create_task(sharewise.forward(hours=1.2))
        await platform.until(lambda: platform.waiting >= 16, "all queues are at work")
        await redis.stop()
        platform.hold.set()
        redis = Embedded(tmp_path)
        await redis.start()
        await asyncio.gather(moving, return_exceptions=True)
        await sharewise.comes_to({"sent": 400}, seconds=30)
        assert len(platform.counted()) == 400
        assert set(platform.counted().values()) == {1}, "what was sent is known, though not yet struck off"
    finally:
        await sharewise.stop()
        await redis.stop()


async def test_what_fell_due_while_away_is_sent_late_if_it_is_still_of_use(
    launch: Launch, platform: FakePlatform
) -> None:
    before = await launch()
    await before.begin(*people(3))
    await before.settled()
    after = await launch(ahead=timedelta(hours=20))
    await after.forward(hours=0)
    await after.comes_to({"sent": 3})
    assert set(platform.counted().values()) == {1}


async def test_what_comes_too_late_is_missed_and_told_once(launch: Launch, platform: FakePlatform) -> None:
    before = await launch()
    await before.begin(*people(3))
    await before.settled()
    after = await launch(ahead=timedelta(days=3, hours=2))
    await after.forward(hours=0)
    await after.comes_to({"missed": 3}, 0)
    await after.comes_to({"missed": 3}, 1)
    await after.comes_to({"sent": 3}, 3)
    await after.forward(minutes=5)
    await platform.shows("UADVISOR", "3 of", "never went out", "24 hours")
    assert sum("never went out" in text for text in platform.texts("UADVISOR")) == 1


async def test_months_of_absence_are_no_flood(launch: Launch, platform: FakePlatform) -> None:
    before = await launch()
    await before.begin(*people(2), schedule=before.daily(rule="FREQ=HOURLY"))
    await before.settled()
    after = await launch(ahead=timedelta(days=90, minutes=90))
    await after.forward(hours=0)
    series = await after.series()
    alone = [
        message.key for message in series.sent if await after.store.census(ID, message.key) == {"missed": 2}
    ]
    missed = sum(lapse.count for lapse in series.lapses) + len(alone)
    assert 90 * 24 - 26 < missed <= 90 * 24 - 22, "all but those of the last day"
    assert len(series.sent) < 40
    await after.forward(minutes=5)
    told = [text for text in platform.texts("UADVISOR") if "never went out" in text]
    assert len(told) == 1
    assert told[0].startswith(f"{missed} of")
