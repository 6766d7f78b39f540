"""What is open goes before commands and questions; where two matters could take the words, which is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dialogs import choices
from dialogs.core import router
from dialogs.core.enquiry_model import Enquiry
from dialogs.core.events import Place
from dialogs.core.reminder_model import Waiting
from dialogs.core.session_model import Actor
from tests.dialogs.series import advisor, running
from tests.harness.person import Person, read
from tests.harness.small import NOW

ID, KEY = "CDFGHJKMNPQR", "2026-11-23T08:30"
HERE = Place("slack", "direct")


def pulse(minutes: float) -> Waiting:
    """A pulse that came so many minutes after now."""
    return Waiting(ID, KEY, "pulse", "trust", at=NOW.timestamp() + 60 * minutes)


@pytest.mark.parametrize(
    ("asked", "typed", "ways"),
    [
        ("readiness", "4", ["pulse answer CDFGHJKMNPQR 2026-11-23T08:30 4", "readiness answer"]),
        ("readiness", "stop", ["reminder stop CDFGHJKMNPQR", "readiness pause"]),
        ("quiz", "stop", ["reminder stop CDFGHJKMNPQR", "quiz stop"]),
    ],
)
def test_two_that_wait_for_the_same_words_are_told_apart_by_buttons(
    asked: str, typed: str, ways: list[str]
) -> None:
    person = Person(place=HERE)
    person.say(asked)
    decision = person.say(typed, waiting=(pulse(5),))
    assert "Which one do you mean?" in read(decision)
    says = [choice.says for reply in decision.replies for choice in choices(reply)]
    assert [words.startswith(way) for words, way in zip(says, ways, strict=True)] == [True, True]
    assert not decision.effects


def test_what_was_asked_last_takes_the_words() -> None:
    person = Person(place=HERE)
    person.say("readiness")
    assert "2 of 8" in read(person.say("4", waiting=(pulse(-5),)))


@pytest.mark.parametrize("typed", ["5/5", "5 out of 5", "I'd say 5", "five"])
def test_a_number_in_a_sentence_goes_to_the_check_that_was_asked_last(typed: str) -> None:
    person = Person(place=HERE)
    person.say("readiness")
    assert "2 of 8" in read(person.say(typed, waiting=(pulse(-5),)))


@pytest.mark.parametrize(("typed", "labels"), [("3 or 4", ["3", "4"]), ("4 - new leader", ["4"])])
def test_what_is_no_plain_number_is_asked_about_by_the_check_that_was_asked_last(
    typed: str, labels: list[str]
) -> None:
    person = Person(place=HERE)
    person.say("readiness")
    decision = person.say(typed, waiting=(pulse(-5),))
    asked = [choice for reply in decision.replies for choice in choices(reply)]
    assert [choice.label.partition(".")[0] for choice in asked] == labels
    assert "2 of 8" in read(person.say(asked[0].says, pressed=True))


@pytest.mark.parametrize("typed", ["not my job anymore", "wrong person"])
def test_what_went_to_the_wrong_person_is_offered_to_be_stopped(typed: str) -> None:
    decision = Person(place=HERE).say(typed, waiting=(pulse(-5),))
    assert "If this isn't for you" in read(decision)
    says = [choice.says for reply in decision.replies for choice in choices(reply)]
    assert says == [f"reminder stop {ID}"]


def test_of_two_answers_to_a_pulse_which_is_asked() -> None:
    decision = Person(place=HERE).say("3 or 4", waiting=(pulse(-5),))
    assert "Which one is it?" in read(decision)
    says = [choice.says.rpartition(" ")[2] for reply in decision.replies for choice in choices(reply)]
    assert says == ["3", "4"]


def test_a_draft_and_what_was_received_are_told_apart_too() -> None:
    cleo = advisor(place=HERE)
    cleo.say("remind @asha every Monday at 9 to sign the forms")
    decision = cleo.say("change", waiting=(replace(pulse(5), step="done"),))
    says = [choice.says for reply in decision.replies for choice in choices(reply)]
    assert [words.rsplit(" ", 1)[0] for words in says] == ["draft change", f"pulse change answer {ID}"]


def test_a_name_of_a_lesson_may_be_the_text_that_is_asked_for() -> None:
    person = Person(place=HERE)
    person.say("readiness")
    for _ in range(7):
        person.say("skip")
    decision = person.say("compost")
    assert not any(reply.asked for reply in decision.replies)
    person.say("readiness")
    for _ in range(7):
        person.say("skip")
    assert "in your own words, then follow up" in read(person.say("help")), "no text, but a command"


def test_words_are_read_as_a_command_once_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    read_as = list[str]()
    understand = router.understand
    monkeypatch.setattr(
        router, "understand", lambda said, world: (read_as.append(said.text), understand(said, world))[1]
    )
    cleo = advisor(place=HERE)
    cleo.say("remind @asha every Monday at 9")
    read_as.clear()
    cleo.say("compost")
    assert read_as == ["compost"]


def test_a_command_that_is_no_answer_passes_what_is_open() -> None:
    person = Person(place=HERE)
    person.say("quiz")
    assert "in your own words, then follow up" in read(person.say("help", waiting=(pulse(5),)))


ASKER = Actor("slack:T1/U1", "Olu", False)
QUEUE = tuple(
    Enquiry(f"E{number:011d}", f"Hose {number}?", ASKER, "", {}, "Europe/London", NOW) for number in (1, 2)
)


def test_a_number_may_be_a_button_of_the_queue_or_an_answer_to_a_pulse_that_came_since() -> None:
    cleo = advisor(place=HERE, enquiries=QUEUE)
    cleo.say("queue")
    says = [choice.says for choice in cleo.offered if choice.label.startswith("Show")]
    assert len(says) == 2
    decision = cleo.say("2", waiting=(pulse(5),))
    assert "Which one do you mean?" in read(decision)
    assert [way.says for way in cleo.offered] == [f"pulse answer {ID} {KEY} 2", says[1]]
    assert (decision.press, decision.effects) == ("", ())


@pytest.mark.parametrize(
    ("kind", "typed", "press"),
    [("remind", "done", f"reminder done {ID} {KEY}"), ("pulse", "stop", f"reminder stop {ID}")],
)
def test_what_no_button_of_the_queue_can_mean_goes_to_what_waits(kind: str, typed: str, press: str) -> None:
    cleo = advisor(place=HERE, enquiries=QUEUE)
    cleo.say("queue")
    waiting = (replace(pulse(5), kind=kind),)
    assert cleo.say(typed, waiting=waiting).press == press


@pytest.mark.parametrize("typed", ["done", "stop"])
def test_of_two_that_were_sent_which_is_meant_is_asked_by_names_that_differ(typed: str) -> None:
    second = replace(pulse(-60 * 24), kind="remind", series="CDFGHJKMNPQS")
    waiting = (replace(pulse(5), kind="remind"), second)
    person = Person(place=HERE)
    assert "Which one" in read(person.say(typed, waiting=waiting))
    first, other = (way.label for way in person.offered)
    assert (first, other) == (f"{typed.title()}: trust, Mon 23 Nov", f"{typed.title()}: trust, Sun 22 Nov")
    chosen = person.say(other, waiting=waiting)
    assert chosen.press.startswith(f"reminder {typed} CDFGHJKMNPQS")


def test_of_two_sends_of_one_series_stop_stops_it() -> None:
    waiting = (pulse(5), replace(pulse(-60 * 24), key="2026-11-22T08:30"))
    assert Person(place=HERE).say("stop", waiting=waiting).press == f"reminder stop {ID}"


@pytest.mark.parametrize("typed", ["both", "Both of them!", "all of them"])
def test_all_of_several_are_asked_for_one_at_a_time(typed: str) -> None:
    person = Person(place=HERE)
    two = tuple(replace(pulse(-1), series=id, kind="remind", called=id[0]) for id in (ID, "DFGHJKMNPQRS"))
    person.say("how many partners should we have?", now=NOW - timedelta(minutes=1))
    labels = [choice.label for reply in person.say("done", waiting=two).replies for choice in choices(reply)]
    decision = person.say(typed, waiting=two)
    assert "One at a time" in read(decision)
    assert [choice.label for reply in decision.replies for choice in choices(reply)] == labels
    assert decision.replies[0].asked is None


def test_what_waits_for_all_is_pointed_to_in_a_place_without_threads() -> None:
    chat = Person(place=Place("teams", "group"))
    assert "reply to that message itself" in read(chat.say("done"))
    assert "reply to that message itself" not in read(Person(place=HERE).say("done"))


@pytest.mark.parametrize(
    "typed",
    [
        "who set this?",
        "why?",
        "how often will I get this?",
        "when's the next one?",
        "from whom?",
        "how often?",
    ],
)
def test_what_is_asked_of_a_channels_reminder_in_its_thread_needs_no_mention(typed: str) -> None:
    sent = Waiting(running().series.id, KEY, "remind", "Brief members", at=NOW.timestamp() - 60)
    person = Person(place=Place("slack", "channel"), series=(running(),))
    decision = person.say(typed, waiting=(sent,), under=True, addressed=False)
    assert "set this up: every Monday at 09:30" in read(decision)


def test_what_came_to_all_is_not_offered_to_be_brought_back() -> None:
    sent = Waiting(running().series.id, KEY, "remind", "Brief members", at=NOW.timestamp() - 60)
    decision = Person(place=Place("slack", "channel")).say(
        "that's been sent now", waiting=(sent,), under=True
    )
    assert "Is it done already?" in read(decision)
    assert "bring it back" not in read(decision)
    assert [choice.label for reply in decision.replies for choice in choices(reply)] == ["Done"]
