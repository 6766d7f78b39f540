"""What holds for any text at all."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import Knowledge
from knowledge.matching.text import LONGEST, normalised, stem, words
from tests.knowledge.allotments import QUESTIONS

_known = st.sampled_from([word for text in QUESTIONS.values() for word in text.replace("|", " ").split()])
_questions = st.one_of(st.text(), st.lists(_known, max_size=12).map(" ".join))
_fitted_once = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@given(question=_questions)
@_fitted_once
def test_any_text_gets_sorted_candidates_and_a_band_that_fits_them(
    allotments: Knowledge, question: str
) -> None:
    match = allotments.match(question)
    scores = [candidate.score for candidate in match.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert sum(scores) <= 1 + 1e-9
    assert len({candidate.lesson for candidate in match.candidates}) == len(scores) <= 3
    for candidate in match.candidates:
        assert candidate.phrase in allotments.lessons[candidate.lesson].questions
    assert match.lesson == (match.candidates[0].lesson if match.band == "answer" else None)
    assert match.candidates or match.band == "none"


@given(question=_questions)
@_fitted_once
def test_the_same_question_always_gets_the_same_match(allotments: Knowledge, question: str) -> None:
    assert allotments.match(question) == allotments.match(question)


@given(question=st.lists(_known, min_size=1, max_size=12))
@_fitted_once
def test_case_space_and_punctuation_do_not_matter(allotments: Knowledge, question: list[str]) -> None:
    plain, loud = " ".join(question), "  " + "  ".join(question).upper() + "?!"
    assert allotments.match(plain) == allotments.match(loud)


@given(text=st.text())
def test_normalising_is_bounded_and_settles(text: str) -> None:
    once = normalised(text)
    assert len(once) <= 3 * LONGEST  # folding case may lengthen a letter
    assert words(once) == words(normalised(once))


@given(word=st.text(st.characters(categories=["Ll"]), min_size=1))
def test_a_stem_is_never_empty(word: str) -> None:
    assert stem(word)
