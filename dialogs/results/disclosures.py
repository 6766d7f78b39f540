"""What all results together tell: nothing is shown that, with all shown before, tells of one or two people.

Whatever is said of a group is worked out from sums over its people: of answers, of their squares, of how
many don't know. Who knows such sums of several groups knows every combination of them. If one of these
rests on one or two people alone, it tells of them. So a new group is shown only where, beside all groups
that were shown of the same thing, it makes no such combination possible. It is supposed that nobody changes
their mind, that sums are known exactly, and that everybody knows who answered. The outcome depends on who
answered and not on what, so that it tells nothing by itself.

Two results are of the same thing where the answer to one tells the answer to the other: they have a topic in
common, however long ago the first was shown, as long as it is kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from dialogs.core.result_model import Disclosure, Disclosures, Group

KEPT = timedelta(days=730)
"""Results are kept so long, and count for so long."""
MOST = 200
"""Groups of one topic that can be held against each other; where there are more, no further one is shown."""

_PRIME = 2**61 - 1
"""The arithmetic is modulo a prime: exact, but for a chance of one in 10**18 that a figure counts as zero."""


def group(people: Iterable[bytes], figure: float | None = None) -> Group:
    """A group in which each of ``people`` counts the same."""
    return Group(((1, tuple(sorted(people))),), figure)


def average(groups: Mapping[str, Sequence[bytes]], figure: float | None = None) -> Group:
    """The average of several groups, in which each group counts the same; empty ones count for nothing."""
    parts = ((len(people), tuple(sorted(people))) for _, people in sorted(groups.items()) if people)
    return Group(tuple(parts), figure)


def worded(text: str) -> str:
    """A question or statement as a topic names it: case, spaces and punctuation make no difference."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def asked(text: str) -> str:
    """The topic of what people answer to ``text`` on a scale, in a pulse or in a check."""
    return f"asked {worded(text)}"


class Disclosing:
    """What a result may show is found out step by step: each is held against all that was told before."""

    def __init__(self, told: Disclosures, result: str, at: datetime, *, known: bool = True) -> None:
        """``known``: whether it is known whose answers the result is of; where not, nothing may be shown."""
        self._told = {
            topic: [one for one in every if one.result != result and at - one.at < KEPT]
            for topic, every in told.items()
        }
        self._result, self._at, self.known = result, at, known
        self._new: dict[str, list[Group]] = defaultdict(list)
        self._spans: dict[str, Span] = {}
        self.refused = False
        """Whether anything could not be shown."""

    def allows(self, wanted: Mapping[str, Sequence[Group]]) -> bool:
        """Whether ``wanted`` (topic -> groups) may all be shown; where they may, they count as told."""
        allowed = self.known and all(self._safe(topic, groups) for topic, groups in wanted.items())
        self.refused = self.refused or not allowed
        if allowed:
            self.tell(wanted)
        return allowed

    def allows_names(self, topics: Iterable[str], people: Iterable[bytes]) -> bool:
        """Whether what each of ``people`` says may be known from now on; where it may, it counts as told.

        It may not where, beside what was told before, it tells of somebody else: of the one who answered
        with them without a name, and now isn't among them.
        """
        singles = [group([one]) for one in people]
        topics = tuple(topics)
        allowed = all(self._tells_of_none_else(topic, singles) for topic in topics)
        self.refused = self.refused or not allowed
        if allowed:
            self.tell(dict.fromkeys(topics, singles))
        return allowed

    def _tells_of_none_else(self, topic: str, singles: Sequence[Group]) -> bool:
        told = self._told.get(topic, ())
        if any(one.groups is None for one in told):
            return False
        before = [*(one for each in told for one in each.groups or ()), *self._new.get(topic, ())]
        return Span([*before, *singles]).told_of <= Span(before).told_of

    def tell(self, told: Mapping[str, Sequence[Group]]) -> None:
        """``told`` is known to everybody, whatever becomes of it."""
        for topic, groups in told.items():
            self._new[topic] += groups
            self._spans.pop(topic, None)

    def record(self) -> dict[str, tuple[Disclosure, ...]]:
        """The topics that are told of, with all that is now told of each."""
        return {
            topic: (*self._told.get(topic, ()), Disclosure(self._result, self._at, tuple(groups)))
            for topic, groups in self._new.items()
        }

    def _safe(self, topic: str, groups: Sequence[Group]) -> bool:
        told = self._told.get(topic, ())
        if any(one.groups is None for one in told):
            return False
        everybody = {who for one in groups for who in _people(one)}
        span = self._spans.get(topic)
        if span is None or not everybody <= span.people:
            before = [one for each in told for one in each.groups or ()]
            span = self._spans[topic] = Span([*before, *self._new.get(topic, ())], everybody)
        return span.holds(groups)


class Span:
    """All combinations of some groups' figures."""

    def __init__(self, groups: Sequence[Group], others: Iterable[bytes] = ()) -> None:
        """``others``: who else may be in further groups.

        Those of whom a group of one tells (they were asked by name) are known, and count no more.
        """
        people = [who for one in groups for who in _people(one)]
        self.people = frozenset((*people, *others))
        self._known = {one[0] for one in map(_people, groups) if len(one) == 1}
        self._columns = {who: at for at, who in enumerate(sorted(self.people - self._known))}
        self._rows = _echelon({}, map(self._row, groups))
        self._few = _few(self._rows, len(self._columns))

    def holds(self, more: Sequence[Group]) -> bool:
        """Whether ``more`` beside them tells of no one or two people of whom they don't tell alone."""
        rows = _echelon(self._rows, map(self._row, more))
        if len(rows) == len(self._rows):
            return True
        return len(rows) <= MOST and _few(rows, len(self._columns)) == self._few

    @property
    def told_of(self) -> frozenset[frozenset[bytes]]:
        """Of whom they tell who isn't known: each alone, and any two together."""
        alone, some = self._few
        people = sorted(self._columns, key=self._columns.__getitem__)
        pairs = {pair for one in some for pair in combinations(sorted(one), 2)}
        return frozenset(frozenset(people[at] for at in told) for told in (*((at,) for at in alone), *pairs))

    def _row(self, one: Group) -> list[int]:
        row = [0] * len(self._columns)
        for divisor, people in one.parts:
            weight = pow(divisor, -1, _PRIME)
            for who in people:
                if who not in self._known:
                    row[self._columns[who]] += weight
        return row


def _people(one: Group) -> list[bytes]:
    return [who for _, people in one.parts for who in people]


_Echelon = Mapping[int, list[int]]
"""Pivot column -> its row, which has 1 there and 0 in the columns of the other pivots."""


def _echelon(rows: _Echelon, more: Iterable[list[int]]) -> _Echelon:
    """The reduced echelon form of ``rows``, which are in it, and ``more``; it ends beyond ``MOST`` rows."""
    found = dict(rows)
    for row in more:
        for pivot, other in found.items():
            row = _without(row, other, row[pivot])
        pivot = next((at for at, value in enumerate(row) if value), -1)
        if pivot < 0:
            continue
        scale = pow(row[pivot], -1, _PRIME)
        row = [value * scale % _PRIME for value in row]
        found = {at: _without(other, row, other[pivot]) for at, other in found.items()}
        found[pivot] = row
        if len(found) > MOST:
            break
    return found


def _without(row: list[int], other: list[int], times: int) -> list[int]:
    if not times:
        return row
    return [(value - times * taken) % _PRIME for value, taken in zip(row, other, strict=True)]


def _few(rows: _Echelon, count: int) -> tuple[frozenset[int], frozenset[frozenset[int]]]:
    """Of whom the rows tell, by column: people alone, and sets of people any two of whom are told of.

    A pivot's row says how it hangs on the columns that are free. A combination that rests on it alone exists
    where it hangs on none, one that rests on two columns where both hang on the free ones in the same way.
    """
    alone, ways = set[int](), defaultdict[tuple[tuple[int, int], ...], set[int]](set)
    for at in range(count):
        row = rows.get(at)
        free = [(at, 1)]
        if row is not None:
            free = [(one, value) for one, value in enumerate(row) if value and one != at]
        if not free:
            alone.add(at)
            continue
        scale = pow(free[0][1], -1, _PRIME)
        ways[tuple((one, value * scale % _PRIME) for one, value in free)].add(at)
    return frozenset(alone), frozenset(frozenset(some) for some in ways.values() if len(some) > 1)
