"""Mentions kept in a text (``dialogs.core.mentions``), as Slack writes them."""

from __future__ import annotations

from typing import Any

from bot.platforms.slack.markup import escape
from dialogs.core.events import Mention
from dialogs.core.mentions import holds, name_of, shown, spoken

_SIGNS = {"person": "@", "channel": "#", "group": "!subteam^"}
_ELEMENTS = {
    "person": ("user", "user_id"),
    "channel": ("channel", "channel_id"),
    "group": ("usergroup", "usergroup_id"),
}


def native(value: Any, *, markup: bool = True) -> Any:
    """A payload with its mentions as Slack's own; by name where no markup is read."""
    match value:
        case str():
            return shown(value, _written) if markup else spoken(value)
        case {"type": "plain_text"}:
            return {name: native(part, markup=False) for name, part in value.items()}
        case {"elements": [*elements], "type": "rich_text_section" | "rich_text_quote"}:
            return {**value, "elements": [part for element in elements for part in _parts(element)]}
        case dict():
            # What a button says, and alternative texts, are read by nobody as markup.
            return {
                name: native(part, markup=markup and name not in ("value", "alt_text"))
                for name, part in value.items()
            }
        case list():
            return [native(part, markup=markup) for part in value]
        case _:
            return value


def _id(mention: Mention) -> str:
    """Slack's own id; "" for somebody on another platform."""
    return mention.id.rpartition("/")[2].rpartition(":")[2] if mention.id.startswith("slack:") else ""


def _written(mention: Mention) -> str:
    id = _id(mention)
    return f"<{_SIGNS[mention.kind]}{id}>" if id.isalnum() else escape(name_of(mention))


def _parts(element: dict[str, Any]) -> list[dict[str, Any]]:
    """A rich text's element, parted at its mentions."""
    text = element.get("text")
    if not isinstance(text, str) or not holds(text):
        return [element]
    mentions: list[Mention] = []

    def part(mention: Mention) -> str:
        mentions.append(mention)
        return "\ue003"

    words, *more = shown(text, part).split("\ue003")
    parts = [{**element, "text": words}] if words else []
    for mention, after in zip(mentions, more, strict=True):
        kind, name = _ELEMENTS[mention.kind]
        id = _id(mention)
        parts.append({"type": kind, name: id} if id.isalnum() else {**element, "text": name_of(mention)})
        parts += [{**element, "text": after}] if after else []
    return parts
