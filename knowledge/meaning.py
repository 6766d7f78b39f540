"""What a text means: its words' vectors together, once all alike and once weighted by how telling each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from knowledge.vectors import Array, WordVectors

_PLAIN, _WEIGHTED = 0.75, 0.25
"""How much the two count for the likeness of two texts."""


class Meaning:
    """Turns texts into vectors whose products are cosines, measured from what all examples have in common."""

    def __init__(
        self, vectors: WordVectors, weight: Callable[[str], float], texts: Sequence[Sequence[str]]
    ) -> None:
        """``weight``: how telling a word is; ``texts``: the examples, from which the middle is learnt."""
        self._vectors, self._weight = vectors, weight
        self._shares = np.sqrt(np.array([[_PLAIN], [_WEIGHTED]], np.float32))
        self._middle = np.zeros((2, vectors.width), np.float32)
        if texts:
            self._middle = np.stack([self._sums(text) for text in texts]).mean(axis=0)

    def of(self, words: Sequence[str]) -> Array:
        """The meaning of some words together: a vector of length 1."""
        return (unit(self._sums(words) - self._middle) * self._shares).ravel()

    def _sums(self, words: Sequence[str]) -> Array:
        if not words:
            return np.zeros_like(self._middle)
        vectors = np.array([self._vectors.of(word) for word in words])
        weights = np.array([[1.0] * len(words), [self._weight(word) for word in words]], np.float32)
        return unit(weights @ vectors)


def unit(rows: Array) -> Array:
    """Each row at length 1."""
    lengths = np.sqrt(np.einsum("...j,...j->...", rows, rows))
    return np.asarray(rows / np.maximum(lengths, 1e-6)[..., None], np.float32)
