"""Searching: lessons to choose from while somebody types, each as a card to put before others."""

from __future__ import annotations

from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.plain import plain_markdown
from dialogs.core.replies import Choices, Reply, Text, Title
from dialogs.core.text import clean, literal
from dialogs.core.text import words as words_of
from dialogs.questions.ask import knows_a_word, outside_said, stands
from dialogs.questions.blocks import folds, given
from dialogs.questions.browse import listed_headings
from dialogs.wording import search as words
from knowledge import Knowledge, Lesson, Match

MOST = 10
"""Lessons, or topics, to choose from."""


def search(state: State, text: str, world: World) -> Decision:
    """What there is on ``text``: a reply for each card that may be chosen, the likeliest first, each with its
    title at the head; where there is none, the note says so."""
    kb, said = world.knowledge, clean(text)
    if not words_of(said):
        return Decision(state, tuple(_topic(kb, heading) for heading in listed_headings(kb)[:MOST]))
    match = kb.match(said)
    outside = match.outside
    found = _found(said, match, kb)
    if found:
        return Decision(state, tuple(_card(kb, kb.lessons[lesson]) for lesson in found[:MOST]))
    apart = outside is not None and stands(outside, said)
    why_not = outside_said(outside, kb) if outside and apart else phrased(words.NOTHING, kb)
    return Decision(state, note=f"{plain_markdown(why_not)} {words.OTHERWISE}")


def _found(said: str, match: Match, kb: Knowledge) -> list[str]:
    """The lessons that answer ``said``, that it begins to name, and that it may mean."""
    begun = [lesson.id for lesson in kb.lessons.values() if _begins(said, f"{lesson.title} {lesson.heading}")]
    answers = [match.lesson] if match.band == "answer" and match.lesson else []
    known = match.band != "none" and knows_a_word(said, match, kb)
    maybe = [candidate.lesson for candidate in match.candidates] if known else []
    return [lesson for lesson in dict.fromkeys((*answers, *begun, *maybe)) if lesson in kb.lessons]


def _begins(said: str, named: str) -> bool:
    """Whether each word of ``said``, which may still be being typed, begins one of ``named``."""
    there = words_of(named)
    return all(any(word.startswith(begun) for word in there) for begun in words_of(said))


def _card(kb: Knowledge, lesson: Lesson) -> Reply:
    """A lesson, as it is put where we need not be: what there is to press asks nothing of us."""
    parts = folds(lesson)
    said = given(kb, lesson)[lesson.advice != "" :]  # advice begins with the title
    return Reply((Title(lesson.title), *said, *([Choices(parts)] if parts else [])))


def _topic(kb: Knowledge, heading: str) -> Reply:
    """A topic: its lessons by name."""
    lessons = kb.under(heading)
    counted = Text(words.TOPIC[len(lessons) != 1].format(count=len(lessons)))
    named = Text("\n".join(f"- {literal(lesson.title)}" for lesson in lessons))
    return Reply((Title(heading), counted, named))
