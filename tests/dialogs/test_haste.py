"""What is typed in haste is written out, and what is right stays as it is."""

from __future__ import annotations

from dialogs.core.text import words
from dialogs.questions.haste import written_out
from tests.dialogs.series import own_knowledge

HASTE = {
    "wat about payroll": "what about payroll",
    "nad teh other": "and the other",
    "hwo do we do it": "how do we do it",
    "exmaple pls": "example please",
    "y r they wrong": "why are they wrong",
}


def test_shorthand_and_changed_places_are_written_out() -> None:
    assert {typed: written_out(typed) for typed in HASTE} == HASTE


def test_what_the_matcher_read_is_taken_over() -> None:
    assert written_out("the othr list", {"othr": "other"}) == "the other list"


def test_names_in_capitals_stay() -> None:
    assert written_out("HR and IT, says R") == "HR and IT, says R"


def test_no_example_question_is_changed() -> None:
    # All of them are spelt well, so whatever is changed in one was no slip.
    asked = [question for lesson in own_knowledge().lessons.values() for question in lesson.questions]
    changed = {question: written_out(question) for question in asked if written_out(question) != question}
    slips = {before: after for before, after in changed.items() if words(before) != words(after)}
    assert not slips
