"""The mailbox of those who are in neither chat: a mail comes, and its link leads to a page that acts."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.page.test_accessibility import found
from tests.page.test_reminders import move, press, shot, url
from tests.page.test_whole import Page, ask, page

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["page", "url"]

PHONE = {"width": 390, "height": 844}


async def test_a_pulse_by_mail_is_answered_at_phone_width(page: Page) -> None:
    await page.goto("/#cleo/slack-direct")
    way = page.get_by_role("link", name="Mailbox")
    await expect(way).to_contain_text("0 mails")
    await ask(page, "pulse leader@anyshire.gov.uk and ce@anyshire.gov.uk today at 10:30 on buy-in")
    await expect(page.locator("#feed")).to_contain_text("leader@anyshire.gov.uk, ce@anyshire.gov.uk")
    await press(page, "Start")
    await expect(page.locator("#feed")).to_contain_text("2 people by mail")
    await move(page, "+1 day")
    await expect(way).to_contain_text("2 mails")

    async with page.expect_popup() as opened:
        await way.click()
    mailbox = await opened.value
    await mailbox.set_viewport_size(PHONE)
    mail = mailbox.get_by_role("article").filter(has_text="To leader@anyshire.gov.uk")
    await expect(mail).to_contain_text(re.compile(r"One question, Mon \d+ \w{3}: buy-in"))
    await shot(mailbox, "mailbox-390")
    assert await fits(mailbox)
    assert await found(mailbox) == []
    await mail.get_by_role("link", name="Answer 4").click()
    await expect(mailbox.get_by_role("heading", level=1)).to_have_text("Answer 4")
    await shot(mailbox, "mail-page-390")
    assert await fits(mailbox)
    assert await found(mailbox) == []
    await mailbox.keyboard.press("Tab")
    await mailbox.keyboard.press("Enter")
    await expect(mailbox.get_by_role("main")).to_contain_text("Nobody learns that it is yours")
    await mailbox.get_by_role("button", name="Add a comment").click()
    await mailbox.get_by_label("What would you like to add?").fill("We'd like to see the figures first.")
    await shot(mailbox, "mail-comment-390")
    assert await found(mailbox) == []
    await mailbox.get_by_role("button", name="Send").click()
    await expect(mailbox.get_by_role("main")).to_contain_text("your comment is kept")
    await mailbox.get_by_role("link", name="What Sharewise keeps about you").click()
    await mailbox.get_by_role("button", name="What Sharewise keeps about you").click()
    await expect(mailbox.get_by_role("main")).to_contain_text("comes by mail to le…@anyshire.gov.uk")
    await expect(way).to_contain_text("3 mails")
    await mailbox.set_viewport_size({"width": 320, "height": 700})
    assert await fits(mailbox)
    assert await found(mailbox) == []


async def fits(page: Page) -> bool:
    """Whether nothing of the page lies beyond its width."""
    fitting: bool = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return fitting
