"""From Slack's payloads to arrivals: pure translation, total over any JSON; None means "not for us"."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.ports import Arrival, To
from bot.slack.speech import for_another, mentions, plain, whole
from dialogs.model import Opened, Place, PlaceKind, Said

Json = dict[str, Any]

_MESSAGES = frozenset((None, "file_share", "thread_broadcast"))
_KINDS: dict[str, PlaceKind] = {"im": "direct", "mpim": "group"}


class Identity(msgspec.Struct):
    """Who we are in the workspace; empty until Slack has told."""

    team: str = ""
    user: str = ""
    """The bot's own user id."""

    def learn(self, body: Json) -> None:
        """Take from an event what it tells of us."""
        if self.user:
            return
        for one in _list(body, "authorizations"):
            if one.get("is_bot") and one.get("user_id"):
                self.user, self.team = _text(one, "user_id"), self.team or _text(one, "team_id")

    def home(self, body: Json) -> str:
        """The installed workspace, also where a Slack Connect partner wrote."""
        return self.team or _text(body, "team_id") or _text(_object(body, "team"), "id")


def message(body: Json, me: Identity) -> Arrival | None:
    """A message or a mention (Slack sends both for one; they carry the same mark)."""
    event = _object(body, "event")
    channel, user, ts, words = (_text(event, name) for name in ("channel", "user", "ts", "text"))
    if not (channel and user and ts) or _unwanted(event, me):
        return None
    kind = _kind(channel, _text(event, "channel_type"))
    thread = _text(event, "thread_ts")
    called = event.get("type") == "app_mention" or mentions(words, me.user)
    if event.get("subtype") == "file_share" and not words.strip():
        return None
    if kind != "direct" and not called and (thread in ("", ts) or for_another(words, me.user)):
        return None
    to, conversation = _where(channel, kind, thread, ts)
    return Arrival(
        event=Said(plain(words, me.user), addressed=called or kind == "direct"),
        speaker=_speaker(_text(event, "user_team") or _text(event, "team"), user, body, me),
        place=Place("slack", kind),
        home=f"slack:{me.home(body)}",
        conversation=conversation,
        marks=(f"m:{channel}:{ts}", *_event_mark(body)),
        to=to,
        private_to=to if kind == "direct" else {"channel": user},
        note_to=to,
    )


def press(body: Json, me: Identity) -> Arrival | None:
    """A press of a button, or of native feedback; its value is the words that it says."""
    actions, user = _list(body, "actions"), _object(body, "user")
    words = _text(actions[0], "value") if actions else ""
    person = _text(user, "id")
    if not (words.strip() and person):
        return None
    container, shown = _object(body, "container"), _object(body, "message")
    channel = _text(_object(body, "channel"), "id") or _text(container, "channel_id")
    ts = _text(container, "message_ts") or _text(shown, "ts")
    if container.get("type") == "view" or not channel:
        channel = _text(_object(body, "view"), "private_metadata")
        kind: PlaceKind = "direct"
        to: To = {"channel": channel or person}
        conversation = channel or f"home:{person}"
        note_to = to
    else:
        kind = _kind(channel, "mpim" if _text(_object(body, "channel"), "name").startswith("mpdm-") else "")
        thread = _text(shown, "thread_ts") or _text(container, "thread_ts")
        to, conversation = _where(channel, kind, thread, ts)
        note_to = _whisper(body, channel, person, thread) or to
        if container.get("is_ephemeral"):
            to, conversation = note_to, _aside(channel, person)
    trigger = _text(body, "trigger_id") or f"{person}:{channel}:{ts}:{_text(actions[0], 'action_ts')}"
    return Arrival(
        event=Said(whole(words), pressed=True),
        speaker=_speaker(_text(user, "team_id"), person, body, me),
        place=Place("slack", kind),
        home=f"slack:{me.home(body)}",
        conversation=conversation,
        marks=(f"p:{trigger}",),
        about=f"{channel}:{ts}" if channel and ts else None,
        to=to,
        private_to=to if kind == "direct" or container.get("is_ephemeral") else {"channel": person},
        note_to=note_to,
    )


def command(body: Json, me: Identity) -> Arrival | None:
    """The slash command; its answers are seen by the person alone."""
    channel, user = _text(body, "channel_id"), _text(body, "user_id")
    if not (channel and user):
        return None
    name = _text(body, "channel_name")
    to = _whisper(body, channel, user, "") or {"channel": user}
    return Arrival(
        event=Said(plain(_text(body, "text"), me.user)),
        speaker=_speaker(_text(body, "team_id"), user, body, me),
        place=Place("slack", _kind(channel, "mpim" if name.startswith("mpdm-") else "")),
        home=f"slack:{me.home(body)}",
        conversation=_aside(channel, user),
        marks=(f"c:{_text(body, 'trigger_id')}",) if body.get("trigger_id") else (),
        to=to,
        private_to=to,
        note_to=to,
    )


def home_opened(body: Json, me: Identity) -> Arrival | None:
    """App Home was opened: the reply is drawn there."""
    event = _object(body, "event")
    user = _text(event, "user")
    if not user or event.get("tab", "home") != "home":
        return None
    to = {"view": "home", "user": user, "channel": _text(event, "channel")}
    return Arrival(
        event=Opened(),
        speaker=_speaker("", user, body, me),
        place=Place("slack", "direct"),
        home=f"slack:{me.home(body)}",
        conversation=f"home:{user}",
        marks=_event_mark(body),
        to=to,
        private_to=to,
        note_to=to,
    )


def joined(body: Json, me: Identity) -> Arrival | None:
    """Somebody added us to a channel."""
    event = _object(body, "event")
    channel, host = _text(event, "channel"), _text(event, "inviter")
    if not (me.user and event.get("user") == me.user and channel and host):
        return None
    to = {"channel": channel}
    return Arrival(
        event=Opened(),
        speaker=_speaker("", host, body, me),
        place=Place("slack", "channel"),
        home=f"slack:{me.home(body)}",
        conversation=channel,
        marks=_event_mark(body),
        to=to,
        private_to={"channel": host},
        note_to=to,
    )


def _unwanted(event: Json, me: Identity) -> bool:
    """Bots' and own messages, edits, deletions, joins and the like."""
    return bool(
        event.get("subtype") not in _MESSAGES
        or event.get("bot_id")
        or event.get("edited")
        or event.get("user") in ("USLACKBOT", me.user)
    )


def _where(channel: str, kind: PlaceKind, thread: str, ts: str) -> tuple[To, str]:
    """Where answers go and which conversation this is: in channels the thread, else where it was said."""
    root = thread if kind == "direct" else thread or ts
    if not root:
        return {"channel": channel}, channel
    return {"channel": channel, "thread_ts": root}, f"{channel}:{root}"


def _whisper(body: Json, channel: str, user: str, thread: str) -> To | None:
    url = _text(body, "response_url")
    if not url:
        return None
    to = {"response_url": url, "channel": channel, "user": user}
    return {**to, "thread_ts": thread} if thread else to


def _aside(channel: str, user: str) -> str:
    """The conversation of one person with the bot alone, in a channel."""
    return f"{channel}:{user}:command"


def _kind(channel: str, channel_type: str) -> PlaceKind:
    return "direct" if channel.startswith("D") else _KINDS.get(channel_type, "channel")


def _speaker(team: str, user: str, body: Json, me: Identity) -> str:
    """A person by their own organisation, not by the channel's."""
    return f"slack:{team or me.home(body)}/{user}"


def _event_mark(body: Json) -> tuple[str, ...]:
    event_id = _text(body, "event_id")
    return (f"e:{event_id}",) if event_id else ()


def _text(source: Json, name: str) -> str:
    value = source.get(name)
    return value if isinstance(value, str) else ""


def _object(source: Json, name: str) -> Json:
    value = source.get(name)
    return value if isinstance(value, dict) else {}


def _list(source: Json, name: str) -> list[Json]:
    value = source.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
