"""The one router: which command words are, whose turn that is, and what a near miss may have meant.

Typed words, slash commands, presses and submitted forms all pass it. What names a live session, a series or
an enquiry goes to its turn, and needs nothing loaded; all else goes to the conversation's, where what is open
is tried first (``dialogs.open_matters``), then the commands, then the questions to the deck
(``dialogs.decide``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace
from rapidfuzz.distance import OSA

from dialogs.core.commands import AdvisoryAct, Command, SeriesAct, SessionAct
from dialogs.core.commands.row import FreeWay, HeardText, Lacks, Row, Who, may
from dialogs.core.commands.table import TABLE, ways_of, wires_of
from dialogs.core.events import Event, Place, Submitted, Utterance
from dialogs.core.model import World
from dialogs.core.replies import Frozen
from dialogs.core.slips import slips
from dialogs.core.text import clean, normal, without_courtesies, word_set

LONGEST, LONGEST_SHORT = 8_000, 120
"""Characters of words that name a session, a series or an enquiry, and of those that do it in short."""

NamedAct = SessionAct | SeriesAct | AdvisoryAct

_ELSEWHERE = tuple(row for row in TABLE if row.to != "conversation")
_ELSEWHERE_WIRES = wires_of(_ELSEWHERE)
_IN_SHORT = tuple((row, row.short) for row in _ELSEWHERE if row.short is not None)
_ROWS = {(row.command, act): row for row in reversed(TABLE) for act in row.acts}
NEAR, VERY_NEAR = 0.7, 0.8
"""Likeness, from 0 to 1, from which words may be meant as a command."""
_WORDS = 5_000
"""First words of which what they may be slips of is kept at hand."""
_FEW, _LONG = 4, 5
"""Words of a near miss at most; letters of a word that can stand for a command beside another word."""
_LACKING = tuple((row, row.lacks) for row in TABLE if row.lacks is not None)
_ANY_LACKS = Lacks.any_of(lacks for _, lacks in _LACKING)
_LEADS = word_set(
    "can could would you please show me give i id need want to see the some list like just sharewise "
    "so and but ok okay then well"
)
_ENDS = word_set("please pls plz sharewise then")


class _Way(NamedTuple):
    words: tuple[str, ...]
    command: Frozen
    row: Row


class _Words:
    """The words of some rows, as they are looked up."""

    def __init__(self, rows: Iterable[Row]) -> None:
        rows = tuple(rows)
        self.wires = wires_of(rows)
        self.phrases = tuple((row, row.phrase) for row in rows if row.phrase)
        self.loosely = tuple((row, row.loosely) for row in rows if row.loosely)
        self.ways = tuple(
            _Way(tuple(way.split()), command, row) for row in rows for way, command in ways_of(row)
        )
        self.by_words: dict[tuple[str, ...], list[_Way]] = {}
        self.by_length: dict[int, list[_Way]] = {}
        for way in self.ways:
            self.by_words.setdefault(way.words, []).append(way)
            self.by_length.setdefault(len(way.words), []).append(way)
        self._begun = lru_cache(_WORDS)(self._begun_by)

    def read(self, heard: HeardText) -> Frozen | None:
        """The command that was heard, the surest way to say it first."""
        return (
            self._by_wires(heard)
            or _first_read(self.phrases, heard)
            or self._whole(heard)
            or _first_read(self.loosely, heard)
        )

    def _by_wires(self, heard: HeardText) -> Frozen | None:
        tried = self.wires.get(heard.text.partition(" ")[0].casefold(), ())
        read = (
            wire.read(heard.text, heard.world.knowledge) for row, wire in tried if _for_us(row, heard.said)
        )
        return next((command for command in read if command is not None), None)

    def _whole(self, heard: HeardText) -> Frozen | None:
        """The command said in full: exactly, without a "can you show me", or with slips of the finger."""
        said = tuple(normal(heard.text).split())
        bare = _bare(said)
        for tried in (said, tuple(bare)):
            for way in self.by_words.get(tried, ()):
                if _for_us(way.row, heard.said):
                    return way.command
        best: tuple[int, Frozen] | None = None
        for way in self._begun(bare[0], len(bare)) if bare else ():
            made = slips(bare, way.words)
            if made is None or not _for_us(way.row, heard.said):
                continue
            if best is None or made < best[0]:
                best = (made, way.command)
        return best[1] if best else None

    def _begun_by(self, first: str, length: int) -> tuple[_Way, ...]:
        """The ways of ``length`` words whose first may be meant by ``first``: most begin otherwise."""
        ways = self.by_length.get(length, ())
        meant = {word for word in {way.words[0] for way in ways} if slips((first,), (word,)) is not None}
        return tuple(way for way in ways if way.words[0] in meant)


def _first_read(readers: Iterable[tuple[Row, FreeWay]], heard: HeardText) -> Frozen | None:
    to_us = _to_us(heard.said)
    for row, read in readers:
        if to_us or row.overheard:
            command = read(heard)
            if command is not None:
                return command
    return None


_OWN = tuple(row for row in TABLE if row.to == "conversation")
_EVERY = _Words(_OWN)
_WITHOUT_CHANNEL = _Words(row for row in _OWN if "direct" in row.where)
_IN_CHANNEL = _Words(row for row in _OWN if "direct" not in row.where)


def route(event: Event, place: Place) -> NamedAct | None:
    """The act on a session, series or enquiry that ``event`` names; None: it is the conversation's turn."""
    if isinstance(event, Submitted):
        return act_of(event.says)
    if not isinstance(event, Utterance) or not event.addressed or event.edited:
        return None
    if len(event.text) >= LONGEST:
        return None
    return act_of(event.text, place)


def act_of(says: str, place: Place | None = None) -> NamedAct | None:
    """The act on a session, series or enquiry that a button's words name, or ``place``'s short ones."""
    text = clean(says)
    found: Frozen | None = None
    for _, wire in _ELSEWHERE_WIRES.get(text.partition(" ")[0].casefold(), ()):
        found = found or wire.read(text, None)
    for row, read in _IN_SHORT:
        if place is not None and place.kind in row.where and len(text) < LONGEST_SHORT:
            found = found or read(text)
    assert found is None or isinstance(found, NamedAct)
    return found


def understand(said: Utterance, world: World) -> Command | None:
    """The command that ``said`` is in a conversation; None for a question or anything else.

    Words that mean something else here do; what can't be said here at all is understood, to say so. A
    greeting or thanks around a command change nothing.
    """
    text = clean(said.text)
    bare, found = text if said.pressed else without_courtesies(text), None
    if bare != text:
        exact = without_courtesies(clean(said.exact)) if said.exact else ""
        found = _read(HeardText(bare, replace(said, text=bare, exact=exact), world))
    found = found or _read(HeardText(text, said, world))
    if not getattr(found, "sure", True) and not permitted(found, world):  # type: ignore[arg-type]
        return None
    return found  # type: ignore[return-value]  # the table has no other rows


def _read(heard: HeardText) -> Frozen | None:
    if heard.world.reference is not None:
        return _EVERY.read(heard)
    return _WITHOUT_CHANNEL.read(heard) or _IN_CHANNEL.read(heard)


def row_of(command: Frozen) -> Row:
    """The row of what a command does."""
    return _ROWS[type(command), getattr(command, "act", "")]


def permitted(command: Frozen, world: World) -> bool:
    """Whether the speaker may say it; whose a session or series is, that itself knows."""
    row = row_of(command)
    own = row.own is None or row.own(command, world)
    return may(row.who, advisor=world.speaker.role == "advisor", host=own)


def allows(who: Who, world: World) -> bool:
    """Whether the speaker is one of those."""
    return may(who, advisor=world.speaker.role == "advisor", host=True)


def belongs(command: Frozen, world: World) -> bool:
    """Whether it can be said here."""
    return world.reference is not None or "direct" in row_of(command).where


def nearest(said: Utterance, world: World, least: float = NEAR) -> tuple[Command, ...]:
    """Up to three commands that words which are none nearly say, the nearest first.

    ``least``: how like a way to say it the words must be, from 0 to 1.
    """
    typed = _bare(normal(clean(said.text)).split())
    close: dict[Frozen, float] = {}
    for way in (_EVERY if world.reference else _WITHOUT_CHANNEL).ways if len(typed) <= _FEW else ():
        likeness = _likeness(typed, way.words, least) if way.row.near else 0.0
        if likeness > close.get(way.command, 0.0) and permitted(way.command, world):
            close[way.command] = likeness
    return tuple(sorted(close, key=lambda command: -close[command])[:3])  # type: ignore[arg-type]


def lacking(said: Utterance) -> Row | None:
    """The row whose words ``said`` begins, while what they need is missing or unknown; None for any other."""
    text = clean(said.text)
    if not _ANY_LACKS.fits(text):
        return None
    fitting = [(row, lacks.fits(text)) for row, lacks in _LACKING]
    named = (row for row, fits in fitting if fits == "label")
    return next(named, next((row for row, fits in fitting if fits), None))


def _for_us(row: Row, said: Utterance) -> bool:
    """Whether the row's words may mean it without a mention, or we were spoken to."""
    return row.overheard or _to_us(said)


def _to_us(said: Utterance) -> bool:
    return said.addressed or said.pressed


def _bare(said: Sequence[str]) -> list[str]:
    """``said`` without a "can you show me" before it, or a "please" after."""
    bare = list(said)
    while bare and bare[0] in _LEADS:
        bare.pop(0)
    if bare and bare[-1] in _ENDS:
        bare.pop()
    return bare


def _likeness(typed: list[str], way: tuple[str, ...], least: float) -> float:
    """How like ``typed`` is to ``way``, from 0 to 1, 0 for less than ``least``; a command's long word beside
    another word is near."""
    whole = OSA.normalized_similarity(" ".join(typed), " ".join(way), score_cutoff=least)
    beside = least <= NEAR and len(way) == 1 and len(typed) == 2 and len(way[0]) >= _LONG
    if beside and any(slips([word], way) is not None for word in typed):
        return max(whole, NEAR)
    return whole
