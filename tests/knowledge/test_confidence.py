"""Scores mean what they say, and the bands follow from the folder and from what a mistake costs."""

from __future__ import annotations

from statistics import fmean

import numpy as np
import pytest

from knowledge import Knowledge, Match, Phrase
from knowledge.base import fitted
from knowledge.matching.confidence import (
    PASSED_OVER,
    SUGGESTED,
    WRONG,
    Confidence,
    Sureness,
    learn_confidence,
)

Asked = list[tuple[Phrase, Match]]


@pytest.fixture(scope="module")
def asked(ours: Knowledge) -> Asked:
    """Two fifths of our example questions, each asked of a matcher that has seen none of its own fifth."""
    phrases = [Phrase(lesson.id, text) for lesson in ours.lessons.values() for text in lesson.questions]
    names = [Phrase(lesson.id, lesson.title) for lesson in ours.lessons.values()]
    matches: Asked = []
    for held in (phrases[::5], phrases[1::5]):
        matcher = fitted([phrase for phrase in phrases if phrase not in held], ours.vocabulary, names)
        matches += [(phrase, matcher.match(phrase.text)) for phrase in held]
    return matches


def test_scores_are_right_as_often_as_they_say(asked: Asked) -> None:
    told = fmean(match.candidates[0].score for _, match in asked)
    right = fmean(match.candidates[0].lesson == phrase.lesson for phrase, match in asked)
    assert told == pytest.approx(right, abs=0.07)
    surest = [(phrase, match) for phrase, match in asked if match.candidates[0].score > 0.9]
    assert fmean(match.candidates[0].lesson == phrase.lesson for phrase, match in surest) > 0.85


def test_answering_costs_less_than_suggesting_would_have(asked: Asked) -> None:
    answers = [match.lesson == phrase.lesson for phrase, match in asked if match.band == "answer"]
    assert len(answers) > len(asked) / 2
    assert answers.count(False) * WRONG < len(answers) * SUGGESTED / 2


def test_the_bands_follow_from_what_a_mistake_costs() -> None:
    steady = Sureness(1.0, 0.0)
    confidence = Confidence(right=steady, clear=steady, near=steady)
    sure = [odds / 10 for odds in range(-50, 50)]
    assert all(
        confidence.answers(odds, odds + 9) == ((1 - steady.of(odds)) * WRONG < SUGGESTED) for odds in sure
    )
    assert all(confidence.suggests(odds) == (steady.of(odds) * PASSED_OVER > SUGGESTED) for odds in sure)
    assert not confidence.answers(5.0, 0.0)


def test_where_another_lesson_is_as_likely_as_not_both_doubts_count() -> None:
    steady = Sureness(1.0, 0.0)
    confidence = Confidence(right=steady, clear=steady, near=steady)
    assert confidence.answers(1.4, 1.5)
    assert not confidence.answers(1.4, 1.0)
    assert confidence.answers(5.0, 4.0)


def test_a_few_examples_hardly_bend_the_usual_curve_and_many_do() -> None:
    near = np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.7, 0.1, 0.1]], np.float32)
    far = np.full((2, 4), 0.01, np.float32)

    def slope(times: int) -> float:
        """Of folders where strangers are told from questions by little: one step of odds parts them."""
        inside, outside = np.tile(near, (times, 1)), np.tile(far, (times, 1))
        return learn_confidence(inside, [outside], np.arange(len(inside)) % 2).right.slope

    none, few, many = (slope(times) for times in (0, 2, 2000))
    assert abs(few - none) < 0.1 < abs(many - none)


def test_what_is_kept_on_disk_is_what_was_learnt() -> None:
    learnt = Confidence(Sureness(1.5, -0.5), Sureness(0.5, 0.0), Sureness(1.0, 2.0))
    assert Confidence.from_numbers(learnt.as_numbers()) == learnt
