"""Slack's modals and Teams' dialogs on the page: drawn, filled in, refused, sent, left."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.page import forms
from tests.page.conftest import Stage
from tests.page.samples import Payload
from tests.page.stand_in import FakePlatform

pytestmark = pytest.mark.asyncio(loop_scope="session")

COUNT_OPENINGS = """() => {
    window.openings = 0;
    const open = HTMLDialogElement.prototype.showModal;
    HTMLDialogElement.prototype.showModal = function () { window.openings += 1; open.call(this); };
}"""
PLATFORMS = pytest.mark.parametrize("platform", ["slack", "teams"])
READINESS = {"slack": forms.READINESS_SLACK, "teams": forms.READINESS_TEAMS}
REMINDER = {"slack": forms.REMINDER_SLACK, "teams": forms.REMINDER_TEAMS}
CARD = {"slack": forms.TAKE_PART_SLACK, "teams": forms.TAKE_PART_TEAMS}


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


async def taking_part(page: Page, stage: Stage, platform: str, *pages: Payload) -> FakePlatform:
    """Asha presses "Take part" in a channel, and the first of ``pages`` opens."""
    side: FakePlatform = getattr(stage, platform)
    side.forms["Take part"] = list(pages)
    side.put(f"{platform}-channel", CARD[platform], text="Readiness check")
    await page.goto(f"/#asha/{platform}-channel")
    await page.get_by_role("button", name="Take part").click()
    await expect(dialog(page)).to_be_visible()
    return side


@PLATFORMS
async def test_a_form_is_filled_in_page_by_page(page: Page, stage: Stage, platform: str) -> None:
    side = await taking_part(page, stage, platform, *READINESS[platform])
    form = dialog(page)
    await expect(form).to_have_accessible_name("Readiness check")
    for label in forms.BUY_IN:
        await form.get_by_role("group", name=label).get_by_role("radio", name="Mostly true").check()
    await form.get_by_role("button", name="Next").click()
    for label in forms.PEOPLE:
        await form.get_by_role("group", name=label).get_by_role("radio", name="Don't know").check()
    await form.get_by_role("button", name="Done").click()
    await expect(form).to_be_hidden()
    assert side.submitted == [
        ("asha", {"s1": "4", "s2": "4", "s3": "4"}),
        ("asha", {"s4": "0", "s5": "0"}),
    ]


@PLATFORMS
async def test_every_kind_of_input_gives_its_value(page: Page, stage: Stage, platform: str) -> None:
    side = await taking_part(page, stage, platform, REMINDER[platform])
    form = dialog(page)
    await form.get_by_role("textbox", name="What is it about?").fill("Brief members")
    await form.get_by_role("textbox", name="What should it say?").fill("One result,\none decision.")
    await form.get_by_role("combobox", name="How often?").select_option("Every month")
    await form.get_by_role("checkbox", name="Scotland").check()
    who = form.get_by_role("group", name="Who gets it?")
    await who.get_by_role("searchbox", name="Find people").fill("uma")
    await expect(who.get_by_role("checkbox")).to_have_count(1)
    await who.get_by_role("checkbox", name="Uma Shah").check()
    await who.get_by_role("searchbox").fill("")
    await expect(who.get_by_role("status")).to_contain_text("Uma Shah")
    if platform == "slack":
        await form.get_by_role("checkbox", name="#joint-board").check()
        await form.get_by_role("checkbox", name="Buy-in").check()
    await form.get_by_role("button", name="Continue").click()
    await expect(form).to_be_hidden()
    ((_, values),) = side.submitted
    common = {"title": "Brief members", "words": "One result,\none decision.", "often": "monthly"}
    if platform == "slack":
        assert values == common | {
            "days": ["scotland"],
            "people": ["U0BRYN", "U0UMA"],
            "places": ["C0BOARD"],
            "topics": ["buy-in"],
        }
    else:
        assert {name: values[name] for name in common} == common
        assert values["days"] == "england,scotland"
        assert values["people"].startswith("d4d00000-")


@PLATFORMS
async def test_what_is_missing_is_said_beside_it(page: Page, stage: Stage, platform: str) -> None:
    side = await taking_part(page, stage, platform, REMINDER[platform])
    form = dialog(page)
    await form.get_by_role("button", name="Continue").click()
    box = form.get_by_role("textbox", name="What is it about?")
    await expect(box).to_be_focused()
    await expect(box).to_have_attribute("aria-invalid", "true")
    side.put(f"{platform}-channel", {"text": "news"}, author="bryn", text="news")
    await expect(page.get_by_text("news", exact=True)).to_be_attached()
    await expect(box).to_have_accessible_description(
        "Please complete this required field." if platform == "slack" else "This is required."
    )
    assert side.submitted == []


@PLATFORMS
async def test_errors_and_live_redraws_leave_what_was_filled_in(
    page: Page, stage: Stage, platform: str
) -> None:
    side = await taking_part(page, stage, platform, *READINESS[platform])
    form = dialog(page)
    for label in forms.BUY_IN:
        await form.get_by_role("group", name=label).get_by_role("radio", name="Half true").check()
    card = side.messages(f"{platform}-channel", "asha")[0]
    side.change(card, edited=True)
    await expect(page.get_by_text("edited")).to_be_attached()
    side.errors = {"s2": "This has closed meanwhile."}
    await form.get_by_role("button", name="Next").click()
    second = form.get_by_role("group", name=forms.BUY_IN[1])
    await expect(second).to_have_accessible_description("This has closed meanwhile.")
    await expect(second.get_by_role("radio", name="Not true")).to_be_focused()
    await expect(form.get_by_role("radio", name="Half true", checked=True)).to_have_count(3)
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_role("group", name=forms.PEOPLE[0])).to_be_visible()


@PLATFORMS
async def test_a_submission_that_fails_is_said_and_kept(page: Page, stage: Stage, platform: str) -> None:
    side = await taking_part(page, stage, platform, *READINESS[platform])
    form = dialog(page)
    for label in forms.BUY_IN:
        await form.get_by_role("group", name=label).get_by_role("radio", name="Not true").check()
    side.refusal = "The bot doesn't answer."
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_role("alert")).to_have_text("The bot doesn't answer.")
    await expect(form.get_by_role("radio", name="Not true", checked=True)).to_have_count(3)


@PLATFORMS
async def test_escape_leaves_and_focus_returns(page: Page, stage: Stage, platform: str) -> None:
    side = await taking_part(page, stage, platform, *READINESS[platform])
    card = side.messages(f"{platform}-channel", "asha")[0]
    side.change(card, edited=True)  # the button that opened it is drawn anew behind it
    await expect(page.get_by_text("edited")).to_be_attached()
    async with page.expect_response("**/playground/modal-close"):
        await page.keyboard.press("Escape")
    await expect(dialog(page)).to_be_hidden()
    await expect(page.get_by_role("button", name="Take part")).to_be_focused()
    assert side.closed == ["asha"]


@PLATFORMS
async def test_a_button_inside_is_pressed_without_submitting(page: Page, stage: Stage, platform: str) -> None:
    side = await taking_part(page, stage, platform, READINESS[platform][1])
    async with page.expect_response("**/playground/modal-press"):
        await dialog(page).get_by_role("button", name="Back").click()
    assert [person for person, _ in side.pressed_inside] == ["asha"]
    assert side.submitted == []


@PLATFORMS
async def test_by_keyboard_alone(page: Page, stage: Stage, platform: str) -> None:
    side = await taking_part(page, stage, platform, *READINESS[platform])
    keys = page.keyboard
    for _ in forms.BUY_IN:
        await keys.press("Space")
        await keys.press("ArrowDown")
        await keys.press("Tab")
    if platform == "slack":
        await keys.press("Tab")  # past "Not now"
    await expect(dialog(page).get_by_role("button", name="Next")).to_be_focused()
    await keys.press("Enter")
    await expect(dialog(page).get_by_role("group", name=forms.PEOPLE[0])).to_be_visible()
    assert side.submitted == [("asha", {"s1": "2", "s2": "2", "s3": "2"})]
    for _ in range(12):  # focus never reaches the page behind
        await keys.press("Tab")
        assert await page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )


@PLATFORMS
async def test_an_open_form_comes_with_the_page_and_stays_with_its_person(
    page: Page, stage: Stage, platform: str
) -> None:
    side: FakePlatform = getattr(stage, platform)
    side.put(f"{platform}-channel", CARD[platform])
    side.open("asha", *READINESS[platform])
    await page.goto(f"/#asha/{platform}-channel")
    await expect(dialog(page)).to_be_visible()
    await page.goto(f"/#bryn/{platform}-channel")
    await expect(page.get_by_role("button", name="Take part")).to_be_visible()
    await expect(dialog(page)).to_be_hidden()


@PLATFORMS
@pytest.mark.parametrize("width", [360, 390])
async def test_a_phone_shows_the_whole_form(page: Page, stage: Stage, platform: str, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 740})
    await taking_part(page, stage, platform, REMINDER[platform])
    inside = dialog(page).locator(".inside")
    wide, room = await inside.evaluate("node => [node.scrollWidth, node.clientWidth]")
    assert wide <= room
    button = dialog(page).get_by_role("button", name="Continue")
    await button.scroll_into_view_if_needed()
    await expect(button).to_be_in_viewport()


async def test_a_page_that_is_only_read_has_no_submit(page: Page, stage: Stage) -> None:
    await taking_part(page, stage, "slack", forms.view("Thank you", submit=""))
    await expect(dialog(page).get_by_role("button", name="Next")).to_have_count(0)
    await dialog(page).get_by_role("button", name="Not now").click()
    await expect(dialog(page)).to_be_hidden()


async def test_a_look_from_before_does_not_open_what_was_left(page: Page, stage: Stage) -> None:
    side = await taking_part(page, stage, "slack", *READINESS["slack"])
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        asked.set()
        await go_on.wait()
        await route.fulfill(json={"modal": READINESS["slack"][0]})

    card = side.messages("slack-channel", "asha")[0]
    await page.evaluate(COUNT_OPENINGS)
    await page.route("**/playground/modal?*", late, times=1)
    side.change(card, edited=True)
    await asked.wait()
    async with page.expect_response("**/playground/modal-close"):
        await page.keyboard.press("Escape")
    async with page.expect_response("**/playground/modal?*"):
        go_on.set()
    side.put("slack-channel", {"text": "after"})
    await expect(page.get_by_text("after", exact=True)).to_be_visible()
    await expect(dialog(page)).to_be_hidden()
    assert await page.evaluate("window.openings") == 0


@PLATFORMS
async def test_what_was_filled_in_outlives_a_reload_but_not_leaving(
    page: Page, stage: Stage, platform: str
) -> None:
    await taking_part(page, stage, platform, REMINDER[platform])
    words = dialog(page).get_by_role("textbox").first
    await words.fill("Look at the budget")
    await page.reload()
    await expect(words).to_have_value("Look at the budget")
    await dialog(page).get_by_role("button", name="Close").click()
    await expect(dialog(page)).to_be_hidden()
    getattr(stage, platform).open("asha", REMINDER[platform])
    await page.reload()
    await expect(words).to_have_value("")
