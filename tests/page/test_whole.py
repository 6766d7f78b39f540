"""The page over the whole of Sharewise: both stand-ins, both adapters, the turn and its memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.app.web import Server
from bot.settings import Settings
from tests.harness.http import free_port
from tests.harness.knowledge import own_knowledge
from tests.page.conftest import watched

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "do we need the leader on board from the start?"


@pytest_asyncio.fixture(loop_scope="session")
async def url(redis_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a Sharewise that runs in this process."""
    server = Server(Settings(port=free_port(), data_dir=tmp_path), own_knowledge(), redis_url)
    await server.start(sweep=True)
    yield server.url
    await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, url: str) -> AsyncIterator[Page]:
    async with watched(browser, url) as page:
        yield page


async def ask(page: Page, words: str, box: str = "Message") -> None:
    await page.get_by_role("textbox", name=box).fill(words)
    await page.get_by_role("textbox", name=box).press("Enter")


def answers(page: Page) -> Locator:
    return page.get_by_role("article", name="Sharewise")


@pytest.mark.parametrize("place", ["slack-direct", "slack-channel", "teams-personal", "teams-channel"])
async def test_an_officer_asks_presses_and_follows_up(page: Page, place: str) -> None:
    slack, channel = place.startswith("slack"), place.endswith("channel")
    welcomes = 1 if place == "teams-personal" else 0
    await page.goto(f"/#asha/{place}")
    await expect(answers(page)).to_have_count(welcomes)

    await ask(page, f"@Sharewise {QUESTION}" if channel else QUESTION)
    await expect(answers(page)).to_have_count(welcomes + 1)
    answer = answers(page).nth(welcomes)
    for words in ("What the deck says", "2009 deck"):
        await expect(answer).to_contain_text(words)

    # Teams unfolds it in the answer itself; in Slack the button says it.
    await answer.get_by_role("button", name="In practice").click()
    given = answers(page).nth(welcomes + slack)
    await expect(given.get_by_text("In practice (our guidance)")).to_be_visible()
    said = welcomes + 1 + slack
    await expect(answers(page)).to_have_count(said)

    if channel:
        await page.get_by_role("button", name="Reply in thread").first.click()
        await ask(page, "why?" if slack else "@Sharewise why?", "Reply in thread")
    else:
        await ask(page, "why?")
    await expect(answers(page)).to_have_count(said + 1)

    thumb = answer.get_by_role("button", name="This helped" if slack else "Like", exact=True)
    await thumb.click()
    await expect(thumb).to_have_attribute("aria-pressed", "true")
    await answer.get_by_text("Payload").click()
    await expect(answer.get_by_role("group", name="Payload as JSON")).to_contain_text("2009 deck")
    await expect(page.locator(".undrawable")).to_have_count(0)


async def test_a_command_in_a_slack_channel_answers_one_person(page: Page) -> None:
    await page.goto("/#bryn/slack-channel")
    await ask(page, "/sharewise how many partners is best?")
    await expect(answers(page)).to_contain_text("Only you see this")
    await page.get_by_text("Asha Patel").click()
    await expect(page.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()


async def test_slacks_home_is_ones_own_and_its_buttons_answer_under_messages(page: Page) -> None:
    await page.goto("/#cleo/slack-direct")
    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home).to_contain_text("Nothing is waiting for you.")
    await home.get_by_role("button", name="Quiz", exact=True).click()
    await expect(home).to_contain_text("question 1 of 5 is next")
    await page.get_by_role("tab", name="Messages").click()
    await expect(answers(page).last).to_contain_text("Question 1 of 5")


async def test_a_new_teams_chat_is_welcomed_once(page: Page) -> None:
    await page.goto("/#asha/teams-personal")
    await expect(answers(page)).to_have_count(1)
    await ask(page, "help")
    await expect(answers(page)).to_have_count(2)


@pytest.mark.parametrize("who", ["asha", "cleo"])
@pytest.mark.parametrize(
    "place", ["slack-direct", "slack-channel", "teams-personal", "teams-channel", "teams-group"]
)
async def test_the_help_fits_on_a_telephones_screen(page: Page, who: str, place: str) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(f"/#{who}/{place}")
    await ask(page, "help" if place in ("slack-direct", "teams-personal") else "@Sharewise help")
    helped = answers(page).filter(has_text="in your own words, then follow up")
    await expect(helped).to_have_count(1)
    message, said, screen = helped.last, helped.last.locator(".body"), page.locator("#feed")
    top, box = await message.bounding_box(), await said.bounding_box()
    assert top is not None
    assert box is not None
    height = box["y"] + box["height"] - top["y"]
    assert height <= await screen.evaluate("feed => feed.clientHeight")
