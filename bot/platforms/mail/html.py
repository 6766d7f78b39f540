"""A reply as simple HTML, for mails and for the pages that their links lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import assert_never

from markdown_it import MarkdownIt

from dialogs.core.figures import figures, progress
from dialogs.core.mentions import spoken
from dialogs.core.replies import (
    Block,
    Chart,
    Choice,
    Choices,
    Citation,
    Facts,
    Feedback,
    File,
    Part,
    Progress,
    Quote,
    Reply,
    Text,
    Title,
)

_markdown = MarkdownIt("commonmark", {"html": False}).disable(["html_inline", "html_block", "image"])

DrawButton = Callable[[Choice], str]
"""Draws a button."""


def html(reply: Reply, button: DrawButton) -> str:
    """All that ``reply`` says; nothing in it is fetched from anywhere."""
    return spoken("\n".join(piece for block in reply.blocks for piece in _block(block, button)))


def _block(block: Block, button: DrawButton) -> Iterator[str]:
    match block:
        case Title(text):
            yield f"<h2>{escape(text)}</h2>"
        case Text(md):
            yield _markdown.render(md).strip()
        case Part(label, md):
            yield f"<h3>{escape(label)}</h3>{_markdown.render(md).strip()}"
        case Quote(text):
            yield f"<blockquote>{_lines(text)}</blockquote>"
        case Citation(heading=heading, short=short, date=date):
            yield f"<p><small>{escape(f'{heading}, {short}, {date}')}</small></p>"
        case Facts(pairs):
            rows = "".join(f"<dt>{escape(name)}</dt><dd>{_lines(told)}</dd>" for name, told in pairs)
            yield f"<dl>{rows}</dl>"
        case Chart(title):
            rows = "".join(f"<li>{escape(f'{label}: {told}')}</li>" for label, told in figures(block))
            yield f"<p>{escape(title)}</p>{f'<ul>{rows}</ul>' if rows else ''}"
        case Progress():
            if far := progress(block):
                yield f"<p>{escape(far[2])}</p>"
        case File(name, content):
            yield f"<p>{escape(name)}</p><pre>{escape(content)}</pre>"
        case Choices(options):
            yield f'<div class="ways">{" ".join(map(button, options))}</div>'
        case Feedback():
            pass  # a thumb needs no mail
        case _:
            assert_never(block)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
