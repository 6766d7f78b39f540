"""Teams' dialogs as our renderer makes them, through the stand-in, on the page and by the colleagues."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from bot.app.loopback import loopback_only
from bot.platforms.teams import forms as renderer
from bot.platforms.teams import render
from dialogs.core.forms import Audience, Form, Option, SelectField, TextEntry
from dialogs.core.replies import Choice, Choices, Progress, Reply, Text
from playground.app import Playground
from playground.connector import TeamsStandIn
from playground.stage import TEAMS_TENANT
from playground.teams_activities import CHANNEL
from tests.harness.http import free_port
from tests.page import forms
from tests.page.conftest import watched
from tests.page.stand_in import FakePlatform

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCALE = tuple(Option(label, value) for label, value in zip(forms.SCALE, forms.VALUES, strict=True))
PURPOSE = TextEntry("purpose", "In one sentence: why are you doing this?", longest=60)
FIRST = Form(
    "readiness page K7QM 1",
    "Readiness check",
    (Progress(1, 2), *(SelectField(f"s{at}", label, SCALE) for at, label in enumerate(forms.BUY_IN))),
    submit="Next",
)
SECOND = Form(
    "readiness page K7QM 2",
    "Readiness check",
    (Text("Almost **done**."), PURPOSE, Audience("who", "Who else should answer?", optional=True)),
    submit="Done",
    back=Choice("Back", "readiness back K7QM 1"),
)
CARD = Reply((Text("A check"), Choices((Choice("Take part", "readiness part K7QM", opens=True),))))


@dataclass
class Bot:
    """Answers dialogs with the two pages; a purpose of a single word is refused."""

    kept: list[dict[str, Any]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        activity = await request.json()
        data = activity.get("value", {}).get("data", {})
        page, errors = FIRST, dict[str, str]()
        if activity.get("name") == "task/submit" and "form" in data:
            values = renderer.values(data, TEAMS_TENANT)
            if data["says"] == SECOND.says and " " in values["purpose"]:
                self.kept.append(values)
                return web.json_response({})
            page = renderer.filled(SECOND, values)
            errors = {"purpose": "A few more words, please."} if data["says"] == SECOND.says else {}
        elif activity.get("type") != "invoke":
            return web.json_response({})
        value = renderer.dialog(page, TEAMS_TENANT, errors)
        return web.json_response({"task": {"type": "continue", "value": value}})


@dataclass
class Place:
    url: str
    bot: Bot
    teams: TeamsStandIn


@pytest_asyncio.fixture(loop_scope="session")
async def place() -> AsyncIterator[Place]:
    port, bot = free_port(), Bot()
    url = f"http://127.0.0.1:{port}"
    teams = TeamsStandIn(url)
    playground = Playground(FakePlatform(), teams, (), random=Random(3), over=0.5)
    app = web.Application(middlewares=[loopback_only])
    app.add_routes([*playground.routes(), *teams.routes(), web.post("/api/messages", bot.answer)])
    app.on_shutdown.append(playground.stop)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with aiohttp.ClientSession() as session:
        address = f"{teams.service_url}v3/conversations/{CHANNEL}/activities"
        async with session.post(address, json=render.message(CARD)) as answer:
            assert answer.status == 201
    yield Place(url, bot, teams)
    await teams.close()
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, place: Place) -> AsyncIterator[Page]:
    async with watched(browser, place.url) as page:
        yield page


async def test_two_pages_with_a_refusal_between(page: Page, place: Place) -> None:
    await page.goto("/#bryn/teams-channel")
    await page.get_by_role("button", name="Take part").click()
    form = page.get_by_role("dialog", name="Readiness check")
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_text(renderer.MISSING)).to_have_count(3)
    for label in forms.BUY_IN:
        await form.get_by_role("group", name=label).get_by_role("radio", name="Fully true").check()
    await form.get_by_role("button", name="Next").click()
    purpose = form.get_by_role("textbox", name=PURPOSE.label)
    await purpose.fill("Savings")
    await form.get_by_role("checkbox", name="Uma Shah").check()
    await form.get_by_role("button", name="Done").click()
    await expect(form.get_by_text("A few more words, please.")).to_be_visible()
    await expect(purpose).to_be_focused()
    await expect(purpose).to_have_accessible_description("A few more words, please.")
    await expect(purpose).to_have_value("Savings")
    await expect(form.get_by_role("checkbox", name="Uma Shah")).to_be_checked()
    await purpose.fill("One good service for all residents")
    await form.get_by_role("button", name="Done").click()
    await expect(form).to_be_hidden()
    (kept,) = place.bot.kept
    assert kept["purpose"] == "One good service for all residents"
    assert kept["who"].startswith(f"person teams:{TEAMS_TENANT}/d4d00000-")


async def test_back_leads_to_the_page_before(page: Page, place: Place) -> None:
    await page.goto("/#bryn/teams-channel")
    await page.get_by_role("button", name="Take part").click()
    form = page.get_by_role("dialog", name="Readiness check")
    for label in forms.BUY_IN:
        await form.get_by_role("group", name=label).get_by_role("radio", name="Fully true").check()
    await form.get_by_role("button", name="Next").click()
    await form.get_by_role("button", name="Back").click()
    await expect(form.get_by_role("group", name=forms.BUY_IN[0])).to_be_visible()


async def test_twenty_colleagues_fill_it_in(page: Page, place: Place) -> None:
    await page.goto("/#asha/teams-channel")
    await page.get_by_role("button", name="20 colleagues answer").click()
    await expect(page.get_by_text("20 colleagues answered.")).to_be_visible()
    assert len(place.bot.kept) == 20
