"""Puts right what was mistyped, against the words that the knowledge base itself uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import stem

_SHORTEST = 4
"""Shorter words have too many neighbours to guess from."""
_FORGIVEN = 5
"""Letters from which on any slip is forgiven."""
_MOST = 6
"""Words that are looked up for one question; it bounds the time that gibberish takes."""

_SENTENCE, _FAMILIAR = 2, 1 / 3
"""Words that make a sentence, and the share of them that must be known: in English, small words see to it."""


class Speller:
    """Knows the words of the example questions; leaves alone what is English without them."""

    def __init__(self, known: Iterable[str], english: Callable[[str], bool]) -> None:
        """``english``: whether a word is common enough not to be a slip."""
        self._english = english
        self._known = dict.fromkeys(known)
        self._stems: set[str] = set()
        self._words: dict[str, list[str]] = defaultdict(list)
        for word in self._known:
            self._stems.add(stem(word))
            if len(word) >= _SHORTEST:
                self._words[word[0]].append(word)

    def and_words(self, known: Iterable[str]) -> Speller:
        """One that knows these words too."""
        return Speller([*self._known, *known], self._english)

    def understands(self, typed: list[str]) -> bool:
        """Whether enough of the words are known for the question to be one in the examples' language."""
        familiar = sum(stem(word) in self._stems for word in typed)
        return len(typed) < _SENTENCE or familiar >= len(typed) * _FAMILIAR

    def corrected(self, typed: list[str]) -> tuple[list[str], tuple[tuple[str, str], ...]]:
        """The words put right, and the pairs (typed, read) that differ."""
        read, pairs, looked_up = [], [], 0
        for word in typed:
            meant = None
            if looked_up < _MOST and self._odd(word):
                looked_up += 1
                meant = self._nearest(word)
            read.append(meant or word)
            if meant:
                pairs.append((word, meant))
        return read, tuple(dict.fromkeys(pairs))

    def _odd(self, word: str) -> bool:
        if len(word) < _SHORTEST or not word.isalpha():
            return False
        return stem(word) not in self._stems and not self._english(word)

    def _nearest(self, word: str) -> str | None:
        # Few people mistype the first letter. Short words are neighbours of too many others to forgive more
        # than swapped letters; long ones of so few that two slips are forgiven.
        slips = 2 if len(word) >= 9 else 1
        hit = process.extractOne(word, self._words.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        if hit is None or (len(word) < _FORGIVEN and sorted(hit[0]) != sorted(word)):
            return None
        return hit[0]
