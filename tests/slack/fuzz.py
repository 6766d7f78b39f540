"""Payloads of Slack's kinds with something wrong in each: by a seed, so that what fails can be had again."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from dialogs.core.commands.table import SHORTCUTS
from playground import slack_events as events
from playground.stage import Message, person

Json = dict[str, Any]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**70, 1.5, "", " ", "x" * 3_000, "\x00", "U\ud800", "😀", "{}", [], {}, [[]], [None],
    ["x"], [{}], {"id": None}, {"type": []}, {"": ""}, {"id": {"id": {}}},
)  # fmt: skip
"""What may stand anywhere."""


TRUSTED = ("event", "view", "type", "user", "actions", "authorizations", "enterprise", "team", "ssl_check")
"""Names of which somebody may take for granted what stands there."""


def kinds() -> Iterator[tuple[str, Json]]:
    """One payload of every kind that Slack sends to an app, and how it travels."""
    who, ts = person("asha"), "9.000001"
    said = events.message(who, "D0ASHA", ts, "hello", "8.000001")
    yield "events_api", events.event(1, said)
    yield "events_api", events.event(2, events.mention(said))
    yield "events_api", events.event(3, events.home_opened(who, "D0ASHA", ts))
    joined = {
        "type": "member_joined_channel",
        "user": "U0SHARE",
        "channel": "C0BOARD",
        "inviter": who.slack_id,
    }
    yield "events_api", events.event(4, joined)
    yield "events_api", {"type": "app_rate_limited", "team_id": "T0NORTH", "minute_rate_limited": 1}
    shown = Message(id="D0ASHA:9.1", place="slack-direct", author="bot", text="Question", payload={}, at=9.1)
    button = {"type": "button", "action_id": "say-0", "block_id": "b0", "value": "help"}
    press = events.press(who, "t1", button, ts)
    yield "interactive", press | events.in_message("D0ASHA", shown, "http://127.0.0.1:9/response/1")
    state = {"values": {"field": {"name": {"type": "plain_text_input", "value": "x"}}}}
    metadata = "D0ASHA\ndirect\n9.0\n\n\nsettings"
    view = {
        "id": "V1", "type": "modal", "callback_id": "form", "hash": "1.h", "state": state,
        "blocks": [{"type": "input", "block_id": "field", "element": {"action_id": "name"}}],
        "private_metadata": metadata,
    }  # fmt: skip
    yield "interactive", press | events.in_view(view)
    yield "interactive", events.submission(who, "t2", view)
    base = {name: press[name] for name in ("user", "team", "token", "trigger_id")}
    yield "interactive", {**base, "type": "view_closed", "view": view, "is_cleared": False}
    for chosen in (*(shortcut.says for shortcut in SHORTCUTS), "s"):
        yield "interactive", {**base, "type": "shortcut", "callback_id": chosen, "action_ts": ts}
        on_message = {
            "channel": {"id": "C0BOARD", "name": "board"}, "message_ts": ts,
            "message": {"type": "message", "user": "U0BRYN", "ts": ts, "text": "Why?", "files": []},
            "response_url": "http://127.0.0.1:9/response/2",
        }  # fmt: skip
        yield "interactive", {**base, "type": "message_action", "callback_id": chosen, **on_message}
    yield "interactive", {**base, "type": "block_suggestion", "action_id": "a", "block_id": "b", "value": "x"}
    yield "interactive", {**base, "type": "dialog_submission", "callback_id": "s", "submission": {}}
    yield (
        "interactive",
        {**base, "type": "interactive_message", "callback_id": "s", "actions": [{"value": "x"}]},
    )
    yield "interactive", {**base, "type": "workflow_step_edit", "callback_id": "s"}
    yield "slash_commands", events.command(who, "D0ASHA", "/sharewise", "help", "t3", "http://127.0.0.1:9/r")


def malformed(seed: int, count: int) -> Iterator[tuple[str, Json]]:
    """``count`` payloads of those kinds, each with one to four things in it replaced, removed or added."""
    chance, whole = random.Random(seed), list(kinds())
    for _ in range(count):
        kind, payload = chance.choice(whole)
        payload = copy.deepcopy(payload)
        for _ in range(chance.randint(1, 4)):
            _spoil(payload, chance)
        yield kind, payload


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """A payload's body and content type; what a form can't say goes as JSON, which Slack never does."""
    if kind == "events_api":
        return json.dumps(payload).encode(), JSON
    if kind == "slash_commands":
        fields = {name: value for name, value in payload.items() if isinstance(value, str)}
        return urlencode(fields, errors="replace").encode(), FORM
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM


def _spoil(payload: Json, chance: random.Random) -> None:
    places = list(_places(payload))
    if not places:
        return
    holder, name = chance.choice(places)
    odd = copy.deepcopy(chance.choice(ODD))
    match chance.randrange(4):
        case 0 if isinstance(holder, dict):
            del holder[name]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(TRUSTED)] = odd
        case _:
            holder[name] = odd


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Everything below ``node``: what holds it, and under which name or number."""
    for name in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, name
        if isinstance(node[name], dict | list):
            yield from _places(node[name])
