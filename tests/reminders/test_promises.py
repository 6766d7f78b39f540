"""What is put off to a time is promised: whatever it is, and however docket loses it, it is set up again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.app.handlers.reminder_sends import ReminderSends
from bot.delivery import scheduler
from dialogs.core.reminder_events import Due
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.waiting import until
from tests.reminders.series import ID, OFFICER, Sharewise, people
from tests.reminders.test_never_lost import NAME, forget_schedule


async def lose(sharewise: Sharewise) -> None:
    """All that docket keeps goes at once, and two sweeps look for it."""
    await sharewise.settled()
    await forget_schedule(sharewise)
    for _ in range(2):
        await sharewise.service.mending.sweep_once()


async def kinds(sharewise: Sharewise) -> set[str]:
    """The kinds of job that docket has."""
    docket = sharewise.service.schedule._docket
    assert docket is not None
    promised = {job.key: job for job in await sharewise.service.schedule.promises.of(f"series:{ID}")}
    future = (await docket.snapshot()).future
    return {type(promised[execution.key].event).__name__ for execution in future if execution.key in promised}


async def test_a_snooze_that_was_lost_comes_back(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(hours=1.2)
    await sharewise.steer("pause")
    await sharewise.press_saying(OFFICER, f"reminder snooze {ID} {await sharewise.key()} week")
    await lose(sharewise)
    await sharewise.forward(days=9)
    await sharewise.comes_to({"sent": 1, "returned": 1})
    assert platform.counted()[OFFICER] == 2


async def test_a_further_batch_that_was_lost_is_sent(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ReminderSends.batch

    async def broken(self: ReminderSends, event: Due, *rest: Any) -> Any:
        if event.start:
            raise RuntimeError(NAME)
        return await real(self, event, *rest)

    await sharewise.begin(*people(600))
    monkeypatch.setattr(ReminderSends, "batch", broken)
    monkeypatch.setattr(scheduler, "FIRST_WAIT", timedelta(hours=1))
    await sharewise.forward(hours=1.05)
    await sharewise.comes_to({"sent": 500})
    await lose(sharewise)
    monkeypatch.setattr(ReminderSends, "batch", real)
    await sharewise.forward(hours=1.1)
    await sharewise.comes_to({"sent": 600}, number=0)
    assert set(platform.counted().values()) == {1}


async def test_looking_up_anew_and_word_of_failures_are_set_up_again(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(hours=1.2)
    before = await kinds(sharewise)
    assert before >= {"Due", "Gather", "Wrap"}
    await lose(sharewise)
    assert await kinds(sharewise) == before


async def test_word_of_what_was_missed_is_set_up_again(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2), catch_up_hours=1)
    await forget_schedule(sharewise)
    await sharewise.forward(hours=5)
    for _ in range(2):
        await sharewise.service.mending.sweep_once()
    await until(lambda: kinds_have(sharewise, "TellMissed"), "the word waits")
    await lose(sharewise)
    await sharewise.forward(minutes=10)
    await platform.shows("UADVISOR", "never went out")


async def kinds_have(sharewise: Sharewise, kind: str) -> bool:
    return kind in await kinds(sharewise)


async def test_what_is_done_is_promised_no_longer(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(hours=1.2)
    promised = await sharewise.service.schedule.promises.of(f"series:{ID}")
    assert promised
    assert all(job.at and job.at > sharewise.now() for job in promised)


@pytest.mark.parametrize("part", ["queue", "parked", "stream", "runs"])
async def test_a_series_goes_on_whichever_part_of_it_docket_loses(
    sharewise: Sharewise, platform: FakePlatform, part: str
) -> None:
    await sharewise.begin(*people(2))
    await sharewise.settled()
    docket, call = sharewise.service.schedule._docket, sharewise.service.connection.call
    assert docket is not None
    waiting = [execution.key for execution in (await docket.snapshot()).future]
    lost = {
        "queue": [docket.queue_key],
        "parked": [docket.parked_task_key(key) for key in waiting],
        "stream": [docket.stream_key],
        "runs": [docket.runs_key(key) for key in waiting],
    }[part]
    await call("DEL", *lost)
    for _ in range(2):
        await sharewise.service.mending.sweep_once()
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"sent": 2})
    await sharewise.forward(days=1)
    assert set(platform.counted().values()) == {2}


async def test_a_digest_that_failed_every_time_is_told_and_run_again(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sharewise.begin(*people(1))
    index = sharewise.reminders.listing

    async def fails() -> Any:
        raise RuntimeError(NAME)

    with monkeypatch.context() as broken:
        broken.setattr(index, "shared", fails)
        await sharewise.forward(days=7)
    told = await platform.shows("UADVISOR", "could not finish something", "your weekly summary")
    assert "trying again" in (await sharewise.press(ADVISOR, told, "Try again")).note
    await platform.shows("UADVISOR", "Your week")
