"""Open dialogs, as Teams keeps them on a person's screen, and what it checks before it submits one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from playground.stage import Refused

Json = dict[str, Any]

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

    def shown(self) -> Json:
        """As the page draws it."""
        return {"title": self.title, "card": self.card, "errors": self.errors}


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
