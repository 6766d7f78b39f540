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
from playground.teams_dialogs import Dialogs
from playground.teams_files import Drive, KeptFile
from playground.teams_hands import TeamsHands
from playground.teams_line import TeamsLine
from playground.teams_search import COMMAND, Searches
from playground.teams_service import TeamsService

PREFIX = "/playground/teams"


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
        self.book = TeamsBook(clock)
        self.line = TeamsLine(bot_url, prefix, self.book, TeamsCourier(token, pause))
        self._drive = Drive(self.book, prefix)
        self._service = TeamsService(self.book, prefix, lambda place: self.changed(place))
        self._installed: set[str] = set()
        self._dialogs = Dialogs(self.line)
        self._searches = Searches(self.line, self._insert)
        self._hands = TeamsHands(
            self.book, self.line, self._drive, self._dialogs, lambda place: self.changed(place)
        )

    @property
    def service_url(self) -> str:
        """Where activities say that answers go."""
        return self.line.service_url

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
        activity = activities.typed(self.line.activity("message", key, who, chat), quotes + text)
        self.book.add(chat, person, text, activity, key)
        self.changed(place)
        if chat == activities.personal_chat(who) or activities.mentions_bot(text):
            await self.line.tell(activity)

    async def press(self, person: str, message: str, element: dict[str, Any]) -> str:
        """Press an action of a card, a thumb or what a file card asks.

        A thumb is ``{"reaction": "like"}`` or ``"dislike"``; a file is ``{"fileConsent": "accept"}`` or
        ``"decline"``. Returns the toast.
        """
        return await self._hands.press(cast(person), message, element)

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
        await self._hands.refresh(cast(person), self.messages("teams-personal", person))
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
            chat, shown = self._hands.seen(message)
            await self._dialogs.choose(who, chat, callback, activities.message_shown(shown))
        elif callback == COMMAND:
            await self._searches.open(who, conversation_of(place, who))
        else:
            raise Refused("Teams has no shortcuts of this kind.")

    async def install(self, person: str, place: str) -> None:
        """Add the bot to a place: Teams tells it twice."""
        who = cast(person)
        chat = conversation_of(place, who)
        joined = self.line.activity("conversationUpdate", f"f:{self.book.next_id()}", who, chat)
        await self.line.tell({**joined, "membersAdded": [activities.BOT]})
        installed = self.line.activity("installationUpdate", f"f:{self.book.next_id()}", who, chat)
        await self.line.tell({**installed, "action": "add"})

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

    def _insert(self, who: Person, chat: str, attachment: dict[str, Any]) -> None:
        """Send a card that was found, as Teams does once it stands in the box: the bot isn't told."""
        card = {name: part for name, part in attachment.items() if name != "preview"}
        title = str(((attachment.get("preview") or {}).get("content") or {}).get("title", ""))
        payload = {"type": "message", "attachments": [card]}
        self.changed(self.book.add(chat, who.key, title, payload, self.book.next_id()).place)

    async def close(self) -> None:
        """Close the client with which activities are delivered."""
        await self.line.close()
