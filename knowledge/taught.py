"""Lessons that advisors taught: in a running bot's store, or as ``taught.yaml`` in a knowledge folder."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml

from knowledge.fields import ID, collector, read_fields, read_text
from knowledge.matching.text import plain_name
from knowledge.model import LONGEST_SHORT, Lesson
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


class Entries(NamedTuple):
    """What stands in a file already, as whoever looks after the folder left it."""

    content: Mapping[str, object]

    def entries(self, name: str) -> list[dict[str, object]]:
        """Those of the list called ``name``."""
        found = self.content.get(name)
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def has(self, id: str) -> bool:
        """Whether one of them has that id."""
        return any(each.get("id") == id for name in self.content for each in self.entries(name))


NOTHING = Entries({})


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
            joined[each.of] = msgspec.structs.replace(
                before,
                questions=_once((*before.questions, *each.questions)),
                taught=tuple(dict.fromkeys((*before.taught, *each.questions))),
            )
        elif not each.of and each.id not in joined:
            joined[each.id] = lesson_of(each)
    return joined


def taught_names(lessons: Mapping[str, Lesson]) -> dict[str, str]:
    """The questions that advisors taught, as they are looked up, each with its lesson."""
    return {plain_name(question): lesson.id for lesson in lessons.values() for question in lesson.taught}


def lesson_of(taught: Taught) -> Lesson:
    """A taught lesson as a lesson."""
    first = _SENTENCE.split(" ".join(taught.answer.split()))[0]
    lead, short = shortened(first, _LEAD), shortened(first, LONGEST_SHORT)
    return Lesson(
        id=taught.id, title=taught.title, heading=HEADING, lead=_literal(lead), short=short, deck="", why="",
        practice="", questions=_once(taught.questions), taught=taught.questions, advice=taught.answer,
        advised=taught.advised,
    )  # fmt: skip


def shortened(text: str, longest: int) -> str:
    """The beginning of ``text``, to the end of a word where there is one."""
    if len(text) <= longest:
        return text
    begun = text[: longest - 1]
    return f"{(begun.rpartition(' ')[0] or begun).rstrip(' ,;:–-')}…"


def headings_with(headings: tuple[str, ...], lessons: Mapping[str, Lesson]) -> tuple[str, ...]:
    """A deck's headings, with that of taught lessons where there are any."""
    there = any(lesson.advice for lesson in lessons.values())
    return (*headings, HEADING) if there and HEADING not in headings else headings


def entries_in(file: Path) -> Entries:
    """What stands in a file of the advisors' own, which may not be there. Raises OSError, or ValueError
    where it can't be read."""
    if not file.exists():
        return NOTHING
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if not isinstance(content, dict | None):
        raise ValueError("it isn't a list of fields")
    return Entries(content or {})


class TaughtFile(NamedTuple):
    """A folder's ``taught.yaml`` as read."""

    taught: Sequence[Taught] = ()
    cases: Sequence[tuple[Case, int]] = ()
    """With their lines."""
    lines: Mapping[tuple[str, str], int] = {}
    """Where what is taught stands: by the lesson's id and a field's name, or one of its questions."""


def read_taught(folder: Path, problems: list[Problem]) -> TaughtFile:
    """What stands in a folder's ``taught.yaml``, which it may lack."""
    if not (folder / FILE).exists():
        return TaughtFile()
    source, complain = read_text(folder, FILE, problems), collector(FILE, problems)
    fields = read_fields(source, complain) if source is not None else None
    if not fields:
        return TaughtFile()
    fields.only(("taught", "cases"))
    taught, cases, lines = list[Taught](), list[tuple[Case, int]](), dict[tuple[str, str], int]()
    for entry in fields.mappings("taught"):
        entry.only(TAUGHT_FIELDS)
        of, questions = entry.text("of", required=False), entry.texts("questions")
        found = Taught(
            entry.text("id"), of, entry.text("title", required=not of),
            entry.paragraphs("answer", required=not of),
            tuple(text for text, _ in questions), entry.text("advised", required=not of),
        )  # fmt: skip
        if not ID.fullmatch(found.id):
            complain(entry.line_of("id"), "'id' is written in small letters, digits and hyphens")
        taught.append(found)
        lines |= {(found.id, name): entry.line_of(name) for name in ("title", "answer", "questions")}
        lines |= {(of or found.id, question): line for question, line in questions}
    for entry in fields.mappings("cases"):
        entry.only(CASE_FIELDS)
        cases.append((Case(entry.text("question"), entry.text("lesson")), entry.line_of("question")))
    return TaughtFile(taught, cases, lines)


def written(taught: Sequence[Taught], cases: Sequence[Case], there: Entries = NOTHING) -> str:
    """``taught.yaml`` as ``read_taught`` reads it; what is ``there`` already stays as it stands."""
    fresh = [each for each in taught if not there.has(each.id)]
    asked = {question for each in taught if each not in fresh for question in each.questions}
    added = [case for case in cases if case.question not in asked]
    content = {
        "taught": [*there.entries("taught"), *map(entry_of, fresh)],
        "cases": [*there.entries("cases"), *(case._asdict() for case in added)],
    }
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    return f"# Taught by advisors in chat, and questions that are to find it.\n{text}"


def entry_of(taught: Taught) -> dict[str, object]:
    """What is taught as it stands in the file."""
    given = {name: value for name, value in taught._asdict().items() if value}
    return given | {"questions": list(taught.questions)}


def _once(questions: Sequence[str]) -> tuple[str, ...]:
    """``questions`` without those that say the same in the same words."""
    return tuple({plain_name(question): question for question in reversed(questions)}.values())[::-1]


def _literal(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)
