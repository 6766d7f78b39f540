"""A platform that says whatever a test wants, for trying the page alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from playground.stage import Message, Refused

Payload = dict[str, Any]


class FakePlatform:
    """Keeps messages in memory; what the bot says, the test puts there."""

    def __init__(self) -> None:
        self.changed: Callable[[str], None] = lambda place: None
        self.said: list[tuple[str, str, str, str | None]] = []
        self.pressed: list[tuple[str, str, Payload]] = []
        self.homes: list[str] = []
        self.home_blocks: list[Payload] = []
        self.panes: list[tuple[str, bool]] = []
        self.pane_shown: Payload | None = None
        self.chosen: list[tuple[str, str, str]] = []
        self.toast = ""
        self.forms: dict[str, list[Payload]] = {}
        """The pages of the form that a button opens, by the button's label."""
        self.errors: dict[str, str] = {}
        """What is said against the next submission."""
        self.heard: Callable[[str, str, Payload], None] = lambda person, message, element: None
        """What the bot does at a press."""
        self.submitted: list[tuple[str, Payload]] = []
        self.pressed_inside: list[tuple[str, Payload]] = []
        self.closed: list[str] = []
        self._pages: dict[str, list[Payload]] = {}
        self._refused: dict[str, dict[str, str]] = {}
        self.refusal = ""
        self._messages: list[Message] = []
        self._numbers = itertools.count(1)

    def messages(self, place: str, person: str) -> list[Message]:
        return [
            message
            for message in self._messages
            if message.place == place and message.only_for in (None, person)
        ]

    async def say(self, person: str, place: str, text: str, thread: str | None = None) -> None:
        if self.refusal:
            raise Refused(self.refusal)
        self.said.append((person, place, text, thread))
        self.put(place, {"text": text}, author=person, text=text, thread=thread)

    async def press(self, person: str, message: str, element: Payload) -> str:
        if self.refusal:
            raise Refused(self.refusal)
        self.pressed.append((person, message, element))
        self.heard(person, message, element)
        label = element.get("title") or element.get("text", {}).get("text")
        if label in self.forms:
            self.open(person, *self.forms[label])
        return self.toast

    def open(self, person: str, *pages: Payload) -> None:
        """Open a form of these pages for ``person``; submitting one leads to the next."""
        self._pages[person] = list(pages)
        self._refused.pop(person, None)
        self._changed_everywhere()

    def modal(self, person: str) -> Payload | None:
        pages = self._pages.get(person)
        errors = self._refused.get(person)
        return {**pages[0], "errors": errors} if pages and errors else pages[0] if pages else None

    async def submit(self, person: str, values: Payload) -> None:
        if self.refusal:
            raise Refused(self.refusal)
        self.submitted.append((person, values))
        self._refused[person], self.errors = self.errors, {}
        if not self._refused[person]:
            self._pages[person].pop(0)
        self._changed_everywhere()

    async def press_in_modal(self, person: str, element: Payload) -> None:
        self.pressed_inside.append((person, element))

    def close_modal(self, person: str) -> None:
        self.closed.append(person)
        self._pages.pop(person, None)

    def _changed_everywhere(self) -> None:
        for place in {message.place for message in self._messages}:
            self.changed(place)

    def clear(self) -> None:
        self._messages.clear()
        self._pages.clear()

    async def open_home(self, person: str) -> list[Payload]:
        self.homes.append(person)
        return self.home_blocks

    async def open_pane(self, person: str, *, new: bool = False) -> None:
        self.panes.append((person, new))

    def pane(self, person: str) -> Payload | None:
        return self.pane_shown

    def home(self, person: str) -> list[Payload]:
        return self.home_blocks

    async def shortcut(self, person: str, callback: str, message: str = "", place: str = "") -> None:
        if self.refusal:
            raise Refused(self.refusal)
        self.chosen.append((person, callback, message))

    def put(
        self,
        place: str,
        payload: Payload,
        *,
        author: str = "bot",
        text: str = "",
        thread: str | None = None,
        only_for: str | None = None,
        at: float | None = None,
    ) -> Message:
        """Let ``author`` say something in ``place``, at a time in seconds since 1970."""
        number = next(self._numbers)
        message = Message(
            id=f"{place}:{number}",
            place=place,
            author=author,
            text=text or payload.get("text", ""),
            payload=payload,
            at=1_795_000_000.0 + number if at is None else at,
            thread=thread,
            only_for=only_for,
        )
        self._messages.append(message)
        self.changed(place)
        return message

    def change(self, message: Message, **fields: Any) -> None:
        """Let something about ``message`` be different from now on."""
        for name, value in fields.items():
            setattr(message, name, value)
        self.changed(message.place)
