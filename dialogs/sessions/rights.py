"""Who may do what in a live session."""

from __future__ import annotations

from dialogs.core.session_model import Actor, LiveSession
from dialogs.wording import sessions as words


def may_steer(state: LiveSession, by: Actor) -> bool:
    """Whether ``by`` may close, go on, end, set up and export: whoever hosts it, and advisors."""
    return by.advisor or state.host.id == by.id


def refusal(state: LiveSession) -> str:
    """Why somebody who may not steer can't, and who can."""
    if not state.host.id:
        return words.NO_HOST
    return words.NOT_HOST.format(host=state.host.name or words.SOMEONE)
