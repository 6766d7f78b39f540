"""The little Markdown that lessons may use, because every platform can show it."""

from __future__ import annotations

from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.fields import Complain

_BLOCKS = {"paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close", "inline"}
_BLOCKS |= {"list_item_open", "list_item_close", "heading_open", "heading_close"}
_INLINE = {"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close"}
_INLINE |= {"link_open", "link_close"}
_NAMES = {
    "html_block": "raw HTML", "html_inline": "raw HTML", "image": "a picture", "hr": "a ruled line",
    "fence": "a code block", "code_block": "a code block (indented text)", "code_inline": "code",
    "blockquote_open": "a block quotation", "ordered_list_open": "a numbered list",
    "hardbreak": "a forced line break",
}  # fmt: skip
_ALLOWED = "only paragraphs, **bold**, *italic*, '- ' lists and http(s) links are understood"


class _Parser(MarkdownIt):
    """Reads dangerous links as links too, so that they are complained about rather than shown as typed."""

    def validateLink(self, url: str) -> bool:
        return True


_parser = _Parser("commonmark")


class Section(NamedTuple):
    """A part of a Markdown text under one '## ' heading; the first has no name."""

    name: str
    line: int
    text: str


def read_sections(body: str, complain: Complain, offset: int) -> list[Section]:
    """Split a Markdown text at its headings, with complaints about anything but the little that is allowed.

    ``offset`` is the number of lines that stand before ``body`` in its file.
    """
    tokens = _parser.parse(body)
    starts: list[tuple[str, int, int]] = [("", 0, 0)]
    depth = 0
    for index, token in enumerate(tokens):
        line = (token.map[0] if token.map else 0) + 1 + offset
        if token.type == "heading_open" and token.map:
            if token.markup == "##" and not token.level:
                starts.append((tokens[index + 1].content, token.map[0], token.map[1]))
            else:
                complain(line, "headings are written '## ' and a name")
        elif token.type == "bullet_list_open":
            depth += 1
            if depth > 1:
                complain(line, "a list inside a list; write one plain list")
            elif token.markup != "-":
                complain(line, "lists are written with '- '")
        elif token.type == "bullet_list_close":
            depth -= 1
        elif token.type not in _BLOCKS and not token.type.endswith("_close"):
            complain(line, f"{_NAMES.get(token.type, 'this Markdown')} can't be shown; {_ALLOWED}")
        for child in token.children or ():
            _check_inline(child, line, complain)
    lines = body.split("\n")
    ends = [start for _, start, _ in starts[1:]] + [len(lines)]
    return [
        Section(name, start + 1 + offset, "\n".join(lines[first:end]).strip())
        for (name, start, first), end in zip(starts, ends, strict=True)
    ]


def _check_inline(token: Token, line: int, complain: Complain) -> None:
    if token.type not in _INLINE:
        complain(line, f"{_NAMES.get(token.type, 'this Markdown')} can't be shown; {_ALLOWED}")
    elif token.type == "link_open" and not str(token.attrs.get("href", "")).startswith(
        ("http://", "https://")
    ):
        complain(line, "links must start with http:// or https://")
