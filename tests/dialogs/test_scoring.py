"""Scores: what any answers come to, in whatever order they were given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dialogs.readiness.scoring import extremes, first_to_do, score
from tests.harness.small import SMALL

CHECK = SMALL.checks["plot"]
IDS = [statement.id for statement in CHECK.statements]
ANSWERS = st.dictionaries(st.sampled_from([*IDS, "gone"]), st.integers(0, 5))


@given(ANSWERS, st.randoms())
def test_the_order_of_answers_never_matters(answers: dict[str, int], random: object) -> None:
    pairs = list(answers.items())
    random.shuffle(pairs)
    assert score(CHECK, dict(pairs)) == score(CHECK, answers)
    assert first_to_do(CHECK, dict(pairs), 3) == first_to_do(CHECK, answers, 3)


@given(ANSWERS, st.sampled_from(IDS), st.integers(0, 5), st.integers(0, 5))
def test_an_answer_given_again_counts_once(answers: dict[str, int], id: str, first: int, last: int) -> None:
    assert score(CHECK, {**answers, id: first} | {id: last}) == score(CHECK, {**answers, id: last})


@given(st.dictionaries(st.sampled_from([*IDS, "gone"]), st.integers()))
def test_scores_stay_within_bounds(answers: dict[str, int]) -> None:
    scores = score(CHECK, answers)
    for factor in (*scores.factors.values(), scores.overall):
        assert factor is None or 0 <= factor <= 100
    assert sum(scores.unknown.values()) == sum(answers.get(id) == 0 for id in IDS)


@given(ANSWERS)
def test_not_knowing_is_no_middle_score(answers: dict[str, int]) -> None:
    known = {id: answer for id, answer in answers.items() if answer}
    assert score(CHECK, answers).factors == score(CHECK, known).factors


@given(ANSWERS)
def test_the_strongest_are_above_the_weakest(answers: dict[str, int]) -> None:
    scores = score(CHECK, answers).factors
    strongest, weakest = extremes(scores)
    assert all(round(scores[a]) > round(scores[b]) for a in strongest for b in weakest)
    assert bool(strongest) == bool(weakest)


def test_the_ends_of_the_scale_are_the_ends_of_the_score() -> None:
    assert score(CHECK, dict.fromkeys(IDS, 1)).overall == 0
    assert score(CHECK, dict.fromkeys(IDS, 5)).overall == 100
    assert score(CHECK, {}).overall is None


def test_the_least_true_comes_first_then_the_unknown_then_the_nearly_true() -> None:
    answers = {
        "compost-autumn": 4,
        "compost-heap": 2,
        "water-evening": 0,
        "water-butts": 1,
        "shared-rules": 5,
    }
    first = [statement.id for statement in first_to_do(CHECK, answers, 4)]
    assert first == ["water-butts", "compost-heap", "water-evening", "compost-autumn"]
