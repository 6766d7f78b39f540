"""Lessons that are taught beside the deck's: joined to a knowledge base, and what that would change."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from rapidfuzz import fuzz, process

from knowledge.authoring.check import TELEPHONE, TOO_ALIKE
from knowledge.base import Knowledge, fitted_to
from knowledge.matching.text import Reader
from knowledge.taught import Case, Taught, headings_with, lessons_with


class Fit(NamedTuple):
    """What a matcher has learnt from a knowledge base with what is taught, as a file that any process can
    read."""

    name: str
    content: bytes


class TeachingEffect(NamedTuple):
    """What teaching something would do."""

    taken_over: tuple[tuple[str, str, str], ...] = ()
    """(question, the lesson that answers it now, the one that would)."""
    confused: tuple[tuple[str, str, str], ...] = ()
    """(question taught, an example too like it, that example's lesson)."""
    broken: tuple[tuple[str, str, str], ...] = ()
    """Cases: (question, the lesson that it is to find, the one that it would; empty for none)."""
    answered: tuple[tuple[str, str, str, str], ...] = ()
    """Questions taught that another lesson answers today: (question, that lesson, its nearest example, the
    lesson that would answer; empty for none)."""
    missed: tuple[str, ...] = ()
    """Questions taught that no lesson answers today, and that would find this one in these words alone."""


def digest(kb: Knowledge, taught: Sequence[Taught]) -> str:
    """Names what a matcher learns from: the same for all processes that have the same lessons."""
    lessons = lessons_with(kb.lessons, taught).values()
    content = [(lesson.id, lesson.title, lesson.questions) for lesson in lessons]
    return hashlib.sha256(msgspec.json.encode((content, kb.vocabulary))).hexdigest()[:24]


def fit(kb: Knowledge, taught: Sequence[Taught]) -> Fit:
    """Learn from all of it. Takes seconds of one core."""
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        fitted_to(lessons_with(kb.lessons, taught), kb.vocabulary, Path(folder))
        file = next(Path(folder).glob("*.npz"))
        return Fit(file.name, file.read_bytes())


def joined(kb: Knowledge, taught: Sequence[Taught], fit: Fit) -> Knowledge:
    """``kb`` with what is taught; where other code made the ``fit``, this takes as long as one."""
    lessons = lessons_with(kb.lessons, taught)
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        (Path(folder) / Path(fit.name).name).write_bytes(fit.content)
        matcher = fitted_to(lessons, kb.vocabulary, Path(folder))
    headings = headings_with(kb.deck.headings, lessons)
    deck = msgspec.structs.replace(kb.deck, headings=headings)
    return kb.having(deck=deck, lessons=lessons, matcher=matcher)


def effect(kb: Knowledge, after: Knowledge, taught: Taught, cases: Iterable[Case]) -> TeachingEffect:
    """What ``after``, which is ``kb`` with ``taught``, does otherwise. Takes about a second."""
    own = taught.of or taught.id
    asked = [(question, lesson) for lesson in kb.lessons.values() for question in lesson.questions]
    taken_over = []
    for question, lesson in asked:
        found = after.finds(question)
        if found not in (lesson.id, None) and kb.finds(question) == lesson.id:
            taken_over.append((question, lesson.id, found or ""))
    others = [(question, lesson.id) for question, lesson in asked if lesson.id != own]
    broken = []
    for case in cases:
        found = after.finds(case.question)
        if case.lesson in after.lessons and found != case.lesson:
            broken.append((case.question, case.lesson, found or ""))
    answered, missed = [], []
    for question in taught.questions:
        now, nearest = kb.finds(question), kb.match(question).candidates
        if now not in (own, None):
            like = question if kb.taught(question) else nearest[0].phrase
            answered.append((question, now or "", like, after.finds(question) or ""))
        elif after.match(question).lesson != own:
            missed.append(question)
    confused = _confused(taught.questions, others, Reader(kb.vocabulary))
    return TeachingEffect(tuple(taken_over), tuple(confused), tuple(broken), tuple(answered), tuple(missed))


def has_telephone(text: str) -> bool:
    """Whether a telephone number seems to stand in ``text``."""
    return bool(TELEPHONE.search(text))


def _confused(
    questions: Sequence[str], others: Sequence[tuple[str, str]], reader: Reader
) -> list[tuple[str, str, str]]:
    """Questions that the matcher can't tell from another lesson's, by the linter's measure."""
    plain = [" ".join(sorted(reader.stems(question))) for question, _ in others]
    found = []
    for question in questions:
        same = " ".join(sorted(reader.stems(question)))
        hit = process.extractOne(same, plain, scorer=fuzz.ratio, score_cutoff=TOO_ALIKE)
        if hit:
            found.append((question, *others[hit[2]]))
    return found
