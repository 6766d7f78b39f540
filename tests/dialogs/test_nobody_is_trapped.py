"""Whatever waits for words says so, and is left with a press or a word; then it takes no more of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from dialogs.core.events import Place
from dialogs.core.model import Decision
from dialogs.core.reminder_model import Waiting
from dialogs.core.sharing_model import SharePlace
from dialogs.core.world_parts import Record
from dialogs.open_matters import OPEN_MATTERS
from tests.dialogs.series import REFERENCE, WHOLE, advisor
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person, read
from tests.harness.small import NOW

HERE = Place("slack", "direct")
RECEIVED = Waiting("CDFGHJKMNPQR", "2026-11-23T08:30", "pulse", "trust", at=NOW.timestamp() - 300)


class Open(NamedTuple):
    """One way in which a matter waits, and how it is left."""

    matter: str
    said: tuple[str, ...]
    """What brings it about; the last reply is the one that waits."""
    waits: str
    """What the reply says of it."""
    press: str
    """The button that leaves it; "" where it is left by any word."""
    left: str
    """What leaving it is answered with."""
    person: Callable[[], Person]
    but: tuple[str, ...] = ()
    """The words that mean another thing there."""


def officer() -> Person:
    return Person(place=HERE, tenant="slack:T1", records=(Record("question", None, "x"),), token="0f" * 16)


def in_channel() -> Person:
    return Person(
        place=Place("slack", "channel"), alone=True, reference=REFERENCE, tenant="slack:T1", shares=(),
        share_place=SharePlace("#board", {"channel": "CHERE"}, "Asha"), knowledge=own_knowledge(),
    )  # fmt: skip


def cleo() -> Person:
    return advisor(place=HERE, token="0f" * 16)


HOW_MANY = "how many partners should we have?"
SKIPPED = ("readiness", *["skip"] * 7)
NOT_SENT, PUT_AWAY, PAUSED = "Not sent", "Dropped", "Paused"
STATES = [
    Open("draft", (WHOLE,), "type what to change", "Cancel", PUT_AWAY, cleo),
    Open("draft", ("remind @asha",), "What should I remind them of", "Cancel", PUT_AWAY, cleo),
    Open("draft", ("remind @asha to sign the forms",), "When?", "Cancel", PUT_AWAY, cleo),
    Open("draft", ("new reminder",), "Who is it for?", "Cancel", PUT_AWAY, cleo),
    Open("quiz", ("quiz",), "Question 1 of", "Stop", "Stopped", officer),
    Open("readiness", ("readiness",), "You can also type 1", "Pause", PAUSED, officer),
    Open("readiness", SKIPPED, "Type it here", "Pause", PAUSED, officer),
    Open("enquiry", ("ask an advisor",), "Type it, and I'll show you", "Don't send", NOT_SENT, officer),
    Open("enquiry", ("ask an advisor: who pays",), "To add a line, type it", "Don't send", NOT_SENT, officer),
    Open("share", (HOW_MANY, "share here"), "what I'd post in", "Don't post", "Not posted", in_channel),
    Open(
        "forgetting", ("forget me",), "Anything else leaves all as it is", "", "nothing was erased", officer,
        but=("forget it",),
    ),
]  # fmt: skip
LEAVING = ("cancel", "stop", "never mind", "forget it")
IDS = [f"{state.matter}: {state.waits}" for state in STATES]
WITHOUT_WAITING = {"received", "reminder list", "numbered"}
"""A message that came may be left unanswered, and a list takes "more" and nothing else."""


def opened(state: Open) -> tuple[Person, Decision]:
    """Somebody before whom it waits, and the reply that says so."""
    person = state.person()
    for words in state.said:
        decision = person.say(words)
    return person, decision


def test_every_open_matter_is_walked() -> None:
    assert {state.matter for state in STATES} | WITHOUT_WAITING == set(OPEN_MATTERS)


@pytest.mark.parametrize("state", STATES, ids=IDS)
def test_it_says_that_it_waits_and_is_left_by_a_press_or_a_word(state: Open) -> None:
    person, decision = opened(state)
    assert state.waits in read(decision)
    if state.press:
        assert state.left in read(person.press(state.press))
    for word in (state.press.casefold(), *LEAVING):
        if word and word not in state.but:
            person, _ = opened(state)
            assert state.left in read(person.say(word)), word
            after = read(person.say("compost"))
            assert state.waits not in after, f"{word}: it takes no more words"
            assert state.left not in after, word


@pytest.mark.parametrize("word", ["stop", "stop these"])
def test_what_was_received_is_stopped_by_the_word_that_it_names(word: str) -> None:
    assert Person(place=HERE).say(word, waiting=(RECEIVED,)).press == f"reminder stop {RECEIVED.series}"
