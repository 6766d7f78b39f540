"""The timers of a live session: at any time those that its state says are to be waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs.core.session_model import Elapsed, LiveSession, Timer

IDLE = timedelta(minutes=30)
"""After so long without the host doing anything, a quiz ends with what there is."""


def timers(state: LiveSession, now: datetime) -> tuple[Timer, ...]:
    """What a session that stands like this since ``now`` waits for; nothing once it has ended."""
    if state.step == "ended":
        return ()
    if state.kind == "readiness":
        return (Timer("check", state.closes, Elapsed("check")),) if state.closes else ()
    if state.quiz is not None and state.quiz.at_own_pace:
        return (Timer("quiz", state.closes, Elapsed("quiz")),) if state.closes else ()
    seconds, number = state.quiz.seconds if state.quiz else 0, beat(state)
    idle = Timer(f"idle-{number}", now + IDLE + timedelta(seconds=seconds), Elapsed("idle", number))
    if state.closes is None:
        return (idle,)
    return (idle, Timer(f"question-{state.number}", state.closes, Elapsed("question", state.number)))


def beat(state: LiveSession) -> int:
    """Counts the host's doings in a quiz: a timer set at an earlier one means nothing any more."""
    return 2 * state.number + (state.step != "open")
