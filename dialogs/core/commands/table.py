"""The one table of commands, and the words that buttons carry: made from it, read back by it."""

from __future__ import annotations

from functools import lru_cache

from dialogs.core.commands import (
    advisor_settings,
    alone,
    drafting,
    enquiries,
    in_channel,
    insights,
    managing,
    naming,
    own_data,
    questions,
    sessions,
    sharing,
    small_talk,
)
from dialogs.core.commands.row import Matter, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.events import PlaceKind
from dialogs.core.replies import Frozen

TABLE: tuple[Row, ...] = (
    *sessions.ROWS,
    *in_channel.ROWS,
    *drafting.ROWS,
    *managing.ROWS,
    *advisor_settings.ROWS,
    *naming.ROWS,
    *enquiries.ROWS,
    *insights.ROWS,
    *sharing.ROWS,
    *alone.ROWS,
    *questions.ROWS,
    *own_data.ROWS,
    *small_talk.ROWS,
)
"""In the order in which they are tried; where two could mean the same words, the first does."""

_ROWS = {
    command: tuple(row for row in TABLE if row.command is command)
    for command in {row.command for row in TABLE}
}

MATTERS = (
    Matter("draft"),
    Matter("received"),
    Matter("quiz"),
    Matter("readiness"),
    Matter("reminder list"),
    Matter("enquiry"),
    Matter("share"),
    Matter("forgetting"),
    Matter("numbered"),
)
"""What may be open between a person and us. Words go to what asked for them last here, before any command;
where another may be meant, that is asked: a draft first, then what was asked last."""

_FIRST = ("help", "lessons")
ENCODED = 2_000
"""Commands whose words are kept: nearly all buttons are some hundred ones, over and over."""


@lru_cache(ENCODED)
def encode(command: Frozen) -> str:
    """The words that a button carries to say ``command``. Raises ValueError where it has none."""
    for row in _ROWS.get(type(command), ()):
        for way, ways in row.ways:
            if way == command:
                return " ".join(ways.partition("|")[0].split())
        for wire in row.wires:
            said = wire.write(command)
            if said is not None:
                return said
    raise ValueError(f"no words for {command}")


def decode(says: str) -> Frozen | None:
    """The command that a button's words say, as ``encode`` wrote them; None where it isn't told without the
    lessons."""
    tried = _WIRES.get(says.partition(" ")[0].casefold(), ())
    return next((command for _, wire in tried if (command := wire.read(says, None)) is not None), None)


def wires_of(rows: tuple[Row, ...]) -> dict[str, tuple[tuple[Row, Wire], ...]]:
    """The templates of ``rows`` that are read, by the first word of theirs."""
    found: dict[str, tuple[tuple[Row, Wire], ...]] = {}
    for row in rows:
        for wire in row.wires:
            for first in wire.firsts if wire.reads else ():
                found[first] = (*found.get(first, ()), (row, wire))
    return found


_WIRES = wires_of(TABLE)


def ways_of(row: Row) -> tuple[tuple[str, Frozen], ...]:
    """All ways to say a command whole, each with the command."""
    return tuple((" ".join(way.split()), command) for command, ways in row.ways for way in ways.split("|"))


SHORTCUTS = tuple(row.shortcut for row in TABLE if row.shortcut is not None)
"""What platforms offer everywhere, or on each message."""


def menu(place: PlaceKind) -> tuple[MenuItem, ...]:
    """The commands that a platform's own menu lists in such a place, what everybody asks for first."""
    listed = [item for row in TABLE for item in row.menu if place in item.places]
    return tuple(
        sorted(listed, key=lambda item: _FIRST.index(item.says) if item.says in _FIRST else len(_FIRST))
    )
