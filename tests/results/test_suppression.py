"""No figures that are shown tell of fewer than three people, however they are put together.

The check is independent of how the result was made. Every shown figure is a sum of people's scores with
known weights, one row of a matrix with a column for each person's score. If some combination of the rows
rests on one or two people alone, it tells of them: then the rows lose rank without those people's columns.
"""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings

from dialogs.core.result_model import JointResult
from dialogs.core.session_model import AnsweredForm
from tests.results.adversary import Row, told_of
from tests.results.people import CHECK, PEOPLE, answering, closed, forms_of

pytestmark = pytest.mark.slow


def known(form: AnsweredForm, factor: str) -> list[int]:
    """What ``form`` says of a factor, "don't know" apart."""
    return [
        form.answers[statement.id]
        for statement in CHECK.on_factor(factor)
        if 1 <= form.answers.get(statement.id, 0) <= 5
    ]


def score_rows(forms: dict[str, AnsweredForm], result: JointResult) -> list[tuple[Row, int]]:
    """Each score that is shown: what it rests on, and how it reads."""
    rows, wholes = [], []
    for factor, shown in result.factors.items():
        people = defaultdict(list)
        for person, form in forms.items():
            if known(form, factor):
                people[form.organisation].append((person, factor))
        if shown.whole.score is not None:
            whole = {each: 1 / len(people) / len(group) for group in people.values() for each in group}
            wholes.append(whole)
            rows.append((whole, shown.whole.score))
        for organisation, seen in shown.organisations.items():
            group = people[organisation]
            rows.append(({each: 1 / len(group) for each in group}, seen.score))
    if result.overall is not None:
        every = {each: weight / len(wholes) for row in wholes for each, weight in row.items()}
        rows.append((every, result.overall))
    return rows


def unknown_rows(forms: dict[str, AnsweredForm], result: JointResult) -> list[Row]:
    """Each count of "don't know" of which something is said, as if it were said exactly."""
    rows = []
    for factor, shown in result.factors.items():
        answers = {
            statement.id: [
                (who, statement.id)
                for who, form in forms.items()
                if 0 <= form.answers.get(statement.id, -1) <= 5
            ]
            for statement in CHECK.on_factor(factor)
        }
        # Of each statement one learns whether it is among those that people don't know.
        each = [given for given in answers.values() if len(given) >= 3]
        every = [answer for given in each for answer in given]
        groups = [organisation for organisation, seen in shown.organisations.items() if seen.unknown]
        rows += [[each for each in every if forms[each[0]].organisation == group] for group in groups]
        rows += [every, *each] if shown.whole.unknown else each
    return [dict.fromkeys(row, 1.0) for row in rows]


@settings(max_examples=300)
@given(PEOPLE)
def test_no_combination_of_scores_tells_of_one_or_two_people(forms: dict[str, AnsweredForm]) -> None:
    rows = score_rows(forms, closed(forms))
    assert told_of([row for row, _ in rows]) == set()
    scores = {
        (person, factor): (sum(answers) / len(answers) - 1) * 25
        for person, form in forms.items()
        for factor in CHECK.factors
        if (answers := known(form, factor))
    }
    for row, shown in rows:  # and the rows are what the figures say
        assert abs(sum(weight * scores[each] for each, weight in row.items()) - shown) <= 0.5 + 1e-9


@settings(max_examples=200)
@given(PEOPLE)
def test_no_combination_of_unknowns_tells_of_one_or_two_people(forms: dict[str, AnsweredForm]) -> None:
    assert told_of(unknown_rows(forms, closed(forms))) == set()


@given(PEOPLE)
def test_no_number_of_people_is_one_or_two(forms: dict[str, AnsweredForm]) -> None:
    result = closed(forms)
    assert result.participants not in (1, 2)
    for factor in result.factors.values():
        if factor.answered is not None:
            assert factor.answered not in (1, 2)
            assert result.participants - factor.answered not in (1, 2)
            assert (factor.answered >= 3) == (factor.whole.score is not None)


@given(PEOPLE)
def test_models_rest_on_three_people(forms: dict[str, AnsweredForm]) -> None:
    result = closed(forms)
    named = [forms[person] for person, _ in _columns(forms)]
    for organisation, model in result.models.items():
        assert (
            sum(answered.organisation == organisation and answered.model == model for answered in named) >= 3
        )
    assert not result.model or sum(answered.model == result.model for answered in named) >= 3
    groups = [dict.fromkeys(_columns(forms, organisation), 1.0) for organisation in result.models]
    assert told_of([*groups, dict.fromkeys(_columns(forms), 1.0)] if len(named) >= 3 else groups) == set()


def _columns(forms: dict[str, AnsweredForm], organisation: str = "") -> list[tuple[str, str]]:
    return [
        (person, "model")
        for person, form in forms.items()
        if form.model in CHECK.models and any(0 <= answer <= 5 for answer in form.answers.values())
        if organisation in ("", form.organisation)
    ]


def test_the_checker_finds_what_a_careless_result_gives_away() -> None:
    whole = {("a1", "x"): 1 / 6, ("a2", "x"): 1 / 6, ("a3", "x"): 1 / 6, ("b1", "x"): 1 / 2}
    large = {("a1", "x"): 1 / 3, ("a2", "x"): 1 / 3, ("a3", "x"): 1 / 3}
    assert ("b1",) in told_of([whole, large])
    assert told_of([whole]) == set()


HIDDEN = [
    ("both of three or more", {"a": [5, 5, 4], "b": [1, 2, 1]}, "ab"),
    ("one person on the other side", {"a": [5, 5, 4], "b": [1]}, ""),
    (
        "one person hides the smaller large one",
        {"a": [5, 5, 4, 4], "b": [2, 2, 2], "c": [1]},
        "a",
    ),
    ("three organisations of one", {"a": [5], "b": [3], "c": [1]}, ""),
    ("one organisation is the whole", {"a": [5, 5, 4]}, ""),
]


@pytest.mark.parametrize(("why", "people", "expected"), HIDDEN, ids=[example[0] for example in HIDDEN])
def test_organisations_in_a_result(why: str, people: dict[str, list[int]], expected: str) -> None:
    result = closed(forms_of(**people))
    assert [set(factor.organisations) for factor in result.factors.values()] == [set(expected)] * 3
    assert set(result.names) == set(expected)
    assert result.overall is not None


def test_a_factor_hides_by_those_who_know_it_whatever_holds_of_the_rest() -> None:
    forms = forms_of(a=[5, 5, 5, 5], b=[1, 1, 1])
    forms["b0"] = AnsweredForm("b", {**forms["b0"].answers, "compost-autumn": 0, "compost-heap": 0})
    factors = closed(forms).factors
    assert set(factors["compost"].organisations) == set()
    assert factors["compost"].answered is None  # all but one
    assert set(factors["water"].organisations) == {"a", "b"}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_of_fewer_than_three_nothing_is_kept_but_what_the_host_said(count: int) -> None:
    forms = {f"p{at}": answering("a", 5, model="bed-flat", partners=2) for at in range(count)}
    result = closed(forms, model="bed-raised", partners=3, purpose="To eat well")
    assert result == JointResult(
        "plot", result.at, 0, model="bed-raised", partners=3, purpose="To eat well", recorded=True
    )  # fmt: skip
