"""``python -m knowledge``, as a person or a script runs it; what it refuses, without a process for each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from knowledge.__main__ import app
from tests.knowledge.allotments import questions_of
from tests.knowledge.test_reading import change


def run(*arguments: str, typed: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line with this on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "knowledge", *arguments],
        input=typed,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def said(*arguments: str, **environment: str) -> Result:
    """What the command line says, run in this process."""
    return CliRunner().invoke(app, arguments, env=environment, prog_name="python -m knowledge")


def test_questions_in_one_object_a_line_out(folder: Path) -> None:
    questions = ["how do I feed the soil", "", "bees?", 'a "quoted" \u2028 line', "x" * 40_000]
    result = run("match", "--folder", str(folder), typed="\n".join(questions).encode())
    answers = [json.loads(line) for line in result.stdout.decode().split("\n")[:-1]]
    assert (result.returncode, result.stderr) == (0, b"")
    assert [answer["question"] for answer in answers] == questions
    for answer in answers:
        assert set(answer) == {"question", "band", "lesson", "candidates"}
        assert answer["band"] in {"answer", "suggest", "none"}
        assert (answer["lesson"] is not None) == (answer["band"] == "answer")
        assert all(set(candidate) == {"lesson", "score", "phrase"} for candidate in answer["candidates"])
    assert answers[0]["lesson"] == answers[0]["candidates"][0]["lesson"] == "feeding-soil"


def test_any_list_of_phrases_can_be_matched_and_the_best_always_named(tmp_path: Path) -> None:
    phrases = tmp_path / "phrases.tsv"
    pairs = [("water", question) for question in questions_of("watering")] + [
        ("year", question) for question in questions_of("the-year")
    ]
    phrases.write_text("".join(f"{lesson}\t{text}\n" for lesson, text in pairs), encoding="utf-8")
    result = run("match", "--phrases", str(phrases), "--no-bands", typed=b"seedlings\njobs in winter\n")
    assert [json.loads(line)["lesson"] for line in result.stdout.splitlines()] == ["water", "year"]


def test_text_that_is_not_utf8_is_matched_all_the_same(folder: Path) -> None:
    result = run("match", "--folder", str(folder), typed=b"feed the s\xf6il\r\nwater\r\n")
    assert [json.loads(line)["question"] for line in result.stdout.splitlines()] == [
        "feed the s\ufffdil",
        "water",
    ]


def test_check_counts_what_is_good(folder: Path) -> None:
    result = run("check", KNOWLEDGE_DIR=str(folder))
    counted = b"lessons: 4, example questions: 48, quiz questions: 0, readiness statements: 0, "
    counted += b"templates: 0, pulse questions: 0\n"
    assert (result.returncode, result.stdout) == (0, counted)


def test_check_refuses_what_is_bad_by_file_and_line(folder: Path) -> None:
    change(folder / "lessons" / "watering.md", "related: [feeding-soil]", "related: [weeding]")
    result = run("check", "--folder", str(folder))
    assert result.returncode == 1
    assert b"lessons/watering.md:4: 'related': there is no lesson 'weeding'\n" in result.stderr


TEMPLATES = """\
templates:
  - id: frost
    title: Before the first frost
    lesson: watering
    kind: remind
    text: Lift the last potatoes.
    when: {when}
    season: October
    why: Frost spoils them.
"""


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("every 1 October at 9:30", ""),
        ("in one week at 9:30", ""),
        ("when the swallows leave", "templates/frost.yaml:7: 'when': "),
        ("every 30 February at 9:30", "templates/frost.yaml:7: 'when': "),
        ("every Monday", "templates/frost.yaml:7: 'when': "),
    ],
)
def test_check_reads_a_template_s_date_as_the_bot_does(folder: Path, when: str, found: str) -> None:
    (folder / "templates").mkdir()
    (folder / "templates" / "frost.yaml").write_text(TEMPLATES.format(when=when), encoding="utf-8")
    result = said("check", "--folder", str(folder))
    assert result.exit_code == bool(found)
    assert found in result.stderr


@pytest.mark.timeout(300)  # a quarter of a minute of a processor: each example is left out once
def test_a_new_folder_is_good_and_answers(tmp_path: Path) -> None:
    made = run("new", str(tmp_path / "ours"))
    assert made.returncode == 0
    assert b"python -m knowledge check --folder" in made.stdout
    checked = run("check", "--folder", str(tmp_path / "ours"))
    assert (checked.returncode, checked.stderr) == (0, b"")
    for part in (
        b"lessons: 0",
        b"quiz questions: 0",
        b"statements: 0",
        b"templates: 0",
        b"pulse questions: 0",
    ):
        assert part not in checked.stdout
    answered = run(
        "match", "--folder", str(tmp_path / "ours"), typed=b"do we need a caretaker for the hall\n"
    )
    assert json.loads(answered.stdout)["band"] == "answer"


def test_a_new_folder_takes_nothing_s_place(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    refused = run("new", str(folder))
    assert refused.returncode == 1
    assert b"isn't empty" in refused.stderr
    assert sorted(folder.rglob("*")) == before


def test_show_prints_a_lesson(folder: Path) -> None:
    shown = run("show", "feeding-soil", "--folder", str(folder)).stdout.decode()
    for part in (
        "Feeding the soil",
        "2012 talk",
        "think first",
        "Ask a neighbour",
        "when should I dig in manure",
    ):
        assert part in shown


WAYS_OUT = [
    (["show", "feeding-soul"], "there is no lesson 'feeding-soul'; did you mean feeding-soil?"),
    (["show", "zzz"], "there is no lesson 'zzz'; there are plot-size, the-year, watering, feeding-soil"),
    (["match", "--phrases", "nowhere.tsv"], "nowhere.tsv can't be read: No such file or directory"),
    (["match", "--folder", "nowhere"], "nowhere can't be used (deck.yaml:1: is missing)"),
    (["show", "plot-size", "--folder", "nowhere"], "see: python -m knowledge check"),
]


@pytest.mark.parametrize(("arguments", "expected"), WAYS_OUT)
def test_an_error_is_one_line_with_the_way_out(folder: Path, arguments: list[str], expected: str) -> None:
    result = said(*arguments, KNOWLEDGE_DIR=str(folder))
    assert result.exit_code != 0
    assert expected in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a\tb\nno tab\n", ":2: expected a lesson, a tab"),
        (b"\n", "has no lines"),
        (b"\xff", "not written in UTF-8"),
    ],
)
def test_a_bad_list_of_phrases_is_refused_by_line(tmp_path: Path, content: bytes, expected: str) -> None:
    phrases = tmp_path / "phrases.tsv"
    phrases.write_bytes(content)
    result = said("match", "--phrases", str(phrases))
    assert result.exit_code == 1
    assert expected in result.stderr


@pytest.mark.parametrize("command", [[], ["check"], ["match"], ["show"]])
def test_help_is_everywhere(command: list[str]) -> None:
    assert "Usage: python -m knowledge" in said(*command, "--help").stdout
