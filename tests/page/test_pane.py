"""Slack's agent pane in the page: first words to press, and that the app is thinking."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

PANE = {
    "title": "Ask in your own words",
    "prompts": [{"title": "Give me a quiz", "message": "quiz"}],
    "thread": None,
    "status": {"1.0": "is looking in the deck…"},
    "titles": {"1.0": "How many partners"},
}


async def test_first_words_are_pressed_and_the_status_is_told(page: Page, stage: Stage) -> None:
    stage.slack.pane_shown = PANE
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/#asha/slack-direct")
    pane = page.get_by_role("region", name="Agent pane")
    await expect(pane).to_contain_text("Ask in your own words")
    await expect(pane).to_contain_text("How many partners")
    await expect(
        page.get_by_role("status").filter(has_text="Sharewise is looking in the deck…")
    ).to_be_visible()
    await pane.get_by_role("button", name="Give me a quiz").click()
    await expect(page.get_by_role("article").filter(has_text="quiz").first).to_be_visible()
    await pane.get_by_role("button", name="New chat").click()
    assert ("asha", False) in stage.slack.panes
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "nothing scrolls sideways"
    await page.goto("/#asha/teams-personal")
    await expect(pane).to_be_hidden()
