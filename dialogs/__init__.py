"""The conversations: pure functions from what was said to what is answered, kept and erased."""

from dialogs.decide import decide
from dialogs.plain import choices, plain

__all__ = ["choices", "decide", "plain"]
