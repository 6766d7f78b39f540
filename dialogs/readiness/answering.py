"""A step of a readiness check: which answer words give there, and the check with it."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.model import World
from dialogs.core.names import find_lesson
from dialogs.core.text import NUMBER_WORDS, normal
from dialogs.core.work import CheckRun
from dialogs.questions.naming import closest
from dialogs.readiness.cards import FEWEST_PARTNERS, LONGEST_PURPOSE, Step, steps
from dialogs.readiness.scoring import UNKNOWN
from dialogs.wording import readiness as words
from knowledge import Readiness, Statement
from knowledge.readiness import STEPS

MOST_PARTNERS = 99
SAYS_UNKNOWN = {
    "dont know", "i dont know", "i do not know", "not sure", "im not sure", "unsure", "dk", "dunno",
    "i dunno", "no idea", "no clue", "cant say",
}  # fmt: skip


def without(run: CheckRun, check: Readiness) -> CheckRun:
    """``run`` with nothing answered at its step."""
    step = steps(check)[run.at]
    if isinstance(step, Statement):
        return replace(run, answers={id: answer for id, answer in run.answers.items() if id != step.id})
    match step:
        case "model":
            return replace(run, model="")
        case "partners":
            return replace(run, partners=0)
        case "purpose":
            return replace(run, purpose="")


def answered(run: CheckRun, check: Readiness, value: int) -> CheckRun | str:
    """``run`` with ``value`` answered at its step; a sentence where that can't be."""
    step = steps(check)[run.at]
    if isinstance(step, Statement):
        if UNKNOWN <= value <= STEPS:
            return replace(run, answers={**run.answers, step.id: value})
        return what_helps(step, check)
    match step:
        case "model":
            if 1 <= value <= len(check.models):
                return replace(run, model=check.models[value - 1])
        case "partners":
            if FEWEST_PARTNERS <= value <= MOST_PARTNERS:
                return replace(run, partners=value)
    return what_helps(step, check)


def what_helps(step: Step, check: Readiness) -> str:
    """How ``step`` can be answered."""
    match step:
        case "model":
            return words.CHECK_ANSWER_FROM.format(first=1, last=len(check.models))
        case "partners":
            return words.CHECK_PARTNERS
        case "purpose":
            return words.CHECK_PURPOSE.format(limit=LONGEST_PURPOSE)
        case _:
            return words.CHECK_ANSWER_FROM.format(first=1, last=STEPS)


def value_of(said: str, step: Step, check: Readiness, world: World) -> int | None:
    """The answer that typed words give at ``step``; None where they give none."""
    if isinstance(step, Statement):
        names = {normal(label): value for value, label in enumerate(check.scale, 1)}
        if said in names:
            return names[said]
        if said in SAYS_UNKNOWN or said == normal(check.unknown):
            return UNKNOWN
    number = said.removesuffix(" partners").removesuffix(" or more")
    if number.isdecimal() and len(number) < 5:
        # What is no answer at all must not be taken for "don't know".
        return int(number) or -1
    if number in NUMBER_WORDS:
        return NUMBER_WORDS[number]
    if step != "model":
        return None
    lesson = find_lesson(said, world.knowledge) or closest(said, check.models, world.knowledge)
    return check.models.index(lesson) + 1 if lesson in check.models else None
