"""Who may do what in a live session."""

from __future__ import annotations

from dialogs.core.session_model import Actor, LiveSession


def may_steer(state: LiveSession, by: Actor) -> bool:
    """Whether ``by`` may close, go on, end, set up and export: whoever started it, and advisors.

    Where whoever started it has been forgotten, anybody may: it is not to be left open.
    """
    return by.advisor or state.host.id in ("", by.id)
