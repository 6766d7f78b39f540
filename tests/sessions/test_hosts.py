"""Who may steer a quiz, and two who begin one at the same moment."""

from __future__ import annotations

import asyncio

import pytest

from dialogs.core.plain import plain
from dialogs.wording import sessions as words
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.sessions.live import COLLEAGUE, HOST, PARTNER, TEAMS, Sharewise
from tests.sessions.quizzes import SOIL, code_of


@pytest.mark.parametrize("label", ["Close question", "End quiz"])
async def test_only_the_host_and_advisors_steer(
    sharewise: Sharewise, platform: FakePlatform, label: str
) -> None:
    card = await sharewise.quiz(SOIL)
    refused = await sharewise.press(COLLEAGUE, card, label)
    assert refused.note == words.NOT_HOST.format(host="Uhost")
    await sharewise.say(COLLEAGUE, "end the quiz")
    await platform.shows("C1", words.HOST_ONLY)
    assert "Question 1 of 2" in plain(next(iter(platform.shown["C1"].values())))
    assert (await sharewise.press(ADVISOR, card, label)).note in (words.CLOSED_NOTE, words.ENDED_NOTE)


async def test_a_host_in_another_place_steers_there_too(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL, host=PARTNER, **TEAMS)
    await sharewise.say(COLLEAGUE, f"join {await code_of(sharewise, **TEAMS)}")
    card = await platform.shows("C1", "Question 1 of 2")
    assert "Partner" in (await sharewise.press(COLLEAGUE, card, "Close question")).note
    assert (await sharewise.press(PARTNER, card, "Close question")).note == words.CLOSED_NOTE
    await platform.shows("19:x", "Nobody answered this one")


async def test_the_host_steers_in_words(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL)
    await sharewise.say(HOST, "close the question")
    await platform.shows("C1", "Nobody answered this one")
    await sharewise.say(HOST, "next question")
    await platform.shows("C1", "Question 2 of 2")
    await sharewise.say(HOST, "end the quiz")
    await platform.shows("C1", "there are no scores")


async def test_pressed_twice_a_button_has_done_its_work_once(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    notes = [
        result.note
        for result in await asyncio.gather(*(sharewise.press(HOST, card, "Close question") for _ in range(3)))
    ]
    assert sorted(notes) == sorted([words.CLOSED_NOTE, words.PASSED, words.PASSED])
    assert (await sharewise.press(HOST, card, "Close question")).note == words.PASSED


# --- Two hosts at once --------------------------------------------------------------------------------


@pytest.mark.parametrize("hosts", [(HOST, COLLEAGUE), (HOST, HOST)])
async def test_two_who_begin_at_the_same_moment_get_one_quiz(
    launch: Launch, platform: FakePlatform, hosts: tuple[str, str]
) -> None:
    processes = [await launch(), await launch()]
    for _ in range(5):
        begun = zip(processes, hosts, strict=True)
        await asyncio.gather(*(sharewise.say(host, SOIL) for sharewise, host in begun))
        card = await platform.shows("C1", "Question 1 of 2", "Nobody has answered yet")
        await platform.shows("C1", "There is a quiz open in this channel already")
        cards = [text for text in platform.texts("C1") if "Question 1 of 2" in text]
        assert len(cards) == 1
        await processes[0].press(ADVISOR, card, "End quiz")
        await platform.shows("C1", "there are no scores")
        for sharewise in processes:
            await sharewise.settled()
        platform.shown.clear()


async def test_a_channel_has_one_quiz_and_one_check(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL)
    await sharewise.check()
    await sharewise.say(COLLEAGUE, "quiz here")
    await platform.shows("C1", "There is a quiz open in this channel already")
    await sharewise.say(COLLEAGUE, "readiness here")
    await platform.shows("C1", "There is a readiness check open in this channel already")
    await sharewise.quiz(SOIL, channel="C2")
