"""Slips of the finger: how far typed words are from words that we know."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz.distance import OSA

MOST_SLIPS = 2
"""In one word; a letter too many or too few is one."""


def slips(said: Sequence[str], way: Sequence[str]) -> int | None:
    """How many slips part ``said`` from ``way``, word for word; None where they are too many to be slips."""
    total = 0
    for mine, meant in zip(said, way, strict=True):
        if mine == meant:
            continue
        most = MOST_SLIPS if len(meant) > 7 else 1
        # Before the slips are counted, which takes longer: a letter too many or too few is a slip each.
        if abs(len(mine) - len(meant)) > most:
            return None
        # In a word of four letters one changed letter makes another word (done, none): only a swap is a slip.
        if len(meant) < 5 and not (len(meant) == 4 and sorted(mine) == sorted(meant)):
            return None
        # Another first letter makes another word, too (eight, right; tight, night).
        if len(meant) < 8 and mine[1:] == meant[1:]:
            return None
        made = OSA.distance(mine, meant)
        if made > most:
            return None
        total += made
    return total


def mended(said: Sequence[str], known: Collection[str]) -> str:
    """``said`` with its slips mended, all of it ``known`` words; "" where it is anything else.

    Stands for short answers to what was asked, where a word of four letters with one too many or too few can
    only be it ("dne", "stopp"); in one of three, only the last two can be swapped ("teh"); digits are as they
    are.
    """
    found = list[str]()
    for word in said:
        meant = word if word in known else _meant(word, known)
        if not meant:
            return ""
        found.append(meant)
    return " ".join(found)


def _meant(word: str, known: Collection[str]) -> str:
    """The one known word that ``word`` is a slip of; "" for none, or several."""
    if not word.isalpha():
        return ""
    like = (other for other in known if abs(len(other) - len(word)) <= MOST_SLIPS)
    near = [other for other in like if slips([word], [other]) is not None or _nearly(word, other)]
    return near[0] if len(near) == 1 else ""


def _nearly(word: str, meant: str) -> bool:
    if len(meant) == 3:  # "teh"
        return word == meant[0] + meant[2] + meant[1]
    return len(meant) == 4 and len(word) in (3, 5) and word[0] == meant[0] and OSA.distance(word, meant) == 1
