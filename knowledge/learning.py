"""What is learnt from examples: kernel logistic regression, and how it rates examples left out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.vectors import Array

Rows = npt.NDArray[np.intp]

_PENALTY = 0.06
"""Keeps the weights small; between 0.01 and 0.1 nothing changes by more than a point."""
_BEND = 0.1
"""How strongly the loss is taken to bend; the more, the shorter the steps."""
_STEPS = 15
_FOLDS = 5
_LOWEST = np.float32(-1e9)
_SHARPNESS = 12
"""Turns the shares of ridge regression, 0 to 1, into the range of logistic regression's."""


class Learnt(NamedTuple):
    """Weights that turn likeness to the landmarks into a rating of each lesson, and how well they do."""

    weights: Array
    """Landmarks by lessons."""
    inverse: Array
    """Landmarks by landmarks: what makes one more example cheap to learn."""
    without_itself: Array
    """Landmarks by lessons: how each landmark is rated where it was left out of the examples."""
    without_lesson: Array
    """The same, its whole lesson left out (rated -inf): a question near the subject that nothing answers."""


def chances(ratings: Array) -> Array:
    """The probability of each lesson, given that one of the lessons is asked for."""
    # The floor is for an example whose lesson was the only one: left out, nothing is left to be likely.
    raised = np.exp(ratings - np.maximum(ratings.max(axis=-1, keepdims=True), _LOWEST))
    return np.asarray(raised / np.maximum(raised.sum(axis=-1, keepdims=True), 1e-9), np.float32)


def learn(likeness: Array, lessons: Rows, count: int) -> Learnt:
    """Learn from ``likeness`` between all examples (square) and the lesson number of each."""
    size = len(likeness)
    wanted = np.eye(count, dtype=np.float32)[lessons]
    ridge = np.float32(_PENALTY / _BEND) * np.eye(size, dtype=np.float32)
    inverse = np.asarray(np.linalg.inv(likeness + ridge), np.float32)
    without_itself, without_lesson = np.zeros_like(wanted), np.full_like(wanted, -np.inf)
    for out, ratings in rate_left_out(likeness, inverse, lessons, count, _FOLDS):
        without_itself[out] = ratings
    for fold in range(min(_FOLDS, count)):
        kept = np.flatnonzero(np.arange(count) % _FOLDS != fold)
        out = np.flatnonzero(lessons % _FOLDS == fold)
        if len(kept):
            without_lesson[np.ix_(out, kept)] = _rated_without(out, likeness, inverse, wanted[:, kept])
    return Learnt(settle(likeness, inverse, wanted), inverse, without_itself, without_lesson)


def rate_left_out(
    likeness: Array, inverse: Array, lessons: Rows, count: int, folds: int
) -> Iterator[tuple[Rows, Array]]:
    """Learn ``folds`` times, without a few examples of each lesson in turn: their rows, and their ratings."""
    wanted = np.eye(count, dtype=np.float32)[lessons]
    turn = np.empty(len(lessons), np.intp)
    for lesson in range(count):
        own = np.flatnonzero(lessons == lesson)
        # Lessons begin at different turns, so that no turn leaves more out than another.
        turn[own] = (np.arange(len(own)) + lesson) % folds
    for fold in range(folds):
        out = np.flatnonzero(turn == fold)
        if len(out):
            yield out, _rated_without(out, likeness, inverse, wanted)


def settle(likeness: Array, inverse: Array, wanted: Array, weights: Array | None = None) -> Array:
    """The weights of logistic regression: Newton's method with a fixed bend, accelerated (Nesterov).

    ``weights``: where to start, if something near is known.
    """
    weights = np.zeros_like(wanted) if weights is None else weights
    ahead, pace = weights, 1.0
    for _ in range(_STEPS):
        slope = chances(likeness @ ahead) - wanted + np.float32(_PENALTY) * ahead
        found = ahead - inverse @ slope / np.float32(_BEND)
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        ahead = found + np.float32((pace - 1) / faster) * (found - weights)
        weights, pace = found, faster
    return weights


def one_more(inverse: Array, row: Array, own: float) -> Array:
    """``inverse`` for one more example: ``row`` is its likeness to the others, ``own`` that to itself."""
    through = inverse @ row
    rest = own + _PENALTY / _BEND - float(row @ through)
    size = len(inverse)
    grown = np.empty((size + 1, size + 1), np.float32)
    grown[:size, :size] = inverse + np.outer(through, through) / rest
    grown[size, :size] = grown[:size, size] = -through / rest
    grown[size, size] = 1 / rest
    return grown


def learn_many(blocks: Iterable[tuple[Array, Rows]], among: Array, count: int) -> Array:
    """Weights from more examples than landmarks: ``blocks`` of likeness (examples by landmarks) with lessons.

    ``among``: the likeness between the landmarks themselves. Ridge regression, which sees each example once.
    """
    size = len(among)
    squares, sums = np.zeros((size, size)), np.zeros((size, count))
    for likeness, lessons in blocks:
        squares += likeness.T @ likeness
        np.add.at(sums.T, lessons, likeness)
    weights = np.linalg.solve(squares + _PENALTY * (among + 1e-3 * np.eye(size)), sums)
    return (_SHARPNESS * weights).astype(np.float32)


def _rated_without(out: Rows, likeness: Array, inverse: Array, wanted: Array) -> Array:
    """Learn from all other examples, and rate those left out."""
    kept = np.setdiff1d(np.arange(len(likeness)), out)
    between = inverse[np.ix_(kept, out)]
    smaller = inverse[np.ix_(kept, kept)] - between @ np.linalg.solve(inverse[np.ix_(out, out)], between.T)
    weights = settle(likeness[np.ix_(kept, kept)], smaller, wanted[kept])
    return np.asarray(likeness[np.ix_(out, kept)] @ weights, np.float32)
