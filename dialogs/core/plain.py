"""A reply as plain text: for notifications, terminals and transcripts."""

from __future__ import annotations

import re
from typing import assert_never

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

_LINK = re.compile(r"(?<!\\)\[([^\]]+)\]\((https?://[^\s)]+)\)")
_MARKS = re.compile(r"(?<!\\)(\*\*\*|\*\*|\*|__|`)")
_ESCAPE = re.compile(r"\\([\\`*_\[\]<>#|~])")


def plain(reply: Reply) -> str:
    """All that ``reply`` says, without markup; buttons are left out (see ``choices``)."""
    said = "\n".join(line for line in map(_block, reply.blocks) if line)
    return spoken(said)


def choices(reply: Reply) -> tuple[Choice, ...]:
    """All buttons of ``reply``, in their order."""
    return tuple(choice for block in reply.blocks if isinstance(block, Choices) for choice in block.options)


def plain_markdown(md: str) -> str:
    """The text of ``md`` (the Markdown that lessons use) without its marks."""
    linked = _LINK.sub(r"\1 (\2)", md)
    return _ESCAPE.sub(r"\1", _MARKS.sub("", linked)).strip()


def _block(block: Block) -> str:
    match block:
        case Title(text) | Quote(text):
            return text
        case Text(md):
            return plain_markdown(md)
        case Part(label, md):
            return f"{label}: {plain_markdown(md)}"
        case Citation(heading=heading, short=short, date=date):
            return f"({heading}, {short}, {date})"
        case Facts(pairs):
            return "\n".join(f"{name}: {value}" for name, value in pairs)
        case Chart(title):
            return "\n".join([title, *(f"{label}: {words}" for label, words in figures(block))])
        case Progress():
            far = progress(block)
            return far[2] if far else ""
        case File(name):
            return name
        case Choices() | Feedback():
            return ""
        case _:
            assert_never(block)
