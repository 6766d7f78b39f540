"""A line for a question to the advisors that isn't unsent any more goes back to whoever wrote it."""

from __future__ import annotations

from dialogs.core.replies import Quote
from tests.dialogs.series import own_knowledge
from tests.harness.person import Person, read

LINE = "It is for the two depots."


def gone() -> tuple[Person, str]:
    """Somebody who let a question go; and its id."""
    asha = Person(knowledge=own_knowledge())
    asha.say("ask an advisor: who pays for parking?")
    assert asha.work.enquiry
    id = asha.work.enquiry.id
    asha.press("Don't send")
    assert asha.work.enquiry is None
    return asha, id


def test_a_line_that_comes_too_late_is_given_back_from_its_page_and_typed() -> None:
    asha, id = gone()
    by_form = asha.fill_in(f"enquire add {id}", {"text": LINE})
    typed = asha.say(f"enquire add {id} {LINE}")
    for decision in (by_form, typed):
        assert "isn't waiting to be sent any more" in read(decision)
        assert decision.replies[0].blocks[-1] == Quote(LINE)
    assert asha.fill_in(f"enquire add {id}", {"text": " "}).note
