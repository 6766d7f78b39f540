"""What no lesson answers is known for what it is, declined, and named where the vocabulary has a name."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from knowledge import Knowledge, Match, load
from knowledge.base import SAMPLE_FOLDER
from knowledge.matching.strangers import everyday_beside
from knowledge.matching.text import normalised
from tests.knowledge.test_reading import change

HERE = Path(__file__).parent


class Asked(NamedTuple):
    """A question of the held-out sample."""

    text: str
    right: frozenset[str]
    match: Match


@pytest.fixture(scope="module")
def small() -> Knowledge:
    """Nine lessons on another subject, with no vocabulary."""
    return load(HERE / "small_folder")


@pytest.fixture(scope="module")
def fresh(ours: Knowledge) -> list[Asked]:
    """Officers' questions that were written before anybody looked at the lessons; never example questions."""
    with (HERE / "fresh_questions.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Asked(row["question"], frozenset(row["lessons"].split("|")) - {""}, ours.match(row["question"]))
        for row in rows
    ]


def share(found: list[bool]) -> float:
    """How many of them hold, from 0 to 1."""
    return sum(found) / len(found)


def helps(asked: Asked) -> bool:
    """Whether the right lesson is given or offered."""
    offered = (
        {it.lesson for it in asked.match.candidates}
        if asked.match.band == "suggest"
        else {asked.match.lesson}
    )
    return bool(offered & asked.right)


def test_fresh_questions_stay_out_of_the_examples(fresh: list[Asked], ours: Knowledge) -> None:
    examples = {
        normalised(text).strip("?!. ") for lesson in ours.lessons.values() for text in lesson.questions
    }
    examples |= {normalised(text) for topic in ours.vocabulary.outside for text in topic.questions}
    examples |= set(map(normalised, everyday_beside([])))
    assert [question.text for question in fresh if normalised(question.text).strip("?!. ") in examples] == []


def test_fresh_questions_that_a_lesson_answers(fresh: list[Asked]) -> None:
    asked = [question for question in fresh if question.right]
    assert len(asked) > 150
    assert share([question.match.candidates[0].lesson in question.right for question in asked]) >= 0.92
    assert share([question.match.lesson in question.right for question in asked]) >= 0.82
    assert share([helps(question) for question in asked]) >= 0.97
    assert (
        share(
            [
                question.match.band == "answer" and question.match.lesson not in question.right
                for question in asked
            ]
        )
        <= 0.02
    )


def test_fresh_questions_that_no_lesson_answers(fresh: list[Asked]) -> None:
    asked = [question for question in fresh if not question.right]
    assert len(asked) > 100
    assert share([question.match.band == "answer" for question in asked]) <= 0.03
    assert share([question.match.band == "none" for question in asked]) >= 0.80


@pytest.mark.parametrize(
    "folder", [HERE / "small_folder", SAMPLE_FOLDER], ids=["nine lessons", "six lessons"]
)
def test_a_small_folder_declines_what_has_nothing_to_do_with_it(folder: Path) -> None:
    unrelated = (HERE / "small_unrelated.txt").read_text(encoding="utf-8").splitlines()
    kb = load(folder)
    bands = [kb.match(text).band for text in unrelated]
    assert len(bands) == 20
    assert bands.count("none") >= 16
    assert "answer" not in bands


@pytest.mark.parametrize(
    ("question", "lesson"),
    [
        ("people have stopped helping", "keeping-volunteers"),
        ("plan for the opening night", "first-evening"),
        ("who tests the toasters", "safe-repairs"),
        ("what do we write down about each repair", "counting"),
    ],
)
def test_a_small_folder_answers_what_its_lessons_answer(small: Knowledge, question: str, lesson: str) -> None:
    assert small.match(question).lesson == lesson


@pytest.mark.parametrize(
    "question",
    [
        "what is the capital of France",
        "how many people live in Leeds",
        "how many days leave carry over",
        "can I bring my dog into the office",
        "should we bring in Capita",
        "is it lawful to share a chief exec",
    ],
)
def test_one_shared_word_is_not_understanding(ours: Knowledge, question: str) -> None:
    match = ours.match(question)
    assert match.band == "none"
    assert len(match.near) <= 1


@pytest.mark.parametrize(
    "question", ["can I bring my dog into the office", "reset my password", "qwrtp zxcvb"]
)
def test_no_lesson_is_near_what_is_far(ours: Knowledge, question: str) -> None:
    assert ours.match(question).near == ()


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("can AI help us", "artificial intelligence"),
        ("who pays when one council leaves", "what happens when a partner leaves"),
        ("how should the partners divide what is saved", "how costs and savings are split"),
        ("which of the councils will be abolished", "local government reorganisation"),
        ("do we have to run a competition before we award it", "procurement rules"),
        ("who becomes the employer of the team", "TUPE"),
        # Who is said to ask isn't what is asked, and a term named by the way isn't either.
        ("our s151 wants to know who pays when one leaves", "what happens when a partner leaves"),
        ("our monitoring officer asks whether TUPE applies", "TUPE"),
        ("does the SLA cover pensions", "the LGPS"),
    ],
)
def test_what_is_near_the_field_is_named_with_or_without_its_term(
    ours: Knowledge, question: str, term: str
) -> None:
    match = ours.match(question)
    assert match.band != "answer"
    assert match.outside is not None
    assert match.outside.term == term


@pytest.mark.parametrize(
    ("question", "lesson"),
    [
        ("ok what else did the deck say about models", "models"),
        ("my leader wants to know whether outsourcing works", "model-outsourcing"),
        ("the unions want to know when they get a say", "factor-people"),
        ("buy in", "factor-buy-in"),
        ("buyin", "factor-buy-in"),
    ],
)
def test_ways_of_asking_don_t_stand_between_a_question_and_its_lesson(
    ours: Knowledge, question: str, lesson: str
) -> None:
    assert ours.match(question).candidates[0].lesson == lesson
    assert ours.match(question).band != "none"


@pytest.mark.parametrize(
    ("question", "lesson"),
    [
        ("should we share our s151 with next door?", "model-post-sharing"),
        ("massive hole in the MTFS", "driver-budget-pressure"),
        ("LATCs, mutuals, JVs: a driver?", "driver-delivery-markets"),
        ("why does sharing payroll fail and who pays for it", "model-outcome-system"),
    ],
)
def test_a_strange_term_does_not_beat_a_question_that_a_lesson_answers(
    ours: Knowledge, question: str, lesson: str
) -> None:
    assert ours.match(question).lesson == lesson


def test_a_folder_teaches_what_lies_outside_by_questions_too(folder: Path) -> None:
    asked = "may my chickens live on the plot"
    assert load(folder).match(asked).outside is None
    poultry = "  - term: poultry\n    questions:\n" + "".join(
        f"      - {text}\n"
        for text in ("can I keep chickens", "are hens allowed", "a coop on the plot", "selling eggs")
    )
    change(folder / "vocabulary.yaml", "outside:\n", "outside:\n" + poultry)
    match = load(folder).match(asked)
    assert match.band != "answer"
    assert match.outside is not None
    assert match.outside.term == "poultry"


def test_everyday_questions_that_a_folder_answers_are_no_strangers_to_it() -> None:
    own = ["how do I book leave?", "how much holiday have I left"]
    assert "how do I book leave" in everyday_beside([])
    assert "how do I book leave" not in everyday_beside(own)
    assert "how do I boil an egg" in everyday_beside(own)
