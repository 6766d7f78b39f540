"""Who may steer a quiz, and two who begin one at the same moment."""

from __future__ import annotations

import asyncio

import pytest

from dialogs.core.plain import plain
from dialogs.wording import sessions as words
from tests.sessions.conftest import Launch
from tests.sessions.quizzes import SOIL, code_of
from tests.sessions.rig import ADVISOR, COLLEAGUE, HOST, PARTNER, TEAMS, Team, Wall


@pytest.mark.parametrize("label", ["Close question", "End quiz"])
async def test_only_the_host_and_advisors_steer(team: Team, wall: Wall, label: str) -> None:
    card = await team.quiz(SOIL)
    refused = await team.press(COLLEAGUE, card, label)
    assert refused.note == words.NOT_HOST.format(host="Uhost")
    await team.say(COLLEAGUE, "end the quiz")
    await wall.shows(f"private {COLLEAGUE}", refused.note)
    assert "Question 1 of 2" in plain(next(iter(wall.shown["C1"].values())))
    assert (await team.press(ADVISOR, card, label)).note in (words.CLOSED_NOTE, words.ENDED_NOTE)


async def test_a_host_in_another_place_steers_there_too(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL, host=PARTNER, **TEAMS)
    await team.say(COLLEAGUE, f"join {await code_of(team, **TEAMS)}")
    card = await wall.shows("C1", "Question 1 of 2")
    assert "Partner" in (await team.press(COLLEAGUE, card, "Close question")).note
    assert (await team.press(PARTNER, card, "Close question")).note == words.CLOSED_NOTE
    await wall.shows("19:x", "Nobody answered this one")


async def test_the_host_steers_in_words(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    await team.say(HOST, "close the question")
    await wall.shows("C1", "Nobody answered this one")
    await team.say(HOST, "next question")
    await wall.shows("C1", "Question 2 of 2")
    await team.say(HOST, "end the quiz")
    await wall.shows("C1", "there are no scores")


async def test_pressed_twice_a_button_has_done_its_work_once(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    notes = [
        one.note
        for one in await asyncio.gather(*(team.press(HOST, card, "Close question") for _ in range(3)))
    ]
    assert sorted(notes) == sorted([words.CLOSED_NOTE, words.PASSED, words.PASSED])
    assert (await team.press(HOST, card, "Close question")).note == words.PASSED


# --- Two hosts at once --------------------------------------------------------------------------------


@pytest.mark.parametrize("hosts", [(HOST, COLLEAGUE), (HOST, HOST)])
async def test_two_who_begin_at_the_same_moment_get_one_quiz(
    launch: Launch, wall: Wall, hosts: tuple[str, str]
) -> None:
    processes = [Team(await launch()), Team(await launch())]
    for _ in range(5):
        begun = zip(processes, hosts, strict=True)
        await asyncio.gather(*(team.say(host, SOIL) for team, host in begun))
        card = await wall.shows("C1", "Question 1 of 2", "Nobody has answered yet")
        await wall.shows("C1", "There is a quiz open in this channel already")
        cards = [text for text in wall.texts("C1") if "Question 1 of 2" in text]
        assert len(cards) == 1
        await processes[0].press(ADVISOR, card, "End quiz")
        await wall.shows("C1", "there are no scores")
        for team in processes:
            await team.process.service.delivery.settled()
        wall.shown.clear()


async def test_a_channel_has_one_quiz_and_one_check(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    await team.check()
    await team.say(COLLEAGUE, "quiz here")
    await wall.shows("C1", "There is a quiz open in this channel already")
    await team.say(COLLEAGUE, "readiness here")
    await wall.shows("C1", "There is a readiness check open in this channel already")
    await team.quiz(SOIL, channel="C2")
