"""A quiz for many, paced by its host: which question is open, and what it all comes to."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from msgspec.structs import replace

from dialogs.core.reminder_model import QuizOutcome
from dialogs.core.session_model import (
    Begin,
    Elapsed,
    Forgotten,
    JoinChannel,
    LastAsked,
    LiveDecision,
    LiveEvent,
    LiveSession,
    LiveWorld,
    Scoreboard,
    SetUp,
    Sheet,
    Standing,
    Steer,
    TakeOver,
)
from dialogs.quiz.cards import letter
from dialogs.sessions.gate import question_of
from dialogs.sessions.timers import beat, timers
from dialogs.wording import sessions as words
from knowledge import Knowledge, shuffled

MOST_SECONDS = 600
"""The longest time limit of a question."""
PLACES, TOP = 3, 10
"""Places of the scoreboard whose people are named, and how many people at most."""


def quiz(state: LiveSession, event: LiveEvent, world: LiveWorld) -> LiveDecision:
    """What ``event`` does to a quiz."""
    match event:
        case Begin():
            return _opened(state, world)
        case JoinChannel():
            return LiveDecision(state)
        case Steer(act, _, number):
            if state.step == "ended":
                return LiveDecision(state, words.OVER_NOTE)
            if act == "end" or at_own_pace(state):
                return _ended(state, world)
            if act == "next" and state.step == "open" and number in (0, state.number):
                return LiveDecision(state, words.CLOSE_FIRST)
            if (number and number != state.number) or (act == "close") != (state.step == "open"):
                return LiveDecision(state, words.PASSED)
            return _closed(state, world) if act == "close" else _on(state, world)
        case Elapsed("question", number) if state.step == "open" and number == state.number:
            return _closed(state, world)
        case Elapsed("quiz") if state.step == "open" and at_own_pace(state):
            return _ended(state, world)
        case Elapsed("idle", number) if number == beat(state) and state.step != "ended":
            return _ended(state, world)
        case Elapsed() | SetUp() | TakeOver() | Forgotten():
            return LiveDecision(state)


def at_own_pace(state: LiveSession) -> bool:
    """Whether all the questions of a quiz are open at once."""
    return state.quiz is not None and state.quiz.at_own_pace


def _opened(state: LiveSession, world: LiveWorld) -> LiveDecision:
    """The question at ``state.number`` is open from now on; at one's own pace, all of them."""
    plan = state.quiz
    assert plan is not None
    if plan.at_own_pace:
        state = replace(state, number=len(plan.questions))
    seconds = plan.minutes * 60 or plan.seconds
    closes = world.now + timedelta(seconds=seconds) if seconds else None
    opened = replace(state, step="open", closes=closes)
    return LiveDecision(opened, timers=timers(opened, world.now))


def _closed(state: LiveSession, world: LiveWorld) -> LiveDecision:
    closed = replace(state, step="closed", closes=None)
    return LiveDecision(closed, words.CLOSED_NOTE, timers=timers(closed, world.now))


def _on(state: LiveSession, world: LiveWorld) -> LiveDecision:
    assert state.quiz is not None
    if state.number == len(state.quiz.questions):
        return _ended(state, world)
    return _opened(replace(state, number=state.number + 1), world)


def _ended(state: LiveSession, world: LiveWorld) -> LiveDecision:
    if world.sheets is None:
        return LiveDecision(state, needs="sheets")
    scores = scoreboard(state, world.sheets, world)
    ended = replace(state, step="ended", closes=None, scoreboard=scores, ended=world.now)
    asked = _asked(state, world.sheets, world) if scores.scores else {}
    return LiveDecision(ended, words.ENDED_NOTE, ended=True, asked=asked)


def _asked(state: LiveSession, sheets: tuple[Sheet, ...], world: LiveWorld) -> dict[str, LastAsked]:
    """How each question went that anybody answered."""
    assert state.quiz is not None
    went = dict[str, LastAsked]()
    for number, question in enumerate(state.quiz.questions[: state.number], 1):
        right = right_letters(state, number, world.knowledge)
        given = [sheet.letters[number] for sheet in sheets if number in sheet.letters]
        if right and given:
            wrong = sum(letters != right for letters in given)
            went[question] = LastAsked(world.now, len(given), wrong)
    return went


def outcome(scores: Scoreboard, occurrence: str) -> QuizOutcome:
    """What the quiz of an occurrence came to, for its series; without what its scoreboard withholds."""
    rights = sum(right * people for right, people in enumerate(scores.scores))
    shown = bool(scores.scores) and scores.people > 0
    return QuizOutcome(
        occurrence, scores.people, scores.asked if shown else 0, rights / scores.people if shown else 0.0
    )


def right_letters(state: LiveSession, number: int, kb: Knowledge) -> str:
    """The letter of the right option of a question; "" where it is no longer in the bank."""
    question = question_of(state, kb, number)
    if question is None:
        return ""
    return "".join(letter(at) for at, option in enumerate(shuffled(question, state.id)) if option.right)


def scoreboard(state: LiveSession, sheets: tuple[Sheet, ...], world: LiveWorld) -> Scoreboard:
    """The scores of everybody who answered anything.

    Named are the first places, of those who had something right: a board praises, and shows nobody up.
    A question that nobody answered was not put, and one that has gone from the bank since doesn't count.
    Without names there are no scores where somebody has left since a question was closed: its counts were
    shown with theirs, and the difference would be what they answered.
    """
    assert state.quiz is not None
    put = [n for n in range(1, state.number + 1) if any(n in sheet.letters for sheet in sheets)]
    right = {n: letters for n in put if (letters := right_letters(state, n, world.knowledge))}
    scored = [
        Standing(sheet.id, sheet.name, sum(right[n] == sheet.letters.get(n) for n in right))
        for sheet in sheets
        if sheet.letters
    ]
    counts = Counter(standing.right for standing in scored)
    best = [standing for standing in scored if standing.right and _ahead(standing, counts) < PLACES]
    best.sort(key=lambda standing: (-standing.right, standing.name.casefold(), standing.id))
    top = tuple(best[:TOP]) if state.quiz.names else ()
    lost = {n: sum(sheet.letters.get(n, right[n]) != right[n] for sheet in sheets) for n in right}
    missed = sorted((n for n in right if lost[n]), key=lambda n: (-lost[n], n))
    whole = all(count == sum(n in sheet.letters for sheet in sheets) for n, count in world.counted.items())
    shown = whole or state.quiz.names
    return Scoreboard(
        people=len(scored),
        asked=len(right),
        top=top,
        scores=tuple(counts[score] for score in range(len(right) + 1)) if shown else (),
        missed=tuple(state.quiz.questions[n - 1] for n in missed) if shown else (),
    )


def _ahead(standing: Standing, counts: Counter[int]) -> int:
    """How many people had more right."""
    return sum(people for right, people in counts.items() if right > standing.right)
