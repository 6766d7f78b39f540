"""The small-group rules: what may be shown, so that no figure tells of fewer than three people.

Two kinds of hiding. A group of fewer than three is hidden for its own sake; then further ones are, as
long as those that are hidden together, which is what the whole minus the shown figures tells of, are
fewer than three people. Counts of people are said in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import pstdev
from typing import TypeVar

from dialogs.core.result_model import Share, Spread

FEWEST = 3
"""The fewest people whom a figure may tell of."""

_SOME_WAY, _FAR = 15.0, 30.0
"""Points of standard deviation, on a scale of 100: from here on people are some way, or far, apart."""
_SOME, _HALF, _MOST = 0.2, 0.4, 2 / 3
"""Parts of a group from which on it is "some", "about half" or "most" of it."""

Named = TypeVar("Named", str, int)


def showable(*sizes: Mapping[str, int]) -> tuple[str, ...]:
    """The organisations that may be shown beside the whole, the largest first.

    ``sizes``: for each kind of figure, organisation -> on how many of its people that figure rests. Among
    those that could be shown, the smallest is hidden first (among equals, the last by id).
    """

    def smallest(organisation: str) -> int:
        return min(each.get(organisation, 0) for each in sizes)

    everyone = {organisation for each in sizes for organisation in each}
    large = (person for person in everyone if smallest(person) >= FEWEST)
    shown = sorted(large, key=lambda organisation: (-smallest(organisation), organisation))
    hidden = everyone.difference(shown)
    while shown and any(0 < sum(each.get(element, 0) for element in hidden) < FEWEST for each in sizes):
        hidden.add(shown.pop())
    return tuple(shown)


def spread(values: Sequence[float]) -> Spread:
    """How far people's scores (0 to 100) are apart."""
    if len(values) < FEWEST:
        return ""
    apart = pstdev(values)
    return "close" if apart < _SOME_WAY else "some" if apart < _FAR else "far"


def share(part: int, whole: int) -> Share:
    """How much ``part`` is of ``whole``."""
    if whole < FEWEST:
        return ""
    of = part / whole
    return "few" if of < _SOME else "some" if of < _HALF else "half" if of < _MOST else "most"


def number(part: int, whole: int) -> int | None:
    """``part`` of ``whole`` people, where neither these nor the others are one or two."""
    return None if 0 < part < FEWEST or 0 < whole - part < FEWEST else part


def named_most(named: Iterable[Named]) -> tuple[Named | None, bool]:
    """What most people named, and whether they are divided over it (no two thirds of them agree).

    None unless at least three named it, and more than named anything else.
    """
    counts = Counter(named)
    ranked = sorted(counts.values(), reverse=True)
    if sum(ranked) < FEWEST:
        return None, False
    divided = ranked[0] / sum(ranked) < _MOST
    if ranked[0] < FEWEST or ranked[1:2] == ranked[:1]:
        return None, divided
    return next(key for key, count in counts.items() if count == ranked[0]), divided


def rounded(value: float | None, step: int) -> int | None:
    """``value`` to the nearest multiple of ``step``."""
    return None if value is None else step * round(value / step)
