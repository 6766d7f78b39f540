"""One aspect of a lesson, where transcripts show too little of it."""

from __future__ import annotations

import pytest

from dialogs.questions.tell import quotable
from tests.harness.knowledge import own_knowledge


@pytest.mark.parametrize(
    ("lesson", "quoted"),
    [
        (
            "factor-partner-numbers",
            "The third critical success factor: optimum numbers (2 to 3) to make progress.",
        ),
        (
            "drivers-new",
            "there are two points: legislative demands; 2011/12: massive pressure on public sector",
        ),
        ("success-factors", "The deck names five: buy-in from the outset"),
    ],
)
def test_two_sentences_to_copy(lesson: str, quoted: str) -> None:
    said = quotable(own_knowledge().lessons[lesson])
    assert quoted in said
    assert "**" not in said
    assert said.endswith(".")
