"""A question for the advisors, until it is sent: nothing of it is lost, cut or left out unsaid."""

from __future__ import annotations

import pytest

from dialogs.core.enquiry_model import AskAdvisors
from dialogs.core.events import Place
from tests.harness.person import Person, read

QUESTION = "which weedkiller is strongest"


@pytest.fixture
def asha() -> Person:
    """An officer in her own chat, with advisors to ask."""
    return Person(place=Place("teams", "direct"))


def sent(person: Person) -> AskAdvisors:
    """The one question that was sent."""
    (job,) = person.jobs
    assert isinstance(job.event, AskAdvisors)
    return job.event


def test_what_waits_to_be_sent_is_shown_again_whoever_asks_for_a_person_again(asha: Person) -> None:
    asha.say("ask an advisor")
    asha.say(QUESTION)
    asha.say("it is for the allotments")
    assert asha.work.enquiry is not None
    before = asha.work.enquiry.id
    again = read(asha.say("speak to a person"))
    assert QUESTION in again
    assert "Added: it is for the allotments" in again
    asha.press("Send it")
    assert (sent(asha).id, sent(asha).question) == (before, QUESTION)


def test_another_question_takes_its_place_and_that_is_said(asha: Person) -> None:
    asha.say(f"ask an advisor: {QUESTION}")
    other = read(asha.say("ask an advisor: who mends the fence"))
    assert f"I've put aside what you hadn't sent; ask it again to send it too:\n{QUESTION}" in other
    assert "put aside" not in read(asha.say("ask an advisor: who mends the fence?"))


@pytest.mark.parametrize("first", [True, False])
def test_what_is_too_long_is_refused_with_the_limit_and_not_cut(asha: Person, first: bool) -> None:
    if first:
        refused = read(asha.say(f"ask an advisor: {'x' * 10_000}"))
    else:
        asha.say("ask an advisor")
        refused = read(asha.say("x" * 10_000))
    assert "10,000 characters; at most 1,000 fit" in refused
    assert "This is what I'd send" in read(asha.say(QUESTION)), "it still waits for the question"


def test_a_question_that_a_lesson_answers_meanwhile_can_be_added_all_the_same(asha: Person) -> None:
    asha.say(f"ask an advisor: {QUESTION}")
    answered = read(asha.say("when should I spread compost?"))
    assert "every autumn" in answered
    assert "Your question to the advisors isn't sent yet." in answered
    assert "Added: when should I spread compost?" in read(asha.press("Add this to it"))
    asha.press("Send it")
    assert sent(asha).added == ("when should I spread compost?",)
    assert "isn't sent yet" not in read(asha.say("how often should i water the tomatoes"))


@pytest.mark.parametrize("at_once", [True, False])
def test_a_question_for_the_advisors_is_tried_against_the_lessons_first(asha: Person, at_once: bool) -> None:
    def put(question: str) -> str:
        if at_once:
            return read(asha.say(f"ask an advisor: {question}"))
        asha.say("don't send")
        asha.say("ask an advisor")
        return read(asha.say(question))

    assert "What I tried: no lesson answers it" in put(QUESTION)
    asha.say("don't send")
    shown = put("does compost really help the soil")
    assert "A lesson may answer that at once:" in shown
    assert "This is what I'd send" in shown
    asha.press("Send it")
    assert (sent(asha).tried, sent(asha).lesson) == ("answer", "compost")


def test_what_is_said_besides_leaves_it_to_be_sent(asha: Person) -> None:
    asha.say(f"ask an advisor: {QUESTION}")
    assert "isn't sent yet" in read(asha.say("my data"))
    assert QUESTION in read(asha.press("Show my question"))
