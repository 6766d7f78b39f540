"""Somebody's message is asked about: it is a question whatever its words say, and nothing of it is kept."""

from __future__ import annotations

import pytest

from dialogs.core.events import Utterance
from dialogs.core.replies import Asked
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person, read

ABOUT = "about this message"


def asked_about(text: str, person: Person | None = None, **changes: object) -> tuple[str, object]:
    """What is said to a message, and what of it is kept."""
    decision = (person or Person(knowledge=own_knowledge())).say(f"{ABOUT} {text}".strip(), True, **changes)
    return read(decision), (decision.effects, decision.jobs)


def test_it_is_answered_with_the_message_above() -> None:
    said, kept = asked_about("Morning all,\ndo we need the leader on board from the start?")
    assert said.startswith("Morning all,")
    assert "outset" in said
    assert kept == ((), ())


@pytest.mark.parametrize(
    "command", ["forget me", "quiz", "my data", "yes", "stop", "remind me tomorrow to x"]
)
def test_a_command_in_it_is_not_obeyed(command: str) -> None:
    person = Person(knowledge=own_knowledge())
    person.say("quiz")
    before = person.work
    said, kept = asked_about(command, person)
    assert said.startswith(command)
    assert kept == ((), ())
    assert person.work == before


def test_what_no_lesson_answers_is_not_kept_and_can_be_passed_on() -> None:
    person = Person(knowledge=own_knowledge())
    said, kept = asked_about("which weedkiller is strongest?", person)
    assert "I won't guess" in said
    assert kept == ((), ())
    assert "which weedkiller is strongest?" in read(person.press("Ask an advisor"))


def test_a_message_without_words_and_one_too_long_are_told_as_such() -> None:
    assert "no words in that message" in asked_about("")[0]
    assert "only a file or a picture" in read(Person().hears(Utterance(ABOUT, pressed=True, files=True)))
    both = f"{ABOUT} do we need the leader on board from the start?"
    beside = read(Person(knowledge=own_knowledge()).hears(Utterance(both, pressed=True, files=True)))
    assert "I can't read what is attached to it" in beside
    assert "from the outset" in beside
    assert "at most 1,000 characters" in asked_about("too much " * 200)[0]


def test_it_doesnt_follow_on_from_what_was_said_before() -> None:
    person = Person(knowledge=own_knowledge())
    person.say("do we need the leader on board from the start?")
    assert "Same lesson" not in asked_about("why?", person)[0]


def test_on_a_message_of_ours_only_that_message_is_explained() -> None:
    person = Person(knowledge=own_knowledge())
    person.say("which models tend to fail?")
    said = read(person.say("why this message", True, about=None))
    assert "no answer in it" in said, "and not how the last answer was found"
    said = read(person.say("why this message", True, about=Asked("", "factor-buy-in", "answer")))
    assert "from Political and chief-executive buy-in" in said
    question = "do we need the leader on board from the start?"
    said = read(person.say("why this message", True, about=Asked(question, "factor-buy-in", "answer")))
    assert question in said
