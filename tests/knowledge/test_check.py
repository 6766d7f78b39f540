"""The content linter finds, by file and line, what readers or the matcher would suffer from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.authoring.check import check, counts
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
    ("- think first", "- think first" * 60, "watering.md:21: 'What the source says' has"),
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
    assert [(problem.file, problem.line) for problem in check(folder).problems] == [
        ("lessons/watering.md", 3)
    ]


def test_the_first_answer_fits_on_a_telephone(folder: Path) -> None:
    change(folder / "lessons" / "watering.md", "- think first", "- think first" + " and again" * 30)
    message = "the answer and 'What the source says' have 75 words; at most 65 fit"
    assert [str(problem) for problem in check(folder).problems] == [f"lessons/watering.md:19: {message}"]


def test_a_sentence_may_not_come_again_in_lesson_after_lesson(folder: Path) -> None:
    assert check(folder).problems == []  # each sentence in four lessons at most
    questions = "\n".join(
        f"  - {said} the weeds number {number}"
        for number, said in enumerate(["pull", "hoe", "burn", "dig"] * 3)
    )
    text = (folder / "lessons" / "plot-size.md").read_text(encoding="utf-8")
    front, body = text.split("questions:\n")[0], text.split("---\n")[2]
    weeds = front.replace("The size of the plot", "Weeds") + f"questions:\n{questions}\n---\n{body}"
    (folder / "lessons" / "weeds.md").write_text(weeds, encoding="utf-8")
    refrain = "'The talk doesn't say more than that.' stands in 5 lessons; say it in each lesson's own words"
    assert f"lessons/plot-size.md:26: {refrain}" in [str(problem) for problem in check(folder).problems]


# --- What would be passed over without a word ---------------------------------------------------------


def test_a_lesson_without_questions_is_named(folder: Path) -> None:
    path = folder / "lessons" / "watering.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("questions:")] + text[text.index("---\nWatering") :], encoding="utf-8")
    problems = [str(problem) for problem in check(folder).problems]
    assert "lessons/watering.md:2: 'questions' is missing" in problems


def test_a_lesson_without_an_answer_is_named(folder: Path) -> None:
    change(folder / "lessons" / "watering.md", "Watering well matters more than tools.\n", "")
    change(folder / "lessons" / "watering.md", "- then dig", "- then dig " * 70)
    assert any(
        "watering.md" in str(problem) and "is empty" in str(problem) for problem in check(folder).problems
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("quiz/seasons.yaml", "quiz:1: isn't read; did you mean quizzes?"),
        ("vocabulary.yml", "vocabulary.yml:1: isn't read; did you mean vocabulary.yaml?"),
        ("notes.md", "notes.md:1: isn't read; the files here are deck.yaml, vocabulary.yaml, level.yaml"),
        ("pictures/soil.png", "pictures:1: isn't read; the folders here are lessons, quizzes,"),
    ],
)
def test_a_file_that_nobody_reads_is_named(folder: Path, name: str, hint: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("x", encoding="utf-8")
    assert [str(problem)[: len(hint)] for problem in check(folder).problems] == [hint]


def test_a_file_in_the_place_of_a_folder_is_named(folder: Path) -> None:
    (folder / "quizzes").write_text("topic: soil", encoding="utf-8")
    assert [str(problem) for problem in check(folder).problems] == ["quizzes:1: is not a folder"]


PULSES = """\
pulses:
  - {id: mood, lesson: watering, text: How is it going?, low: badly, high: well}
  - {id: trend, also: [Mood], lesson: watering, text: Is it growing?, low: not, high: much}
templates:
  - {id: a, title: Water it, lesson: watering, kind: pulse, pulse: mood, when: w, season: s, why: y}
  - {id: b, title: WATER IT, lesson: watering, kind: pulse, pulse: trend, when: w, season: s, why: z}
"""


def test_a_name_that_two_things_have_is_named(folder: Path) -> None:
    (folder / "templates").mkdir()
    (folder / "templates" / "year.yaml").write_text(PULSES, encoding="utf-8")
    change(folder / "lessons" / "watering.md", "title: Watering well", "title: FEEDING the soil")
    assert [str(problem) for problem in check(folder).problems] == [
        "lessons/feeding-soil.md:2: another lesson has the title 'Feeding the soil' too",
        "lessons/watering.md:2: another lesson has the title 'FEEDING the soil' too",
        "templates/year.yaml:3: the pulse question 'mood' is called 'Mood' too",
        "templates/year.yaml:6: 'WATER IT' is the title of another one too (templates/year.yaml:5)",
    ]


def test_a_heading_without_a_lesson_is_named(folder: Path) -> None:
    change(folder / "deck.yaml", "  - Through the year", "  - Through the year\n  - In space")
    told = [str(problem) for problem in check(folder).problems]
    assert told == ["deck.yaml:12: no lesson stands under the heading 'In space'"]


def test_a_folder_may_say_what_it_is(folder: Path) -> None:
    (folder / "README.md").write_text("About our allotments.", encoding="utf-8")
    (folder / "lessons" / "README.md").write_text("A file each.", encoding="utf-8")
    assert check(folder).problems == []


def test_a_heading_that_stands_twice_is_named(folder: Path) -> None:
    change(folder / "deck.yaml", "  - Through the year", "  - Through the year\n  - Through the year")
    assert [str(problem) for problem in check(folder).problems] == [
        "deck.yaml:12: the heading 'Through the year' stands here twice"
    ]


SYNONYMS = [
    ("muck", "[dung]", "vocabulary.yaml:5: 'dung' means 'manure' already (line 3)"),
    ("dung", "[muck]", "vocabulary.yaml:4: 'dung' is itself read as 'manure' (line 3)"),
    ("farmyard gold", "[manure]", "vocabulary.yaml:2: 'manure' is itself read as 'farmyard gold' (line 5)"),
]


@pytest.mark.parametrize(("means", "terms", "expected"), SYNONYMS)
def test_a_term_means_one_thing_and_in_the_end(folder: Path, means: str, terms: str, expected: str) -> None:
    change(folder / "vocabulary.yaml", "outside:", f"  - means: {means}\n    terms: {terms}\noutside:")
    assert any(str(problem).startswith(expected) for problem in check(folder).problems)


HOSTILE = [
    ("bare: " + "[" * 100_000, "nested this deep"),
    ("bare: &all\n  crop rotation: *all", "anchors, aliases"),
    ("bare:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 60)), "nested this deep"),
    ("bare: {a: '" + "m" * 1_100_000 + "'}", "at most 1,000,000 are read"),
    ("bare: !!python/object/apply:os.getcwd []", "'bare' must map terms to sentences"),
]


@pytest.mark.parametrize(("yaml", "expected"), HOSTILE, ids=["flow", "anchor", "block", "size", "tag"])
def test_hostile_yaml_is_refused_in_words(folder: Path, yaml: str, expected: str) -> None:
    path = folder / "deck.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("bare:")] + yaml + "\n", encoding="utf-8")
    assert any(expected in problem.message for problem in check(folder).problems)


def test_a_pipe_is_no_file(folder: Path) -> None:
    (folder / "vocabulary.yaml").unlink()
    os.mkfifo(folder / "vocabulary.yaml")
    assert "vocabulary.yaml:1: is not a file" in [str(problem) for problem in check(folder).problems]
