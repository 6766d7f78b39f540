"""What was taught, as a file of a knowledge folder: checked there, loaded from there, and not held twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import knowledge
from knowledge import __main__ as command_line
from knowledge.authoring.check import broken, check
from knowledge.base import fitted_to
from knowledge.taught import Case, Taught, lessons_with, written
from tests.harness import small

SPRAY = Taught(
    "advice-weedkiller", "", "Weedkiller", "None: pull it *by hand*.\n\nIt is banned: “2024/7”.",
    ("which weedkiller is strongest", "may I spray weeds"), "An advisor, 27 November 2026",
)  # fmt: skip
MORE = Taught("advice-of", "compost", "", "", ("can I compost: meat & bones?",), "")
CASES = (Case("which weedkiller is strongest", "advice-weedkiller"), Case(MORE.questions[0], "compost"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder with what was taught."""
    place = tmp_path / "allotments"
    shutil.copytree(Path(small.__file__).parent / "allotments", place)
    (place / "taught.yaml").write_text(written((SPRAY, MORE), CASES), encoding="utf-8")
    return place


def test_what_was_taught_is_loaded_with_the_folder_and_not_twice(folder: Path) -> None:
    loaded = knowledge.load(folder)
    lesson = loaded.lessons[SPRAY.id]
    assert (lesson.title, lesson.advice, lesson.advised) == (SPRAY.title, SPRAY.answer, SPRAY.advised)
    assert loaded.lessons["compost"].questions[-1] == MORE.questions[0]
    assert [loaded.match(case.question).lesson for case in CASES] == [case.lesson for case in CASES]
    assert lesson in loaded.under("From our advisors")
    assert lessons_with(loaded.lessons, (SPRAY, MORE)) == dict(loaded.lessons)


def test_whatever_an_answer_begins_with_what_is_exported_passes_the_check(folder: Path) -> None:
    begun = "Partners split *redundancy* costs <b>as</b> agreed [in](x) the exit clause, " * 3
    long = SPRAY._replace(answer=f"{begun}and nowhere else. Settle it before.")
    (folder / "taught.yaml").write_text(written((long, MORE), CASES), encoding="utf-8")
    assert not [problem for problem in check(folder).problems if problem.file == "taught.yaml"]
    short = knowledge.load(folder).lessons[SPRAY.id].short
    assert len(short) <= 110
    assert short.endswith("redundancy*…"), "cut between words"


def test_its_cases_are_tried_by_check(folder: Path) -> None:
    before = check(folder).problems
    assert not [problem for problem in before if problem.file == "taught.yaml"]
    wrong = (*CASES, Case("which weedkiller is strongest", "compost"))
    (folder / "taught.yaml").write_text(written((SPRAY, MORE), wrong), encoding="utf-8")
    read = check(folder)
    (problem,) = broken(read, fitted_to(read.lessons, read.vocabulary))
    assert "finds 'advice-weedkiller', not 'compost'" in problem.message
    line = (folder / "taught.yaml").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert "which weedkiller is strongest" in line


def test_a_case_of_no_lesson_is_named_by_its_line(folder: Path) -> None:
    (folder / "taught.yaml").write_text(written((SPRAY,), (Case("why", "no-such"),)), encoding="utf-8")
    result = CliRunner().invoke(command_line.app, ["check", "--folder", str(folder)])
    assert result.exit_code == 1
    assert "there is no lesson 'no-such'" in result.stderr
