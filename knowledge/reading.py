"""Reads a knowledge folder: deck, vocabulary, lessons, quizzes, checks, templates; says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

import msgspec

from knowledge.fields import ID, Complain, Fields, Written, collector, read_fields, read_text, unread
from knowledge.model import SOURCES, Deck, Lesson, Side, Vocabulary, Words
from knowledge.problems import Problem
from knowledge.prose import read_sections
from knowledge.quiz import Quiz, read_quiz
from knowledge.readiness import Readiness, read_checks
from knowledge.taught import FILE as TAUGHT_FILE
from knowledge.taught import Case, TaughtFile, headings_with, lessons_with, read_taught
from knowledge.templates import Templates, read_templates
from knowledge.vocabulary import FILE as VOCABULARY_FILE
from knowledge.vocabulary import read_vocabulary

FILES = ("deck.yaml", VOCABULARY_FILE, "level.yaml", TAUGHT_FILE)
FOLDERS = ("lessons", "quizzes", "readiness", "templates")
_DECK_TEXTS = ("title", "author", "role", "publisher", "date", "short", "subject")
DECK_FIELDS = (*_DECK_TEXTS, "year", "headings", "bare", "words")
WORD_FIELDS = ("source", "group", "task")
LESSON_FIELDS = ("title", "short", "heading", "side", "items", "related", "questions")
SECTIONS = {
    "What the source says": "deck", "Why": "why", "Why, in our view": "our_why", "In practice": "practice",
    "For example": "example", "Since then": "since", "Ask yourselves": "ask",
}  # fmt: skip
_SAYS = re.compile(rf"What the (?:{'|'.join(SOURCES)}) says")
"""Each folder may write that section's name with its own word."""
_PLAIN_WORDS = re.compile(r"[^\W_]+(?:[ '’-][^\W_]+)*")
LONGEST_WORDS = LONGEST_SUBJECT = 40
"""Characters, so that the sentences and the platforms' descriptions that hold them keep their size."""
_OPTIONAL = {"Why, in our view", "For example", "Since then"}
_SIDES: dict[str, Side] = {"success": "success", "failure": "failure", "undecided": "undecided"}


DECK = ""
"""Stands for a lesson's id where a part is the deck's."""


class SourceLocation(NamedTuple):
    """Where a part of a lesson, or of the deck, stands."""

    lesson: str
    part: str
    """A field's name: "title", "deck", "questions"."""
    entry: int = 0
    """For lists, which of them, from 0."""


class Folder(NamedTuple):
    """A knowledge folder as read."""

    deck: Deck | None
    lessons: dict[str, Lesson]
    """In the order of the deck's headings, then by id; an overview comes before its items."""
    vocabulary: Vocabulary
    lines: dict[SourceLocation, int]
    quiz: Quiz
    checks: dict[str, Readiness]
    """Readiness checks by id."""
    templates: Templates
    written: list[Written]
    """The texts of the quiz, the checks and the templates."""
    problems: list[Problem]
    cases: Sequence[tuple[Case, int]] = ()
    """Questions that are to find a lesson, each with its line in ``taught.yaml``."""
    taught: Mapping[SourceLocation, int] = {}
    """Where what advisors taught stands in that file."""
    filed: Set[str] = frozenset()
    """The ids of lessons and quiz questions of the advisors' own."""


def read_folder(folder: Path) -> Folder:
    """Read everything in ``folder``; what is wrong with it is in ``problems``, by file and line."""
    problems = list(unread(folder, FILES, FOLDERS))
    lines: dict[SourceLocation, int] = {}
    deck = _read_deck(folder, lines, problems)
    vocabulary, nearest = read_vocabulary(folder, problems)
    lessons: dict[str, Lesson] = {}
    place = folder / "lessons"
    hidden = (".", "README")
    paths = sorted(p for p in place.iterdir() if not p.name.startswith(hidden)) if place.is_dir() else []
    if not paths:
        problems.append(
            Problem("lessons", 1, "no lessons here; expected one file each, such as why-share.md")
        )
    for path in paths:
        file = f"lessons/{path.name}"
        if path.suffix != ".md" or not ID.fullmatch(path.stem):
            message = "a lesson's file is named in small letters, digits and hyphens, and ends in .md"
            problems.append(Problem(file, 1, message))
            continue
        lesson = _read_lesson(folder, path.stem, lines, problems)
        if lesson:
            lessons[lesson.id] = lesson
    present = {path.stem for path in paths}
    _check_links(lessons, deck, present, lines, problems)
    for id, line in nearest:
        if id not in present:
            problems.append(Problem(VOCABULARY_FILE, line, f"there is no lesson '{id}'"))
    headings = deck.headings if deck else ()
    quiz, asked = read_quiz(folder, lessons, present, headings, problems)
    checks, stated = read_checks(folder, present, problems)
    templates, suggested = read_templates(folder, present, problems)
    written = read_taught(folder, problems)
    lessons = lessons_with(lessons, written.taught)
    for case, line in written.cases:
        if case.lesson not in lessons:
            problems.append(Problem(TAUGHT_FILE, line, f"there is no lesson '{case.lesson}'"))
    if deck is not None:
        deck = msgspec.structs.replace(deck, headings=headings_with(deck.headings, lessons))
    ordered = _in_order(lessons, deck)
    return Folder(
        deck, ordered, vocabulary, lines, quiz, checks, templates, asked + stated + suggested, problems,
        written.cases, dict(_taught_lines(lessons, lines, written)),
        {each.id for each in written.taught} | {each.id for each in quiz.questions if each.advised},
    )  # fmt: skip


def _taught_lines(
    lessons: Mapping[str, Lesson], lines: Mapping[SourceLocation, int], written: TaughtFile
) -> Iterator[tuple[SourceLocation, int]]:
    """Where the parts of ``lessons`` stand that the lessons' own files (``lines``) lack."""
    for lesson in lessons.values() if written.taught else ():
        parts = [("title", "title", 0), ("answer", "advice", 0), ("questions", "questions", 0)]
        parts += [(question, "questions", at) for at, question in enumerate(lesson.questions)]
        for name, part, at in parts:
            place, line = SourceLocation(lesson.id, part, at), written.lines.get((lesson.id, name))
            if line and place not in lines:
                yield place, line


def _read_deck(folder: Path, lines: dict[SourceLocation, int], problems: list[Problem]) -> Deck | None:
    source = read_text(folder, "deck.yaml", problems)
    fields = source is not None and read_fields(source, collector("deck.yaml", problems))
    if not fields:
        return None
    fields.only(DECK_FIELDS)
    texts = {name: fields.text(name) for name in _DECK_TEXTS}
    if len(texts["subject"]) > LONGEST_SUBJECT:
        message = f"'subject' has {len(texts['subject'])} characters; at most {LONGEST_SUBJECT} fit"
        collector("deck.yaml", problems)(fields.line_of("subject"), message)
    found = fields.texts("headings")
    headings = tuple(text for text, _ in found)
    for index, (text, line) in enumerate(found):
        lines[SourceLocation(DECK, "headings", index)] = line
        if text in headings[:index]:
            collector("deck.yaml", problems)(line, f"the heading '{text}' stands here twice")
    return Deck(
        **texts, year=fields.number("year"), headings=headings, bare=fields.pairs("bare"),
        words=_read_words(fields, collector("deck.yaml", problems)),
    )  # fmt: skip


def _read_words(fields: Fields, complain: Complain) -> Words:
    """The folder's own words, which it may leave out."""
    entry = fields.mapping("words")
    if entry is None:
        return Words()
    entry.only(WORD_FIELDS)
    given = {name: entry.text(name) for name in WORD_FIELDS if entry.has(name)}
    for name, said in given.items():
        line = entry.line_of(name)
        if name == "source" and said and said not in SOURCES:
            complain(line, f"'source' must be one of {', '.join(SOURCES)}")
        elif said and not (_PLAIN_WORDS.fullmatch(said) and len(said) <= LONGEST_WORDS):
            complain(line, f"'{name}' is plain words, of {LONGEST_WORDS} characters at most")
    return Words(**given)


def _read_lesson(
    folder: Path, id: str, lines: dict[SourceLocation, int], problems: list[Problem]
) -> Lesson | None:
    file = f"lessons/{id}.md"
    source = read_text(folder, file, problems)
    if source is None:
        return None
    complain = collector(file, problems)
    written = source.split("\n")
    try:
        end = [line.rstrip() for line in written].index("---", 1)
    except ValueError:
        end = 0
    if written[0].rstrip() != "---" or not end:
        complain(1, "must begin with '---', its fields, and '---' again")
        return None
    fields = read_fields("\n".join(written[1:end]), complain, offset=1)
    if fields is None:
        return None
    fields.only(LESSON_FIELDS)
    values: dict[str, tuple[str, ...]] = {}
    for name in ("items", "related", "questions"):
        found = fields.texts(name, required=name == "questions")
        values[name] = tuple(text for text, _ in found)
        lines[SourceLocation(id, name)] = fields.line_of(name)
        lines.update({SourceLocation(id, name, index): line for index, (_, line) in enumerate(found)})
    lines.update(
        {SourceLocation(id, name): fields.line_of(name) for name in ("title", "short", "heading", "side")}
    )
    side = fields.text("side", required=False)
    if side and side not in _SIDES:
        complain(fields.line_of("side"), f"'side' must be one of {', '.join(_SIDES)}")
    parts = _read_parts(id, "\n".join(written[end + 1 :]), end + 1, lines, complain)
    ask = tuple(line.removeprefix("- ").strip() for line in parts.pop("ask", "").split("\n") if line.strip())
    return Lesson(
        id=id,
        title=fields.text("title"),
        short=fields.text("short", required=False),
        heading=fields.text("heading"),
        side=_SIDES.get(side),
        ask=ask,
        items=values["items"],
        related=values["related"],
        questions=values["questions"],
        lead=parts.get("lead", ""),
        deck=parts.get("deck", ""),
        why=parts.get("why", ""),
        our_why=parts.get("our_why", ""),
        practice=parts.get("practice", ""),
        example=parts.get("example", ""),
        since=parts.get("since", ""),
    )


def _read_parts(
    id: str, body: str, offset: int, lines: dict[SourceLocation, int], complain: Complain
) -> dict[str, str]:
    """The lead and the sections of a lesson, by the name of their field."""
    parts: dict[str, str] = {}
    for section in read_sections(body, complain, offset):
        called = "What the source says" if _SAYS.fullmatch(section.name) else section.name
        name = "lead" if not section.name else SECTIONS.get(called)
        if name is None:
            complain(section.line, f"unknown section '{section.name}'; known are {', '.join(SECTIONS)}")
            continue
        if name in parts:
            complain(section.line, f"the section '{section.name}' stands here twice")
        if not section.text:
            what = f"the section '{section.name}'" if section.name else "the answer in one sentence"
            complain(section.line, f"{what} is empty")
        if name == "ask" and any(
            not line.startswith("- ") for line in section.text.split("\n") if line.strip()
        ):
            complain(section.line, "'Ask yourselves' is a list of questions, each on a line with '- '")
        parts[name] = section.text
        lines[SourceLocation(id, name)] = section.line
    for name, field in SECTIONS.items():
        if field not in parts and name not in _OPTIONAL:
            complain(offset + body.count("\n") + 1, f"the section '## {name}' is missing")
    return parts


def _check_links(
    lessons: dict[str, Lesson], deck: Deck | None, present: set[str], lines: dict[SourceLocation, int],
    problems: list[Problem],
) -> None:  # fmt: skip
    for lesson in lessons.values():
        complain = collector(f"lessons/{lesson.id}.md", problems)
        if deck and lesson.heading and lesson.heading not in deck.headings:
            known = f"the headings in deck.yaml don't have '{lesson.heading}'"
            complain(lines[SourceLocation(lesson.id, "heading")], known)
        for part, ids in (("items", lesson.items), ("related", lesson.related)):
            for index, id in enumerate(ids):
                if id not in present:
                    complain(
                        lines[SourceLocation(lesson.id, part, index)], f"'{part}': there is no lesson '{id}'"
                    )
                elif id == lesson.id:
                    complain(
                        lines[SourceLocation(lesson.id, part, index)], f"'{part}': the lesson names itself"
                    )
                elif id in ids[:index]:
                    complain(
                        lines[SourceLocation(lesson.id, part, index)], f"'{part}': '{id}' stands here twice"
                    )


def _in_order(lessons: dict[str, Lesson], deck: Deck | None) -> dict[str, Lesson]:
    headings = {heading: index for index, heading in enumerate(deck.headings if deck else ())}
    listed: dict[str, int] = {}
    for lesson in lessons.values():
        for id in lesson.items:
            listed.setdefault(id, lesson.items.index(id) + 1)

    def rank(lesson: Lesson) -> tuple[int, bool, int, str]:
        position = listed.get(lesson.id, 0)
        return headings.get(lesson.heading, len(headings)), not lesson.items, position, lesson.id

    ordered: Iterable[Lesson] = sorted(lessons.values(), key=rank)
    return {lesson.id: lesson for lesson in ordered}
