"""The playground's clock in the side of the page, which people can move forward."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from tests.page.conftest import Stage, staged, watched

pytestmark = pytest.mark.asyncio(loop_scope="session")


class FakeClock:
    """A clock at which two sends fall due every week."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
        self.go_on = asyncio.Event()
        self.go_on.set()

    def now(self) -> datetime:
        return self.time

    async def forward(self, days: int) -> int:
        await self.go_on.wait()
        self.time += timedelta(days=days)
        return days // 7 * 2


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
        await page.goto("/")
        control = page.get_by_role("region", name="Time")
        await expect(control).to_contain_text("Tue, 24 November 2026")
        await control.get_by_role("button", name="+1 week").click()
        await expect(control).to_contain_text("Tue, 1 December 2026")
        await expect(page.get_by_text("2 messages fell due.")).to_be_visible()
        await control.get_by_role("button", name="+1 day").click()
        await expect(page.get_by_text("No messages fell due.")).to_be_visible()
        await control.get_by_role("button", name="+1 month").click()
        await expect(control).to_contain_text("Fri, 1 January 2027")
        clock.go_on.clear()
        await control.get_by_role("button", name="+1 day").click()
        await expect(control.get_by_role("button", name="+1 day")).to_have_attribute("aria-disabled", "true")
        await control.get_by_role("button", name="+1 day").click(force=True)  # a second press does nothing
        clock.go_on.set()
        await expect(control).to_contain_text("Sat, 2 January 2027")


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
