"""From an activity to an ``InboundEvent``: who spoke, where, in which words, and where answers go."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.platforms.ports import Address, InboundEvent
from bot.platforms.teams.forms import values
from bot.platforms.teams.incoming import Account, BadActivity, Incoming, Talk
from bot.platforms.teams.speech import brings_files, calls_us, for_another, quoted, said
from dialogs.core.events import Event, HomeOpened, Opened, Place, PlaceKind, Submitted, Utterance

LONGEST_WORDS = 2000
"""Characters that a button of ours may say; whatever says more is forged."""

KINDS: dict[str | None, PlaceKind] = {"personal": "direct", "groupChat": "group", "channel": "channel"}
FEEDBACK = {"like": "helpful", "dislike": "not helpful"}
"""The words that Teams' own thumbs say; it names only the thumb."""

_THREAD = ";messageid="
_CHANNEL = re.compile(r"19:[^\s;]{1,300}")
_TENANT = re.compile(r"[A-Za-z0-9.-]{1,64}")


def typed_or_submitted(incoming: Incoming) -> InboundEvent | None:
    """A message: typed words, or a button of a client that knows no ``Action.Execute``.

    None where it is not for us: a bot's own words, or a button that is none of ours.
    """
    if _from_bot(incoming):
        return None
    if not incoming.id:
        raise BadActivity("This message has no id.")
    if incoming.value is not None and not (incoming.text or "").strip():
        words = words_of(incoming.value)
        return None if words is None else inbound(incoming, Utterance(words, pressed=True), about=True)
    return _said(incoming)


def edited(incoming: Incoming) -> InboundEvent | None:
    """A message whose words its author has changed. None for any other change, and where it is not for us."""
    kind = dig(incoming.channel_data, "eventType")
    if _from_bot(incoming) or kind not in (None, "editMessage") or not incoming.id:
        return None
    return _said(incoming, edited=True)


def _said(incoming: Incoming, *, edited: bool = False) -> InboundEvent | None:
    """Typed words. Where we may read all that is said in a channel, most of it is for others."""
    talk = incoming.conversation or Talk()
    addressed = _kind(talk) == "direct" or calls_us(incoming)
    if not addressed and (not _follows(incoming, talk) or for_another(incoming)):
        return None
    event = replace(
        said(incoming, _there(incoming)), addressed=addressed, edited=edited, files=brings_files(incoming)
    )
    time = incoming.timestamp or _hash((incoming.text or "").encode())
    key = f"{incoming.id}:{time}" if edited else ""
    made, channel = inbound(incoming, event, idempotency_key=key), talk.id or ""
    quotes = quoted(incoming)
    return replace(
        made,
        message=message_key(channel, incoming.id or ""),
        quoted=message_key(channel, quotes) if quotes else None,
    )


def _follows(incoming: Incoming, talk: Talk) -> bool:
    """Whether a message stands under another one in a channel."""
    root = (talk.id or "").partition(_THREAD)[2] or incoming.reply_to_id
    return _kind(talk) == "channel" and root not in (None, "", incoming.id)


def _kind(talk: Talk) -> PlaceKind:
    return KINDS.get(talk.conversation_type, "group" if talk.is_group else "direct")


def pressed(incoming: Incoming) -> InboundEvent | None:
    """A card's ``Action.Execute``. None where the button is none of ours."""
    action = dig(incoming.value, "action")
    if dig(action, "type") != "Action.Execute" or dig(incoming.value, "trigger") == "automatic":
        return None
    words = words_of(dig(action, "data"))
    return (
        None if words is None else inbound(incoming, Utterance(words, pressed=True), about=True, note=False)
    )


def looked_at(incoming: Incoming) -> InboundEvent | None:
    """Somebody's own page asks for its newest state. None for any other action."""
    action = dig(incoming.value, "action")
    if dig(action, "type") != "Action.Execute" or dig(action, "data", "refresh") is not True:
        return None
    return replace(inbound(incoming, HomeOpened(), note=False), in_answer=True)


def opening(incoming: Incoming) -> InboundEvent | None:
    """A button that opens a dialog. None where it is none of ours."""
    words = words_of(dig(incoming.value, "data"))
    if words is None:
        return None
    return inbound(incoming, Utterance(words, pressed=True), about=True, note=False, can_open=True)


def submitted(incoming: Incoming) -> InboundEvent | None:
    """A dialog was submitted, or a button within it pressed. None where it is none of ours."""
    data = dig(incoming.value, "data")
    words = words_of(data)
    if words is None:
        return None
    event: Event = Utterance(words, pressed=True)
    if data.get("form") is True:
        event = Submitted(words, values(data, own_tenant(incoming)))
    return inbound(incoming, event, about=True, note=False, can_open=True)


def thumbed(incoming: Incoming) -> InboundEvent | None:
    """A thumb of Teams' own feedback buttons. None for any other submit action."""
    thumb = dig(incoming.value, "actionValue", "reaction")
    words = FEEDBACK.get(thumb) if isinstance(thumb, str) else None
    if dig(incoming.value, "actionName") != "feedback" or words is None:
        return None
    return inbound(incoming, Utterance(words, pressed=True), about=True, note=False)


def installed(incoming: Incoming) -> InboundEvent | None:
    """The bot was added to a conversation.

    Teams tells it twice, as a new member and as an installation, seconds apart: both carry one key, so that
    the welcome is said once. Installing it again later is something new.
    """
    if _from_bot(incoming):
        return None
    talk = incoming.conversation or Talk()
    keys = tuple(f"m:{message_key(talk.id or '', moment)}" for moment in _moments(incoming.timestamp))
    told = dig(incoming.channel_data, "settings", "selectedChannel", "id")
    if isinstance(told, str) and _CHANNEL.fullmatch(told):
        # What is told of the whole team comes from its first channel; whoever added us chose another.
        incoming = replace(incoming, conversation=replace(talk, id=told))
    return replace(inbound(incoming, Opened()), idempotency_keys=keys)


def _moments(timestamp: str | None) -> tuple[str, ...]:
    """Names of an installation's moment; two that are less than a minute apart have one in common."""
    try:
        minute = int(datetime.fromisoformat(timestamp or "").timestamp() // 60)
    except (ValueError, OverflowError):
        return ("opened",)
    return (f"opened {minute}", f"opened {minute + 1}")


def names_us(incoming: Incoming) -> bool:
    """Whether the bot is among the new members."""
    us = incoming.recipient.id if incoming.recipient else None
    return us is not None and any(member.id == us for member in incoming.members_added or ())


def words_of(data: Any) -> str | None:
    """The words of a button's data, where it is one of ours."""
    words = dig(data, "says")
    return words if isinstance(words, str) and 0 < len(words) <= LONGEST_WORDS else None


def message_key(conversation: str, activity: str) -> str:
    """A message's id, unique in its partition.

    Teams numbers messages a conversation at a time. The thread is left out: not every client names it
    when a button is pressed.
    """
    return f"{conversation.partition(_THREAD)[0]}:{activity}"


def own_tenant(incoming: Incoming) -> str:
    """The tenant that the sender belongs to, which in a shared channel need not be ours."""
    sender, talk = incoming.sender or Account(), incoming.conversation or Talk()
    return _tenant(sender.tenant_id, dig(incoming.channel_data, "tenant", "id"), talk.tenant_id)


def _there(incoming: Incoming) -> str:
    """The tenant that the conversation belongs to."""
    talk = incoming.conversation or Talk()
    return _tenant(talk.tenant_id, dig(incoming.channel_data, "tenant", "id"))


def inbound(
    incoming: Incoming,
    event: Event,
    *,
    about: bool = False,
    note: bool = True,
    can_open: bool = False,
    idempotency_key: str = "",
) -> InboundEvent:
    """``event`` with all that the activity tells around it; ``about``: it concerns the message it replies to,
    ``note``: confirmations go to the conversation."""
    talk, sender = incoming.conversation or Talk(), incoming.sender or Account()
    kind = _kind(talk)
    own, conversation = own_tenant(incoming), talk.id or ""
    channel = conversation.partition(_THREAD)[0]
    if kind == "channel" and _THREAD not in conversation and not isinstance(event, Opened):
        root = incoming.reply_to_id or (incoming.id if incoming.type == "message" else None)
        conversation += _THREAD + root if root else ""
    us = (incoming.recipient and incoming.recipient.id) or ""
    base: Address = {"service_url": incoming.service_url or "", "bot": us}
    here: Address = {**base, "conversation": conversation}
    private = here if kind == "direct" else {**base, "person": sender.id or "", "tenant": own}
    key = idempotency_key or incoming.id or _print(incoming)
    return InboundEvent(
        event=event,
        speaker=f"teams:{own}/{sender.aad_object_id or sender.id}",
        also=(f"teams:{own}/{sender.id}",) if sender.aad_object_id and sender.id else (),
        place=Place("teams", kind),
        tenant=f"teams:{_there(incoming)}",
        conversation=conversation,
        idempotency_keys=("m:" + message_key(conversation, key),) if key else (),
        about=message_key(conversation, incoming.reply_to_id) if about and incoming.reply_to_id else None,
        under=_under(conversation),
        to=here,
        private_to=private,
        note_to=here if note else None,
        channel=channel,
        channel_to={**base, "conversation": channel},
        can_open=can_open,
        profile=_profile(incoming),
    )


def _under(conversation: str) -> str:
    """The message on which a thread hangs."""
    _, thread, root = conversation.partition(_THREAD)
    return message_key(conversation, root) if thread else ""


def _print(incoming: Incoming) -> str:
    """What stands for the id of an invoke without one: the same when Teams repeats it.

    Without a time there is nothing to tell a repeat from a second press, and so no idempotency key.
    """
    if not incoming.timestamp:
        return ""
    parts = (incoming.name, incoming.timestamp, incoming.sender, incoming.reply_to_id, incoming.value)
    return "p" + _hash(msgspec.json.encode(parts))


def _hash(content: bytes) -> str:
    return hashlib.blake2s(content, digest_size=16).hexdigest()


def _from_bot(incoming: Incoming) -> bool:
    sender, us = incoming.sender or Account(), incoming.recipient or Account()
    return sender.id == us.id or sender.role == "bot" or (sender.id or "").startswith("28:")


def _profile(incoming: Incoming) -> dict[str, str]:
    name = incoming.sender.name if incoming.sender else None
    told = {"name": name, "time zone": incoming.local_timezone, "language": incoming.locale}
    return {name: value for name, value in told.items() if value and len(value) <= 64}


def _tenant(*candidates: Any) -> str:
    for candidate in candidates:
        if isinstance(candidate, str) and _TENANT.fullmatch(candidate):
            return candidate
    raise BadActivity("This activity names no tenant.")


def dig(value: Any, *path: str) -> Any:
    """What stands at ``path`` inside ``value``, of any shape; None where nothing does."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
