"""How much each word of a question speaks for each lesson: naive Bayes over the examples' words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.matching.vectors import Array

Rows = npt.NDArray[np.intp]

_SHARE = 0.1
"""How much of its evidence counts: words of a text come together, so each says less than it would alone."""
_CAUTION = 3.0
"""Examples that a lesson is taken to have besides its own, in which words are as common as anywhere."""


class SaidWords(NamedTuple):
    """Which words which examples use: pairs of (example, word), each once, and how many words there are."""

    examples: Rows
    words: Rows
    word_count: int

    def among(self, kept: Rows) -> SaidWords:
        """Of these examples alone, in their order."""
        place = np.full(int(max(self.examples.max(initial=-1), kept.max(initial=-1))) + 1, -1, np.intp)
        place[kept] = np.arange(len(kept))
        inside = place[self.examples] >= 0
        return SaidWords(place[self.examples[inside]], self.words[inside], self.word_count)


def numbered(texts: Sequence[Sequence[str]]) -> tuple[dict[str, int], SaidWords]:
    """The number of each word, and which texts use it."""
    numbers: dict[str, int] = {}
    pairs = [
        (example, numbers.setdefault(word, len(numbers)))
        for example, text in enumerate(texts)
        for word in dict.fromkeys(text)
    ]
    examples, words = np.array(pairs, np.intp).reshape(-1, 2).T
    return numbers, SaidWords(examples, words, len(numbers))


def learn_evidence(said: SaidWords, lessons: Rows, count: int) -> Array:
    """Words by lessons: how much the logarithm of a lesson's odds changes with the word.

    ``lessons``: of each example, of ``count``. A word that no example uses says nothing.
    """
    counts = np.zeros((said.word_count, count))
    np.add.at(counts, (said.words, lessons[said.examples]), 1)
    uses = counts.sum(axis=1, keepdims=True)
    sizes = np.bincount(lessons, minlength=count)
    # A lesson without examples is like the others, and not one that any word could belong to.
    sizes = np.where(sizes, sizes, sizes[sizes > 0].mean() if len(lessons) else 1)
    common = (uses + 0.5) / (len(lessons) + 1)
    found = np.log((counts + _CAUTION * common) / (sizes + _CAUTION) / common)
    return np.asarray(_SHARE * np.where(uses > 0, found, 0), np.float32)


def add_up(evidence: Array, said: SaidWords, example_count: int) -> Array:
    """Examples by lessons: what the words of each example say together."""
    sums = np.zeros((example_count, evidence.shape[1]), np.float32)
    np.add.at(sums, said.examples, evidence[said.words])
    return sums
