"""Mentions kept in a text (``dialogs.core.mentions``), as Teams writes them: a tag and an entity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.platforms.teams.elements import Element
from bot.platforms.teams.escape import in_card, in_message
from dialogs.core.events import Mention
from dialogs.core.mentions import name_of, shown, spoken


def native(body: Element) -> Element:
    """A message with its mentions as Teams' own; by name where none can stand."""
    text, entities = _tagged(body.get("text", ""), in_message)
    body = {**body, **({"text": text} if "text" in body else {})}
    if "summary" in body:
        body["summary"] = spoken(body["summary"])
    if entities:
        body["entities"] = [*body.get("entities", ()), *entities]
    if "attachments" in body:
        body["attachments"] = [
            {**attachment, "content": _card(attachment["content"])} for attachment in body["attachments"]
        ]
    return body


def _card(card: Element) -> Element:
    found: dict[str, Element] = {}
    drawn: Element = _drawn(card, found)
    if found:
        drawn["msteams"] = {**drawn.get("msteams", {}), "entities": list(found.values())}
    return drawn


def _drawn(value: Any, found: dict[str, Element]) -> Any:
    match value:
        case str():
            return spoken(value)
        case {"type": "TextBlock", "text": str() as text}:
            return {**value, "text": _found(text, found)}
        case {"title": str(), "value": str() as text}:
            return {"title": spoken(value["title"]), "value": _found(text, found)}
        case dict():
            return {name: _drawn(part, found) for name, part in value.items()}
        case list():
            return [_drawn(part, found) for part in value]
        case _:
            return value


def _found(text: str, found: dict[str, Element]) -> str:
    tagged, entities = _tagged(text, in_card)
    found.update({entity["text"]: entity for entity in entities})
    return tagged


def _tagged(text: str, literal: Callable[[str], str]) -> tuple[str, list[Element]]:
    entities: list[Element] = []

    def tag(mention: Mention) -> str:
        name = mention.label.lstrip("@#").replace("<", "").replace(">", "")
        # Channels and tags can't be mentioned by bots; people on another platform are unknown here.
        if mention.kind != "person" or not name or not mention.id.startswith("teams:"):
            return literal(name_of(mention))
        about = {"id": mention.id.rpartition("/")[2], "name": name}
        entities.append({"type": "mention", "text": f"<at>{name}</at>", "mentioned": about})
        return f"<at>{name}</at>"

    return shown(text, tag), entities
