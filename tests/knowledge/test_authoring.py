"""``docs/authoring.md`` names every file, field and limit that loader and linter know, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge import quiz, readiness, reading, templates, vocabulary
from knowledge.authoring import check, check_texts
from knowledge.model import SOURCES
from tests.knowledge.allotments import write_folder
from tests.knowledge.test_reading import change

TEXT = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text(encoding="utf-8")


def tables(heading: str) -> list[dict[str, int | None]]:
    """The tables under a heading: each name in a first column, with its limit where one is told."""
    found: list[dict[str, int | None]] = []
    part = TEXT[TEXT.index(f"## `{heading}`") :]
    following = re.search(r"\n## [^W`]*`|\n## H", part)
    inside = False
    for line in part[: following.start() if following else None].split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            inside = False
        elif not inside:
            found.append({})
            inside = True
        else:
            limit = int(cells[1]) if cells[1].isdecimal() else None
            found[-1].update(dict.fromkeys(re.findall(r"`(?:## )?([^`]+)`", cells[0]), limit))
    return found


FIELDS = [
    ("deck.yaml", [reading.DECK_FIELDS, reading.WORD_FIELDS]),
    ("lessons/ID.md", [reading.LESSON_FIELDS, reading.SECTIONS]),
    ("vocabulary.yaml", [vocabulary.VOCABULARY_FIELDS, vocabulary.OUTSIDE_FIELDS]),
    ("quizzes/TOPIC.yaml", [quiz.TOPIC_FIELDS, (*quiz.QUESTION_FIELDS, "right", "wrong", "answer")]),
    ("readiness/ID.yaml", [readiness.CHECK_FIELDS, readiness.STATEMENT_FIELDS]),
    ("templates/NAME.yaml", [templates.TEMPLATE_FIELDS, templates.PULSE_FIELDS]),
]


@pytest.mark.parametrize(("heading", "known"), FIELDS, ids=[heading for heading, _ in FIELDS])
def test_every_field_is_told(heading: str, known: list[tuple[str, ...]]) -> None:
    assert [sorted(table) for table in tables(heading)] == [sorted(names) for names in known]


def test_every_limit_is_told() -> None:
    lesson, sections = tables("lessons/ID.md")
    told = {**lesson, **{reading.SECTIONS[name]: limit for name, limit in sections.items()}}
    assert {name: limit for name, limit in told.items() if limit} | {"lead": 200} == check.LONGEST
    others = {limit for heading, _ in FIELDS[3:] for table in tables(heading) for limit in table.values()}
    assert others - {None} == set(check_texts.LONGEST.values())
    assert f"{check.MOST_WORDS_FIRST} words at most" in TEXT
    assert tables("deck.yaml")[0]["subject"] == reading.LONGEST_SUBJECT
    assert set(tables("deck.yaml")[1].values()) == {None, reading.LONGEST_WORDS}


def test_every_name_of_a_source_is_told() -> None:
    assert ", ".join(SOURCES) in " ".join(TEXT.split())


def test_every_file_is_told() -> None:
    for name in (*reading.FILES, *reading.FOLDERS):
        assert f"`{name}" in TEXT


def test_the_commands_are_there() -> None:
    from typer.testing import CliRunner

    from knowledge.__main__ import app

    for command in set(re.findall(r"python -m knowledge (\w+)", TEXT)):
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_a_field_that_is_not_told_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "allotments")
    change(folder / "deck.yaml", "subject:", "colour: green\nsubject:")
    assert "unknown field 'colour'" in str(check.check(folder).problems)
