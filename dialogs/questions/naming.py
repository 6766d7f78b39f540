"""Which lesson words name, and what a lesson says about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dialogs.core.model import State
from dialogs.core.plain import plain_markdown
from dialogs.core.text import NUMBER_WORDS, stems, word_set, words
from knowledge import Knowledge, Lesson
from knowledge.matching.text import Reader

POINTERS = word_set("it its that thats this these those they them their he him she her one ones same then")
FILLER = POINTERS | word_set(
    """is isnt are arent was were do does dont doesnt did didnt can could should would will have has had
    be been am being tend tends we i you us me our your my lets let the a an of on in to for at by
    with from about as into and but or so if also too though not what whats which who how when
    where whose say says said tell give given gives show go know think thing things bit any some all just
    actually really even exactly simply basically please yet again now here get got see want like
    anything something everything else
    mention mentions whole ever much many way long deck put bring ourselves yourselves matter matters
    there wheres whos whom hows instead most important need happen happens case than
    itself themselves usually"""
)
_NAMED = 0.6
"""How likely a lesson must be to be the one that is named."""
_SENTENCE = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+|\n+")


class _Lexicon(NamedTuple):
    title: frozenset[str]
    body: frozenset[str]


def in_view(state: State, kb: Knowledge) -> tuple[str, ...]:
    """The lessons that the talk is about: those shown, the one last given, and those beside it."""
    near = dict.fromkeys(state.shown)
    for id in state.shown:
        near |= dict.fromkeys(kb.lessons[id].items)
    if state.lesson:
        given = kb.lessons[state.lesson]
        near |= dict.fromkeys((given.id, *given.items, *given.related, *_beside(given.id, kb)))
    return tuple(near)


@lru_cache(maxsize=256)
def _beside(lesson: str, kb: Knowledge) -> tuple[str, ...]:
    """The lessons that name it or stand under its heading, and those of the lists in which it stands."""
    given, found = kb.lessons[lesson], list[str]()
    for other in kb.lessons.values():
        if lesson in (*other.items, *other.related) or other.heading == given.heading:
            found += (other.id, *(other.items if lesson in other.items else ()))
    return tuple(found)


def closest(said: str, among: Iterable[str], kb: Knowledge) -> str | None:
    """The one lesson of ``among`` that ``said`` names: by a word of its title, or by two of its text.

    None where none or several do.
    """
    wanted = stems(" ".join(word for word in words(said) if word not in FILLER))
    lexicon = _lexicon(kb)
    scores: list[tuple[float, str]] = []
    for id in among:
        title, body = lexicon[id]
        score = len(wanted & title) + len(wanted & body) / 2
        if score >= 1 and len(wanted & (title | body)) * 2 >= len(wanted):
            scores.append((score, id))
    scores.sort(key=lambda pair: -pair[0])
    if not scores or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return None
    return scores[0][1]


def named(said: str, kb: Knowledge) -> str | None:
    """The lesson that ``said`` names as a subject; None where none does for certain.

    By its match, or else by a title that has all of its words; of several such, the one that matches best.
    A subject that is named needs less to be clear than a question does.
    """
    match = kb.match(said)
    if match.outside and match.band == "none":
        return None
    if match.band == "answer":
        return match.lesson
    wanted = stems(" ".join(word for word in words(said) if word not in FILLER))
    titled = [id for id, lexicon in _lexicon(kb).items() if wanted and wanted <= lexicon.title]
    likeliest = next((candidate.lesson for candidate in match.candidates if candidate.lesson in titled), None)
    if likeliest or len(titled) == 1:
        return likeliest or titled[0]
    first = match.candidates[0] if match.candidates and match.band == "suggest" else None
    if first is None or first.score < _NAMED:
        return None
    return first.lesson if speaks_of(said, first.lesson, kb) else None


def speaks_of(said: str, lesson: str, kb: Knowledge) -> bool:
    """Whether every telling word of ``said`` stands in the lesson, or in a question that it answers."""
    wanted = stems(" ".join(word for word in words(said) if word not in FILLER))
    lexicon = _lexicon(kb)[lesson]
    return bool(wanted) and wanted <= lexicon.title | lexicon.body


def mostly_of(said: str, lesson: str, kb: Knowledge) -> bool:
    """Whether more than half of the telling words of ``said`` stand in the lesson or what it answers.

    Where it is but one and no number, it must be of the title: "it's old though" isn't of technology because
    that may be old.
    """
    wanted = stems(" ".join(word for word in words(said) if word not in FILLER))
    lexicon = _lexicon(kb)[lesson]
    held = lexicon.title | (lexicon.body if len(wanted) > 1 or wanted <= NUMBER_WORDS.keys() else frozenset())
    return len(wanted & held) * 2 > len(wanted)


def tells_of(said: str, lesson: str, kb: Knowledge) -> bool:
    """Whether the lesson itself, and not only a question that it answers, has most of what ``said`` names."""
    wanted = content(said, kb)
    return len(wanted & _told(kb)[lesson]) * 2 > len(wanted)


def content(said: str, kb: Knowledge) -> frozenset[str]:
    """The words of ``said`` that mean something, synonyms and numbers unified, without their endings."""
    return frozenset(_reader(kb).stems(" ".join(word for word in words(said) if word not in FILLER)))


def of_the_deck(said: str, lesson: Lesson, kb: Knowledge) -> list[str]:
    """What ``lesson`` says of the deck: the sentence that has all the words of ``said``, or those with most.

    Empty where some word of ``said`` stands nowhere in the deck's part of the lesson.
    """
    wanted = content(said, kb)
    held = [(sentence, wanted & stems) for sentence, stems in _told_by_the_deck(lesson, kb)]
    if not wanted or frozenset().union(*(stems for _, stems in held)) != wanted:
        return []
    most = max(len(stems) for _, stems in held)
    fullest = [sentence for sentence, stems in held if len(stems) == most]
    return fullest[:2]


def of_ours(said: str, lesson: Lesson, kb: Knowledge) -> str | None:
    """The field of ``lesson``, of our own or later evidence, that speaks most of ``said``."""
    wanted, fields = content(said, kb), ("practice", "our_why", "since", "example")
    shared = {field: len(wanted & _stems_of(getattr(lesson, field), kb)) for field in fields}
    most = max(fields, key=lambda field: shared[field])
    return most if shared[most] else None


def sentences_of(md: str) -> list[str]:
    """The sentences of ``md``; an entry of a list is one too."""
    return [sentence for sentence in _SENTENCE.split(md.replace("- ", "")) if sentence.strip()]


@lru_cache(maxsize=256)
def _told_by_the_deck(lesson: Lesson, kb: Knowledge) -> list[tuple[str, frozenset[str]]]:
    """The sentences of what the deck says in a lesson, each with its words as ``content`` has them."""
    texts = (lesson.deck, lesson.lead, lesson.why)
    return [(sentence, _stems_of(sentence, kb)) for text in texts for sentence in sentences_of(text)]


@lru_cache(maxsize=4)
def _reader(kb: Knowledge) -> Reader:
    return Reader(kb.vocabulary)


@lru_cache(maxsize=4_000)
def _stems_of(md: str, kb: Knowledge) -> frozenset[str]:
    """The words of a lesson's ``md``, as ``content`` has them."""
    return frozenset(_reader(kb).stems(plain_markdown(md)))


@lru_cache(maxsize=4)
def _told(kb: Knowledge) -> dict[str, frozenset[str]]:
    """The words of what each lesson tells, as ``content`` has them."""
    return {
        lesson.id: _stems_of(f"{lesson.title} {lesson.practice} {_texts(lesson)}", kb)
        for lesson in kb.lessons.values()
    }


@lru_cache(maxsize=4)
def _lexicon(kb: Knowledge) -> dict[str, _Lexicon]:
    """The words of each lesson's title, and those of its body and questions."""
    return {lesson.id: _Lexicon(stems(lesson.title), stems(body(lesson))) for lesson in kb.lessons.values()}


def body(lesson: Lesson) -> str:
    """All that a lesson says, its title and guidance apart, and what is asked of it."""
    return " ".join((_texts(lesson), *lesson.questions))


def _texts(lesson: Lesson) -> str:
    return " ".join((lesson.lead, lesson.deck, lesson.our_why, lesson.example, lesson.since))
