"""The card updater: every card catches up, at its pace, at one cost for few and many, whatever breaks."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from structlog.testing import capture_logs

from bot.delivery import live_cards
from bot.platforms.ports import PlaceGone, Unavailable, Undeliverable
from bot.storage.connection import Connection, Script
from bot.storage.embedded import Embedded
from bot.storage.keys import Keys
from bot.storage.server_connection import ServerConnection
from bot.storage.sessions import rest_key
from dialogs.core.plain import plain
from dialogs.core.session_model import ChannelReference
from tests.harness.fixtures import Launch
from tests.harness.platform import FakePlatform
from tests.harness.waiting import until
from tests.sessions.live import COLLEAGUE, HOST, PARTNER, TEAMS, Sharewise, idle
from tests.sessions.quizzes import SOIL, code_of, right_and_wrong


async def vote(process: Sharewise, session: str, people: range) -> None:
    """So many people answer the first question."""
    taken = await asyncio.gather(
        *(
            process.store.vote(session, 1, "a", f"slack:T1/v{person}", f"Officer {person}")
            for person in people
        )
    )
    assert {outcome for outcome, *_ in taken} == {"ok"}


# --- What it costs ------------------------------------------------------------------------------------


@pytest.fixture
async def still(redis_url: str, platform: FakePlatform) -> AsyncIterator[Sharewise]:
    """A process that does nothing by itself."""
    process = Sharewise(redis_url, platform)
    yield process
    await process.stop()


async def begun(still: Sharewise, platform: FakePlatform) -> str:
    """The id of a quiz whose card has been drawn."""
    await still.quiz(SOIL)
    await still.settled()
    return await still.session()


async def test_an_answer_takes_one_call(still: Sharewise, platform: FakePlatform) -> None:
    session = await begun(still, platform)
    await vote(still, session, range(1))  # so that the server knows the script
    await idle(still)
    trips = still.connection.trips
    result = await still.press_saying(COLLEAGUE, f"quiz answer {session} 1 a")
    assert "You chose " in result.note
    assert still.connection.trips - trips == 1


async def test_a_page_takes_three(still: Sharewise, platform: FakePlatform) -> None:
    """The session, for what the page asks; the secret under which answers are kept; and one call that stores
    and counts it and brings the next one."""
    await still.check()
    await still.settled()
    await idle(still)
    session, trips = await still.session("readiness"), still.connection.trips
    await still.submit(COLLEAGUE, f"readiness page {session} 1", {"compost-heap": "4"})
    assert still.connection.trips - trips <= 4  # one to learn the session's id here


async def test_a_redraw_costs_the_same_for_5_and_for_500(still: Sharewise, platform: FakePlatform) -> None:
    session = await begun(still, platform)
    await idle(still)
    costs = []
    for people in (range(5), range(5, 500)):
        await vote(still, session, people)
        drawn, trips = len(platform.sent), still.connection.trips
        still.card_updater.touched(session, now=True)
        await platform.shows("C1", f"{people.stop} answered")
        await idle(still)
        costs.append((len(platform.sent) - drawn, still.connection.trips - trips, _size(platform)))
    (few, many) = costs
    assert few[0] == many[0] == 1
    assert abs(few[1] - many[1]) <= 2, "a rest that is over sooner or later"
    assert many[2] - few[2] == len("500") - len("5")


def _size(platform: FakePlatform) -> int:
    return len(msgspec.json.encode(platform.newest("C1")))


# --- At which pace --------------------------------------------------------------------------------------


async def test_answers_that_come_while_a_card_is_drawn_share_the_next_drawing(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz(SOIL)
    session = await sharewise.session()
    await idle(sharewise)
    platform.hold = asyncio.Event()
    await sharewise.press_saying(COLLEAGUE, f"quiz answer {session} 1 a")
    await platform.until(lambda: platform.waiting == 1)
    drawn = len(platform.sent)
    await vote(sharewise, session, range(200))
    platform.hold.set()
    await platform.shows("C1", "201 answered")
    assert len(platform.sent) - drawn <= 2


async def test_a_drawn_card_stands_over_all_processes_until_the_host_does_something(
    sharewise: Sharewise, launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await sharewise.quiz(SOIL)
    session = await sharewise.session()
    await idle(sharewise)
    await sharewise.stop()  # nobody draws by themselves from now on
    connection, reference = (
        Connection(sharewise.service.schedule._url),
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
    other = await launch()
    await other.press(HOST, card, "Close question")
    await other.platform.shows("C1", "Nobody answered this one")
    await connection.close()


async def test_a_host_does_not_wait_for_the_pace(
    launch: Launch, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_cards, "PACE_SECONDS", 100.0)  # longer than the test may take
    monkeypatch.setattr(live_cards, "SWEEP_SECONDS", 100.0)
    sharewise = await launch()
    card = await sharewise.quiz(SOIL)
    await sharewise.press(HOST, card, "Close question")
    await sharewise.press(HOST, await platform.shows("C1", "Nobody answered this one"), "Next question")
    await sharewise.press(HOST, await platform.shows("C1", "Nobody has answered yet"), "Close question")
    await sharewise.press(HOST, await platform.shows("C1", "Nobody answered this one"), "Show the scores")
    await platform.shows("C1", "there are no scores")
    await sharewise.connection.call("DEL", *await sharewise.connection.call("KEYS", "*:lease:rest *"))


# --- Whatever the platform does -------------------------------------------------------------------------


async def test_a_platform_that_is_away_gets_the_card_as_it_is_by_then(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz(SOIL)
    session = await sharewise.session()
    platform.faults = [Unavailable("ratelimited", 0.2), Unavailable("http_500")]
    await vote(sharewise, session, range(7))
    sharewise.card_updater.touched(session)
    await platform.shows("C1", "7 answered")


async def test_a_place_that_refuses_the_card_leaves_the_others_theirs(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    await sharewise.say(PARTNER, f"join {await code_of(sharewise)}", **TEAMS)
    await platform.shows("19:x", "Question 1 of 2")
    await idle(sharewise)
    platform.faults = [PlaceGone("is_archived")]
    with capture_logs() as logs:
        await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
        await platform.until(lambda: any("1 answered" in plain(message.reply) for message in platform.sent))
        await idle(sharewise)
    assert [entry["reason"] for entry in logs if entry["event"] == "card refused"] == ["is_archived"]
    await sharewise.press(HOST, card, "Close question")
    await platform.until(lambda: any("Right:" in plain(message.reply) for message in platform.sent))
    await idle(sharewise)
    assert sum("Right:" in text for text in (*platform.texts("C1"), *platform.texts("19:x"))) == 1


@pytest.mark.parametrize("reason", ["400", "403", "409", "413", "msg_too_long"])
async def test_one_refused_update_is_made_up_for_by_the_next(
    sharewise: Sharewise, platform: FakePlatform, reason: str
) -> None:
    card = await sharewise.quiz(SOIL)
    right, wrong = right_and_wrong(card)
    await idle(sharewise)
    platform.faults = [Undeliverable(reason)]
    await sharewise.press(COLLEAGUE, card, right)
    await idle(sharewise)
    assert not platform.faults
    await sharewise.press(PARTNER, card, wrong)
    await platform.shows("C1", "2 answered")
    assert len(platform.shown["C1"]) == 1
    assert platform.sent[-1].redrawn, "so that none of it is left out meanwhile"


async def test_a_card_that_cant_be_replaced_is_posted_anew_at_the_close_and_the_end(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    await idle(sharewise)
    platform.stuck = True
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await idle(sharewise)
    assert len(platform.shown["C1"]) == 1, "a count alone is no new message"
    await sharewise.press(HOST, card, "Close question")
    closed = await platform.shows("C1", "Right:")
    assert len(platform.shown["C1"]) == 2
    await sharewise.press(HOST, closed, "End quiz")
    await platform.shows("C1", "That's the quiz")
    assert len(platform.shown["C1"]) == 3


async def test_a_fault_of_ours_is_logged_without_words_and_tried_again(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_cards, "FAULT_SECONDS", 0.05)
    card = await sharewise.quiz(SOIL)
    await idle(sharewise)
    platform.faults = [RuntimeError("zebra")]
    with capture_logs() as logs:
        await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
        await platform.shows("C1", "1 answered")
    (failed,) = [entry for entry in logs if entry["event"] == "card not drawn"]
    assert "zebra" not in str(failed)


# --- Whatever dies ----------------------------------------------------------------------------------------


def server(process: Sharewise) -> ServerConnection:
    """The one connection to the one server of a process."""
    to = process.connection._to
    assert isinstance(to, ServerConnection)
    return to


async def test_another_process_draws_what_one_that_died_did_not(
    launch: Launch, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_cards, "LEASE_MS", 300)
    dying = await launch()
    card = await dying.quiz(SOIL)
    await idle(dying)
    platform.hold = asyncio.Event()
    await dying.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await platform.until(lambda: platform.waiting == 1)
    await until(lambda: server(dying)._pump is None, "it waits for no answer that would wake its connection")
    # It dies: nothing more happens in it, and it gives nothing up.
    carrying = asyncio.create_task(asyncio.Event().wait())
    server(dying)._pump = carrying  # type: ignore[assignment]
    platform.hold = None
    await launch()
    await platform.shows("C1", "1 answered")
    carrying.cancel()
    server(dying)._pump = None


async def test_a_card_that_takes_longer_than_its_lease_is_posted_once(
    launch: Launch, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_cards, "LEASE_MS", 200)
    sharewise, other = await launch(), await launch()
    platform.hold = asyncio.Event()
    await sharewise.say(HOST, SOIL)
    await platform.until(lambda: platform.waiting == 1)
    session = await sharewise.session()
    for _ in range(8):  # eight sweeps of another process, over four leases
        other.card_updater.touched(session)
        await asyncio.sleep(live_cards.SWEEP_SECONDS)
    assert platform.waiting == 1, "nobody else has begun to draw it"
    platform.hold.set()
    await platform.shows("C1", "Question 1 of 2")
    assert len(platform.shown["C1"]) == 1


async def test_redis_goes_away_under_a_quiz_and_comes_back(platform: FakePlatform) -> None:
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        redis = Embedded(Path(folder))
        sharewise = Sharewise(await redis.start(), platform)
        await sharewise.start()
        try:
            card = await sharewise.quiz(SOIL)
            right, wrong = right_and_wrong(card)
            await sharewise.press(COLLEAGUE, card, right)
            await platform.shows("C1", "1 answered")
            await redis.stop()
            refused = await sharewise.press(PARTNER, card, right)
            assert "You chose" not in refused.note
            assert refused.note, "they are told that it wasn't counted"
            assert (await sharewise.press(HOST, card, "Close question")).note == refused.note
            await redis.start()
            await sharewise.press(PARTNER, card, wrong)
            await platform.shows("C1", "2 answered")
            assert "the first press counts" in (await sharewise.press(COLLEAGUE, card, wrong)).note
            await sharewise.press(HOST, card, "Close question")
            await platform.shows("C1", "Right:")
            assert len(platform.shown["C1"]) == 1
        finally:
            await sharewise.stop()
            await redis.stop()


async def test_a_card_that_was_posted_just_as_redis_went_is_not_posted_again(platform: FakePlatform) -> None:
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        redis = Embedded(Path(folder))
        sharewise = Sharewise(await redis.start(), platform)
        await sharewise.start()
        try:
            platform.hold = asyncio.Event()
            await sharewise.say(HOST, SOIL)
            await platform.until(lambda: platform.waiting == 1)
            await redis.stop()
            platform.hold.set()
            card = await platform.shows("C1", "Question 1 of 2")
            await redis.start()
            await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
            await platform.shows("C1", "1 answered")
            assert len(platform.shown["C1"]) == 1
        finally:
            await sharewise.stop()
            await redis.stop()
