"""Slack's own checks of blocks and views, as far as they are documented: what it would refuse, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from playground.slack_check_inputs import input_block, text

Json = Mapping[str, Any]

LIMITS = {"message": 50, "view": 100}
_ELSEWHERE = {"view": ("context_actions",), "message": ("input",)}
"""Blocks that a surface doesn't take."""
_PARTS = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
_RUNS = ("text", "link", "emoji", "user", "channel", "usergroup", "broadcast", "date", "color", "team")


def problems(blocks: object, surface: str = "message") -> list[str]:
    """What Slack would say against ``blocks``; empty where it takes them."""
    return list(_blocks(blocks, surface))


def view_problems(view: object) -> list[str]:
    """What Slack would say against a view."""
    if not isinstance(view, dict) or view.get("type") not in ("home", "modal"):
        return ["a view needs the type home or modal"]
    found = list(_blocks(view.get("blocks"), "view"))
    if len(view.get("private_metadata") or "") > 3_000:
        found.append("private_metadata is longer than 3000")
    if len(view.get("callback_id") or "") > 255:
        found.append("callback_id is longer than 255")
    if view["type"] == "modal":
        found += text(view.get("title"), 24, "title", plain=True)
        for name in ("submit", "close"):
            if name in view:
                found += text(view[name], 24, name, plain=True)
        blocks = view.get("blocks")
        kinds = (
            [block.get("type") for block in blocks or () if isinstance(block, dict)]
            if isinstance(blocks, list)
            else []
        )
        if "input" in kinds and "submit" not in view:
            found.append("submit is needed where there is an input block")
    return found


def _blocks(blocks: object, surface: str) -> Iterator[str]:
    if not isinstance(blocks, list):
        yield "blocks must be a list"
        return
    if len(blocks) > LIMITS[surface]:
        yield f"no more than {LIMITS[surface]} blocks"
    names: list[str] = []
    actions: list[str] = []
    for number, block in enumerate(blocks):
        kind = block.get("type") if isinstance(block, dict) else None
        check = _BLOCKS.get(kind) if isinstance(kind, str) else None
        if check is None or kind in _ELSEWHERE[surface]:
            yield f"/blocks/{number}: unsupported type {kind}"
            continue
        yield from (f"/blocks/{number}: {problem}" for problem in check(block))
        if "block_id" in block:
            names.append(block["block_id"])
            if not 0 < len(block["block_id"]) <= 255:
                yield f"/blocks/{number}: block_id must have 1 to 255 characters"
        actions += [
            element["action_id"]
            for element in block.get("elements", ())
            if isinstance(element, dict) and "action_id" in element
        ]
    if len(set(names)) < len(names):
        yield "block_id must be unique"
    if len(set(actions)) < len(actions):
        yield "action_id must be unique"


def _header(block: Json) -> Iterator[str]:
    yield from text(block.get("text"), 150, "text", plain=True)


def _section(block: Json) -> Iterator[str]:
    fields = block.get("fields")
    if fields is None and "text" not in block:
        yield "text or fields are needed"
    if "text" in block:
        yield from text(block["text"], 3_000, "text")
    for field in fields or ():
        yield from text(field, 2_000, "field")
    if fields is not None and not 0 < len(fields) <= 10:
        yield "1 to 10 fields"
    if "accessory" in block:
        yield from _element(block["accessory"], ("button", "image", "overflow"))


def _context(block: Json) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 0 < len(elements) <= 10:
        yield "1 to 10 elements"
    for element in elements:
        if element.get("type") == "image":
            yield from _element(element, ("image",))
        else:
            yield from text(element, 3_000, "element")


def _actions(block: Json) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 0 < len(elements) <= 25:
        yield "1 to 25 elements"
    for element in elements:
        yield from _element(element, ("button", "overflow", "static_select"))


def _context_actions(block: Json) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 0 < len(elements) <= 5:
        yield "1 to 5 elements"
    for element in elements:
        yield from _element(element, ("feedback_buttons", "icon_button"))


def _element(element: object, allowed: tuple[str, ...]) -> Iterator[str]:
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or kind not in allowed:
        yield f"unsupported element {kind}"
        return
    if len(element.get("action_id", "-")) not in range(1, 256):
        yield "action_id must have 1 to 255 characters"
    if kind == "button":
        yield from _button(element)
        if element.get("style", "primary") not in ("primary", "danger"):
            yield "style must be primary or danger"
        if len(element.get("url", "")) > 3_000:
            yield "url must have no more than 3000 characters"
    elif kind == "feedback_buttons":
        for adapter in ("positive_button", "negative_button"):
            button = element.get(adapter)
            if not isinstance(button, dict) or not button.get("value"):
                yield f"{adapter} needs a value"
            else:
                yield from _button(button)
    elif kind == "image" and not element.get("alt_text"):
        yield "alt_text is needed"


def _button(button: Json) -> Iterator[str]:
    yield from text(button.get("text"), 75, "button text", plain=True)
    if len(button.get("value", "")) > 2_000:
        yield "value must have no more than 2000 characters"
    if len(button.get("accessibility_label", "")) > 75:
        yield "accessibility_label must have no more than 75 characters"


def _rich_text(block: Json) -> Iterator[str]:
    parts = block.get("elements") or []
    if not parts:
        yield "elements are needed"
    for part in parts:
        if part.get("type") not in _PARTS:
            yield f"unsupported element {part.get('type')}"
        elif part["type"] == "rich_text_list":
            for item in part.get("elements", ()):
                yield from _runs(item)
        else:
            yield from _runs(part)


def _runs(part: Json) -> Iterator[str]:
    for run in part.get("elements", ()):
        if run.get("type") not in _RUNS:
            yield f"unsupported element {run.get('type')}"
        elif run["type"] == "text" and not run.get("text"):
            yield "a text element must not be empty"


def _image(block: Json) -> Iterator[str]:
    if ("image_url" in block) == ("slack_file" in block):
        yield "either image_url or slack_file is needed"
    if not 0 < len(block.get("alt_text", "")) <= 2_000:
        yield "alt_text must have 1 to 2000 characters"


def _markdown(block: Json) -> Iterator[str]:
    if not 0 < len(block.get("text", "")) <= 12_000:
        yield "text must have 1 to 12000 characters"


def _divider(block: Json) -> Iterator[str]:
    yield from ()


_BLOCKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "header": _header,
    "input": input_block,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "rich_text": _rich_text,
    "image": _image,
    "markdown": _markdown,
    "divider": _divider,
}
