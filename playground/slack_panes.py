"""The agent pane of the Slack stand-in: what the app puts there beside its messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from playground.slack_book import Refusal, SlackBook, place_of
from playground.stage import Json

MOST = 4
"""Prompts that Slack shows."""


class PaneView(msgspec.Struct):
    """What a person's pane shows."""

    title: str = ""
    prompts: list[dict[str, str]] = []
    """Each with the ``title`` that is shown, and the ``message`` that is said."""
    thread: str | None = None
    """The id of the message on whose thread they are offered."""
    status: dict[str, str] = {}
    """By the time stamp of the message that it stands under: what the app says that it is doing."""
    titles: dict[str, str] = {}
    """What a thread is called, by its time stamp."""


class SlackPanes:
    """The panes of all people, by their direct conversation with the app."""

    def __init__(self, book: SlackBook, changed: Callable[[str], None]) -> None:
        self._book, self._changed = book, changed
        self._views: dict[str, PaneView] = {}

    def view(self, channel: str) -> PaneView:
        """What stands there now."""
        return self._views.setdefault(channel, PaneView())

    def answered(self, channel: str, thread: object) -> None:
        """The app has said something in a thread: it no longer does anything there."""
        self.view(channel).status.pop(str(thread), None)

    def clear(self) -> None:
        """Forget all of it."""
        self._views.clear()

    def set_prompts(self, arguments: Json) -> Json:
        """``assistant.threads.setSuggestedPrompts``."""
        view, thread = self._of(arguments), arguments.get("thread_ts")
        prompts = arguments.get("prompts")
        if not isinstance(prompts, list) or not 0 < len(prompts) <= MOST:
            raise Refusal("invalid_arguments")
        if not all(_said(prompt, "title") and _said(prompt, "message") for prompt in prompts):
            raise Refusal("invalid_arguments")
        view.prompts, view.title = prompts, str(arguments.get("title") or "")
        view.thread = f"{arguments['channel_id']}:{thread}" if thread else None
        return self._told(arguments)

    def set_status(self, arguments: Json) -> Json:
        """``assistant.threads.setStatus``; an empty one takes it away."""
        view, thread = self._of(arguments), self._thread(arguments)
        status = arguments.get("status")
        if not isinstance(status, str):
            raise Refusal("invalid_arguments")
        view.status.pop(thread, None)
        if status:
            view.status[thread] = status
        return self._told(arguments)

    def set_title(self, arguments: Json) -> Json:
        """``assistant.threads.setTitle``."""
        view, thread = self._of(arguments), self._thread(arguments)
        if not _said(arguments, "title"):
            raise Refusal("invalid_arguments")
        view.titles[thread] = arguments["title"]
        return self._told(arguments)

    def _of(self, arguments: Json) -> PaneView:
        channel = arguments.get("channel_id")
        if not isinstance(channel, str) or not channel.startswith("D"):
            raise Refusal("channel_not_found")
        return self.view(channel)

    def _thread(self, arguments: Json) -> str:
        thread, channel = str(arguments.get("thread_ts") or ""), arguments["channel_id"]
        if self._book.find(f"{channel}:{thread}") is None:
            raise Refusal("invalid_thread_ts")
        return thread

    def _told(self, arguments: Json) -> Json:
        self._changed(place_of(arguments["channel_id"]))
        return {}


def _said(source: Any, name: str) -> bool:
    return isinstance(source, dict) and isinstance(source.get(name), str) and bool(source[name].strip())
