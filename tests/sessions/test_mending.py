"""The timers of live sessions: one that was lost is set up again, or carried out where its time is past."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.core.session_model import LiveDecision
from dialogs.sessions import decide
from tests.harness.platform import FakePlatform
from tests.harness.waiting import until
from tests.sessions.live import COLLEAGUE, HOST, Sharewise


async def forget_schedule(sharewise: Sharewise) -> None:
    """All that docket keeps is lost."""
    await sharewise.settled()
    docket = sharewise.service.schedule._docket
    assert docket is not None
    for waiting in (await docket.snapshot()).future:
        await docket.cancel(waiting.key)


async def mend(sharewise: Sharewise) -> None:
    """Two sweeps: what is missing may have been on its way in the first."""
    for _ in range(2):
        await sharewise.service.mending.sweep_once()


async def test_a_lost_time_limit_is_set_up_again(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz("quiz here on soil 30 seconds each")
    await forget_schedule(sharewise)
    await mend(sharewise)
    await sharewise.forward(seconds=31)
    await platform.shows("C1", "Nobody answered this one")


async def test_an_open_question_whose_time_has_passed_is_closed(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz("quiz here on soil 30 seconds each")
    await forget_schedule(sharewise)
    await sharewise.forward(seconds=40)
    await mend(sharewise)
    await platform.shows("C1", "Nobody answered this one")


async def test_an_abandoned_quiz_ends_all_the_same(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz("quiz here on soil")
    await forget_schedule(sharewise)
    await mend(sharewise)
    await sharewise.forward(minutes=31)
    await sharewise.settled()
    assert (await sharewise.here()).quiz is None


async def test_a_check_closes_after_its_week_all_the_same(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.check()
    await forget_schedule(sharewise)
    await sharewise.forward(days=8)
    await mend(sharewise)
    await platform.shows("C1", "This check is closed")
    await sharewise.settled()
    assert (await sharewise.here()).readiness is None


async def test_what_waits_as_it_should_is_left_alone(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz("quiz here on soil 30 seconds each")
    await sharewise.settled()
    await mend(sharewise)
    await sharewise.forward(seconds=31)
    await mend(sharewise)
    await sharewise.press(HOST, await platform.shows("C1", "Nobody answered this one"), "End quiz")
    await sharewise.settled()
    await mend(sharewise)
    registry = sharewise.service.metrics.registry
    assert not [
        metric for metric in registry.collect() if metric.name == "sharewise_mended_jobs" and metric.samples
    ]


async def test_a_timer_that_fails_every_time_is_kept_and_told_to_the_host_who_lets_it_run_again(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sharewise.quiz("quiz here on soil 30 seconds each")
    await sharewise.service.delivery.settled()
    await until(lambda: sharewise.service.people.known("slack:T1", HOST))

    def broken(*args: Any) -> LiveDecision:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(decide, "quiz", broken)
        await sharewise.forward(seconds=31)
        await mend(sharewise)
        await mend(sharewise)
    count = sharewise.service.metrics.registry.get_sample_value
    assert count("sharewise_failed_jobs_total", {"what": "Elapsed"}) == 1
    told = await platform.tells(HOST, "could not finish something", "the quiz on soil (code ")
    assert "Only advisors" in (await sharewise.press(COLLEAGUE, told, "Try again")).note
    assert "trying again" in (await sharewise.press(HOST, told, "Try again")).note
    await platform.shows("C1", "Nobody answered this one")


# --- However docket loses it ----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["queue", "parked", "all"])
async def test_a_timer_of_which_docket_lost_a_part_is_set_up_again(
    sharewise: Sharewise, platform: FakePlatform, part: str
) -> None:
    await sharewise.quiz("quiz here on soil 30 seconds each")
    await sharewise.service.delivery.settled()
    docket, call = sharewise.service.schedule._docket, sharewise.connection.call
    assert docket is not None
    keys = [waiting.key for waiting in (await docket.snapshot()).future]
    lost = {
        "queue": [docket.queue_key],
        "parked": [docket.parked_task_key(key) for key in keys],
        "all": [key.decode() for key in await call("KEYS", "sw-schedule:*")],
    }[part]
    assert await call("DEL", *lost) == len(lost)
    await mend(sharewise)
    await sharewise.forward(seconds=31)
    await platform.shows("C1", "Nobody answered this one")
