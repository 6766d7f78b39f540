"""Slack's own checks of input blocks and of the elements in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

OPTIONS = {"radio_buttons": 10, "checkboxes": 10, "static_select": 100, "multi_static_select": 100}
"""How many options each kind of element takes."""
MANY = {
    "checkboxes": "initial_options",
    "multi_static_select": "initial_options",
    "multi_users_select": "initial_users",
    "multi_conversations_select": "initial_conversations",
}
"""The elements that take several values, and how each names those it begins with."""
ONE = {"radio_buttons": "initial_option", "static_select": "initial_option", "users_select": "initial_user"}
KINDS = ("plain_text_input", *MANY, *ONE)
_INCLUDE = ("im", "mpim", "private", "public")


def text(value: object, most: int, what: str, *, plain: bool = False) -> Iterator[str]:
    """What is wrong with a text object of at most ``most`` characters."""
    if not isinstance(value, dict) or value.get("type") not in ("plain_text", "mrkdwn"):
        yield f"{what} must be a text object"
    elif plain and value["type"] != "plain_text":
        yield f"{what} must be plain_text"
    elif not isinstance(value.get("text"), str) or not value["text"].strip():
        yield f"{what} must not be empty"
    elif len(value["text"]) > most:
        yield f"{what} must have no more than {most} characters"


def input_block(block: Json) -> Iterator[str]:
    """What is wrong with an input block."""
    yield from text(block.get("label"), 2_000, "label", plain=True)
    if "hint" in block:
        yield from text(block["hint"], 2_000, "hint", plain=True)
    element = block.get("element")
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or kind not in KINDS:
        yield f"unsupported element {kind}"
        return
    if len(element.get("action_id", "-")) not in range(1, 256):
        yield "action_id must have 1 to 255 characters"
    if "placeholder" in element:
        yield from text(element["placeholder"], 150, "placeholder", plain=True)
    if kind == "plain_text_input":
        yield from _words(element)
    elif kind in OPTIONS:
        yield from _options(element, OPTIONS[kind])
    else:
        yield from _menu(element)


def _words(element: Json) -> Iterator[str]:
    most = element.get("max_length", 3_000)
    if not 1 <= most <= 3_000:
        yield "max_length must be 1 to 3000"
    if len(element.get("initial_value", "")) > most:
        yield "initial_value is longer than max_length"


def _options(element: Json, most: int) -> Iterator[str]:
    options = element.get("options") or []
    if not 0 < len(options) <= most:
        yield f"1 to {most} options"
    for option in options:
        yield from text(option.get("text"), 75, "option text")
        if not 0 < len(option.get("value", "")) <= 150:
            yield "option value must have 1 to 150 characters"
    several = element["type"] in MANY
    begins = element.get("initial_options", []) if several else [element.get("initial_option")]
    if several and "initial_options" in element and not begins:
        yield "initial_options must not be empty"
    if any(beginning is not None and beginning not in options for beginning in begins):
        yield "an initial option must be one of the options"


def _menu(element: Json) -> Iterator[str]:
    begins = element.get(MANY.get(element["type"], ""), [])
    if not all(isinstance(beginning, str) and beginning for beginning in begins):
        yield "what a menu begins with must be ids"
    kinds = element.get("filter", {}).get("include", list(_INCLUDE))
    if not kinds or not set(kinds) <= set(_INCLUDE):
        yield "include must name kinds of conversations"
