"""A change of which a part isn't understood: none of it is in, and what is said next doesn't hide that."""

from __future__ import annotations

import pytest

from tests.dialogs.series import advisor, draft, labels, schedule
from tests.harness.person import Person, read

WEEKLY = "pulse @asha and @bryn every Monday at 10 on buy-in"
NOT_IN = "Not in yet"


def left_out(said: str, made: str = WEEKLY) -> Person:
    """Cleo, of whose change a part wasn't understood."""
    cleo = advisor()
    cleo.say(made)
    before = draft(cleo).schedule
    cleo.say(said)
    assert draft(cleo).schedule == before
    return cleo


@pytest.mark.parametrize(
    "said",
    ["no fiddlesticks, every other Monday", "and not over Christmas or in August", "skip the panto season"],
)
@pytest.mark.parametrize(
    "then", ["anonymous please", "make it named", "but not @bryn", "make it 11", "show it"]
)
def test_what_is_said_next_tells_that_it_is_not_in(said: str, then: str) -> None:
    cleo = left_out(said)
    shown = read(cleo.say(then))
    assert "ready to start" in shown
    assert NOT_IN in shown
    assert said in shown
    assert NOT_IN not in read(cleo.say("to @dev"))  # once is enough


def test_it_is_not_started_unsaid() -> None:
    said = "no fiddlesticks, every other Monday"
    cleo = left_out(said)
    shown = read(cleo.say("start"))
    assert said in shown
    assert "isn’t in here yet" in shown
    assert "I'm setting it up" in read(cleo.say("start"))


def test_the_message_says_that_the_whole_is_not_in() -> None:
    cleo = advisor()
    cleo.say(WEEKLY)
    shown = read(cleo.say("no fiddlesticks, every other Monday"))
    assert "I didn't understand “fiddlesticks”" in shown
    assert "“no fiddlesticks, every other Monday”" in shown


def test_said_again_it_is_in() -> None:
    cleo = left_out("no fiddlesticks, every other Monday")
    assert NOT_IN not in read(cleo.say("every other Monday"))
    assert "INTERVAL=2" in schedule(cleo).rule


def test_the_answers_that_were_offered_stay() -> None:
    cleo = left_out("afternoon fiddlesticks", "pulse @asha every Friday at 4 on buy-in")
    assert labels(cleo)[:2] == ["16:00", "04:00"]
    assert NOT_IN not in read(cleo.press("16:00"))


def test_an_answer_that_was_offered_does_not_hide_an_exception() -> None:
    cleo = left_out("not in August fiddlesticks", "pulse @asha every Friday at 4 on buy-in")
    assert NOT_IN in read(cleo.press("16:00"))


@pytest.mark.parametrize(
    ("made", "said", "rule"),
    [
        (WEEKLY, "no hang on, every other Monday", "INTERVAL=2"),
        ("pulse @asha every Friday at 4 on buy-in", "afternoon obviously", "BYDAY=FR"),
        ("pulse @asha every Friday at 4 on buy-in", "obviously 4pm, of course", "BYDAY=FR"),
    ],
)
def test_manners_are_no_part_of_it(made: str, said: str, rule: str) -> None:
    cleo = advisor()
    cleo.say(made)
    cleo.say(said)
    assert rule in schedule(cleo).rule
    assert not draft(cleo).left_out


def test_a_button_of_an_earlier_card_says_what_it_changes_back() -> None:
    cleo = advisor()
    cleo.say("remind @asha every Friday at 10 to send the minutes, except over Christmas")
    cleo.say("make it 9.30")
    assert "Changed: every Friday at 10:00" in read(cleo.say("not between 24 December and 1 January"))


def test_what_lacks_nothing_but_a_change_is_not_said_to_lack_something() -> None:
    cleo = advisor()
    cleo.say("remind @asha every Friday at 10 to send the minutes")
    cleo.say("move the friday one to tuesday")
    said = read(cleo.say("ok go then"))
    assert "one thing is missing" not in said
    assert "isn’t in here yet" in said
