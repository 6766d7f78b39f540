"""Open dialogs, as Teams keeps them on a person's screen, and what it checks before it submits one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from playground import teams_activities as activities
from playground.stage import Json, Person, Refused
from playground.teams_line import TeamsLine

NAME = activities.BOT["name"]
"""What Teams calls a dialog that tells no title."""
WENT_WRONG = "Something went wrong. Please try again."
"""What Teams shows where an invoke fails."""
UNREADABLE = "Unable to reach app. Please try again."
"""What Teams says in a dialog whose app answers with something else than a dialog."""


class Dialog(msgspec.Struct):
    """What stands open over a person's Teams."""

    chat: str
    message: str
    """The message whose button opened it."""
    title: str
    card: Json
    errors: dict[str, str] = {}
    """What keeps it from being submitted, by the id of an input."""
    command: str = ""
    """The command of the message extension that opened it; "" for a button."""

    def shown(self) -> Json:
        """As the page draws it."""
        return {"title": self.title, "card": self.card, "errors": self.errors}


class Dialogs:
    """Those that are open, one a person at most."""

    def __init__(self, line: TeamsLine) -> None:
        self._line = line
        self._open: dict[str, Dialog] = {}

    def shown(self, person: str) -> Json | None:
        """The dialog that is open for a person, by their key, as the page draws it."""
        dialog = self._open.get(person)
        return None if dialog is None else dialog.shown()

    def close(self, person: str) -> None:
        """Close that of a person."""
        self._open.pop(person, None)

    def clear(self) -> None:
        """Close all."""
        self._open.clear()

    async def fetch(self, who: Person, chat: str, message: str, element: Json) -> str:
        """Press a message's button that opens one; returns the toast."""
        invoke = self._line.invoke(who, chat)
        status, answer = await self._line.deliver(activities.fetched(invoke, element, message))
        if status != 200:
            return WENT_WRONG
        kind, value = task(answer)
        if kind == "continue":
            self._open[who.key] = Dialog(chat, message, value["title"], value["card"]["content"])
            return ""
        return value if kind == "message" else WENT_WRONG

    async def choose(self, who: Person, chat: str, command: str, shown: Json) -> None:
        """Choose a command of the message extension on a message. Raises Refused."""
        invoke = self._line.invoke(who, chat)
        status, answer = await self._line.deliver(activities.chosen_on(invoke, command, shown))
        if status != 200:
            raise Refused(WENT_WRONG)
        kind, value = task(answer)
        if kind == "close":
            return
        title, card = (
            (NAME, saying(value)) if kind == "message" else (value["title"], value["card"]["content"])
        )
        self._open[who.key] = Dialog(chat, "", title, card, command=command)

    async def submit(self, who: Person, values: Mapping[str, Any]) -> None:
        """Submit the open one, unless Teams itself finds something missing. Raises Refused."""
        dialog = self._of(who)
        given, dialog.errors = inputs(dialog.card, values)
        if not dialog.errors:
            data = submitting(dialog.card).get("data") or {}
            await self._filled_in(who, dialog, {**data, **given})

    async def press(self, who: Person, element: Json) -> None:
        """Press an action of the open one's card. Raises Refused."""
        dialog = self._of(who)
        if element.get("type") != "Action.Submit":
            raise Refused("Teams has no such button in a dialog.")
        if element.get("associatedInputs") != "none":
            await self.submit(who, {})
        else:
            await self._filled_in(who, dialog, dict(element.get("data") or {}))

    def _of(self, who: Person) -> Dialog:
        dialog = self._open.get(who.key)
        if dialog is None:
            raise Refused("No dialog is open.")
        return dialog

    async def _filled_in(self, who: Person, dialog: Dialog, data: Json) -> None:
        invoke = self._line.invoke(who, dialog.chat)
        status, answer = await self._line.deliver(
            activities.filled_in(invoke, data, dialog.message, dialog.command)
        )
        if status != 200:
            raise Refused(WENT_WRONG)
        kind, value = task(answer)
        if kind == "close":
            self.close(who.key)
        elif kind == "message":
            dialog.card = saying(value)
        else:
            dialog.title, dialog.card = value["title"], value["card"]["content"]


def opens(element: Mapping[str, Any]) -> bool:
    """Whether a button opens a dialog."""
    data = element.get("data")
    teams = data.get("msteams") if isinstance(data, dict) else None
    return isinstance(teams, dict) and teams.get("type") == "task/fetch"


def task(answer: Any) -> tuple[str, Any]:
    """What an answer asks for: ("continue", its dialog), ("message", its words) or ("close", None).

    Raises Refused where Teams would not understand it.
    """
    if answer in (None, {}):
        return "close", None
    asked = answer.get("task") if isinstance(answer, dict) else None
    match asked:
        case {"type": "message", "value": str(words)}:
            return "message", words
        case {"type": "continue", "value": {"title": str(), "card": {"content": dict()}} as value}:
            return "continue", value
    raise Refused(UNREADABLE)


def saying(words: str) -> Json:
    """A card of words alone."""
    return {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": words, "wrap": True}]}


def submitting(card: Json) -> Json:
    """The button that submits a dialog's inputs; raises Refused where it has none."""
    for element in _all(card):
        if element.get("type") == "Action.Submit" and element.get("associatedInputs") != "none":
            return element
    raise Refused("There is nothing to submit here.")


def inputs(card: Json, values: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """What the inputs give with what a person put in, and what is wrong with it, by the inputs' ids.

    An input that isn't in ``values`` keeps what it began with. Raises Refused for a value that could
    not have been put in.
    """
    given, wrong = dict[str, str](), dict[str, str]()
    for element in _all(card):
        if not str(element.get("type")).startswith("Input."):
            continue
        id, value = element["id"], values.get(element["id"], element.get("value", ""))
        value = ",".join(map(str, value)) if isinstance(value, list) else str(value or "")
        if len(value) > element.get("maxLength", len(value)):
            raise Refused(f"{element.get('label', id)} takes {element['maxLength']} characters.")
        if element["type"] == "Input.ChoiceSet" and "choices.data" not in element:
            known = {choice["value"] for choice in element["choices"]}
            picked = value.split(",") if element.get("isMultiSelect") else [value]
            if not known.issuperset(filter(None, picked)):
                raise Refused(f"{element.get('label', id)} has no such choice.")
        if element.get("isRequired") and not value.strip():
            wrong[id] = element.get("errorMessage", "")
        given[id] = value
    return given, wrong


def _all(inside: object) -> Iterator[Json]:
    if isinstance(inside, dict):
        yield inside
    for inner in inside.values() if isinstance(inside, dict) else inside if isinstance(inside, list) else ():
        yield from _all(inner)
