"""Every transcript, through the dialogs themselves."""

from __future__ import annotations

import pytest

from dialogs import choices
from dialogs.core.model import Place, Speaker
from tests import transcript
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person, read

DIALOGUES = transcript.read()


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.name)
def test_the_bot_replies_as_written(dialogue: transcript.Dialogue) -> None:
    # A quiz and a readiness check are taken alone, all else is said where others listen.
    alone = dialogue.name.startswith(("quiz", "readiness"))
    person = Person(knowledge=own_knowledge(), place=Place("slack", "direct" if alone else "channel"))
    for said, expected, line in dialogue.exchanges:
        where = f"{dialogue.name}, line {line}: {said.words!r}"
        words = said.words
        if said.presses:
            words = next((choice.says for choice in person.offered if choice.label == said.words), "")
            assert words, f"{where}: no such button among {[choice.label for choice in person.offered]}"
        speaker = Speaker(f"slack:T1/{said.who}", "advisor" if said.who == "advisor" else "officer")
        decision = person.say(words, said.presses, addressed=not said.aside, speaker=speaker)
        assert decision.heard is not expected.silent, where
        if expected.silent:
            continue
        labels = [choice.label for reply in decision.replies for choice in choices(reply)]
        text = read(decision)
        asked = next((reply.asked for reply in decision.replies if reply.asked), None)
        lessons = (asked.lesson, *asked.also) if asked and asked.lesson else ()
        assert (asked and asked.band, lessons) == (expected.band, expected.lessons), f"{where}\n{text}"
        assert not transcript.missing(expected, text, labels), f"{where}\n{text}"


def test_there_are_thirty_dialogues_of_follow_ups() -> None:
    assert sum(dialogue.name.startswith("follow-ups") for dialogue in DIALOGUES) >= 30
