"""The linter of the quiz bank: what gives an answer away to those who don't know the lesson."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.fields import Written
from knowledge.matching.text import normalised, words
from knowledge.problems import Problem
from knowledge.quiz import Quiz, QuizQuestion

_FEWEST = 10
"""Questions of one kind from which on a share says something about the bank."""
_LONGER = 1.3
"""A right option of more than this many times the longest wrong one is seen to be the right one …"""
_AT_LEAST = 10
"""… if it is also longer by more than this many characters."""
MOST_ALIKE_IN_LENGTH = 0.4
"""The greatest share of questions in which the right option may be the longest, or the shortest."""
MOST_SILENT = 0.15
"""The greatest share of questions whose right option is that the source doesn't say."""
FEWEST_OF_EACH_TRUTH = 0.4
"""The least share of the statements that must be true, and of those that must be false."""
_OPENING = 5
"""Words: questions that begin with the same …"""
_MOST_OPENINGS = 3
"""… are asked at most this often."""
_CATCH_ALL = re.compile(r"(?:all|any|both|neither|none) of (?:these|those|them|the above)\b", re.IGNORECASE)
_SILENT = re.compile(
    r"(?:n't|n’t|\bnot|\bnever) (?:say|said|mention|name|explain|define)|\bunexplained\b|\bno more\b"
    r"|\bwithout (?:saying|naming)|^none\b|\bonly lists?\b",
    re.IGNORECASE,
)


def teachable(quiz: Quiz, written: Sequence[Written]) -> Iterator[Problem]:
    """Questions, and habits of the bank, by which an answer is found without knowing the lesson."""
    places = {text.text: text for text in written if text.part == "the question"}
    single = [
        question
        for question in quiz.questions
        if question.kind == "single" and question.options and question.text in places
    ]
    for question in single:
        yield from _by_itself(question, places[question.text])
    if len(single) >= _FEWEST:
        yield from _by_length(single, places)
        silent = [question for question in single if _SILENT.search(question.options[0].text)]
        habit = "the right option is that the source doesn't say"
        yield from _habit(silent, len(single), MOST_SILENT, habit, places)
    truths = [question for question in quiz.questions if question.kind == "truth" and question.text in places]
    if len(truths) >= _FEWEST:
        for answer in (True, False):
            same = [question for question in truths if question.options[0].right is answer]
            most = 1 - FEWEST_OF_EACH_TRUTH
            yield from _habit(same, len(truths), most, f"the answer is {answer}", places)
    yield from _openings(quiz.questions, places)


def _by_itself(question: QuizQuestion, place: Written) -> Iterator[Problem]:
    right, *wrong = (option.text for option in question.options)
    longest = max((len(option) for option in wrong), default=len(right))
    if len(right) > max(_LONGER * longest, longest + _AT_LEAST):
        message = (
            f"the right option has {len(right)} characters, the longest wrong one {longest}: it stands out"
        )
        yield Problem(place.file, place.line, message)
    for text in (right, *wrong):
        if _CATCH_ALL.match(text):
            message = f"the option '{text}' speaks of the other options, which stand in any order"
            yield Problem(place.file, place.line, message)


def _by_length(single: Sequence[QuizQuestion], places: dict[str, Written]) -> Iterator[Problem]:
    for extreme, name in ((max, "longest"), (min, "shortest")):
        told = [
            question
            for question in single
            if question.options[0].text == extreme((o.text for o in question.options), key=len)
        ]
        habit = f"the right option is the {name}"
        yield from _habit(told, len(single), MOST_ALIKE_IN_LENGTH, habit, places)


def _habit(
    found: Sequence[QuizQuestion], of: int, most: float, habit: str, places: dict[str, Written]
) -> Iterator[Problem]:
    """A complaint about a share that is too large, at the last of the questions that make it up."""
    if len(found) > most * of:
        place = places[found[-1].text]
        message = f"in {len(found)} of {of} questions {habit}; at most {most:.0%} may"
        yield Problem(place.file, place.line, message)


def _openings(questions: Sequence[QuizQuestion], places: dict[str, Written]) -> Iterator[Problem]:
    begun: dict[str, list[QuizQuestion]] = {}
    for question in questions:
        begun.setdefault(" ".join(words(normalised(question.text))[:_OPENING]), []).append(question)
    for opening, alike in begun.items():
        if len(alike) > _MOST_OPENINGS and alike[-1].text in places:
            place = places[alike[-1].text]
            message = f"{len(alike)} questions begin with '{opening}'; at most {_MOST_OPENINGS} may"
            yield Problem(place.file, place.line, message)
