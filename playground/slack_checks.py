"""Slack's own checks of blocks and views, as far as they are documented: what it would refuse, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playground import slack_limits as limits
from playground.slack_check_inputs import input_block, longest, several, text
from playground.stage import Json

_BLOCKS_OF = {"message": limits.MESSAGE_BLOCKS, "view": limits.VIEW_BLOCKS}
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
    found += longest(view.get("private_metadata"), limits.PRIVATE_METADATA, "private_metadata")
    found += longest(view.get("callback_id"), limits.CALLBACK_ID, "callback_id")
    if view["type"] == "modal":
        found += text(view.get("title"), limits.VIEW_TITLE, "title", plain=True)
        for name in ("submit", "close"):
            if name in view:
                found += text(view[name], limits.VIEW_TITLE, name, plain=True)
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
    if len(blocks) > _BLOCKS_OF[surface].most:
        yield f"no more than {_BLOCKS_OF[surface].most} blocks"
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
            wrong = longest(block["block_id"], limits.BLOCK_ID, "block_id", 1)
            yield from (f"/blocks/{number}: {problem}" for problem in wrong)
        actions += [
            element["action_id"]
            for element in block.get("elements", ())
            if isinstance(element, dict) and "action_id" in element
        ]
    said = [block for block in blocks if isinstance(block, dict) and block.get("type") == "markdown"]
    yield from longest("".join(str(block.get("text", "")) for block in said), limits.MARKDOWN, "markdown")
    if len(set(names)) < len(names):
        yield "block_id must be unique"
    if len(set(actions)) < len(actions):
        yield "action_id must be unique"


def _header(block: Json) -> Iterator[str]:
    yield from text(block.get("text"), limits.HEADER, "text", plain=True)


def _section(block: Json) -> Iterator[str]:
    fields = block.get("fields")
    if fields is None and "text" not in block:
        yield "text or fields are needed"
    if "text" in block:
        yield from text(block["text"], limits.SECTION, "text")
    for field in fields or ():
        yield from text(field, limits.FIELD, "field")
    if fields is not None:
        yield from several(fields, limits.FIELDS, "fields")
    if "accessory" in block:
        yield from _element(block["accessory"], ("button", "image", "overflow"))


def _context(block: Json) -> Iterator[str]:
    elements = block.get("elements") or []
    yield from several(elements, limits.CONTEXT, "elements")
    for element in elements:
        if element.get("type") == "image":
            yield from _element(element, ("image",))
        else:
            yield from text(element, limits.TEXT, "element")


def _actions(block: Json) -> Iterator[str]:
    elements = block.get("elements") or []
    yield from several(elements, limits.ACTIONS, "elements")
    for element in elements:
        yield from _element(element, ("button", "overflow", "static_select"))


def _context_actions(block: Json) -> Iterator[str]:
    elements = block.get("elements") or []
    yield from several(elements, limits.CONTEXT_ACTIONS, "elements")
    for element in elements:
        yield from _element(element, ("feedback_buttons", "icon_button"))


def _element(element: object, allowed: tuple[str, ...]) -> Iterator[str]:
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or kind not in allowed:
        yield f"unsupported element {kind}"
        return
    yield from longest(element.get("action_id", "-"), limits.ACTION_ID, "action_id", 1)
    if kind == "button":
        yield from _button(element)
        if element.get("style", "primary") not in ("primary", "danger"):
            yield "style must be primary or danger"
        yield from longest(element.get("url"), limits.BUTTON_URL, "url")
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
    yield from text(button.get("text"), limits.BUTTON, "button text", plain=True)
    yield from longest(button.get("value"), limits.BUTTON_VALUE, "value")
    yield from longest(button.get("accessibility_label"), limits.ACCESSIBILITY_LABEL, "accessibility_label")


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
    yield from longest(block.get("alt_text"), limits.ALT_TEXT, "alt_text", 1)


def _markdown(block: Json) -> Iterator[str]:
    yield from longest(block.get("text"), limits.MARKDOWN, "text", 1)


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
