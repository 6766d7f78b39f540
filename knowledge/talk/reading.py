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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.matching.bayes import Rows, SaidWords, learn_evidence, numbered
from knowledge.matching.kept import Kept
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
    """An act, and how likely it is; without words it is none."""

    act: str = ""
    chance: float = 0.0


class ActReader:
    """Fitted once; what it makes of words depends on nothing else."""

    def __init__(self, phrasings: Mapping[str, Sequence[str]], cache: Path | None = None) -> None:
        """``phrasings``: of each act, with X for whatever is talked about.

        ``cache``: a folder where what is learnt is kept for the next fit of the same phrasings.
        """
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
        featured = [_features(list(map(stem, text))) for _, text in said]
        kept = Kept(cache, "acts", (FOLDER.parent,), phrasings)
        learnt = kept.load(("evidence", "alike", "weights", "start"))
        if learnt is None:
            of = np.array([self.acts.index(act) for act, _ in said], np.intp)
            learnt = _learn([text for _, text in said], numbered(featured)[1], of, len(self.acts))
            kept.save(learnt)
        features = dict.fromkeys(itertools.chain.from_iterable(featured))
        self._rows = dict(zip(features, learnt["alike"].astype(np.intp).tolist(), strict=True))
        """The row of ``_evidence`` of each feature: those that say the same share one."""
        self._evidence, self._start = learnt["evidence"], learnt["start"]
        self._weights = np.ascontiguousarray(learnt["weights"].T)
        self.read = functools.lru_cache(_A_TURN)(self._read)
        self._put_right = functools.lru_cache(_A_TURN)(self._each_put_right)
        self._rated = functools.lru_cache(_A_TURN)(self._rate)
        self._right = functools.lru_cache(_WORDS)(self._put_one_right)
        self._stems = functools.lru_cache(_WORDS)(lambda word: frozenset(map(stem, self._put_right(word))))
        self._among = functools.lru_cache(_WAYS)(self._only)

    def _read(self, text: str, possible: frozenset[str] = frozenset()) -> Likely:
        """The act that ``text`` likeliest is; of those ``possible``, where any are given."""
        right = self._put_right(text)
        found = self._likeliest(_as_said(right, self._known), possible)
        if right and found.chance < _UNSURE:
            # "And the law?": words that are now and then part of an act may be a thing as well.
            found = self._likeliest(_as_said(right, self._common), possible)
        return found

    def _likeliest(self, spoken: tuple[str, ...], possible: frozenset[str]) -> Likely:
        if not spoken:
            return Likely()
        ratings = self._rated(spoken)
        if possible:
            ratings = ratings + self._among(possible)
        best = int(ratings.argmax())
        odds = np.exp(_SHARPNESS * (ratings - ratings[best]))
        return Likely(self.acts[best], 1 / float(np.add.reduce(odds)))

    def _rate(self, spoken: tuple[str, ...]) -> Array:
        """How much speaks for each act, in logarithms of odds."""
        rows = map(self._rows.get, _features(list(map(stem, spoken))))
        known = [row for row in rows if row is not None]
        ratings = self._weights @ _meaning(spoken)
        ratings += np.add.reduce(self._evidence.take(known, axis=0))
        ratings += self._start
        return ratings

    def _only(self, possible: frozenset[str]) -> Array:
        """What is added to the ratings so that only these acts remain."""
        return np.array([0 if act in possible else -np.inf for act in self.acts], np.float32)

    def thing(self, text: str, act: str) -> str:
        """The words of ``text`` that are none of the act's own: what it is about, as typed."""
        own = self._own[act]
        return " ".join(word for word in text.split() if not self._stems(word) <= own)

    def _each_put_right(self, text: str) -> tuple[str, ...]:
        # Word by word: "a head" is not "ahead", though the phrasings say "go ahead".
        return tuple(right for word in _words(text) for right in self._right(word))

    def _put_one_right(self, word: str) -> list[str]:
        """``word``, or what it is a slip for; short ones may be names ("TUPE" isn't "type")."""
        right = self._speller.corrected([word])[0]
        return right if len(word) >= _LONG or sorted("".join(right)) == sorted(word) else [word]


def _as_said(said: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """The words, each run of those that aren't ``known`` as one thing."""
    runs = itertools.groupby(word if stem(word) in known else THING for word in said)
    return tuple(word for word, run in runs for word in (run if word != THING else [word]))


def _learn(said: Sequence[Sequence[str]], uses: SaidWords, rows: Rows, count: int) -> dict[str, Array]:
    """What words say for each act, what meanings say, and from where on: the mean meaning is nobody's."""
    seen = np.stack([_meaning(text) for text in said])
    middle = seen.mean(axis=0)
    seen -= middle
    square = seen.T @ seen + np.float32(_STEADY) * np.eye(seen.shape[1], dtype=np.float32)
    wanted = np.eye(count, dtype=np.float32)[rows]
    weights = np.float32(_MEANING) * np.linalg.solve(square, seen.T @ wanted)
    every = np.float32(_EVIDENCE) * learn_evidence(uses, rows, count)
    evidence, alike = np.unique(every, axis=0, return_inverse=True)
    return {"evidence": evidence, "alike": alike.ravel(), "weights": weights, "start": -middle @ weights}


_WORDS = 5_000
"""Words of which what they are read as is kept at hand."""
_WAYS = 16
"""Sets of acts that what is in view allows."""
_A_TURN = 32
"""Texts that are kept read: a turn asks of a message and its parts in several places."""


def _words(text: str) -> list[str]:
    read = words(normalised(text))
    named = ("deck" if word in _SOURCES else word for word in read)
    return [plain for word in named for plain in _WRITTEN_FAST.get(word, word).split()]


def _features(stems: Sequence[str]) -> list[str]:
    """Words, pairs and triples of neighbours with where the text begins and ends, its length, the whole."""
    framed = [_BEGIN, *stems, _END]
    return [
        *stems,
        *map(" ".join, itertools.pairwise(framed)),
        *map(" ".join, zip(framed, framed[1:], framed[2:], strict=False)),
        f"#{min(len(stems), _MOST)}",
        f"={' '.join(stems)}",
    ]


def _meaning(spoken: Sequence[str]) -> Array:
    """What all words mean, the first two, the last two and the first; whether there is a thing; length."""
    vectors = word_vectors()
    nothing = np.zeros(vectors.width, np.float32)
    each = np.array([nothing if word == THING else vectors.of(word) for word in spoken])
    found = np.empty(4 * vectors.width + 2, np.float32)
    sums = _parts(len(each)).dot(each, out=found[:-2].reshape(4, -1))
    sums /= np.maximum(np.sqrt(np.vecdot(sums, sums)), np.float32(1e-9))[:, None]
    found[-2:] = THING in spoken, min(len(spoken), _MOST) / _MOST
    return found


@functools.cache  # there are as many as there may be words in a text
def _parts(count: int) -> Array:
    """Of ``count`` words all, the first two, the last two and the first: a 1 for each that is of a part."""
    parts = np.zeros((4, count), np.float32)
    parts[0], parts[1, :2], parts[2, -2:], parts[3, 0] = 1, 1, 1, 1
    return parts


def talk(cache: Path | None = None) -> ActReader:
    """Fitted to the phrasings that ship with the package: once in a process, at its start or first use.

    ``cache``: where what is learnt is kept between starts; it changes nothing of what is read.
    """
    if not _FITTED:
        said = {
            path.stem: phrasings(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))
        }
        _FITTED.append(ActReader(said, cache))
    return _FITTED[0]


_FITTED: list[ActReader] = []
"""The one reader of the process."""


def phrasings(text: str) -> tuple[str, ...]:
    """The phrasings of a file: one a line; what begins with # is a remark."""
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
