"""The playground's clock in the side of the page, which people can move forward."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from tests.page.conftest import Stage, staged, watched
from tests.page.samples import SLACK_ANSWER

pytestmark = pytest.mark.asyncio(loop_scope="session")


BEGIN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class FakeClock:
    """A clock at which ``due`` is called every week."""

    def __init__(self) -> None:
        self.time = BEGIN
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.asked = asyncio.Event()
        self.due: Callable[[], object] = lambda: None

    def now(self) -> datetime:
        return self.time

    async def forward(self, by: timedelta) -> int:
        self.asked.set()
        await self.go_on.wait()
        weeks = (self.time - BEGIN).days // 7
        self.time += by
        fell = (self.time - BEGIN).days // 7 > weeks
        if fell:
            self.due()
        return int(fell)


async def test_without_a_clock_there_is_no_control(page: Page, stage: Stage) -> None:
    async with page.expect_response("**/playground/clock"):
        await page.goto("/")
    await expect(page.get_by_role("region", name="Time")).to_be_hidden()
    async with (
        aiohttp.ClientSession(stage.url) as web,
        web.post("/playground/clock", json={"days": 1}) as answer,
    ):
        assert answer.status == 404


async def test_time_is_moved_by_a_press(browser: Browser) -> None:
    clock = FakeClock()
    async with staged(clock) as stage, watched(browser, stage.url) as page:
        clock.due = lambda: stage.slack.put("slack-channel", SLACK_ANSWER, at=clock.time.timestamp())
        await page.goto("/#asha/slack-channel")
        control = page.get_by_role("region", name="Time")
        await expect(control).to_contain_text("Tue, 24 Nov 2026")
        await control.get_by_role("button", name="+1 week").click()
        await expect(control).to_contain_text("Tue, 1 Dec 2026")
        await expect(page.get_by_text("Sharewise sent 1 message.")).to_be_visible()
        await control.get_by_role("button", name="+1 day").click()
        await expect(page.get_by_text("Nothing fell due.")).to_be_visible()
        put, clock.due = clock.due, lambda: None
        await control.get_by_role("button", name="+1 week").click()
        await expect(page.get_by_text("What fell due needed no new message.")).to_be_visible()
        clock.due = put
        await control.get_by_role("button", name="+1 month").click()
        await expect(page.get_by_text("Sharewise sent 4 messages.")).to_be_visible()
        await expect(control).to_contain_text("Fri, 8 Jan 2027")
        clock.go_on.clear()
        await control.get_by_role("button", name="+1 day").click()
        await expect(control.get_by_role("button", name="+1 day")).to_have_attribute("aria-disabled", "true")
        await control.get_by_role("button", name="+1 day").click(force=True)  # a second press does nothing
        clock.go_on.set()
        await expect(control).to_contain_text("Sat, 9 Jan 2027")


async def test_messages_stand_under_their_days(browser: Browser) -> None:
    clock = FakeClock()
    async with staged(clock) as stage, watched(browser, stage.url) as page:
        stage.slack.put("slack-channel", SLACK_ANSWER, at=BEGIN.timestamp())
        clock.due = lambda: stage.slack.put("slack-channel", SLACK_ANSWER, at=clock.time.timestamp())
        await page.goto("/#asha/slack-channel")
        messages, days = page.get_by_role("article"), page.locator(".day")
        await expect(messages).to_have_attribute("aria-label", "Sharewise, 09:30")
        await expect(days).to_have_count(0)  # all is of today
        await page.get_by_role("button", name="+1 week").click()
        await expect(days).to_have_text(["Tuesday 24 November", "Today"])
        await expect(messages.first).to_have_attribute("aria-label", "Sharewise, 24 Nov, 09:30")
        await expect(messages.last).to_have_attribute("aria-label", "Sharewise, 09:30")
        for step in ("+1 month", "+1 day"):  # into the next year
            await page.get_by_role("button", name=step).click()
            await expect(page.get_by_role("button", name=step)).to_have_attribute("aria-disabled", "false")
        await expect(days.first).to_have_text("Tuesday, 24 November 2026")
        await expect(days.last).to_have_text("Tuesday, 29 December 2026")


async def test_each_open_page_tells_the_day_that_it_is_now(browser: Browser) -> None:
    clock = FakeClock()
    async with (
        staged(clock) as stage,
        watched(browser, stage.url) as moving,
        watched(browser, stage.url) as other,
    ):
        stage.slack.put("slack-channel", SLACK_ANSWER, at=BEGIN.timestamp())
        for page in (moving, other):
            await page.goto("/#asha/slack-channel")
            await expect(page.get_by_role("article")).to_have_attribute("aria-label", "Sharewise, 09:30")
        await moving.get_by_role("button", name="+1 day").click()
        for page in (moving, other):
            await expect(page.get_by_role("region", name="Time")).to_contain_text("Wed, 25 Nov 2026")
            await expect(page.locator(".day")).to_have_text(["Tuesday 24 November"])
            await expect(page.get_by_role("article")).to_have_attribute(
                "aria-label", "Sharewise, 24 Nov, 09:30"
            )


async def test_time_moves_once_at_a_time() -> None:
    clock = FakeClock()
    clock.go_on.clear()
    async with staged(clock) as stage, aiohttp.ClientSession(stage.url) as web:
        first = asyncio.create_task(web.post("/playground/clock", json={"days": 1}))
        await clock.asked.wait()
        async with web.post("/playground/clock", json={"days": 1}) as second:
            assert second.status == 409
            assert (await second.json())["error"] == "Time is moving already. Give it a moment."
        clock.go_on.set()
        async with await first as answer:
            assert answer.status == 200
    assert clock.time == BEGIN + timedelta(days=1)


@pytest.mark.parametrize("days", [0, -1, 367, "7", 1.5, None])
async def test_other_steps_are_refused(days: object) -> None:
    clock = FakeClock()
    async with (
        staged(clock) as stage,
        aiohttp.ClientSession(stage.url) as web,
        web.post("/playground/clock", json={"days": days}) as answer,
    ):
        assert answer.status == 400
        assert "days" in (await answer.json())["error"]
    assert clock.time.day == 24
