"""The one table of what words do in a talk: which act asks for which aspect of a lesson, and what it needs.

The acts themselves are learnt from a file of phrasings each (``knowledge/talk/acts``).
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import dropwhile
from typing import Literal, NamedTuple

from dialogs.core.text import word_set, words
from knowledge.talk.reading import talk

Aspect = Literal[
    "report", "when", "source", "proof", "since", "ask", "practice", "why", "example", "fails", "works",
    "items", "short", "more", "deck", "verdict", "cost", "time", "who", "us",
]  # fmt: skip

ASPECTS: dict[str, Aspect] = {
    "short": "short", "plain": "short", "repeat": "short", "more": "more", "why": "why",
    "example": "example", "source": "source", "proof": "proof", "since": "since", "elsewhere": "since",
    "when": "when", "practice": "practice", "risks": "practice", "ask": "ask", "deck": "deck",
    "report": "report", "verdict": "verdict", "works": "works", "fails": "fails", "best": "works",
    "worst": "fails", "instead": "works", "list": "items", "cost": "cost", "time": "time", "who": "who",
    "us": "us", "meaning": "more",
}  # fmt: skip
"""Acts that ask for an aspect of the lesson in view."""
OF_SUBJECTS: frozenset[Aspect] = frozenset({"cost", "who"})
"""Aspects that a lesson may be about itself: money, the people."""
OF_LISTS = frozenset({"next", "previous", "rest"})
"""Acts that need a list in view."""
OF_SIDES = frozenset({"other", "new", "old"})
"""Acts that need a list with another beside it."""
OF_WHAT_IS_SAID = frozenset({*ASPECTS, *OF_LISTS, *OF_SIDES, "about", "case", "honestly", "count", "compare"})
"""Acts that ask something of what is in view; any other is said to us, or is a question of its own."""
OBJECTS = frozenset({"person", "send", "write", "greeting", "clock", "answers", "disagree"})
"""Acts that are the same whatever thing is named in them."""
BESIDE = word_set(
    "so then ok okay and but well right sorry please no nope yes yeah oh hm hmm ah thanks thank cheers great "
    "good brilliant perfect lovely honestly think im afraid now hi hello hey though really today mate "
    "everyone very fine"
)
"""Words that may stand beside an act, and change nothing."""
SURE, VERY_SURE, CERTAIN = 0.4, 0.6, 0.9
"""How likely an act must be to be taken, and to be taken for what it is whatever else is said in it."""


class Meant(NamedTuple):
    """What words do, and the thing they do it to."""

    act: str = ""
    """Empty where that isn't sure."""
    chance: float = 0.0
    rest: str = ""
    """The words that are none of the act's own."""

    @property
    def aspect(self) -> Aspect | None:
        """The aspect of a lesson that it asks for."""
        return ASPECTS.get(self.act)


def meant_by(said: str, without: Collection[str] = ()) -> Meant:
    """What ``said`` does, of all acts but those in ``without``."""
    reader = talk()
    act, chance = reader.read(said, frozenset(reader.acts).difference(without) if without else frozenset())
    if chance < SURE:
        return Meant(rest=said)
    return Meant(act, chance, reader.thing(said, act))


def is_surely(act: str, said: str) -> bool:
    """Whether ``said`` does ``act`` for certain, and nothing else."""
    asked = " ".join(dropwhile(lambda word: BESIDE.issuperset(words(word)), said.split()))
    meant = meant_by(asked)
    return meant.act == act and meant.chance >= CERTAIN and BESIDE.issuperset(words(meant.rest))
