"""Every kind of message part and card element that goes to Teams, as the page draws it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.page.conftest import Stage
from tests.page.samples import TEAMS_ANSWER, card, execute, text

pytestmark = pytest.mark.asyncio(loop_scope="session")

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


async def drawn(page: Page, stage: Stage, payload: dict[str, Any]) -> Locator:
    """Let Sharewise say ``payload`` to Asha in Teams; returns what the page shows of it."""
    stage.teams.put("teams-personal", payload)
    await page.goto("/#asha/teams-personal")
    body = page.get_by_role("article", name="Sharewise").locator(".body")
    await expect(body).to_be_visible()
    return body


def runs(*inlines: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": list(inlines)}


CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("text", text("a **bold** word"), "strong", "bold"),
    ("heading", text("Shared services", style="heading", size="Medium"), "[role=heading]", "Shared services"),
    ("emphasis", text("it _must_ be"), "em", "must"),
    ("both", text("interest ***must*** be"), "strong em", "must"),
    ("one in the other", text("**bold and *slanted***, plain"), "strong", "bold and slanted"),
    ("list", text("- one\n- two"), "ul li >> nth=1", "two"),
    ("numbers", text("1. one\n2. two"), "ol li >> nth=0", "one"),
    ("link", text("[the deck](https://a.example/x)"), "a", "the deck"),
    ("escapes", text("\\*as it is\\* &lt;b&gt; &#42;"), ".prose", "*as it is* <b> *"),
    ("weight", text("strong", weight="Bolder"), ".weight-bolder", "strong"),
    ("colour", text("mind", color="Attention", isSubtle=True), ".color-attention.subtle", "mind"),
    ("rich text", runs({"type": "TextRun", "text": "**x**", "italic": True}), "em", "**x**"),
    ("container", {"type": "Container", "style": "accent", "items": [text("in")]}, ".style-accent", "in"),
    (
        "columns",
        {
            "type": "ColumnSet",
            "columns": [{"width": "auto", "items": [text("left")]}, {"width": 2, "items": [text("right")]}],
        },
        ".column >> nth=1",
        "right",
    ),
    ("facts", {"type": "FactSet", "facts": [{"title": "Year", "value": "2009"}]}, "dl", "Year\n2009"),
    (
        "table",
        {
            "type": "Table",
            "columns": [{"width": 1}],
            "rows": [
                {"type": "TableRow", "cells": [{"type": "TableCell", "items": [text("Model")]}]},
                {"type": "TableRow", "cells": [{"type": "TableCell", "items": [text("Cluster")]}]},
            ],
        },
        "td",
        "Cluster",
    ),
]


async def test_each_element_is_drawn(page: Page, stage: Stage) -> None:
    for _, element, _, _ in CASES:
        stage.teams.put("teams-personal", card(element))
    await page.goto("/#asha/teams-personal")
    await expect(page.get_by_role("article")).to_have_count(len(CASES))
    for at, (name, _, where, shown) in enumerate(CASES):
        body = page.get_by_role("article").nth(at).locator(".body")
        await expect(body.locator(where), name).to_have_text(shown, use_inner_text=True)
    await expect(page.locator(".undrawable")).to_have_count(0)


async def test_pictures_and_what_is_not_visible(page: Page, stage: Stage) -> None:
    hidden = text("not for now", isVisible=False)
    body = await drawn(page, stage, card({"type": "Image", "url": PIXEL, "altText": "Bar chart"}, hidden))
    await expect(body.get_by_alt_text("Bar chart")).to_be_attached()
    await expect(body).not_to_contain_text("not for now")


async def test_a_button_unfolds_and_folds_a_part_of_its_card(page: Page, stage: Stage) -> None:
    fold = {"type": "Action.ToggleVisibility", "title": "In practice", "targetElements": ["practice-x"]}
    hidden = {"type": "Container", "id": "practice-x", "isVisible": False, "items": [text("Begin with two.")]}
    body = await drawn(page, stage, card({"type": "ActionSet", "actions": [fold]}, hidden))
    button, part = body.get_by_role("button", name="In practice"), body.get_by_text("Begin with two.")
    await expect(part).to_be_hidden()
    await button.click()
    await expect(part).to_be_visible()
    await expect(button).to_have_attribute("aria-expanded", "true")
    await button.click()
    await expect(part).to_be_hidden()
    assert stage.teams.pressed == []


async def test_actions_press_their_own_json(page: Page, stage: Stage) -> None:
    stage.teams.toast = "Got it."
    say = execute("Tell me why", "why x")
    submit = {"type": "Action.Submit", "title": "All lessons", "data": {"says": "lessons"}}
    opens = {"type": "Action.OpenUrl", "title": "Read it", "url": "https://a.example/deck"}
    body = await drawn(page, stage, card({"type": "ActionSet", "actions": [say]}, actions=[submit, opens]))
    for title in ("Tell me why", "All lessons"):
        async with page.expect_response("**/playground/press"):
            await body.get_by_role("button", name=title).click()
    assert [pressed[2] for pressed in stage.teams.pressed] == [say, submit]
    await expect(page.get_by_role("status").filter(has_text="Got it.")).to_be_visible()
    await expect(body.get_by_role("link", name="Read it")).to_have_attribute("href", "https://a.example/deck")


async def test_citations_stand_in_the_text_and_below_it(page: Page, stage: Stage) -> None:
    body = await drawn(page, stage, TEAMS_ANSWER)
    await expect(body.locator("sup")).to_have_text("1")
    await body.get_by_text("1 reference").click()
    await expect(body.get_by_role("listitem").filter(has_text="Critical Success Factors")).to_be_visible()
    await expect(body.get_by_text("Political and CEO buy-in from the outset.")).to_be_visible()


async def test_brackets_without_a_citation_stay_brackets(page: Page, stage: Stage) -> None:
    body = await drawn(page, stage, {"type": "message", "text": "see [7]"})
    await expect(body).to_have_text("see [7]")


async def test_native_feedback(page: Page, stage: Stage) -> None:
    body = await drawn(page, stage, TEAMS_ANSWER)
    async with page.expect_response("**/playground/press"):
        await body.get_by_role("button", name="Dislike").click()
    assert [pressed[2] for pressed in stage.teams.pressed] == [{"reaction": "dislike"}]
    stage.teams.change(stage.teams.messages("teams-personal", "asha")[0], reaction="down")
    await expect(body.get_by_role("button", name="Dislike")).to_have_attribute("aria-pressed", "true")


async def test_an_update_replaces_the_card(page: Page, stage: Stage) -> None:
    body = await drawn(page, stage, card(text("7 answered")))
    [message] = stage.teams.messages("teams-personal", "asha")
    stage.teams.change(message, payload=card(text("8 answered")), edited=True)
    await expect(body).to_have_text("8 answered")
    await expect(page.get_by_role("article", name="Sharewise")).to_contain_text("edited")


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (card({"type": "Media"}), "The playground can't draw Media."),
        (card({"type": "toString"}), "The playground can't draw toString."),
        (
            card(actions=[{"type": "Action.ShowCard", "title": "x"}]),
            "The playground can't draw Action.ShowCard.",
        ),
        (
            {"type": "message", "attachments": [{"contentType": "application/vnd.other", "content": {}}]},
            "The playground can't draw application/vnd.other.",
        ),
        (card({"type": "FactSet"}), "The playground can't draw this message, whose payload breaks the"),
    ],
)
async def test_what_cannot_be_drawn_is_said(
    page: Page, stage: Stage, payload: dict[str, Any], words: str
) -> None:
    body = await drawn(page, stage, payload)
    await expect(body).to_contain_text(words)


async def test_a_fallback_is_drawn_beside_that(page: Page, stage: Stage) -> None:
    body = await drawn(page, stage, card({"type": "Chart.Gauge", "fallback": text("66 of 100")}))
    await expect(body).to_contain_text("The playground can't draw Chart.Gauge.")
    await expect(body).to_contain_text("66 of 100")


@pytest.mark.parametrize(
    "words",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "[press](javascript:alert(1))",
        "**_`[" * 300,
    ],
)
async def test_hostile_text_stays_text(page: Page, stage: Stage, words: str) -> None:
    facts = {"type": "FactSet", "facts": [{"title": words, "value": words}]}
    run = runs({"type": "TextRun", "text": words})
    button = {"type": "Action.OpenUrl", "title": words, "url": "javascript:alert(1)"}
    stage.teams.put("teams-personal", {"text": words}, author="asha", text=words)
    body = await drawn(page, stage, {"text": words, **card(text(words), facts, run, actions=[button])})
    await expect(body.locator("p.size-default")).to_have_text(words)
    for tag in ("img", "script", "a[href^='javascript']"):
        await expect(page.locator(f".body {tag}")).to_have_count(0)


async def test_paragraphs_of_a_quotation_stay_apart(page: Page, stage: Stage) -> None:
    body = await drawn(page, stage, card(runs({"type": "TextRun", "text": "one\n\ntwo", "italic": True})))
    assert await body.locator("em").inner_text() == "one\n\ntwo"
