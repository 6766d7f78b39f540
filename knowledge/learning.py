"""What is learnt from example questions: kernel ridge regression, and what it says of examples left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.vectors import Array

Rows = npt.NDArray[np.intp]

_PENALTY = 0.1
"""Keeps the weights small; between 0.05 and 0.5 nothing changes by more than half a point."""


class Learnt(NamedTuple):
    """Weights that turn likeness to the landmarks into a share for each lesson, and how well they do."""

    weights: Array
    """Landmarks by lessons."""
    without_itself: Array
    """Landmarks by lessons: what each landmark would score, had it not been among the examples."""
    without_lesson: Array
    """The same, had its whole lesson not been there: a question near the subject that nothing answers."""


def learn(likeness: Array, lessons: Rows, count: int) -> Learnt:
    """Learn from ``likeness`` between all examples (square) and the lesson number of each."""
    wanted = np.eye(count, dtype=np.float32)[lessons]
    inverse = np.linalg.inv(likeness.astype(np.float64) + _PENALTY * np.eye(len(likeness)))
    weights = inverse @ wanted
    without_itself = wanted - weights / np.diag(inverse)[:, None]
    without_lesson = np.zeros_like(wanted)
    for lesson in range(count):
        rows = np.flatnonzero(lessons == lesson)
        block = np.linalg.solve(inverse[np.ix_(rows, rows)], weights[rows])
        without_lesson[rows] = wanted[rows] - block
        without_lesson[rows, lesson] = -1
    return Learnt(*(part.astype(np.float32) for part in (weights, without_itself, without_lesson)))


def learn_many(blocks: Iterable[tuple[Array, Rows]], among: Array, count: int) -> Array:
    """Weights from more examples than landmarks: ``blocks`` of likeness (examples by landmarks) with lessons.

    ``among``: the likeness between the landmarks themselves.
    """
    size = len(among)
    squares, sums = np.zeros((size, size)), np.zeros((size, count))
    for likeness, lessons in blocks:
        squares += likeness.T @ likeness
        np.add.at(sums.T, lessons, likeness)
    weights = np.linalg.solve(squares + _PENALTY * (among + 1e-3 * np.eye(size)), sums)
    return weights.astype(np.float32)
