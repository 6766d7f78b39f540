"""The timers of live sessions: one that was lost is set up again, or carried out where its time is past."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dialogs.core.session_model import LiveDecision
from dialogs.sessions import decide
from tests.sessions.rig import COLLEAGUE, HOST, Team, Wall


async def forget_schedule(team: Team) -> None:
    """All that docket keeps is lost."""
    await team.process.service.delivery.settled()
    docket = team.process.service.schedule._docket
    assert docket is not None
    for waiting in (await docket.snapshot()).future:
        await docket.cancel(waiting.key)


async def mend(team: Team) -> None:
    """Two sweeps: what is missing may have been on its way in the first."""
    for _ in range(2):
        await team.process.service.mending.sweep_once()


async def test_a_lost_time_limit_is_set_up_again(team: Team, wall: Wall) -> None:
    await team.quiz("quiz here on soil 30 seconds each")
    await forget_schedule(team)
    await mend(team)
    await team.process.forward(seconds=31)
    await wall.shows("C1", "Nobody answered this one")


async def test_an_open_question_whose_time_has_passed_is_closed(team: Team, wall: Wall) -> None:
    await team.quiz("quiz here on soil 30 seconds each")
    await forget_schedule(team)
    await team.process.forward(seconds=40)
    await mend(team)
    await wall.shows("C1", "Nobody answered this one")


async def test_an_abandoned_quiz_ends_all_the_same(team: Team, wall: Wall) -> None:
    await team.quiz("quiz here on soil")
    await forget_schedule(team)
    await mend(team)
    await team.process.forward(minutes=31)
    await team.process.service.delivery.settled()
    assert (await team.process.here()).quiz is None


async def test_a_check_closes_after_its_week_all_the_same(team: Team, wall: Wall) -> None:
    await team.check()
    await forget_schedule(team)
    await team.process.forward(days=8)
    await mend(team)
    await wall.shows("C1", "This check is closed")
    await team.process.service.delivery.settled()
    assert (await team.process.here()).readiness is None


async def test_what_waits_as_it_should_is_left_alone(team: Team, wall: Wall) -> None:
    await team.quiz("quiz here on soil 30 seconds each")
    await team.process.service.delivery.settled()
    await mend(team)
    await team.process.forward(seconds=31)
    await mend(team)
    await team.press(HOST, await wall.shows("C1", "Nobody answered this one"), "End quiz")
    await team.process.service.delivery.settled()
    await mend(team)
    registry = team.process.service.metrics.registry
    assert not [one for one in registry.collect() if one.name == "sharewise_mended_jobs" and one.samples]


async def test_a_timer_that_fails_every_time_is_kept_and_told_to_the_host_who_lets_it_run_again(
    team: Team, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    await team.quiz("quiz here on soil 30 seconds each")
    await team.process.service.delivery.settled()
    while not await team.process.service.people.known("slack:T1", HOST):  # noqa: ASYNC110 (it is in Redis)
        await asyncio.sleep(0.02)

    def broken(*args: Any) -> LiveDecision:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(decide, "quiz", broken)
        await team.process.forward(seconds=31)
        await mend(team)
        await mend(team)
    count = team.process.service.metrics.registry.get_sample_value
    assert count("sharewise_failed_jobs_total", {"what": "Elapsed"}) == 1
    told = await wall.tells(HOST, "could not finish something", "that you host")
    assert "Only advisors" in (await team.press(COLLEAGUE, told, "Try again")).note
    assert "trying again" in (await team.press(HOST, told, "Try again")).note
    await wall.shows("C1", "Nobody answered this one")


# --- However docket loses it ----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["queue", "parked", "all"])
async def test_a_timer_of_which_docket_lost_a_part_is_set_up_again(team: Team, wall: Wall, part: str) -> None:
    await team.quiz("quiz here on soil 30 seconds each")
    await team.process.service.delivery.settled()
    docket, call = team.process.service.schedule._docket, team.process.connection.call
    assert docket is not None
    keys = [waiting.key for waiting in (await docket.snapshot()).future]
    lost = {
        "queue": [docket.queue_key],
        "parked": [docket.parked_task_key(key) for key in keys],
        "all": [key.decode() for key in await call("KEYS", "sw-schedule:*")],
    }[part]
    assert await call("DEL", *lost) == len(lost)
    await mend(team)
    await team.process.forward(seconds=31)
    await wall.shows("C1", "Nobody answered this one")
