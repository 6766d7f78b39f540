"""The inverse of a large symmetric matrix, several times as fast as by numpy: nearly all is multiplying."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Real = TypeVar("Real", np.float32, np.float64)

_SMALL = 64
"""Rows from which halving pays."""


def inverse_root(matrix: npt.NDArray[Real]) -> npt.NDArray[Real]:
    """A triangle, which times itself (``root.T @ root``) is the inverse of a positive definite ``matrix``.

    By halves, as in Cholesky's method: what the first half leaves of the other is a square less, so that
    nothing is lost where all rows are alike.
    """
    if len(matrix) <= _SMALL:
        return np.linalg.inv(np.linalg.cholesky(matrix))
    half = len(matrix) // 2
    first = inverse_root(matrix[:half, :half])
    across = matrix[half:, :half] @ first.T
    last = inverse_root(matrix[half:, half:] - across @ across.T)
    root = np.zeros_like(matrix)
    root[:half, :half], root[half:, :half], root[half:, half:] = first, -last @ across @ first, last
    return root
