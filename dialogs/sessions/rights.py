"""Who may do what in a live session."""

from __future__ import annotations

from dialogs.core.session_model import Actor, LiveSession


def may_steer(state: LiveSession, by: Actor) -> bool:
    """Whether ``by`` may close, go on, end, set up and export: whoever started it, and advisors."""
    return by.advisor or by.id == state.host.id
