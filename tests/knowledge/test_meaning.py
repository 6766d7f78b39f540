"""Seen word by word, a text means what it means seen as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.matching.meaning import Meaning, Seen, unit
from knowledge.matching.vectors import word_vectors

EXAMPLES = ["how do I feed the soil", "when should we water", "may I keep hens", "who do I pay the rent to"]


@pytest.mark.parametrize(
    "text", ["how do I feed hens", "water", "the the the soil", "zzxqvk", EXAMPLES[0], "rent " * 60, ""]
)
def test_word_by_word_a_text_looks_as_it_does_as_a_whole(text: str) -> None:
    weights = {"hens": 2.5, "soil": 1.7, "the": 0.1}
    meaning = Meaning(word_vectors(), lambda word: weights.get(word, 1.0))
    meaning.middle = meaning.middle_of([example.split() for example in EXAMPLES])
    lens = np.random.default_rng(3).normal(0, 1, (2 * word_vectors().width, 40)).astype(np.float32)
    spoken = text.split()
    assert Seen(meaning, lens).of(spoken) == pytest.approx(unit(meaning.of(spoken) @ lens), abs=2e-6)
