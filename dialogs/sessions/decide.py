"""What an event does to a live session: the one entrance, pure."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.session_model import (
    Actor,
    Begin,
    Forgotten,
    JoinChannel,
    LiveDecision,
    LiveEvent,
    LiveSession,
    LiveWorld,
    TakeOver,
)
from dialogs.sessions.check import check
from dialogs.sessions.quiz import quiz
from dialogs.wording import sessions as words


def decide_live(
    state: LiveSession | None, id: str, event: LiveEvent, world: LiveWorld
) -> LiveDecision | None:
    """What ``event`` comes to in session ``id``; None where there is no such session (any more).

    A decision may be made again with the same outcome; illegal events change nothing.
    """
    if isinstance(event, Begin):
        if state is not None:
            return LiveDecision(state)
        state = LiveSession(
            id,
            event.code,
            event.kind,
            event.by,
            world.now,
            (event.reference,),
            quiz=event.quiz,
            check=event.check,
        )
    elif state is None:
        return None
    elif isinstance(event, Forgotten):
        return LiveDecision(_without(state, event))
    elif isinstance(event, TakeOver):
        return _taken_over(state, event.by)
    elif isinstance(event, JoinChannel):
        if state.step == "ended":
            return LiveDecision(state, words.OVER_NOTE)
        if event.reference.key not in {reference.key for reference in state.references}:
            state = replace(state, references=(*state.references, event.reference))
    return (quiz if state.kind == "quiz" else check)(state, event, world)


def _taken_over(state: LiveSession, by: Actor) -> LiveDecision:
    """Whoever takes part hosts it, where nobody else does any more."""
    if state.step == "ended":
        return LiveDecision(state, words.OVER_NOTE)
    if state.host.id:
        hosted = words.NOT_HOST.format(host=state.host.name or words.SOMEONE)
        return LiveDecision(state, words.YOURS_ALREADY if state.host.id == by.id else hosted)
    return LiveDecision(replace(state, host=by), words.TAKEN_OVER)


def _without(state: LiveSession, gone: Forgotten) -> LiveSession:
    """``state`` without a name that is to be forgotten; one without a host is offered to who takes part."""
    if state.scoreboard is not None:
        top = tuple(
            replace(standing, id="", name="") if standing.id == gone.person else standing
            for standing in state.scoreboard.top
        )
        state = replace(state, scoreboard=replace(state.scoreboard, top=top))
    if state.host.id == gone.person and not gone.left:
        state = replace(state, host=Actor(""))
    return state
