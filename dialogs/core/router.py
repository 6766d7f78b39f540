"""The one router: which command words are, whose turn that is, and what a near miss may have meant.

Typed words, slash commands, presses and submitted forms all pass it. What names a live session or a series
goes to its turn, and needs nothing loaded; all else goes to the conversation's, where what is open is tried
first (``dialogs.open_matters``), then the commands, then the questions to the deck (``dialogs.decide``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from dialogs.core.commands import Command, SeriesAct, SessionAct
from dialogs.core.commands.row import HeardText, Row
from dialogs.core.commands.table import TABLE, normal, ways_of, wires_of
from dialogs.core.model import Event, Place, Submitted, Utterance, World
from dialogs.core.replies import Frozen
from dialogs.core.text import clean, word_set

LONGEST = 120
"""Characters of words that name a session or a series."""

_OWN = tuple(row for row in TABLE if row.to == "conversation")
_ELSEWHERE = tuple(row for row in TABLE if row.to != "conversation")
_OWN_WIRES, _ELSEWHERE_WIRES = wires_of(_OWN), wires_of(_ELSEWHERE)
NEAR, VERY_NEAR = 0.7, 0.8
"""Likeness, from 0 to 1, from which words may be meant as a command."""
_FEW, _LONG = 4, 5
"""Words of a near miss at most; letters of a word that can stand for a command beside another word."""
_LEADS = word_set(
    "can could would you please show me give i id need want to see the some list like just sharewise "
    "so and but ok okay then well"
)
_ENDS = word_set("please pls plz sharewise then")


class _Way(NamedTuple):
    words: tuple[str, ...]
    command: Frozen
    row: Row


_WAYS = tuple(_Way(tuple(way.split()), command, row) for row in _OWN for way, command in ways_of(row))
_BY_WORDS = {
    words: tuple(way for way in _WAYS if way.words == words) for words in {way.words for way in _WAYS}
}
_BY_LENGTH = {
    length: tuple(way for way in _WAYS if len(way.words) == length)
    for length in {len(way.words) for way in _WAYS}
}


def route(event: Event, place: Place) -> SessionAct | SeriesAct | None:
    """The act on a live session or series that ``event`` names; None where it is the conversation's turn."""
    if isinstance(event, Submitted):
        return _named_elsewhere(event.says, None)
    if not isinstance(event, Utterance) or not event.addressed or event.edited:
        return None
    if len(event.text) >= LONGEST:
        return None
    return _named_elsewhere(clean(event.text), place)


def understand(said: Utterance, world: World) -> Command | None:
    """The command that ``said`` is in a conversation; None for a question or anything else."""
    heard = HeardText(clean(said.text), said, world)
    found = _by_wires(heard) or _by_phrase(heard) or _whole(heard) or _loosely(heard)
    return found  # type: ignore[return-value]  # the table has no other rows


def row_of(command: Frozen) -> Row:
    """The first row of a command."""
    return next(row for row in TABLE if row.command is type(command))


def nearest(said: Utterance, world: World, least: float = NEAR) -> tuple[Command, ...]:
    """Up to three commands that words which are none nearly say, the nearest first.

    ``least``: how like a way to say it the words must be, from 0 to 1.
    """
    typed = _bare(normal(clean(said.text)).split())
    close: dict[Frozen, float] = {}
    for way in _WAYS if len(typed) <= _FEW else ():
        likeness = _likeness(typed, way.words)
        if (
            way.row.near
            and likeness >= least
            and likeness > close.get(way.command, 0.0)
            and _here(way.row, world)
        ):
            close[way.command] = likeness
    return tuple(sorted(close, key=lambda command: -close[command])[:3])  # type: ignore[arg-type]


def _named_elsewhere(text: str, place: Place | None) -> SessionAct | SeriesAct | None:
    found: Frozen | None = None
    for _, wire in _ELSEWHERE_WIRES.get(text.partition(" ")[0].casefold(), ()):
        found = found or wire.read(text, None)
    if place is not None:
        for row in _ELSEWHERE:
            found = found or (row.short(text, place.kind) if row.short else None)
    assert found is None or isinstance(found, SessionAct | SeriesAct)
    return found


def _by_wires(heard: HeardText) -> Frozen | None:
    tried = _OWN_WIRES.get(heard.text.partition(" ")[0].casefold(), ())
    read = (wire.read(heard.text, heard.world.knowledge) for row, wire in tried if _for_us(row, heard.said))
    return next((command for command in read if command is not None), None)


def _by_phrase(heard: HeardText) -> Frozen | None:
    read = (row.phrase(heard) for row in _OWN if row.phrase and _for_us(row, heard.said))
    return next((command for command in read if command is not None), None)


def _loosely(heard: HeardText) -> Frozen | None:
    read = (row.loosely(heard) for row in _OWN if row.loosely and _for_us(row, heard.said))
    return next((command for command in read if command is not None), None)


def _for_us(row: Row, said: Utterance) -> bool:
    """Whether the row's words may mean it without a mention, or we were spoken to."""
    return row.overheard or said.addressed or said.pressed


def _here(row: Row, world: World) -> bool:
    """Whether the row's words mean it in this place."""
    return "direct" in row.where or world.reference is not None


def _whole(heard: HeardText) -> Frozen | None:
    """The command said in full: exactly, without a "can you show me", or with slips of the finger."""
    said = tuple(normal(heard.text).split())
    bare = _bare(said)
    for tried in (said, tuple(bare)):
        for way in _BY_WORDS.get(tried, ()):
            if _for_us(way.row, heard.said) and _here(way.row, heard.world):
                return way.command
    best: tuple[int, Frozen] | None = None
    for way in _BY_LENGTH.get(len(bare), ()):
        slips = _slips(bare, way.words)
        if slips is None or not _for_us(way.row, heard.said) or not _here(way.row, heard.world):
            continue
        if best is None or slips < best[0]:
            best = (slips, way.command)
    return best[1] if best else None


def _bare(said: Sequence[str]) -> list[str]:
    """``said`` without a "can you show me" before it, or a "please" after."""
    bare = list(said)
    while bare and bare[0] in _LEADS:
        bare.pop(0)
    if bare and bare[-1] in _ENDS:
        bare.pop()
    return bare


def _likeness(typed: list[str], way: tuple[str, ...]) -> float:
    """How like ``typed`` is to ``way``, from 0 to 1; a command's long word beside another word is near."""
    whole = OSA.normalized_similarity(" ".join(typed), " ".join(way))
    beside = len(way) == 1 and len(typed) == 2 and len(way[0]) >= _LONG
    if beside and any(_slips([word], way) is not None for word in typed):
        return max(whole, NEAR)
    return whole


def _slips(said: list[str], way: tuple[str, ...]) -> int | None:
    """How many slips part ``said`` from ``way``, word for word; None where they are too many to be slips."""
    total = 0
    for mine, meant in zip(said, way, strict=True):
        if mine == meant:
            continue
        slips = OSA.distance(mine, meant)
        # In a word of four letters one changed letter makes another word (done, none): only a swap is a slip.
        swapped = len(meant) == 4 and sorted(mine) == sorted(meant)
        if slips > (2 if len(meant) > 7 else 1) or (len(meant) < 5 and not swapped):
            return None
        total += slips
    return total
