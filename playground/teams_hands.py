"""What people press in Teams: an action of a card, a thumb, what a file card asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground import teams_activities as activities
from playground.stage import Json, Message, Person, Refused
from playground.teams_book import TeamsBook
from playground.teams_dialogs import WENT_WRONG, Dialogs, opens
from playground.teams_files import CONSENT, Drive
from playground.teams_line import TeamsLine

CARD = "application/vnd.microsoft.card.adaptive"


class TeamsHands:
    """Delivers it to the bot, and does what its answer says."""

    def __init__(
        self, book: TeamsBook, line: TeamsLine, drive: Drive, dialogs: Dialogs, changed: Callable[[str], None]
    ) -> None:
        """``changed`` is told the place in which something now looks otherwise."""
        self._book, self._line, self._drive = book, line, drive
        self._dialogs, self._changed = dialogs, changed

    async def press(self, who: Person, message: str, element: Json) -> str:
        """Press an action of a card, a thumb or what a file card asks.

        A thumb is ``{"reaction": "like"}`` or ``"dislike"``; a file is ``{"fileConsent": "accept"}`` or
        ``"decline"``. Returns the toast.
        """
        chat, found = self.seen(message)
        if chat == activities.CHANNEL:
            chat += f";messageid={found.thread or found.id}"
        if "reaction" in element:
            return await self._thumb(who, chat, found, str(element["reaction"]))
        if element.get("type") == "Action.Execute":
            invoke = self._line.invoke(who, chat)
            return self._answered(
                found, *await self._line.deliver(activities.executed(invoke, element, message))
            )
        if "fileConsent" in element:
            return await self._consent(who, chat, found, str(element["fileConsent"]))
        if element.get("type") == "Action.Submit" and opens(element):
            return await self._dialogs.fetch(who, chat, message, element)
        if element.get("type") == "Action.Submit":
            plain = self._line.activity("message", self._book.next_id(), who, chat)
            await self._line.tell(activities.submitted(plain, element, message))
            return ""
        raise Refused("Teams has no such button.")

    async def refresh(self, who: Person, messages: list[Message]) -> None:
        """Look at ``messages``, oldest first: the newest card that can asks for its newest state."""
        seen = ((message, refresh_of(message)) for message in reversed(messages))
        message, action = next((each for each in seen if each[1]), (None, None))
        if message is not None and action is not None:
            invoke = self._line.invoke(who, activities.personal_chat(who))
            asked = activities.executed(invoke, action, message.id, "automatic")
            self._answered(message, *await self._line.deliver(asked))

    async def _thumb(self, who: Person, chat: str, message: Message, reaction: str) -> str:
        if reaction not in ("like", "dislike") or not message.payload.get("channelData", {}).get(
            "feedbackLoop"
        ):
            raise Refused("This message asks for no feedback.")
        invoke = self._line.invoke(who, chat)
        status, _ = await self._line.deliver(activities.reacted(invoke, reaction, message.id))
        if status != 200:
            return WENT_WRONG
        message.reaction = "up" if reaction == "like" else "down"
        self._changed(message.place)
        return "Thank you for your feedback."

    async def _consent(self, who: Person, chat: str, message: Message, action: str) -> str:
        offers = [
            attachment
            for attachment in message.payload.get("attachments") or ()
            if attachment.get("contentType") == CONSENT
        ]
        if action not in ("accept", "decline") or not offers:
            raise Refused("This message offers no file.")
        name, card = str(offers[0]["name"]), offers[0]["content"]
        value: Json = {"action": action, "context": card.get(f"{action}Context")}
        if action == "accept":
            value["uploadInfo"] = self._drive.begin(name, self._line.bot_url)
        invoke = self._line.invoke(who, chat)
        status, _ = await self._line.deliver(activities.consented(invoke, value, message.id))
        return "" if status == 200 else WENT_WRONG

    def _answered(self, message: Message, status: int, answer: Any) -> str:
        """What an invoke's response does: a toast, or another card in the message's place."""
        kind = answer.get("type") if isinstance(answer, dict) else None
        if status != 200 or answer.get("statusCode") != 200:
            return WENT_WRONG
        if kind == "application/vnd.microsoft.activity.message":
            return str(answer.get("value", ""))
        if kind == CARD:
            attachments = [{"contentType": CARD, "content": answer["value"]}]
            if attachments != message.payload.get("attachments"):
                message.payload = {**message.payload, "attachments": attachments}
                message.edited = True
                self._changed(message.place)
            return ""
        return WENT_WRONG

    def seen(self, message: str) -> tuple[str, Message]:
        """A message, and the conversation in which it stands. Raises Refused."""
        found = self._book.find(message)
        if found is None:
            raise Refused("This message is gone.")
        return found


def refresh_of(message: Message) -> Json | None:
    """The action by which a message's card asks for its newest state; None where it has none."""
    for attachment in message.payload.get("attachments") or ():
        refresh = (attachment.get("content") or {}).get("refresh")
        if isinstance(refresh, dict):
            action: Json = refresh["action"]
            return action
    return None
