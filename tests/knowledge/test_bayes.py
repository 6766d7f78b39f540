"""How much each word speaks for a lesson."""

from __future__ import annotations

import numpy as np

from knowledge.matching.bayes import add_up, learn_evidence, numbered

TEXTS = [["dig", "soil"], ["soil", "compost", "soil"], ["plot", "rent"], ["rent", "due", "plot"]]
LESSONS = np.array([0, 0, 1, 1])


def test_a_word_speaks_for_the_lesson_whose_examples_use_it() -> None:
    numbers, said = numbered(TEXTS)
    evidence = learn_evidence(said, LESSONS, 2)
    assert evidence[numbers["soil"], 0] > 0 > evidence[numbers["soil"], 1]
    # The more examples agree, the more it says.
    assert evidence[numbers["soil"], 0] > evidence[numbers["compost"], 0] > 0


def test_what_words_say_is_added_up_each_word_once() -> None:
    numbers, said = numbered(TEXTS)
    evidence = learn_evidence(said, LESSONS, 2)
    twice = add_up(evidence, said, len(TEXTS))[1]
    np.testing.assert_allclose(twice, evidence[[numbers["soil"], numbers["compost"]]].sum(axis=0))


def test_an_example_left_out_leaves_its_own_words_without_a_say() -> None:
    numbers, said = numbered(TEXTS)
    kept = np.array([0, 2, 3])
    evidence = learn_evidence(said.among(kept), LESSONS[kept], 2)
    assert not evidence[numbers["compost"]].any()
    assert evidence[numbers["soil"], 0] > 0


def test_a_lesson_without_examples_is_no_likelier_for_a_word_of_another() -> None:
    _, said = numbered(TEXTS)
    evidence = learn_evidence(said, LESSONS, 3)
    assert (evidence[:, 2] <= evidence[:, :2].max(axis=1)).all()
    assert (evidence[:, 2] < 0).all()
