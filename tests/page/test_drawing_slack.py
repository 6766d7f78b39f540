"""Every kind of block and element that goes to Slack, as the page draws it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.page.conftest import Stage
from tests.page.samples import SLACK_ANSWER, THUMBS, blocks, button, mrkdwn, plain

pytestmark = pytest.mark.asyncio(loop_scope="session")

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


async def drawn(page: Page, stage: Stage, payload: dict[str, Any]) -> Locator:
    """Let Sharewise say ``payload`` to Asha in Slack; returns what the page shows of it."""
    stage.slack.put("slack-direct", payload)
    await page.goto("/#asha/slack-direct")
    body = page.get_by_role("article", name="Sharewise").locator(".body")
    await expect(body).to_be_visible()
    return body


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def words(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, "style": style} if style else {"type": "text", "text": text}


CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("header", {"type": "header", "text": plain("Shared services")}, "h2", "Shared services"),
    ("section", {"type": "section", "text": mrkdwn("a *bold* word")}, "strong", "bold"),
    ("bold in italic", {"type": "section", "text": mrkdwn("interest _*must*_ be")}, "em strong", "must"),
    ("fields", {"type": "section", "fields": [mrkdwn("*Year*\n2009")]}, ".fields", "Year\n2009"),
    ("plain section", {"type": "section", "text": plain("*as it is*")}, ".section", "*as it is*"),
    ("context", {"type": "context", "elements": [mrkdwn("_2009 deck_")]}, ".context em", "2009 deck"),
    ("quote", {"type": "section", "text": mrkdwn("&gt; said once\nafter")}, "blockquote", "said once"),
    ("link", {"type": "section", "text": mrkdwn("<https://a.example/x|the deck>")}, "a", "the deck"),
    ("person", {"type": "section", "text": mrkdwn("ask <@U0BRYN>")}, ".mention", "@Bryn Hughes"),
    ("code", {"type": "section", "text": mrkdwn("type `help`")}, "code", "help"),
    ("struck", {"type": "section", "text": mrkdwn("~gone~")}, "s", "gone"),
    ("entities", {"type": "section", "text": mrkdwn("R&amp;D &lt;b&gt;")}, ".section", "R&D <b>"),
    ("markdown", {"type": "markdown", "text": "# Top\n\n- **one**\n- two"}, "li strong", "one"),
    (
        "rich text",
        rich({"type": "rich_text_section", "elements": [words("loud", bold=True)]}),
        "strong",
        "loud",
    ),
    (
        "rich quote",
        rich({"type": "rich_text_quote", "elements": [words("<b>mine</b>")]}),
        "blockquote",
        "<b>mine</b>",
    ),
    (
        "rich list",
        rich(
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [{"type": "rich_text_section", "elements": [words("first")]}],
            }
        ),
        "ol li",
        "first",
    ),
    ("preformatted", rich({"type": "rich_text_preformatted", "elements": [words("a  b")]}), "pre", "a b"),
]


async def test_each_block_is_drawn(page: Page, stage: Stage) -> None:
    for _, block, _, _ in CASES:
        stage.slack.put("slack-direct", blocks(block))
    await page.goto("/#asha/slack-direct")
    await expect(page.get_by_role("article")).to_have_count(len(CASES))
    for at, (name, _, where, shown) in enumerate(CASES):
        body = page.get_by_role("article").nth(at).locator(".body")
        await expect(body.locator(where), name).to_have_text(shown, use_inner_text=True)
    await expect(page.locator(".undrawable")).to_have_count(0)


async def test_divider_and_pictures(page: Page, stage: Stage) -> None:
    image = {
        "type": "image",
        "image_url": PIXEL,
        "alt_text": "Bar chart of answers",
        "title": plain("Answers"),
    }
    body = await drawn(page, stage, blocks({"type": "divider"}, image))
    await expect(body.locator("hr")).to_be_visible()
    await expect(body.get_by_alt_text("Bar chart of answers")).to_be_attached()
    await expect(body.get_by_text("Answers", exact=True)).to_be_visible()


async def test_a_picture_from_elsewhere_is_named_instead(page: Page, stage: Stage) -> None:
    image = {"type": "image", "image_url": "/nowhere.png", "alt_text": "Bar chart"}
    body = await drawn(page, stage, blocks(image))
    await expect(body).to_contain_text("Picture: Bar chart")


async def test_buttons_press_their_own_json(page: Page, stage: Stage) -> None:
    why, erase = (
        button("Tell me why", "why factor-buy-in", style="primary"),
        button("Erase", "x", style="danger"),
    )
    show = button("Show", "show models")
    section = {"type": "section", "text": mrkdwn("More"), "accessory": show}
    body = await drawn(page, stage, blocks({"type": "actions", "elements": [why, erase]}, section))
    for element in (why, erase, show):
        async with page.expect_response("**/playground/press"):
            await body.get_by_role("button", name=element["text"]["text"]).click()
    assert [pressed[2] for pressed in stage.slack.pressed] == [why, erase, show]


async def test_a_link_button_opens_beside_the_page(page: Page, stage: Stage) -> None:
    opens = button("Read it", "x", url="https://a.example/deck")
    body = await drawn(page, stage, blocks({"type": "actions", "elements": [opens]}))
    await expect(body.get_by_role("link", name="Read it")).to_have_attribute("href", "https://a.example/deck")
    await expect(body.get_by_role("link", name="Read it")).to_have_attribute("rel", "noopener noreferrer")


async def test_native_feedback_is_pressed_and_shows_what_was_pressed(page: Page, stage: Stage) -> None:
    stage.slack.toast = "Thanks, noted."
    body = await drawn(page, stage, blocks(THUMBS))
    up = body.get_by_role("button", name="Helpful", exact=True)
    await expect(up).to_have_attribute("aria-pressed", "false")
    await up.click()
    await expect(page.get_by_role("status").filter(has_text="Thanks, noted.")).to_be_visible()
    [(person, message, element)] = stage.slack.pressed
    assert (person, element["type"], element["value"]) == ("asha", "feedback_buttons", "helpful")
    [answer] = stage.slack.messages("slack-direct", "asha")
    assert message == answer.id
    stage.slack.change(answer, reaction="up")
    await expect(up).to_have_attribute("aria-pressed", "true")
    await expect(up).to_be_focused()


async def test_a_private_message_says_so_and_only_to_its_reader(page: Page, stage: Stage) -> None:
    stage.slack.put(
        "slack-channel", blocks({"type": "section", "text": mrkdwn("Your data")}), only_for="asha"
    )
    await page.goto("/#asha/slack-channel")
    await expect(page.get_by_role("article", name="Sharewise")).to_contain_text("Only you see this")
    await page.get_by_text("Bryn Hughes").click()
    await expect(page.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(0)


async def test_without_blocks_the_text_is_drawn(page: Page, stage: Stage) -> None:
    body = await drawn(page, stage, {"channel": "D0", "text": "only *text*"})
    await expect(body.locator("strong")).to_have_text("text")


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (blocks({"type": "carousel", "elements": []}), "The playground can't draw carousel."),
        (blocks({"type": "constructor"}), "The playground can't draw constructor."),
        (blocks({"no": "type"}), "The playground can't draw a thing without a type."),
        (
            blocks({"type": "actions", "elements": [{"type": "datepicker", "action_id": "d"}]}),
            "The playground can't draw datepicker.",
        ),
        (
            blocks(rich({"type": "rich_text_table", "elements": []})),
            "The playground can't draw rich_text_table.",
        ),
        (blocks({"type": "header"}), "The playground can't draw this message, whose payload breaks the"),
    ],
)
async def test_what_cannot_be_drawn_is_said(
    page: Page, stage: Stage, payload: dict[str, Any], words: str
) -> None:
    body = await drawn(page, stage, payload)
    await expect(body).to_contain_text(words)


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "&lt;b&gt;not bold&lt;/b&gt;",
    "<javascript:alert(1)|press me>",
    "*_~`<@U0BRYN|<!channel>>`~_*" * 20,
    "\u202eright to left\u202c \u200b\u200d",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_stays_text(page: Page, stage: Stage, text: str) -> None:
    everywhere = blocks(
        {"type": "header", "text": plain(text)},
        {"type": "section", "text": mrkdwn(text), "fields": [plain(text)]},
        {"type": "context", "elements": [mrkdwn(text)]},
        {"type": "markdown", "text": text},
        {"type": "actions", "elements": [button(text, text)]},
        rich(
            {
                "type": "rich_text_quote",
                "elements": [words(text), {"type": "link", "url": text, "text": text}],
            }
        ),
    )
    stage.slack.put("slack-direct", {"text": text}, author="asha", text=text)
    body = await drawn(page, stage, everywhere)
    await expect(body.locator("h2")).to_have_text(text)
    for tag in ("img", "script", "b", "a[href^='javascript']"):
        await expect(page.locator(f".body {tag}")).to_have_count(0)


async def test_a_whole_answer_reads_from_top_to_bottom(page: Page, stage: Stage) -> None:
    body = await drawn(page, stage, SLACK_ANSWER)
    text = await body.inner_text()
    parts = [
        "It matters most of all.",
        "Critical Success Factors",
        "In practice",
        "Ask yourselves",
        "Tell me why",
    ]
    assert sorted(parts, key=text.index) == parts
