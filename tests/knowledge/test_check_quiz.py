"""The quiz linter finds, by file and line, what gives an answer away to those who don't know the lesson."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.authoring.check import check

# fmt: off
WEEDS = ["dock", "nettle", "thistle", "bindweed", "couch", "dandelion", "groundsel", "chickweed", "speedwell",
         "plantain", "buttercup"]
# fmt: on


def single(weed: str, right: str = "Pull it", wrong: str = "Burn it, Mow it down") -> str:
    """A question of its own on one weed."""
    return f"""
  - id: {weed}
    lesson: plot-size
    kind: single
    text: {weed} and {weed} and {weed}, what now?
    right: ["{right}"]
    wrong: [{wrong}]
    why: The talk says so.
"""


def truth(weed: str, answer: str = "true") -> str:
    """A statement on one weed."""
    return f"""
  - id: {weed}-truth
    lesson: plot-size
    kind: truth
    text: {weed} is {weed} and {weed}.
    answer: {answer}
    why: The talk says so.
"""


@pytest.fixture
def lint(folder: Path) -> Callable[..., list[str]]:
    """Writes questions into a bank and lints it."""

    def linted(*questions: str) -> list[str]:
        (folder / "quizzes").mkdir(exist_ok=True)
        content = "topic: weeds\nquestions:" + "".join(questions)
        (folder / "quizzes" / "weeds.yaml").write_text(content, encoding="utf-8")
        return [str(problem) for problem in check(folder).problems]

    return linted


def test_a_right_option_that_is_much_longer_stands_out(lint: Callable[..., list[str]]) -> None:
    longer = "Pull it out by its root before it has flowered"
    message = "the right option has 46 characters, the longest wrong one 11: it stands out"
    assert lint(single("dock", longer)) == [f"quizzes/weeds.yaml:6: {message}"]
    assert lint(single("dock", longer, "Burn it down to the ground while it is dry")) == []


def test_options_stand_in_any_order_so_none_speaks_of_the_others(lint: Callable[..., list[str]]) -> None:
    message = "the option 'None of these' speaks of the other options, which stand in any order"
    assert lint(single("dock", wrong="Burn it, None of these")) == [f"quizzes/weeds.yaml:6: {message}"]


@pytest.mark.parametrize(
    ("right", "wrong", "habit"),
    [
        ("Pull it up", "Burn it", "the right option is the longest"),
        ("Pull it", "Burn it up", "the right option is the shortest"),
        (
            "The talk doesn't say",
            "Burn it right to the root, Go",
            "the right option is that the source doesn't say",
        ),
    ],
)
def test_a_habit_of_the_bank_is_told(
    lint: Callable[..., list[str]], right: str, wrong: str, habit: str
) -> None:
    even = [single(weed, "Pull it", "Burn it all, Go") for weed in WEEDS[5:]]
    assert lint(*even) == []
    found = lint(*even, *(single(weed, right, wrong) for weed in WEEDS[:5]))
    assert len(found) == 1
    assert f"in 5 of 11 questions {habit}; at most" in found[0]


def test_statements_are_about_as_often_true_as_false(lint: Callable[..., list[str]]) -> None:
    mixed = [truth(weed, "true" if index % 2 else "false") for index, weed in enumerate(WEEDS)]
    assert lint(*mixed) == []
    found = lint(*(truth(weed) for weed in WEEDS))
    assert [problem.split(": ", 1)[1] for problem in found] == [
        "in 11 of 11 questions the answer is True; at most 60% may"
    ]


def test_questions_don_t_all_begin_alike(lint: Callable[..., list[str]]) -> None:
    alike = [single(weed).replace("text: ", "text: What does the talk say of ") for weed in WEEDS[:4]]
    assert lint(*alike[:3]) == []
    assert [problem.split(": ", 1)[1] for problem in lint(*alike)] == [
        "4 questions begin with 'what does the talk say'; at most 3 may"
    ]
