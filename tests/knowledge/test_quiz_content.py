"""The quiz bank: our own holds together, and another folder's is read whole or refused by file and line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from knowledge import BadKnowledge, Knowledge, QuizOption, QuizQuestion, load, shuffled
from knowledge.authoring.check import check, counts
from knowledge.base import read
from tests.knowledge.test_reading import change, faults

PLOTS = """\
topic: plots
also: [my plot]
questions:
  - id: size-first
    lesson: plot-size
    kind: single
    text: How large a plot does the talk advise a beginner to take?
    right: [Half a plot]
    wrong: [A whole plot, Two plots]
    why: The talk says so.
  - id: soil-feeds
    lesson: feeding-soil
    kind: several
    case: true
    text: Your lettuces look pale. What would the talk bring them?
    right: [Manure, Compost]
    wrong: [Gravel]
    why: Both feed the soil.
  - id: water-noon
    lesson: watering
    kind: truth
    text: Noon is the best time to water.
    answer: false
    why: The evening is.
"""


@pytest.fixture
def bank(folder: Path) -> Path:
    """The quiz file of a good folder, to change and break."""
    (folder / "quizzes").mkdir()
    path = folder / "quizzes" / "plots.yaml"
    path.write_text(PLOTS, encoding="utf-8")
    return path


def linted(bank: Path) -> list[str]:
    """What loader and linter find, a line each."""
    return [str(problem) for problem in check(bank.parents[1]).problems]


def test_a_bank_is_read_whole(bank: Path) -> None:
    quiz = read(bank.parents[1])[1].quiz
    assert [(question.id, question.lesson, question.kind, question.case) for question in quiz.questions] == [
        ("size-first", "plot-size", "single", False),
        ("soil-feeds", "feeding-soil", "several", True),
        ("water-noon", "watering", "truth", False),
    ]
    assert [question.options for question in quiz.questions] == [
        (QuizOption("Half a plot", True), QuizOption("A whole plot", False), QuizOption("Two plots", False)),
        (QuizOption("Manure", True), QuizOption("Compost", True), QuizOption("Gravel", False)),
        (QuizOption("True", False), QuizOption("False", True)),
    ]
    assert quiz.question("water-noon") == quiz.questions[2]
    assert quiz.question("gone-since") is None
    assert quiz.on_lesson("feeding-soil") == (quiz.questions[1],)
    assert "quiz questions: 3, readiness statements: 0" in counts(check(bank.parents[1]))


def test_a_topic_is_a_short_name_or_a_heading_of_the_deck(bank: Path) -> None:
    quiz = read(bank.parents[1])[1].quiz
    assert [(topic.name, [question.id for question in topic.questions]) for topic in quiz.topics] == [
        ("plots", ["size-first", "soil-feeds", "water-noon"]),
        ("Before you start", ["size-first"]),
        ("Through the year", ["soil-feeds", "water-noon"]),
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plots", "plots"),
        ("My plot", "plots"),
        ("polts", "plots"),
        ("through the year", "Through the year"),
        ("Thru the year!", "Through the year"),
        ("bicycles", None),
        ("", None),
    ],
)
def test_a_topic_is_found_as_people_type_it(bank: Path, typed: str, meant: str | None) -> None:
    found = read(bank.parents[1])[1].quiz.topic(typed)
    assert (found.name if found else None) == meant


def test_a_folder_may_do_without_a_quiz(allotments: Knowledge) -> None:
    assert not allotments.quiz.questions
    assert not allotments.quiz.topics
    assert allotments.quiz.topic("plots") is None


REFUSED = [
    ("topic: plots\n", "", "1: 'topic' is missing"),
    ("topic: plots", "topics: plots", "1: unknown field 'topics'"),
    (PLOTS[PLOTS.index("  - id: size") :], "", "3: 'questions' is missing or empty"),
    ("    why: The evening is.\n", "", "19: 'why' is missing"),
    ("    why: The evening is.", "    because: The evening is.", "24: unknown field 'because'"),
    ("lesson: plot-size", "lesson: plot-sise", "5: there is no lesson 'plot-sise'"),
    ("kind: single", "kind: guess", "6: 'kind' must be one of single, several, truth"),
    ("case: true", "case: perhaps", "14: 'case' must be true or false"),
    ("answer: false", "answer: maybe", "23: 'answer' must be true or false"),
    ("    answer: false\n", "", "19: 'answer' is missing"),
    ("    answer: false", "    right: [Evening]", "23: unknown field 'right'"),
    ("right: [Half a plot]", "answer: true", "8: unknown field 'answer'"),
    ("right: [Half a plot]", "right: []", "8: 'right' is empty"),
    ("right: [Half a plot]", "right: [Half a plot, A rod]", "8: 2 right options; 'single' has one"),
    ("right: [Manure, Compost]", "right: [Manure]", "16: one right option; 'several' has two or more"),
    ("    wrong: [Gravel]\n", "", "11: 'wrong' is missing"),
    ("[A whole plot, Two plots]", "[A, B, C, D, E]", "9: 6 options; at most 5 fit"),
    ("[A whole plot, Two plots]", "[A rod, half a Plot]", "9: the option 'half a Plot' stands here twice"),
    ("id: soil-feeds", "id: size-first", "11: another question has the id 'size-first' too (quizzes/plots"),
]


@pytest.mark.parametrize(("old", "new", "expected"), REFUSED)
def test_the_loader_names_file_and_line(bank: Path, old: str, new: str, expected: str) -> None:
    change(bank, old, new)
    assert any(fault.startswith(f"quizzes/plots.yaml:{expected}") for fault in faults(bank.parents[1]))


LONG = [
    ("Noon is the best time to water.", 201, "22: the question has 201 characters; at most 200 fit"),
    ("Gravel", 71, "17: an option has 71 characters; at most 70 fit"),
    ("The evening is.", 301, "24: the reason has 301 characters; at most 300 fit"),
]


@pytest.mark.parametrize(("old", "length", "expected"), LONG)
def test_the_linter_refuses_what_does_not_fit_on_a_card(
    bank: Path, old: str, length: int, expected: str
) -> None:
    change(bank, old, "m" * length)
    assert linted(bank) == [f"quizzes/plots.yaml:{expected}"]
    change(bank, "m" * length, "m" * (length - 1))
    assert linted(bank) == []


@pytest.mark.parametrize(
    "again",
    [
        "How large a plot does the talk advise a beginner to take?",
        "How large a plot would the talk advise beginners to take?",
    ],
)
def test_the_linter_refuses_the_same_question_twice(bank: Path, again: str) -> None:
    change(bank, "Noon is the best time to water.", again)
    assert linted(bank) == [
        f"quizzes/plots.yaml:22: '{again}' is too like 'How large a plot does the talk advise a beginner to "
        "take?' (quizzes/plots.yaml:7)"
    ]


def test_ids_and_topic_names_are_unique_over_all_files(bank: Path) -> None:
    second = PLOTS.replace("topic: plots", "topic: My Plot").replace("also: [my plot]\n", "")
    (bank.parent / "second.yaml").write_text(second, encoding="utf-8")
    found = faults(bank.parents[1])
    assert "quizzes/second.yaml:1: quizzes/plots.yaml is called 'My Plot' too" in found
    same_id = "another question has the id 'soil-feeds' too (quizzes/plots.yaml:11)"
    assert f"quizzes/second.yaml:10: {same_id}" in found


def test_a_quiz_file_with_another_ending_is_not_passed_over(bank: Path) -> None:
    bank.rename(bank.with_suffix(".yml"))
    assert faults(bank.parents[1])[0].startswith("quizzes/plots.yml:1: a file here is named in small letters")


@pytest.mark.parametrize("content", [b"- a list\n", b"topic: [", b"\xff", b"", b"topic: a: b\n"])
def test_an_unreadable_file_is_a_sentence_and_no_crash(bank: Path, content: bytes) -> None:
    bank.write_bytes(content)
    with pytest.raises(BadKnowledge) as refused:
        load(bank.parents[1])
    assert [problem.file for problem in refused.value.problems] == ["quizzes/plots.yaml"]


def test_a_telephone_number_is_found_here_too(bank: Path) -> None:
    change(bank, "The evening is.", "Ring 020 7946 0123.")
    assert linted(bank) == ["quizzes/plots.yaml:24: looks like a telephone number; take it out"]


def of_four() -> QuizQuestion:
    options = (
        QuizOption("north", True),
        QuizOption("east", False),
        QuizOption("south", False),
        QuizOption("west", False),
    )
    return QuizQuestion(id="wind", lesson="plot-size", kind="single", text="?", options=options, why="")


def test_the_order_of_options_follows_the_seed_alone() -> None:
    question = of_four()
    assert shuffled(question, "K7QM") == shuffled(question, "K7QM")
    assert set(shuffled(question, "K7QM")) == set(question.options)


def test_the_right_option_comes_about_as_often_in_each_place() -> None:
    places = Counter(shuffled(of_four(), str(seed)).index(QuizOption("north", True)) for seed in range(400))
    assert sorted(places) == [0, 1, 2, 3]
    assert min(places.values()) > 60


def test_true_stays_before_false(bank: Path) -> None:
    question = read(bank.parents[1])[1].quiz.questions[2]
    assert {shuffled(question, str(seed)) for seed in range(20)} == {question.options}


def test_our_bank_covers_every_lesson_in_all_kinds(ours: Knowledge) -> None:
    questions = ours.quiz.questions
    assert len(questions) >= 60
    assert {question.lesson for question in questions} == set(ours.lessons)
    assert {question.kind for question in questions} == {"single", "several", "truth"}
    assert sum(question.case for question in questions) >= 0.6 * len(questions)


def test_our_topics_go_by_the_names_that_people_use(ours: Knowledge) -> None:
    for typed in ("models", "factors", "drivers", "origins", "capital ambition", *ours.deck.headings):
        found = ours.quiz.topic(typed)
        assert found is not None, typed
        assert found.name == typed


def test_our_right_options_stand_as_often_in_each_place(ours: Knowledge) -> None:
    """Over many quizzes, each letter is the right one about as often as the others."""
    four = [
        question
        for question in ours.quiz.questions
        if question.kind == "single" and len(question.options) == 4
    ]
    places = Counter(
        [option.right for option in shuffled(question, str(seed))].index(True)
        for question in four
        for seed in range(300)
    )
    assert sorted(places) == [0, 1, 2, 3]
    assert max(places.values()) < 1.1 * min(places.values())
