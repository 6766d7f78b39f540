"""The content linter finds, by file and line, what readers or the matcher would suffer from."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.check import check, counts
from tests.knowledge.test_reading import change


def test_a_good_folder_has_no_problems_and_is_counted(folder: Path) -> None:
    read = check(folder)
    assert read.problems == []
    counted = "lessons: 4, example questions: 48, quiz questions: 0, readiness statements: 0, "
    counted += "templates: 0, pulse questions: 0"
    assert counts(read) == counted


FAULTS = [
    (
        "Watering well matters",
        "Watering matters " * 20 + "\n\nIt",
        "watering.md:19: the answer in one sentence has",
    ),
    ("- think first", "- think first" * 60, "watering.md:21: 'What the deck says' has"),
    (
        "title: Watering well",
        "title: Watering" + " well" * 12,
        "watering.md:2: 'title' has 68 characters; at most 60 fit",
    ),
    ("title: Watering well", "title: Feeding the soil", "watering.md:2: another lesson has the title"),
    (
        "  - how much water do tomatoes want\n",
        "",
        "watering.md:6: 11 example questions; the matcher needs 12",
    ),
    (
        "  - how much water do tomatoes want\n",
        "  - Are water butts allowed?\n",
        "watering.md:14: 'are water butts allowed' stands here twice (see line 10)",
    ),
    (
        "The talk doesn't say",
        "Ring 020 7946 0123. The talk doesn't say",
        "watering.md:27: looks like a telephone number",
    ),
    (
        "The talk doesn't say",
        "Ring +44 (20) 7946-0123. It doesn't say",
        "watering.md:27: looks like a telephone number",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS)
def test_the_linter_names_file_and_line(folder: Path, old: str, new: str, expected: str) -> None:
    change(folder / "lessons" / "watering.md", old, new)
    assert any(str(problem).startswith(f"lessons/{expected}") for problem in check(folder).problems)


@pytest.mark.parametrize(
    "question",
    [
        "how do I feed the soil",
        "How do I feed the soil?",
        "the soil, how do I feed it?",
        "is horse dung too strong",  # a synonym of manure
    ],
)
def test_a_question_of_another_lesson_is_refused(folder: Path, question: str) -> None:
    change(folder / "lessons" / "watering.md", "how much water do tomatoes want", f"'{question}'")
    problems = [str(problem) for problem in check(folder).problems]
    assert len(problems) == 1
    assert problems[0].startswith("lessons/feeding-soil.md:")
    assert "(lessons/watering.md:10)" in problems[0]


def test_years_and_addresses_are_no_telephone_numbers(folder: Path) -> None:
    fine = "From 2008/09 to 2011/12, 1,000,000 or 376m: https://example.org/20091118/02079460123"
    change(folder / "lessons" / "watering.md", "The talk doesn't say more than that.", fine)
    assert check(folder).problems == []


def test_the_linter_reports_the_loaders_faults_too(folder: Path) -> None:
    change(folder / "lessons" / "watering.md", "heading: Through the year", "heading: In space")
    assert [(one.file, one.line) for one in check(folder).problems] == [("lessons/watering.md", 3)]


def test_the_first_answer_fits_on_a_telephone(folder: Path) -> None:
    change(folder / "lessons" / "watering.md", "- think first", "- think first" + " and again" * 30)
    message = "the answer and 'What the deck says' have 75 words; at most 65 fit"
    assert [str(one) for one in check(folder).problems] == [f"lessons/watering.md:19: {message}"]


def test_a_sentence_may_not_come_again_in_lesson_after_lesson(folder: Path) -> None:
    assert check(folder).problems == []  # each sentence in four lessons at most
    questions = "\n".join(
        f"  - {said} the weeds number {one}" for one, said in enumerate(["pull", "hoe", "burn", "dig"] * 3)
    )
    text = (folder / "lessons" / "plot-size.md").read_text(encoding="utf-8")
    front, body = text.split("questions:\n")[0], text.split("---\n")[2]
    weeds = front.replace("The size of the plot", "Weeds") + f"questions:\n{questions}\n---\n{body}"
    (folder / "lessons" / "weeds.md").write_text(weeds, encoding="utf-8")
    refrain = "'The talk doesn't say more than that.' stands in 5 lessons; say it in each lesson's own words"
    assert f"lessons/plot-size.md:26: {refrain}" in [str(problem) for problem in check(folder).problems]
