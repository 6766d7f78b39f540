"""What a person fills in in a modal, as Slack tells it, and what Slack's client itself finds missing."""

from __future__ import annotations

from collections.abc import Sequence

from playground.slack_book import by_id, resolve
from playground.slack_check_inputs import MANY
from playground.stage import Json, Refused

MISSING = "Please complete this required field."
TOO_LONG = "Please use at most {most} characters."


def filled(blocks: Sequence[Json], values: Json) -> tuple[Json, dict[str, str]]:
    """The state of a view whose input blocks were given ``values`` (by block id), and what keeps it open.

    Raises Refused for what nobody could fill in.
    """
    inputs = {block["block_id"]: block for block in blocks if block["type"] == "input"}
    if not set(values) <= set(inputs):
        raise Refused("There is no such field on this page.")
    state: Json = {}
    errors: dict[str, str] = {}
    for id, block in inputs.items():
        element, given = block["element"], _given(values.get(id))
        most = element.get("max_length", 3_000)
        if not given and not block.get("optional"):
            errors[id] = MISSING
        if element["type"] == "plain_text_input" and len("".join(given)) > most:
            errors[id] = TOO_LONG.format(most=most)
        state[id] = {element.get("action_id", id): {"type": element["type"], **_told(element, given)}}
    return state, errors


def _given(value: object) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [value for value in given if isinstance(value, str) and value.strip()]


def _told(element: Json, given: list[str]) -> Json:
    """What an element's state says of the values that it was given."""
    kind = element["type"]
    several = kind in MANY
    if not several and len(given) > 1:
        raise Refused("Only one can be picked here.")
    if kind == "plain_text_input":
        return {"value": given[0] if given else None}
    if "options" in element:
        chosen = [_option(element["options"], value) for value in given]
        return {"selected_options": chosen} if several else {"selected_option": next(iter(chosen), None)}
    people = kind.endswith("users_select")
    if not all(by_id(value) if people else resolve(value) for value in given):
        raise Refused("There is nobody and nothing of that name in this menu.")
    what = "user" if people else "conversation"
    return {f"selected_{what}s": given} if several else {f"selected_{what}": next(iter(given), None)}


def _option(options: Sequence[Json], value: str) -> Json:
    for option in options:
        if option["value"] == value:
            return option
    raise Refused("There is no such option in this field.")
