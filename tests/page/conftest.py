"""The real page, served by the real web application over two fake platforms, in a real browser."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.app.loopback import loopback_only
from playground.app import Playground
from playground.crowd_duties import CrowdClock
from tests.components import need
from tests.page.stand_in import FakePlatform


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs a browser is run by `make test-page`."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.page)


FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
"""Milliseconds that the browser is waited for; it may share two processors with much else."""
expect.set_options(timeout=PATIENCE)
STARTERS = ("do we need the leader on board from the start?", "how many partners is best?", "help")


@dataclass
class Stage:
    """The two platforms behind a served page, and its address."""

    slack: FakePlatform
    teams: FakePlatform
    url: str
    stop: Callable[[], Awaitable[None]]
    """Stop the server, as Ctrl-C does."""


@asynccontextmanager
async def staged(clock: CrowdClock | None = None, over: float = 0.3) -> AsyncIterator[Stage]:
    """The page over two fakes; the colleagues answer within ``over`` seconds."""
    slack, teams = FakePlatform(), FakePlatform()
    playground = Playground(slack, teams, STARTERS, clock=clock, random=Random(7), over=over)
    app = web.Application(middlewares=[loopback_only])
    app.add_routes(playground.routes())
    app.on_shutdown.append(playground.stop)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield Stage(slack, teams, f"http://127.0.0.1:{port}", runner.cleanup)
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is: ``CHROMIUM``, or the one on the path."""
    return os.environ.get("CHROMIUM") or need("chromium", "chromium-browser", "google-chrome")


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def watched(browser: Browser, url: str) -> AsyncIterator[Page]:
    """A page of a desktop's size at ``url``; afterwards, no error of ours may have been reported in it."""
    faults: list[str] = []
    page = await browser.new_page(
        base_url=url,
        viewport={"width": 1200, "height": 800},
        locale="en-GB",
        timezone_id="Europe/London",
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.set_default_timeout(PATIENCE)
    yield page
    await page.close()
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, stage: Stage) -> AsyncIterator[Page]:
    """A page over the fake platforms."""
    async with watched(browser, stage.url) as page:
        yield page
