"""Lessons that advisors taught: in a running bot's store, or as ``taught.yaml`` in a knowledge folder."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml

from knowledge.fields import ID, collector, read_fields, read_text
from knowledge.model import Lesson
from knowledge.problems import Problem

FILE = "taught.yaml"
TAUGHT_FIELDS = ("id", "of", "title", "answer", "questions", "advised")
CASE_FIELDS = ("question", "lesson")
HEADING = "From our advisors"
"""Under which taught lessons are listed."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LEAD = 160
"""Characters of the sentence that stands for the whole."""


class Taught(NamedTuple):
    """A lesson of the advisors' own, or further example questions of another lesson."""

    id: str
    of: str
    """The lesson whose examples they are; empty for a lesson of its own."""
    title: str
    answer: str
    questions: tuple[str, ...]
    advised: str
    """As ``Lesson.advised``."""


class Case(NamedTuple):
    """A question that is to find a lesson, whatever else is taught."""

    question: str
    lesson: str


def lessons_with(lessons: Mapping[str, Lesson], taught: Sequence[Taught]) -> dict[str, Lesson]:
    """``lessons`` with those that are taught, and with their further examples; what is there already (by id,
    or word for word) isn't held twice."""
    joined = dict(lessons)
    for each in taught:
        if each.of in joined:
            before = joined[each.of]
            more = [question for question in each.questions if question not in before.questions]
            joined[each.of] = msgspec.structs.replace(
                before,
                questions=(*before.questions, *more),
                taught=tuple(dict.fromkeys((*before.taught, *each.questions))),
            )
        elif not each.of and each.id not in joined:
            joined[each.id] = lesson_of(each)
    return joined


def lesson_of(taught: Taught) -> Lesson:
    """A taught lesson as a lesson."""
    first = _SENTENCE.split(" ".join(taught.answer.split()))[0]
    line = first if len(first) <= _LEAD else f"{first[: _LEAD - 1].rstrip()}…"
    return Lesson(
        id=taught.id, title=taught.title, heading=HEADING, lead=_literal(line), short=line, deck="", why="",
        practice="", questions=taught.questions, taught=taught.questions, advice=taught.answer,
        advised=taught.advised,
    )  # fmt: skip


def headings_with(headings: tuple[str, ...], lessons: Mapping[str, Lesson]) -> tuple[str, ...]:
    """A deck's headings, with that of taught lessons where there are any."""
    there = any(lesson.advice for lesson in lessons.values())
    return (*headings, HEADING) if there and HEADING not in headings else headings


def read_taught(folder: Path, problems: list[Problem]) -> tuple[list[Taught], list[tuple[Case, int]]]:
    """What stands in a folder's ``taught.yaml``, which it may lack: lessons, and cases with their lines."""
    if not (folder / FILE).exists():
        return [], []
    source, complain = read_text(folder, FILE, problems), collector(FILE, problems)
    fields = read_fields(source, complain) if source is not None else None
    if not fields:
        return [], []
    fields.only(("taught", "cases"))
    taught, cases = list[Taught](), list[tuple[Case, int]]()
    for entry in fields.mappings("taught"):
        entry.only(TAUGHT_FIELDS)
        of = entry.text("of", required=False)
        found = Taught(
            entry.text("id"), of, entry.text("title", required=not of),
            entry.paragraphs("answer", required=not of),
            tuple(text for text, _ in entry.texts("questions")), entry.text("advised", required=not of),
        )  # fmt: skip
        if not ID.fullmatch(found.id):
            complain(entry.line_of("id"), "'id' is written in small letters, digits and hyphens")
        taught.append(found)
    for entry in fields.mappings("cases"):
        entry.only(CASE_FIELDS)
        cases.append((Case(entry.text("question"), entry.text("lesson")), entry.line_of("question")))
    return taught, cases


def written(taught: Sequence[Taught], cases: Sequence[Case]) -> str:
    """``taught.yaml`` as ``read_taught`` reads it."""
    lessons = [
        {name: value for name, value in each._asdict().items() if value} | {"questions": list(each.questions)}
        for each in taught
    ]
    content = {"taught": lessons, "cases": [case._asdict() for case in cases]}
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    return f"# Taught by advisors in chat, and questions that are to find it.\n{text}"


def _literal(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)
