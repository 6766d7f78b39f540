"""The one sender of Teams messages, for turns and for later delivery alike."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import partial

from bot.platforms.ports import Address, IllFormed, OutboxMessage, Undeliverable, Wait
from bot.platforms.teams.connector import BotConnector
from bot.platforms.teams.files import SHARED, offer, parted, sent_apart
from bot.platforms.teams.inbound import message_key
from bot.platforms.teams.render import message as drawn
from dialogs.core.figures import without_pictures
from dialogs.core.plain import choices, plain
from dialogs.core.replies import File, Reply, Text
from dialogs.core.text import literal

PARTS_KEPT = 1_000

GONE = frozenset(("404", "ActivityNotFoundInConversation", "ActivityNotFound", "MessageNotFound"))
"""Why a message can't be replaced: what takes its place is then posted anew."""


class TeamsSender:
    """Carries messages to the Bot Connector (``bot.platforms.ports.Sender``)."""

    def __init__(self, connector: BotConnector) -> None:
        self._connector = connector
        self._parts: OrderedDict[str, str | None] = OrderedDict()
        """What was sent of those that need several messages, with the key of each."""

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Deliver ``message``; return the message's key. Raises Undeliverable or Unavailable."""
        conversation = message.to.get("conversation") or await self._connector.chat(message.to, wait)
        files, rest = parted(message.reply)
        if not files:
            return await self._message(message, conversation, message.reply, wait)
        if conversation.startswith(SHARED):
            apart = await self._hand_over(message, files, wait)
            return await self._message(
                message, conversation, sent_apart(message.reply) if apart else message.reply, wait
            )
        key = None
        if rest.blocks:
            key = await self._once(message.id, partial(self._message, message, conversation, rest, wait))
        for number, file in enumerate(files):
            sent = await self._once(f"{message.id} {number}", partial(self._offer, message.to, file, wait))
            key = key or message_key(conversation, sent or "")
        return key

    async def _message(
        self, message: OutboxMessage, conversation: str, reply: Reply, wait: Wait
    ) -> str | None:
        """Post a reply, or put it in another's place.

        Where Teams refuses how it looks, it goes without its pictures, and at last as plain text, but for a
        card whose last drawing stands there.
        """
        tried: list[Reply] = []
        stands = message.redrawn and message.instead
        for version in (reply, without_pictures(reply), *(() if stands else (_worded(reply),))):
            if version in tried:
                continue
            try:
                return await self._put(message, conversation, version, wait)
            except IllFormed as refusal:
                tried.append(version)
                reason = refusal.reason
        raise IllFormed(reason)

    async def _put(self, message: OutboxMessage, conversation: str, reply: Reply, wait: Wait) -> str | None:
        body, service = drawn(reply, message.to.get("bot", "")), message.to["service_url"]
        if message.to.get("bot"):
            body["from"] = {"id": message.to["bot"]}
        body["conversation"] = {"id": conversation}
        if message.instead:
            shown = message.instead.rpartition(":")[2]
            try:
                await self._connector.update(service, conversation, shown, {**body, "id": shown}, wait)
                return message.instead
            except Undeliverable as refusal:
                if refusal.reason not in GONE:
                    raise
        return message_key(conversation, await self._connector.post(service, conversation, body, wait))

    async def _hand_over(self, message: OutboxMessage, files: list[File], wait: Wait) -> bool:
        """Offer files in the personal chat of whoever asked for them; False where that can't be."""
        tenant, _, person = message.speaker.removeprefix("teams:").partition("/")
        if not person:
            return False
        to = {"service_url": message.to["service_url"], "bot": message.to.get("bot", "")}
        to |= {"person": person, "tenant": tenant}
        try:
            for number, file in enumerate(files):
                await self._once(f"{message.id} {number}", partial(self._offer, to, file, wait))
        except Undeliverable:
            return False
        return True

    async def _offer(self, to: Address, file: File, wait: Wait) -> str:
        conversation = to.get("conversation") or await self._connector.chat(to, wait)
        return await self._connector.post(to["service_url"], conversation, offer(file), wait)

    async def _once(self, part: str, send: Callable[[], Awaitable[str | None]]) -> str | None:
        """What ``send`` gives; a message that is sent again since a later part failed doesn't repeat it."""
        if part not in self._parts:
            self._parts[part] = await send()
            if len(self._parts) > PARTS_KEPT:
                self._parts.popitem(last=False)
        return self._parts[part]


def _worded(reply: Reply) -> Reply:
    """A reply as nothing but its words, with what its buttons say: what can't be refused for its looks."""
    said = literal(plain(reply))
    ways = "\n".join(f"- {literal(choice.label)}: “{literal(choice.says)}”" for choice in choices(reply))
    return Reply((Text("\n\n".join(part for part in (said, ways) if part)),))
