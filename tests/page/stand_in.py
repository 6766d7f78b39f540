"""A platform that says whatever a test wants, for trying the page alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from bot.playground.stage import Message, Refused

Payload = dict[str, Any]


class FakePlatform:
    """Keeps messages in memory; what the bot says, the test puts there."""

    def __init__(self) -> None:
        self.changed: Callable[[str], None] = lambda place: None
        self.said: list[tuple[str, str, str, str | None]] = []
        self.pressed: list[tuple[str, str, Payload]] = []
        self.homes: list[str] = []
        self.home: list[Payload] = []
        self.toast = ""
        self.refusal = ""
        self._messages: list[Message] = []
        self._numbers = itertools.count(1)

    def messages(self, place: str, person: str) -> list[Message]:
        return [one for one in self._messages if one.place == place and one.only_for in (None, person)]

    async def say(self, person: str, place: str, text: str, thread: str | None = None) -> None:
        if self.refusal:
            raise Refused(self.refusal)
        self.said.append((person, place, text, thread))
        self.put(place, {"text": text}, author=person, text=text, thread=thread)

    async def press(self, person: str, message: str, element: Payload) -> str:
        if self.refusal:
            raise Refused(self.refusal)
        self.pressed.append((person, message, element))
        return self.toast

    async def open_home(self, person: str) -> list[Payload]:
        self.homes.append(person)
        return self.home

    def put(
        self,
        place: str,
        payload: Payload,
        *,
        author: str = "bot",
        text: str = "",
        thread: str | None = None,
        only_for: str | None = None,
    ) -> Message:
        """Let ``author`` say something in ``place``."""
        number = next(self._numbers)
        message = Message(
            id=f"{place}:{number}",
            place=place,
            author=author,
            text=text or payload.get("text", ""),
            payload=payload,
            at=1_795_000_000.0 + number,
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
