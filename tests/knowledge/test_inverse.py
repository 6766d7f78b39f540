"""A large matrix is inverted by halves, and nothing is lost by it."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.matching.inverse import inverse_root


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("rows", [0, 1, 64, 65, 301])
def test_a_root_times_itself_is_the_inverse(rows: int, kind: type[np.floating]) -> None:
    spread = np.random.default_rng(7).normal(size=(rows, 40)).astype(kind)
    matrix = spread @ spread.T + np.eye(rows, dtype=kind)
    root = inverse_root(matrix)
    assert root.dtype == kind
    assert np.array_equal(root, np.tril(root))
    assert root.T @ root @ matrix == pytest.approx(np.eye(rows), abs=1e-3)


def test_rows_that_are_nearly_alike_are_told_apart() -> None:
    """As thousands of examples in the same words are: all but one direction is what is put beside them."""
    rows = 2000
    matrix = np.ones((rows, rows), np.float32) + np.float32(0.6) * np.eye(rows, dtype=np.float32)
    root = inverse_root(matrix)
    apart = np.eye(rows, 1, dtype=np.float32) - np.eye(rows, 1, -1, dtype=np.float32)
    assert root.T @ (root @ apart) == pytest.approx(apart / 0.6, abs=0.01)
