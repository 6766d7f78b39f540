"""Presses of buttons as the inbound events that they mean."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.ports import InboundEvent
from bot.platforms.slack import inbound as arrivals
from dialogs.core.events import Place, Utterance
from tests.slack.served import us

Json = dict[str, Any]


def pressed(words: str = "why x", **more: Any) -> Json:
    """A press in a message of a channel's thread; ``more`` replaces, None removes."""
    body: Json = {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T1", "name": "asha.patel"},
        "team": {"id": "T1"},
        "trigger_id": "1.2.3",
        "container": {"type": "message", "channel_id": "C1", "message_ts": "8.2", "is_ephemeral": False},
        "channel": {"id": "C1", "name": "board"},
        "message": {"ts": "8.2", "thread_ts": "8.1"},
        "response_url": "https://hooks.example/1",
        "actions": [{"type": "button", "action_id": "say-0", "value": words, "action_ts": "9.9"}],
    }
    return {name: value for name, value in {**body, **more}.items() if value is not None}


def press(body: Json) -> InboundEvent:
    """The inbound event of a press that says something."""
    inbound = arrivals.press(body, us())
    assert inbound is not None
    return inbound


def test_a_press_says_the_button_s_words_in_its_thread() -> None:
    whisper = {
        "response_url": "https://hooks.example/1", "channel": "C1", "user": "U1", "thread_ts": "8.1",
    }  # fmt: skip
    assert press(pressed()) == InboundEvent(
        event=Utterance("why x", pressed=True),
        speaker="slack:T1/U1",
        place=Place("slack", "channel"),
        tenant="slack:T1",
        conversation="C1:8.1",
        idempotency_keys=("p:1.2.3",),
        about="C1:8.2",
        under="C1:8.1",
        to={"channel": "C1", "thread_ts": "8.1"},
        private_to={"channel": "U1"},
        note_to=whisper,
        channel="C1",
        channel_to={"channel": "C1"},
        can_open=True,
        profile={"name": "asha.patel"},
    )


def test_a_press_at_the_root_of_a_channel_opens_a_thread_there() -> None:
    inbound = press(pressed(message={"ts": "8.2"}))
    assert (inbound.conversation, inbound.to["thread_ts"]) == ("C1:8.2", "8.2")


def test_a_press_in_a_direct_conversation_stays_there() -> None:
    container = {"type": "message", "channel_id": "D1", "message_ts": "8.2"}
    channel = {"id": "D1", "name": "directmessage"}
    inbound = press(pressed(container=container, channel=channel, message={"ts": "8.2"}))
    assert (inbound.conversation, inbound.place.kind, inbound.to) == ("D1", "direct", {"channel": "D1"})


def test_a_press_in_a_whisper_is_answered_by_a_whisper() -> None:
    container = {"type": "message", "channel_id": "C1", "message_ts": "8.2", "is_ephemeral": True}
    inbound = press(pressed(container=container, message=None))
    assert inbound.conversation == "C1:U1:command"
    assert inbound.to == inbound.note_to == inbound.private_to
    assert inbound.to["response_url"] == "https://hooks.example/1"


def test_a_press_in_app_home_is_answered_in_the_direct_conversation() -> None:
    view = {"id": "V1", "type": "home", "private_metadata": "D1"}
    bare = {"channel": None, "message": None, "response_url": None, "container": {"type": "view"}}
    inbound = press(pressed(**bare, view=view))
    assert (inbound.conversation, inbound.to, inbound.about) == ("D1", {"channel": "D1"}, None)
    unknown = press(pressed(**bare, view={"id": "V1", "type": "home"}))
    assert unknown.to == {"channel": "U1"}


def test_a_press_without_a_response_url_is_confirmed_to_the_person_alone() -> None:
    assert press(pressed(response_url=None)).note_to == {"channel": "C1", "user": "U1", "thread_ts": "8.1"}


def test_native_feedback_says_its_words() -> None:
    action = {"type": "feedback_buttons", "action_id": "say-1", "value": "helpful x", "action_ts": "9.9"}
    assert press(pressed(actions=[action])).event == Utterance("helpful x", pressed=True)


def test_two_presses_without_a_trigger_are_two() -> None:
    first, second = (
        press(pressed(trigger_id=None, actions=[{"type": "button", "value": "x", "action_ts": at}]))
        for at in ("1", "2")
    )
    assert first.idempotency_keys != second.idempotency_keys


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"actions": []}, id="no action"),
        pytest.param({"actions": [{"type": "button", "url": "https://a.example"}]}, id="a link button"),
        pytest.param({"actions": [{"type": "datepicker", "value": 3}]}, id="an unknown action"),
        pytest.param({"actions": "say"}, id="no list"),
        pytest.param({"user": {}}, id="nobody"),
    ],
)
def test_presses_that_say_nothing(more: Json) -> None:
    assert arrivals.press(pressed(**more), us()) is None
