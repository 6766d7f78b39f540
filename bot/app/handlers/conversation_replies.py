"""Where the replies of a conversation's turn go, and what is said elsewhere about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.app.transaction import Turn
from bot.platforms.ports import Address, DeliveryNote, InboundEvent, OutboxMessage
from dialogs.core.effects import Forget
from dialogs.core.model import Decision, State
from dialogs.core.replies import Reply, Text
from dialogs.core.session_model import ChannelReference
from dialogs.wording import conversation as words


def replies_of(
    turn: Turn, inbound: InboundEvent, decision: Decision, now: datetime, stands: State | None = None
) -> tuple[Sequence[OutboxMessage], str]:
    """What a decision says to people, and the note that must travel in the acknowledgement."""
    sending = [_addressed(inbound, reply) for reply in decision.replies]
    alone = inbound.private_to if inbound.private_to != inbound.to else None
    # Whatever goes to them alone is spoken of where they asked: nobody is left with silence there.
    among = inbound.place.kind != "direct" and any(to == alone for _, to, _ in sending)
    arrived = decision.arrived or (words.SENT_DIRECTLY if among else "")
    note = decision.note
    if arrived and inbound.note_to is None and not inbound.in_answer:
        note = words.SENDING
    if note and inbound.note_to is not None:
        sending.append((Reply((Text(note),), private=True), inbound.note_to, ""))
        note = ""
    platform, at = inbound.place.platform, now.timestamp()
    replies = [
        OutboxMessage(turn.names(number), platform, to, reply, None, inbound.speaker, at, instead, stands)
        for number, (reply, to, instead) in enumerate(sending)
    ]
    apart = [number for number, message in enumerate(replies) if message.to == alone]
    if apart:
        then = delivery_note(inbound, arrived)
        replies[apart[-1]] = replace(replies[apart[-1]], then=then)
    return replies, note


def standing(inbound: InboundEvent, decision: Decision, now: datetime) -> State | None:
    """How the talk stands after ``decision``, for what is typed in a thread under it, or quoting it: with the
    buttons that were shown then. None in a channel's threads, which have a state of their own."""
    if inbound.place.kind == "channel" or inbound.under or Forget() in decision.effects:
        return None
    shown = tuple(button for button in decision.state.offered if button.at == now.timestamp())
    return replace(decision.state, asked_by=(), last="", offered=shown)


def _addressed(inbound: InboundEvent, reply: Reply) -> tuple[Reply, Address, str]:
    """A reply with where it goes, and the message whose place it takes ("" for none)."""
    if reply.instead and inbound.about is not None:
        return reply, inbound.to, inbound.about
    return reply, inbound.private_to if reply.private else inbound.to, ""


def delivery_note(inbound: InboundEvent, arrived: str = "") -> DeliveryNote:
    """What is said where somebody asked, about an answer that goes to them alone."""
    sent = arrived if inbound.note_to is not None else ""
    return DeliveryNote(inbound.note_to or inbound.to, sent, words.NOT_SENT)


def reference_of(inbound: InboundEvent) -> ChannelReference | None:
    """The channel or chat as a whole, where something new can be put there for everybody."""
    platform = inbound.place.platform
    if inbound.place.kind == "direct" or not inbound.channel_to:
        return None
    return ChannelReference(inbound.tenant, inbound.channel, platform, inbound.channel_to)
