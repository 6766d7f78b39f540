"""Files as both platforms show them, with a way to save them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage
from tests.page.samples import SLACK_ANSWER

pytestmark = pytest.mark.asyncio(loop_scope="session")

FILE = {"id": "F000000003", "name": "readiness.csv", "title": "readiness.csv", "size": 4321}
CARD = "application/vnd.microsoft.teams.card.file"


def attached(kind: str, **more: Any) -> dict[str, Any]:
    attachment = {"contentType": f"{CARD}.{kind}", "name": "readiness.csv", **more}
    return {"type": "message", "attachments": [attachment]}


async def test_a_slack_file_stands_below_the_words_and_can_be_saved(page: Page, stage: Stage) -> None:
    await page.route(
        "**/playground/slack/files/F000000003",
        lambda route: route.fulfill(
            body="Factor,Score\n", content_type="text/csv", headers={"Content-Disposition": "attachment"}
        ),
    )
    stage.slack.put("slack-direct", {**SLACK_ANSWER, "files": [FILE]})
    await page.goto("/#asha/slack-direct")
    message = page.get_by_role("article", name="Sharewise")
    await expect(message).to_contain_text("It matters most of all.")
    await expect(message.locator(".file")).to_contain_text("4 KB")
    async with page.expect_download() as download:
        await message.get_by_role("link", name="Download readiness.csv").click()
    assert (await download.value).suggested_filename == "readiness.csv"


async def test_a_slack_file_alone_is_a_message(page: Page, stage: Stage) -> None:
    stage.slack.put("slack-direct", {"files": [FILE]})
    await page.goto("/#asha/slack-direct")
    body = page.get_by_role("article", name="Sharewise").locator(".body")
    await expect(body.get_by_role("link", name="Download readiness.csv")).to_be_visible()


@pytest.mark.parametrize(("button", "answer"), [("Accept", "accept"), ("Decline", "decline")])
async def test_teams_asks_before_a_file_is_saved(page: Page, stage: Stage, button: str, answer: str) -> None:
    asked = {"description": "The figures as a table", "sizeInBytes": 812, "acceptContext": {}}
    stage.teams.put("teams-personal", attached("consent", content=asked))
    await page.goto("/#asha/teams-personal")
    card = page.get_by_role("article", name="Sharewise").locator(".card")
    await expect(card).to_contain_text("The figures as a table")
    await expect(card).to_contain_text("812 bytes")
    async with page.expect_response("**/playground/press"):
        await card.get_by_role("button", name=f"{button} readiness.csv").click()
    assert [element for _, _, element in stage.teams.pressed] == [{"fileConsent": answer}]


async def test_teams_leads_to_a_file_that_was_saved(page: Page, stage: Stage) -> None:
    address = f"{stage.url}/playground/teams/files/a1"
    content = {"uniqueId": "a1", "fileType": "csv"}
    stage.teams.put("teams-personal", attached("info", contentUrl=address, content=content))
    stage.teams.put("teams-personal", attached("info", contentUrl="javascript:alert(1)", content=content))
    await page.goto("/#asha/teams-personal")
    first, second = page.locator(".card").nth(0), page.locator(".card").nth(1)
    await expect(first.get_by_role("link", name="Download readiness.csv")).to_have_attribute("href", address)
    await expect(second.get_by_role("link")).to_have_count(0)
