"""What a text means: its words' vectors together, once all alike and once weighted by how telling each is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from knowledge.vectors import Array, WordVectors

_PLAIN, _WEIGHTED = 0.75, 0.25
"""How much the two count for the likeness of two texts."""
_REMEMBERED = 4000
"""Words that are kept as they look through a lens: two kilobytes each."""
_LEAST = 1e-6
"""The least length that is divided by."""


class Meaning:
    """Turns texts into vectors whose products are cosines, measured from what all examples have in common."""

    def __init__(
        self, vectors: WordVectors, weight: Callable[[str], float], texts: Sequence[Sequence[str]]
    ) -> None:
        """``weight``: how telling a word is; ``texts``: the examples, from which the middle is learnt."""
        self.vectors, self.weight = vectors, weight
        self.shares = np.sqrt(np.array([[_PLAIN], [_WEIGHTED]], np.float32))
        self.middle = np.zeros((2, vectors.width), np.float32)
        if texts:
            self.middle = np.stack([self._sums(text) for text in texts]).mean(axis=0)

    def of(self, words: Sequence[str]) -> Array:
        """The meaning of some words together: a vector of length 1."""
        return (unit(self._sums(words) - self.middle) * self.shares).ravel()

    def _sums(self, words: Sequence[str]) -> Array:
        if not words:
            return np.zeros_like(self.middle)
        vectors = np.array([self.vectors.of(word) for word in words])
        weights = np.array([[1.0] * len(words), [self.weight(word) for word in words]], np.float32)
        return unit(weights @ vectors)


class Seen:
    """What texts mean through a lens: ``unit(meaning.of(words) @ lens)``, for one text at a time and fast.

    A product with the lens can be taken of each word once, as it is linear; of a text only the lengths by
    which its sums are divided remain.
    """

    def __init__(self, meaning: Meaning, lens: Array) -> None:
        self._meaning, self._width = meaning, meaning.vectors.width
        self._plain, self._weighted = lens.reshape(2, self._width, -1) * meaning.shares[:, :, None]
        self._middle = np.stack([meaning.middle[0] @ self._plain, meaning.middle[1] @ self._weighted])
        self._from_middle = [float(middle @ middle) for middle in meaning.middle]
        self._word = lru_cache(_REMEMBERED)(self._through)

    def of(self, words: Sequence[str]) -> Array:
        """A vector of length 1."""
        if not words:
            words = [""]
        rows, weights = zip(*map(self._word, words), strict=True)
        both = np.array([[1.0] * len(words), weights], np.float32) @ np.array(rows)
        width, size = self._width, self._middle.shape[1]
        factors = [self._factors(kind, sums[:width], float(sums[width + kind])) for kind, sums in enumerate(both)]
        (plain, less_plain), (weighted, less_weighted) = factors
        start = width + 2
        seen = plain * both[0, start : start + size]
        seen += weighted * both[1, start + size :]
        seen -= np.array([less_plain, less_weighted], np.float32) @ self._middle
        seen *= np.float32(1 / max(math.sqrt(seen @ seen), _LEAST))
        return seen

    def _factors(self, kind: int, sums: Array, along: float) -> tuple[np.float32, float]:
        """By how much to multiply the sum and the middle; ``along``: the product of the two."""
        length = math.sqrt(sums @ sums)
        shorter = 1 / max(length, _LEAST)
        apart = (shorter * length) ** 2 - 2 * shorter * along + self._from_middle[kind]
        to_unit = 1 / max(math.sqrt(max(apart, 0.0)), _LEAST)
        return np.float32(shorter * to_unit), to_unit

    def _through(self, word: str) -> tuple[Array, float]:
        """The vector of a word, its products with the middles, and it through both halves of the lens."""
        vector = self._meaning.vectors.of(word)
        parts = (vector, self._meaning.middle @ vector, vector @ self._plain, vector @ self._weighted)
        return np.concatenate(parts), self._meaning.weight(word)


def unit(rows: Array) -> Array:
    """Each row at length 1."""
    lengths = np.sqrt(np.einsum("...j,...j->...", rows, rows))
    return np.asarray(rows / np.maximum(lengths, _LEAST)[..., None], np.float32)
