"""The scripts of live sessions on each server: the embedded Valkey, and Debian's redis-server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dialogs.core.plain import plain
from tests.conftest import emptied
from tests.harness.platform import FakePlatform
from tests.sessions.checks import COUNTY, fill
from tests.sessions.live import COLLEAGUE, HOST, PARTNER, Sharewise
from tests.sessions.quizzes import SOIL, code_of, right_and_wrong


@pytest.fixture
async def sharewise(every_server: str, platform: FakePlatform) -> AsyncIterator[Sharewise]:
    """People around a Sharewise on each server."""
    async with emptied(every_server) as url:
        sharewise = Sharewise(url, platform)
        await sharewise.start()
        yield sharewise
        await sharewise.stop()


async def test_a_quiz(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    right, wrong = right_and_wrong(card)
    await sharewise.press(COLLEAGUE, card, right)
    await sharewise.press(PARTNER, card, wrong)
    await platform.shows("C1", "2 answered")
    await sharewise.say(PARTNER, f"leave {await code_of(sharewise)}", channel="D2")
    await platform.shows("C1", "1 answered")
    await sharewise.press(HOST, card, "Close question")
    await platform.shows("C1", "Right:")
    await sharewise.press(HOST, platform.newest("C1"), "End quiz")
    assert "1 Ucol, 1/1" in plain(await platform.shows("C1", "One person took part"))
    await sharewise.settled()


async def test_a_check(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.check()
    session = await sharewise.session("readiness")
    for who in COUNTY:
        await fill(sharewise, who, session, "4")
    await platform.shows("C1", "4 finished")
    await sharewise.press(HOST, card, "Close and show")
    await platform.shows("C1", "75")
    await sharewise.settled()
    assert await sharewise.connection.call("KEYS", "*:form:*") == []


async def test_wrong_codes(sharewise: Sharewise, platform: FakePlatform) -> None:
    for guess in ("CCCC", "DDDD", "FFFF", "GGGG", "HHHH", "JJJJ"):
        await sharewise.say(COLLEAGUE, f"join {guess}")
    await platform.shows("C1", "a lot of codes")
