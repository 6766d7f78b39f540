"""A local stand-in for the Bot Connector and for Teams around it.

It delivers activities to the bot's own endpoint over HTTP, and takes what the bot posts back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from aiohttp import web

from playground import teams_activities as activities
from playground.stage import Message, Person, Refused
from playground.stage import person as cast
from playground.teams_book import TeamsBook, TeamsBookMemory, TeamsFault, conversation_of
from playground.teams_courier import TeamsCourier
from playground.teams_dialogs import WENT_WRONG, Dialogs, opens
from playground.teams_files import CONSENT, Drive, KeptFile
from playground.teams_search import COMMAND, Searches
from playground.teams_service import TeamsService

PREFIX = "/playground/teams"
CARD = "application/vnd.microsoft.card.adaptive"


class TeamsMemory(msgspec.Struct):
    """What a restart must not change."""

    book: TeamsBookMemory
    installed: list[str]
    """In whose personal chat the bot is installed, by their keys."""
    files: dict[str, KeptFile]


class TeamsStandIn:
    """Teams in one process: ``playground.stage.StandIn`` plus the Bot Connector's endpoints."""

    def __init__(
        self,
        bot_url: str,
        *,
        prefix: str = PREFIX,
        token: Callable[[str], str] | None = None,
        pause: float = 0.5,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``bot_url`` is where the bot, and this stand-in under ``prefix``, is served.

        ``token`` signs deliveries, given the service URL; ``pause`` is how many seconds pass before a
        failed delivery is repeated; ``clock`` tells, in seconds since 1970, when messages are said.
        """
        self.changed: Callable[[str], None] = lambda place: None
        self.bot_url = bot_url.rstrip("/")
        self.book = TeamsBook(clock)
        self._prefix, self._courier = prefix, TeamsCourier(token, pause)
        self._drive = Drive(self.book, prefix)
        self._service = TeamsService(self.book, prefix, lambda place: self.changed(place))
        self._installed: set[str] = set()
        self._dialogs = Dialogs(self._invoke, lambda activity: self.deliver(activity))
        self._searches = Searches(self._invoke, lambda activity: self.deliver(activity), self._insert)

    @property
    def service_url(self) -> str:
        """Where activities say that answers go."""
        return f"{self.bot_url}{self._prefix}/"

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The Bot Connector's endpoints and those for files, under the prefix."""
        return [*self._service.routes(), *self._drive.routes()]

    def kept(self) -> TeamsMemory:
        """What ``restore`` takes; dialogs that are open are not in it."""
        return TeamsMemory(self.book.kept(), sorted(self._installed), self._drive.kept())

    def restore(self, memory: TeamsMemory) -> None:
        """Go on from ``memory``."""
        self.book.restore(memory.book)
        self._installed = set(memory.installed)
        self._drive.restore(memory.files)

    def clear(self) -> None:
        """Forget what was said, opened, installed and uploaded."""
        self.book.clear()
        self._drive.clear()
        self._installed.clear()
        self._dialogs.clear()
        self._searches.clear()

    # --- The page's side ------------------------------------------------------------------------

    def messages(self, place: str, person: str) -> list[Message]:
        """All that ``person`` sees in ``place``, oldest first."""
        return list(self.book.inside(conversation_of(place, cast(person))))

    async def say(self, person: str, place: str, text: str, thread: str | None = None) -> None:
        """Type a message; as in Teams, a channel's reaches the bot only where it mentions it, and elsewhere
        that in whose ``thread`` it would stand is quoted."""
        who = cast(person)
        chat, key = conversation_of(place, who), self.book.next_id()
        if chat == activities.CHANNEL:
            chat += f";messageid={thread or key}"
        quotes = f'<quoted messageId="{thread}"/>' if thread and place != "teams-channel" else ""
        activity = activities.typed(self._activity("message", key, who, chat), quotes + text)
        self.book.add(chat, person, text, activity, key)
        self.changed(place)
        if chat == activities.personal_chat(who) or activities.mentions_bot(text):
            await self._told(activity)

    async def press(self, person: str, message: str, element: dict[str, Any]) -> str:
        """Press an action of a card, a thumb or what a file card asks.

        A thumb is ``{"reaction": "like"}`` or ``"dislike"``; a file is ``{"fileConsent": "accept"}`` or
        ``"decline"``. Returns the toast.
        """
        chat, found = self._seen(message)
        if chat == activities.CHANNEL:
            chat += f";messageid={found.thread or found.id}"
        who = cast(person)
        if "reaction" in element:
            return await self._thumb(who, chat, found, str(element["reaction"]))
        if element.get("type") == "Action.Execute":
            invoke = self._invoke(who, chat)
            return self._shown(found, *await self.deliver(activities.executed(invoke, element, message)))
        if "fileConsent" in element:
            return await self._consent(who, chat, found, str(element["fileConsent"]))
        if element.get("type") == "Action.Submit" and opens(element):
            return await self._dialogs.fetch(who, chat, message, element)
        if element.get("type") == "Action.Submit":
            plain = self._activity("message", self.book.next_id(), who, chat)
            await self._told(activities.submitted(plain, element, message))
            return ""
        raise Refused("Teams has no such button.")

    def modal(self, person: str) -> dict[str, Any] | None:
        """The dialog that is open for a person: its title, card and errors; None where none is."""
        return self._searches.shown(person) or self._dialogs.shown(person)

    async def submit(self, person: str, values: dict[str, Any]) -> None:
        """Submit the open dialog with values by the inputs' ids; several are one string with commas.

        What Teams itself finds missing is in the dialog's errors then, and nothing is sent.
        """
        if self._searches.shown(person):
            await self._searches.submit(cast(person), values)
        else:
            await self._dialogs.submit(cast(person), values)

    async def press_in_modal(self, person: str, element: dict[str, Any]) -> None:
        """Press an action of the open dialog's card."""
        if self._searches.shown(person):
            self._searches.press(cast(person), element)
        else:
            await self._dialogs.press(cast(person), element)

    def close_modal(self, person: str) -> None:
        """Close the open dialog; Teams tells the bot nothing of that."""
        self._searches.close(person)
        self._dialogs.close(person)

    async def open_home(self, person: str) -> list[dict[str, Any]]:
        """Look at the personal chat; the first time installs the bot there. Teams has no home of an app: the
        newest card that can be refreshed is, as those are that come into view."""
        if person not in self._installed:
            self._installed.add(person)
            await self.install(person, "teams-personal")
        seen = (
            (message, refresh_of(message)) for message in reversed(self.messages("teams-personal", person))
        )
        message, action = next((each for each in seen if each[1]), (None, None))
        if message is not None and action is not None:
            who = cast(person)
            invoke = self._invoke(who, activities.personal_chat(who))
            asked = activities.executed(invoke, action, message.id, "automatic")
            self._shown(message, *await self.deliver(asked))
        return []

    async def open_pane(self, person: str, *, new: bool = False) -> None:
        """Teams has none."""

    def pane(self, person: str) -> None:
        """See ``open_pane``."""

    def home(self, person: str) -> list[dict[str, Any]]:
        """See ``open_home``."""
        return []

    async def shortcut(self, person: str, callback: str, message: str = "", place: str = "") -> None:
        """Choose a command of the message extension: its search, or (an id) one on a message."""
        who = cast(person)
        if message:
            chat, shown = self._seen(message)
            await self._dialogs.choose(who, chat, callback, activities.message_shown(shown))
        elif callback == COMMAND:
            await self._searches.open(who, conversation_of(place, who))
        else:
            raise Refused("Teams has no shortcuts of this kind.")

    async def install(self, person: str, place: str) -> None:
        """Add the bot to a place: Teams tells it twice."""
        who = cast(person)
        chat = conversation_of(place, who)
        joined = self._activity("conversationUpdate", f"f:{self.book.next_id()}", who, chat)
        await self._told({**joined, "membersAdded": [activities.BOT]})
        installed = self._activity("installationUpdate", f"f:{self.book.next_id()}", who, chat)
        await self._told({**installed, "action": "add"})

    def gone(self, person: str, code: str = "ForbiddenOperationException") -> None:
        """Let a person's chat refuse all that the bot sends, with 403 and that code, from now on.

        ``code`` "" lets them come back.
        """
        self.book.gone[cast(person).key] = code

    def fail(
        self,
        kind: str,
        *,
        times: int = 1,
        status: int = 500,
        retry_after: float | None = None,
        silent: bool = False,
    ) -> None:
        """Let the next ``times`` requests of a kind fail: send, update, delete, create, members or upload.

        ``silent``: carried out, but the connection ends before the answer. A ``status`` of 200 is that of a
        web page that says something of maintenance.
        """
        self.book.faults.append(TeamsFault(kind, times, status, retry_after, silent))

    # --- To the bot -----------------------------------------------------------------------------

    async def deliver(self, activity: dict[str, Any]) -> tuple[int, Any]:
        """Post an activity to the bot; returns the status (0: no answer) and JSON body of its answer."""
        return await self._courier.carry(activity, f"{self.bot_url}/api/messages")

    async def close(self) -> None:
        """Close the client with which activities are delivered."""
        await self._courier.close()

    def _activity(self, kind: str, key: str, person: Person, conversation: str) -> dict[str, Any]:
        return activities.base(kind, key, person, conversation, self.service_url)

    def _invoke(self, person: Person, conversation: str) -> dict[str, Any]:
        return self._activity("invoke", f"f:{self.book.next_id()}", person, conversation)

    async def _told(self, activity: dict[str, Any]) -> None:
        status, _ = await self.deliver(activity)
        if not 200 <= status < 300:
            raise Refused(f"The bot answered {status}." if status else "The bot doesn't answer.")

    async def _thumb(self, who: Person, chat: str, message: Message, reaction: str) -> str:
        if reaction not in ("like", "dislike") or not message.payload.get("channelData", {}).get(
            "feedbackLoop"
        ):
            raise Refused("This message asks for no feedback.")
        invoke = self._invoke(who, chat)
        status, _ = await self.deliver(activities.reacted(invoke, reaction, message.id))
        if status != 200:
            return WENT_WRONG
        message.reaction = "up" if reaction == "like" else "down"
        self.changed(message.place)
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
        value: dict[str, Any] = {"action": action, "context": card.get(f"{action}Context")}
        if action == "accept":
            value["uploadInfo"] = self._drive.begin(name, self.bot_url)
        invoke = self._invoke(who, chat)
        status, _ = await self.deliver(activities.consented(invoke, value, message.id))
        return "" if status == 200 else WENT_WRONG

    def _insert(self, who: Person, chat: str, attachment: dict[str, Any]) -> None:
        """Send a card that was found, as Teams does once it stands in the box: the bot isn't told."""
        card = {name: part for name, part in attachment.items() if name != "preview"}
        title = str(((attachment.get("preview") or {}).get("content") or {}).get("title", ""))
        payload = {"type": "message", "attachments": [card]}
        self.changed(self.book.add(chat, who.key, title, payload, self.book.next_id()).place)

    def _shown(self, message: Message, status: int, answer: Any) -> str:
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
                self.changed(message.place)
            return ""
        return WENT_WRONG

    def _seen(self, message: str) -> tuple[str, Message]:
        found = self.book.find(message)
        if found is None:
            raise Refused("This message is gone.")
        return found


def refresh_of(message: Message) -> dict[str, Any] | None:
    """The action by which a message's card asks for its newest state; None where it has none."""
    for attachment in message.payload.get("attachments") or ():
        refresh = (attachment.get("content") or {}).get("refresh")
        if isinstance(refresh, dict):
            action: dict[str, Any] = refresh["action"]
            return action
    return None
