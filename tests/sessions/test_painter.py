"""The card updater: every card catches up, at its pace, at one cost for few and many, whatever breaks."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from structlog.testing import capture_logs

from bot.delivery import live_cards as painter
from bot.platforms.ports import Unavailable, Undeliverable
from bot.storage.connection import Connection, Script
from bot.storage.embedded import Embedded
from bot.storage.keys import Keys
from bot.storage.sessions import rest_key
from dialogs.core.plain import plain
from dialogs.core.session_model import ChannelReference
from tests.dialogs.small import SMALL
from tests.sessions.conftest import Launch
from tests.sessions.quizzes import SOIL, code_of, right_and_wrong
from tests.sessions.rig import COLLEAGUE, HOST, PARTNER, TEAMS, Sharewise, Team, Wall


async def vote(process: Sharewise, session: str, people: range) -> None:
    """So many people answer the first question."""
    taken = await asyncio.gather(
        *(process.store.vote(session, 1, "a", f"slack:T1/v{one}", f"Officer {one}") for one in people)
    )
    assert {outcome for outcome, _ in taken} == {"ok"}


# --- What it costs ------------------------------------------------------------------------------------


@pytest.fixture
async def still(redis_url: str, wall: Wall) -> AsyncIterator[Sharewise]:
    """A process that does nothing by itself."""
    process = Sharewise(redis_url, SMALL, wall)
    yield process
    await process.stop()


async def begun(still: Sharewise, wall: Wall) -> str:
    """The id of a quiz whose card has been drawn."""
    await Team(still).quiz(SOIL)
    await still.service.delivery.settled()
    return await still.session()


async def idle(process: Sharewise) -> None:
    """Wait until the card updater has nothing to do."""
    async with asyncio.timeout(20):
        while tasks := {*process.card_updater._tasks.values(), *process.card_updater._looks}:
            await asyncio.wait(tasks)


async def test_an_answer_takes_one_call(still: Sharewise, wall: Wall) -> None:
    session = await begun(still, wall)
    await vote(still, session, range(1))  # so that the server knows the script
    await idle(still)
    trips = still.connection.trips
    result = await Team(still).press_saying(COLLEAGUE, f"quiz answer {session} 1 a")
    assert "You chose A" in result.note
    assert still.connection.trips - trips == 1


async def test_a_page_takes_two(still: Sharewise, wall: Wall) -> None:
    """The session, for what the page asks, and one call that stores and counts it and brings the next one."""
    await Team(still).check()
    await still.service.delivery.settled()
    await idle(still)
    session, trips = await still.session("readiness"), still.connection.trips
    await Team(still).submit(COLLEAGUE, f"readiness page {session} 1", {"compost-heap": "4"})
    assert still.connection.trips - trips <= 3  # one to learn the session's id here


async def test_a_redraw_costs_the_same_for_5_and_for_500(still: Sharewise, wall: Wall) -> None:
    session = await begun(still, wall)
    await idle(still)
    costs = []
    for people in (range(5), range(5, 500)):
        await vote(still, session, people)
        drawn, trips = len(wall.drawn), still.connection.trips
        still.card_updater.touched(session, now=True)
        await wall.shows("C1", f"{people.stop} answered")
        await idle(still)
        costs.append((len(wall.drawn) - drawn, still.connection.trips - trips, _size(wall)))
    (few, many) = costs
    assert few[0] == many[0] == 1
    assert abs(few[1] - many[1]) <= 2, "a rest that is over sooner or later"
    assert many[2] - few[2] == len("500") - len("5")


def _size(wall: Wall) -> int:
    return len(msgspec.json.encode(wall.card("C1")))


# --- At which pace --------------------------------------------------------------------------------------


async def test_answers_that_come_while_a_card_is_drawn_share_the_next_drawing(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    session = await team.process.session()
    await idle(team.process)
    wall.hold = asyncio.Event()
    await team.press_saying(COLLEAGUE, f"quiz answer {session} 1 a")
    await wall.until(lambda: wall.waiting == 1)
    drawn = len(wall.drawn)
    await vote(team.process, session, range(200))
    wall.hold.set()
    await wall.shows("C1", "201 answered")
    assert len(wall.drawn) - drawn <= 2


async def test_a_drawn_card_stands_over_all_processes_until_the_host_does_something(
    team: Team, launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await team.quiz(SOIL)
    session, process = await team.process.session(), team.process
    await idle(process)
    await process.service.stop()  # nobody paints by themselves from now on
    connection, reference = (
        Connection(process.service.schedule._url),
        ChannelReference("slack:T1", "C1", "slack", {"channel": "C1"}),
    )
    keys, claim = Keys(f"live:{session}"), Script("draw")
    names = [
        keys.key("session", "paint"),
        keys.key("lease", f"card {reference.key}"),
        rest_key(session, reference),
    ]

    async def claimed(token: str) -> int:
        return int(await connection.run(claim, names, [token, 5000, reference.key, 4000]))

    await connection.call("DEL", names[2])
    assert await claimed("one") == 0, "nothing to draw"
    await connection.call("HINCRBY", names[0], "want", 1)
    assert await claimed("one") == 1
    assert await claimed("another") > 1, "it rests"
    await connection.call("DEL", names[2])
    assert await claimed("another") == 0, "it is being drawn"
    await connection.call("DEL", names[1])
    assert await claimed("another") == 1
    other = Team(await launch())
    await other.press(HOST, card, "Close question")
    await other.wall.shows("C1", "Nobody answered this one")
    await connection.close()


async def test_a_host_does_not_wait_for_the_pace(
    launch: Launch, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painter, "PACE_SECONDS", 100.0)  # longer than the test may take
    monkeypatch.setattr(painter, "SWEEP_SECONDS", 100.0)
    team = Team(await launch())
    card = await team.quiz(SOIL)
    await team.press(HOST, card, "Close question")
    await team.press(HOST, await wall.shows("C1", "Nobody answered this one"), "Next question")
    await team.press(HOST, await wall.shows("C1", "Nobody has answered yet"), "Close question")
    await team.press(HOST, await wall.shows("C1", "Nobody answered this one"), "Show the scores")
    await wall.shows("C1", "there are no scores")
    await team.process.connection.call("DEL", *await team.process.connection.call("KEYS", "*:lease:rest *"))


# --- Whatever the platform does -------------------------------------------------------------------------


async def test_a_platform_that_is_away_gets_the_card_as_it_is_by_then(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    session = await team.process.session()
    wall.faults = [Unavailable("ratelimited", 0.2), Unavailable("http_500")]
    await vote(team.process, session, range(7))
    team.process.card_updater.touched(session)
    await wall.shows("C1", "7 answered")


async def test_a_place_that_refuses_the_card_leaves_the_others_theirs(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    await team.say(PARTNER, f"join {await code_of(team)}", **TEAMS)
    await wall.shows("19:x", "Question 1 of 2")
    await idle(team.process)
    wall.faults = [Undeliverable("is_archived")]
    with capture_logs() as logs:
        await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
        await wall.until(lambda: any("1 answered" in plain(one) for _, one in wall.drawn))
        await idle(team.process)
    assert [one["reason"] for one in logs if one["event"] == "card refused"] == ["is_archived"]
    await team.press(HOST, card, "Close question")
    await wall.until(lambda: any("Right:" in plain(one) for _, one in wall.drawn))
    await idle(team.process)
    assert sum("Right:" in text for text in (*wall.texts("C1"), *wall.texts("19:x"))) == 1


async def test_a_fault_of_ours_is_logged_without_words_and_tried_again(
    team: Team, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painter, "FAULT_SECONDS", 0.05)
    card = await team.quiz(SOIL)
    await idle(team.process)
    wall.faults = [RuntimeError("zebra")]
    with capture_logs() as logs:
        await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
        await wall.shows("C1", "1 answered")
    (failed,) = [one for one in logs if one["event"] == "card not drawn"]
    assert "zebra" not in str(failed)


# --- Whatever dies ----------------------------------------------------------------------------------------


async def test_another_process_draws_what_one_that_died_did_not(
    launch: Launch, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painter, "LEASE_MS", 300)
    dying = Team(await launch())
    card = await dying.quiz(SOIL)
    await idle(dying.process)
    wall.hold = asyncio.Event()
    await dying.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await wall.until(lambda: wall.waiting == 1)
    # It dies: nothing more happens in it, and it gives nothing up.
    dying.process.connection._pump = asyncio.create_task(asyncio.Event().wait())  # type: ignore[arg-type]
    wall.hold = None
    await launch()
    await wall.shows("C1", "1 answered")
    dying.process.connection._pump.cancel()
    dying.process.connection._pump = None


async def test_a_card_that_takes_longer_than_its_lease_is_posted_once(
    launch: Launch, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painter, "LEASE_MS", 200)
    team, other = Team(await launch()), await launch()
    wall.hold = asyncio.Event()
    await team.say(HOST, SOIL)
    await wall.until(lambda: wall.waiting == 1)
    session = await team.process.session()
    for _ in range(8):  # eight sweeps of another process, over four leases
        other.card_updater.touched(session)
        await asyncio.sleep(painter.SWEEP_SECONDS)
    assert wall.waiting == 1, "nobody else has begun to draw it"
    wall.hold.set()
    await wall.shows("C1", "Question 1 of 2")
    assert len(wall.shown["C1"]) == 1


async def test_redis_goes_away_under_a_quiz_and_comes_back(wall: Wall) -> None:
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        redis = Embedded(Path(folder))
        process = Sharewise(await redis.start(), SMALL, wall)
        await process.start()
        team = Team(process)
        try:
            card = await team.quiz(SOIL)
            right, wrong = right_and_wrong(card)
            await team.press(COLLEAGUE, card, right)
            await wall.shows("C1", "1 answered")
            await redis.stop()
            refused = await team.press(PARTNER, card, right)
            assert "You chose" not in refused.note
            assert refused.note, "they are told that it wasn't counted"
            assert (await team.press(HOST, card, "Close question")).note == refused.note
            await redis.start()
            await team.press(PARTNER, card, wrong)
            await wall.shows("C1", "2 answered")
            assert "the first press counts" in (await team.press(COLLEAGUE, card, wrong)).note
            await team.press(HOST, card, "Close question")
            await wall.shows("C1", "Right:")
            assert len(wall.shown["C1"]) == 1
        finally:
            await process.stop()
            await redis.stop()


async def test_a_card_that_was_posted_just_as_redis_went_is_not_posted_again(wall: Wall) -> None:
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        redis = Embedded(Path(folder))
        process = Sharewise(await redis.start(), SMALL, wall)
        await process.start()
        team = Team(process)
        try:
            wall.hold = asyncio.Event()
            await team.say(HOST, SOIL)
            await wall.until(lambda: wall.waiting == 1)
            await redis.stop()
            wall.hold.set()
            card = await wall.shows("C1", "Question 1 of 2")
            await redis.start()
            await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
            await wall.shows("C1", "1 answered")
            assert len(wall.shown["C1"]) == 1
        finally:
            await process.stop()
            await redis.stop()
