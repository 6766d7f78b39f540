"""Every transcript, through the dialogs themselves."""

from __future__ import annotations

import pytest

from dialogs.core.events import Place
from tests import transcript
from tests.harness.holding import hold
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person

DIALOGUES = transcript.read()


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.name)
def test_the_bot_replies_as_written(dialogue: transcript.Dialogue) -> None:
    # A quiz and a readiness check are taken alone, all else is said where others listen.
    alone = dialogue.name.startswith(("quiz", "readiness"))
    person = Person(knowledge=own_knowledge(), place=Place("slack", "direct" if alone else "channel"))
    assert list(hold(dialogue, person)) or all(each.expected.silent for each in dialogue.exchanges)


def test_there_are_thirty_dialogues_of_follow_ups() -> None:
    assert sum(dialogue.name.startswith("follow-ups") for dialogue in DIALOGUES) >= 30
