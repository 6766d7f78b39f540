"""A local stand-in for Slack: its Web API towards the bot, and its people, who talk to the bot.

It delivers signed events, interactions and commands to the bot's own endpoint over HTTP (or through
Socket Mode), and takes what the bot posts back.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from aiohttp import web

from bot.playground import slack_events as events
from bot.playground.slack_book import (
    BOT_USER,
    Book,
    Fault,
    Reach,
    Refusal,
    channel_of,
    direct,
    person,
    place_of,
)
from bot.playground.slack_courier import PATIENCE, Courier
from bot.playground.slack_files import Files
from bot.playground.slack_methods import Methods
from bot.playground.stage import Message, Person, Refused

PREFIX = "/playground/slack"
COMMAND = "/sharewise"
HOME = "home"
"""Stands for a message's id where a button in App Home is pressed."""
URL_USES = 5

Json = dict[str, Any]


class SlackStandIn:
    """Slack in one process: ``bot.playground.stage.StandIn`` plus the Web API."""

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
    ) -> None:
        """``bot_url``: the bot's base address, no slash at its end; ``url``: ours, where it is another.

        ``limits``: refuse more than one post a second in a conversation, bursts apart. ``pause``:
        seconds between later repetitions of an event that wasn't acknowledged.
        """
        self.changed: Callable[[str], None] = lambda place: None
        self.address = (url or bot_url) + PREFIX
        """Where the routes are reached; the Web API's base address is this and ``/api/``."""
        self.book = Book(limits)
        self.courier = Courier(f"{bot_url}/slack/events", signing_secret, pause)
        self.calls: list[str] = []
        """Every method called, in order."""
        self._tokens = {"token": token, "app_token": app_token}
        self._files = Files(self.address)
        self._methods = Methods(self.book, self._files, lambda place: self.changed(place))

    # --- People ---------------------------------------------------------------------------------

    def messages(self, place: str, person_key: str) -> list[Message]:
        """All that a person sees in ``place``, oldest first."""
        channel = channel_of(place, person(person_key))
        return [one for one in self.book.said(channel) if one.only_for in (None, person_key)]

    async def say(self, person_key: str, place: str, text: str, thread: str | None = None) -> None:
        """Type a message or a command, and deliver it to the bot. Raises Refused."""
        who = person(person_key)
        channel = channel_of(place, who)
        if text.startswith("/"):
            return await self._command(who, channel, text)
        root = self._root(channel, thread)
        ts = self.book.ts()
        said = events.message(who, channel, ts, events.wire(text), root)
        message = Message(
            id=f"{channel}:{ts}", place=place, author=who.key, text=text, payload=said, at=float(ts),
            thread=f"{channel}:{root}" if root else None,
        )  # fmt: skip
        self.book.add(channel, message)
        self.changed(place)
        await self.event(said)
        if place == "slack-channel" and f"<@{BOT_USER}>" in said["text"]:
            await self.event(events.mention(said))

    async def press(self, person_key: str, message: str, element: Json) -> str:
        """Press a button, in a message or in App Home. Raises Refused."""
        who = person(person_key)
        payload = events.press(who, self.book.trigger(), {}, self.book.ts())
        if message == HOME:
            view = self.book.homes.get(who.key, {})
            blocks = view.get("blocks", [])
            payload |= events.in_view(view) if view else {}
            shown = None
        else:
            channel, shown = self._shown(message, who)
            blocks = shown.payload.get("blocks", [])
            thread = shown.thread.partition(":")[2] if shown.thread else None
            url = self.book.response_url(self.address, Reach(channel, who, thread, shown.id))
            payload |= events.in_message(channel, shown, url)
        action, reaction = events.action(blocks, element)
        payload["actions"][0] |= action
        if await self.courier.once("interactive", payload) != 200:
            raise Refused("Slack says: this app didn't answer the press.")
        if shown is not None and reaction:
            shown.reaction = reaction
            self.changed(shown.place)
        return ""

    async def open_home(self, person_key: str) -> list[Json]:
        """Open App Home; returns what the bot draws there, or what stood there if it draws nothing soon."""
        who = person(person_key)
        drawn = self.book.drawn[who.key] = asyncio.Event()
        await self.event(events.home_opened(who, direct(who), self.book.ts()))
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await drawn.wait()
        blocks: list[Json] = self.book.homes.get(who.key, {}).get("blocks", [])
        return blocks

    async def edit(self, person_key: str, message: str, text: str) -> None:
        """Edit one's own message."""
        channel, shown = self._shown(message, person(person_key))
        shown.text, shown.edited = text, True
        ts = self.book.ts()
        new = {
            **shown.payload,
            "text": events.wire(text),
            "edited": {"user": shown.payload["user"], "ts": ts},
        }
        await self._changed_message(channel, "message_changed", ts, {"message": new})

    async def remove(self, person_key: str, message: str) -> None:
        """Delete one's own message."""
        channel, shown = self._shown(message, person(person_key))
        self.book.said(channel).remove(shown)
        deleted = {"deleted_ts": shown.id.partition(":")[2], "previous_message": shown.payload}
        await self._changed_message(channel, "message_deleted", self.book.ts(), deleted)

    async def event(self, event: Json) -> int:
        """Deliver an event in its envelope; returns the status of the first attempt."""
        return await self.courier.event(events.event(self.book.number(), event))

    def fail(
        self,
        method: str,
        *,
        times: int = 1,
        status: int = 200,
        error: str = "",
        retry_after: int | None = None,
        silent: bool = False,
    ) -> None:
        """Let the next ``times`` calls of ``method`` (or of "response_url") fail.

        ``silent``: carried out, but the connection ends before the answer.
        """
        self.book.faults.append(Fault(method, times, status, error, retry_after, silent))

    async def close(self) -> None:
        """End deliveries under way."""
        await self.courier.close()

    async def _command(self, who: Person, channel: str, text: str) -> None:
        name, _, words = text.partition(" ")
        if name.lower() != COMMAND:
            raise Refused(f"Slack knows no command {name} here; the app's is {COMMAND}.")
        url = self.book.response_url(self.address, Reach(channel, who))
        payload = events.command(who, channel, COMMAND, events.wire(words), self.book.trigger(), url)
        if await self.courier.once("slash_commands", payload) != 200:
            raise Refused(f"Slack says: {COMMAND} failed because the app did not respond.")

    async def _changed_message(self, channel: str, subtype: str, ts: str, more: Json) -> None:
        self.changed(place_of(channel))
        kind = "im" if channel.startswith("D") else "channel"
        about = {"type": "message", "subtype": subtype, "channel": channel, "ts": ts, "event_ts": ts}
        await self.event({**about, "hidden": True, "channel_type": kind, **more})

    def _shown(self, message: str, who: Person) -> tuple[str, Message]:
        found = self.book.find(message)
        if found is None or found[1].only_for not in (None, who.key):
            raise Refused("This message is gone.")
        if found[0] != direct(who) and found[0].startswith("D"):
            raise Refused("This is somebody else's conversation.")
        return found

    def _root(self, channel: str, thread: str | None) -> str | None:
        """The time stamp of the message that a thread hangs on."""
        if thread is None:
            return None
        found = self.book.find(thread)
        if found is None or found[0] != channel:
            raise Refused("The message that this answers is gone.")
        return (found[1].thread or found[1].id).partition(":")[2]

    # --- The Web API ----------------------------------------------------------------------------

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The Web API, response_urls and Socket Mode, under ``PREFIX``."""
        return [
            web.route("*", PREFIX + "/api/{method}", self._api),
            web.post(PREFIX + "/response/{token}", self._respond),
            web.get(PREFIX + "/socket", self._socket),
            web.post(PREFIX + "/upload/{file}", self._files.upload),
            web.get(PREFIX + "/files/{file}", self._files.show),
        ]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)

        def carried_out() -> Json:
            wanted = "app_token" if method == "apps.connections.open" else "token"
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if not token and "token" not in arguments:
                raise Refusal("not_authed")
            if (token or arguments.pop("token")) != self._tokens[wanted] or not self._tokens[wanted]:
                raise Refusal("invalid_auth")
            if wanted == "app_token":
                return {
                    "url": f"{self.address.replace('http', 'ws', 1)}/socket?ticket={self._tokens[wanted]}"
                }
            if method == "files.getUploadURLExternal" and request.content_type == "application/json":
                raise Refusal("invalid_arguments")  # this one takes forms only
            return self._methods.call(method, arguments)

        return self._answer(request, method, carried_out)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        arguments = await _arguments(request)

        def carried_out() -> Json:
            reach = self.book.urls.get(token)
            used = self.book.uses[token] = self.book.uses.get(token, 0) + 1
            if reach is None or used > URL_USES:
                raise Refusal("expired_url" if reach is None else "used_url")
            thread = arguments.get("thread_ts") or reach.thread
            if arguments.get("replace_original") and reach.shown:
                self._methods.replace(reach.shown, arguments)
                return {}
            if arguments.get("response_type", "ephemeral") == "in_channel":
                return self._methods.call("chat.postMessage", {**arguments, "channel": reach.channel})
            self._methods.ephemeral(reach.channel, reach.person, arguments, thread)
            return {}

        return self._answer(request, "response_url", carried_out)

    def _answer(
        self, request: web.Request, method: str, carried_out: Callable[[], Json]
    ) -> web.StreamResponse:
        """What ``carried_out`` gives, in Slack's form, unless trouble is due."""
        self.calls.append(method)
        fault = self.book.fault(method)
        if fault is not None and not fault.silent:
            headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
            status = 429 if fault.retry_after is not None else fault.status
            error = fault.error or ("ratelimited" if status == 429 else "internal_error")
            return web.json_response({"ok": False, "error": error}, status=status, headers=headers)
        try:
            answer = {"ok": True, **carried_out()}
        except Refusal as refusal:
            answer = {"ok": False, "error": refusal.error, **refusal.more}
        if fault is not None and request.transport is not None:
            request.transport.abort()
        if answer.get("error") == "ratelimited":
            return web.json_response(answer, status=429, headers={"Retry-After": "1"})
        if method == "response_url":
            status = 200 if answer["ok"] else 404
            return web.Response(text="ok" if answer["ok"] else str(answer["error"]), status=status)
        return web.json_response(answer)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        if request.query.get("ticket") != self._tokens["app_token"] or not self._tokens["app_token"]:
            return web.Response(status=401)
        await socket.prepare(request)
        await self.courier.serve(socket)
        return socket


async def _arguments(request: web.Request) -> Json:
    """A method's arguments, as JSON, as a form, or in the address."""
    if request.content_type == "application/json":
        try:
            given = await request.json()
        except ValueError:
            given = None
        return given if isinstance(given, dict) else {}
    form: Json = {**request.query, **(await request.post())}
    for name in ("blocks", "view"):
        if isinstance(form.get(name), str):
            try:
                form[name] = json.loads(form[name])
            except ValueError:
                form[name] = None
    return form
