"""A local stand-in for Slack: its Web API towards the bot, and its people, who talk to the bot.

It delivers signed events, interactions and commands to the bot's own endpoint over HTTP (or through
Socket Mode), and takes what the bot posts back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec
from aiohttp import web

from playground import slack_events as events
from playground.slack_book import (
    BOT_USER,
    CHANNELS,
    NAMES,
    SlackBook,
    SlackBookMemory,
    SlackFault,
    channel_of,
    direct,
    place_of,
)
from playground.slack_courier import PATIENCE, SlackCourier
from playground.slack_files import StoredFile, StoredFiles
from playground.slack_hands import SlackHands
from playground.slack_methods import Methods
from playground.slack_modals import Modals
from playground.slack_panes import PaneView, SlackPanes
from playground.slack_service import SlackService
from playground.stage import Json, Message, Refused, person

PREFIX = "/playground/slack"
NEW_CHAT = "New chat"


class SlackMemory(msgspec.Struct):
    """What a restart must not change."""

    book: SlackBookMemory
    files: dict[str, StoredFile]


class SlackStandIn:
    """Slack in one process: ``playground.stage.StandIn`` plus the Web API."""

    def __init__(
        self,
        bot_url: str,
        *,
        signing_secret: str,
        token: str,
        app_token: str = "",
        url: str = "",
        limits: bool = True,
        pause: float = 2.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``bot_url``: the bot's base address, no slash at its end; ``url``: ours, where it is another.

        ``limits``: refuse more than one post a second in a conversation, bursts apart, and more than 50
        updates a minute, both by ``clock``, which also tells when messages are said. ``pause``: seconds
        between later repetitions of an event that wasn't acknowledged.
        """
        self.changed: Callable[[str], None] = lambda place: None
        self.address = (url or bot_url) + PREFIX
        """Where the routes are reached; the Web API's base address is this and ``/api/``."""
        self.book = SlackBook(limits, clock)
        self.courier = SlackCourier(f"{bot_url}/slack/events", signing_secret, pause)
        self._files = StoredFiles(self.address, self.book.number)
        self._modals = Modals(self.book, self.courier, self._tell)
        self._panes = SlackPanes(self.book, self._tell)
        self._hands = SlackHands(self.book, self.courier, self.address, self._tell)
        methods = Methods(self.book, self._files, self._modals, self._panes, self._tell)
        tokens = {"token": token, "app_token": app_token}
        self._service = SlackService(
            PREFIX, self.address, self.book, self._files, methods, self.courier, tokens
        )

    @property
    def calls(self) -> list[str]:
        """Every method called, in order."""
        return self._service.calls

    @property
    def granted(self) -> list[str]:
        """The scopes that the app was installed with."""
        return self._service.granted

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The Web API, response_urls, files and Socket Mode, under ``PREFIX``."""
        return self._service.routes()

    def kept(self) -> SlackMemory:
        """What ``restore`` takes; forms that are open are not in it."""
        return SlackMemory(self.book.kept(), self._files.kept())

    def restore(self, memory: SlackMemory) -> None:
        """Go on from ``memory``."""
        self.book.restore(memory.book)
        self._files.restore(memory.files)

    def clear(self) -> None:
        """Forget what was said, drawn, opened and uploaded."""
        self.book.clear()
        self._files.clear()
        self._modals.clear()
        self._panes.clear()

    # --- People ---------------------------------------------------------------------------------

    def messages(self, place: str, person_key: str) -> list[Message]:
        """All that a person sees in ``place``, oldest first."""
        channel = channel_of(place, person(person_key))
        return [message for message in self.book.said(channel) if message.only_for in (None, person_key)]

    async def say(self, person_key: str, place: str, text: str, thread: str | None = None) -> None:
        """Type a message or a command, and deliver it to the bot. Raises Refused."""
        who = person(person_key)
        channel = channel_of(place, who)
        if text.startswith("/"):
            return await self._hands.command(who, channel, text)
        root = self._root(channel, thread)
        ts = self.book.ts()
        said = events.message(who, channel, ts, events.wire(text), root)
        message = Message(
            id=f"{channel}:{ts}", place=place, author=who.key, text=text, payload=said, at=self.book.clock(),
            thread=f"{channel}:{root}" if root else None,
        )  # fmt: skip
        self.book.add(channel, message)
        self.changed(place)
        await self.event(said)
        if place in CHANNELS and f"<@{BOT_USER}>" in said["text"]:
            await self.event(events.mention(said))

    async def press(self, person_key: str, message: str, element: Json) -> str:
        """Press a button, in a message or in App Home. Raises Refused."""
        await self._hands.press(person(person_key), message, element)
        return ""

    async def shortcut(self, person_key: str, callback: str, message: str = "", place: str = "") -> None:
        """Choose a shortcut, everywhere or on a message. Raises Refused."""
        await self._hands.shortcut(person(person_key), callback, message)

    async def open_home(self, person_key: str) -> list[Json]:
        """Open App Home; returns what the bot draws there, or what stood there if it draws nothing soon."""
        who = person(person_key)
        drawn = self.book.drawn[who.key] = asyncio.Event()
        await self.event(events.home_opened(who, direct(who), self.book.ts()))
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await drawn.wait()
        return self.home(person_key)

    async def open_pane(self, person_key: str, *, new: bool = False) -> None:
        """Open the direct messages, as the agent pane does; ``new``: begin a chat of an assistant there."""
        who, ts = person(person_key), self.book.ts()
        channel = direct(who)
        if not new:
            await self.event(events.home_opened(who, channel, ts, "messages"))
            return
        root = Message(
            id=f"{channel}:{ts}", place="slack-direct", author="bot", text=NEW_CHAT,
            payload={"text": NEW_CHAT}, at=self.book.clock(),
        )  # fmt: skip
        self.book.add(channel, root)
        self.changed(root.place)
        await self.event(events.thread_started(who, channel, ts, self.book.ts()))

    def pane(self, person_key: str) -> PaneView | None:
        """What the app has put beside its messages."""
        return self._panes.view(direct(person(person_key)))

    def home(self, person_key: str) -> list[Json]:
        """What stands in App Home."""
        blocks: list[Json] = self.book.homes.get(person_key, {}).get("blocks", [])
        return blocks

    def modal(self, person_key: str) -> Json | None:
        """The view of the modal that is open for a person, with its ``errors``; None where none is."""
        return self._modals.shown(person_key)

    async def submit(self, person_key: str, values: Json) -> None:
        """Submit the open modal: by block id a value, or a list of them. Raises Refused.

        What Slack itself finds missing is in the modal's errors then, and nothing is sent.
        """
        await self._modals.submit(person(person_key), values)

    async def press_in_modal(self, person_key: str, element: Json) -> None:
        """Press a button in the open modal. Raises Refused."""
        await self._modals.press(person(person_key), element)

    def close_modal(self, person_key: str) -> None:
        """Close the open modal."""
        self._modals.close(person_key)

    async def edit(self, person_key: str, message: str, text: str) -> None:
        """Edit one's own message."""
        channel, shown = self._hands.shown(message, person(person_key))
        ts, before = self.book.ts(), shown.payload
        new = {**before, "text": events.wire(text), "edited": {"user": before["user"], "ts": ts}}
        shown.text, shown.edited, shown.payload = text, True, new
        changed = {"message": new, "previous_message": before}
        await self._changed_message(channel, "message_changed", ts, changed)

    async def remove(self, person_key: str, message: str) -> None:
        """Delete one's own message."""
        channel, shown = self._hands.shown(message, person(person_key))
        self.book.said(channel).remove(shown)
        deleted = {"deleted_ts": shown.id.partition(":")[2], "previous_message": shown.payload}
        await self._changed_message(channel, "message_deleted", self.book.ts(), deleted)

    async def event(self, event: Json) -> int:
        """Deliver an event in its envelope; returns the status of the first attempt."""
        return await self.courier.event(events.event(self.book.number(), event))

    def gone(self, whom: str, error: str) -> None:
        """Let a person (by key) or a channel (by id) refuse all posts from now on, in Slack's word.

        "account_inactive", "is_archived", "not_in_channel" and "channel_not_found" show in look-ups too.
        ``error`` "" lets them come back.
        """
        channel = whom if whom in NAMES else direct(person(whom))
        self.book.gone[channel] = error

    def fail(
        self,
        method: str,
        *,
        times: int = 1,
        status: int = 200,
        error: str = "",
        retry_after: int | None = None,
        silent: bool = False,
        page: bool = False,
    ) -> None:
        """Let the next ``times`` calls of ``method`` (or of "response_url") fail.

        ``silent``: carried out, but the connection ends before the answer; ``page``: a web page answers.
        """
        self.book.faults.append(SlackFault(method, times, status, error, retry_after, silent, page))

    def _tell(self, place: str) -> None:
        self.changed(place)

    async def close(self) -> None:
        """End deliveries under way."""
        await self.courier.close()

    async def _changed_message(self, channel: str, subtype: str, ts: str, more: Json) -> None:
        self.changed(place_of(channel))
        kind = "im" if channel.startswith("D") else "channel"
        about = {"type": "message", "subtype": subtype, "channel": channel, "ts": ts, "event_ts": ts}
        await self.event({**about, "hidden": True, "channel_type": kind, **more})

    def _root(self, channel: str, thread: str | None) -> str | None:
        """The time stamp of the message that a thread hangs on."""
        if thread is None:
            return None
        found = self.book.find(thread)
        if found is None or found[0] != channel:
            raise Refused("The message that this answers is gone.")
        return (found[1].thread or found[1].id).partition(":")[2]
