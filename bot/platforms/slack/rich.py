"""Markdown to Slack's rich text, for words that hold marks of their own: mrkdwn can't escape a star."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from bot.platforms.slack.markup import SECTION, markdown, safe_link
from bot.platforms.slack.shapes import Json

_ESCAPED = re.compile(r"\\[*_~`]")
_READ = {
    *("paragraph_open", "paragraph_close", "inline"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
}
_STYLES = {"strong": "bold", "em": "italic"}


def rich(md: str) -> Json | None:
    """Our own Markdown as a block of rich text; None where mrkdwn says the same: no mark in it is escaped, or
    it holds more than paragraphs and plain lists."""
    if len(md) > SECTION or not _ESCAPED.search(md):
        return None
    tokens = markdown.parse(md)
    if any(token.type not in _READ for token in tokens):
        return None
    parts: list[Json] = []
    depth = 0
    for token in tokens:
        if token.type.startswith("bullet_list"):
            depth += token.nesting
        if token.type == "inline":
            _add(parts, list(_runs(token.children or [])), depth)
    return {"type": "rich_text", "elements": parts} if parts else None


def _add(parts: list[Json], runs: list[Json], depth: int) -> None:
    """A paragraph goes on with the one before; a list's entry, with the list that it is in."""
    last = parts[-1] if parts else {}
    if not runs:
        return
    if depth == 0 and last.get("type") == "rich_text_section":
        last["elements"] += [{"type": "text", "text": "\n\n"}, *runs]
        return
    section = {"type": "rich_text_section", "elements": runs}
    if depth and last.get("indent") == depth - 1:
        last["elements"].append(section)
    elif depth:
        parts.append(
            {"type": "rich_text_list", "style": "bullet", "indent": depth - 1, "elements": [section]}
        )
    else:
        parts.append(section)


def _runs(tokens: Sequence[Token]) -> Iterator[Json]:
    style: dict[str, bool] = {}
    url = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "em_open":
                style = {**style, _STYLES[token.tag]: True}
            case "strong_close" | "em_close":
                style = {name: True for name in style if name != _STYLES[token.tag]}
            case "link_open":
                url = str(token.attrs.get("href", ""))
            case "link_close":
                url = ""
            case "softbreak" | "hardbreak":
                yield {"type": "text", "text": " " if token.type == "softbreak" else "\n"}
            case "text" | "code_inline" | "image" if token.content:
                code = {"code": True} if token.type == "code_inline" else {}
                run: Json = {"type": "text", "text": token.content}
                if safe_link(url):
                    run = {"type": "link", "url": url, "text": token.content}
                yield run | ({"style": {**style, **code}} if style or code else {})
