"""A team to play with, over the whole of Sharewise: a channel quiz, and a joint check on both platforms."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from dialogs.wording import sessions as words
from tests.page.test_whole import answers, ask, page, url

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["page", "url"]

CODE = re.compile(r"join ([A-Z0-9]{4})")


@pytest.mark.parametrize("place", ["slack-channel", "teams-group"])
async def test_twenty_colleagues_play_a_quiz(page: Page, place: str) -> None:
    await page.goto(f"/#asha/{place}")
    await ask(page, "@Sharewise quiz here 2")
    for on in ("Next", words.SCORES):
        await page.get_by_role("button", name="20 colleagues answer").click()
        await expect(answers(page).first).to_contain_text("20 answered")
        await page.get_by_role("button", name=words.CLOSE).click()
        await page.get_by_role("button", name=on).click()
    await expect(answers(page).first).to_contain_text("20 people")


async def test_twenty_colleagues_take_a_joint_check(page: Page) -> None:
    await page.goto("/#asha/slack-channel")
    await ask(page, "@Sharewise readiness here")
    await expect(page.get_by_role("button", name=words.TAKE_PART)).to_be_visible()
    found = CODE.search(await page.locator("#feed").inner_text())
    assert found
    await page.goto("/#bryn/teams-channel")
    await ask(page, f"@Sharewise join {found[1]}")
    await expect(page.get_by_role("button", name=words.TAKE_PART)).to_be_visible()
    await page.get_by_role("button", name="20 colleagues answer").click()
    await expect(page.get_by_text("20 colleagues answered.")).to_be_visible()
    await page.goto("/#asha/slack-channel")
    await page.get_by_role("button", name=words.CLOSE_CHECK).click()
    feed = page.locator("#feed")
    await expect(feed).to_contain_text("Where you disagree: Political and chief-executive buy-in.")
    await expect(page.get_by_role("img", name="How ready, factor by factor")).to_be_visible()
    await page.get_by_role("button", name="Show details").click()
    await page.goto("/#asha/slack-direct")
    await expect(page.locator("#feed")).to_contain_text("20 people of 3 organisations")
