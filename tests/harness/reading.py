"""What a person sees in a message's payload, of either platform: its words, and its buttons."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from playground.stage import Message

_READ = ("text", "title", "value", "name", "alt_text")
"""Names under which blocks, cards, citations and pictures keep words."""
_FOLD = "Action.ToggleVisibility"
_BUTTONS = {"button": ("text", "text"), "Action.Execute": ("title",), _FOLD: ("title",)}
"""Where each kind of button keeps its label."""
_UNREAD = {*_BUTTONS, "feedback_buttons", "Action.Submit"}
_MARKUP = re.compile(r"[*_~`\\\u2060]| ?\[\d+\]")


def words(messages: Iterable[Message]) -> str:
    """All words of ``messages``, without markup and buttons."""
    found = "\n".join(piece for message in messages for piece in _words(_drawn(message)))
    return _MARKUP.sub("", html.unescape(found))


def buttons(messages: Iterable[Message]) -> list[tuple[str, str, dict[str, Any]]]:
    """The buttons of ``messages``: label, message and the button's own JSON."""
    return [
        (_label(button), message.id, button) for message in messages for button in _buttons(_drawn(message))
    ]


def unfolded(message: Message, button: dict[str, Any]) -> str | None:
    """What ``button`` shows of its own message, without asking us; None for any other button."""
    if button["type"] != _FOLD:
        return None
    hidden = [node for node in _nodes(_drawn(message)) if node.get("id") in button["targetElements"]]
    return "\n".join(piece for element in hidden for piece in _words({**element, "isVisible": True}))


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(child)


def _drawn(message: Message) -> list[Any]:
    """The parts of a payload that a client draws; the bare text only where there is nothing else."""
    payload = message.payload
    if "blocks" in payload:
        return payload["blocks"] or [payload["text"]]
    return [payload.get("text", ""), payload.get("attachments", []), payload.get("entities", [])]


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for child in node:
            yield from _words(child)
    elif isinstance(node, dict) and node.get("type") not in _UNREAD and node.get("isVisible", True):
        for name, value in node.items():
            if name in _READ or isinstance(value, dict | list):
                yield from _words(value)


def _buttons(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for child in node:
            yield from _buttons(child)
    elif isinstance(node, dict):
        if node.get("type") in _BUTTONS or _opens(node):
            yield node
        else:
            yield from _buttons(list(node.values()))


def _opens(node: dict[str, Any]) -> bool:
    """Whether this is a button that opens a dialog of Teams."""
    return node.get("type") == "Action.Submit" and "msteams" in (node.get("data") or {})


def _label(button: dict[str, Any]) -> str:
    found: Any = button
    for name in _BUTTONS.get(button["type"], ("title",)):
        found = found[name]
    return str(found)


def lesson(message: Message) -> str | None:
    """The id of the lesson that a reply gives: its button for what to do in practice names it."""
    for label, _, button in buttons([message]):
        if label == "In practice":
            return str(button.get("value") or button["targetElements"][0])[len("practice ") :]
    return None
