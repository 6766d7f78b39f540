"""Quiz questions that advisors wrote: joined to a bank, and written as a file of a knowledge folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import yaml

from knowledge.matching.text import plain_name
from knowledge.model import Lesson
from knowledge.quiz import Quiz, QuizQuestion, Topic
from knowledge.taught import HEADING, NOTHING, Entries

FILE = "quizzes/advisors.yaml"


def quiz_with(quiz: Quiz, lessons: Mapping[str, Lesson], own: Sequence[QuizQuestion]) -> Quiz:
    """``quiz`` with the advisors' ``own`` questions, in each topic that has their lesson and in one of their
    own. What is there already (by id, or word for word) isn't held twice; one whose lesson is gone is left
    out."""
    ids = {question.id for question in quiz.questions}
    texts = {plain_name(question.text) for question in quiz.questions}
    fresh = [
        question
        for question in own
        if question.lesson in lessons and question.id not in ids and plain_name(question.text) not in texts
    ]
    if not fresh:
        return quiz
    topics = [
        msgspec.structs.replace(topic, questions=_joined(topic, fresh, lessons)) for topic in quiz.topics
    ]
    if not any(topic.name == HEADING for topic in topics):
        topics.append(Topic(HEADING, (), tuple(fresh)))
    return Quiz((*quiz.questions, *fresh), tuple(topics))


def written(own: Sequence[QuizQuestion], there: Entries = NOTHING) -> str:
    """The file of a knowledge folder that holds them, as ``read_quiz`` reads it; what is ``there`` already
    stays as it stands."""
    fresh = [entry_of(question) for question in own if not there.has(question.id)]
    content = {"topic": HEADING, **there.content, "questions": [*there.entries("questions"), *fresh]}
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    return f"# Quiz questions that advisors wrote in chat.\n{text}"


def _joined(
    topic: Topic, fresh: Sequence[QuizQuestion], lessons: Mapping[str, Lesson]
) -> tuple[QuizQuestion, ...]:
    there = {question.lesson for question in topic.questions}
    joins = (
        question
        for question in fresh
        if question.lesson in there or topic.name in (HEADING, lessons[question.lesson].heading)
    )
    return (*topic.questions, *joins)


def entry_of(question: QuizQuestion) -> dict[str, object]:
    """A question as it stands in the file."""
    entry: dict[str, object] = {"id": question.id, "lesson": question.lesson, "kind": question.kind}
    entry["text"] = question.text
    if question.kind == "truth":
        entry["answer"] = question.options[0].right
    else:
        entry["right"] = [option.text for option in question.options if option.right]
        entry["wrong"] = [option.text for option in question.options if not option.right]
    return {**entry, "why": question.why, **({"advised": question.advised} if question.advised else {})}
