"""What stays when a card is drawn anew or one goes elsewhere: focus, what is read out, and typed words."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.page.conftest import Stage
from tests.page.forms import quiz_slack, quiz_teams
from tests.page.samples import TEAMS_ANSWER, Payload, blocks, button, card, execute, section, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


def closed(platform: str) -> Payload:
    """A question's card once it is closed."""
    if platform == "slack":
        elements = [button("Next question", "next s1 1"), button("End quiz", "end s1")]
        ways = {"type": "actions", "elements": elements}
        return blocks(section("*Right: It depends.*"), ways)
    actions = [execute("Next question", "next s1 1"), execute("End quiz", "end s1")]
    return card(text("**Right: It depends.**"), {"type": "ActionSet", "actions": actions})


@pytest.mark.parametrize("label", ["Next question", "Close question"])
@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_after_a_press_that_turns_the_card_focus_is_on_the_card_and_enter_answers_nothing(
    page: Page, stage: Stage, platform: str, label: str
) -> None:
    side, draw = getattr(stage, platform), {"slack": quiz_slack, "teams": quiz_teams}[platform]
    before, after, tells = closed(platform), draw(0, 2), "2 of 5"
    if label == "Close question":
        before, after, tells = after, before, "Right: It depends."
    shown = side.put(f"{platform}-channel", before)
    side.heard = lambda person, message, element: side.change(shown, payload=after)
    await page.goto(f"/#asha/{platform}-channel")
    article = page.get_by_role("article", name="Sharewise")
    await article.get_by_role("button", name=label).press("Enter")
    await expect(article).to_contain_text(tells)
    await expect(article).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert len(side.pressed) == 1, "the second Enter did nothing"
    assert await article.evaluate("node => node.contains(document.activeElement)")


async def test_an_answer_of_the_next_question_that_is_called_the_same_has_no_focus(
    page: Page, stage: Stage
) -> None:
    def asked(number: int) -> Payload:
        ways = [button(label, f"answer s1 {number} {label}") for label in ("True", "False")]
        return blocks(section(f"Question {number}"), {"type": "actions", "elements": ways})

    shown = stage.slack.put("slack-channel", asked(1))
    await page.goto("/#asha/slack-channel")
    article = page.get_by_role("article", name="Sharewise")
    await article.get_by_role("button", name="True").focus()
    stage.slack.change(shown, edited=True)
    await expect(article).to_contain_text("edited")
    await expect(article.get_by_role("button", name="True")).to_be_focused()
    stage.slack.change(shown, payload=asked(2))
    await expect(article).to_contain_text("Question 2")
    await expect(article).to_be_focused()


async def test_what_comes_and_what_changes_is_read_out_as_plain_words_and_stays(
    page: Page, stage: Stage
) -> None:
    await page.goto("/#asha/teams-channel")
    await expect(page.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    shown = stage.teams.put("teams-channel", {"type": "message", "text": "**It matters** _most_ of all."})
    told = page.locator("#announcer")
    await expect(told).to_have_text("Sharewise: It matters most of all.")
    stage.teams.change(shown, edited=True)  # nothing in it is new
    await expect(page.get_by_role("article", name="Sharewise")).to_contain_text("edited")
    stage.teams.change(
        shown, payload={"type": "message", "text": "**It matters** _most_ of all.\n\n3 agree."}
    )
    await expect(told.locator("p")).to_have_text(
        ["Sharewise: It matters most of all.", "Sharewise: 3 agree."]
    )


async def test_unsent_words_are_there_again(page: Page, stage: Stage) -> None:
    stage.teams.put("teams-channel", TEAMS_ANSWER)
    await page.goto("/#asha/teams-channel")
    await page.get_by_role("textbox", name="Message").fill("@Sharewise half a")
    await page.get_by_role("button", name="Reply in thread").click()
    await page.get_by_role("textbox", name="Reply in thread").fill("@Sharewise and")
    await page.get_by_text("Bryn Hughes").click()
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    await page.get_by_role("button", name="Personal chat").click()
    await page.get_by_text("Asha Patel").click()
    await page.get_by_role("button", name="General").click()
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("@Sharewise half a")
    await expect(page.get_by_role("textbox", name="Reply in thread")).to_have_value("@Sharewise and")
    await page.reload()
    await page.get_by_role("textbox", name="Message").press("Enter")
    await expect(page.get_by_role("article", name="Asha Patel")).to_contain_text("half a")
    await page.reload()
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("")


async def test_nine_tabs_hear_the_news_and_one_takes_over(browser: Browser, stage: Stage) -> None:
    context = await browser.new_context(base_url=stage.url, locale="en-GB")
    tabs = []
    for _ in range(9):
        tabs.append(await context.new_page())
        await tabs[-1].goto("/#asha/slack-channel")
        await expect(tabs[-1].get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    stage.slack.put("slack-channel", {"text": "first"})
    for tab in tabs:
        await expect(tab.get_by_role("article", name="Sharewise")).to_contain_text("first")
    await tabs.pop(0).close()
    stage.slack.put("slack-channel", {"text": "second"})
    for tab in tabs:
        await expect(tab.get_by_role("article", name="Sharewise").last).to_contain_text("second")
    await context.close()
