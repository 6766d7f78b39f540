"""What can be worked out from figures of several groups: every combination of them, and on whom it rests.

A figure is a sum over people of what each said of some topics, by weight. Whoever knows some figures knows
all their combinations. One that rests on one or two people alone, on whatever topics, tells of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, combinations

from dialogs.core.result_model import Group

MOST = 200
"""Figures that can be held against each other; where there are more, no further one is shown."""

_PRIME = 2**61 - 1
"""The arithmetic is modulo a prime: exact, but for a chance of one in 10**18 that a figure counts as zero."""

Column = tuple[str, bytes]
"""What somebody said of a topic: the topic, and the person as a keyed hash."""
ToldGroup = tuple[str, Group]
"""A group, with the topic that it is told of."""
_Row = dict[Column, int]
_Echelon = Mapping[Column, _Row]
"""Pivot column -> its row, which has 1 there and nothing in the columns of the other pivots."""
_Few = Mapping[frozenset[bytes], int]
"""One or two people -> how many combinations rest on them alone (and on neither of two by themselves)."""


class Combinations:
    """All combinations of some groups' figures."""

    def __init__(self, groups: Iterable[ToldGroup]) -> None:
        """Those of whom a group of one tells (they were asked by name) are known, and count no more."""
        groups = [*groups]
        columns = map(_columns, groups)
        self._known = {each[0][0] for each in columns if len(each) == 1}
        self._rows = _echelon({}, map(self._row, groups))
        self._few = _few(self._rows)

    def beside(self, more: Iterable[ToldGroup]) -> Combinations | None:
        """The combinations with ``more``; None where they tell more of one or two people than without."""
        rows = _echelon(self._rows, map(self._row, more))
        if len(rows) == len(self._rows):
            return self
        if len(rows) > MOST:
            return None
        found = object.__new__(Combinations)
        found._known, found._rows, found._few = self._known, rows, _few(rows)
        return found if found.tells_no_more_than(self) else None

    def tells_no_more_than(self, other: Combinations) -> bool:
        """Whether it tells of nobody of whom ``other`` doesn't; those who are known in it count no more."""
        return len(self._rows) <= MOST and all(
            count <= other._few.get(people, 0) for people, count in self._few.items()
        )

    def _row(self, told: ToldGroup) -> _Row:
        row: _Row = defaultdict(int)
        for column, divisor in _columns(told):
            if column not in self._known:
                row[column] += pow(divisor, -1, _PRIME)
        return row


def _columns(told: ToldGroup) -> list[tuple[Column, int]]:
    """What a group is made of, each with its divisor."""
    topic, group = told
    topics = group.topics or (topic,) * len(group.parts)
    return [
        ((part_topic, person), divisor)
        for part_topic, (divisor, people) in zip(topics, group.parts, strict=True)
        for person in people
    ]


def _echelon(rows: _Echelon, more: Iterable[_Row]) -> dict[Column, _Row]:
    """The reduced echelon form of ``rows``, which are in it, and ``more``; it ends beyond ``MOST`` rows."""
    found = dict(rows)
    for row in more:
        for pivot in row.keys() & found.keys():
            row = _without(row, found[pivot], row[pivot])
        if not row:
            continue
        pivot = min(row)
        scale = pow(row[pivot], -1, _PRIME)
        row = {column: value * scale % _PRIME for column, value in row.items()}
        found = {
            at: _without(other, row, other[pivot]) if pivot in other else other for at, other in found.items()
        }
        found[pivot] = row
        if len(found) > MOST:
            break
    return found


def _without(row: _Row, other: _Row, times: int) -> _Row:
    found = dict(row)
    for column, taken in other.items():
        value = (found.get(column, 0) - times * taken) % _PRIME
        if value:
            found[column] = value
        else:
            found.pop(column, None)
    return found


def _few(rows: _Echelon) -> _Few:
    """On which one or two people combinations of ``rows`` rest.

    Each column hangs in its own way on the columns that are no pivots. A combination rests on some columns
    alone where these hang together by themselves: there are fewer independent ways than columns. Three
    people or more who stand in all rows alike are in a combination all or none.
    """
    ways: dict[Column, dict[Column, int]] = {}
    for pivot, row in rows.items():
        ways[pivot] = {column: value for column, value in row.items() if column != pivot}
    for column in {column for row in rows.values() for column in row} - rows.keys():
        ways[column] = {column: 1}
    people = defaultdict[bytes, list[Column]](list)
    for column in sorted(ways):
        people[column[1]].append(column)
    alike = _alike(rows, people)
    short = _Short(ways, 2 * max(map(len, people.values()), default=0))

    def told(some: Iterable[bytes]) -> int:
        columns = [column for person in some for column in people[person]]
        return len(columns) - _rank([short.way(column) for column in columns])

    single = [some[0] for some in alike if len(some) == 1]
    alone = {person: told([person]) for person in single}
    bound = {column[1] for column in rows}  # two who aren't, hang together on nothing
    pairs = (pair for pair in combinations(single, 2) if not bound.isdisjoint(pair))
    few = Counter({frozenset([person]): count for person, count in alone.items()})
    for pair in chain(pairs, (some for some in alike if len(some) == 2)):
        few[frozenset(pair)] = told(pair) - sum(alone.get(person, 0) for person in pair)
    return +few


def _alike(rows: _Echelon, people: Mapping[bytes, list[Column]]) -> list[list[bytes]]:
    """The people, those together who stand in all rows alike."""
    stands = defaultdict[Column, list[tuple[Column, int]]](list)
    for pivot, row in rows.items():
        for column, value in row.items():
            stands[column].append((pivot, value))
    found = defaultdict[frozenset[tuple[str, frozenset[tuple[Column, int]]]], list[bytes]](list)
    for person, columns in people.items():
        found[frozenset((column[0], frozenset(stands[column])) for column in columns)].append(person)
    return list(found.values())


class _Short:
    """Ways, each as few numbers as suffice to tell whether so many of them are independent.

    They are mixed by weights that nobody has chosen, which keeps independence (but for that small chance).
    """

    def __init__(self, ways: Mapping[Column, Mapping[Column, int]], length: int) -> None:
        self._ways, self._length = ways, length
        self._weights: dict[Column, list[int]] = {}
        self._kept: dict[Column, list[int]] = {}

    def way(self, column: Column) -> list[int]:
        if column not in self._kept:
            mixed = [0] * self._length
            for on, value in self._ways[column].items():
                for at, weight in enumerate(self._of(on)):
                    mixed[at] += value * weight
            self._kept[column] = [value % _PRIME for value in mixed]
        return self._kept[column]

    def _of(self, column: Column) -> list[int]:
        if column not in self._weights:
            topic, person = column
            digits = hashlib.shake_128(person + topic.encode()).digest(8 * self._length)
            self._weights[column] = [
                int.from_bytes(digits[at : at + 8]) % _PRIME for at in range(0, len(digits), 8)
            ]
        return self._weights[column]


def _rank(vectors: list[list[int]]) -> int:
    rank, left = 0, vectors
    while left:
        first, *left = left
        at = next((at for at, value in enumerate(first) if value), None)
        if at is None:
            continue
        rank += 1
        scale = pow(first[at], -1, _PRIME)
        left = [
            [(value - row[at] * scale * taken) % _PRIME for value, taken in zip(row, first, strict=True)]
            if row[at]
            else row
            for row in left
        ]
    return rank
