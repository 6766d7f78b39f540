"""How sure a match is, and what follows from it: learnt from the examples, each left out in turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.matching.match import Band
from knowledge.matching.vectors import Array

UNCOVERED = 0.1
"""The share of questions without a lesson that confidence allows for."""
WRONG, PASSED_OVER, SUGGESTED = 2.5, 2.0, 1.0
"""What a wrong answer costs, declining a question that a lesson answers, and a suggestion that gets there."""

LIKELY = 0.5
"""How likely a second lesson must be, seen alone, for both doubts to count: both may be meant."""
WORTH_NAMING = 0.3
"""How likely a lesson must be to be named where none answers."""


class Sureness(NamedTuple):
    """Turns a number into the probability that it means success: a logistic curve."""

    slope: float
    offset: float

    def of(self, value: float) -> float:
        """Between 0 and 1; never falls as ``value`` grows."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * value + self.offset))))


class Confidence(NamedTuple):
    """The curves of one knowledge base."""

    right: Sureness
    """From the best lesson's odds: that it is the right one."""
    clear: Sureness
    """From its lead on the second: that it is the right one, given that one of the lessons is."""
    near: Sureness
    """From the best lesson's odds: that the right one is among the first three."""

    def band(self, odds: float, lead: float) -> Band:
        """What costs least, from the best lesson's odds and its lead on the second."""
        if self.answers(odds, lead):
            return "answer"
        return "suggest" if self.suggests(odds) else "none"

    def answers(self, odds: float, lead: float) -> bool:
        """Whether answering costs less than suggesting."""
        right, clear = self.right.of(odds), self.clear.of(lead)
        sure = right * clear if self.right.of(odds - lead) >= LIKELY else min(right, clear)
        return (1 - sure) * WRONG < SUGGESTED

    def doubting(self, odds: float) -> Confidence:
        """The same, where something in the question speaks against every lesson by so much, in log odds."""
        right, near = (
            Sureness(sureness.slope, sureness.offset - odds) for sureness in (self.right, self.near)
        )
        return self._replace(right=right, near=near)

    def as_numbers(self) -> Array:
        """For keeping on disk."""
        return np.array([*self.right, *self.clear, *self.near], np.float32)

    @classmethod
    def from_numbers(cls, numbers: Array) -> Confidence:
        """The inverse of ``as_numbers``."""
        right, clear, near = (Sureness(*map(float, numbers[at : at + 2])) for at in (0, 2, 4))
        return cls(right, clear, near)

    def is_near(self, odds: float) -> bool:
        """Whether a lesson is worth naming beside "no lesson answers that"."""
        return self.right.of(odds) > WORTH_NAMING

    def suggests(self, odds: float) -> bool:
        """Whether suggesting costs less than declining."""
        return self.near.of(odds) * PASSED_OVER > SUGGESTED


_USUAL = Confidence(Sureness(0.4, 1.25), Sureness(0.45, 0.0), Sureness(0.4, 1.95))
"""The curves of folders in general. Among a few examples hardly one is far from its lesson, so they alone
can't tell how far a stranger is: a small folder's curves would be flat, and all worth a suggestion."""
_HELD = np.array([100.0, 3.0])
"""How firmly slope and offset are held to the usual ones. An example whose outcome is open adds a quarter to
the offset's own hold, and to the slope's that times its squared odds: a dozen of them, and a hundred at odds
of 2, count as much as this."""
_STEPS = 30


def odds(chances: Array) -> Array:
    """The logarithm of how much likelier than not each lesson is."""
    sure = np.minimum(np.maximum(chances, 1e-6), 1 - 1e-6)
    return np.asarray(np.log(sure / (1 - sure)), np.float32)


def learn_confidence(
    without_itself: Array, uncovered: Sequence[Array], lessons: npt.NDArray[np.intp]
) -> Confidence:
    """The curves, from the chances (examples by lessons) that examples get when they are left out;
    ``uncovered``: what questions get that no lesson answers, by kind, each kind taken to be as common;
    ``lessons`` says which lesson each example belongs to."""
    if not len(lessons):
        return _USUAL
    order = np.argsort(-without_itself, axis=1, kind="stable")[:, :3]
    best = -np.sort(-odds(without_itself), axis=1)[:, :2]
    lead = best[:, 0] - (best[:, 1] if best.shape[1] > 1 else 0)
    right = order[:, 0] == lessons
    among = (order == lessons[:, None]).any(axis=1)
    reached = np.concatenate([best[:, 0], *(odds(kind).max(axis=1) for kind in uncovered)])
    weights = np.concatenate(
        [
            np.full(len(lessons), 1 - UNCOVERED),
            *(
                np.full(len(kind), UNCOVERED / len(uncovered) * len(lessons) / len(kind))
                for kind in uncovered
            ),
        ]
    )
    none = np.zeros(len(reached) - len(lessons), bool)
    return Confidence(
        _curve(reached, np.concatenate([right, none]), weights, _USUAL.right),
        # Mirrored, so that without a lead it is a coin toss: folders whose examples never tie can't tell.
        _curve(
            np.concatenate([lead, -lead]),
            np.concatenate([right, ~right]),
            np.ones(2 * len(lessons)),
            _USUAL.clear,
        ),
        _curve(reached, np.concatenate([among, none]), weights, _USUAL.near),
    )


def _curve(
    values: npt.NDArray[np.floating],
    success: npt.NDArray[np.bool_],
    weights: npt.NDArray[np.float64],
    usual: Sureness,
) -> Sureness:
    """Logistic regression on one number by Newton's method, held to the ``usual`` curve."""
    inputs = np.stack([values, np.ones(len(values))], axis=1).astype(np.float64)
    found, expected = np.array(usual), np.array(usual)
    for _ in range(_STEPS):
        guess = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        slope = inputs.T @ (weights * (guess - success)) + _HELD * (found - expected)
        bend = (inputs * (weights * guess * (1 - guess))[:, None]).T @ inputs + np.diag(_HELD)
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < 1e-6:
            break
    return Sureness(max(float(found[0]), 0.0), float(found[1]))
