"""What people ask that no lesson answers: examples of it, learnt from like those of lessons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from knowledge.matching.match import Phrase
from knowledge.matching.text import normalised
from knowledge.model import Outside, Vocabulary

BESIDE, EVERYDAY = "?beside", "?everyday"
"""Stand where a lesson's id does, for what is near the field and for what is far from it; no id looks so."""
_EVERYDAY = Path(__file__).parent / "everyday.txt"
_OWN = 75
"""How like an example question, of 100, an everyday one must be to count as the folder's own subject."""


class Stranger(NamedTuple):
    """One question that no lesson answers."""

    kind: str
    text: str
    outside: Outside | None
    """What it is about, where the vocabulary has a name for it."""

    @property
    def phrase(self) -> Phrase:
        """As an example question."""
        return Phrase(self.kind, self.text)


def strangers(vocabulary: Vocabulary) -> list[Stranger]:
    """All that a vocabulary names: each outside term with its questions, then everyday ones."""
    beside = [
        Stranger(BESIDE, text, topic)
        for topic in vocabulary.outside
        for text in (topic.term, *topic.questions)
    ]
    return beside + [Stranger(EVERYDAY, text, None) for text in vocabulary.everyday]


def everyday_beside(examples: Sequence[str]) -> tuple[str, ...]:
    """What people type to any bot, without what a folder's own example questions are like."""
    lines = _EVERYDAY.read_text(encoding="utf-8").splitlines()
    typed = [line for line in lines if line and not line.startswith("#")]
    if not examples:
        return tuple(typed)
    likest = process.cdist(typed, examples, scorer=fuzz.token_sort_ratio, processor=normalised).max(axis=1)
    return tuple(text for text, like in zip(typed, likest, strict=True) if like < _OWN)
