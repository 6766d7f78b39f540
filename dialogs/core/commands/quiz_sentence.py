"""A series of quizzes, asked for in a sentence: "quiz here every other Friday at 10, 3 questions on funding".

What it says of the quiz itself is taken out; all the rest is read as a pulse's sentence is, whom, when and on
what.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from dialogs.core.reminder_model import QuizAsk
from dialogs.core.text import NUMBER_WORDS
from dialogs.recurrence.sentence import Understood, understand

LONGEST = 600
"""Characters of such a sentence."""
LEADS = (
    r"(?:(?:please|can|could|you|we|lets|let's|let|us|i|want|to|would|like|start|run|do|put|have|begin|a|an|the"
    r"|team|joint|live|anonymous)\s+)*"
)
QUIZ_LEAD = re.compile(rf"{LEADS}(?:quiz|quizz|quizzes)\b", re.IGNORECASE)
"""How a quiz is asked for."""
SECONDS = re.compile(
    r"[, ]*\b(?:with |of |at )?(?P<n>\d{1,3}) ?(?P<unit>s|secs?|seconds?|m|mins?|minutes?)\b"
    r"(?: (?:each|a question|per question|limit|time limit))*",
    re.IGNORECASE,
)
NAMELESS = re.compile(r"[, ]*\b(?:without|with no|no) names\b|[, ]*\banonymous(?:ly)?\b", re.IGNORECASE)
_NUMBERS = NUMBER_WORDS | {"a": 1, "an": 1, "half a": 0.5, "half an": 0.5}
_NUMBER = rf"(?P<n>\d{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_COUNT = re.compile(
    rf"[, ]*\b(?:with |of |and )?{_NUMBER} questions?\b(?: (?:each|every) (?:time|week))?", re.I
)
_OPEN = re.compile(
    rf"[, ]*\b(?:(?:and |which |that |it )*(?:stay(?:s|ing)?|keep(?:s|ing)?(?: it)?|leave it|be|is|left) )?"
    rf"(?:open|running|clos(?:es?|ing)|ends?) (?:for|after) (?:up to )?{_NUMBER}"
    r" ?(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?)\b",
    re.I,
)
_NAMED = re.compile(r"[, ]*\b(?:with names|named|not anonymous(?:ly)?)\b", re.I)
_TOPIC = re.compile(r"(?:^|\s)(?:on|about|of|from) (?P<topic>\S.*)$", re.I)
_HERE = re.compile(
    r"\b(?:right )?here\b|\b(?:in|for|to) (?:the|this|our) (?:channel|team|group|chat)\b", re.I
)
_EVERYBODY = re.compile(r"^(?:for )?(?:all of )?(?:us all|us|everyone|everybody|them|the team)\b", re.I)
_CHANNEL = re.compile(r"\b(?:in|into|for|to) (?=#mention\d)", re.I)
_UNITS = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_CLOCK = re.compile(r"[a-z:.]", re.I)
"""What a time of day has in it, and a number of questions hasn't."""
_SOON = frozenset(("now", "today", "right now", "straight away", "this minute"))
"""When a quiz is begun rather than set for a date."""


class SaidQuiz(NamedTuple):
    """What words say of a quiz, and what is left of them."""

    rest: str
    questions: int = 0
    """0 where they don't say."""
    names: bool | None = None
    minutes: int = 0
    """0 where they don't say."""
    each: bool = False
    """Whether they set a time for each question."""

    @property
    def says_nothing(self) -> bool:
        """Whether they say nothing of it."""
        return not (self.questions or self.minutes or self.each) and self.names is None

    def over(self, ask: QuizAsk) -> QuizAsk:
        """``ask``, with what they say in the place of what it said."""
        return replace(
            ask,
            count=self.questions or ask.count,
            names=ask.names if self.names is None else self.names,
            minutes=self.minutes or ask.minutes,
        )


class ReadQuiz(NamedTuple):
    """What a sentence asks for."""

    read: Understood
    """Whom, when, and what on (``Understood.what``)."""
    said: SaidQuiz


def quiz_said(text: str) -> SaidQuiz:
    """What ``text`` says of a quiz."""
    opened = _OPEN.search(text)
    rest = _OPEN.sub(" ", text)
    each = SECONDS.search(rest)
    rest = SECONDS.sub(" ", rest)
    count = _COUNT.search(rest)
    rest = _COUNT.sub(" ", rest)
    named, nameless = _NAMED.search(rest), NAMELESS.search(rest)
    rest = NAMELESS.sub(" ", _NAMED.sub(" ", rest))
    minutes = int(_number(opened["n"]) * _UNITS[opened["unit"][0].lower()]) if opened else 0
    return SaidQuiz(
        " ".join(rest.split()).strip(" ,"),
        int(_number(count["n"])) if count else 0,
        True if named else False if nameless else None,
        minutes,
        each is not None,
    )


def quiz_series(text: str, now: datetime, zone: str) -> ReadQuiz | None:
    """The quizzes on dates that ``text`` (cleaned, mentions as tokens) asks for; None for anything else."""
    if len(text) > LONGEST or "quiz" not in text.casefold():
        return None
    lead = QUIZ_LEAD.match(text)
    before = "" if lead else _when_before(text, now, zone)
    if lead is None and not before:
        return None
    start = lead or QUIZ_LEAD.match(text, len(before))
    assert start is not None
    said = quiz_said(text[start.end() :])
    rest, channel = _HERE.subn(" ", _EVERYBODY.sub("", _CHANNEL.sub("", said.rest)))
    rest = " ".join(f"{'here ' if channel else ''}{rest} {before}".split()).strip(" ,?!.")
    read = understand(f"pulse {rest}", now, zone)
    on = _TOPIC.search(read.audience_text)
    if on is not None and not read.what:  # said before when it is
        read = read._replace(audience_text=read.audience_text[: on.start()].strip(), what=on["topic"])
    dated = any(
        use.role in ("days", "how often", "start") or (use.role == "time" and _CLOCK.search(use.words))
        for use in read.used
    )
    if not dated or read.when.casefold().strip(" ,") in _SOON:
        return None
    return ReadQuiz(read, said)


def _when_before(text: str, now: datetime, zone: str) -> str:
    """The words about when that a sentence begins with, up to the quiz: "every Friday at 10 run a quiz"."""
    for place in re.finditer(r"(?<=\s)\S", text):
        if QUIZ_LEAD.match(text, place.start()):
            before = text[: place.start()]
            read = understand(before, now, zone, when_only=True)
            return before if read.used and not read.unknown and read.when else ""
    return ""


def _number(said: str) -> float:
    return int(said) if said.isdecimal() else _NUMBERS[said.lower()]
