"""The methods of Slack's Web API that an app like ours calls, with Slack's own refusals."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bot.playground import slack_book
from bot.playground.slack_book import BOT, BOT_USER, Book, Refusal, by_id, direct, place_of, resolve, team_of
from bot.playground.slack_checks import problems, view_problems
from bot.playground.slack_files import Files
from bot.playground.stage import PEOPLE, SLACK_TEAM, Message, Person

Json = dict[str, Any]

TEXT = 40_000
TRIGGER_SECONDS = 3.0


class Methods:
    """Slack's methods over one book; ``changed`` is told each place that looks different afterwards."""

    def __init__(self, book: Book, files: Files, changed: Callable[[str], None]) -> None:
        self._book = book
        self._files = files
        self._changed = changed
        self._table: dict[str, Callable[[Json], Json]] = {
            "auth.test": self._auth_test,
            "chat.postMessage": self._post_message,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.open": self._open_conversation,
            "users.info": self._users_info,
            "users.lookupByEmail": self._lookup,
            "views.publish": self._publish,
            "views.open": self._open_view,
            "files.getUploadURLExternal": files.begin,
            "files.completeUploadExternal": files.complete,
        }

    def call(self, method: str, arguments: Json) -> Json:
        """What ``method`` answers. Raises Refusal."""
        handler = self._table.get(method)
        if handler is None:
            raise Refusal("unknown_method", req_method=method)
        return handler(arguments)

    def ephemeral(self, channel: str, who: Person, arguments: Json, thread: str | None) -> Message:
        """Show something to one person alone. Raises Refusal."""
        return self._keep(channel, arguments, thread, only_for=who.key)

    def replace(self, shown: str, arguments: Json) -> None:
        """Put something in the place of the message that was pressed. Raises Refusal."""
        found = self._book.find(shown)
        if found is None:
            raise Refusal("message_not_found")
        self._check(arguments)
        self._redraw(found[1], arguments)

    def _auth_test(self, arguments: Json) -> Json:
        return {
            "url": "https://northshire.example/",
            "team": "Northshire County",
            "user": "sharewise",
            "team_id": SLACK_TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT,
            "is_enterprise_install": False,
        }

    def _post_message(self, arguments: Json) -> Json:
        channel = self._channel(arguments)
        message = self._keep(channel, arguments, arguments.get("thread_ts"))
        ts = message.id.partition(":")[2]
        return {"channel": channel, "ts": ts, "message": self._shape(message)}

    def _post_ephemeral(self, arguments: Json) -> Json:
        channel = self._channel(arguments)
        who = by_id(str(arguments.get("user", "")))
        if who is None or channel not in (slack_book.CHANNEL, direct(who)):
            raise Refusal("user_not_in_channel")
        message = self._keep(channel, arguments, arguments.get("thread_ts"), only_for=who.key)
        return {"message_ts": message.id.partition(":")[2]}

    def _update(self, arguments: Json) -> Json:
        channel, message = self._own(arguments, "cant_update_message")
        self._check(arguments)
        self._redraw(message, arguments)
        return {"channel": channel, "ts": arguments["ts"], "text": message.text}

    def _redraw(self, message: Message, arguments: Json) -> None:
        message.payload, message.edited = arguments, True
        message.text = str(arguments.get("text") or "")
        self._changed(message.place)

    def _delete(self, arguments: Json) -> Json:
        channel, message = self._own(arguments, "cant_delete_message")
        self._book.said(channel).remove(message)
        self._changed(message.place)
        return {"channel": channel, "ts": arguments["ts"]}

    def _open_conversation(self, arguments: Json) -> Json:
        who = by_id(str(arguments.get("users", "")))
        if who is None:
            raise Refusal("user_not_found")
        return {"channel": {"id": direct(who)}}

    def _users_info(self, arguments: Json) -> Json:
        who = by_id(str(arguments.get("user", "")))
        if who is None:
            raise Refusal("user_not_found")
        return {"user": _user(who)}

    def _lookup(self, arguments: Json) -> Json:
        for who in PEOPLE:
            if who.email == arguments.get("email"):
                return {"user": _user(who)}
        raise Refusal("users_not_found")

    def _publish(self, arguments: Json) -> Json:
        who = by_id(str(arguments.get("user_id", "")))
        if who is None:
            raise Refusal("user_not_found")
        view = self._view(arguments.get("view"), "home")
        self._book.homes[who.key] = view
        if who.key in self._book.drawn:
            self._book.drawn[who.key].set()
        return {"view": view}

    def _open_view(self, arguments: Json) -> Json:
        opened = self._book.triggers.get(str(arguments.get("trigger_id", "")))
        if opened is None:
            raise Refusal("invalid_trigger_id")
        if time.monotonic() - opened > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        return {"view": self._view(arguments.get("view"), "modal")}

    def _view(self, view: object, kind: str) -> Json:
        found = view_problems(view)
        if not isinstance(view, dict) or view.get("type") != kind:
            found.append(f"expected a view of type {kind}")
        if found or not isinstance(view, dict):
            raise Refusal("invalid_arguments", response_metadata={"messages": found})
        number = self._book.number()
        named = [{"block_id": f"b{number}-{at}", **one} for at, one in enumerate(view["blocks"])]
        return {"id": f"V{number:09d}", "team_id": SLACK_TEAM, "bot_id": BOT, **view, "blocks": named}

    def _keep(self, channel: str, arguments: Json, thread: object, *, only_for: str | None = None) -> Message:
        self._check(arguments)
        if self._book.too_fast(channel):
            raise Refusal("ratelimited")
        ts = self._book.ts()
        message = Message(
            id=f"{channel}:{ts}",
            place=place_of(channel),
            author="bot",
            text=str(arguments.get("text") or ""),
            payload=arguments,
            at=float(ts),
            thread=f"{channel}:{thread}" if thread else None,
            only_for=only_for,
        )
        self._book.add(channel, message)
        self._changed(message.place)
        return message

    def _channel(self, arguments: Json) -> str:
        channel = resolve(arguments.get("channel"))
        if channel is None:
            raise Refusal("channel_not_found")
        return channel

    def _own(self, arguments: Json, not_ours: str) -> tuple[str, Message]:
        channel = self._channel(arguments)
        found = self._book.find(f"{channel}:{arguments.get('ts', '')}")
        if found is None or found[1].only_for is not None:
            raise Refusal("message_not_found")
        if found[1].author != "bot":
            raise Refusal(not_ours)
        return found

    def _check(self, arguments: Json) -> None:
        text, blocks = arguments.get("text"), arguments.get("blocks")
        if not (text or blocks):
            raise Refusal("no_text")
        if len(str(text or "")) > TEXT:
            raise Refusal("msg_too_long")
        found = problems(blocks) + self._files.problems(blocks) if blocks is not None else []
        if found:
            raise Refusal("invalid_blocks", errors=found, response_metadata={"messages": found})

    def _shape(self, message: Message) -> Json:
        shape = {"type": "message", "user": BOT_USER, "bot_id": BOT, "team": SLACK_TEAM, "text": message.text}
        return {**shape, "ts": message.id.partition(":")[2], "blocks": message.payload.get("blocks", [])}


def _user(who: Person) -> Json:
    return {
        "id": who.slack_id,
        "team_id": team_of(who),
        "name": who.key,
        "real_name": who.name,
        "tz": who.zone,
        "is_bot": False,
        "profile": {"email": who.email, "real_name": who.name},
    }
