"""Terms near the subject that the deck doesn't answer, found in questions as whole words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.matching.match import Phrase
from knowledge.matching.text import Phrasebook, normalised, stem, words
from knowledge.model import Outside


class OutsideTerms:
    """The vocabulary's outside terms. One that a lesson's own examples use is no stranger to that lesson."""

    def __init__(self, terms: Sequence[Outside], examples: Iterable[Phrase]) -> None:
        self._terms = terms
        self._spellings = Phrasebook(
            (typed, str(index)) for index, topic in enumerate(terms) for typed in (topic.term, *topic.also)
        )
        self._at_home = {
            (example.lesson, index)
            for example in examples
            for index in self._found(words(normalised(example.text)))
        }

    def first(self, typed: list[str], lesson: str) -> Outside | None:
        """The first term among the typed words that is a stranger to ``lesson``."""
        strange = (index for index in self._found(typed) if (lesson, index) not in self._at_home)
        return next((self._terms[index] for index in strange), None)

    def _found(self, typed: list[str]) -> list[int]:
        return [int(index) for _, _, index in self._spellings.find([stem(word) for word in typed])]
