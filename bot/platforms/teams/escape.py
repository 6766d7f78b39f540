"""Plain text made safe for places where Teams reads Markdown or HTML: the only place that does so."""

from __future__ import annotations

import html
import re

_MARKS = re.compile(r"([\\`*_\[\]~])")
_LINE_MARKS = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LIST = re.compile(r"(?<!\n)\n(?=- |\d+\. )")


def literal(text: str) -> str:
    """``text`` for a card's element that doesn't read Markdown: only card functions are undone."""
    return text.replace("{{", "{\u2060{")


def in_card(text: str) -> str:
    """``text`` for a card's element that reads Markdown, to be shown as it is."""
    return literal(_LINE_MARKS.sub(_keep, _MARKS.sub(r"\\\1", text)))


def in_message(text: str) -> str:
    """``text`` for a message's own text, which reads Markdown and some HTML, mentions among it."""
    return html.escape(_LINE_MARKS.sub(_keep, _MARKS.sub(r"\\\1", text)), quote=False)


def card_markdown(md: str) -> str:
    """Our Markdown as cards want it: Teams on phones breaks list lines at a carriage return only, and no
    function of a card is carried out, whoever wrote it."""
    return literal(_LIST.sub("\r", md))


def message_markdown(md: str) -> str:
    """Our Markdown as a message's own text wants it, in which a backslash keeps no ``<`` from being HTML."""
    return _ESCAPED.sub(lambda kept: html.escape(kept[1]) if kept[1] in "<>" else kept[0], md)


def _keep(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}\\{mark}" if mark in "#>+-" else f"{space}{mark}\\"
