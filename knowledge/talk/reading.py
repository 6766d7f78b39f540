"""Which act words are, learnt from a file of phrasings for each act.

The kit is the matcher's: words in one spelling, slips put right, what each word says for an act (naive
Bayes), and what words mean (static vectors, ridge regression). Phrasings are short and differ by small
words, so pairs and triples of neighbours count, and where words stand. What no phrasing has is a thing that
is talked about: it is read as ``x``, as it stands in the phrasings ("any tips on X"), in any folder.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.matching.bayes import learn_evidence, numbered
from knowledge.matching.learning import chances
from knowledge.matching.meaning import unit
from knowledge.matching.spelling import Speller
from knowledge.matching.text import normalised, stem, words
from knowledge.matching.vectors import Array, word_vectors
from knowledge.model import SOURCES

FOLDER = Path(__file__).parent / "acts"
THING = "x"
"""Stands for whatever is talked about."""
_BEGIN, _END = "^", "$"
_EVIDENCE, _MEANING, _SHARPNESS = 5.0, 25.0, 0.4
"""How much the two count for each other, and how far their sum tells (the scale of a logarithm of odds)."""
_OFTEN = 40
"""How often the phrasings use a word that is nobody's thing."""
_UNSURE = 0.75
"""Below this, an act is looked for again with all but common words taken for things."""
_LONG = 5
"""Letters from which on a word may be a slip by more than letters that changed places."""
_STEADY = 1.0
"""The little that keeps the regression steady."""
_MOST = 8
"""Words of a text from which on its length tells nothing more."""
_WRITTEN_FAST = {
    "whats": "what", "thats": "that", "its": "it", "wheres": "where", "whos": "who", "hows": "how",
    "whens": "when", "whys": "why", "theres": "there", "heres": "here", "theyre": "they", "youre": "you",
    "youve": "you", "weve": "we", "ive": "i", "im": "i", "id": "i", "ill": "i", "lets": "let", "wat": "what",
    "wot": "what", "u": "you", "r": "are", "y": "why", "plz": "please", "pls": "please", "abt": "about",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "wasnt": "was not",
    "arent": "are not", "werent": "were not", "cant": "can not", "couldnt": "could not", "havent": "have not",
    "shouldnt": "should not", "wont": "wo not", "wouldnt": "would not", "hasnt": "has not",
}  # fmt: skip


_SOURCES = frozenset(SOURCES) - {
    "report",
    "paper",
    "talk",
    "briefing",
    "review",
    "study",
    "policy",
    "strategy",
}
"""What the phrasings call a deck, where that is no word of an act."""


class Likely(NamedTuple):
    """An act, and how likely it is."""

    act: str
    chance: float


class ActReader:
    """Fitted once; what it makes of words depends on nothing else."""

    def __init__(self, phrasings: Mapping[str, Sequence[str]]) -> None:
        """``phrasings``: of each act, with X for whatever is talked about."""
        self.acts = tuple(phrasings)
        said = [(act, _words(text)) for act, texts in phrasings.items() for text in texts]
        counts = Counter(word for _, text in said for word in text)
        together = frozenset(pair for _, text in said for pair in itertools.pairwise(text))
        self._known = frozenset(map(stem, counts))
        self._common = frozenset(
            word for word, count in Counter(map(stem, counts.elements())).items() if count >= _OFTEN
        )
        self._own = {
            act: frozenset(stem(word) for of, text in said if of == act for word in text) for act in self.acts
        }
        self._speller = Speller(counts, together, word_vectors())
        rows = np.array([self.acts.index(act) for act, _ in said], np.intp)
        spoken = [list(map(stem, text)) for _, text in said]
        self._numbers, uses = numbered(list(map(_features, spoken)))
        self._evidence = _EVIDENCE * learn_evidence(uses, rows, len(self.acts))
        seen = np.stack([_meaning(text) for _, text in said])
        self._middle = seen.mean(axis=0)
        seen -= self._middle
        wanted = np.eye(len(self.acts), dtype=np.float32)[rows]
        square = seen.T @ seen + np.float32(_STEADY) * np.eye(seen.shape[1], dtype=np.float32)
        self._weights = np.float32(_MEANING) * np.linalg.solve(square, seen.T @ wanted)
        self.read = functools.lru_cache(_A_TURN)(self._read)

    def _read(self, text: str, possible: Collection[str] = ()) -> tuple[Likely, ...]:
        """The acts that ``text`` may be, likeliest first; of those ``possible``, where any are given."""
        found = self._rated(self._as_said(text, self._known), possible)
        if found and found[0].chance < _UNSURE:
            # "And the law?": words that are now and then part of an act may be a thing as well.
            found = self._rated(self._as_said(text, self._common), possible)
        return found

    def _rated(self, spoken: list[str], possible: Collection[str]) -> tuple[Likely, ...]:
        if not spoken:
            return ()
        known = [self._numbers[word] for word in _features(list(map(stem, spoken))) if word in self._numbers]
        ratings = self._evidence[known].sum(axis=0) + (_meaning(spoken) - self._middle) @ self._weights
        if possible:
            ratings = np.where([act in possible for act in self.acts], ratings, -np.inf)
        found = chances(_SHARPNESS * ratings)
        return tuple(Likely(self.acts[at], float(found[at])) for at in (-found).argsort(kind="stable")[:3])

    def thing(self, text: str, act: str) -> str:
        """The words of ``text`` that are none of the act's own: what it is about, as typed."""
        own = self._own[act]
        return " ".join(word for word in text.split() if not {*map(stem, self._put_right(word))} <= own)

    def _put_right(self, text: str) -> list[str]:
        # Word by word: "a head" is not "ahead", though the phrasings say "go ahead".
        return [right for word in _words(text) for right in self._right(word)]

    def _right(self, word: str) -> list[str]:
        """``word``, or what it is a slip for; short ones may be names ("TUPE" isn't "type")."""
        right = self._speller.corrected([word])[0]
        return right if len(word) >= _LONG or sorted("".join(right)) == sorted(word) else [word]

    def _as_said(self, text: str, known: frozenset[str]) -> list[str]:
        """The words, each run of those that aren't ``known`` as one thing."""
        named = (word if stem(word) in known else THING for word in self._put_right(text))
        return [word for word, run in itertools.groupby(named) for word in (run if word != THING else [word])]


_A_TURN = 32
"""Texts that are kept read: a turn asks of a message and its parts in several places."""


def _words(text: str) -> list[str]:
    read = words(normalised(text))
    named = ("deck" if word in _SOURCES else word for word in read)
    return [plain for word in named for plain in _WRITTEN_FAST.get(word, word).split()]


def _features(stems: Sequence[str]) -> list[str]:
    """Words, pairs and triples of neighbours with where the text begins and ends, its length, the whole."""
    framed = [_BEGIN, *stems, _END]
    runs = (zip(*(framed[at:] for at in range(size)), strict=False) for size in (2, 3))
    return [
        *stems,
        *(" ".join(run) for sized in runs for run in sized),
        f"#{min(len(stems), _MOST)}",
        f"={' '.join(stems)}",
    ]


def _meaning(spoken: Sequence[str]) -> Array:
    """What all words mean, the first two, the last two and the first; whether there is a thing; length."""
    vectors = word_vectors()
    nothing = np.zeros(vectors.width, np.float32)
    each = np.array([nothing if word == THING else vectors.of(word) for word in spoken])
    sums = unit(np.stack([each.sum(axis=0), each[:2].sum(axis=0), each[-2:].sum(axis=0), each[0]]))
    size = [float(THING in spoken), min(len(spoken), _MOST) / _MOST]
    return np.concatenate([sums.ravel(), np.array(size, np.float32)])


@functools.cache
def talk() -> ActReader:
    """Fitted to the phrasings that ship with the package."""
    return ActReader(
        {path.stem: phrasings(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))}
    )


def phrasings(text: str) -> tuple[str, ...]:
    """The phrasings of a file: one a line; what begins with # is a remark."""
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
