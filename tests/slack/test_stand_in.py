"""The stand-in says no where Slack would, so that what passes here passes there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from dialogs.core.events import Utterance
from playground import slack_check_inputs, slack_checks, slack_limits
from playground.slack_api import SlackStandIn
from playground.slack_book import BURST, KEPT, UPDATES
from playground.slack_checks import problems
from playground.slack_service import FORMS_ONLY
from playground.stage import CROWD, EVERYBODY, Refused, StandIn
from tests.slack.served import APP_TOKEN, TOKEN, Served

Json = dict[str, Any]


MODAL: Json = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": []}


async def call(bot: Served, method: str, token: str = TOKEN, **arguments: Any) -> Json:
    """What a method answers."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = f"{bot.slack.address}/api/{method}"
    body: Json = {"data" if method in FORMS_ONLY else "json": arguments}
    async with bot.session.post(url, **body, headers=headers) as response:
        answer: Json = await response.json()
        return answer


def section(text: str) -> Json:
    """A section of mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**more: Any) -> Json:
    """A row with one button."""
    element = {
        "type": "button",
        "action_id": "a",
        "text": {"type": "plain_text", "text": "Go"},
        "value": "go",
    }
    return {"type": "actions", "elements": [{**element, **more}]}


def test_it_is_what_the_page_expects() -> None:
    stand_in: StandIn = SlackStandIn("http://127.0.0.1:1", signing_secret="s", token="t")
    assert stand_in.messages("slack-direct", "asha") == []


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"channel": "C0BOARD"}, "no_text"),
        ("chat.postMessage", {"channel": "C9", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0BOARD", "text": "x" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": "C0BOARD", "blocks": [section("x" * 3_001)]}, "invalid_blocks"),
        ("chat.postEphemeral", {"channel": "C0BOARD", "user": "U9", "text": "x"}, "user_not_in_channel"),
        ("chat.update", {"channel": "C0BOARD", "ts": "1.1", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": "C0BOARD", "ts": "1.1"}, "message_not_found"),
        ("conversations.open", {"users": "U9"}, "user_not_found"),
        ("users.info", {"user": "U9"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "x@y.example"}, "users_not_found"),
        ("views.publish", {"user_id": "U0ASHA", "view": {"type": "modal"}}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1", "view": MODAL}, "invalid_trigger_id"),
        ("views.open", {"trigger_id": "1", "view": {"type": "modal"}}, "invalid_arguments"),
        ("views.update", {"view_id": "V1", "view": MODAL}, "not_found"),
        ("conversations.info", {"channel": "C9"}, "channel_not_found"),
        ("usergroups.users.list", {"usergroup": "S9"}, "no_such_subteam"),
        ("team.info", {"team": "T9"}, "team_not_found"),
        ("apps.connections.open", {}, "invalid_auth"),
        ("chat.sing", {}, "unknown_method"),
    ],
)
async def test_refusals(bot: Served, method: str, arguments: Json, error: str) -> None:
    answer = await call(bot, method, **arguments)
    assert (answer["ok"], answer["error"]) == (False, error)


async def test_tokens_are_checked(bot: Served) -> None:
    assert (await call(bot, "auth.test", token=""))["error"] == "not_authed"
    assert (await call(bot, "auth.test", token="xoxb-other"))["error"] == "invalid_auth"
    assert (await call(bot, "auth.test"))["user_id"] == "U0SHARE"
    assert (await call(bot, "apps.connections.open", token=APP_TOKEN))["url"].startswith("ws://")


async def test_own_messages_are_updated_and_deleted_others_are_not(bot: Served) -> None:
    sent = await call(bot, "chat.postMessage", channel="#joint-board", text="first")
    at = {"channel": "C0BOARD", "ts": sent["ts"]}
    assert (await call(bot, "chat.update", **at, text="second"))["ok"]
    (message,) = bot.slack.messages("slack-channel", "asha")
    assert (message.text, message.edited) == ("second", True)
    assert (await call(bot, "chat.delete", **at))["ok"]
    await bot.slack.say("asha", "slack-channel", "mine")
    (mine,) = bot.slack.messages("slack-channel", "asha")
    theirs = {"channel": "C0BOARD", "ts": mine.id.partition(":")[2]}
    assert (await call(bot, "chat.delete", **theirs))["error"] == "cant_delete_message"
    assert (await call(bot, "chat.update", **theirs, text="x"))["error"] == "cant_update_message"


async def test_people_are_known_with_their_own_workspaces(bot: Served) -> None:
    asha = await call(bot, "users.info", user="U0ASHA")
    bryn = await call(bot, "users.lookupByEmail", email="bryn.hughes@eastvale.example")
    assert (asha["user"]["team_id"], asha["user"]["tz"]) == ("T0NORTH", "Europe/London")
    assert bryn["user"]["team_id"] == "T0EASTV"
    assert (await call(bot, "conversations.open", users="U0ASHA"))["channel"]["id"] == "D0ASHA"


async def test_one_post_a_second_is_taken_and_a_burst_but_not_a_flood(bot: Served) -> None:
    url, headers = f"{bot.slack.address}/api/chat.postMessage", {"Authorization": f"Bearer {TOKEN}"}
    for number in range(BURST):
        assert (await call(bot, "chat.postMessage", channel="C0BOARD", text=f"{number}"))["ok"]
    flood = {"channel": "C0BOARD", "text": "one too many"}
    async with bot.session.post(url, json=flood, headers=headers) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "1")
    bot.slack.book.limits = False
    assert (await call(bot, "chat.postMessage", **flood))["ok"]


async def test_fifty_updates_a_minute_are_taken_and_then_how_long_to_wait_is_told(bot: Served) -> None:
    sent = await call(bot, "chat.postMessage", channel="C0BOARD", text="card")
    again = {"channel": "C0BOARD", "ts": sent["ts"], "text": "card"}
    for _ in range(UPDATES):
        assert (await call(bot, "chat.update", **again))["ok"]
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with bot.session.post(
        f"{bot.slack.address}/api/chat.update", json=again, headers=headers
    ) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "2")
        assert await answer.json() == {"ok": False, "error": "ratelimited"}
    bot.slack.book.limits = False
    assert (await call(bot, "chat.update", **again))["ok"]


async def test_everybody_is_there_with_a_workspace_of_their_own(bot: Served) -> None:
    teams = [(await call(bot, "users.info", user=person.slack_id))["user"]["team_id"] for person in EVERYBODY]
    assert set(teams) == {"T0NORTH", "T0EASTV", "T0WESTM"}
    await bot.slack.say(CROWD[0].key, "slack-channel", "@Sharewise hello")
    assert (await bot.hear()).speaker == f"slack:T0NORTH/{CROWD[0].slack_id}"


async def test_channels_groups_and_people_are_mentioned_by_their_ids(bot: Served) -> None:
    await bot.slack.say("cleo", "slack-direct", "remind @steering-group, @Bryn and #joint-board, not #else")
    event = (await bot.hear()).event
    assert isinstance(event, Utterance)
    assert event.text == "remind @steering-group, someone and #joint-board, not #else"
    assert event.exact == "remind @mention1, @mention2 and #mention3, not #else"
    assert [mention.id for mention in event.named] == [
        "slack:S0STEER",
        "slack:T0EASTV/U0BRYN",
        "slack:C0BOARD",
    ]


async def test_history_is_bounded(bot: Served) -> None:
    bot.slack.book.limits = False
    for number in range(KEPT + 3):
        bot.slack._service._methods.call("chat.postMessage", {"channel": "C0BOARD", "text": f"{number}"})
    seen = bot.slack.messages("slack-channel", "asha")
    assert (len(seen), seen[0].text) == (KEPT, "3")


async def test_every_change_is_told_with_its_place(bot: Served) -> None:
    told: list[str] = []
    bot.slack.changed = told.append
    await bot.slack.say("asha", "slack-direct", "hello")
    await call(bot, "chat.postMessage", channel="C0BOARD", text="hello")
    assert told == ["slack-direct", "slack-channel"]


async def test_what_a_person_can_t_do_is_said_plainly(bot: Served) -> None:
    await bot.slack.say("asha", "slack-direct", "private")
    private = bot.slack.messages("slack-direct", "asha")[0].id
    for attempt in (
        bot.slack.say("nobody", "slack-direct", "hello"),
        bot.slack.say("asha", "teams-channel", "hello"),
        bot.slack.say("asha", "slack-channel", "/unknown"),
        bot.slack.say("asha", "slack-channel", "hello", thread="C0BOARD:1.1"),
        bot.slack.press("asha", "C0BOARD:1.1", {}),
        bot.slack.press("asha", private, {"action_id": "forged", "value": "x"}),
        bot.slack.press("bryn", private, {"action_id": "forged", "value": "x"}),
    ):
        with pytest.raises(Refused, match=r"\w+ .*\."):
            await attempt


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ("text", "must be a list"),
        ([section("x")] * 51, "no more than 50 blocks"),
        ([{"type": "hologram"}], "unsupported type hologram"),
        ([section(" ")], "must not be empty"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "plain_text"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "150"),
        ([button(text={"type": "plain_text", "text": "x" * 76})], "75"),
        ([button(value="x" * 2_001)], "2000"),
        ([button(style="gaudy")], "primary or danger"),
        ([button(action_id="")], "1 to 255"),
        ([button(), button()], "action_id must be unique"),
        ([{"type": "actions", "elements": []}], "1 to 25"),
        ([{"type": "context_actions", "elements": [{"type": "button"}]}], "unsupported element button"),
        ([{"type": "context", "elements": [{"type": "plain_text", "text": ""}]}], "must not be empty"),
        ([{"type": "rich_text", "elements": [{"type": "rich_text_song"}]}], "rich_text_song"),
        ([{**section("x"), "block_id": "b"}] * 2, "block_id must be unique"),
        ([{"type": "markdown", "text": "x" * 12_001}], "12000"),
        ([{"type": "markdown", "text": "x" * 6_001}] * 2, "12000"),
        ([{"type": "markdown", "text": ""}], "1 to 12000"),
        ([{"type": "image", "alt_text": "x"}], "image_url"),
        ([{"type": "section"}], "text or fields"),
    ],
)
def test_bad_blocks_are_named(blocks: object, said: str) -> None:
    assert said in " ".join(problems(blocks))


def test_each_limit_names_its_source() -> None:
    """No check has a figure of its own, and each of the table's has Slack's page."""
    for module in (slack_checks, slack_check_inputs):
        tree = ast.parse(Path(module.__file__).read_text())
        figures = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert not [figure for figure in figures if type(figure) is int and figure > 1], module.__name__
    named = [limit for limit in vars(slack_limits).values() if isinstance(limit, slack_limits.Limit)]
    for limit in (*named, *slack_limits.OPTIONS.values()):
        assert limit.most > 1
        assert re.fullmatch(r"(block-kit|views)(/[a-z-]+)+", limit.page)


def test_good_blocks_pass() -> None:
    assert problems([section("x"), button(style="danger"), {"type": "divider"}]) == []
