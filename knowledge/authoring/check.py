"""The content linter: what the loader lets pass but readers or the matcher would suffer from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from knowledge.authoring.check_quiz import teachable
from knowledge.authoring.check_texts import alike, overlong
from knowledge.fields import Written, read_text
from knowledge.matching.match import Matcher
from knowledge.matching.text import Reader, normalised, plain_name, words
from knowledge.model import LONGEST_SHORT, Lesson
from knowledge.problems import Problem
from knowledge.reading import DECK, Folder, SourceLocation, read_folder
from knowledge.taught import FILE as TAUGHT_FILE
from knowledge.taught import taught_names

FEWEST_QUESTIONS = 12
LONGEST = {
    "title": 60, "short": LONGEST_SHORT, "lead": 200, "deck": 700, "why": 400, "our_why": 350,
    "practice": 600, "example": 350, "since": 700, "ask": 400,
}  # fmt: skip
"""The most characters a part may have, so that each fits on one screen of a telephone."""
_LONGEST_TAUGHT = {"title": LONGEST["title"], "advice": 3_000}
"""The same of a taught lesson, whose other parts are made of its answer."""
MOST_WORDS_FIRST = 65
"""The most words that the answer and what the deck says may have together: with the citation and the
buttons they are what is shown first, on one screen of a telephone."""
_NAMES = {
    "title": "'title'",
    "short": "'short'",
    "lead": "the answer in one sentence",
    "deck": "'What the source says'",
    "why": "'Why'",
    "our_why": "'Why, in our view'",
    "practice": "'In practice'",
    "example": "'For example'",
    "since": "'Since then'",
    "ask": "'Ask yourselves'",
    "advice": "'answer'",
}
TELEPHONE = re.compile(r"(?<![\w/.-])(?:\+\d{1,3}|\(?0)(?:[ ().-]{0,2}\d){9,12}(?!\w)")
TOO_ALIKE = 90
"""Of 100, by rapidfuzz's ratio over sorted words: from here on the matcher can't tell two questions apart."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SHORTEST_REFRAIN = 6
"""Words: a sentence from this length on is noticed when it comes again …"""
_MOST_OFTEN = 4
"""… in more lessons than this."""


LessonQuestion = tuple[Lesson, int]
"""An example question: its lesson, and which of its questions it is."""
Watched = Callable[[Sequence[LessonQuestion]], Iterator[LessonQuestion]]
"""Hands on example questions one by one, and may show how far it has come."""


def check(folder: Path, unreadable: Callable[[str], str] | None = None, watched: Watched = iter) -> Folder:
    """Read ``folder``; ``problems`` then holds what the loader and the linter found, by file and line.

    ``unreadable``: what is wrong with a template's words about when, or "". ``watched`` is handed the example
    questions while each is held against all before it, which takes long for thousands.
    """
    read = read_folder(folder)
    problems = [
        *read.problems,
        *_parts(read),
        *_headings(read),
        *_titles(read),
        *_refrains(read),
        *_repeated(read),
        *_alike(read, watched),
    ]
    problems += _telephones(folder)
    if unreadable:
        suggested = [text for text in read.written if text.part == "'when'" and text.text]
        found = [(text, unreadable(text.text)) for text in suggested]
        problems += [
            Problem(text.file, text.line, f"'when': {message}") for text, message in found if message
        ]
    problems += [*overlong(read.written), *alike(read.written, Reader(read.vocabulary))]
    problems += teachable(read.quiz, read.written)
    return read._replace(problems=sorted(set(problems)))


def broken(read: Folder, matcher: Matcher) -> list[Problem]:
    """Cases whose question doesn't find its lesson."""
    problems, taught = [], taught_names(read.lessons)
    for case, line in read.cases:
        found = taught.get(plain_name(case.question)) or matcher.match(case.question).lesson
        if found != case.lesson:
            instead = f"finds '{found}'" if found else "finds no lesson"
            problems.append(Problem(TAUGHT_FILE, line, f"'{case.question}' {instead}, not '{case.lesson}'"))
    return problems


def counts(read: Folder) -> str:
    """What a good folder holds, on one line."""
    questions = sum(len(lesson.questions) for lesson in read.lessons.values())
    statements = sum(len(check.statements) for check in read.checks.values())
    return (
        f"lessons: {len(read.lessons)}, example questions: {questions}, "
        f"quiz questions: {len(read.quiz.questions)}, readiness statements: {statements}, "
        f"templates: {len(read.templates.templates)}, pulse questions: {len(read.templates.pulses)}"
    )


def _parts(read: Folder) -> Iterator[Problem]:
    for lesson in read.lessons.values():
        limits = _LONGEST_TAUGHT if lesson.advice else LONGEST
        texts = {name: getattr(lesson, name) for name in limits} | {"ask": " ".join(lesson.ask)}
        for name, limit in limits.items():
            if len(texts[name]) > limit:
                message = f"{_NAMES[name]} has {len(texts[name])} characters; at most {limit} fit"
                yield _problem(read, lesson, message, name)
        first = sum(any(sign.isalnum() for sign in word) for word in f"{lesson.lead} {lesson.deck}".split())
        if first > MOST_WORDS_FIRST and not lesson.advice:
            message = (
                f"the answer and 'What the source says' have {first} words; at most {MOST_WORDS_FIRST} fit"
            )
            yield _problem(read, lesson, message, "lead")
        if len(lesson.questions) < FEWEST_QUESTIONS and not lesson.advice:
            message = (
                f"{len(lesson.questions)} example questions; the matcher needs {FEWEST_QUESTIONS} or more"
            )
            yield _problem(read, lesson, message, "questions")
    titles = Counter(lesson.title.casefold() for lesson in read.lessons.values())
    for lesson in read.lessons.values():
        if lesson.title and titles[lesson.title.casefold()] > 1:
            yield _problem(read, lesson, f"another lesson has the title '{lesson.title}' too", "title")


def _headings(read: Folder) -> Iterator[Problem]:
    """Headings under which nothing would be found."""
    used = {lesson.heading for lesson in read.lessons.values()}
    for index, heading in enumerate(read.deck.headings if read.deck else ()):
        if heading not in used:
            line = read.lines[SourceLocation(DECK, "headings", index)]
            yield Problem("deck.yaml", line, f"no lesson stands under the heading '{heading}'")


def _titles(read: Folder) -> Iterator[Problem]:
    """Titles of checks or templates that stand twice, of which one couldn't be chosen by its name."""
    seen: dict[tuple[str, str], Written] = {}
    for text in read.written:
        if text.part == "'title'" and text.text:
            first = seen.setdefault((text.file.partition("/")[0], text.text.casefold()), text)
            if first is not text:
                where = f"{first.file}:{first.line}"
                yield Problem(
                    text.file, text.line, f"'{text.text}' is the title of another one too ({where})"
                )


def _refrains(read: Folder) -> Iterator[Problem]:
    """Whole sentences that come again in lesson after lesson, until nobody reads them."""
    places: dict[str, list[tuple[Lesson, str]]] = {}
    for lesson in (each for each in read.lessons.values() if not each.advice):
        for part in ("lead", "deck", "why", "our_why", "practice", "example", "since"):
            for sentence in set(_SENTENCE.split(" ".join(getattr(lesson, part).split()))):
                if len(sentence.split()) >= _SHORTEST_REFRAIN:
                    places.setdefault(sentence, []).append((lesson, part))
    for sentence, found in places.items():
        if len(found) > _MOST_OFTEN:
            lesson, part = found[0]
            message = f"'{sentence}' stands in {len(found)} lessons; say it in each lesson's own words"
            yield _problem(read, lesson, message, part)


def _repeated(read: Folder) -> Iterator[Problem]:
    """Example questions that stand twice in one lesson."""
    for lesson in read.lessons.values():
        seen: dict[tuple[str, ...], int] = {}
        for index, question in enumerate(lesson.questions):
            first = seen.setdefault(tuple(words(normalised(question))), index)
            if first != index:
                _, line = _place(read, lesson, "questions", first)
                message = f"'{question}' stands here twice (see line {line})"
                yield _problem(read, lesson, message, "questions", index)


def _alike(read: Folder, watched: Watched) -> Iterator[Problem]:
    """Example questions that are the same, or nearly, in two lessons; synonyms count as the same."""
    reader = Reader(read.vocabulary)
    asked = [(lesson, index) for lesson in read.lessons.values() for index in range(len(lesson.questions))]
    plain = [" ".join(sorted(reader.stems(lesson.questions[index]))) for lesson, index in asked]
    earlier = 0
    for row, (lesson, index) in enumerate(watched(asked)):
        if index == 0:
            earlier = row
        hit = process.extractOne(plain[row], plain[:earlier], scorer=fuzz.ratio, score_cutoff=TOO_ALIKE)
        if hit:
            other, place = asked[hit[2]]
            where = ":".join(map(str, _place(read, other, "questions", place)))
            question = f"'{lesson.questions[index]}' is too like '{other.questions[place]}' ({where})"
            message = f"{question}; keep it in the lesson that answers it"
            yield _problem(read, lesson, message, "questions", index)


def _telephones(folder: Path) -> Iterator[Problem]:
    for path in sorted([*folder.glob("**/*.yaml"), *(folder / "lessons").glob("*.md")]):
        file = path.relative_to(folder).as_posix()
        text = read_text(folder, file, []) or ""
        for number, line in enumerate(text.split("\n"), start=1):
            if TELEPHONE.search(line):
                yield Problem(file, number, "looks like a telephone number; take it out")


def _place(read: Folder, lesson: Lesson, part: str, entry: int = 0) -> tuple[str, int]:
    """The file and the line where a part stands; where it is missing, the top of its file."""
    where = SourceLocation(lesson.id, part, entry)
    if lesson.advice or where in read.taught:
        return TAUGHT_FILE, read.taught.get(where, 1)
    return f"lessons/{lesson.id}.md", read.lines.get(where, 1)


def _problem(read: Folder, lesson: Lesson, message: str, part: str, entry: int = 0) -> Problem:
    return Problem(*_place(read, lesson, part, entry), message)
