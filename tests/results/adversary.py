"""Somebody who collects figures, knows of whom each is, and works out what fewer than three people said.

Nothing here leans on how results are made: figures are read as people read them. The adversary supposes
that nobody changes their mind, which is the worst that can be supposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import numpy as np

Row = dict[tuple[str, str], float]
"""What a figure is the sum of: weights by (person, what of theirs)."""


def told_of(rows: Sequence[Row]) -> set[tuple[str, ...]]:
    """The people, one or two at a time, of whom some combination of ``rows`` tells.

    It does where the rows lose rank without those people's columns.
    """
    columns = sorted({column for row in rows for column in row})
    matrix = np.array([[row.get(column, 0.0) for column in columns] for row in rows])
    rank = np.linalg.matrix_rank(matrix) if columns else 0
    people = sorted({person for person, _ in columns})
    found = set()
    for few in [*combinations(people, 1), *combinations(people, 2)]:
        others = [at for at, (person, _) in enumerate(columns) if person not in few]
        if (np.linalg.matrix_rank(matrix[:, others]) if others else 0) < rank:
            found.add(few)
    return found


def pinned(figures: Iterable[tuple[frozenset[str], float]]) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The people, one or two at a time, whose answers from 1 to 5 (or their sum) are the only ones that fit.

    ``figures``: means, to one decimal, each with those who answered. Every way to answer is tried.
    """
    figures = list(figures)
    people = sorted(set().union(*(who for who, _ in figures)))
    ways = np.array(list(product(range(1, 6), repeat=len(people))), dtype=np.int8)
    for who, mean in figures:
        there = [people.index(person) for person in who]
        ways = ways[np.abs(ways[:, there].mean(axis=1) - mean) <= 0.05 + 1e-9]
    assert len(ways), "the figures contradict each other"
    found = {}
    for few in [*combinations(people, 1), *combinations(people, 2)]:
        sums = set(ways[:, [people.index(person) for person in few]].sum(axis=1).tolist())
        if len(sums) == 1:
            found[few] = tuple(sums)
    return found
