"""What the quizzes of a series are to be, from words: how many questions, on what, open for how long."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.commands.quiz_sentence import SaidQuiz, quiz_said
from dialogs.core.mentions import spoken
from dialogs.core.reminder_model import Draft, QuizAsk
from dialogs.quiz.starting import on_topic
from dialogs.wording import quiz_series as words
from knowledge import Knowledge

MOST = 5
"""Questions of one quiz: its card has them all."""
_UNITS = {24 * 60: words.DAYS, 60: words.HOURS, 1: words.MINUTES}
SHORTEST, LONGEST = 5, 7 * 24 * 60
"""Minutes that a quiz may be open."""
_ON = re.compile(r"(?:on|about|with|of)\s+", re.IGNORECASE)
_MANNERS = re.compile(
    r"(?:(?:please|and|make|have|let|change|set|it|that|to|be|with|only|just|should|rather|instead|a|quiz)\b"
    r"[, ]*)*",
    re.IGNORECASE,
)


def limited(ask: QuizAsk, said: SaidQuiz) -> tuple[QuizAsk, str]:
    """``ask`` within the limits, and what has to be said of those that ``said`` goes beyond."""
    notes = [words.MOST.format(count=MOST)] if ask.count > MOST else []
    notes += [words.NO_CLOCK] if said.each else []
    notes += [words.LENGTHS] if not SHORTEST <= ask.minutes <= LONGEST else []
    minutes = min(max(ask.minutes, SHORTEST), LONGEST)
    return replace(ask, count=min(max(ask.count, 1), MOST), minutes=minutes), " ".join(notes)


def asking_about(draft: Draft, topic: str, kb: Knowledge) -> Draft:
    """``draft`` with quizzes on ``topic``, as typed; without words of what it is where there is no such."""
    ask = draft.quiz or QuizAsk()
    topic = _ON.sub("", spoken(topic).strip(" .,!?"), count=1) if topic else ""
    if topic.casefold() in words.EVERYTHING:
        topic = ""
    name = on_topic(topic, kb)[0] if topic else ""
    if topic and not name:
        return replace(draft, quiz=replace(ask, topic=topic), what="", topic="")
    return asking_for(replace(draft, quiz=replace(ask, topic=name)))


def asking_for(draft: Draft) -> Draft:
    """``draft``, with its words as what it asks for is."""
    assert draft.quiz is not None
    topic = draft.quiz.topic
    called = words.CALLED_ON.format(topic=topic) if topic else words.CALLED
    return replace(draft, what=in_words(draft.quiz), topic=called)


def worded(draft: Draft, said: str, kb: Knowledge) -> Draft:
    """``draft`` with ``said`` as what its quizzes are: "5 questions on funding"."""
    told = quiz_said(said)
    ask, _ = limited(told.over(draft.quiz or QuizAsk()), told)
    return asking_about(replace(draft, quiz=ask), _MANNERS.sub("", told.rest, count=1), kb)


def changed(draft: Draft, said: str, kb: Knowledge) -> tuple[Draft, str] | None:
    """``draft`` with what ``said`` changes of its quizzes, and what has to be said of it; None where it is
    about something else too."""
    told = quiz_said(said)
    rest = _MANNERS.sub("", told.rest, count=1).strip(" .,!?")
    on = _ON.match(rest)
    topic = rest[on.end() :] if on else ""
    known = topic.casefold() in words.EVERYTHING or bool(on_topic(topic, kb)[0] if topic else "")
    if (rest and not (on and known)) or (not rest and told.says_nothing):
        return None
    ask, notes = limited(told.over(draft.quiz or QuizAsk()), told)
    return asking_about(replace(draft, quiz=ask), topic or ask.topic, kb), notes


def in_words(ask: QuizAsk) -> str:
    """What each quiz is to be: "3 questions on funding, without names"."""
    said = words.QUESTIONS.get(ask.count) or words.QUESTIONS_MORE.format(count=ask.count)
    said = words.ON.format(questions=said, topic=ask.topic) if ask.topic else said
    return said if ask.names else words.WITHOUT_NAMES.format(questions=said)


def time_in_words(minutes: int) -> str:
    """How long a quiz is open: "4 hours"."""
    for unit, (single, several) in _UNITS.items():
        if minutes % unit == 0:
            return single if minutes == unit else several.format(count=minutes // unit)
    return ""
