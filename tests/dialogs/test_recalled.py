"""Words that lean on what was said before: at once they need no word on it; a day later it is named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.core.events import Place
from dialogs.core.model import AT_HAND
from tests.harness.person import Person, read
from tests.harness.small import NOW

ASKED = "does compost really help the soil"
OPEN = "which weedkiller is strongest"
SOON, LATER = NOW + timedelta(seconds=AT_HAND), NOW + timedelta(days=14)
TAKEN = f"I take this to follow “{ASKED}”, asked on Mon 23 Nov."


@pytest.mark.parametrize("follow_up", ["and why?", "in short", "for a report", "not helpful"])
def test_what_leans_on_an_old_question_says_which(follow_up: str) -> None:
    at_once, later = Person(), Person()
    at_once.say(ASKED)
    later.say(ASKED)
    assert "I take this to follow" not in read(at_once.say(follow_up, now=SOON))
    assert read(later.say(follow_up, now=LATER)).startswith(TAKEN)


def test_why_an_old_question_had_no_answer_says_which() -> None:
    asha = Person()
    asha.say(OPEN)
    assert read(asha.say("why?", now=LATER)).startswith(f"I take this to follow “{OPEN}”")


def test_what_was_taken_up_again_is_at_hand_again() -> None:
    asha = Person()
    asha.say(ASKED)
    asha.say("why?", now=LATER)
    assert "I take this to follow" not in read(asha.say("in short", now=LATER))


def test_small_talk_does_not_make_an_old_question_a_new_one() -> None:
    asha = Person()
    asha.say(ASKED)
    asha.say("thanks", now=LATER)
    assert read(asha.say("why?", now=LATER)).startswith(TAKEN)


@pytest.mark.parametrize("fresh", ["when do we water", "help", "lessons"])
def test_what_leans_on_nothing_says_nothing_of_it(fresh: str) -> None:
    asha = Person()
    asha.say(ASKED)
    assert "I take this to follow" not in read(asha.say(fresh, now=LATER))


def test_a_lesson_that_was_picked_and_a_list_are_named_as_what_they_were() -> None:
    asha, bryn = Person(), Person()
    asha.say("lessons soil")
    asha.press("Compost")
    assert read(asha.say("why?", now=LATER)).startswith("I take this to follow Compost, of Mon 23 Nov.")
    bryn.say("lessons soil")
    assert read(bryn.say("the first one", now=LATER)).startswith(
        "I take this to follow the list of Mon 23 Nov."
    )


def test_under_a_message_and_on_its_buttons_it_is_plain_what_is_meant() -> None:
    under, pressing = Person(), Person()
    under.say(ASKED)
    assert "I take this to follow" not in read(under.say("why?", now=LATER, under=True))
    pressing.say(ASKED)
    assert "I take this to follow" not in read(pressing.press("Since then", now=LATER))


def test_an_old_question_is_not_put_to_the_advisors_unasked() -> None:
    asha = Person(place=Place("teams", "direct"))
    asha.say(OPEN)
    offered = read(asha.say("ask an advisor", now=LATER))
    assert "What would you like to ask them?" in offered
    assert f"Your last question here was on Mon 23 Nov:\n{OPEN}" in offered
    assert "This is what I'd send" not in offered
    other = read(asha.say("who mends the fence", now=LATER))
    assert "who mends the fence" in other
    assert OPEN not in other


@pytest.mark.parametrize("agreed", ["yes", "Ask that", "send it"])
def test_it_is_put_to_them_once_that_is_said(agreed: str) -> None:
    asha = Person(place=Place("teams", "direct"))
    asha.say(OPEN)
    asha.say("speak to a person", now=LATER)
    shown = read(asha.say(agreed, now=LATER))
    assert "This is what I'd send" in shown
    assert OPEN in shown
    assert "What I tried: no lesson answers it" in shown


def test_a_yes_alone_is_no_question_for_the_advisors() -> None:
    asha = Person(place=Place("teams", "direct"))
    asha.say("ask an advisor")
    assert "What would you like to ask them?" in read(asha.say("yes"))


def test_a_question_of_the_day_is_shown_as_it_would_be_sent() -> None:
    asha = Person(place=Place("teams", "direct"))
    asha.say(OPEN)
    assert "This is what I'd send" in read(asha.say("ask an advisor", now=SOON))
