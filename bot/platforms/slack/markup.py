"""Markdown to Slack's mrkdwn, and the one place where text is escaped and cut for Slack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

SECTION = 3_000
"""The most characters that a section's text takes."""
_LINK = 2_000

markdown = MarkdownIt("commonmark", {"html": False}).disable("html_inline").disable("html_block")
_CALL = re.compile(r"@(?=(?:here|channel|everyone)\b)", re.IGNORECASE)


def escape(text: str) -> str:
    """``text`` as mrkdwn that can neither ping, link, nor mention."""
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A word joiner: the words look the same, and no client takes them for a broadcast.
    return _CALL.sub("@\u2060", text) if "@" in text else text


def size(text: str) -> int:
    """How many characters ``text`` has, counted as UTF-16, as Slack's clients do."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def clip(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, counted as ``size`` does."""
    if len(text) * 2 <= limit:
        return text
    raw = text.encode("utf-16-le", "replace")
    if len(raw) <= 2 * limit:
        return text
    return raw[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


@lru_cache(maxsize=4096)
def mrkdwn(md: str) -> tuple[str, ...]:
    """Our own Markdown as mrkdwn, in pieces that each fit a section; none for nothing but space."""
    return split("\n\n".join(_blocks(markdown.parse(md))))


def split(text: str, limit: int = SECTION) -> tuple[str, ...]:
    """mrkdwn cut into pieces of at most ``limit``, between lines or words, never inside a token."""
    pieces = []
    text = text.strip()
    while len(text) * 2 > limit:
        head = text[:limit].encode("utf-16-le", "replace")[: 2 * limit].decode("utf-16-le", "ignore")
        if len(head) < len(text):
            head = head[: _cut(head)]
        pieces.append(head.rstrip())
        text = text[len(head) :].lstrip()
    return (*pieces, text) if text else tuple(pieces)


def _cut(head: str) -> int:
    half = len(head) // 2
    at = max(head.rfind("\n\n"), head.rfind("\n"))
    if at < half:
        at = head.rfind(" ")
    if at < half:
        at = len(head)
    token, entity = head.rfind("<", 0, at), head.rfind("&", 0, at)
    if token > head.rfind(">", 0, at) and token > 0:
        return token
    if entity > head.rfind(";", 0, at) and entity > 0 and at - entity < 5:
        return entity
    return at


def _blocks(tokens: Sequence[Token]) -> list[str]:
    """The block-level elements, each as its own lines."""
    out: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _closing(tokens, at)
        inner = tokens[at + 1 : end]
        if token.type == "inline":
            out.append(_inline(token.children or []))
        elif token.type == "heading_open":
            words = _inline([token for child in inner for token in child.children or []], bold=False)
            out.append(f"*{words}*" if words.strip() else "")
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            out.append("\n".join(_items(token, inner)))
        elif token.type == "blockquote_open":
            lines = "\n\n".join(_blocks(inner)).split("\n")
            out.append("\n".join(f"> {line}".rstrip() for line in lines))
        elif token.type in ("fence", "code_block"):
            out.append(f"```\n{escape(token.content.rstrip())}\n```")
        elif token.nesting == 1:
            out.extend(_blocks(inner))
        at = end + 1
    return [line for line in out if line.strip()]


def _items(opening: Token, tokens: Sequence[Token]) -> Iterator[str]:
    number = int(opening.attrs.get("start", 1))
    at = 0
    while at < len(tokens):
        end = _closing(tokens, at)
        bullet = f"{number}." if opening.type == "ordered_list_open" else "•"
        body = "\n".join(_blocks(tokens[at + 1 : end])).replace("\n", "\n    ")
        yield f"{bullet} {body}"
        number += 1
        at = end + 1


def _closing(tokens: Sequence[Token], at: int) -> int:
    """Where the element that begins at ``at`` ends."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens)


def _inline(tokens: Sequence[Token], bold: bool = True) -> str:
    out: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "text":
                out.append(escape(token.content))
            case "strong_open" | "strong_close" if bold:
                out.append("*")
            case "em_open" | "em_close":
                out.append("_")
            case "code_inline":
                out.append(f"`{escape(token.content)}`")
            case "softbreak":
                out.append(" ")
            case "hardbreak":
                out.append("\n")
            case "image":
                out.append(escape(token.content))
            case "link_open":
                links.append((str(token.attrs.get("href", "")), len(out)))
            case "link_close":
                url, start = links.pop()
                out[start:] = [_link(url, "".join(out[start:]))]
            case _:
                pass
    return "".join(out)


def safe_link(url: str) -> bool:
    """Whether ``url`` is such as people may be led to."""
    return url.startswith(("https://", "http://", "mailto:"))


def _link(url: str, label: str) -> str:
    safe = escape(url).replace("|", "%7C")
    if not safe_link(url) or len(safe) + len(label) > _LINK:
        return label
    return f"<{safe}|{label.replace('|', '¦')}>"
