"""What was filled in in a form: Slack's state of a view as one string for each field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.platforms.slack.shapes import Json, inside, listed, text
from bot.platforms.slack.speech import whole

FIELDS, LONGEST = 100, 10_000
"""How many fields are read, and characters of each: more than any form of ours has."""


def values(view: Json, person: Callable[[str], str]) -> dict[str, str]:
    """The id of a field -> its value, as ``forms`` says; "" for a field left empty or of a shape unknown.

    ``person``: the speaker's id of a user id, since Slack doesn't say of which workspace it is.
    """
    found: dict[str, list[str]] = {}
    for block in inside(inside(view, "state"), "values").values():
        for id, element in block.items() if isinstance(block, dict) else ():
            if len(found) < FIELDS or id in found:
                found.setdefault(id, []).extend(_told(element, person) if isinstance(element, dict) else ())
    offered = {text(element, "action_id"): _offered(element) for element in _elements(view)}
    return {
        whole(id): whole(",".join(_in_order(told, offered.get(id, [])))[:LONGEST])
        for id, told in found.items()
    }


def _told(element: Json, person: Callable[[str], str]) -> Iterator[str]:
    """All that one element holds, whichever kind it is."""
    if text(element, "value"):
        yield text(element, "value")
    for option in (inside(element, "selected_option"), *listed(element, "selected_options")):
        if text(option, "value"):
            yield text(option, "value")
    yield from (f"person {person(id)}" for id in _ids(element.get("selected_users")))
    yield from (f"channel slack:{id}" for id in _ids(element.get("selected_conversations")))


def _ids(value: Any) -> list[str]:
    return (
        [inner for inner in value if isinstance(inner, str) and inner.isalnum()]
        if isinstance(value, list)
        else []
    )


def _elements(view: Json) -> Iterator[Json]:
    return (inside(block, "element") for block in listed(view, "blocks"))


def _offered(element: Json) -> list[str]:
    return [text(option, "value") for option in listed(element, "options")]


def _in_order(told: list[str], offered: list[str]) -> list[str]:
    """As the form lists them: Slack tells them in the order in which they were picked."""
    return sorted(told, key=lambda value: offered.index(value) if value in offered else 0)
