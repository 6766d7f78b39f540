"""A knowledge base: a deck's lessons, fitted and ready to be asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from knowledge.matching.match import Match, Matcher, Phrase
from knowledge.matching.strangers import everyday_beside
from knowledge.matching.text import plain_name
from knowledge.model import Deck, Lesson, Vocabulary
from knowledge.problems import BadKnowledge
from knowledge.quiz import Quiz
from knowledge.readiness import Readiness
from knowledge.taught import taught_names
from knowledge.templates import Templates

if TYPE_CHECKING:
    from knowledge.matching.fitting import FittedMatcher
    from knowledge.reading import Folder

# One thread for matrices: on a busy machine several wait for each other much longer than they save.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

OWN_FOLDER = Path(__file__).parent
"""The knowledge folder that ships with the package."""
SAMPLE_FOLDER = OWN_FOLDER / "_sample"
"""A small one on another subject, to start from."""

NO_TEMPLATES = Templates()
_PARTS = ("deck", "lessons", "vocabulary", "matcher", "quiz", "checks", "templates", "filed")
_A_TURN = 4
"""Questions that are kept matched: a message and its parts, of which several places of a turn ask."""


class Knowledge:
    """A deck, its lessons in stable order, its vocabulary, the matcher fitted to them, its quiz bank, its
    readiness checks by id, its templates, and the ids of what advisors wrote that stands in the folder (any
    of these may be empty). Never changes."""

    def __init__(
        self, deck: Deck, lessons: Mapping[str, Lesson], vocabulary: Vocabulary, matcher: Matcher, quiz: Quiz,
        checks: Mapping[str, Readiness], templates: Templates = NO_TEMPLATES, filed: Set[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.deck, self.lessons, self.vocabulary, self.matcher = deck, lessons, vocabulary, matcher
        self.quiz, self.checks, self.templates, self.filed = quiz, checks, templates, filed
        self._matched = lru_cache(_A_TURN)(matcher.match)
        self._taught = taught_names(lessons)

    def match(self, question: str) -> Match:
        """Which lesson a question asks for; see ``Matcher.match``."""
        return self._matched(question)

    def taught(self, question: str) -> str | None:
        """The lesson for which advisors taught a question in these very words; None where none did."""
        return self._taught.get(plain_name(question))

    def finds(self, question: str) -> str | None:
        """The lesson that answers a question: taught in these very words, or matched for certain."""
        return self.taught(question) or self.match(question).lesson

    def having(self, **parts: Any) -> Knowledge:
        """The same with other ``parts``, named as this class takes them."""
        return Knowledge(**{**{name: getattr(self, name) for name in _PARTS}, **parts})

    def under(self, heading: str) -> list[Lesson]:
        """The lessons under one heading of the deck, the overview first."""
        return [lesson for lesson in self.lessons.values() if lesson.heading == heading]


def load(folder: Path, cache: Path | None = None) -> Knowledge:
    """Read and fit a knowledge folder; raises BadKnowledge with every problem, by file and line.

    ``cache``: a folder where what was fitted may be kept for the next start; one that can't be written does
    no harm.
    """
    deck, found = read(folder)
    matcher = fitted_to(found.lessons, found.vocabulary, cache)
    return Knowledge(
        deck, found.lessons, found.vocabulary, matcher, found.quiz, found.checks, found.templates, found.filed
    )


def read(folder: Path) -> tuple[Deck, Folder]:
    """A knowledge folder's deck and all that is in it, not fitted; raises BadKnowledge as ``load`` does."""
    from knowledge.reading import read_folder

    found = read_folder(Path(folder))
    if found.problems or found.deck is None:
        raise BadKnowledge(found.problems)
    return found.deck, found


def fitted_to(
    lessons: Mapping[str, Lesson], vocabulary: Vocabulary, cache: Path | None = None
) -> FittedMatcher:
    """A matcher for these lessons, which tells them from what people type to any bot."""
    phrases = [Phrase(lesson.id, text) for lesson in lessons.values() for text in lesson.questions]
    vocabulary = replace(vocabulary, everyday=everyday_beside([phrase.text for phrase in phrases]))
    names = [Phrase(lesson.id, said) for lesson in lessons.values() for said in called(lesson.title)]
    return fitted(phrases, vocabulary, names, cache)


def called(name: str) -> tuple[str, ...]:
    """How people ask for a lesson by its name."""
    return name, f"tell me about {name}", f"what does the deck say about {name}"


def fitted(
    phrases: Sequence[Phrase], vocabulary: Vocabulary, names: Iterable[Phrase], cache: Path | None = None
) -> FittedMatcher:
    """A matcher for these example questions; ``names`` says what lessons are called."""
    # Late, because numpy and the word vectors take longer to import than the rest of the package together.
    from knowledge.matching.fitting import FittedMatcher

    return FittedMatcher(phrases, vocabulary, names, cache)
