"""Every transcript, through the dialogs themselves."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

import knowledge
from dialogs import choices, decide, plain
from dialogs.model import Choice, Decision, Place, Said, Speaker, State, World
from knowledge import Knowledge
from tests import transcript
from tests.dialogs.small import NOW

DIALOGUES = transcript.read()
OWN = Path(knowledge.__file__).parent


@functools.cache
def own_knowledge() -> Knowledge:
    """The lessons that the transcripts talk about."""
    return knowledge.load(OWN)


def take(state: State, said: Said, who: str) -> Decision:
    """One turn of ``who``, about whom nothing is stored yet."""
    place = Place("slack", "channel")
    world = World(NOW, Speaker(f"slack:T1/{who}"), place, own_knowledge(), records=())
    return decide(state, said, world)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda one: one.name)
def test_the_bot_replies_as_written(dialogue: transcript.Dialogue) -> None:
    state, offered = State(), list[Choice]()
    for said, expected, line in dialogue.exchanges:
        where = f"{dialogue.name}, line {line}: {said.words!r}"
        words = said.words
        if said.presses:
            words = next((one.says for one in offered if one.label == said.words), "")
            assert words, f"{where}: no such button among {[one.label for one in offered]}"
        decision = take(state, Said(words, addressed=not said.aside, pressed=said.presses), said.who)
        assert decision.heard is not expected.silent, where
        if expected.silent:
            continue
        state = decision.state
        offered = [one for reply in decision.replies for one in choices(reply)]
        text = "\n".join((*map(plain, decision.replies), decision.note))
        asked = next((reply.asked for reply in decision.replies if reply.asked), None)
        lessons = (asked.lesson, *asked.also) if asked and asked.lesson else ()
        assert (asked and asked.band, lessons) == (expected.band, expected.lessons), f"{where}\n{text}"
        assert not transcript.missing(expected, text, [one.label for one in offered]), f"{where}\n{text}"


def test_there_are_thirty_dialogues_of_follow_ups() -> None:
    assert sum(one.name.startswith("follow-ups") for one in DIALOGUES) >= 30
