"""Joint scores: each person counts the same in an organisation, each organisation the same over all."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.core.result_model import JointResult
from dialogs.core.session_model import AnsweredForm
from tests.results.people import IDS, PEOPLE, answering, closed, forms_of

pytestmark = pytest.mark.slow


@given(PEOPLE, st.randoms())
def test_the_order_of_people_and_answers_never_matters(
    forms: dict[str, AnsweredForm], random: object
) -> None:
    pairs = list(forms.items())
    random.shuffle(pairs)
    turned = {
        person: msgspec.structs.replace(form, answers=dict(reversed(form.answers.items())))
        for person, form in pairs
    }
    assert closed(turned) == closed(forms)


@given(PEOPLE, st.sampled_from(IDS), st.integers(0, 5), st.integers(0, 5))
def test_an_answer_given_again_counts_once(
    forms: dict[str, AnsweredForm], id: str, first: int, last: int
) -> None:
    def with_answers(*values: int) -> JointResult:
        answers: dict[str, int] = {}
        for value in values:
            answers |= {id: value}
        return closed({**forms, "again": AnsweredForm("a", answers)})

    assert with_answers(first, last) == with_answers(last)


@given(PEOPLE)
def test_scores_stay_within_bounds(forms: dict[str, AnsweredForm]) -> None:
    result = closed(forms)
    shown = [result.overall]
    for factor in result.factors.values():
        shown += [figures.score for figures in (factor.whole, *factor.organisations.values())]
    for score in shown:
        assert score is None or (0 <= score <= 100)


@given(PEOPLE)
def test_a_result_can_be_kept_and_read_again(forms: dict[str, AnsweredForm]) -> None:
    result = closed(forms)
    assert msgspec.json.decode(msgspec.json.encode(result), type=JointResult) == result


def test_a_large_partner_does_not_drown_a_small_one() -> None:
    result = closed(forms_of(a=[5] * 20, b=[1, 1, 1]))
    compost = result.factors["compost"]
    assert (compost.whole.score, result.overall) == (50, 50)
    assert {organisation: seen.score for organisation, seen in compost.organisations.items()} == {
        "a": 100,
        "b": 0,
    }
    assert compost.gap() == ("a", "b", 100)
    assert compost.whole.spread == "far"
    assert (result.participants, result.organisations, compost.answered) == (23, 2, 23)


def test_not_knowing_is_no_middle_score() -> None:
    forms = forms_of(a=[5, 5, 5]) | {f"b{at}": answering("b", 0) for at in range(3)}
    compost = closed(forms).factors["compost"]
    assert compost.whole.score == 100
    assert compost.whole.unknown == "half"
    assert compost.answered == 3


def test_everyone_not_knowing_is_a_finding_without_a_score() -> None:
    result = closed(forms_of(a=[0, 0, 0, 0]))
    assert result.overall is None
    assert {factor.whole.unknown for factor in result.factors.values()} == {"most"}
    assert [coming.statement for coming in result.unknown] == IDS
    assert [coming.why for coming in result.actions] == ["unknown"] * 3


def test_next_actions_are_the_lowest_then_the_unknown_then_where_people_differ() -> None:
    shared = {"compost-autumn": 2, "compost-heap": 5, "water-evening": 0, "water-butts": 4}
    forms = {f"p{at}": AnsweredForm("a", {**shared, "shared-rules": 5 if at % 2 else 2}) for at in range(6)}
    actions = closed(forms).actions
    assert [(coming.statement, coming.why, coming.share) for coming in actions] == [
        ("compost-autumn", "low", ""),
        ("water-evening", "unknown", "most"),
        ("shared-rules", "apart", ""),
    ]


def test_nothing_is_to_do_where_all_is_true_for_everyone() -> None:
    assert closed(forms_of(a=[5, 5, 5], b=[4, 5, 4])).actions == ()


def test_a_statement_that_two_people_answered_does_not_stand_out() -> None:
    forms = {f"p{at}": AnsweredForm("a", {"compost-autumn": 5}) for at in range(3)}
    forms |= {f"q{at}": AnsweredForm("a", {"compost-heap": 1, "water-butts": 0}) for at in range(2)}
    result = closed(forms)
    assert (result.actions, result.unknown) == ((), ())
    assert result.factors["water"].whole == type(result.factors["water"].whole)()


def test_the_host_says_the_model_or_people_do() -> None:
    forms = {f"p{at}": answering("a", 3, model="bed-flat", partners=2) for at in range(3)}
    assert (closed(forms).model, closed(forms).partners) == ("bed-flat", 2)
    told = closed(forms, model="bed-raised", partners=5)
    assert (told.model, told.partners, told.models) == ("bed-raised", 5, {})


def test_organisations_that_name_different_models_are_told_so() -> None:
    forms = {
        f"{who}{at}": answering(who, 3, model=model)
        for who, model in (("a", "bed-flat"), ("b", "bed-raised"))
        for at in range(4)
    }
    result = closed(forms)
    assert result.model == ""
    assert result.models == {"a": "bed-flat", "b": "bed-raised"}
    assert result.model_divided
