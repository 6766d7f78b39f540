"""The words of neutral replies as mrkdwn: what stands in their blocks, and alone where no block is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import assert_never

from bot.platforms.slack.markup import SECTION, clip, escape, mrkdwn, size, split
from dialogs.core import replies
from dialogs.core.figures import figures, progress

HEADER = 150
_FALLBACK, _FILE = 4_000, 150
_MARK = {"deck": "📘", "us": "💡", "since": "🔎", "ask": "💭"}


def fallback(reply: replies.Reply) -> str:
    """The words of a reply as mrkdwn, for where no block is drawn; never empty."""
    pieces = split("\n".join(line for block in reply.blocks for line in _words(block)), _FALLBACK)
    return pieces[0] if pieces else "…"


@lru_cache(maxsize=4096)
def part(label: str, md: str, by: str) -> tuple[str, ...]:
    """A labelled part of an answer, in pieces that each fit a section."""
    head = f"{_MARK[by]} *{escape(clip(label.strip(), HEADER))}*"
    pieces = mrkdwn(md)
    if not pieces:
        return (head,)
    if size(head) + 1 + size(pieces[0]) <= SECTION:
        return (f"{head}\n{pieces[0]}", *pieces[1:])
    return (head, *pieces)


@lru_cache(maxsize=1024)
def cited(citation: replies.Citation) -> str:
    """Where an answer comes from, in a line."""
    heading, short, source, author, date = (
        escape(clip(part, HEADER))
        for part in (citation.heading, citation.short, citation.source, citation.author, citation.date)
    )
    return f"📖 *{heading}*, {short}  ·  {source}, {author}, {date}"


def figured(chart: replies.Chart, *, titled: bool = True) -> tuple[str, ...]:
    """A chart's figures as text, in pieces that each fit a section; ``titled``: under its title."""
    rows = [f"• {escape(label.strip())}: {escape(words)}" for label, words in figures(chart)]
    title = escape(clip(chart.title.strip(), HEADER))
    return split("\n".join([f"*{title}*", *rows] if title and titled else rows))


def file_line(name: str) -> str:
    """A file's name; the file itself follows the message."""
    return f"📎 {escape(clip(name.strip(), _FILE))}"


def _words(block: replies.Block) -> Iterator[str]:
    match block:
        case replies.Text(md):
            yield from mrkdwn(md)
        case replies.Part(label, md, by):
            yield from part(label, md, by)
        case replies.Title(text) | replies.Quote(text):
            yield escape(text)
        case replies.Citation():
            yield cited(block)
        case replies.Facts(pairs):
            yield from (escape(f"{name}: {value}") for name, value in pairs)
        case replies.Choices(options):
            yield from (f"• {escape(option.label)}" for option in options)
        case replies.Chart():
            yield from figured(block)
        case replies.Progress():
            if (far := progress(block)) is not None:
                yield far[2]
        case replies.File(name):
            yield file_line(name)
        case replies.Feedback():
            pass
        case _:
            assert_never(block)
