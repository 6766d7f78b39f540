"""The quiz bank: questions on the lessons, gathered by topic, and how they are read from ``quizzes/``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec
from rapidfuzz import fuzz, process

from knowledge.fields import Complain, Fields, Written, yaml_files
from knowledge.matching.text import plain_name
from knowledge.model import Lesson
from knowledge.problems import Problem

QuizQuestionKind = Literal["single", "several", "truth"]

_KINDS: dict[str, QuizQuestionKind] = {"single": "single", "several": "several", "truth": "truth"}
_MOST_OPTIONS = 5
_SAME_TOPIC = 80
"""Of 100, by rapidfuzz's ratio: from here on a typed name counts as a slip of the topic's."""
TOPIC_FIELDS = ("topic", "also", "questions")
QUESTION_FIELDS = ("id", "lesson", "kind", "case", "text", "why", "advised")


class QuizOption(msgspec.Struct, frozen=True):
    """One answer to choose from."""

    text: str
    right: bool


class QuizQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One question with its answers, as written; ``shuffled`` gives the order in which to show them."""

    id: str
    """Lasts over changes of the wording: what people missed is remembered by it."""
    lesson: str
    """The id of the lesson that it teaches."""
    kind: QuizQuestionKind
    """One right option, several (two or more), or a statement that is true or false."""
    case: bool = False
    """Whether it tells a little story to judge, rather than asking what the deck says."""
    text: str
    options: tuple[QuizOption, ...]
    """Two to five, the right ones first; for a statement, True and False."""
    why: str
    """Why the right answer is right, in plain text."""
    advised: str = ""
    """Whose it is and since when, where advisors wrote it; empty for one of the folder's author."""


class Topic(msgspec.Struct, frozen=True):
    """What people can ask to be quizzed on: a short name from a file, or a heading of the deck."""

    name: str
    also: tuple[str, ...]
    """Other ways to type it."""
    questions: tuple[QuizQuestion, ...]


class Quiz(msgspec.Struct, frozen=True):
    """The whole bank; empty where a knowledge folder brings none."""

    questions: tuple[QuizQuestion, ...] = ()
    topics: tuple[Topic, ...] = ()
    """The short names in the order of their files, then the deck's headings that have questions."""

    def question(self, id: str) -> QuizQuestion | None:
        """The question with this id, or None: it may have gone since somebody missed it."""
        return next((question for question in self.questions if question.id == id), None)

    def on_lesson(self, lesson: str) -> tuple[QuizQuestion, ...]:
        """The questions that teach this lesson."""
        return tuple(question for question in self.questions if question.lesson == lesson)

    def topic(self, typed: str) -> Topic | None:
        """The topic that somebody means, slips of the pen forgiven; None where none comes near."""
        names = {
            plain_name(name): topic for topic in reversed(self.topics) for name in (topic.name, *topic.also)
        }
        plain = plain_name(typed)
        found = process.extractOne(plain, list(names), scorer=fuzz.ratio, score_cutoff=_SAME_TOPIC)
        return names[found[0]] if found else None


def shuffled(question: QuizQuestion, seed: str) -> tuple[QuizOption, ...]:
    """The options in an order that only ``seed`` decides; True stays before False."""
    if question.kind == "truth":
        return question.options

    def rank(option: QuizOption) -> bytes:
        return hashlib.sha256("\0".join((seed, question.id, option.text)).encode()).digest()

    return tuple(sorted(question.options, key=rank))


def read_quiz(
    folder: Path, lessons: Mapping[str, Lesson], present: Iterable[str], headings: Iterable[str],
    problems: list[Problem],
) -> tuple[Quiz, list[Written]]:  # fmt: skip
    """The bank in ``folder``, and its texts by line for the linter.

    ``present``: the ids that a question may name: of all lessons, also of those that could not be read.
    """
    present = set(present)
    written: list[Written] = []
    topics: list[Topic] = []
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    for file, fields, complain in yaml_files(folder, "quizzes", problems):
        fields.only(TOPIC_FIELDS)
        name, also = fields.text("topic"), fields.texts("also", required=False)
        for typed, line in [(name, fields.line_of("topic")), *also]:
            first = names.setdefault(plain_name(typed), file)
            if first != file:
                complain(line, f"{first} is called '{typed}' too")
        entries = fields.mappings("questions")
        if not entries:
            complain(fields.line_of("questions"), "'questions' is missing or empty")
        questions = []
        for entry in entries:
            question = _read_question(entry, file, complain, written)
            first = ids.setdefault(question.id, f"{file}:{entry.line_of('id')}")
            if question.id and first != f"{file}:{entry.line_of('id')}":
                complain(entry.line_of("id"), f"another question has the id '{question.id}' too ({first})")
            if question.lesson and question.lesson not in present:
                complain(entry.line_of("lesson"), f"there is no lesson '{question.lesson}'")
            questions.append(question)
        topics.append(Topic(name, tuple(text for text, _ in also), tuple(questions)))
    every = tuple(question for topic in topics for question in topic.questions)
    for heading in headings:
        under = (
            question
            for question in every
            if question.lesson in lessons and lessons[question.lesson].heading == heading
        )
        topics.append(Topic(heading, (), tuple(under)))
    return Quiz(every, tuple(topic for topic in topics if topic.questions)), written


def _read_question(fields: Fields, file: str, complain: Complain, written: list[Written]) -> QuizQuestion:
    kind = _KINDS.get(fields.text("kind"))
    if kind is None:
        if fields.has("kind"):
            complain(fields.line_of("kind"), f"'kind' must be one of {', '.join(_KINDS)}")
        fields.only((*QUESTION_FIELDS, "right", "wrong", "answer"))
        options: tuple[QuizOption, ...] = ()
    elif kind == "truth":
        fields.only((*QUESTION_FIELDS, "answer"))
        answer = fields.flag("answer", required=True)
        options = (QuizOption("True", answer), QuizOption("False", not answer))
    else:
        fields.only((*QUESTION_FIELDS, "right", "wrong"))
        options = _read_options(fields, kind, file, complain, written)
    text, why = fields.text("text"), fields.text("why")
    written.append(Written(file, fields.line_of("text"), "the question", text))
    written.append(Written(file, fields.line_of("why"), "the reason", why))
    return QuizQuestion(
        id=fields.text("id"), lesson=fields.text("lesson"), kind=kind or "single", case=fields.flag("case"),
        text=text, options=options, why=why, advised=fields.text("advised", required=False),
    )  # fmt: skip


def _read_options(
    fields: Fields, kind: QuizQuestionKind, file: str, complain: Complain, written: list[Written]
) -> tuple[QuizOption, ...]:
    right, wrong = fields.texts("right"), fields.texts("wrong")
    if kind == "single" and len(right) > 1:
        complain(fields.line_of("right"), f"{len(right)} right options; 'single' has one, 'several' more")
    if kind == "several" and len(right) == 1:
        complain(fields.line_of("right"), "one right option; 'several' has two or more, 'single' one")
    if len(right) + len(wrong) > _MOST_OPTIONS:
        message = f"{len(right) + len(wrong)} options; at most {_MOST_OPTIONS} fit"
        complain(fields.line_of("wrong"), message)
    seen: set[str] = set()
    for text, line in (*right, *wrong):
        plain = plain_name(text)
        if plain in seen:
            complain(line, f"the option '{text}' stands here twice")
        seen.add(plain)
        written.append(Written(file, line, "an option", text))
    return (*(QuizOption(text, True) for text, _ in right), *(QuizOption(text, False) for text, _ in wrong))
