"""What the linter says of a quiz question that an advisor would add."""

from __future__ import annotations

import re

from knowledge.authoring.check_quiz import teachable
from knowledge.authoring.check_texts import LONGEST as _LONGEST
from knowledge.authoring.check_texts import alike
from knowledge.base import Knowledge
from knowledge.fields import Written
from knowledge.matching.text import Reader
from knowledge.quiz import Quiz, QuizQuestion
from knowledge.taught_quiz import quiz_with

LONGEST, LONGEST_OPTION = _LONGEST["the question"], _LONGEST["an option"]
LONGEST_WHY = _LONGEST["the reason"]
_PLACE = re.compile(r" \([^()]*:\d+\)$")
"""Where in which file something stands."""


def told_of(question: QuizQuestion, kb: Knowledge) -> tuple[str, ...]:
    """What in ``question``, or in the bank with it, gives the answer away without the lesson."""
    others = tuple(other for other in kb.quiz.questions if other.id != question.id)
    bank = quiz_with(Quiz(others, kb.quiz.topics), kb.lessons, (question,))
    texts = [Written("", line, "the question", each.text) for line, each in enumerate(bank.questions)]
    own = next((text.line for text in texts if text.text == question.text), -1)
    problems = (*teachable(bank, texts), *alike(texts, Reader(kb.vocabulary)))
    return tuple(_PLACE.sub("", problem.message) for problem in problems if problem.line == own)
