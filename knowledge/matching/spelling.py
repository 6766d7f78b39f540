"""Puts right what was mistyped: against the words of the knowledge base itself, then against English."""

from __future__ import annotations

import functools
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.matching.text import stem, words
from knowledge.matching.vectors import WordVectors

_SHORTEST = 3
"""Shorter words have too many neighbours to guess from."""
_LONG = 9
"""Letters from which on two slips are forgiven, as such words have so few neighbours."""
_PLAIN_ENGLISH = 5
"""Letters from which on a word may be a slip for one that the examples don't use."""
_MOST = 4
"""Words that are looked up for one question; it bounds the time that gibberish takes."""
_REMEMBERED = 5000
"""Words of which what they are read as is kept at hand."""
_WHOLE = 5
"""Letters of a word that may have been split in two, or of two that may have been written as one."""
_ENDINGS = ("s", "al", "ly", "ed", "er", "ers", "ing", "able")
"""What may be added to an English word without making it a stranger."""


class Speller:
    """Knows the words of the example questions; leaves alone what is English without them."""

    def __init__(
        self, known: Mapping[str, int], pairs: frozenset[tuple[str, str]], english: WordVectors
    ) -> None:
        """``known``: how often the examples use each word; ``pairs``: which words follow each other there;
        ``english``: knows which words are common."""
        self._known, self._pairs, self._english = known, pairs, english
        self._stems = {stem(word) for word in known}
        self._words: dict[int, list[str]] = defaultdict(list)
        for word in known:
            if word.isalpha():
                self._words[len(word)].append(word)
        self._lookup = functools.lru_cache(_REMEMBERED)(self._slip_for)
        self._odd = functools.lru_cache(_REMEMBERED)(self._is_odd)

    def corrected(self, typed: list[str]) -> tuple[list[str], tuple[tuple[str, str], ...]]:
        """The words put right, and the pairs (typed, read) that differ."""
        read: list[str] = []
        pairs: list[tuple[str, str]] = []
        looked_up = 0
        for word in typed:
            if read and self._split(read[-1], word):
                pairs.append((f"{read[-1]} {word}", read[-1] + word))
                read[-1] += word
                continue
            meant: Sequence[str] = ()
            if looked_up < _MOST and self._odd(word):
                looked_up += 1
                meant = self._lookup(word)
            read += meant or [word]
            if meant:
                pairs.append((word, " ".join(meant)))
        return read, tuple(dict.fromkeys(pairs))

    def _split(self, first: str, second: str) -> bool:
        """Whether two words are one that the examples use: "pay roll"."""
        both = first + second
        return len(both) >= _WHOLE and both in self._known and (first, second) not in self._pairs

    def _slip_for(self, word: str) -> Sequence[str]:
        """What an odd word is read as; empty where it stays as it is."""
        fused = self._fused(word)
        if fused:
            return fused
        near = self._nearest(word) or _nearest_english(word, self._english)
        return [near] if near else []

    def _fused(self, word: str) -> list[str]:
        """The two words that ``word`` is where they follow each other in the examples: "scopecreep"."""
        if len(word) < _WHOLE:
            return []
        ways = (words(f"{word[:at]} {word[at:]}") for at in range(2, len(word) - 1))
        return next((way for way in ways if len(way) == 2 and (way[0], way[1]) in self._pairs), [])

    def _is_odd(self, word: str) -> bool:
        """Whether the examples don't use ``word``, and it isn't English either."""
        if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()) or stem(word) in self._stems:
            return False
        roots = (word.removesuffix(ending) for ending in _ENDINGS)
        return not any(self._english.knows(root) for root in (word, *roots) if len(root) >= _SHORTEST)

    def _nearest(self, word: str) -> str | None:
        """The word of the examples that ``word`` is a slip for."""
        slips = 2 if len(word) >= _LONG else 1
        like = [
            other for size in range(len(word) - slips, len(word) + slips + 1) for other in self._words[size]
        ]
        hits = process.extract(word, like, scorer=OSA.distance, score_cutoff=slips, limit=None)
        # Letters that changed places come first, then a first letter that is right, then the commoner word.
        ranked = (
            (count, sorted(word) != sorted(near), word[0] != near[0], -self._known[near], near)
            for near, count, _ in hits
            if not _too_far(word, near, int(count))
        )
        best = min(ranked, default=None)
        return best[-1] if best else None


def _too_far(word: str, near: str, slips: int) -> bool:
    """Whether ``near`` would be a guess: several slips from the first letter on, or three letters changed."""
    if word[0] == near[0]:
        return len(word) == _SHORTEST and len(near) <= len(word)
    return slips > 1 or len(word) == _SHORTEST


def _nearest_english(word: str, english: WordVectors) -> str | None:
    """The commonest English word one slip away; most people get the first letter right."""
    if not _PLAIN_ENGLISH <= len(word) < 2 * _LONG:
        return None
    ranks = ((near[0] != word[0], english.rank(near), near) for near in _one_slip_from(word))
    best = min(((other, rank, near) for other, rank, near in ranks if rank is not None), default=None)
    return best[-1] if best else None


def _one_slip_from(word: str) -> Iterator[str]:
    for at in range(len(word)):
        before, here, after = word[:at], word[at], word[at + 1 :]
        yield before + after
        if after:
            yield before + after[0] + here + after[1:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            yield before + letter + here + after
