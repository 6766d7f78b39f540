"""How the answers of a readiness check become one person's scores; the only place that does so.

A factor's score is the mean of its known answers on a scale from 0 (all 1) to 100 (all 5). "Don't know"
and skipped statements don't count towards it; the former are counted apart, as a finding of their own.
The overall score is the mean of the factors that have one. Where many take part, ``dialogs/joint`` puts
their scores together. ``docs/scoring.md`` says all of it for users.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

import msgspec

from knowledge import Readiness, Statement
from knowledge.readiness import STEPS

UNKNOWN = 0
"""What "don't know" is kept as."""


class Scores(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one set of answers comes to."""

    factors: dict[str, float | None]
    """Factor -> 0 to 100; None where none of its statements has a known answer."""
    unknown: dict[str, int]
    """Factor -> how many of its statements were answered "don't know"."""
    overall: float | None


def score(check: Readiness, answers: Mapping[str, int]) -> Scores:
    """The scores of ``answers`` (statement id -> 1 to 5, or 0); whatever else is in there is ignored."""
    factors, unknown = dict[str, float | None](), dict[str, int]()
    for factor in check.factors:
        given = [answers[statement.id] for statement in check.on_factor(factor) if statement.id in answers]
        known = [answer for answer in given if 1 <= answer <= STEPS]
        factors[factor] = mean([on_scale(answer) for answer in known])
        unknown[factor] = given.count(UNKNOWN)
    return Scores(factors, unknown, overall(factors.values()))


def on_scale(answer: int) -> float:
    """What an answer of 1 to 5 counts, from 0 to 100."""
    return (answer - 1) / (STEPS - 1) * 100


def overall(scores: Iterable[float | None]) -> float | None:
    """The mean of the factors that have a score; None where none has."""
    return mean([score for score in scores if score is not None])


def mean(values: Sequence[float]) -> float | None:
    """The mean, the same to the last digit in whatever order the values come; None of nothing."""
    return fsum(values) / len(values) if values else None


def extremes(scores: Mapping[str, float | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The strongest factors and the weakest, ties included, as people see them (whole numbers).

    Both are empty where all factors with a score came out level.
    """
    shown = {factor: round(score) for factor, score in scores.items() if score is not None}
    if not shown or max(shown.values()) == min(shown.values()):
        return (), ()
    high, low = max(shown.values()), min(shown.values())
    strongest = tuple(factor for factor, value in shown.items() if value == high)
    return strongest, tuple(factor for factor, value in shown.items() if value == low)


def first_to_do(check: Readiness, answers: Mapping[str, int], count: int) -> tuple[Statement, ...]:
    """The statements to act on first: the least true, then what nobody knows, then what is nearly there.

    Statements with the same answer take turns by factor, the weaker first; then the check's order counts.
    """
    scores = score(check, answers).factors

    def urgency(statement: Statement) -> tuple[int, int, int, float]:
        beside = check.on_factor(statement.factor)
        before = beside[: beside.index(statement)]
        answer = answers[statement.id]
        whole = scores[statement.factor]
        group = 1 if answer == UNKNOWN else 0 if answer < STEPS - 1 else 2
        turn = sum(answers.get(statement.id) == answer for statement in before)
        return group, answer, turn, 100.0 if whole is None else whole

    open_ = (
        statement for statement in check.statements if UNKNOWN <= answers.get(statement.id, STEPS) < STEPS
    )
    return tuple(sorted(open_, key=urgency)[:count])
