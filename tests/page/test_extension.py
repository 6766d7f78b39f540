"""Teams' message extension and home card in the page, over the whole of Sharewise, on a phone's screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.page.test_accessibility import SETTLED, found
from tests.page.test_whole import QUESTION, answers, ask, page, url

__all__ = ["page", "url"]

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def seen(page: Page, name: str) -> None:
    """Nothing scrolls sideways, axe finds nothing; a picture is kept where ``SCREENSHOTS`` says."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.evaluate(SETTLED)
    assert await found(page) == [], name
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_a_lesson_is_searched_for_inserted_and_asked_about(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/#asha/teams-channel")
    await page.get_by_role("button", name="Search lessons (shortcut)").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Critical Success Factors")
    await seen(page, "topics")
    await dialog.get_by_role("textbox", name="Search").fill("many part")
    await dialog.get_by_role("textbox", name="Search").press("Enter")
    await expect(dialog).to_contain_text("How many partners")
    await seen(page, "found")
    await dialog.get_by_role("button", name="Insert").first.click()
    await expect(dialog).to_be_hidden()
    inserted = page.get_by_role("article", name="Asha Patel")
    await expect(inserted).to_contain_text("How many partners")
    await inserted.get_by_role("button", name="In practice").click()
    await expect(inserted.get_by_role("link", name="Ask Sharewise about this")).to_be_visible()
    await seen(page, "inserted")

    await ask(page, QUESTION)
    asked = page.get_by_role("article", name="Asha Patel").filter(has_text=QUESTION)
    await asked.get_by_role("button", name="Ask Sharewise about this").click()
    await expect(dialog).to_contain_text("2009 deck")
    await seen(page, "asked")
    await dialog.get_by_role("button", name="Helpful", exact=True).click()
    await expect(dialog).to_contain_text("Thank")
    await dialog.get_by_role("button", name="Close").click()
    await expect(answers(page)).to_have_count(0)  # nobody else has seen any of it


async def test_the_home_card_is_up_to_date_when_the_chat_is_entered(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/#asha/teams-personal")
    await expect(answers(page)).to_have_count(1)
    await seen(page, "welcome")
    await ask(page, "home")
    home = answers(page).nth(1)
    await expect(home).to_contain_text("Nothing is waiting for you.")
    await seen(page, "home")
    await ask(page, "quiz")
    await expect(answers(page).last).to_contain_text("Question 1 of 5")
    await page.goto("/#asha/teams-channel")
    await page.goto("/#asha/teams-personal")
    await expect(home).to_contain_text("question 1 of 5 is next")
    await seen(page, "home-later")
