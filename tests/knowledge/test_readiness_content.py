"""Readiness checks: our own holds together, and another folder's are read whole or refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import Knowledge, Statement
from knowledge.authoring.check import check, counts
from knowledge.base import read
from tests.knowledge.test_reading import change, faults

SPRING = """\
title: Ready for spring?
intro: Three statements about your plot.
scale: [Never, Seldom, Sometimes, Often, Always]
unknown: No idea
model_question: Which feeding is yours?
models: [feeding-soil]
partners_question: How many of you dig?
factors:
  - factor: watering
    statements:
      - id: butt
        text: Our butt is full.
      - id: hose
        text: Our hose has no holes.
        advice: Let it run, and mend what drips.
  - factor: plot-size
    statements:
      - id: reach
        text: We can reach every bed.
"""


@pytest.fixture
def spring(folder: Path) -> Path:
    """The readiness file of a good folder, to change and break."""
    (folder / "readiness").mkdir()
    path = folder / "readiness" / "spring.yaml"
    path.write_text(SPRING, encoding="utf-8")
    return path


def test_a_check_is_read_whole_and_factors_may_differ_in_length(spring: Path) -> None:
    checks = read(spring.parents[1])[1].checks
    assert list(checks) == ["spring"]
    found = checks["spring"]
    assert (found.id, found.title, found.intro) == (
        "spring", "Ready for spring?", "Three statements about your plot.",
    )  # fmt: skip
    assert found.scale == ("Never", "Seldom", "Sometimes", "Often", "Always")
    assert found.unknown == "No idea"
    assert (found.models, found.model_question) == (("feeding-soil",), "Which feeding is yours?")
    assert (found.partners_question, found.purpose_question) == ("How many of you dig?", "")
    assert found.statements == (
        Statement("butt", "watering", "Our butt is full."),
        Statement("hose", "watering", "Our hose has no holes.", "Let it run, and mend what drips."),
        Statement("reach", "plot-size", "We can reach every bed."),
    )
    assert found.factors == ("watering", "plot-size")
    assert found.on_factor("plot-size") == found.statements[2:]
    assert check(spring.parents[1]).problems == []
    assert "quiz questions: 0, readiness statements: 3" in counts(check(spring.parents[1]))


def test_a_folder_may_bring_several_checks_or_none(spring: Path, allotments: Knowledge) -> None:
    (spring.parent / "autumn.yaml").write_text(SPRING.replace("spring?", "autumn?"), encoding="utf-8")
    assert list(read(spring.parents[1])[1].checks) == ["autumn", "spring"]
    # The same statement may stand in two checks: nobody meets both at once.
    assert check(spring.parents[1]).problems == []
    assert allotments.checks == {}


REFUSED = [
    ("title: Ready for spring?\n", "", "1: 'title' is missing"),
    ("unknown: No idea\n", "", "1: 'unknown' is missing"),
    ("intro: Three", "introduction: Three", "2: unknown field 'introduction'"),
    ("Often, Always]", "Always]", "3: 'scale' names 4 answers; it needs 5"),
    ("[feeding-soil]", "[feeding-soul]", "6: 'models': there is no lesson 'feeding-soul'"),
    ("models: [feeding-soil]\n", "", "1: 'models' and 'model_question' are given together or not at all"),
    ("model_question: Which feeding is yours?\n", "", "5: 'models' and 'model_question' are given together"),
    ("factor: watering", "factor: wattering", "9: there is no lesson 'wattering'"),
    ("factor: plot-size", "factor: watering", "16: the factor 'watering' stands here twice"),
    ("  - factor: watering\n", "  - lesson: watering\n", "9: 'factor' is missing"),
    (SPRING[SPRING.index("  - factor: watering") :], "", "8: 'factors' is missing or empty"),
    (
        "      - id: reach\n        text: We can reach every bed.\n",
        "",
        "16: the factor 'plot-size' has no statements",
    ),
    ("id: hose", "id: butt", "13: another statement has the id 'butt' too"),
    ("      - id: hose\n", "      - name: hose\n", "13: 'id' is missing"),
    ("text: Our hose has no holes.", "text:", "14: 'text' is empty"),
    ("advice: Let it run, and mend what drips.", "advice:", "15: 'advice' is empty"),
]


@pytest.mark.parametrize(("old", "new", "expected"), REFUSED)
def test_the_loader_names_file_and_line(spring: Path, old: str, new: str, expected: str) -> None:
    change(spring, old, new)
    assert any(fault.startswith(f"readiness/spring.yaml:{expected}") for fault in faults(spring.parents[1]))


LONG = [
    ("Our butt is full.", 141, "12: the statement has 141 characters; at most 140 fit"),
    ("Let it run, and mend what drips.", 201, "15: the advice has 201 characters; at most 200 fit"),
    ("Ready for spring?", 61, "1: 'title' has 61 characters; at most 60 fit"),
    ("Three statements about your plot.", 301, "2: 'intro' has 301 characters; at most 300 fit"),
    ("Sometimes", 21, "3: a name on the scale has 21 characters; at most 20 fit"),
    ("No idea", 21, "4: 'unknown' has 21 characters; at most 20 fit"),
    ("How many of you dig?", 141, "7: 'partners_question' has 141 characters; at most 140 fit"),
]


@pytest.mark.parametrize(("old", "length", "expected"), LONG)
def test_the_linter_refuses_what_does_not_fit_on_a_card(
    spring: Path, old: str, length: int, expected: str
) -> None:
    change(spring, old, "m" * length)
    found = [str(problem) for problem in check(spring.parents[1]).problems]
    assert found == [f"readiness/spring.yaml:{expected}"]


def test_the_linter_refuses_the_same_statement_twice(spring: Path) -> None:
    change(spring, "Our hose has no holes.", "Is our butt full?")
    found = [str(problem) for problem in check(spring.parents[1]).problems]
    assert found == [
        "readiness/spring.yaml:14: 'Is our butt full?' is too like 'Our butt is full.' "
        "(readiness/spring.yaml:12)"
    ]


def test_our_check_has_three_statements_for_each_factor_of_the_deck(ours: Knowledge) -> None:
    (ready,) = ours.checks.values()
    assert ready.factors == ours.lessons["success-factors"].items
    assert [len(ready.on_factor(factor)) for factor in ready.factors] == [3] * 5


def test_our_check_asks_for_one_of_the_decks_models_the_partners_and_the_purpose(ours: Knowledge) -> None:
    (ready,) = ours.checks.values()
    assert ready.models == ours.lessons["models"].items
    assert all((ready.model_question, ready.partners_question, ready.purpose_question))


def test_each_of_our_statements_has_advice_of_its_own(ours: Knowledge) -> None:
    (ready,) = ours.checks.values()
    assert len({statement.advice for statement in ready.statements if statement.advice}) == len(
        ready.statements
    )


def test_our_statements_speak_of_us(ours: Knowledge) -> None:
    (ready,) = ours.checks.values()
    assert [
        statement.text
        for statement in ready.statements
        if not {"we", "our"} & set(statement.text.lower().split())
    ] == []


def test_three_of_our_statements_with_their_advice_stand_on_one_telephone_screen(ours: Knowledge) -> None:
    (ready,) = ours.checks.values()
    assert [said.id for said in ready.statements if len(said.text) + len(said.advice) > 180] == []
