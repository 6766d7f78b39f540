"""A quiz on dates in the playground: the card with all its questions, on a telephone's screen."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.app.web import Server
from bot.settings import Settings
from playground.stage import SLACK_TEAM
from tests.harness.http import free_port
from tests.harness.knowledge import own_knowledge
from tests.page.conftest import watched
from tests.page.test_whole import answers, ask

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def server(redis_url: str, tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(Settings(port=free_port(), data_dir=tmp_path), own_knowledge(), redis_url)
    await server.start(sweep=True)
    yield server
    await server.stop()


async def test_a_quiz_on_dates_is_answered_on_a_telephone(browser: Browser, server: Server) -> None:
    async with watched(browser, server.url) as page:
        await page.set_viewport_size({"width": 390, "height": 844})
        for place in ("slack-channel", "teams-channel"):
            await page.goto(f"/#cleo/{place}")
            await ask(page, "@Sharewise quiz here every day at 10, 3 questions")
            await page.get_by_role("button", name="Start", exact=True).click()
            await expect(answers(page).last).to_contain_text("I'm setting it up")
        service = server.service
        (listed, *_) = await service.reminders.summaries("", advisor=True)
        assert listed.next
        await service.schedule.forward(
            listed.next - service.clock.now() + timedelta(seconds=30), service.delivery.settled
        )
        for place in ("slack-channel", "teams-channel"):
            await page.goto(f"/#dev/{place}")
            card = answers(page).last
            await expect(card).to_contain_text("Question 3 of 3")
            assert await page.evaluate("document.documentElement.scrollWidth") <= 390
            if os.environ.get("SHOTS"):
                await card.screenshot(path=f"{os.environ['SHOTS']}/{place}.png")
        await page.goto("/#cleo/slack-channel")
        await page.get_by_role("button", name="20 colleagues answer").click()
        await expect(answers(page).last).to_contain_text("20 answered")
        (session, _) = (await service.sessions.store.codes.listed_in(f"slack:{SLACK_TEAM}"))[-1]
        sheets = await service.sessions.store.answers.sheets(session, (1, 2, 3))
        assert {tuple(sheet.letters) for sheet in sheets} == {(1, 2, 3)}, "each has answered every question"
        if os.environ.get("SHOTS"):
            await answers(page).last.screenshot(path=f"{os.environ['SHOTS']}/answered.png")
        await page.get_by_role("button", name="End quiz").click()
        await expect(answers(page).last).to_contain_text("20 people took part")
        await expect(page.get_by_role("button", name="Catch up")).to_be_visible()
        if os.environ.get("SHOTS"):
            await answers(page).last.screenshot(path=f"{os.environ['SHOTS']}/over.png")
