"""The lens makes lessons stand apart."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.matching.lens import learn_lens
from knowledge.matching.meaning import unit


def test_examples_of_a_lesson_move_together_and_lessons_apart() -> None:
    # Lessons differ along the first four directions, examples of one lesson along the others.
    chance = np.random.default_rng(1)
    lessons = np.repeat(np.arange(4), 20)
    meanings = np.concatenate([np.eye(4)[lessons], chance.normal(0, 0.7, (80, 8))], axis=1)
    plain = unit(meanings.astype(np.float32))
    seen = unit(plain @ learn_lens(plain, lessons, 4))
    assert _apart(seen, lessons) > _apart(plain, lessons) + 0.05


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_examples_give_a_lens_too(count: int) -> None:
    meanings = np.eye(6, dtype=np.float32)[:count]
    assert np.isfinite(learn_lens(meanings, np.arange(count), max(count, 1))).all()


def _apart(seen: np.ndarray, lessons: np.ndarray) -> float:
    """How much more alike examples of one lesson are than examples of two."""
    alike, same = seen @ seen.T, lessons[:, None] == lessons[None]
    return float(alike[same].mean() - alike[~same].mean())
