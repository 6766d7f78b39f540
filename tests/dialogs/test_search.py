"""Searching for a lesson to put before others: as its first letters are typed, as a question, and in vain."""

from __future__ import annotations

import pytest

from dialogs.core.events import Searched
from dialogs.core.model import Decision, State
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Citation, Title
from dialogs.decide import decide
from dialogs.questions.search import MOST
from dialogs.wording.search import OTHERWISE
from tests.harness.knowledge import own_knowledge
from tests.harness.small import SMALL, world

OWN = own_knowledge()


def found(text: str) -> Decision:
    """What our own lessons have for ``text``."""
    return decide(State(), Searched(text), world(knowledge=OWN))


def titles(decision: Decision) -> list[str]:
    """What may be chosen."""
    heads = [reply.blocks[0] for reply in decision.replies]
    assert all(isinstance(head, Title) for head in heads)
    return [head.text for head in heads if isinstance(head, Title)]


def test_before_anything_is_typed_there_are_the_topics_with_their_lessons() -> None:
    for empty in ("", "  ", "?!"):
        decision = decide(State(), Searched(empty), world())
        assert titles(decision) == [heading for heading in SMALL.deck.headings if SMALL.under(heading)]
        assert all(
            lesson.title in plain(reply)
            for reply in decision.replies
            for lesson in SMALL.under(titles(decision)[decision.replies.index(reply)])
        )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("how many partners should we have?", "How many partners"),
        ("many part", "How many partners"),
        ("buy-i", "Political and chief-executive buy-in"),
        ("do we need the leader on board", "Political and chief-executive buy-in"),
    ],
)
def test_a_question_or_the_beginning_of_a_name_finds_its_lesson_first(text: str, first: str) -> None:
    decision = found(text)
    assert titles(decision)[0] == first
    assert len(decision.replies) <= MOST
    assert decision.note == ""


def test_a_card_has_the_source_and_nothing_to_press_that_asks_us() -> None:
    for text in ("", *(lesson.title for lesson in OWN.lessons.values())):
        for reply in found(text).replies:
            assert all(choice.unfolds for choice in choices(reply)), text
            assert not text or any(isinstance(block, Citation) for block in reply.blocks), text


@pytest.mark.parametrize(("text", "said"), [("xqzt", "no lesson on that"), ("pensions", "won't guess")])
def test_what_no_lesson_is_on_is_declined_plainly(text: str, said: str) -> None:
    decision = found(text)
    assert decision.replies == ()
    assert said in decision.note
    assert decision.note.endswith(OTHERWISE)
    assert decision.effects == (), "nobody asked anything: nothing is kept for the advisors"
