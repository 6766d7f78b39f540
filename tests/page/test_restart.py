"""The second day: stopped or killed and started again on the same folder, all is as it was, and answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.storage.embedded import Embedded
from dialogs.wording import drafts as drafting_words
from dialogs.wording import sessions as words
from playground.memory import MemoryFile
from tests.harness.http import free_port
from tests.harness.process import Process
from tests.harness.waiting import until
from tests.page.conftest import watched
from tests.page.test_reminders import move, press, shot
from tests.page.test_whole import QUESTION, answers, ask

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLACES = ("slack-direct", "slack-channel", "slack-advisors", "teams-personal", "teams-channel", "teams-group")
THREADED = {"slack-channel": "why?", "teams-channel": "@Sharewise why?"}
"""What one says in a thread there."""


@pytest_asyncio.fixture(loop_scope="session")
async def folder(tmp_path: Path) -> AsyncIterator[Path]:
    """A data folder; the embedded Valkey that outlives a kill is stopped."""
    yield tmp_path
    server = Embedded(tmp_path)
    if await server.answers():
        await server.start()
        await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def start(folder: Path) -> AsyncIterator[Callable[[], Awaitable[Process]]]:
    """Starts a Sharewise on the same folder and port as all others of the test."""
    port, started = free_port(), list[Process]()

    async def start() -> Process:
        started.append(Process("run", DATA_DIR=str(folder), PORT=str(port)))
        await started[-1].launch()
        await started[-1].ready()
        return started[-1]

    yield start
    await started[-1].__aexit__()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    async with watched(browser, "") as page:
        yield page


def messages(page: Page) -> Locator:
    return page.get_by_role("article")


async def enter(page: Page, bot: Process, place: str, person: str = "asha") -> None:
    """Open the page anew."""
    await page.goto("about:blank")
    await page.goto(f"{bot.url}/#{person}/{place}")
    await expect(page.locator("#connection")).to_be_empty()


async def seen(page: Page, count: int) -> list[str]:
    """What the messages of a place say, once there are so many."""
    await expect(messages(page)).to_have_count(count)
    return [await message.locator(".body").inner_text() for message in await messages(page).all()]


async def everything_is_kept(folder: Path, person: str, place: str, count: int) -> None:
    """Wait until the file holds ``count`` messages of the place, so that a kill loses none of them."""

    def holds() -> bool:
        memory = MemoryFile(folder).read()
        if memory is None:
            return False
        kept = [*memory.slack.book.messages, *memory.teams.book.messages]
        return sum(message.place == place and message.only_for in (None, person) for message in kept) == count

    await until(holds, "the file holds it")


async def test_the_bot_answers_in_every_place_at_each_of_three_starts(
    page: Page, folder: Path, start: Callable[[], Awaitable[Process]]
) -> None:
    before: dict[str, list[str]] = {}
    for number in range(3):
        bot = await start()
        for place in PLACES:
            fresh = 1 if place == "teams-personal" else 0  # a new chat there is welcomed
            shared = place not in ("slack-direct", "teams-personal")
            await enter(page, bot, place)
            if place in before:
                assert await seen(page, len(before[place])) == before[place]
            else:
                await expect(messages(page)).to_have_count(fresh)
            count = await answers(page).count()
            await ask(page, f"@Sharewise {QUESTION}" if shared else QUESTION)
            await expect(answers(page)).to_have_count(count + 1)
            count += 1
            # What the oldest answer offers works too, and its thread goes on.
            oldest = answers(page).nth(fresh)
            if place.startswith("slack"):
                await oldest.get_by_role("button", name="In practice").click()
                count += 1
            else:
                await oldest.get_by_role("button", name="Like", exact=True).click()
                await expect(page.get_by_text("Thank you for your feedback.")).to_be_visible()
            await expect(answers(page)).to_have_count(count)
            if place in THREADED:
                await page.get_by_role("button", name="Reply in thread").first.click()
                await ask(page, THREADED[place], "Reply in thread")
                await expect(answers(page)).to_have_count(count + 1)
            before[place] = await seen(page, await messages(page).count())
        if number == 0:
            for place in PLACES:
                await everything_is_kept(folder, "asha", place, len(before[place]))
            await bot.kill()
        else:
            assert await bot.interrupt() == 0


async def test_the_moved_clock_and_what_is_open_stand_as_they_were(
    page: Page, start: Callable[[], Awaitable[Process]]
) -> None:
    bot = await start()
    await enter(page, bot, "slack-direct", "cleo")
    await ask(page, "remind @bryn every Tuesday at 9:30 to brief members on progress")
    await expect(answers(page).last).to_contain_text("Every Tuesday at 09:30")
    await press(page, drafting_words.START)
    await expect(answers(page).last).to_contain_text("is set up")
    await move(page, "+1 month")
    await enter(page, bot, "slack-direct", "bryn")
    await expect(messages(page).nth(2)).to_be_attached()
    due = await messages(page).count()
    await enter(page, bot, "slack-channel")
    await ask(page, "@Sharewise quiz here 2")
    option = answers(page).first.locator(".buttons").first.get_by_role("button").first
    await option.click()
    await expect(answers(page).first).to_contain_text("1 answered")
    moved = await time(page)
    await bot.interrupt()

    bot = await start()
    await enter(page, bot, "slack-channel", "bryn")
    assert await time(page) >= moved
    await expect(answers(page).first).to_contain_text("1 answered")
    await option.click()
    await expect(answers(page).first).to_contain_text("2 answered")
    await shot(page, "restarted-quiz")
    await enter(page, bot, "slack-channel")
    await press(page, words.CLOSE)
    await page.get_by_role("button", name="Next").click()
    await expect(answers(page).first).to_contain_text("Question 2 of 2")
    await enter(page, bot, "slack-direct", "bryn")
    await expect(messages(page)).to_have_count(due)
    await move(page, "+1 week")
    await expect(messages(page)).to_have_count(due + 1)


async def test_a_page_that_stays_open_goes_on_and_one_press_clears_all(
    page: Page, start: Callable[[], Awaitable[Process]]
) -> None:
    bot = await start()
    await enter(page, bot, "slack-direct")
    await ask(page, QUESTION)
    await expect(answers(page)).to_have_count(1)
    await bot.interrupt()
    await expect(page.locator("#connection")).to_contain_text("Sharewise is away")
    bot = await start()
    await expect(page.locator("#connection")).to_be_empty()
    await expect(answers(page)).to_have_count(1)
    await ask(page, QUESTION)
    await expect(answers(page)).to_have_count(2)

    memory = page.get_by_role("region", name="Memory")
    await expect(memory).to_contain_text("playground.msgpack")
    await expect(memory).to_contain_text("“Forget me” and retention don't reach it.")
    await memory.get_by_role("button", name="Clear the playground's memory").click()
    await expect(page.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    await expect(page.get_by_text("What Sharewise itself remembers stays")).to_be_visible()
    await bot.kill()
    bot = await start()
    await enter(page, bot, "slack-direct")
    await expect(page.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    await ask(page, QUESTION)
    await expect(answers(page)).to_have_count(1)


async def time(page: Page) -> datetime:
    """What the page's clock shows."""
    shown = page.locator("#clock time")
    await expect(shown).not_to_be_empty()
    return datetime.fromisoformat((await shown.get_attribute("datetime") or "").replace("Z", "+00:00"))
