"""Which lesson a question asks for, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import msgspec

from knowledge.model import Outside

if TYPE_CHECKING:
    from knowledge.matching.vectors import Array

Band = Literal["answer", "suggest", "none"]


class Phrase(NamedTuple):
    """One example question and the lesson that answers it."""

    lesson: str
    text: str


class Candidate(msgspec.Struct, frozen=True):
    """A lesson that may answer the question."""

    lesson: str
    score: float
    """The confidence, from 0 to 1, that this is the lesson asked for."""
    phrase: str
    """The example question of the lesson that comes nearest."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """What the matcher makes of a question."""

    band: Band
    """Whether to answer, to suggest the candidates, or to say that nothing fits."""
    lesson: str | None = None
    """The lesson to answer with; set in band "answer" only."""
    candidates: tuple[Candidate, ...] = ()
    """Up to three lessons, likeliest first, in every band."""
    near: tuple[str, ...] = ()
    """In band "none": the lessons that come near enough to be worth naming, likeliest first; often empty."""
    outside: Outside | None = None
    """What the question is about that the deck does not answer, where the vocabulary has a name for it."""
    corrected: tuple[tuple[str, str], ...] = ()
    """Words that were read as others: ("captial", "capital")."""


class Matcher(Protocol):
    """Fitted once, asked many times; what it makes of a question depends on no other."""

    def match(self, question: str) -> Match:
        """The lessons for any text at all; never raises, and takes bounded time."""
        ...

    def meaning(self, question: str) -> Array:
        """What any text means, as a vector of length 1: the product of two tells how alike they are."""
        ...
