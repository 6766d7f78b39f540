"""Reminders and pulses over the whole of Sharewise, as an advisor and those who receive them see them."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.app.web import Server
from bot.settings import Settings
from dialogs.wording import drafts as drafting_words
from dialogs.wording import reminders as words
from dialogs.wording import reports
from playground.stage import CROWD
from tests.harness.http import free_port
from tests.harness.knowledge import own_knowledge
from tests.page.test_whole import answers, ask, page

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["page"]

BEGIN = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
"""A Monday, with no day off in the weeks that follow."""
QUESTION = "How firmly is the leadership behind this today?"
BRIEF = "Brief members on progress"
MONTH = 120_000
"""Milliseconds that a month may take in which much falls due."""
EVERYONE = ", ".join(f"@{person.key}" for person in CROWD)


@pytest_asyncio.fixture(loop_scope="session")
async def url(redis_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a Sharewise in which it is ``BEGIN``."""
    server = Server(Settings(port=free_port(), data_dir=tmp_path), own_knowledge(), redis_url)
    server.service.clock.ahead = BEGIN - datetime.now(UTC)
    await server.start(sweep=True)
    yield server.url
    await server.stop()


def feed(page: Page) -> Locator:
    return page.locator("#feed")


async def press(page: Page, label: str) -> None:
    """Press the newest button with this label in the conversation."""
    await feed(page).get_by_role("button", name=label, exact=True).last.click()


async def move(page: Page, step: str) -> None:
    """Move time, and wait until all that falls due has come."""
    await page.get_by_role("button", name=step).click()
    await expect(page.get_by_role("button", name=step)).to_have_attribute(
        "aria-disabled", "false", timeout=MONTH
    )


async def shot(page: Page, name: str) -> None:
    """Keep a picture of the page for whoever wants to look at it, in the folder ``SCREENSHOTS``."""
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=f"{folder}/{name}.png")


async def start_a_pulse_and_a_reminder(page: Page, whom: str) -> None:
    """As the advisor: the pulse by typing alone, the reminder by a form."""
    await ask(page, f"list the steering group: {whom}")
    await expect(feed(page)).to_contain_text("Kept.")
    await ask(page, "pulse the steering group every Friday at 10:00 on buy-in")
    await expect(answers(page).last).to_contain_text("Every Friday at 10:00")
    await press(page, drafting_words.START)
    await expect(feed(page)).to_contain_text("“buy-in” is set up")
    await ask(page, "remind the steering group")
    await press(page, drafting_words.FILL_IN)
    form = page.get_by_role("dialog")
    await form.get_by_label(drafting_words.FORM_WHAT["remind"]).fill(BRIEF)
    await form.get_by_label(drafting_words.FORM_WHEN).fill("every Tuesday at 9:30")
    await shot(page, "form")
    await form.get_by_role("button", name=drafting_words.FORM_SUBMIT).click()
    await expect(answers(page).last).to_contain_text("Every Tuesday at 09:30")
    await press(page, drafting_words.START)
    await expect(feed(page)).to_contain_text(f"“{BRIEF}” is set up")


async def test_a_month_of_reminders_and_pulses_in_slack(page: Page) -> None:
    await page.goto("/#cleo/slack-direct")
    await start_a_pulse_and_a_reminder(page, f"@asha, {EVERYONE}")
    await move(page, "+1 week")
    await expect(page.get_by_text("colleagues dealt with")).to_be_visible()

    # Asha does what she was reminded of, and answers the pulse with a comment.
    await page.goto("/#asha/slack-direct")
    await expect(answers(page)).to_have_count(2)
    await expect(page.locator(".day")).to_have_text(["Tuesday 2 February", "Friday 5 February"])
    await press(page, words.DONE)
    await expect(answers(page).first).to_contain_text(words.DONE_NOTE)
    await press(page, words.COMMENT)
    form = page.get_by_role("dialog")
    await form.get_by_label(words.COMMENT_FIELD).fill("Our leader said so at the last council.")
    await form.get_by_role("button", name=words.COMMENT_SUBMIT).click()
    await expect(form).to_be_hidden()
    await expect(feed(page)).to_contain_text(words.COMMENT_NOTE)
    await press(page, "5")
    await expect(answers(page).filter(has_text=QUESTION)).to_contain_text(words.ANSWERED_ANONYMOUS)
    await shot(page, "asha")

    # She puts the next reminder off, and it comes back by itself.
    await move(page, "+1 week")
    await press(page, words.TOMORROW)
    await expect(feed(page)).to_contain_text("I'll bring it back on Tue 16 February 2027 at 09:00.")
    reminders = answers(page).filter(has_text=BRIEF)
    await expect(reminders).to_have_count(2)
    await move(page, "+1 day")
    await expect(reminders).to_have_count(2)
    await move(page, "+1 day")
    await expect(reminders).to_have_count(4)  # it is Wednesday: yesterday's came too

    # The advisor sees what became of it, and who said what of a pulse as far as all may.
    await move(page, "+1 month")
    await page.goto("/#cleo/slack-direct")
    wrap = answers(page).filter(has_text="What became of “buy-in”, the one of Fri 5 Feb")
    await expect(wrap).to_contain_text("On average")
    await expect(wrap).to_contain_text("Our leader said so at the last council.")
    digest = answers(page).filter(has_text="Your week of reminders and pulses").last
    await digest.get_by_role("button", name=f"{reports.REPORT_BUTTON}: {BRIEF}").click()
    report = answers(page).last
    picture = report.get_by_role("img", name=reports.CHART)
    await expect(picture).to_be_visible()
    await expect(report).to_contain_text("21 recipients")
    await expect(picture).to_have_attribute("alt", re.compile(reports.STATES["acknowledged"]))
    await shot(page, "report")

    # She nudges those who are silent; Asha is one of them.
    await report.get_by_role("button", name="Nudge the").click()
    await expect(feed(page)).to_contain_text("Nudging")
    await page.goto("/#asha/slack-direct")
    await expect(answers(page).last).to_contain_text("Again, since I haven't heard from you:")

    # The pulse has cooled.
    await page.goto("/#cleo/slack-direct")
    alert = (
        answers(page)
        .filter(has_text=re.compile("Buy-in (stands at|fell from)"))
        .filter(has_text="What became of")
        .last
    )
    await expect(alert).to_contain_text("The deck: Buy-in comes first")
    await expect(alert.get_by_role("button", name=reports.REMIND_BUTTON.format(title=""))).to_be_visible()
    await alert.get_by_role("button", name=reports.TREND_BUTTON).click()
    await expect(answers(page).last.get_by_role("img", name="from 1 to 5")).to_be_visible()
    await shot(page, "trend")


async def test_a_pulse_and_a_reminder_in_teams(page: Page) -> None:
    await page.goto("/#bryn/teams-personal")
    await expect(answers(page)).to_have_count(1)  # he is welcomed, and can be written to from now on
    await page.goto("/#cleo/teams-personal")
    await expect(answers(page)).to_have_count(1)
    await start_a_pulse_and_a_reminder(page, "@bryn, @kezia, @liam, @mina, @nia")
    await move(page, "+1 week")
    await page.goto("/#bryn/teams-personal")
    await expect(answers(page)).to_have_count(3)
    await press(page, words.DONE)
    await expect(feed(page)).to_contain_text(words.DONE_NOTE)
    await press(page, words.COMMENT)
    form = page.get_by_role("dialog")
    await form.get_by_label(words.COMMENT_FIELD).fill("Ask me again in the spring.")
    await form.get_by_role("button", name=words.COMMENT_SUBMIT).click()
    await expect(form).to_contain_text(words.COMMENT_NOTE)
    await form.get_by_role("button", name="Close").click()
    await press(page, "2")
    await expect(answers(page).filter(has_text=QUESTION)).to_contain_text(words.ANSWERED_ANONYMOUS)
    await shot(page, "bryn")
    await move(page, "+1 month")
    await page.goto("/#cleo/teams-personal")
    wrap = answers(page).filter(has_text="What became of “buy-in”, the one of Fri 5 Feb")
    await expect(wrap).to_contain_text("Ask me again in the spring.")
    await press(page, reports.TREND_BUTTON)
    await expect(answers(page).last.get_by_role("img", name="from 1 to 5")).to_be_visible()
    await shot(page, "trend-teams")
    await expect(page.locator(".undrawable")).to_have_count(0)
