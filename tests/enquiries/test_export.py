"""What was taught, as a file of a knowledge folder: checked there, loaded from there, and not held twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import Result
from msgspec.structs import replace
from typer.testing import CliRunner

import knowledge
from bot.__main__ import app
from bot.app import processes
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import TeachingDraft, Teachings, as_taught
from dialogs.enquiries.teaching import read_draft
from knowledge import __main__ as command_line
from knowledge.authoring.check import broken, check
from knowledge.base import fitted_to
from knowledge.taught import FILE, Case, Taught, lessons_with, written
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


@pytest.mark.parametrize(
    "filled_in",
    [
        # What was agreed, with markup in it: the first sentence alone is 139 characters.
        {"answer": "Partners split costs by what each <b>agreed</b> @everyone <!channel> **bold** *it* "
                   "[x](javascript:alert(1)), in the exit clause that they signed. Settle it first."},
        {"answer": "*" * 30 + " no " + "a[b]_c_" * 30},
        {"answer": "Nosentenceendshereandnospacestandshere" * 60},
        {"answer": "To be or " * 40},
        {"questions": "How do we burn leaves?\n- how do we burn leaves\nHOW do we BURN leaves ?"},
        {"answer": "Compost it.", "of": "compost", "title": "", "questions": "can i compost pet bedding"},
        {"title": "x" * 60, "questions": "\n".join(f"where is shelf {n} of the shed" for n in range(20))},
    ],
)  # fmt: skip
def test_what_the_page_takes_check_takes(tmp_path: Path, filled_in: dict[str, str]) -> None:
    values = {"answer": "No.", "title": "Burning leaves", "questions": "", "of": "own", **filled_in}
    draft = read_draft("how do we burn leaves", "QQQ", values, Actor("slack:T1/U1"), {}, small.SMALL)
    assert isinstance(draft, TeachingDraft), draft
    lesson = as_taught(draft, small.NOW)
    teachings = Teachings((replace(lesson, advised="An advisor, 27 November 2026"),))
    folder = tmp_path / "allotments"
    shutil.copytree(Path(small.__file__).parent / "allotments", folder)
    (folder / "taught.yaml").write_text(written(teachings.active, teachings.cases), encoding="utf-8")
    assert [problem for problem in check(folder).problems if "taught" in str(problem)] == []


@pytest.mark.parametrize("field", ["title", "questions"])
def test_the_page_takes_no_telephone_number_anywhere(field: str) -> None:
    values = {"answer": "No.", "title": "Burning", "of": "own", field: "ring 01632 960 001"}
    read = read_draft("how do we burn leaves", "QQQ", values, Actor("slack:T1/U1"), {}, small.SMALL)
    assert isinstance(read, dict)
    assert "telephone" in read[field]


def test_what_is_wrong_with_it_is_named_where_it_stands(folder: Path) -> None:
    like = small.SMALL.lessons["beds"].questions[0]
    long = SPRAY._replace(title="Weedkiller and " * 6, questions=(*SPRAY.questions, like))
    (folder / FILE).write_text(written((long, MORE), CASES), encoding="utf-8")
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    stand = {p.message: lines[p.line - 1].strip() for p in check(folder).problems if p.file == FILE}
    named = {message.split(" (")[0]: line for message, line in stand.items()}
    assert named["'title' has 89 characters; at most 60 fit"].startswith("title: 'Weedkiller and")
    assert named[f"'{like}' is too like '{like}'"] == f"- {like}"


def test_a_case_of_no_lesson_is_named_by_its_line(folder: Path) -> None:
    (folder / "taught.yaml").write_text(written((SPRAY,), (Case("why", "no-such"),)), encoding="utf-8")
    result = CliRunner().invoke(command_line.app, ["check", "--folder", str(folder)])
    assert result.exit_code == 1
    assert "there is no lesson 'no-such'" in result.stderr


def exported(folder: Path, teachings: Teachings, monkeypatch: pytest.MonkeyPatch) -> Result:
    """What the command says of ``teachings``, and does to a folder."""

    async def kept(settings: object) -> Teachings:
        return teachings

    monkeypatch.setattr(processes, "teachings", kept)
    return CliRunner().invoke(app, ["lessons", "export", str(folder)])


def in_chat(**changes: object) -> Teachings:
    """The weedkiller's lesson, as a bot keeps it."""
    values = {"answer": SPRAY.answer, "title": SPRAY.title, "questions": SPRAY.questions[1], "of": "own"}
    draft = read_draft(SPRAY.questions[0], "QQQ", values, Actor("slack:T1/U1"), {}, small.SMALL)
    assert isinstance(draft, TeachingDraft), draft
    lesson = replace(as_taught(draft, small.NOW), id=SPRAY.id, advised=SPRAY.advised)
    return Teachings((replace(lesson, **changes),))


def test_what_stands_in_a_folder_is_never_lost_by_an_export(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / FILE).read_text(encoding="utf-8")
    assert f"0 taught lessons added to {folder / FILE}" in exported(folder, Teachings(), monkeypatch).stdout
    assert (folder / FILE).read_text(encoding="utf-8") == before

    same = exported(folder, in_chat(), monkeypatch).stdout
    assert "other words" not in same
    changed = exported(folder, in_chat(answer="Vinegar."), monkeypatch).stdout
    assert f"{SPRAY.id} stands there in other words than in chat" in changed
    assert f"{SPRAY.id} is retired in chat" in exported(folder, in_chat(retired=True), monkeypatch).stdout
    assert (folder / FILE).read_text(encoding="utf-8") == before

    other = in_chat(id="advice-other", title="Hoes", questions=("where are the hoes kept",))
    assert "1 taught lesson added" in exported(folder, other, monkeypatch).stdout
    found = knowledge.load(folder)
    assert found.filed == {SPRAY.id, MORE.id, "advice-other"}
    assert set(found.lessons) == {*small.SMALL.lessons, SPRAY.id, "advice-other"}
    assert found.lessons["compost"].questions[-1] == MORE.questions[0]

    (folder / FILE).write_text("taught: [", encoding="utf-8")
    refused = exported(folder, other, monkeypatch)
    assert (refused.exit_code, (folder / FILE).read_text(encoding="utf-8")) == (1, "taught: [")
    assert "nothing was written" in refused.stderr
