"""Whether axe-core finds anything, a phone of 320 px, and colours of one's own."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.page.conftest import Stage
from tests.page.forms import (
    READINESS_SLACK,
    READINESS_TEAMS,
    TAKE_PART_SLACK,
    TAKE_PART_TEAMS,
    quiz_slack,
    quiz_teams,
)
from tests.page.samples import SLACK_ANSWER, TEAMS_ANSWER, button

pytestmark = pytest.mark.asyncio(loop_scope="session")

AXE = resources.files("axe_playwright_python") / "axe.min.js"
CARDS = {
    "slack": (SLACK_ANSWER, quiz_slack(3), TAKE_PART_SLACK),
    "teams": (TEAMS_ANSWER, quiz_teams(3), TAKE_PART_TEAMS),
}


SETTLED = """() => Promise.all(document.getAnimations()
  .filter(moving => Number.isFinite(moving.effect.getComputedTiming().endTime))
  .map(moving => moving.finished.catch(() => {})))"""
"""What fades in or out has its colours only at its end."""


async def found(page: Page) -> list[str]:
    """What axe says against the page as it stands: rule and node."""
    # By the protocol, not as a tag: the page's own policy allows no script but its own.
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[dict[str, Any]] = await page.evaluate("async () => (await axe.run()).violations")
    return [f"{each['id']}: {node['html'][:120]}" for each in violations for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["slack-direct", "slack-channel", "teams-personal", "teams-channel"])
async def test_axe_finds_nothing_on_a_screen_or_a_phone(
    page: Page, stage: Stage, place: str, scheme: Any
) -> None:
    platform = place.partition("-")[0]
    side, form = getattr(stage, platform), {"slack": READINESS_SLACK, "teams": READINESS_TEAMS}[platform]
    side.home_blocks = [{"type": "actions", "elements": [button("All lessons", "lessons")]}]
    await page.emulate_media(color_scheme=scheme)
    await page.goto(f"/#asha/{place}")
    await expect(page.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    assert await found(page) == []
    for payload in CARDS[platform]:
        side.put(place, payload)
    await expect(page.get_by_role("article", name="Sharewise")).to_have_count(3)
    for width in (1200, 320):
        await page.set_viewport_size({"width": width, "height": 640})
        assert await found(page) == []
    await page.get_by_role("button", name="Choose a person and a place").click()
    assert await found(page) == []
    await page.keyboard.press("Escape")
    side.open("asha", *form)
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await found(page) == []


async def boxes(nodes: Locator) -> list[dict[str, float]]:
    found = [await node.bounding_box() for node in await nodes.all() if await node.is_visible()]
    return [{**box} for box in found if box]


@pytest.mark.parametrize("place", ["slack-direct", "slack-channel", "teams-personal", "teams-group"])
async def test_at_320_px_nothing_overlaps_and_nothing_is_off_the_screen(
    page: Page, stage: Stage, place: str
) -> None:
    platform = place.partition("-")[0]
    getattr(stage, platform).put(place, CARDS[platform][1])
    getattr(stage, platform).toast = "You chose A."
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.goto(f"/#asha/{place}")
    await page.get_by_role("article", name="Sharewise").get_by_role("button").nth(1).click()
    await expect(page.locator(".toast").first).to_be_visible()
    await page.locator(".toast").first.evaluate(
        "node => Promise.all(node.getAnimations().map(one => one.finished))"
    )
    parts = await boxes(page.locator(".where h1, .switch, .tabs, #crowd, .entry, .toast"))
    assert len(parts) >= 4
    for at, box in enumerate(parts):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        for other in parts[at + 1 :]:
            apart = (
                box["x"] + box["width"] <= other["x"]
                or other["x"] + other["width"] <= box["x"]
                or box["y"] + box["height"] <= other["y"]
                or other["y"] + other["height"] <= box["y"]
            )
            assert apart, (box, other)
    words = await page.locator(".where h1").evaluate("node => node.scrollWidth <= node.clientWidth")
    assert words, "the place's name is whole"
    assert await page.evaluate("() => document.documentElement.scrollWidth") == 320
    await page.set_viewport_size({"width": 1280, "height": 800})
    (toast,) = await boxes(page.locator(".toast").first)
    (send,) = await boxes(page.get_by_role("button", name="Send"))
    assert toast["y"] + toast["height"] <= send["y"], "nor does a notice lie on a button of a desktop"


async def test_in_colours_of_ones_own_it_shows_who_and_where_is_chosen(page: Page, stage: Stage) -> None:
    await page.emulate_media(forced_colors="active")
    await page.goto("/#bryn/slack-channel")
    outlined = "node => getComputedStyle(node).outlineStyle !== 'none'"
    for name, chosen in (("Asha Patel", False), ("Bryn Hughes", True)):
        assert await page.locator(".choice").filter(has_text=name).evaluate(outlined) is chosen
    for name, chosen in (("Direct message", False), ("joint-board", True)):
        assert await page.get_by_role("button", name=name).first.evaluate(outlined) is chosen
