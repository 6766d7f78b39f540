"""From Slack's payloads to inbound events: pure translation, total over any JSON; None means "not for us"."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from msgspec.structs import replace

from bot.platforms.ports import Address, InboundEvent
from bot.platforms.slack.address import SlackPlace, kind_of, of, unpack
from bot.platforms.slack.form_values import values
from bot.platforms.slack.identity import Identity, actor
from bot.platforms.slack.shapes import Json, inside, listed, text
from bot.platforms.slack.speech import exact, for_another, mentions, plain, whole
from dialogs.core.commands.table import SHORTCUTS
from dialogs.core.events import Event, HomeOpened, Opened, PaneOpened, Place, Submitted, Utterance

_MESSAGES = frozenset((None, "file_share", "thread_broadcast"))
_NAME = 64
"""Characters of a name; a longer one is none that we keep."""


def message(body: Json, me: Identity) -> InboundEvent | None:
    """A message, or its words anew, or a mention (Slack sends both for one; they carry the same key)."""
    event = inside(body, "event")
    edited = event.get("subtype") == "message_changed"
    if edited:
        event = _changed(event)
    elif event.get("edited"):
        return None  # a mention that was added to old words
    channel, user, ts, words = (text(event, name) for name in ("channel", "user", "ts", "text"))
    if not (channel and user and ts) or _unwanted(event, me):
        return None
    kind = kind_of(channel, text(event, "channel_type"))
    thread = text(event, "thread_ts")
    called = event.get("type") == "app_mention" or mentions(words, me.user)
    files = event.get("subtype") == "file_share" or bool(listed(event, "files"))
    if files and not words.strip() and kind != "direct":
        return None
    if kind != "direct" and not called and (thread in ("", ts) or for_another(words, me.user)):
        return None
    reference = SlackPlace(channel, kind, user, ts, thread)
    said = _said(words, body, me, addressed=called or kind == "direct")
    key = f"m:{channel}:{ts}"
    if edited:
        key += f":{text(inside(event, 'edited'), 'ts')}"
    return _inbound(
        body,
        me,
        replace(said, edited=edited, files=files),
        reference,
        idempotency_keys=(key, *_event_key(body)),
        told_again=kind == "channel" and called and event.get("type") == "message",
        note=reference.to,
        message=f"{channel}:{ts}",
        profile=_called(inside(event, "user_profile"), "display_name", "real_name"),
    )


def press(body: Json, me: Identity) -> InboundEvent | None:
    """A press of a button, or of native feedback; its value is the words that it says."""
    actions, user = listed(body, "actions"), inside(body, "user")
    words = text(actions[0], "value") if actions else ""
    person = text(user, "id")
    if not (words.strip() and person):
        return None
    reference, trigger = of(body), text(body, "trigger_id")
    odd = f"{person}:{reference.channel}:{reference.shown}:{text(actions[0], 'action_ts')}"
    return _inbound(
        body,
        me,
        Utterance(whole(words), pressed=True),
        reference,
        idempotency_keys=(f"p:{trigger or odd}",),
        note=_whisper(body, reference),
        about=reference.about,
        can_open=bool(trigger),
        profile=_called(user, "name", "username"),
    )


def submitted(body: Json, me: Identity) -> InboundEvent | None:
    """A form was submitted; it is answered where it was opened."""
    user, view = inside(body, "user"), inside(body, "view")
    person = text(user, "id")
    reference, says = unpack(text(view, "private_metadata"), person)
    if not (person and says.strip()):
        return None
    filled = values(view, lambda user: me.person(user, body))
    return _inbound(
        body,
        me,
        Submitted(whole(says), filled),
        reference,
        idempotency_keys=(_page(view, filled),),
        about=reference.about,
        can_open=True,
        profile=_called(user, "name", "username"),
    )


def command(body: Json, me: Identity) -> InboundEvent | None:
    """The slash command; its answers are seen by the person alone."""
    if not (text(body, "channel_id") and text(body, "user_id")):
        return None
    reference, trigger = of(body), text(body, "trigger_id")
    return _inbound(
        body,
        me,
        _said(text(body, "text"), body, me),
        reference,
        idempotency_keys=(f"c:{trigger}",) if trigger else (),
        note=_whisper(body, reference),
        can_open=bool(trigger),
        profile=_called(body, "user_name"),
    )


def shortcut(body: Json, me: Identity) -> InboundEvent | None:
    """A shortcut that stands everywhere: it is answered in the direct conversation, which ``body`` has as its
    channel where it could be opened."""
    user, says = inside(body, "user"), text(body, "callback_id")
    person, trigger = text(user, "id"), text(body, "trigger_id")
    if not person or not any(says == each.says and not each.on_message for each in SHORTCUTS):
        return None
    return _inbound(
        body,
        me,
        Utterance(says, pressed=True),
        of(body),
        idempotency_keys=(f"s:{trigger or text(body, 'action_ts')}",),
        can_open=bool(trigger),
        profile=_called(user, "name", "username"),
    )


def message_shortcut(body: Json, me: Identity) -> InboundEvent | None:
    """A shortcut on somebody's message; the answer is for whoever chose it alone."""
    user, shown, says = inside(body, "user"), inside(body, "message"), text(body, "callback_id")
    person, trigger, ts = text(user, "id"), text(body, "trigger_id"), text(shown, "ts")
    chosen = next((each for each in SHORTCUTS if each.on_message and each.says == says), None)
    place = replace(of(body), shown=ts or text(body, "message_ts"), aside=True)
    if chosen is None or not (person and place.channel):
        return None
    ours = bool(me.user) and text(shown, "user") == me.user
    words = chosen.of_ours if ours else f"{says} {plain(text(shown, 'text'), me.user)}".strip()
    return _inbound(
        body,
        me,
        Utterance(words, pressed=True, files=bool(listed(shown, "files"))),
        place,
        idempotency_keys=(f"s:{trigger or text(body, 'action_ts')}",),
        note=_whisper(body, place),
        about=place.about if ours else None,
        can_open=bool(trigger),
        profile=_called(user, "name", "username"),
    )


def home_opened(body: Json, me: Identity) -> InboundEvent | None:
    """App Home was opened: the reply is drawn there; on its messages, first words are offered instead."""
    event = inside(body, "event")
    user, channel = text(event, "user"), text(event, "channel")
    if user and channel and event.get("tab") == "messages":
        return _pane(body, me, SlackPlace(channel, "direct", user))
    if not user or event.get("tab", "home") != "home":
        return None
    to = {"view": "home", "user": user, "channel": channel}
    opened = _inbound(
        body,
        me,
        HomeOpened(),
        SlackPlace(channel, "direct", user),
        idempotency_keys=_event_key(body),
        note=to,
    )
    return replace(opened, to=to, private_to=to, conversation=f"home:{user}")


def thread_started(body: Json, me: Identity) -> InboundEvent | None:
    """A new chat was begun in the pane, where the app is an assistant of the older kind."""
    thread = inside(inside(body, "event"), "assistant_thread")
    user, channel, ts = (text(thread, name) for name in ("user_id", "channel_id", "thread_ts"))
    return _pane(body, me, SlackPlace(channel, "direct", user, thread=ts)) if user and channel else None


def _pane(body: Json, me: Identity, place: SlackPlace) -> InboundEvent:
    to = {"view": "pane", "user": place.person, **place.to}
    opened = _inbound(body, me, PaneOpened(), place, idempotency_keys=_event_key(body), note=to)
    return replace(opened, to=to, private_to=to)


def joined(body: Json, me: Identity) -> InboundEvent | None:
    """Somebody added us to a channel."""
    event = inside(body, "event")
    channel, host = text(event, "channel"), text(event, "inviter")
    if not (me.user and event.get("user") == me.user and channel and host):
        return None
    reference = SlackPlace(channel, "channel", host)
    return _inbound(body, me, Opened(), reference, idempotency_keys=_event_key(body), note=reference.to)


def _inbound(
    body: Json,
    me: Identity,
    event: Event,
    reference: SlackPlace,
    *,
    idempotency_keys: tuple[str, ...],
    told_again: bool = False,
    note: Address | None = None,
    about: str | None = None,
    message: str = "",
    can_open: bool = False,
    profile: Mapping[str, str] | None = None,
) -> InboundEvent:
    """``note``: where confirmations go."""
    note = note or reference.note
    return InboundEvent(
        event=event,
        speaker=me.person(reference.person, body, actor(body)[1]),
        place=Place("slack", reference.kind),
        tenant=f"slack:{me.tenant(body)}",
        conversation=reference.conversation,
        idempotency_keys=idempotency_keys,
        told_again=told_again,
        about=about,
        message=message,
        under=f"{reference.channel}:{reference.thread}" if reference.thread else "",
        to=note if reference.aside else reference.to,
        private_to=note if reference.aside else reference.private,
        note_to=note,
        aside=reference.aside,
        channel=reference.whole["channel"],
        channel_to=reference.whole,
        can_open=can_open,
        profile=dict(profile or {}),
    )


def _said(words: str, body: Json, me: Identity, *, addressed: bool = True) -> Utterance:
    with_tokens, named = exact(words, me.user, lambda user: me.person(user, body))
    return Utterance(plain(words, me.user), addressed=addressed, exact=with_tokens, named=named)


def _unwanted(event: Json, me: Identity) -> bool:
    """Bots' and own messages, deletions, joins and the like."""
    return bool(
        event.get("subtype") not in _MESSAGES
        or event.get("bot_id")
        or event.get("user") in ("USLACKBOT", me.user)
    )


def _changed(event: Json) -> Json:
    """A message as somebody has edited it; empty where only Slack changed it, as to show a link."""
    after, before = inside(event, "message"), inside(event, "previous_message")
    if not after.get("edited") or text(after, "text") == text(before, "text"):
        return {}
    return {**after, "channel": text(event, "channel"), "channel_type": text(event, "channel_type")}


def _whisper(body: Json, reference: SlackPlace) -> Address | None:
    """Where Slack lets us answer one person without being asked who we are."""
    url = text(body, "response_url")
    if not url:
        return None
    to = {"response_url": url, "channel": reference.channel, "user": reference.person}
    return {**to, "thread_ts": reference.thread} if reference.thread else to


def _called(source: Json, *names: str) -> dict[str, str]:
    """What a person is called, by the first of ``names`` that tells it."""
    told = (whole(text(source, name)).strip() for name in names)
    return next(({"name": value} for value in told if 0 < len(value) <= _NAME), {})


def _page(view: Json, filled: Mapping[str, str]) -> str:
    """The same for a page that is submitted twice, but not for one that was corrected in between."""
    print = hashlib.blake2s(json.dumps(filled, sort_keys=True).encode(), digest_size=8).hexdigest()
    return f"v:{text(view, 'id')}:{text(view, 'hash')}:{print}"


def _event_key(body: Json) -> tuple[str, ...]:
    event_id = text(body, "event_id")
    return (f"e:{event_id}",) if event_id else ()
