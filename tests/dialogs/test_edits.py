"""What comes with typed words besides themselves: that they were edited, what they quote, files."""

from __future__ import annotations

import pytest

from dialogs import choices, decide, plain
from dialogs.core.events import Place, Utterance
from dialogs.core.model import Decision, State
from dialogs.core.replies import Asked
from dialogs.core.router import route
from dialogs.wording import conversation as words
from tests.harness.person import Person, read
from tests.harness.small import world

ASKED, OTHER = "does compost really help the soil", "when do we water"
FIRST, SECOND = "D1:1.0", "D1:2.0"


def say(text: str, state: State | None = None, message: str = FIRST, **more: object) -> Decision:
    """Typed words, and what came with them."""
    changes = {name: more.pop(name) for name in ("about", "place") if name in more}
    return decide(state or State(), Utterance(text, **more), world(message=message, **changes))  # type: ignore[arg-type]


def lesson(decision: Decision) -> str | None:
    return next((reply.asked.lesson for reply in decision.replies if reply.asked), None)


def test_an_edited_question_is_answered_anew_where_it_was_the_last_thing_said() -> None:
    asked = say(OTHER)
    edited = say(ASKED, asked.state, edited=True)
    assert lesson(edited) == "compost" != lesson(asked)
    again = say(OTHER, edited.state, edited=True)
    assert lesson(again) == lesson(asked), "and so is what is edited once more"


@pytest.mark.parametrize(
    "then",
    [
        lambda state: say("when do we water", state, SECOND).state,
        lambda state: say("thanks", state, SECOND).state,
        lambda state: say(f"helpful {state.lesson}", state, "", pressed=True).state,
    ],
    ids=["another question", "small talk", "a press"],
)
def test_once_something_else_was_said_an_edit_is_left_alone(then: object) -> None:
    asked = say(ASKED)
    later = then(asked.state)  # type: ignore[operator]
    assert not say(OTHER, later, edited=True).heard


@pytest.mark.parametrize("before", ["help", "thanks", "my data", "quiz"])
def test_what_was_no_question_is_not_done_again(before: str) -> None:
    assert not say(ASKED, say(before).state, edited=True).heard


def test_an_edit_of_what_was_never_heard_is_left_alone() -> None:
    assert not say(ASKED, message="", edited=True).heard
    assert not say(ASKED, edited=True).heard


def test_an_edit_is_no_act_on_a_session() -> None:
    direct = Place("slack", "direct")
    assert route(Utterance("join K7QM"), direct) is not None
    assert route(Utterance("join K7QM", edited=True), direct) is None


def test_what_is_quoted_is_what_why_is_about() -> None:
    state = say(OTHER).state
    about = Asked(ASKED, "compost", "answer")
    quoting, plainly = say("why?", state, SECOND, about=about), say("why?", state, SECOND)
    assert lesson(quoting) == "compost"
    assert lesson(plainly) == state.lesson != "compost"


def test_a_thumb_for_a_quoted_answer_is_kept_with_that_answer() -> None:
    about = Asked(ASKED, "compost", "answer")
    (kept,) = say("helpful", say(OTHER).state, SECOND, about=about).effects
    assert kept.about == about  # type: ignore[union-attr]


def test_a_file_alone_is_said_to_be_unread() -> None:
    (reply,) = say("", files=True).replies
    assert plain(reply).startswith(words.FILES)
    assert words.FILES_SAY in plain(reply)


@pytest.mark.parametrize(("asked", "again"), [("quiz", "A to"), ("readiness", "1 to 5")])
def test_a_file_alone_is_said_to_be_unread_whatever_is_open(asked: str, again: str) -> None:
    person = Person()
    person.say(asked)
    said = read(person.hears(Utterance("", files=True)))
    assert said.startswith(words.FILES)
    assert again in said, "and what is open asks on"


def test_a_question_with_a_file_is_answered_by_its_words_alone() -> None:
    (reply,) = say(ASKED, files=True).replies
    assert words.FILES_TOO in plain(reply)
    assert choices(reply) == choices(say(ASKED).replies[0])
    assert words.FILES_TOO not in plain(say(ASKED).replies[0])
