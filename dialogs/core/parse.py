"""One parser for typed and pressed words: which command they are, if any.

A command is matched whole, with tolerance for slips of the finger; a question that merely contains a
command's word stays a question.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from dialogs.core.aspects import Aspect
from dialogs.core.commands import TABLE, Command, Lessons, RateAnswer, Show, Tell, Unknown, WhyThisAnswer
from dialogs.core.session_phrases import session_command, start_command
from dialogs.core.text import word_set, words
from knowledge import Knowledge

_THUMBS = {"👍": True, ":+1:": True, ":thumbsup:": True, "👎": False, ":-1:": False, ":thumbsdown:": False}
_LEADS = word_set(
    "can could would you please show me give i id need want to see the some list like just sharewise"
)
_WAYS = {" ".join(way.split()): command for command, ways in TABLE for way in ways.split("|")}
_BY_LENGTH = {
    length: tuple((way.split(), command) for way, command in _WAYS.items() if way.count(" ") + 1 == length)
    for length in {way.count(" ") + 1 for way in _WAYS}
}
_NAMED = re.compile(
    r"(?P<verb>show|lessons?|topics|read|open|why this answer|helpful|not helpful|why|more|since|source|"
    r"practice|ask|example|short)\s+(?P<name>\S.*)",
    re.IGNORECASE,
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_ASPECTS: dict[str, Aspect] = {
    "why": "why", "more": "more", "since": "since", "source": "source", "practice": "practice",
    "ask": "ask", "example": "example", "short": "short",
}  # fmt: skip


def parse(text: str, kb: Knowledge) -> Command | None:
    """The command that ``text`` (already cleaned) is; None for a question or anything else."""
    thumb = _thumb(text)
    if thumb is not None:
        return RateAnswer(thumb)
    return session_command(text, kb) or _named(text, kb) or _whole(_normal(text)) or start_command(text)


def _thumb(text: str) -> bool | None:
    for sign, up in _THUMBS.items():
        if text.startswith(sign) and not words(text.removeprefix(sign)):
            return up
    return None


def _normal(text: str) -> str:
    return " ".join(words(text)).replace("'", "")


def _whole(said: str) -> Command | None:
    """The command said in full: exactly, without a "can you show me", or with slips of the finger."""
    if said in _WAYS:
        return _WAYS[said]
    said_words = said.split()
    bare = list(said_words)
    while bare and bare[0] in _LEADS:
        bare.pop(0)
    if bare and bare[-1] in {"please", "sharewise"}:
        bare.pop()
    for tried in (bare, said_words):
        if " ".join(tried) in _WAYS:
            return _WAYS[" ".join(tried)]
    best: tuple[int, Command] | None = None
    for way, command in _BY_LENGTH.get(len(bare), ()):
        slips = _slips(bare, way)
        if slips is not None and (best is None or slips < best[0]):
            best = (slips, command)
    return best[1] if best else None


def _slips(said: list[str], way: list[str]) -> int | None:
    """How many slips part ``said`` from ``way``, word for word; None where they are too many to be slips."""
    total = 0
    for mine, meant in zip(said, way, strict=True):
        if mine == meant:
            continue
        slips = OSA.distance(mine, meant)
        # In a word of four letters one changed letter makes another word (done, none): only a swap is a slip.
        swapped = len(meant) == 4 and sorted(mine) == sorted(meant)
        if slips > (2 if len(meant) > 7 else 1) or (len(meant) < 5 and not swapped):
            return None
        total += slips
    return total


def _named(text: str, kb: Knowledge) -> Command | None:
    """A command that names its lesson or heading, or a lesson's id or title on its own."""
    alone = find_lesson(text, kb)
    if alone:
        return Show(alone)
    found = _NAMED.fullmatch(text)
    if not found:
        return None
    verb, name = found["verb"].casefold(), found["name"]
    if verb in {"lessons", "topics"}:
        heading = find_heading(name, kb)
        if heading:
            return Lessons(heading)
    lesson = find_lesson(name, kb)
    if lesson is None:
        return Unknown() if verb not in _ASPECTS and _ID.fullmatch(name) else None
    match verb:
        case "why this answer":
            return WhyThisAnswer(lesson)
        case "helpful" | "not helpful":
            return RateAnswer(verb == "helpful", lesson)
        case verb if verb in _ASPECTS:
            return Tell(_ASPECTS[verb], lesson)
        case _:
            return Show(lesson)


def find_lesson(name: str, kb: Knowledge) -> str | None:
    """The id of the lesson whose id or title ``name`` is."""
    if name in kb.lessons:
        return name
    return _titles(kb).get(words(name))


@lru_cache(maxsize=4)
def _titles(kb: Knowledge) -> dict[tuple[str, ...], str]:
    return {words(one.title): one.id for one in kb.lessons.values()}


def find_heading(name: str, kb: Knowledge) -> str | None:
    """The deck's heading that ``name`` is."""
    return _headings(kb).get(words(name))


@lru_cache(maxsize=4)
def _headings(kb: Knowledge) -> dict[tuple[str, ...], str]:
    return {words(one): one for one in kb.deck.headings}
