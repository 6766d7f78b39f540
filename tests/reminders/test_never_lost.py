"""A reminder is never lost to one error: the next is safe, and what fails is tried again, kept and told."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from bot.app.handlers import reminder_sends
from bot.app.handlers.failures import FailureHandler
from bot.delivery import scheduler
from bot.platforms.ports import Unreachable
from bot.storage.failed_jobs import FailedJob
from bot.storage.keys import SCHEDULE
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import Due, Gather, Wrap
from dialogs.core.replies import Reply
from dialogs.recurrence.rule import Recurrence
from dialogs.reminders.chain import first_jobs
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.waiting import until
from tests.reminders.series import ID, OFFICER, Sharewise, people, person

OWNER = "slack:T1/UASHA"
NAME = "a name nobody may read in a log"


class Faulty:
    """A fault of ours in the making of cards: it raises what nobody foresaw, for as long as it is on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on, self.times = False, 0
        real = reminder_sends.send_card

        def send_card(*args: Any) -> Any:
            if self.on:
                self.times += 1
                raise RuntimeError(NAME)
            return real(*args)

        monkeypatch.setattr(reminder_sends, "send_card", send_card)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Faulty:
    return Faulty(monkeypatch)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other at once, and are few."""
    for name in ("FIRST_WAIT", "LONGEST_WAIT"):
        monkeypatch.setattr(scheduler, name, timedelta(milliseconds=20))
    monkeypatch.setattr(scheduler, "TRIES", 3)


async def failed(sharewise: Sharewise) -> list[FailedJob]:
    return await sharewise.reminders.failed_jobs.all()


async def due_now(sharewise: Sharewise) -> Job:
    """The series' next occurrence, as a job that is due at once in docket."""
    series = await sharewise.series()
    [job] = first_jobs(series, series.groups, sharewise.now())
    await sharewise.service.schedule._docket.cancel(job.key)  # type: ignore[union-attr]
    now = sharewise.now()
    event = msgspec.structs.replace(job.event, at=now)
    job = msgspec.structs.replace(job, event=event, at=now)
    await sharewise.service.schedule.add(job)
    return job


async def gone_wrong(sharewise: Sharewise, faulty: Faulty, count: int) -> Reply:
    """What an advisor is told of a reminder to so many people that fails every time."""
    await sharewise.begin(*people(count))
    faulty.on = True
    await due_now(sharewise)
    return await sharewise.platform.shows("UADVISOR", "did not work")


# --- The next one is safe ---------------------------------------------------------------------------


async def test_an_unforeseen_error_costs_its_occurrence_alone_however_often(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty
) -> None:
    await sharewise.begin(*people(3))
    faulty.on = True
    await sharewise.forward(days=5)
    assert faulty.times == 5
    assert not platform.counted()
    faulty.on = False
    await sharewise.forward(days=1)
    assert set(platform.counted().values()) == {1}, "the next day's goes out as if nothing had been"
    assert await sharewise.counts() == {"sent": 3}


async def test_a_list_that_cannot_be_looked_up_does_not_end_it(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sharewise.begin(*people(2))

    async def broken(*args: Any) -> Any:
        raise RuntimeError(NAME)

    resolver = sharewise.reminders.runner._beginnings._resolver
    monkeypatch.setattr(resolver, "resolve", broken)
    await sharewise.forward(days=3)
    assert {type(job.job.event) for job in await failed(sharewise) if job.job} == {Gather}
    assert set(platform.counted().values()) == {3}, "those known before get it"


async def test_a_digest_that_fails_comes_again_the_week_after(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sharewise.begin(*people(1))
    index = sharewise.reminders.listing
    with monkeypatch.context() as broken:

        async def fails() -> Any:
            raise RuntimeError(NAME)

        broken.setattr(index, "shared", fails)
        await sharewise.forward(days=7)
    assert not any("Your week" in text for text in platform.texts("UADVISOR"))
    await sharewise.forward(days=7)
    await platform.shows("UADVISOR", "Your week")


# --- What fails is tried again ------------------------------------------------------------------------


@pytest.mark.usefixtures("impatient")
async def test_any_error_is_tried_again(sharewise: Sharewise, platform: FakePlatform, faulty: Faulty) -> None:
    await sharewise.begin(*people(2))
    faulty.on = True
    await due_now(sharewise)
    await until(lambda: faulty.times >= 2, "it is tried again")
    faulty.on = False
    await platform.until(lambda: len(platform.counted()) == 2, "both are sent it")
    assert set(platform.counted().values()) == {1}
    assert not await failed(sharewise)


async def test_what_waits_to_be_tried_again_holds_nobody_up(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "CONCURRENCY", 1)
    faulty.on = True
    await sharewise.begin(*people(1))
    await due_now(sharewise)
    await until(lambda: faulty.times, "it has failed")
    faulty.on = False
    await sharewise.begin(*people(2), id="DDDDDDDDDDDD")
    schedule, series = sharewise.service.schedule, await sharewise.series("DDDDDDDDDDDD")
    [job] = first_jobs(series, series.groups, sharewise.now())
    now = sharewise.now()
    event = msgspec.structs.replace(job.event, at=now)
    await schedule.add(msgspec.structs.replace(job, event=event, at=now, key="another"))
    await platform.until(lambda: len(platform.counted()) == 2, "the other series goes out meanwhile")


@pytest.mark.usefixtures("impatient")
async def test_what_follows_at_once_is_tried_again_too(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty
) -> None:
    await sharewise.begin(*people(600))
    moving = asyncio.create_task(sharewise.forward(hours=1.2))
    await platform.until(lambda: len(platform.counted()) >= 1, "the first batch is on its way")
    await moving
    await sharewise.comes_to({"sent": 600})


# --- What fails every time ------------------------------------------------------------------------------


@pytest.mark.usefixtures("impatient")
async def test_what_fails_every_time_is_kept_told_counted_and_run_again(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty, capsys: pytest.CaptureFixture[str]
) -> None:
    await sharewise.begin(*people(2))
    faulty.on = True
    job = await due_now(sharewise)
    told = await platform.shows("UADVISOR", "did not work", "next one goes out")
    [kept] = await failed(sharewise)
    assert kept.job == job
    assert "RuntimeError < send_card" in kept.reason
    count = sharewise.service.metrics.registry.get_sample_value
    assert count("sharewise_failed_jobs_total", {"what": "Due"}) == 1
    faulty.on = False
    pressed = await sharewise.press(ADVISOR, told, "Try again")
    assert "trying again" in pressed.note
    await platform.until(lambda: len(platform.counted()) == 2, "both are sent it")
    assert not await failed(sharewise)
    assert not await sharewise.service.schedule.waits([job.key])
    again = await sharewise.press(ADVISOR, told, "Try again")
    assert "no such job" in again.note
    said = capsys.readouterr()
    assert NAME not in said.out + said.err, "what an error says may quote a person"
    assert (said.out + said.err).count("job failed") == 1


@pytest.mark.usefixtures("impatient")
async def test_of_ones_own_only_they_are_told_and_whoever_cant_be_once_they_are_back(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty
) -> None:
    await sharewise.begin(person("UASHA"), by=OWNER, to="UASHA", what="Ring the leader")
    await platform.shows("UASHA", "It stands")
    platform.refuses["UASHA"] = Unreachable("blocked")
    faulty.on = True
    await due_now(sharewise)
    await until(lambda: failed(sharewise), "it is kept")
    await sharewise.settled()
    assert platform.texts("UADVISOR") == []
    faulty.on = False
    del platform.refuses["UASHA"]
    await sharewise.say(OWNER, "hello")
    told = await platform.shows("UASHA", "Ring the leader", "did not work")
    await sharewise.press(OWNER, told, "Try again")
    await platform.until(lambda: platform.counted()[OWNER] == 1, "it is sent")
    await sharewise.say(OWNER, "hello")
    await sharewise.settled()
    assert sum("did not work" in text for text in platform.texts("UASHA")) == 1


@pytest.mark.usefixtures("impatient")
async def test_what_is_tried_again_days_later_is_sent_all_the_same(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty
) -> None:
    told = await gone_wrong(sharewise, faulty, 2)
    faulty.on = False
    await sharewise.forward(hours=26)
    await sharewise.settled()
    before = platform.counted()
    await sharewise.press(ADVISOR, told, "Try again")
    await platform.until(lambda: set((platform.counted() - before).values()) == {1}, "it is sent late")


@pytest.mark.usefixtures("impatient")
async def test_what_fails_again_is_told_again(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty
) -> None:
    told = await gone_wrong(sharewise, faulty, 1)
    await sharewise.press(ADVISOR, told, "Try again")
    times = lambda: sum("did not work" in text for text in platform.texts("UADVISOR"))  # noqa: E731
    await platform.until(lambda: times() == 2, "told twice")
    assert len(await failed(sharewise)) == 1, "it is the same job"


@pytest.mark.usefixtures("impatient")
async def test_only_advisors_run_it_again(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty
) -> None:
    told = await gone_wrong(sharewise, faulty, 1)
    refused = await sharewise.press(OFFICER, told, "Try again")
    assert "Only advisors" in refused.note
    assert len(await failed(sharewise)) == 1


async def test_a_state_that_cannot_be_read_is_no_ones_end(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    """The sweep passes over it, and mends the others."""
    await sharewise.begin(*people(1))
    await sharewise.begin(*people(1), id="DDDDDDDDDDDD")
    key = "sw:{series:CDFGHJKMNPQR}:series:state"
    await sharewise.service.connection.call("HSET", key, "s", b"\xff not a series")
    await forget_schedule(sharewise)
    for _ in range(2):
        await sharewise.service.mending.sweep_once()
    await sharewise.forward(hours=1.2)
    assert await sharewise.counts(id="DDDDDDDDDDDD") == {"sent": 1}


async def test_failing_to_keep_a_failure_loses_nothing(
    launch: Launch, platform: FakePlatform, faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "FIRST_WAIT", timedelta(milliseconds=20))
    monkeypatch.setattr(scheduler, "LONGEST_WAIT", timedelta(milliseconds=20))
    monkeypatch.setattr(scheduler, "TRIES", 1)
    keep, times = FailureHandler.keep, 0

    async def unlucky(self: FailureHandler, packed: bytes, reason: str, key: str) -> None:
        nonlocal times
        times += 1
        if times < 3:
            raise RuntimeError(NAME)
        await keep(self, packed, reason, key)

    monkeypatch.setattr(FailureHandler, "keep", unlucky)
    sharewise = await launch()
    await gone_wrong(sharewise, faulty, 1)


async def test_what_fails_by_one_cause_is_told_in_one_message_and_tried_again_together(
    sharewise: Sharewise, platform: FakePlatform, faulty: Faulty
) -> None:
    ids = ("DDDDDDDDDDDD", "FFFFFFFFFFFF", "GGGGGGGGGGGG")
    for id in ids:
        await sharewise.begin(*people(1), id=id, what=f"Water {id[0]}")
    faulty.on = True
    await sharewise.forward(hours=1.2)
    card = await platform.shows("UADVISOR", "3 things did not work, all for one reason")
    told = [text for text in platform.texts("UADVISOR") if "did not work" in text]
    assert len(told) == 1, told
    assert all(f"Water {id[0]}" in told[0] for id in ids)
    faulty.on = False
    await sharewise.press(ADVISOR, card, "Try again")
    await sharewise.settled()
    assert await failed(sharewise) == []
    for id in ids:
        assert await sharewise.counts(id=id) == {"sent": 1}


# --- What is missing ----------------------------------------------------------------------------------


async def forget_schedule(sharewise: Sharewise) -> None:
    """All that docket keeps is lost."""
    docket = sharewise.service.schedule._docket
    assert docket is not None
    for waiting in (await docket.snapshot()).future:
        await docket.cancel(waiting.key)


async def test_a_series_with_nothing_scheduled_is_mended(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))
    await forget_schedule(sharewise)
    await sharewise.forward(hours=1.2)
    assert not platform.counted()
    mending = sharewise.service.mending
    await mending.sweep_once()
    await mending.sweep_once()
    await platform.until(lambda: set(platform.counted().values()) == {1}, "the one that passed is sent")
    await sharewise.forward(days=1)
    await platform.until(lambda: set(platform.counted().values()) == {2}, "and the next one")
    count = sharewise.service.metrics.registry.get_sample_value
    assert count("sharewise_mended_jobs_total", {"what": "Due"}) == 1
    assert count("sharewise_mended_jobs_total", {"what": "Digest"}) == 1


async def test_a_date_that_passed_while_its_job_was_lost_is_caught_up(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    at = sharewise.now() + timedelta(hours=1)
    once = Recurrence(at.replace(tzinfo=None), zone="UTC", quiet=None, off_days="ignore")
    await sharewise.begin(*people(2), schedule=once)
    await forget_schedule(sharewise)
    await sharewise.forward(hours=1.2)
    await sharewise.service.mending.sweep_once()
    await sharewise.service.mending.sweep_once()
    await platform.until(lambda: set(platform.counted().values()) == {1}, "both are sent it")


async def test_a_date_that_passed_too_long_ago_is_told(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2))
    await forget_schedule(sharewise)
    await sharewise.forward(hours=1 + 24 + 12)
    await sharewise.service.mending.sweep_once()
    await sharewise.service.mending.sweep_once()
    await platform.until(lambda: set(platform.counted().values()) == {1}, "the later one is caught up")
    await sharewise.comes_to({"missed": 2}, number=0)
    await sharewise.settled()
    await sharewise.forward(minutes=10)
    await platform.shows("UADVISOR", "I was away")


async def test_what_became_of_an_occurrence_is_told_though_its_job_was_lost(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    at = sharewise.now() + timedelta(hours=1)
    once = Recurrence(at.replace(tzinfo=None), zone="UTC", quiet=None, off_days="ignore")
    await sharewise.begin(*people(2), schedule=once)
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"sent": 2})
    await forget_schedule(sharewise)
    await sharewise.forward(days=9)
    await sharewise.service.mending.sweep_once()
    await sharewise.service.mending.sweep_once()

    async def wrapped() -> bool:
        return (await sharewise.series()).sent[0].wrapped

    await until(wrapped)


async def test_a_series_that_is_never_sent_late_is_sent_in_time(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2), catch_up_hours=0)
    await sharewise.forward(hours=1.2)
    assert set(platform.counted().values()) == {1}


async def test_what_is_as_it_should_be_is_left_alone(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2))
    await sharewise.begin(*people(1), id="DDDDDDDDDDDD")
    await sharewise.steer("pause", "DDDDDDDDDDDD")
    mending = sharewise.service.mending
    for _ in range(4):
        await sharewise.forward(hours=12)
        await mending.sweep_once()
        await mending.sweep_once()
    registry = sharewise.service.metrics.registry
    assert not [
        metric for metric in registry.collect() if metric.name == "sharewise_mended_jobs" and metric.samples
    ]
    assert set(platform.counted().values()) == {2}


async def test_an_idle_sweep_is_one_call(sharewise: Sharewise) -> None:
    connection = sharewise.service.connection
    await until(lambda: sharewise.service.memory.commits.partitions.looked, "the first sweep is over")
    before = connection.trips
    await sharewise.service.mending.sweep_once()
    assert connection.trips - before == 1


# --- What was begun is not begun again ------------------------------------------------------------------


async def test_a_repeated_occurrence_changes_nothing(sharewise: Sharewise, platform: FakePlatform) -> None:
    """However often docket hands it over, even days later, when nothing else remembers it."""
    await sharewise.begin(*people(2))
    await sharewise.settled()
    series = await sharewise.series()
    [job] = first_jobs(series, series.groups, sharewise.now())
    await sharewise.forward(days=2)
    before, sent = await sharewise.series(), len(platform.sent)
    assert isinstance(job.event, Due)
    for key in await sharewise.service.connection.call("KEYS", "sw:{series:*}:mark:* begun"):
        await sharewise.service.connection.call("DEL", key)
    await sharewise.reminders.runner.run(ID, job.event, job.key)
    await sharewise.settled()
    assert await sharewise.series() == before
    assert len(platform.sent) == sent


async def test_a_process_that_dies_after_the_beginning_leaves_the_rest_to_another(
    launch: Launch, platform: FakePlatform
) -> None:
    first = await launch()
    await first.begin(*people(3))
    await first.settled()
    series = await first.series()
    [job] = first_jobs(series, series.groups, first.now())
    assert isinstance(job.event, Due)
    assert await first.reminders.runner._begins(ID, job.event, job.key)
    await first.stop()
    assert not platform.counted()
    second = await launch()
    await second.forward(hours=1.2)
    await second.comes_to({"sent": 3})
    await second.forward(days=1)
    assert set(platform.counted().values()) == {2}


# --- Time -------------------------------------------------------------------------------------------------


async def test_the_clock_can_be_moved_before_docket_is_connected(
    launch: Launch, redis_url: str, platform: FakePlatform
) -> None:
    sharewise = await launch()
    await sharewise.begin(*people(1))
    await sharewise.stop()
    again = Sharewise(redis_url, platform)
    await again.service.start(sweep=True)
    try:
        await again.forward(hours=1.2)
        await again.comes_to({"sent": 1})
    finally:
        await again.stop()


async def test_what_version_one_scheduled_is_run(sharewise: Sharewise, platform: FakePlatform) -> None:
    """docket then knew our task as "errand"."""
    await sharewise.begin(*people(1))
    job = await due_now(sharewise)
    docket = sharewise.service.schedule._docket
    assert docket is not None
    await docket.cancel(job.key)
    packed = msgspec.msgpack.encode(msgspec.structs.replace(job, key="of version one")).hex()
    await docket.add("errand", when=datetime.now(UTC), key="of version one")(packed)
    await platform.until(lambda: len(platform.counted()) == 1, "it is sent")
    assert SCHEDULE == "sw-schedule", "the name under which docket kept it"


async def test_a_wrap_up_that_fails_is_told_as_such(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sharewise.begin(*people(1))
    await sharewise.forward(hours=1.2)

    async def broken(*args: Any) -> Any:
        raise RuntimeError(NAME)

    with monkeypatch.context() as patch:
        patch.setattr(sharewise.reminders.runner.teller, "outcome", broken)
        await sharewise.forward(days=1)
    told = await platform.shows("UADVISOR", "telling you what became of")
    before = await failed(sharewise)
    assert {type(failed.job.event) for failed in before if failed.job} == {Wrap}
    await sharewise.press(ADVISOR, told, "Try again")
    assert len(await failed(sharewise)) == len(before) - 1
    await platform.shows("UADVISOR", "recipient")
