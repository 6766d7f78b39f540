"""What a phrase about when is: a pattern, and what it tells. The tables are in the modules beside this."""

from __future__ import annotations

import re
from collections.abc import Callable

from dialogs.recurrence.heard import Heard

Found = re.Match[str]
Reader = Callable[[Heard, Found], int | None]
"""Notes what a phrase tells; returns where it ends, or None where it is not that phrase after all."""
Phrases = tuple[tuple[re.Pattern[str], Reader], ...]
"""Tried in order."""


def phrase(pattern: str) -> re.Pattern[str]:
    """A pattern that ends where a word does."""
    return re.compile(rf"(?:{pattern})(?!\w)")
