"""What may be answered now: all that is checked, in the one call that stores an answer, comes from here."""

from __future__ import annotations

from dialogs.core.session_model import LiveSession
from dialogs.quiz.cards import short_name
from knowledge import Knowledge, QuizQuestion, shuffled

CHECK_TALLY = "check"
ALL_TALLY = "all"
"""What those are counted under who answer a quiz at their own pace, whichever question."""


def question_of(state: LiveSession, kb: Knowledge, number: int = 0) -> QuizQuestion | None:
    """The question that stands on the card (or the ``number``-th); None where it is no longer in the bank."""
    plan, number = state.quiz, number or state.number
    if plan is None or not 1 <= number <= len(plan.questions):
        return None
    return kb.quiz.question(plan.questions[number - 1])


def gate(state: LiveSession, kb: Knowledge) -> dict[str, str]:
    """What the store needs to know of ``state`` to take or refuse an answer, as text by name.

    ``open``: the number of the open question, "check" for an open check, "all" where all of a quiz's
    questions are, "" where nothing is open; ``options``: how many there are; ``names``: what each is called,
    a line each (where all are open, ``options 1``, ``names 1`` and so on); ``tally``: what answers are
    counted under; ``over``: "1" once ended.
    """
    if state.check is not None:
        is_open = CHECK_TALLY if state.step == "open" else ""
        return {"open": is_open, "tally": CHECK_TALLY, "over": _over(state)}
    if state.quiz is not None and state.quiz.at_own_pace:
        return {**_each(state, kb), "tally": ALL_TALLY, "over": _over(state)}
    question = question_of(state, kb)
    names = names_of(state, question) if question else ()
    is_open = str(state.number) if state.step == "open" else ""
    return {
        "open": is_open, "options": str(len(names)), "names": "\n".join(names), "tally": str(state.number),
        "over": _over(state),
    }  # fmt: skip


def _each(state: LiveSession, kb: Knowledge) -> dict[str, str]:
    """Of all questions at once."""
    assert state.quiz is not None
    told = {"open": ALL_TALLY if state.step == "open" else ""}
    for number in range(1, len(state.quiz.questions) + 1):
        question = question_of(state, kb, number)
        names = names_of(state, question) if question else ()
        told |= {f"options {number}": str(len(names)), f"names {number}": "\n".join(names)}
    return told


def names_of(state: LiveSession, question: QuizQuestion) -> tuple[str, ...]:
    """What its options are called, in the order in which they stand on the card."""
    options = enumerate(shuffled(question, state.id))
    return tuple(" ".join(short_name(question, at, option.text).split()) for at, option in options)


def _over(state: LiveSession) -> str:
    return "1" if state.step == "ended" else ""
