"""Charts and progress as both platforms are sent them, drawn by the page and told to those who don't see."""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
from typing import Literal

import pytest
from aiohttp import ClientSession, web
from playwright.async_api import Browser, Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.app.loopback import loopback_only
from bot.platforms.ports import OutboxMessage
from bot.platforms.slack import render as slack
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.charts import draw
from bot.platforms.slack.send import SlackSender
from bot.platforms.teams import render as teams
from dialogs.core.replies import Chart, DataSeries, Progress, Reply
from playground.app import Playground
from playground.slack_api import SlackStandIn
from tests.page.conftest import Stage, watched
from tests.page.stand_in import FakePlatform

pytestmark = pytest.mark.asyncio(loop_scope="session")

READINESS = Chart(
    "Readiness by factor",
    "bars",
    ("Political and chief-executive buy-in", "Simplicity of the model", "Number of partners"),
    (DataSeries("", (82.0, 31.0, 64.5)),),
    100,
)
PARTNERS = Chart(
    "Where the partners differ",
    "bars",
    ("Buy-in", "Simplicity"),
    (DataSeries("Northshire", (82.0, 50.0)), DataSeries("Eastvale", (31.0, None))),
    100,
)
TREND = Chart(
    "Readiness over time",
    "lines",
    ("March 2026", "June 2026", "November 2026"),
    (DataSeries("Buy-in", (40.0, 61.0, 82.0)), DataSeries("Simplicity", (70.0, None, 31.0))),
    100,
)


DATED = Chart(
    "Buy-in over time",
    "lines",
    ("2 November 2026", "9 November 2026", "4 January 2027"),
    (DataSeries("Mean", (4.0, 3.0, 2.0)),),
    5,
    ("2026-11-02", "2026-11-09", "2027-01-04"),
)


async def in_teams(page: Page, stage: Stage, *charts: Chart) -> Locator:
    """Sharewise's message with ``charts`` in Teams, as Asha sees it."""
    stage.teams.put("teams-personal", teams.message(Reply((Progress(2, 5), *charts))))
    await page.goto("/#asha/teams-personal")
    body = page.get_by_role("article", name="Sharewise").locator(".body")
    await expect(body.locator(".chart")).to_have_count(len(charts))
    return body


@pytest.mark.parametrize(
    ("chart", "told", "bars", "lines"),
    [
        (
            READINESS,
            "Chart. Readiness by factor. Political and chief-executive buy-in 82, "
            "Simplicity of the model 31, Number of partners 64.5",
            3,
            0,
        ),
        (
            PARTNERS,
            "Chart. Where the partners differ. Northshire: Buy-in 82, Simplicity 50; Eastvale: Buy-in 31",
            3,
            0,
        ),
        (
            TREND,
            "Chart. Readiness over time. Buy-in: March 2026 40, June 2026 61, November 2026 82; "
            "Simplicity: March 2026 70, November 2026 31",
            0,
            2,
        ),
    ],
)
async def test_teams_charts_are_drawn_and_told(
    page: Page, stage: Stage, chart: Chart, told: str, bars: int, lines: int
) -> None:
    body = await in_teams(page, stage, chart)
    drawing = body.get_by_role("img", name=told, exact=True)
    await expect(drawing).to_be_visible()
    await expect(drawing.locator("rect:not(.track)")).to_have_count(bars)
    await expect(drawing.locator("polyline")).to_have_count(lines)
    # One row of figures is told by the picture's own words; several are a table to read too.
    await expect(body.locator("dl")).to_have_count(1 if len(chart.series) > 1 else 0)
    await expect(body.locator(".undrawable")).to_have_count(0)


async def test_an_axis_of_time_has_days_as_people_write_them_each_at_its_time(
    page: Page, stage: Stage
) -> None:
    body = await in_teams(page, stage, DATED)
    told = "Chart. Buy-in over time. Mean: 2 Nov 2026 4, 9 Nov 2026 3, 4 Jan 2027 2"
    drawing = body.get_by_role("img", name=told, exact=True)
    await expect(drawing).to_contain_text("4 Jan 2027")
    await expect(drawing).not_to_contain_text("2027-01-04")
    points = (await drawing.locator("polyline").get_attribute("points") or "").split()
    first, second, last = (float(point.partition(",")[0]) for point in points)
    assert (second - first) / (last - first) == pytest.approx(7 / 63)


async def test_bars_are_as_long_as_their_figures(page: Page, stage: Stage) -> None:
    body = await in_teams(page, stage, READINESS)
    await expect(body.locator("rect.series0")).to_have_count(3)
    widths = [
        float(await bar.get_attribute("width") or 0) for bar in await body.locator("rect.series0").all()
    ]
    assert [round(width / widths[0] * 82, 1) for width in widths] == [82, 31, 64.5]


async def test_nothing_sticks_out_on_a_phone(page: Page, stage: Stage) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    body = await in_teams(page, stage, READINESS, PARTNERS, TREND)
    await expect(body.locator(".chart")).to_have_count(3)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for chart in await body.locator(".chart").all():
        box = await chart.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 360


PARTNERS_IN_SIX = tuple(
    DataSeries(name, tuple(float(17 * at + 11 * place) % 101 for place in range(5)))
    for at, name in enumerate(("Northshire", "Eastvale", "Westmoor", "Southdale", "NHS trust", "Police"))
)
FACTORS = (
    "Political and chief-executive buy-in",
    "People and culture",
    "Partner numbers",
    "Simplicity",
    "Know why",
)


@pytest.mark.parametrize("kind", ["bars", "lines"])
async def test_six_partners_are_told_apart_without_colour_and_nothing_overlaps(
    page: Page, stage: Stage, kind: Literal["bars", "lines"]
) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    body = await in_teams(page, stage, Chart("Partners", kind, FACTORS, PARTNERS_IN_SIX, 100))
    await expect(body.locator(".legend li")).to_have_count(6)
    sign, attribute = (".hatch", "fill") if kind == "bars" else (".mark", "d")
    rows = await body.locator(".legend li").all()
    patterns = [
        await row.locator(sign).get_attribute(attribute) for row in rows if await row.locator(sign).count()
    ]
    assert len(set(patterns)) >= 5  # and at most one is plain
    boxes = [await bar.bounding_box() for bar in await body.locator(".chart svg[role=img] text.value").all()]
    found = [(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]) for box in boxes if box]
    assert len(found) >= 6
    for box, other in itertools.combinations(found, 2):
        across = min(box[2], other[2]) - max(box[0], other[0])
        down = min(box[3], other[3]) - max(box[1], other[1])
        assert across < 1 or down < 4, (box, other)  # a line's height is more than its signs'


async def test_progress_in_teams_has_a_bar_and_words(page: Page, stage: Stage) -> None:
    body = await in_teams(page, stage)
    await expect(body.get_by_role("progressbar", name="2 of 5")).to_have_attribute("value", "2")
    await expect(body.get_by_text("2 of 5")).to_be_visible()


async def test_slack_shows_the_picture_with_its_description_and_the_figures(page: Page, stage: Stage) -> None:
    png = draw(READINESS)
    await page.route(
        "**/playground/slack/files/F000000007",
        lambda route: route.fulfill(body=png, content_type="image/png"),
    )
    reply = Reply((Progress(2, 5), READINESS))
    stage.slack.put("slack-direct", slack.message(reply, {READINESS: "F000000007"}))
    await page.goto("/#asha/slack-direct")
    body = page.get_by_role("article", name="Sharewise").locator(".body")
    picture = body.get_by_role("img", name="Readiness by factor. Political and chief-executive buy-in: 82")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 900)
    await expect(body.locator(".context")).to_have_text("▰▰▱▱▱  2 of 5")
    await expect(picture).to_have_attribute("alt", re.compile("Number of partners: 64.5"))


async def test_a_slack_picture_that_is_gone_is_told(page: Page, stage: Stage) -> None:
    stage.slack.put("slack-direct", slack.message(Reply((READINESS,)), {READINESS: "F000000099"}))
    await page.goto("/#asha/slack-direct")
    await expect(page.get_by_text("Picture: Readiness by factor.")).to_be_visible()


async def test_a_chart_that_is_sent_to_the_stand_in_is_seen_on_the_page(browser: Browser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        platform = SlackStandIn(url, signing_secret="s", token="xoxb-test")
        playground = Playground(platform, FakePlatform(), ())
        app = web.Application(middlewares=[loopback_only])
        app.add_routes([*playground.routes(), *platform.routes()])
        app.on_shutdown.append(playground.stop)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        async with ClientSession() as session, watched(browser, url) as page:
            client = AsyncWebClient("xoxb-test", base_url=f"{platform.address}/api/", session=session)
            sender = SlackSender(Calls(client, session))
            await sender.send(
                OutboxMessage("r", "slack", {"channel": "C0BOARD"}, Reply((READINESS,))), asyncio.sleep
            )
            await page.goto("/#asha/slack-channel")
            picture = page.get_by_role("img", name="Readiness by factor.")
            await expect(picture).to_have_js_property("naturalWidth", 900)
        await runner.cleanup()
