"""What people say around what they mean changes nothing of it, whatever reads the words."""

from __future__ import annotations

import pytest

from dialogs.core.reminder_model import Draft
from dialogs.core.scale import scale_answer
from tests.dialogs.series import WHOLE, advisor
from tests.harness.person import read

AROUND = [
    "hmm, {} please",
    "oh wait, {}, thanks",
    "ok so {} if you don't mind",
    "sorry, maybe {}",
    "um right, {} ta",
]
ASKING = ["great, could you {}?", "hi, I'd like to {}, cheers", "no can we {} please"]
CHANGES = [
    "swap @bryn for @asha",
    "make it 10am",
    "add @bryn",
    "change brief members to brief everyone",
    "rename it to brief the leader",
    "move it to Tuesday",
]
SAID = [
    "only to @bryn",
    "not in August",
    "every other week instead",
    "hang on",
    "it should say brief the cabinet",
    "until Easter",
]


def changed(said: str) -> tuple[Draft | None, str]:
    """A draft after that was said of it, and what was answered."""
    cleo = advisor()
    cleo.say(WHOLE)
    answer = read(cleo.say(said))
    return cleo.work.draft, answer


@pytest.mark.parametrize("said", CHANGES)
@pytest.mark.parametrize("around", [*AROUND, *ASKING])
def test_a_change_of_a_draft(around: str, said: str) -> None:
    after = changed(said)
    assert after[0] != changed("show it")[0], "it is a change"
    assert changed(around.format(said)) == after


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("around", AROUND)
def test_what_is_said_of_a_draft(around: str, said: str) -> None:
    assert changed(around.format(said)) == changed(said)


@pytest.mark.parametrize("said", ["4", "a 2", "3 - a new leader", "between 2 and 3"])
@pytest.mark.parametrize("around", ["hmm, {}", "oh {}", "sorry, {}", "well, ok {}"])
def test_an_answer_on_the_scale(around: str, said: str) -> None:
    assert scale_answer(around.format(said)) == scale_answer(said) is not None


@pytest.mark.parametrize("around", ["{}, cheers", "{} if you don't mind", "{} then ta", "{} i'm afraid"])
def test_thanks_behind_an_answer_are_no_comment(around: str) -> None:
    assert scale_answer(around.format("4")) == scale_answer("4")


@pytest.mark.parametrize("said", ["b", "a and c", "i'd go for b"])
@pytest.mark.parametrize(
    "around", ["hmm, {}", "oh {} then", "sorry, {}, cheers", "right, {} if you don't mind"]
)
def test_a_letter_of_a_quiz(around: str, said: str) -> None:
    cleo = advisor()
    cleo.say("quiz")
    bare = advisor()
    bare.say("quiz")
    assert read(cleo.say(around.format(said))) == read(bare.say(said))
