"""The buttons shown last: who types what stands on one of them has pressed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dialogs.core.commands.table import TABLE, normal, ways_of
from dialogs.core.model import Place, Utterance
from dialogs.core.replies import Choices, Reply
from dialogs.core.router import route

MOST, LONGEST = 16, 80
"""Buttons that are remembered, and characters of their labels."""

_ONLY_SAID = {normal(way) for row in TABLE if not row.near for way, _ in ways_of(row)}

Offered = tuple[tuple[str, str], ...]
"""What stands on a button, and what pressing it says."""


def offered(replies: Iterable[Reply], place: Place) -> Offered:
    """The buttons of ``replies`` that a typed label can stand for; what two buttons show is neither's."""
    choices = [
        choice
        for reply in replies
        for block in reply.blocks
        if isinstance(block, Choices)
        for choice in block.options
    ]
    labels = Counter(normal(choice.label) for choice in choices)
    return tuple(
        (choice.label, choice.says)
        for choice in choices
        if labels[normal(choice.label)] == 1
        and len(choice.label) <= LONGEST
        and normal(choice.label) != normal(choice.says)
        and normal(choice.says) not in _ONLY_SAID
        and route(Utterance(choice.says), place) is None
    )[:MOST]


def says(shown: Offered, text: str) -> str:
    """What the button says on which ``text`` (cleaned) stands; empty where it stands on none."""
    typed = normal(text)
    return next((words for label, words in shown if typed and normal(label) == typed), "")
