"""Slips of the finger: how far typed words are from words that we know."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA


def slips(said: Sequence[str], way: Sequence[str]) -> int | None:
    """How many slips part ``said`` from ``way``, word for word; None where they are too many to be slips."""
    total = 0
    for mine, meant in zip(said, way, strict=True):
        if mine == meant:
            continue
        made = OSA.distance(mine, meant)
        # In a word of four letters one changed letter makes another word (done, none): only a swap is a slip.
        swapped = len(meant) == 4 and sorted(mine) == sorted(meant)
        if made > (2 if len(meant) > 7 else 1) or (len(meant) < 5 and not swapped):
            return None
        total += made
    return total
