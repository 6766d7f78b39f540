"""The scripts of live sessions on each server: the embedded Valkey, and Debian's redis-server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dialogs.core.plain import plain
from tests.conftest import emptied
from tests.dialogs.small import SMALL
from tests.sessions.checks import COUNTY, fill
from tests.sessions.quizzes import SOIL, code_of, right_and_wrong
from tests.sessions.rig import COLLEAGUE, HOST, PARTNER, Sharewise, Team, Wall


@pytest.fixture
async def team(any_server: str, wall: Wall) -> AsyncIterator[Team]:
    """People around a Sharewise on each server."""
    async with emptied(any_server) as url:
        process = Sharewise(url, SMALL, wall)
        await process.start()
        yield Team(process)
        await process.stop()


async def test_a_quiz(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    right, wrong = right_and_wrong(card)
    await team.press(COLLEAGUE, card, right)
    await team.press(PARTNER, card, wrong)
    await wall.shows("C1", "2 answered")
    await team.say(PARTNER, f"leave {await code_of(team)}", channel="D2")
    await wall.shows("C1", "1 answered")
    await team.press(HOST, card, "Close question")
    await wall.shows("C1", "Right:")
    await team.press(HOST, wall.card("C1"), "End quiz")
    assert "1 Ucol, 1/1" in plain(await wall.shows("C1", "One person took part"))
    await team.process.service.delivery.settled()


async def test_a_check(team: Team, wall: Wall) -> None:
    card = await team.check()
    session = await team.process.session("readiness")
    for who in COUNTY:
        await fill(team, who, session, "4")
    await wall.shows("C1", "4 have begun", "4 finished")
    await team.press(HOST, card, "Close and show")
    await wall.shows("C1", "75")
    await team.process.service.delivery.settled()
    assert await team.process.connection.call("KEYS", "*:form:*") == []


async def test_wrong_codes(team: Team, wall: Wall) -> None:
    for guess in ("CCCC", "DDDD", "FFFF", "GGGG", "HHHH", "JJJJ"):
        await team.say(COLLEAGUE, f"join {guess}")
    await wall.shows("C1", "a lot of codes")
