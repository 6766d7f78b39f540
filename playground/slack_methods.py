"""The methods of Slack's Web API that an app like ours calls, with Slack's own refusals."""

from __future__ import annotations

from collections.abc import Callable

from playground import slack_book
from playground.slack_book import BOT, BOT_USER, Refusal, SlackBook, by_id, direct, place_of, resolve
from playground.slack_checks import problems
from playground.slack_files import StoredFiles
from playground.slack_modals import Modals, kept_view
from playground.slack_panes import SlackPanes
from playground.slack_people import SlackPeople
from playground.stage import SLACK_TEAM, Json, Message, Person

TEXT = 40_000


class Methods:
    """Slack's methods over one book; ``changed`` is told each place that looks different afterwards."""

    def __init__(
        self,
        book: SlackBook,
        files: StoredFiles,
        modals: Modals,
        panes: SlackPanes,
        changed: Callable[[str], None],
    ) -> None:
        self._book = book
        self._files = files
        self._changed, self._panes = changed, panes
        people = SlackPeople(book)
        self._table: dict[str, Callable[[Json], Json]] = {
            "auth.test": self._auth_test,
            "chat.postMessage": self._post_message,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.open": people.open,
            "conversations.info": people.conversation,
            "conversations.members": people.members,
            "users.info": people.user,
            "users.lookupByEmail": people.by_address,
            "usergroups.users.list": people.group,
            "team.info": people.team,
            "views.publish": self._publish,
            "views.open": modals.open,
            "views.push": modals.push,
            "views.update": modals.update,
            "assistant.threads.setSuggestedPrompts": panes.set_prompts,
            "assistant.threads.setStatus": panes.set_status,
            "assistant.threads.setTitle": panes.set_title,
            "files.getUploadURLExternal": files.begin,
            "files.completeUploadExternal": self._share,
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
        if who is None or channel not in (*slack_book.NAMES, direct(who)):
            raise Refusal("user_not_in_channel")
        message = self._keep(channel, arguments, arguments.get("thread_ts"), only_for=who.key)
        return {"message_ts": message.id.partition(":")[2]}

    def _update(self, arguments: Json) -> Json:
        channel, message = self._own(arguments, "cant_update_message")
        self._check(arguments)
        self._book.update()
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

    def _share(self, arguments: Json) -> Json:
        """Files are complete; those that name a conversation are a message there."""
        channel = arguments.get("channel_id")
        if channel and resolve(channel) != channel:
            raise Refusal("channel_not_found")  # it takes no names, and no people
        if channel:
            self._check_open(channel)
        files = self._files.complete(arguments)
        if channel:
            self._add(channel, {"files": files}, arguments.get("thread_ts"))
        return {"files": [{"id": file["id"], "title": file["title"]} for file in files]}

    def _publish(self, arguments: Json) -> Json:
        who = by_id(str(arguments.get("user_id", "")))
        if who is None:
            raise Refusal("user_not_found")
        view = kept_view(self._book, arguments.get("view"), "home")
        self._book.homes[who.key] = view
        if who.key in self._book.drawn:
            self._book.drawn[who.key].set()
        self._changed(place_of(direct(who)))
        return {"view": view}

    def _keep(self, channel: str, arguments: Json, thread: object, *, only_for: str | None = None) -> Message:
        self._check(arguments)
        if only_for is None:  # what one person alone sees has limits of its own, far above ours
            self._book.post(channel)
        return self._add(channel, arguments, thread, only_for=only_for)

    def _add(self, channel: str, payload: Json, thread: object, *, only_for: str | None = None) -> Message:
        ts = self._book.ts()
        message = Message(
            id=f"{channel}:{ts}",
            place=place_of(channel),
            author="bot",
            text=str(payload.get("text") or ""),
            payload=payload,
            at=self._book.clock(),
            thread=f"{channel}:{thread}" if thread else None,
            only_for=only_for,
        )
        self._book.add(channel, message)
        if thread:
            self._panes.answered(channel, thread)
        self._changed(message.place)
        return message

    def _channel(self, arguments: Json) -> str:
        channel = resolve(arguments.get("channel"))
        if channel is None:
            raise Refusal("channel_not_found")
        self._check_open(channel)
        return channel

    def _check_open(self, channel: str) -> None:
        if why := self._book.gone.get(channel):
            raise Refusal(why)

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
