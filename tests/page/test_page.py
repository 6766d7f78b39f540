"""Using the page: choosing, typing, threads, home, keyboard, phone, dark mode, live updates."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import Browser, Page, expect

from tests.page.conftest import Stage
from tests.page.forms import quiz_slack, quiz_teams
from tests.page.samples import SLACK_ANSWER, TEAMS_ANSWER, blocks, button, mrkdwn

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_newcomer_is_offered_first_questions(page: Page, stage: Stage) -> None:
    await page.goto("/")
    await page.get_by_role("button", name="how many partners is best?").click()
    await expect(page.get_by_role("article", name="Asha Patel")).to_contain_text("how many partners is best?")
    assert stage.slack.said == [("asha", "slack-direct", "how many partners is best?", None)]


async def test_in_a_channel_the_first_questions_mention_the_bot(page: Page, stage: Stage) -> None:
    await page.goto("/#bryn/teams-channel")
    await page.get_by_role("button", name="help", exact=True).click()
    await expect(page.get_by_role("article", name="Bryn Hughes")).to_be_visible()
    assert stage.teams.said == [("bryn", "teams-channel", "@Sharewise help", None)]


async def test_person_and_place_are_chosen_and_kept_in_the_address(page: Page, stage: Stage) -> None:
    await page.goto("/")
    await page.get_by_text("Cleo Grant").click()
    await page.get_by_role("button", name="Personal chat").click()
    await expect(page).to_have_url(f"{stage.url}/#cleo/teams-personal")
    await page.reload()
    await expect(page.get_by_role("radio", name="Cleo Grant")).to_be_checked()
    await expect(page.get_by_role("button", name="Personal chat")).to_have_attribute("aria-current", "page")
    await expect(page.locator("html")).to_have_attribute("data-platform", "teams")


async def test_entering_a_teams_chat_opens_it(page: Page, stage: Stage) -> None:
    async with page.expect_response("**/playground/home"):
        await page.goto("/#bryn/teams-personal")
    assert stage.teams.homes == ["bryn"]


async def test_enter_sends_and_shift_enter_begins_a_line(page: Page, stage: Stage) -> None:
    await page.goto("/")
    box = page.get_by_role("textbox", name="Message Sharewise")
    await box.press_sequentially("first")
    await box.press("Shift+Enter")
    await box.press_sequentially("second")
    await box.press("Enter")
    await expect(page.get_by_role("article", name="Asha Patel")).to_contain_text("first")
    await expect(box).to_have_value("")
    assert stage.slack.said[0][2] == "first\nsecond"


async def test_what_could_not_be_sent_comes_back(page: Page, stage: Stage) -> None:
    stage.slack.refusal = "Slack is not answering."
    await page.goto("/")
    box = page.get_by_role("textbox", name="Message Sharewise")
    await box.fill("a question")
    await box.press("Enter")
    await expect(page.get_by_text("Slack is not answering.")).to_be_visible()
    await expect(box).to_have_value("a question")


async def test_the_mention_is_put_in_by_a_button(page: Page, stage: Stage) -> None:
    await page.goto("/#asha/slack-channel")
    box = page.get_by_role("textbox", name="Message #joint-board")
    await box.fill("how many partners?")
    await page.get_by_role("button", name="Mention Sharewise").click()
    await expect(box).to_have_value("@Sharewise how many partners?")
    await expect(box).to_be_focused()


@pytest.mark.parametrize(("platform", "starts"), [("slack", ""), ("teams", "@Sharewise ")])
async def test_a_channel_groups_replies_in_their_thread(
    page: Page, stage: Stage, platform: str, starts: str
) -> None:
    side, place = getattr(stage, platform), f"{platform}-channel"
    first = side.put(place, {"text": "x"}, author="bryn", text="@Sharewise first")
    side.put(place, {"text": "x"}, author="cleo", text="@Sharewise second")
    side.put(place, {"type": "message", "text": "an answer to the first"}, thread=first.id)
    await page.goto(f"/#asha/{place}")
    thread = page.locator(".group").filter(has_text="@Sharewise first")
    await expect(thread).to_contain_text("1 reply")
    await expect(thread.get_by_role("list", name="Replies")).to_contain_text("an answer to the first")
    await thread.get_by_role("button", name="Reply in thread").click()
    box = thread.get_by_role("textbox", name="Reply in thread")
    await expect(box).to_be_focused()
    await expect(box).to_have_value(starts)
    await box.press_sequentially("and with the NHS?")
    await box.press("Enter")
    await expect(thread).to_contain_text("2 replies")
    assert side.said == [("asha", place, f"{starts}and with the NHS?", first.id)]


async def test_the_home_is_drawn_and_pressed(page: Page, stage: Stage) -> None:
    lessons = button("All lessons", "lessons")
    stage.slack.home_blocks = [
        {"type": "section", "text": mrkdwn("*Welcome*")},
        {"type": "actions", "elements": [lessons]},
    ]
    await page.goto("/")
    await page.get_by_role("tab", name="Messages").press("ArrowRight")
    await page.get_by_role("tab", name="Home").press("Enter")
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home).to_contain_text("Welcome")
    async with page.expect_response("**/playground/press"):
        await home.get_by_role("button", name="All lessons").click()
    assert stage.slack.pressed == [("asha", "home", lessons)]


async def test_the_home_is_drawn_anew_where_it_stands_and_keeps_the_focus(page: Page, stage: Stage) -> None:
    def said(words: str) -> list[dict[str, object]]:
        section = {"type": "section", "text": mrkdwn(words)}
        return [section, {"type": "actions", "elements": [button("All lessons", "lessons")]}]

    stage.slack.home_blocks = said("One thing waits")
    await page.goto("/")
    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home).to_contain_text("One thing waits")
    await home.get_by_role("button", name="All lessons").focus()
    stage.slack.home_blocks = said("Nothing waits")
    stage.slack.changed("slack-direct")
    await expect(home).to_contain_text("Nothing waits")
    await expect(home.get_by_role("button", name="All lessons")).to_be_focused()
    assert stage.slack.homes == ["asha"], "it was not opened again"


async def test_shortcuts_are_chosen_everywhere_and_on_a_message(page: Page, stage: Stage) -> None:
    asked = stage.slack.put("slack-channel", {}, author="bryn", text="is the leader on board?")
    await page.goto("/#asha/slack-channel")
    await page.get_by_role("button", name="Take a quiz (shortcut)").click()
    await expect(page.get_by_role("status").filter(has_text="Take a quiz")).to_be_visible()
    message = page.get_by_role("article").filter(has_text="is the leader on board?")
    async with page.expect_response("**/playground/shortcut"):
        await message.get_by_role("button", name="Ask Sharewise about this").press("Enter")
    assert stage.slack.chosen == [("asha", "quiz", ""), ("asha", "about this message", asked.id)]
    await page.goto("/#asha/teams-channel")
    await expect(page.get_by_role("button", name="Take a quiz (shortcut)")).to_have_count(0)


async def test_only_slacks_direct_chat_has_a_home(page: Page) -> None:
    await page.goto("/")
    await expect(page.get_by_role("tab", name="Home")).to_be_visible()
    await page.get_by_role("button", name="joint-board").click()
    await expect(page.get_by_role("tab", name="Home")).to_be_hidden()


async def test_the_payload_is_the_exact_json(page: Page, stage: Stage) -> None:
    stage.slack.put("slack-direct", SLACK_ANSWER)
    await page.goto("/")
    await page.get_by_text("Payload").click()
    payload = page.get_by_role("group", name="Payload as JSON")
    await expect(payload).not_to_be_empty()
    shown = await payload.inner_text()
    assert json.loads(shown) == SLACK_ANSWER


async def test_live_news_reach_two_tabs_and_mark_other_places(
    page: Page, stage: Stage, browser: Browser
) -> None:
    other = await browser.new_page(base_url=stage.url)
    await page.goto("/#asha/slack-direct")
    await other.goto("/#asha/teams-personal")
    await expect(page.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    await expect(other.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    stage.teams.put("teams-personal", TEAMS_ANSWER, text="It matters most of all.")
    await expect(other.get_by_role("article", name="Sharewise")).to_contain_text("It matters most of all.")
    await expect(other.locator("#announcer")).to_contain_text("Sharewise: It matters most of all.")
    await expect(page.get_by_role("button", name="Personal chat new messages")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(0)


async def test_a_lost_server_is_said(page: Page, stage: Stage) -> None:
    await page.goto("/")
    await expect(page.get_by_role("heading", name="Ask Sharewise something")).to_be_visible()
    await stage.stop()
    await expect(page.get_by_text("Sharewise is away.")).to_be_visible()


async def test_an_open_payload_and_typed_words_survive_news(page: Page, stage: Stage) -> None:
    question = stage.slack.put("slack-channel", {"text": "x"}, author="asha", text="@Sharewise hello")
    await page.goto("/#asha/slack-channel")
    await page.get_by_text("Payload").click()
    await page.get_by_role("button", name="Reply in thread").click()
    box = page.get_by_role("textbox", name="Reply in thread")
    await box.fill("half a")
    stage.slack.put(
        "slack-channel", blocks({"type": "section", "text": mrkdwn("Hello.")}), thread=question.id
    )
    stage.slack.change(question, edited=True)
    await expect(page.get_by_text("edited")).to_be_visible()
    await expect(page.get_by_role("group", name="Payload as JSON").first).to_be_visible()
    await expect(box).to_have_value("half a")
    await expect(box).to_be_focused()


async def test_everything_by_keyboard_alone(page: Page, stage: Stage) -> None:
    stage.slack.put("slack-channel", SLACK_ANSWER)
    await page.goto("/#asha/slack-channel")
    await expect(page.get_by_role("article")).to_have_count(1)
    skip, box = page.get_by_role("link", name="Skip to the message box"), page.locator("#words")
    keys = page.keyboard
    await skip.focus()
    await keys.press("Enter")
    await expect(box).to_be_focused()
    await skip.focus()
    await keys.press("Tab")
    await expect(page.get_by_role("radio", name="Asha Patel")).to_be_focused()
    await keys.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Bryn Hughes")).to_be_checked()
    await keys.press("Tab")
    await keys.press("ArrowUp")
    await keys.press("Enter")
    await expect(page).to_have_url(f"{stage.url}/#bryn/slack-direct")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(page.get_by_role("article")).to_have_count(1)
    await keys.press("Tab")
    await expect(page.get_by_role("region", name="Conversation")).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_role("button", name="Ask Sharewise about this")).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_role("button", name="Tell me why")).to_be_focused()
    async with page.expect_response("**/playground/press"):
        await keys.press("Enter")
    assert stage.slack.pressed[0][0] == "bryn"
    for _ in range(5):
        await keys.press("Tab")
    await keys.press("Enter")
    await expect(page.get_by_role("group", name="Payload as JSON")).to_be_visible()
    await keys.press("Tab")
    await keys.press("Tab")
    await keys.press("Tab")
    await expect(box).to_be_focused()
    await keys.type("thanks")
    await keys.press("Enter")
    await expect(page.get_by_role("article", name="Bryn Hughes")).to_contain_text("thanks")


async def test_what_is_new_for_others_or_only_drawn_anew_is_no_news(page: Page, stage: Stage) -> None:
    card = stage.slack.put("slack-channel", SLACK_ANSWER)
    await page.goto("/#asha/slack-channel")
    await expect(page.get_by_role("article")).to_have_count(1)
    await page.get_by_role("button", name="Direct message").click()
    channel, chat = (
        page.get_by_role("button", name="joint-board"),
        page.get_by_role("button", name="Personal chat"),
    )
    stage.slack.change(card, edited=True)
    stage.teams.put("teams-personal", TEAMS_ANSWER, only_for="bryn")
    stage.teams.put("teams-group", TEAMS_ANSWER)
    await expect(page.get_by_role("button", name="Joint chat new messages")).to_be_visible()
    await expect(channel).to_have_accessible_name("joint-board")
    await expect(chat).to_have_accessible_name("Personal chat")
    await page.get_by_text("Bryn Hughes").click()
    await expect(page.get_by_role("button", name="Personal chat new messages")).to_be_visible()


async def test_a_group_chat_is_like_a_chat_in_which_the_bot_is_mentioned(page: Page, stage: Stage) -> None:
    stage.teams.put("teams-group", TEAMS_ANSWER, text="It matters most of all.", only_for="asha")
    await page.goto("/#asha/teams-group")
    await expect(page.get_by_role("heading", name="Joint chat")).to_be_visible()
    await expect(page.get_by_role("article")).to_contain_text("Only you see this")
    await expect(page.get_by_role("button", name="Reply in thread")).to_have_count(0)
    await page.get_by_role("button", name="Mention Sharewise").click()
    await page.keyboard.type("help")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article", name="Asha Patel")).to_be_visible()
    assert stage.teams.said == [("asha", "teams-group", "@Sharewise help", None)]


@pytest.mark.parametrize("place", ["slack-channel", "teams-channel", "teams-group"])
async def test_long_answers_of_a_quiz_wrap_on_a_phone(page: Page, stage: Stage, place: str) -> None:
    platform = place.split("-")[0]
    side = getattr(stage, platform)
    side.put(place, {"slack": quiz_slack, "teams": quiz_teams}[platform](0))
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(f"/#asha/{place}")
    option = page.get_by_role("button", name="C. It depends on whether the software")
    box = await option.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert await option.evaluate("node => node.scrollWidth <= node.clientWidth")
    await expect(page.get_by_role("button", name="20 colleagues answer")).to_be_in_viewport()


@pytest.mark.parametrize(
    "place", ["slack-direct", "slack-channel", "teams-personal", "teams-channel", "teams-group"]
)
async def test_a_phone_needs_no_sideways_scrolling(page: Page, stage: Stage, place: str) -> None:
    side = getattr(stage, place.split("-")[0])
    long = "pneumono" * 60
    question = side.put(place, {"text": long}, author="bryn", text=long)
    side.put(place, SLACK_ANSWER if place.startswith("slack") else TEAMS_ANSWER, thread=question.id)
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(f"/#asha/{place}")
    await page.get_by_text("Payload").last.click()
    await expect(page.get_by_role("group", name="Payload as JSON")).to_be_visible()
    for part in ("document.documentElement", "document.querySelector('#feed')"):
        wide, room = await page.evaluate(f"[{part}.scrollWidth, {part}.clientWidth]")
        assert wide <= room


async def test_on_a_phone_the_side_opens_and_closes(page: Page, stage: Stage) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto("/")
    opener = page.get_by_role("button", name="Choose a person and a place")
    chat = page.get_by_role("button", name="Personal chat")
    await expect(chat).to_be_hidden()
    await opener.click()
    await chat.click()
    await expect(chat).to_be_hidden()
    await expect(page.locator("html")).to_have_attribute("data-platform", "teams")
    await opener.click()
    await page.keyboard.press("Escape")
    await expect(chat).to_be_hidden()
    await expect(opener).to_be_focused()
    await opener.click()
    await expect(chat).to_be_visible()
    await page.mouse.click(340, 400)
    await expect(chat).to_be_hidden()
    await expect(page.get_by_role("textbox", name="Message Sharewise")).to_be_visible()
    stage.slack.put("slack-channel", SLACK_ANSWER)
    await expect(page.get_by_role("button", name="Choose a person and a place new messages")).to_be_visible()
    await opener.click()
    for name in (
        "Direct message",
        "joint-board",
        "Personal chat",
        "Joint work › General",
        "Joint chat",
    ):
        await expect(page.get_by_role("button", name=name)).to_be_in_viewport()


async def test_dark_and_light_follow_the_system(page: Page) -> None:
    async def brightness() -> int:
        colour = await page.evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
        )
        return int(sum(colour[:3]))

    await page.emulate_media(color_scheme="light")
    await page.goto("/")
    assert await brightness() > 600
    await page.emulate_media(color_scheme="dark")
    assert await brightness() < 150
