"""Slack's own checks of input blocks and of the elements in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground import slack_limits as limits
from playground.slack_limits import Limit
from playground.stage import Json

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


def text(value: object, limit: Limit, what: str, *, plain: bool = False) -> Iterator[str]:
    """What is wrong with a text object of at most ``limit`` characters."""
    if not isinstance(value, dict) or value.get("type") not in ("plain_text", "mrkdwn"):
        yield f"{what} must be a text object"
    elif plain and value["type"] != "plain_text":
        yield f"{what} must be plain_text"
    elif not isinstance(value.get("text"), str) or not value["text"].strip():
        yield f"{what} must not be empty"
    else:
        yield from longest(value["text"], limit, what)


def longest(value: Any, limit: Limit, what: str, least: int = 0) -> Iterator[str]:
    """What is wrong with the length of a text."""
    length = len(value or "")
    if length < least:
        yield f"{what} must have {least} to {limit.most} characters"
    elif length > limit.most:
        yield f"{what} must have no more than {limit.most} characters"


def several(value: Any, limit: Limit, what: str) -> Iterator[str]:
    """What is wrong with how many there are of something that is needed."""
    if not 0 < len(value or ()) <= limit.most:
        yield f"1 to {limit.most} {what}"


def input_block(block: Json) -> Iterator[str]:
    """What is wrong with an input block."""
    yield from text(block.get("label"), limits.LABEL, "label", plain=True)
    if "hint" in block:
        yield from text(block["hint"], limits.LABEL, "hint", plain=True)
    element = block.get("element")
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or kind not in KINDS:
        yield f"unsupported element {kind}"
        return
    yield from longest(element.get("action_id", "-"), limits.ACTION_ID, "action_id", 1)
    if "placeholder" in element:
        yield from text(element["placeholder"], limits.PLACEHOLDER, "placeholder", plain=True)
    if kind == "plain_text_input":
        yield from _words(element)
    elif kind in limits.OPTIONS:
        yield from _options(element, limits.OPTIONS[kind])
    else:
        yield from _menu(element)


def _words(element: Json) -> Iterator[str]:
    most = element.get("max_length", limits.WORDS.most)
    if not 1 <= most <= limits.WORDS.most:
        yield f"max_length must be 1 to {limits.WORDS.most}"
    if len(element.get("initial_value", "")) > most:
        yield "initial_value is longer than max_length"


def _options(element: Json, limit: Limit) -> Iterator[str]:
    options = element.get("options") or []
    yield from several(options, limit, "options")
    for option in options:
        yield from text(option.get("text"), limits.OPTION, "option text")
        yield from longest(option.get("value"), limits.OPTION_VALUE, "option value", 1)
    many = element["type"] in MANY
    begins = element.get("initial_options", []) if many else [element.get("initial_option")]
    if many and "initial_options" in element and not begins:
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
