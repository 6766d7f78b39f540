"""One more example question, or a new lesson, is learnt at run time; the old matcher stays as it was."""

from __future__ import annotations

import pytest

from knowledge import Phrase, Vocabulary
from knowledge.base import fitted
from tests.knowledge.allotments import QUESTIONS, questions_of

PHRASES = [Phrase(id, text) for id in QUESTIONS for text in questions_of(id)]
SHEDS = [
    Phrase("sheds", text)
    for text in (
        "may I put up a shed",
        "how big may my shed be",
        "who pays for a new shed roof",
        "can I share a shed",
    )
]


@pytest.mark.parametrize("phrase", [PHRASES[3], PHRASES[20], PHRASES[30], PHRASES[45]])
def test_an_example_learnt_later_counts_as_much_as_one_that_was_there(phrase: Phrase) -> None:
    whole = fitted(PHRASES, Vocabulary(), {})
    grown = fitted([other for other in PHRASES if other != phrase], Vocabulary(), {}).learn(phrase)
    for text in (
        phrase.text,
        "what size of plot",
        "is dung good for beans",
        "jobs in may",
        "how wet should soil be",
    ):
        one, other = whole.match(text).candidates, grown.match(text).candidates
        assert one[0].lesson == other[0].lesson
        # How telling each word and direction is, and how sure one may be, stay as they were fitted.
        assert one[0].score == pytest.approx(other[0].score, abs=0.2)


def test_a_new_lesson_is_found_once_learnt() -> None:
    matcher = fitted(PHRASES, Vocabulary(), {})
    for phrase in SHEDS:
        matcher = matcher.learn(phrase)
    found = matcher.match("am I allowed to build a shed")
    assert found.candidates[0].lesson == "sheds"
    assert found.candidates[0].phrase in {phrase.text for phrase in SHEDS}
    assert matcher.match("how do I feed the soil").lesson == "feeding-soil"


def test_learning_changes_nothing_in_the_matcher_that_was_there() -> None:
    matcher = fitted(PHRASES, Vocabulary(), {})
    asked = "may I put up a shed by the beans"
    before = matcher.match(asked)
    matcher.learn(Phrase("sheds", asked))
    assert matcher.match(asked) == before


def test_an_example_that_is_known_teaches_nothing_new() -> None:
    matcher = fitted(PHRASES, Vocabulary(), {})
    assert matcher.learn(PHRASES[0]).match("plots") == matcher.match("plots")


def test_words_learnt_later_are_put_right_too() -> None:
    matcher = fitted(PHRASES, Vocabulary(), {}).learn(Phrase("the-year", "when are the dahlias lifted"))
    assert matcher.match("lift the dalhias").corrected == (("dalhias", "dahlias"),)


def test_the_first_example_of_all_can_be_learnt() -> None:
    matcher = fitted([], Vocabulary(), {}).learn(Phrase("only", "is there anything"))
    assert [candidate.lesson for candidate in matcher.match("is there anything").candidates] == ["only"]
