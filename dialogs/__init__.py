"""The conversations: pure functions from what was said to what is answered, kept and erased."""

from dialogs.core.plain import choices, plain
from dialogs.decide import decide

__all__ = ["choices", "decide", "plain"]
