"""What is learnt from examples: a lens, weights, words' evidence; and how that rates examples left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.matching.bayes import SaidWords, add_up, learn_evidence
from knowledge.matching.inverse import inverse_root
from knowledge.matching.lens import learn_lens
from knowledge.matching.meaning import unit
from knowledge.matching.vectors import Array

Rows = npt.NDArray[np.intp]

_PENALTY = 0.06
"""Keeps the weights small; between 0.01 and 0.1 nothing changes by more than a point."""
_BEND = 0.1
"""How strongly the loss is taken to bend; the more, the shorter the steps."""
_STEPS = 15
_RIDGE, _LOOSE = 4.0, 0.05
"""How much ridge regression counts beside logistic regression, and the little that keeps it steady."""
_FOLDS = 5
_LOWEST, _LEAST = np.float32(-1e9), np.float32(1e-9)


class Examples(NamedTuple):
    """What is learnt from: what examples mean, how they are worded alike (square), words and lessons."""

    meanings: Array
    wording: Array
    said: SaidWords
    lessons: Rows
    lesson_count: int
    strangers: int = 0
    """How many of the lessons, the first, only stand for what no lesson answers."""

    @property
    def wanted(self) -> Array:
        """Examples by lessons: 1 for the right one."""
        return np.eye(self.lesson_count, dtype=np.float32)[self.lessons]


class Learnt(NamedTuple):
    """What turns a text's likeness to the landmarks, and its words, into a rating of each lesson."""

    lens: Array
    """What meanings are seen through."""
    seen: Array
    """The landmarks' meanings through it."""
    weights: Array
    """Landmarks by lessons."""
    evidence: Array
    """Words by lessons."""


def blend(meaning: Array, wording: Array) -> Array:
    """One likeness, 0 to 1, from two cosines. In meaning all texts are a bit alike: far ones count little."""
    near, alike = 3 * meaning, np.exp(wording - 1)
    near -= 3
    np.exp(near, out=near)
    near += alike
    near *= 0.5
    return np.asarray(near, np.float32)


def chances(ratings: Array) -> Array:
    """The probability of each lesson, given that one of the lessons is asked for."""
    # The floor is for an example whose lesson was the only one: left out, nothing is left to be likely.
    raised = np.exp(ratings - np.maximum(np.maximum.reduce(ratings, axis=-1, keepdims=True), _LOWEST))
    raised /= np.maximum(np.add.reduce(raised, axis=-1, keepdims=True), _LEAST)
    return np.asarray(raised, np.float32)


def learn(examples: Examples) -> Learnt:
    """Learn from all examples, which become the landmarks."""
    lens = learn_lens(examples.meanings, examples.lessons, examples.lesson_count)
    seen = unit(examples.meanings @ lens)
    weights = settle(blend(seen @ seen.T, examples.wording), examples.wanted)
    return Learnt(lens, seen, weights, learn_evidence(examples.said, examples.lessons, examples.lesson_count))


def rate_left_out(examples: Examples, turns: int) -> Iterator[tuple[Rows, Array]]:
    """Learn in ``turns``, each time without a few examples of each lesson: their rows, and their ratings."""
    turn = _turns(examples, turns)
    for number in range(turns):
        out = np.flatnonzero(turn == number)
        if len(out):
            yield out, _rated_without(out, examples)


class Apart(NamedTuple):
    """How examples are rated (examples by lessons) by what was learnt without them."""

    itself: Array
    """Without a fifth of each lesson's examples, it among them; meaningless where not ``covered``."""
    covered: npt.NDArray[np.bool_]
    """Whether other examples of its lesson were learnt from."""
    lesson: Array
    """Without its whole lesson, as a question near the subject that nothing answers."""


def rate_apart(examples: Examples) -> Apart:
    """Learn five times, each time without a fifth of the lessons and a fifth of the examples of the others.

    What stands for the strangers to all lessons is never left out as a whole.
    """
    turn, numbers = _turns(examples, _FOLDS), np.arange(examples.lesson_count)
    lesson_turn = np.where(numbers < examples.strangers, -1, numbers % _FOLDS)
    itself = np.zeros((len(examples.lessons), examples.lesson_count), np.float32)
    lesson = np.full_like(itself, -np.inf)
    missing = lesson_turn[examples.lessons]
    for number in range(_FOLDS):
        out = np.flatnonzero((turn == number) | (missing == number))
        kept = np.flatnonzero(lesson_turn != number)
        if len(out) in (0, len(turn)):
            continue
        rated = _rated_without(out, examples)
        itself[out] = np.where((turn[out] == number)[:, None], rated, itself[out])
        without = missing[out] == number
        lesson[np.ix_(out[without], kept)] = rated[np.ix_(without, kept)]
    return Apart(itself, turn != missing, lesson)


def _turns(examples: Examples, turns: int) -> Rows:
    """In which turn each example is left out."""
    turn = np.empty(len(examples.lessons), np.intp)
    for lesson in range(examples.lesson_count):
        own = np.flatnonzero(examples.lessons == lesson)
        # Lessons begin at different turns, so that no turn leaves more out than another.
        turn[own] = (np.arange(len(own)) + lesson) % turns
    return turn


def settle(likeness: Array, wanted: Array) -> Array:
    """The weights of the landmarks, from the likeness between them and the lesson wanted for each.

    Logistic regression and ridge regression, added: the first tells neighbours apart, the second says little
    of what is far from every example.
    """
    ridge = np.linalg.solve(likeness + np.float32(_LOOSE) * np.eye(len(likeness), dtype=np.float32), wanted)
    damped = likeness + np.float32(_PENALTY / _BEND) * np.eye(len(likeness), dtype=np.float32)
    root = inverse_root(damped)

    def step(weights: Array) -> Array:
        slope = chances(likeness @ weights) - wanted + np.float32(_PENALTY) * weights
        return np.asarray(root.T @ (root @ slope) / np.float32(_BEND), np.float32)

    return np.asarray(_descended(step, np.zeros_like(wanted)) + np.float32(_RIDGE) * ridge, np.float32)


def settle_many(blocks: Iterable[tuple[Array, Rows]], among: Array, count: int, every: int = 1) -> Array:
    """The same from more examples than landmarks: ``blocks`` of likeness (examples by landmarks), lessons.

    ``among``: the likeness between the landmarks. What is made small is the same, written for any number of
    examples: where they are the landmarks, so are the weights. Ridge regression sees each example once;
    logistic regression, which sees them in every step, takes of each block one in ``every`` for all.
    """
    squares, sums = np.zeros(among.shape), np.zeros((len(among), count))
    sample = []
    for likeness, lessons in blocks:
        squares += likeness.T @ likeness
        np.add.at(sums.T, lessons, likeness)
        sample.append((likeness[::every], lessons[::every]))
    steady = among + 1e-3 * np.eye(len(among))
    ridge = np.linalg.solve(squares + _LOOSE * steady, sums)
    root = inverse_root(_BEND * squares + _PENALTY * steady)

    def step(weights: Array) -> Array:
        slope = _PENALTY * among @ weights
        for likeness, lessons in sample:
            off = chances(likeness @ weights)
            off[np.arange(len(off)), lessons] -= 1
            slope += every * (likeness.T @ off)
        return np.asarray(root.T @ (root @ slope), np.float32)

    return np.asarray(_descended(step, np.zeros(sums.shape, np.float32)) + _RIDGE * ridge, np.float32)


def _descended(step: Callable[[Array], Array], weights: Array) -> Array:
    """Newton's method with a fixed bend, accelerated (Nesterov). ``step``: what to take off the weights."""
    ahead, pace = weights, 1.0
    for _ in range(_STEPS):
        found = ahead - step(ahead)
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        ahead = found + np.float32((pace - 1) / faster) * (found - weights)
        weights, pace = found, faster
    return weights


def _rated_without(out: Rows, examples: Examples) -> Array:
    """Learn from all other examples, and rate those left out."""
    kept = np.setdiff1d(np.arange(len(examples.lessons)), out)
    others = Examples(
        examples.meanings[kept],
        examples.wording[np.ix_(kept, kept)],
        examples.said.among(kept),
        examples.lessons[kept],
        examples.lesson_count,
        examples.strangers,
    )
    learnt = learn(others)
    seen = unit(examples.meanings[out] @ learnt.lens)
    rated = blend(seen @ learnt.seen.T, examples.wording[np.ix_(out, kept)]) @ learnt.weights
    return np.asarray(rated + add_up(learnt.evidence, examples.said.among(out), len(out)), np.float32)
