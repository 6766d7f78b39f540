"""What Slack posts to an app: events, interactions and commands in Slack's own shapes."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from urllib.parse import urlencode

from playground.slack_book import APP, BOT, BOT_USER, GROUP, GROUP_NAME, NAMES, handle, team_of
from playground.stage import EVERYBODY, SLACK_TEAM, Json, Message, Person, Refused

_IDS = {person.key: person.slack_id for person in EVERYBODY}
_CALLED = re.compile(rf"@({'|'.join(_IDS)})\b", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>]+")


def wire(text: str) -> str:
    """Typed text as Slack passes it on: escaped, with tokens for whom it mentions and for addresses."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _URL.sub(lambda found: f"<{found[0]}>", text)
    text = re.sub(r"@sharewise\b", f"<@{BOT_USER}>", text, flags=re.IGNORECASE)
    for id, name in NAMES.items():
        text = re.sub(rf"(?<!\S)#{name}\b", f"<#{id}|{name}>", text)
    text = re.sub(rf"@{GROUP_NAME}\b", f"<!subteam^{GROUP}|@{GROUP_NAME}>", text)
    return _CALLED.sub(lambda found: f"<@{_IDS[found[1].lower()]}>", text)


def event(number: int, event: Json) -> Json:
    """The envelope of an event."""
    return {
        "token": "unused",
        "team_id": SLACK_TEAM,
        "context_team_id": SLACK_TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:09d}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": SLACK_TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{number}",
    }


def message(who: Person, channel: str, ts: str, text: str, thread: str | None) -> Json:
    """A message event; ``text`` is as ``wire`` gives it."""
    team = team_of(who)
    body: Json = {
        "user": who.slack_id,
        "type": "message",
        "ts": ts,
        "client_msg_id": f"00000000-0000-4000-8000-{ts.replace('.', '')[-12:]}",
        "text": text,
        "team": team,
        "blocks": _as_typed(text),
        "channel": channel,
        "event_ts": ts,
        "channel_type": "channel" if channel in NAMES else "im",
    }
    if team != SLACK_TEAM:
        body |= {"user_team": team, "source_team": team}
    if thread:
        body["thread_ts"] = thread
    return body


def mention(said: Json) -> Json:
    """The second event that Slack sends for a message that mentions the app."""
    return {**{name: value for name, value in said.items() if name != "channel_type"}, "type": "app_mention"}


def home_opened(who: Person, channel: str, ts: str, tab: str = "home") -> Json:
    """App Home was opened."""
    return {"type": "app_home_opened", "user": who.slack_id, "channel": channel, "tab": tab, "event_ts": ts}


def thread_started(who: Person, channel: str, thread: str, ts: str) -> Json:
    """A new chat was begun in the pane of an assistant."""
    context: Json = {"force_search": False}
    thread_of = {"user_id": who.slack_id, "context": context, "channel_id": channel, "thread_ts": thread}
    return {"type": "assistant_thread_started", "assistant_thread": thread_of, "event_ts": ts}


def press(who: Person, trigger: str, action: Json, ts: str) -> Json:
    """What all presses have in common; where it happened is added by the next two."""
    return {
        **_interaction("block_actions", who, trigger),
        "state": {"values": {}},
        "actions": [{**action, "action_ts": ts}],
    }


def shortcut(who: Person, trigger: str, callback: str, ts: str) -> Json:
    """A shortcut was chosen that stands everywhere."""
    return {**_interaction("shortcut", who, trigger), "callback_id": callback, "action_ts": ts}


def message_shortcut(
    who: Person, trigger: str, callback: str, ts: str, channel: str, shown: Message, url: str
) -> Json:
    """A shortcut was chosen in the menu of a message."""
    of_the_app = shown.author == "bot"
    said = shown.payload if not of_the_app else {"user": BOT_USER, "bot_id": BOT, "text": shown.text}
    thread = {"thread_ts": shown.thread.partition(":")[2]} if shown.thread else {}
    own_ts = shown.id.partition(":")[2]
    return {
        **_interaction("message_action", who, trigger),
        "callback_id": callback,
        "action_ts": ts,
        "channel": {"id": channel, "name": NAMES.get(channel, "directmessage")},
        "message_ts": own_ts,
        "message": {**said, **thread, "type": "message", "ts": own_ts},
        "response_url": url,
    }


def submission(who: Person, trigger: str, view: Json) -> Json:
    """A form was submitted; what was filled in is the view's state."""
    return {**_interaction("view_submission", who, trigger), "view": view, "response_urls": []}


def _interaction(kind: str, who: Person, trigger: str) -> Json:
    return {
        "type": kind,
        "user": {
            "id": who.slack_id,
            "username": handle(who),
            "name": handle(who),
            "team_id": team_of(who),
        },
        "api_app_id": APP,
        "token": "unused",
        "trigger_id": trigger,
        "team": {"id": SLACK_TEAM, "domain": "northshire"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def in_message(channel: str, shown: Message, response_url: str) -> Json:
    """Where a press happened: in a message."""
    ts = shown.id.partition(":")[2]
    container: Json = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel,
        "is_ephemeral": shown.only_for is not None,
    }
    thread = shown.thread.partition(":")[2] if shown.thread else None
    if thread:
        container["thread_ts"] = thread
    name = NAMES.get(channel, "directmessage")
    body: Json = {
        "container": container,
        "channel": {"id": channel, "name": name},
        "response_url": response_url,
    }
    if shown.only_for is None:
        body["message"] = {
            "type": "message",
            "user": BOT_USER,
            "ts": ts,
            "app_id": APP,
            "team": SLACK_TEAM,
            "text": shown.text,
            "blocks": shown.payload.get("blocks", []),
            **({"thread_ts": thread, "parent_user_id": BOT_USER} if thread else {}),
        }
    return body


def in_view(view: Json) -> Json:
    """Where a press happened: in a view."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view}


def command(who: Person, channel: str, name: str, text: str, trigger: str, response_url: str) -> Json:
    """A slash command."""
    return {
        "token": "unused",
        "team_id": team_of(who),
        "team_domain": "northshire",
        "channel_id": channel,
        "channel_name": NAMES.get(channel, "directmessage"),
        "user_id": who.slack_id,
        "user_name": handle(who),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def encode(kind: str, payload: Json) -> tuple[bytes, str]:
    """A payload's body and content type, as each kind travels over HTTP."""
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def action(blocks: Sequence[Json], element: Json) -> tuple[Json, str]:
    """The action that pressing ``element`` makes, and the reaction that it leaves. Raises Refused."""
    for number, block in enumerate(blocks):
        inside = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
        for part in inside:
            if not isinstance(part, dict) or part.get("action_id") != element.get("action_id"):
                continue
            thumbs = {"up": part.get("positive_button"), "down": part.get("negative_button")}
            for reaction, thumb in [*thumbs.items(), ("", part)]:
                if thumb and thumb.get("value") == element.get("value") and "action_id" in part:
                    return {
                        "type": part["type"],
                        "action_id": part["action_id"],
                        "block_id": block.get("block_id", f"b{number}"),
                        "text": thumb.get("text"),
                        "value": thumb.get("value"),
                    }, reaction
    raise Refused("There is no such button in this message.")


def _as_typed(text: str) -> list[Json]:
    run = {"type": "text", "text": text} if text else {"type": "text", "text": " "}
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]}]
