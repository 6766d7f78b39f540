"""Sentences in the words that a knowledge folder has for its source and for those who use it."""

from __future__ import annotations

from functools import lru_cache

from dialogs.core.text import literal
from knowledge import Knowledge

_NO_PULSE = "progress"
"""What a pulse may be on, where a folder has no question for one."""


def phrased(template: str, kb: Knowledge, **values: object) -> str:
    """``template``, a sentence of ``dialogs.wording`` in Markdown, filled in: {source}, {group} and {task}
    as ``Words`` has them, {subject} and {short} as the deck has, {interest} with what a pulse may be on, and
    ``values`` (Markdown)."""
    return template.format(**values, **_words_of(kb))


@lru_cache(maxsize=4)
def _words_of(kb: Knowledge) -> dict[str, str]:
    pulses = kb.templates.pulses
    return {
        "source": kb.deck.words.source,
        "group": kb.deck.words.group,
        "task": kb.deck.words.task,
        "subject": literal(kb.deck.subject),
        "short": literal(kb.deck.short),
        "interest": literal(pulses[0].id if pulses else _NO_PULSE),
    }
