"""A transcript, held by a person with the dialogs themselves."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import choices
from dialogs.core.events import Speaker
from tests import transcript
from tests.harness.person import Person, read


def hold(dialogue: transcript.Dialogue, person: Person) -> Iterator[str]:
    """Say what ``dialogue`` says, hold the replies against it, and hand on what was said."""
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
        assert not transcript.missing(expected, text, labels), f"{where}\n{text}\n{labels}"
        yield text
