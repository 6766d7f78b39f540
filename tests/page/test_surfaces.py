"""Every surface as it is met on a telephone, over the whole of Sharewise: nothing lies over its edge, a
message takes at most two screens, and axe finds nothing. Pictures go into ``SCREENSHOTS``, if set."""

from __future__ import annotations

import os

import pytest
from playwright.async_api import Locator, Page, expect

from tests.page.test_accessibility import SETTLED, found
from tests.page.test_reminders import BRIEF, move, press, start_a_pulse_and_a_reminder, url
from tests.page.test_whole import QUESTION, answers, ask, page

__all__ = ["page", "url"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDTHS = (390, 320)
SCREEN = 844
"""Pixels that a telephone of the first width is tall."""
PLATFORMS = pytest.mark.parametrize(
    ("direct", "channel"),
    [("slack-direct", "slack-channel"), ("teams-personal", "teams-channel")],
    ids=["slack", "teams"],
)


async def look(page: Page, name: str, shown: Locator | None = None, screens: float = 2.0) -> None:
    """Hold ``shown`` (a message, or the whole page) against what must hold of every surface."""
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": SCREEN if shown is None else 4 * SCREEN})
        if folder := os.environ.get("SCREENSHOTS"):
            await (shown or page).screenshot(path=f"{folder}/{name}-{width}.png")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if shown is not None and width == WIDTHS[0]:
            box = await shown.bounding_box()
            assert box is not None
            assert box["height"] <= screens * SCREEN, (name, box["height"])
        await page.evaluate(SETTLED)
        assert await found(page) == [], (name, width)
    await page.set_viewport_size({"width": 1200, "height": SCREEN})


async def go(page: Page, person: str, place: str) -> None:
    """Be that person there, with what has been said in view."""
    await page.goto(f"/#{person}/{place}")
    shown = f'#feed[data-person="{person}"][data-place="{place}"][aria-busy="false"]'
    await expect(page.locator(shown)).to_be_attached()


async def asked(page: Page, words: str, shows: str) -> Locator:
    """Say ``words``; the reply that has the words of ``shows``."""
    before = await answers(page).count()
    await ask(page, words)
    await expect(answers(page)).to_have_count(before + 1)
    await expect(answers(page).last).to_contain_text(shows)
    return answers(page).last


async def home(page: Page, direct: str) -> Locator:
    """The person's own page: App Home, or the card in Teams."""
    if direct == "teams-personal":
        return await asked(page, "home", "Your page")
    await page.get_by_role("tab", name="Home").click()
    await expect(page.locator("#home")).to_contain_text("What I keep about you")
    return page.locator("#home article")


@PLATFORMS
async def test_reminders_pulses_and_what_came_of_them(page: Page, direct: str, channel: str) -> None:
    whom, audience = "asha", "@asha, @dev, @elin, @femi, @grace"
    if direct == "teams-personal":
        whom, audience = "bryn", "@bryn, @kezia, @liam, @mina, @nia"
        await go(page, whom, direct)
        await expect(answers(page)).to_have_count(1)
    await go(page, "cleo", direct)
    await look(
        page,
        f"{direct}-help-advisor",
        await asked(page, "help", "in your own words, then follow up"),
        screens=1,
    )
    await look(page, f"{direct}-templates", await asked(page, "templates", "Templates"), screens=1)
    await start_a_pulse_and_a_reminder(page, audience)
    await move(page, "+1 week")

    await go(page, whom, direct)
    received = answers(page).filter(has_text=BRIEF).last
    await look(page, f"{direct}-received", received, screens=0.5)
    pulse = answers(page).filter(has_text="How firmly is the leadership").last
    await look(page, f"{direct}-pulse", pulse, screens=0.75)
    await press(page, "Add a comment")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await look(page, f"{direct}-comment")
    await page.keyboard.press("Escape")
    await press(page, "4")
    await expect(pulse).to_contain_text("your answer is in")
    await look(page, f"{direct}-answered", pulse, screens=0.5)
    await press(page, "Tomorrow")
    await expect(received).to_contain_text("I'll bring it back")
    await look(page, f"{direct}-put-off", received, screens=0.5)
    await look(
        page,
        f"{direct}-help-officer",
        await asked(page, "help", "in your own words, then follow up"),
        screens=1,
    )
    await look(page, f"{direct}-my-data", await asked(page, "my data", "This is all that I keep"))
    await look(page, f"{direct}-receives", await asked(page, "reminders", "that you receive"))
    await look(page, f"{direct}-home-officer", await home(page, direct), screens=2.2)

    await move(page, "+1 month")
    await go(page, "cleo", direct)
    wrap = answers(page).filter(has_text="What became of “buy-in”").first
    await look(page, f"{direct}-wrap", wrap)
    digest = answers(page).filter(has_text="Your week of reminders").last
    await look(page, f"{direct}-digest", digest)
    await digest.get_by_role("button", name="Report: ").first.click()
    report = answers(page).last
    await expect(report.get_by_role("img", name="What became of it")).to_be_visible()
    await look(page, f"{direct}-report", report, screens=1)
    await report.get_by_role("button", name="Show who").click()
    await expect(answers(page).last).to_contain_text("Who: ")
    await look(page, f"{direct}-who", answers(page).last)
    await wrap.get_by_role("button", name="See the trend").click()
    trend = answers(page).last
    await expect(trend.get_by_role("img", name="from 1 to 5")).to_be_visible()
    await look(page, f"{direct}-trend", trend)
    await look(page, f"{direct}-coming", await asked(page, "reminders", "What is coming"))
    await look(page, f"{direct}-home-advisor", await home(page, direct), screens=3)


@PLATFORMS
async def test_a_check_and_a_quiz_and_the_screen_in_the_room(page: Page, direct: str, channel: str) -> None:
    if direct == "teams-personal":
        await go(page, "asha", direct)
        await expect(answers(page)).to_have_count(1)
    await go(page, "asha", channel)
    helped = await asked(page, "@Sharewise help", "in your own words, then follow up")
    await look(page, f"{channel}-help", helped, screens=1)
    card = await asked(page, "@Sharewise readiness here", "Take part")
    await look(page, f"{channel}-check", card, screens=1)
    for label in ("Take part", "Set up (host)"):
        await press(page, label)
        await expect(page.get_by_role("dialog")).to_be_visible()
        await look(page, f"{channel}-{label[:4]}")
        await page.keyboard.press("Escape")
    await page.get_by_role("button", name="20 colleagues answer").click()
    await expect(card).to_contain_text("20 finished", timeout=60_000)
    screen = await on_the_big_screen(page, "Check on the big screen", direct, channel)
    await look(screen, f"{channel}-screen-check")
    await press(page, "Close and show the result")
    result = answers(page).filter(has_text="Result: ")
    picture = result.get_by_role("img", name="How ready, factor by factor")
    await expect(picture).to_be_visible()
    await look(page, f"{channel}-result", result)
    whole, drawn = await result.bounding_box(), await picture.bounding_box()
    assert whole
    assert drawn
    assert drawn["y"] - whole["y"] < SCREEN / 2, (
        "the point is short, and what shows it begins on the first screen"
    )
    await in_the_room(screen, f"{channel}-screen-result", "How ready, factor by factor")
    await result.get_by_role("button", name="Show details").click()
    if direct == "slack-direct":  # told to whoever pressed alone
        await go(page, "asha", direct)
        result = answers(page).last
    await expect(result).to_contain_text("Took part")
    await look(page, f"{channel}-details", result, screens=3.5)
    await go(page, "asha", channel)
    history = await asked(page, "@Sharewise readiness history", "Readiness checks here")
    await look(page, f"{channel}-history", history, screens=1)

    await asked(page, "@Sharewise quiz here 2 on models", "Question 1 of 2")
    card = answers(page).filter(has_text="Quiz: models")
    await look(page, f"{channel}-quiz", card, screens=1)
    screen = await on_the_big_screen(page, "Quiz on the big screen", direct, channel)
    await in_the_room(screen, f"{channel}-screen-quiz", "Question 1 of 2")
    await page.get_by_role("button", name="20 colleagues answer").click()
    await expect(card).to_contain_text("20 answered", timeout=60_000)
    await press(page, "Close question")
    await expect(card.get_by_role("img", name="Who chose what")).to_be_visible()
    await look(page, f"{channel}-quiz-closed", card, screens=1)
    await in_the_room(screen, f"{channel}-screen-closed", "Who chose what")
    await press(page, "End quiz")
    await expect(card.get_by_role("img", name="How many had")).to_be_visible()
    await look(page, f"{channel}-quiz-over", card, screens=1)
    await in_the_room(screen, f"{channel}-screen-over", "took part")


async def on_the_big_screen(page: Page, label: str, direct: str, channel: str) -> Page:
    """The page of a session for the room, by the link that whoever presses ``label`` alone is sent."""
    await press(page, label)
    await go(page, "asha", direct)
    async with page.expect_popup() as opened:
        await page.get_by_role("link", name="Open this on the screen").last.click()
    await go(page, "asha", channel)
    return await opened.value


async def in_the_room(screen: Page, name: str, point: str) -> None:
    """On a projector all stands on one screen, ``point`` among it; a telephone shows it as others."""
    await screen.set_viewport_size({"width": 1920, "height": 1080})
    await expect(screen.get_by_text(point).first).to_be_in_viewport()
    tall = await screen.evaluate("document.documentElement.scrollHeight")
    if folder := os.environ.get("SCREENSHOTS"):
        await screen.screenshot(path=f"{folder}/{name}.png")
    assert tall <= 1.1 * 1080, (name, tall)
    await look(screen, name)


async def test_the_agent_pane_and_what_people_ask(page: Page) -> None:
    for person in ("asha", "bryn", "cleo"):
        await go(page, person, "slack-direct")
        await asked(page, QUESTION, "2009 deck")
        await asked(page, "how do we park bicycles?", "doesn't answer that")
    pane = page.get_by_role("region", name="Agent pane")
    await expect(pane).to_be_visible()
    await look(page, "pane")
    await move(page, "+1 week")
    await look(page, "insights", await asked(page, "insights", "What people ask"))
    for view in ("Questions by week", "What no lesson answers", "Lessons", "Quiz", "Readiness and pulses"):
        before = await answers(page).count()
        await press(page, view)
        await expect(answers(page)).to_have_count(before + 1)
        await look(page, f"insights-{view[:9].lower().strip()}", answers(page).last)


async def test_the_form_of_a_shortcut(page: Page) -> None:
    await go(page, "asha", "slack-direct")
    await page.get_by_role("button", name="Set a reminder").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("remind you of")
    await look(page, "shortcut-form")
