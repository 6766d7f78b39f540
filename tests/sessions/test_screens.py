"""The big screen: a link on request, the page as it goes on, and when it ends."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.app.screens import PATH
from dialogs.core.plain import choices, plain
from dialogs.wording import screen as words
from tests.harness.fixtures import Launch
from tests.harness.platform import FakePlatform
from tests.sessions.live import COLLEAGUE, HOST, Sharewise
from tests.sessions.quizzes import SOIL, right_and_wrong

KEY = "k" * 32
URL = "https://sharewise.anyshire.gov.uk"


@pytest.fixture
async def sharewise(launch: Launch[Sharewise]) -> Sharewise:
    return await launch(public_url=URL, screen_key=KEY)


@pytest.fixture
async def browser(sharewise: Sharewise) -> AsyncIterator[ClientSession]:
    """Whoever has a link: somebody without any chat."""
    app = web.Application()
    assert sharewise.service.screens is not None
    app.add_routes(sharewise.service.screens.routes())
    async with TestServer(app) as server, ClientSession(server.make_url("/")) as session:
        yield session


async def link(sharewise: Sharewise, platform: FakePlatform, kind: str = "quiz") -> str:
    """What a press on the card's button brings somebody: the path of the page."""
    session = await sharewise.session(kind)
    await sharewise.press_saying(COLLEAGUE, f"{kind} screen {session}")
    told = plain(await platform.shows("UCOL", "Open this on the screen"))
    found = re.search(rf"{URL}({PATH}\S+?)\)", told)
    assert found is not None
    return found[1]


async def seen(browser: ClientSession, path: str, status: int = 200) -> str:
    async with browser.get(path) as answer:
        assert answer.status == status
        assert "no-store" in answer.headers["Cache-Control"]
        return await answer.text()


@pytest.mark.parametrize(("ask", "named"), [(SOIL, True), (f"{SOIL} without names", False)])
async def test_a_quiz_is_followed_on_the_screen_to_the_day_after(
    sharewise: Sharewise, platform: FakePlatform, browser: ClientSession, ask: str, named: bool
) -> None:
    card = await sharewise.quiz(ask)
    assert words.BUTTON["quiz"] in [choice.label for choice in choices(card)]
    path = await link(sharewise, platform)
    page = await seen(browser, path)
    right, wrong = right_and_wrong(card)
    for said in (right, wrong, "Nobody has answered yet", "others join with"):
        assert said in page
    assert "Host" not in page, "the host's name is a person's"
    assert "<button" not in page
    await sharewise.press(COLLEAGUE, card, right)
    await sharewise.press(HOST, card, "Close question")
    closed = await seen(browser, path)
    assert "Right: " in closed
    assert '<rect width="100.0"' in closed, "all who answered chose it"
    await sharewise.say(HOST, "end quiz")
    await platform.shows("C1", "That's the quiz")
    assert ("Ucol" in await seen(browser, path)) is named
    await sharewise.forward(hours=23)
    assert "took part" in await seen(browser, path)
    await sharewise.forward(hours=2)
    assert words.OVER in await seen(browser, path, 410)


async def test_a_check_shows_no_names_and_then_its_result(
    sharewise: Sharewise, platform: FakePlatform, browser: ClientSession
) -> None:
    await sharewise.check()
    path = await link(sharewise, platform, "readiness")
    page = await seen(browser, path)
    assert "Nobody has begun yet" in page
    assert "Uhost" not in page
    assert "Take part" not in page


async def test_a_link_is_for_its_session_alone_and_a_changed_one_shows_nothing(
    sharewise: Sharewise, platform: FakePlatform, browser: ClientSession
) -> None:
    await sharewise.quiz(SOIL)
    path = await link(sharewise, platform)
    session, _, signature = path.removeprefix(PATH).partition(".")
    for forged in (f"x{session}.{signature}", f"{session}.{signature[:-1]}", session, f"{session}.", "%FF.é"):
        assert words.UNKNOWN in await seen(browser, f"{PATH}{forged}", 404)


async def test_where_it_is_not_set_up_no_card_offers_it_and_whoever_asks_is_told(
    launch: Launch[Sharewise], platform: FakePlatform
) -> None:
    sharewise = await launch()
    card = await sharewise.quiz(SOIL)
    assert words.BUTTON["quiz"] not in [choice.label for choice in choices(card)]
    result = await sharewise.say(HOST, "show the quiz on the big screen")
    told = result.note or plain(await platform.shows("UHOST", "big screen"))
    assert words.NOT_HERE in told


@pytest.mark.parametrize(
    "said", ["big screen", "show it on the projector", "put this on the big screen please"]
)
async def test_the_screen_by_itself_is_that_of_what_is_open(
    sharewise: Sharewise, platform: FakePlatform, said: str
) -> None:
    await sharewise.quiz(SOIL)
    await sharewise.say(HOST, said)
    await platform.shows("UHOST", "Open this on the screen in the room")
