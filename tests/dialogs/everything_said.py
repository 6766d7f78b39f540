"""All the words of the table of commands, their arguments filled in with samples."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from dialogs.core.commands.row import Row
from dialogs.core.commands.table import ways_of
from dialogs.core.commands.wire import KINDS, Argument, Wire

SESSION, KEY = "C3D4F6G7H9J3", "2027-05-03T09:30"
SAMPLES = {
    "id": SESSION, "session": SESSION, "code": "K7QM", "who": "@asha", "all": "all", "key": KEY,
    "run": "0f3a9c21de", "number": "3", "count": "2", "place": "4", "digit": "4", "letters": "b", "rest": "b",
    "word": "factor-buy-in", "name": "board", "words": "beds", "lesson": "compost", "heading": "Water",
    "check": "plot", "digest": "0123456789abcdef01234567",
}  # fmt: skip
"""Kind of an argument -> words that are one."""


def everything_said(row: Row) -> list[str]:
    """Each way to say a row's command, and each of its templates filled in."""
    typed = [way for way, _ in ways_of(row)]
    return list(dict.fromkeys([*typed, *(words for wire in row.wires for words in _filled(wire))]))


def _filled(wire: Wire) -> Iterator[str]:
    """The words of a template with samples for its arguments: all of them, and as few as there can be."""
    for fully in (True, False):
        parts = [part for part in wire.parts if fully or isinstance(part, str) or not part.optional]
        for words in product(*(_said(part) for part in parts)):
            yield " ".join(words).replace(" :", ":")


def _said(part: str | Argument) -> list[str]:
    if isinstance(part, str):
        return [part]
    named = next((name for name, kind in KINDS.items() if kind is part.kind), None)
    return [SAMPLES[named]] if named else part.kind.pattern.split("|")
