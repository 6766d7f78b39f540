"""What a text means: its words' vectors together, once all alike and once weighted by how telling each is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from knowledge.matching.vectors import Array, WordVectors

_PLAIN, _WEIGHTED = 0.75, 0.25
"""How much the two count for the likeness of two texts."""
_REMEMBERED = 4000
"""Words that are kept as they look through a lens: two kilobytes each."""
_LEAST = 1e-6
"""The least length that is divided by."""


class Meaning:
    """Turns texts into vectors whose products are cosines, measured from what all examples have in common."""

    def __init__(self, vectors: WordVectors, weight: Callable[[str], float]) -> None:
        """``weight``: how telling a word is."""
        self.vectors, self.weight = vectors, weight
        self.shares = np.sqrt(np.array([[_PLAIN], [_WEIGHTED]], np.float32))
        self.middle = np.zeros((2, vectors.width), np.float32)
        """What all examples have in common (``middle_of``), from which meanings are measured."""

    def middle_of(self, texts: Sequence[Sequence[str]]) -> Array:
        """What some texts have in common, in both ways of weighing words."""
        return np.asarray(np.stack([self._sums(text) for text in texts]).mean(axis=0), np.float32)

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
    """What texts mean through a lens: ``unit(meaning.of(words) @ lens)``, fast for one text.

    The product with the lens is linear, so it is taken of each word, and kept. What is left to a question is
    to add up its words, and to divide by lengths.
    """

    def __init__(self, meaning: Meaning, lens: Array) -> None:
        self._meaning, self._width = meaning, meaning.vectors.width
        self._halves = lens.reshape(2, self._width, -1) * meaning.shares[:, :, None]
        self._middles = [middle @ half for middle, half in zip(meaning.middle, self._halves, strict=True)]
        self._squares = [float(middle @ middle) for middle in meaning.middle]
        self._word = lru_cache(_REMEMBERED)(self._through)

    def of(self, words: Sequence[str]) -> Array:
        """A vector of length 1."""
        rows, weights = zip(*map(self._word, words or [""]), strict=True)
        sums = np.array([(1.0,) * len(rows), weights], np.float32).dot(np.array(rows))
        seen = self._half(0, sums[0])
        seen += self._half(1, sums[1])
        seen *= 1 / max(math.sqrt(seen.dot(seen)), _LEAST)
        return seen

    def _half(self, kind: int, sums: Array) -> Array:
        """One of the two meanings at its share, measured from its middle, through its half of the lens."""
        vector = sums[: self._width]
        square = float(vector.dot(vector))
        scale = 1 / max(math.sqrt(square), _LEAST)
        along = float(sums[kind - 2])
        # The square of the length of ``scale * vector - middle``.
        apart = scale * scale * square - 2 * scale * along + self._squares[kind]
        longer = 1 / max(math.sqrt(max(apart, 0.0)), _LEAST)
        size = len(self._middles[kind])
        start = self._width + kind * size
        half = sums[start : start + size]
        half *= scale * longer
        half -= self._middles[kind] * longer
        return half

    def _through(self, word: str) -> tuple[Array, float]:
        """The vector of a word, behind it the same through both halves of the lens, then along both middles;
        and the word's weight."""
        vector = self._meaning.vectors.of(word)
        through, along = (vector @ self._halves).ravel(), self._meaning.middle @ vector
        return np.concatenate([vector, through, along]), self._meaning.weight(word)


def unit(rows: Array) -> Array:
    """Each row at length 1."""
    lengths = np.sqrt(np.einsum("...j,...j->...", rows, rows))
    return np.asarray(rows / np.maximum(lengths, _LEAST)[..., None], np.float32)
