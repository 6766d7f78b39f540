"""Things of one kind that are offered side by side, called so that each can be told from the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence


def told_apart(things: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What to call each: by its first name; those that are alike in it with the next in which they differ,
    and what is alike in all of them by its number.

    ``things``: the names of each, from the one that says most, which may be "" but the first.
    """
    called = [names[0] for names in things]
    for place in range(1, max(map(len, things), default=0)):
        further = [names[place] if place < len(names) else "" for names in things]
        alike: dict[str, set[str]] = defaultdict(set)
        for name, beside in zip(called, further, strict=True):
            alike[name].add(beside)
        called = [
            f"{name}, {beside}" if beside and len(alike[name]) > 1 else name
            for name, beside in zip(called, further, strict=True)
        ]
    several, numbers = Counter(called), Counter[str]()
    return tuple(_numbered(name, several, numbers) for name in called)


def _numbered(name: str, several: Counter[str], numbers: Counter[str]) -> str:
    numbers[name] += 1
    return f"{name} ({numbers[name]})" if several[name] > 1 else name
