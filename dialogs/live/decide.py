"""What an event does to a live session: the one entrance, pure."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.live import words
from dialogs.live.check import check
from dialogs.live.model import Begin, By, Forgotten, JoinSpot, Live, LiveDecision, LiveEvent, LiveWorld
from dialogs.live.quiz import quiz


def decide_live(state: Live | None, id: str, event: LiveEvent, world: LiveWorld) -> LiveDecision | None:
    """What ``event`` comes to in session ``id``; None where there is no such session (any more).

    A decision may be made again with the same outcome; illegal events change nothing.
    """
    if isinstance(event, Begin):
        if state is not None:
            return LiveDecision(state)
        state = Live(
            id, event.code, event.kind, event.by, world.now, (event.spot,), quiz=event.quiz, check=event.check
        )
    elif state is None:
        return None
    elif isinstance(event, Forgotten):
        return LiveDecision(_without(state, event))
    elif isinstance(event, JoinSpot):
        if state.step == "ended":
            return LiveDecision(state, words.OVER_NOTE)
        if event.spot.key not in {one.key for one in state.spots}:
            state = replace(state, spots=(*state.spots, event.spot))
    return (quiz if state.kind == "quiz" else check)(state, event, world)


def _without(state: Live, gone: Forgotten) -> Live:
    """``state`` without a name that is to be forgotten; a host whose session is open stays its host."""
    if state.board is not None:
        top = tuple(replace(one, id="", name="") if one.id == gone.person else one for one in state.board.top)
        state = replace(state, board=replace(state.board, top=top))
    if state.host.id == gone.person and not gone.left:
        state = replace(state, host=By("" if state.step == "ended" else gone.person))
    return state
