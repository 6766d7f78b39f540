"""What Slack delivers, as one table: each kind of payload with its optional fields there and away.

Shapes by https://docs.slack.dev/reference (events, interaction payloads, slash commands); the cases are our
own. Each is signed, posted and taken by the real adapter.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

from dialogs.core.events import Event, HomeOpened, Opened, PaneOpened, Submitted, Utterance
from playground.slack_courier import signed
from tests.harness.waiting import until
from tests.slack.served import SECRET, Served

Json = dict[str, Any]

US = "U0SHARE"
"""The bot, as the stand-in's ``auth.test`` and its events name it."""
FILE = {"id": "F1", "name": "plan.pdf", "mimetype": "application/pdf", "file_access": "visible"}
USER = {"id": "U1", "username": "asha", "name": "asha", "team_id": "T0NORTH"}
TEAM = {"id": "T0NORTH", "domain": "northshire"}


def without(payload: Json, *names: str) -> Json:
    """``payload`` less some of its fields."""
    return {name: value for name, value in payload.items() if name not in names}


def event(**fields: Any) -> Json:
    """An event in its envelope."""
    return {
        "token": "x",
        "team_id": "T0NORTH",
        "context_team_id": "T0NORTH",
        "context_enterprise_id": None,
        "api_app_id": "A1",
        "event": fields,
        "type": "event_callback",
        "event_id": "Ev1",
        "event_time": 1_700_000_000,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": "T0NORTH",
                "user_id": US,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-x",
    }


def message(text: str | None = "why?", **more: Any) -> Json:
    """A direct message; what is None in ``more`` is left out."""
    fields = {
        "type": "message",
        "user": "U1",
        "ts": "9.1",
        "client_msg_id": "c-1",
        "text": text,
        "team": "T0NORTH",
        "blocks": [],
        "channel": "D1",
        "event_ts": "9.1",
        "channel_type": "im",
        **more,
    }
    return event(**{name: value for name, value in fields.items() if value is not None})


def in_channel(text: str, **more: Any) -> Json:
    """A message in a channel."""
    return message(text, **{"channel": "C1", "channel_type": "channel", **more})


def changed(after: Json, before: str = "wy?", **more: Any) -> Json:
    """A message that was changed."""
    base = {"type": "message", "user": "U1", "ts": "9.1", "team": "T0NORTH"}
    return event(
        type="message",
        subtype="message_changed",
        hidden=True,
        channel="D1",
        channel_type="im",
        ts="9.9",
        event_ts="9.9",
        message={**base, "text": "why?", "edited": {"user": "U1", "ts": "9.8"}, **after},
        previous_message={**base, "text": before},
        **more,
    )


def press(**more: Any) -> Json:
    """A press on a button in a message."""
    action = {
        "type": "button",
        "action_id": "say-0",
        "block_id": "b1",
        "value": "why",
        "action_ts": "9.5",
        "text": {"type": "plain_text", "text": "Why?", "emoji": True},
    }
    payload = {
        "type": "block_actions",
        "user": USER,
        "api_app_id": "A1",
        "token": "x",
        "container": {"type": "message", "message_ts": "9.1", "channel_id": "C1", "is_ephemeral": False},
        "trigger_id": "1.2.3",
        "team": TEAM,
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "C1", "name": "board"},
        "message": {"type": "message", "ts": "9.1", "bot_id": "B1", "text": "…"},
        "state": {"values": {}},
        "response_url": "https://hooks.example/1",
        "actions": [action],
        **more,
    }
    return {name: value for name, value in payload.items() if value is not ...}


def thumb(value: str) -> Json:
    """A press on native feedback."""
    return press(
        actions=[{"type": "feedback_buttons", "action_id": "say-1", "value": value, "action_ts": "9.5"}]
    )


def interaction(kind: str, **more: Any) -> Json:
    """An interaction of another kind."""
    return {"type": kind, "user": USER, "team": TEAM, "token": "x", "trigger_id": "1.2.3", **more}


PLACE = "C1\nchannel\n9.1\n\n\npage 1"
"""A form's place and words, as a view carries them (``address.pack``)."""


def view(metadata: str = PLACE, **more: Any) -> Json:
    """A modal with one field filled in."""
    entry = {"type": "plain_text_input", "value": "tea"}
    return {
        "id": "V1",
        "team_id": "T0NORTH",
        "type": "modal",
        "callback_id": "form",
        "private_metadata": metadata,
        "hash": "1.a",
        "state": {"values": {"what": {"what": entry}}},
        **more,
    }


def slash(**more: Any) -> Json:
    """A slash command; what is None is left out."""
    fields = {
        "token": "x",
        "team_id": "T0NORTH",
        "team_domain": "northshire",
        "channel_id": "C1",
        "channel_name": "board",
        "user_id": "U1",
        "user_name": "asha",
        "command": "/sharewise",
        "text": "why?",
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.example/2",
        "trigger_id": "1.2.3",
        **more,
    }
    return {name: value for name, value in fields.items() if value is not None}


class Case(NamedTuple):
    """One payload; ``heard`` is what the turn is told (None for nothing), ``more`` further parts of it."""

    name: str
    payload: Json
    heard: Event | None = None
    more: Json = {}  # noqa: RUF012 (never changed)


def said(words: str, **more: Any) -> Utterance:
    return Utterance(words, **more)


PRESSED = Utterance("why", pressed=True)
HOME = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "event_ts": "9.1"}
CHAT = {
    "type": "assistant_thread_started",
    "assistant_thread": {"user_id": "U1", "channel_id": "D1", "thread_ts": "9.1", "context": {}},
    "event_ts": "9.2",
}
JOINED = {
    "type": "member_joined_channel",
    "user": US,
    "channel": "C1",
    "channel_type": "C",
    "team": "T0NORTH",
    "inviter": "U1",
    "event_ts": "9.1",
}

EVENTS = [
    Case("a direct message", message(), said("why?"), {"conversation": "D1", "message": "D1:9.1"}),
    Case(
        "of few fields", event(type="message", channel="D1", user="U1", ts="9.1", text="why?"), said("why?")
    ),
    Case("in a thread", message(thread_ts="5.0", parent_user_id=US), said("why?"), {"under": "D1:5.0"}),
    Case(
        "with a profile",
        message(user_profile={"display_name": "Asha"}),
        said("why?"),
        {"profile": {"name": "Asha"}},
    ),
    Case("with a link that unfurled", message(attachments=[{"from_url": "https://x.example"}]), said("why?")),
    Case("with metadata", message(metadata={"event_type": "x", "event_payload": {}}), said("why?")),
    Case(
        "of a partner",
        message(user_team="T9", source_team="T9", team="T9"),
        said("why?"),
        {"tenant": "slack:T0NORTH"},
    ),
    Case("in an assistant's thread", message(assistant_thread={"action_token": "x"}), said("why?")),
    Case("sent to the channel, too", message(subtype="thread_broadcast", thread_ts="5.0"), said("why?")),
    Case("without words", message(""), said("")),
    Case("without text at all", message(None), said("")),
    Case("a file", message("", subtype="file_share", files=[FILE]), said("", files=True)),
    Case("a file with words", message(subtype="file_share", files=[FILE]), said("why?", files=True)),
    Case("a mention", in_channel(f"<@{US}> why?"), said("why?"), {"conversation": "C1:9.1"}),
    Case(
        "a mention as app_mention",
        event(type="app_mention", user="U1", text=f"<@{US}> why?", ts="9.1", channel="C1", event_ts="9.1"),
        said("why?"),
    ),
    Case("a mention with a name", in_channel(f"<@{US}|sharewise> why?"), said("why?")),
    Case(
        "a mention in a private channel",
        in_channel(f"<@{US}> why?", channel="G1", channel_type="group"),
        said("why?"),
    ),
    Case(
        "a mention in a group message",
        in_channel(f"<@{US}> why?", channel="C9", channel_type="mpim"),
        said("why?"),
    ),
    Case(
        "a file with a mention",
        in_channel(f"<@{US}>", subtype="file_share", files=[FILE]),
        said("", files=True),
    ),
    Case("a follow-up", in_channel("and risks?", thread_ts="5.0"), said("and risks?", addressed=False)),
    Case("a channel's talk", in_channel("and risks?")),
    Case("to somebody else in a thread", in_channel("<@U2> and risks?", thread_ts="5.0")),
    Case("a file for others", in_channel("", subtype="file_share", thread_ts="5.0", files=[FILE])),
    Case("an edit", changed({}), said("why?", edited=True), {"message": "D1:9.1"}),
    Case(
        "an edit without what was there before",
        event(**without(changed({})["event"], "previous_message")),
        said("why?", edited=True),
    ),
    Case("a link that Slack unfurled later", changed({}, before="why?")),
    Case("a change that nobody made", changed({"edited": None})),
    Case("an edit by another bot", changed({"bot_id": "B1"})),
    Case("a thread that was deleted", changed({"subtype": "tombstone"})),
    Case("a mention added by an edit", in_channel(f"<@{US}> why?", edited={"user": "U1", "ts": "9.2"})),
    Case("a deletion", message(None, subtype="message_deleted", deleted_ts="9.0", hidden=True)),
    Case("a join", in_channel("<@U2> has joined the channel", subtype="channel_join")),
    Case("a topic", in_channel("set the topic", subtype="channel_topic", topic="x")),
    Case("a bot", message(bot_id="B1", bot_profile={"id": "B1"})),
    Case("a bot of the older kind", message(subtype="bot_message", bot_id="B1", user=None)),
    Case("a huddle", in_channel("", subtype="huddle_thread")),
    Case("our own", message(user=US)),
    Case("Slackbot", message(user="USLACKBOT")),
    Case("App Home", event(**HOME), HomeOpened()),
    Case("App Home with its view", event(**HOME, view={"id": "V1", "type": "home"}), HomeOpened()),
    Case("App Home without a tab", event(**without(HOME, "tab")), HomeOpened()),
    Case("its messages", event(**{**HOME, "tab": "messages"}), PaneOpened()),
    Case("a chat in the pane", event(**CHAT), PaneOpened()),
    Case("a chat in the pane, of nobody", event(type="assistant_thread_started", assistant_thread={})),
    Case("we join a channel", event(**JOINED), Opened(), {"speaker": "slack:T0NORTH/U1"}),
    Case("we join without an inviter", event(**without(JOINED, "inviter"))),
    Case("somebody joins", event(**{**JOINED, "user": "U2"})),
    *(
        Case(kind, event(type=kind, user="U1", channel="C1", event_ts="9.1"))
        for kind in (
            "reaction_added",
            "channel_rename",
            "channel_archive",
            "user_change",
            "team_join",
            "member_left_channel",
            "file_shared",
            "link_shared",
            "pin_added",
            "of_a_later_year",
        )
    ),
]
PRESSES = [
    Case("in a message", press(), PRESSED, {"about": "C1:9.1", "can_open": True}),
    Case(
        "in a direct message",
        press(
            container={"type": "message", "message_ts": "9.1", "channel_id": "D1"},
            channel={"id": "D1", "name": "directmessage"},
        ),
        PRESSED,
        {"about": "D1:9.1"},
    ),
    Case("in a thread", press(message={"ts": "9.1", "thread_ts": "5.0"}), PRESSED, {"under": "C1:5.0"}),
    Case(
        "in what one person sees",
        press(
            container={"type": "message", "message_ts": "9.1", "channel_id": "C1", "is_ephemeral": True},
            message=...,
        ),
        PRESSED,
    ),
    Case("without a trigger", press(trigger_id=...), PRESSED, {"can_open": False}),
    Case("without a response_url", press(response_url=...), PRESSED),
    Case("without a channel", press(channel=...), PRESSED, {"about": "C1:9.1"}),
    Case(
        "in App Home",
        press(
            container={"type": "view", "view_id": "V1"},
            view={"id": "V1", "type": "home", "private_metadata": "D1"},
            channel=...,
            message=...,
            response_url=...,
        ),
        PRESSED,
    ),
    Case(
        "in a form",
        press(
            container={"type": "view", "view_id": "V1"},
            view=view(),
            channel=...,
            message=...,
            response_url=...,
        ),
        PRESSED,
    ),
    Case("with a form's state", press(state={"values": {"a": {"b": {"type": "x"}}}}), PRESSED),
    Case(
        "over all of an enterprise",
        press(enterprise={"id": "E1", "name": "x"}, is_enterprise_install=True),
        PRESSED,
    ),
    Case("a thumb", thumb("helpful"), Utterance("helpful", pressed=True)),
    Case("of a link", press(actions=[{"type": "button", "action_id": "a", "url": "https://x.example"}])),
    Case("of nobody", press(user={})),
    Case(
        "a choice in a list",
        press(actions=[{"type": "static_select", "action_id": "a", "selected_option": {"value": "x"}}]),
    ),
    Case(
        "a form submitted",
        interaction("view_submission", view=view(), response_urls=[]),
        Submitted("page 1", {"what": "tea"}),
        {"channel": "C1"},
    ),
    Case(
        "a form without its hash",
        interaction("view_submission", view=without(view(), "hash")),
        Submitted("page 1", {"what": "tea"}),
    ),
    Case(
        "a form with nothing in it",
        interaction("view_submission", view=view(state={"values": {}})),
        Submitted("page 1", {}),
    ),
    Case("a form of somebody else's", interaction("view_submission", view=view("x"))),
]
COMMANDS = [
    Case("in a channel", slash(), said("why?"), {"conversation": "C1:U1:command", "can_open": True}),
    Case("in a direct message", slash(channel_id="D1", channel_name="directmessage"), said("why?")),
    Case("in a group message", slash(channel_id="G1", channel_name="mpdm-a--b-1"), said("why?")),
    Case("without words", slash(text=""), said("")),
    Case("without text", slash(text=None), said("")),
    Case("without a trigger", slash(trigger_id=None), said("why?"), {"can_open": False}),
    Case("without a response_url", slash(response_url=None), said("why?")),
    Case("of an enterprise", slash(enterprise_id="E1", enterprise_name="x"), said("why?")),
    Case("with a mention", slash(text="hello <#C7|board>"), None, {"text": "hello #board"}),
    Case("of nobody", slash(user_id=None)),
]
OTHERS = [
    Case("a global shortcut", interaction("shortcut", callback_id="x", action_ts="9.1")),
    Case(
        "a message's shortcut",
        interaction(
            "message_action",
            callback_id="x",
            message_ts="9.1",
            channel={"id": "C1"},
            message={"ts": "9.1", "text": "x"},
        ),
    ),
    Case("a form closed", interaction("view_closed", view=view(), is_cleared=False)),
    Case("a form closed by its stack", interaction("view_closed", view=view(), is_cleared=True)),
    Case("options wanted", interaction("block_suggestion", action_id="a", block_id="b", value="x")),
    Case("an empty press", press(actions=[])),
    Case("a press that says nothing", press(actions=[{"type": "button", "action_id": "a", "value": " "}])),
    Case("a button of the older kind", interaction("interactive_message", callback_id="x", actions=[])),
    Case(
        "a menu of the older kind",
        interaction(
            "interactive_message", callback_id="x", actions=[{"name": "a", "selected_options": [{}]}]
        ),
    ),
    Case("a dialog of the older kind", interaction("dialog_submission", callback_id="x", submission={})),
    Case("a step of a workflow", interaction("workflow_step_edit", callback_id="x", workflow_step={})),
    Case("a kind of a later year", interaction("of_a_later_year")),
    Case("no kind at all", {"user": USER, "team": TEAM}),
]


async def post(bot: Served, payload: Json) -> int:
    """Deliver a payload as Slack does; the status of the answer."""
    if payload.get("type") == "event_callback":
        body, kind = json.dumps(payload), "application/json"
    else:
        form = payload if "command" in payload else {"payload": json.dumps(payload)}
        body, kind = urlencode(form), "application/x-www-form-urlencoded"
    headers = {"Content-Type": kind, **signed(body.encode(), SECRET)}
    async with bot.session.post(f"{bot.url}/slack/events", data=body.encode(), headers=headers) as response:
        return response.status


def named(cases: list[Case], kind: str) -> list[Any]:
    return [pytest.param(case, id=f"{kind}: {case.name}") for case in cases]


@pytest.mark.parametrize(
    "case", [*named(EVENTS, "event"), *named(PRESSES, "press"), *named(COMMANDS, "command")]
)
async def test_what_becomes_of_a_payload(bot: Served, case: Case) -> None:
    assert await post(bot, case.payload) == 200
    words = case.more.get("text")
    if case.heard is None and words is None:
        assert bot.turn.arrivals == []
        return
    (inbound,) = bot.turn.arrivals
    if words is not None:
        assert isinstance(inbound.event, Utterance)
        assert inbound.event.text == words
        return
    assert inbound.event == case.heard
    assert {name: getattr(inbound, name) for name in case.more} == case.more


@pytest.mark.parametrize("case", named(OTHERS, "other"))
async def test_what_is_not_offered_is_no_event(bot: Served, case: Case) -> None:
    assert await post(bot, case.payload) == 200
    assert bot.turn.arrivals == []


async def test_what_is_not_offered_is_acknowledged_over_a_socket_too() -> None:
    async with Served(socket_mode=True) as bot:
        await until(lambda: bot.slack.courier.connected)
        for case in OTHERS:
            assert await bot.slack.courier.once("interactive", case.payload) == 200, case.name
        assert bot.turn.arrivals == []


async def test_an_edit_is_no_repeat_of_what_was_said_first(bot: Served) -> None:
    await post(bot, {**message("wy?"), "event_id": "Ev1"})
    await post(bot, {**changed({}), "event_id": "Ev2"})
    await post(bot, {**changed({"text": "why??", "edited": {"user": "U1", "ts": "9.95"}}), "event_id": "Ev3"})
    marks = [inbound.idempotency_keys[0] for inbound in bot.turn.arrivals]
    assert len(set(marks)) == 3
    assert len({inbound.message for inbound in bot.turn.arrivals}) == 1
