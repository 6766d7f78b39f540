"""What sets lessons apart: turns meanings so that they differ where lessons do, and little elsewhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from knowledge.matching.vectors import Array

_WIDTH = 96
"""Directions that are kept, the most telling ones; more of them find nothing that these miss."""
_CAUTION = 12.0
"""How far examples of one lesson are taken to differ in every direction alike: few examples can't tell."""
_UNSEEN = 12.0
"""Lessons' worth of caution about directions in which these lessons don't differ: others may."""


def learn_lens(meanings: Array, lessons: npt.NDArray[np.intp], count: int) -> Array:
    """A matrix that meanings are multiplied with (linear discriminant analysis, held back on both sides).

    ``lessons``: the lesson number of each of ``meanings``, of ``count``.
    """
    width = meanings.shape[1]
    sums = np.zeros((count, width), np.float32)
    np.add.at(sums, lessons, meanings)
    middles = sums / np.maximum(np.bincount(lessons, minlength=count), 1)[:, None].astype(np.float32)
    apart = meanings - middles[lessons]
    within, between = apart.T @ apart / max(len(apart), 1), middles.T @ middles / count
    spread = max(float(np.trace(within)) / width, 1e-6)
    sizes, axes = np.linalg.eigh(within + np.float32(_CAUTION * spread) * np.eye(width, dtype=np.float32))
    evened = (axes / np.sqrt(sizes)) @ axes.T
    telling, directions = np.linalg.eigh(evened @ between @ evened)
    unseen = np.float32(_UNSEEN / count * max(float(telling.mean()), 1e-6))
    return np.asarray(
        evened @ (directions * (np.maximum(telling, 0) + unseen) ** 0.25)[:, -_WIDTH:], np.float32
    )
