"""How alike texts are worded: words and pairs of words, each weighted by how few lessons it occurs in."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from knowledge.matching.vectors import Array

Grams = list[str]


def grams(stems: Sequence[str]) -> Grams:
    """The different words of a text, and its different pairs of neighbouring words."""
    return list(dict.fromkeys([*stems, *map(" ".join, itertools.pairwise(stems))]))


class Wording:
    """An inverted index over texts: which of them share a question's words, and how much that counts."""

    def __init__(self, weights: dict[str, float], rare: float, texts: Sequence[Grams]) -> None:
        """``weights``: of words and pairs; ``rare``: of those that occur nowhere, which cost a question."""
        self._weights, self._rare, self._size = weights, rare, len(texts)
        rows: dict[str, list[int]] = defaultdict(list)
        shares: dict[str, list[float]] = defaultdict(list)
        for row, text in enumerate(texts):
            length = self._length(text)
            for gram in text:
                weight = weights.get(gram)
                if weight is not None:
                    rows[gram].append(row)
                    shares[gram].append(weight * weight / length)
        self._rows = {
            gram: (np.array(found, np.intp), np.array(shares[gram])) for gram, found in rows.items()
        }

    def weight(self, gram: str) -> float:
        """How telling a word or pair is."""
        return self._weights.get(gram, self._rare)

    def likeness(self, text: Grams) -> Array:
        """The cosine between ``text`` and each text of the index, 0 to 1."""
        shared = [found for found in map(self._rows.get, text) if found]
        if not shared:
            return np.zeros(self._size, np.float32)
        rows, shares = zip(*shared, strict=True)
        found = np.bincount(np.concatenate(rows), np.concatenate(shares), self._size)
        return np.asarray(found / self._length(text), np.float32)

    def familiar(self, stems: Sequence[str]) -> float:
        """The share of the words that a text of the index uses, each as telling as it is; 0 to 1."""
        weights = self._weights_of(stems)
        known = [weight for weight, word in zip(weights, stems, strict=True) if word in self._rows]
        return sum(known) / sum(weights)

    def _length(self, text: Grams) -> float:
        return math.hypot(*self._weights_of(text))

    def _weights_of(self, text: Sequence[str]) -> list[float]:
        return [self._weights.get(gram, self._rare) for gram in text]


def weigh(texts: Iterable[tuple[str, Grams]]) -> tuple[dict[str, float], float]:
    """The weight of each word and pair from (lesson, text) pairs, and the weight of one never seen.

    A word of a single lesson weighs as much as one never seen, so leaving a lesson out changes no weight of
    its words: what is learnt from leaving out holds for questions that nobody has asked before.
    """
    lessons: dict[str, set[str]] = defaultdict(set)
    names = set()
    for lesson, text in texts:
        names.add(lesson)
        for gram in text:
            lessons[gram].add(lesson)
    count = max(len(names), 1)
    return {gram: math.log(1 + count / len(seen)) for gram, seen in lessons.items()}, math.log(1 + count)
