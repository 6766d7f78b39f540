"""Weights are learnt alike from few examples and from many; nothing changes when a folder grows."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge import Phrase, Vocabulary
from knowledge.base import fitted
from knowledge.matching import fitting
from knowledge.matching.learning import blend, settle, settle_many
from knowledge.matching.meaning import unit
from tests.knowledge.allotments import QUESTIONS, questions_of

PHRASES = [Phrase(id, text) for id in QUESTIONS for text in questions_of(id)]
ASKED = ("what size of plot", "is dung good for beans", "jobs in may", "how big a bean")


@pytest.mark.parametrize("blocks", [1, 3])
def test_where_the_examples_are_the_landmarks_both_ways_of_learning_are_one(blocks: int) -> None:
    chance = np.random.default_rng(7)
    lessons = np.sort(chance.integers(0, 6, 120))
    meanings = unit((chance.normal(size=(120, 30)) + 2 * np.eye(6, 30)[lessons]).astype(np.float32))
    likeness = blend(meanings @ meanings.T, np.zeros((120, 120), np.float32))
    parts = zip(np.array_split(likeness, blocks), np.array_split(lessons, blocks), strict=True)
    few = likeness @ settle(likeness, np.eye(6, dtype=np.float32)[lessons])
    many = likeness @ settle_many(parts, likeness, 6)
    assert np.abs(few - many).max() < 0.01 * np.abs(few).max()


def test_one_example_more_than_landmarks_hardly_changes_a_match(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fitted(PHRASES, Vocabulary(), {})
    monkeypatch.setattr(fitting, "MOST_LANDMARKS", len(PHRASES) - 1)
    beyond = fitted(PHRASES, Vocabulary(), {})
    for text in ASKED:
        near, far = whole.match(text), beyond.match(text)
        assert (near.band, near.candidates[0].lesson) == (far.band, far.candidates[0].lesson), text
        assert near.candidates[0].score == pytest.approx(far.candidates[0].score, abs=0.05), text
