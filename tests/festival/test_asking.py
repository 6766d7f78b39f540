"""Another folder than ours is a first-class use: asked, declined, quizzed and checked in its own words."""

from __future__ import annotations

import pytest

from tests import transcript
from tests.festival.knowledge import HERE, festival
from tests.harness.holding import hold
from tests.harness.person import Person, read
from tests.test_subject import OURS

DIALOGUES = transcript.parse((HERE / "asking.txt").read_text(encoding="utf-8"), "asking.txt")
UNRELATED = (HERE / "unrelated.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.name)
def test_the_bot_replies_as_written_and_speaks_of_its_own_subject(dialogue: transcript.Dialogue) -> None:
    for text in hold(dialogue, Person(knowledge=festival())):
        assert OURS.findall(text) == []


def test_what_has_nothing_to_do_with_it_is_declined_plainly() -> None:
    bands = {}
    for question in UNRELATED:
        decision = Person(knowledge=festival()).say(question)
        assert OURS.findall(read(decision).replace(question, "")) == []
        bands[question] = next((reply.asked.band for reply in decision.replies if reply.asked), "said")
    assert len(bands) == 20
    assert list(bands.values()).count("answer") == 0, bands
    assert list(bands.values()).count("none") >= 16, bands
