"""The one table of what words do in a talk: which act asks for which aspect of a lesson, and what it needs.

The acts themselves are learnt from a file of phrasings each (``knowledge/talk/acts``).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from knowledge.talk.reading import talk

Aspect = Literal[
    "report", "when", "source", "proof", "since", "ask", "practice", "why", "example", "fails", "works",
    "items", "short", "more", "deck",
]  # fmt: skip

ASPECTS: dict[str, Aspect] = {
    "short": "short", "plain": "short", "more": "more", "why": "why", "example": "example",
    "source": "source", "proof": "proof", "since": "since", "elsewhere": "since", "when": "when",
    "practice": "practice", "risks": "practice", "ask": "ask", "deck": "deck", "report": "report",
    "verdict": "works", "works": "works", "fails": "fails", "best": "works", "worst": "fails",
    "instead": "works", "list": "items",
}  # fmt: skip
"""Acts that ask for an aspect of the lesson in view."""
SURE = 0.4
"""How likely an act must be to be taken."""


class Meant(NamedTuple):
    """What words do, and the thing they do it to."""

    act: str
    """Empty where that isn't sure."""
    aspect: Aspect | None
    rest: str
    """The words that are none of the act's own."""


def meant_by(said: str, without: frozenset[str] = frozenset()) -> Meant:
    """What ``said`` does, of all acts but those in ``without``."""
    possible = frozenset(talk().acts) - without if without else frozenset()
    found = talk().read(said, possible)
    if not found or found[0].chance < SURE:
        return Meant("", None, said)
    act = found[0].act
    return Meant(act, ASPECTS.get(act), talk().thing(said, act))


def aspect_of(said: str) -> tuple[Aspect | None, str]:
    """The aspect that ``said`` asks for, and ``said`` without such words."""
    meant = meant_by(said)
    return meant.aspect, meant.rest if meant.aspect else said
