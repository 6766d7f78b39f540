"""What Teams delivers: the parts of an activity that we read, checked for shape."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount
from msgspec import Meta, Struct, field

Id = Annotated[str, Meta(max_length=500)]


class BadActivity(Exception):
    """A request that is no activity for us; the message is a plain sentence, ``status`` the HTTP answer."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class Account(Struct, frozen=True, rename="camel"):
    """Somebody in Teams: a person, or a bot."""

    id: Id | None = None
    name: str | None = None
    aad_object_id: Id | None = None
    tenant_id: Id | None = None
    role: str | None = None


class Talk(Struct, frozen=True, rename="camel"):
    """A personal chat, a group chat, or a channel with the root message of its thread in the id."""

    id: Id | None = None
    conversation_type: str | None = None
    is_group: bool | None = None
    tenant_id: Id | None = None


class Entity(Struct, frozen=True, rename="camel"):
    """A note on the text, such as a mention. Kinds that we don't read may have any shape."""

    type: Any = None
    mentioned: Any = None
    text: Any = None
    quoted_reply: Any = None


class Attachment(Struct, frozen=True, rename="camel"):
    """What came with a message: a file, a picture, a card, or the same words as HTML."""

    content_type: Any = None
    content: Any = None


class Incoming(Struct, frozen=True, rename="camel"):
    """One activity as it came over the wire."""

    type: Id
    id: Id | None = None
    timestamp: Id | None = None
    service_url: Id | None = None
    channel_id: Id | None = None
    sender: Account | None = field(name="from", default=None)
    recipient: Account | None = None
    conversation: Talk | None = None
    reply_to_id: Id | None = None
    name: Id | None = None
    action: Id | None = None
    text: str | None = None
    value: Any = None
    entities: list[Entity] | None = None
    attachments: list[Attachment] | None = None
    members_added: list[Account] | None = None
    locale: Id | None = None
    local_timezone: Id | None = None
    channel_data: Any = None


_decoder = msgspec.json.Decoder(Incoming)


def read_activity(body: bytes) -> Incoming:
    """Read an activity; raises BadActivity where ``body`` is none, or names nobody to answer."""
    try:
        incoming = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadActivity(f"This is not an activity: {error}.") from None
    if incoming.channel_id != "msteams":
        raise BadActivity("Only activities of Microsoft Teams (channelId msteams) are answered here.")
    if not incoming.service_url:
        raise BadActivity("This activity has no serviceUrl, so it can't be answered.")
    if incoming.sender is None or not incoming.sender.id:
        raise BadActivity("This activity has no sender (from.id).")
    if incoming.conversation is None or not incoming.conversation.id:
        raise BadActivity("This activity has no conversation (conversation.id).")
    return incoming


def tenant_of(incoming: Incoming) -> Any:
    """The tenant of the conversation as the activity has it, of any shape; None where it tells of none."""
    talk, data = incoming.conversation or Talk(), incoming.channel_data
    tenant = data.get("tenant") if isinstance(data, dict) else None
    return talk.tenant_id or (tenant.get("id") if isinstance(tenant, dict) else None)


def sdk_activity(incoming: Incoming) -> Activity:
    """The same for the Bot Framework.

    Built rather than deserialised: ``Activity().deserialize`` costs ten times as much, and loses the
    conversation's tenant.
    """
    talk = incoming.conversation or Talk()
    return Activity(
        type=incoming.type,
        id=incoming.id,
        service_url=incoming.service_url,
        channel_id=incoming.channel_id,
        from_property=_account(incoming.sender),
        recipient=_account(incoming.recipient),
        conversation=ConversationAccount(
            id=talk.id,
            conversation_type=talk.conversation_type,
            is_group=talk.is_group,
            tenant_id=tenant_of(incoming),
        ),
        reply_to_id=incoming.reply_to_id,
        name=incoming.name,
        action=incoming.action,
        text=incoming.text,
        value=incoming.value,
        members_added=[_account(member) for member in incoming.members_added or ()],
        locale=incoming.locale,
        local_timezone=incoming.local_timezone,
    )


def _account(account: Account | None) -> ChannelAccount:
    account = account or Account()
    return ChannelAccount(id=account.id, name=account.name, aad_object_id=account.aad_object_id)
