"""A person's own page: what waits, what they receive, their standing; all of it can be acted on."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.platforms.slack.render import VIEW_BLOCKS, home
from dialogs import choices, decide, plain
from dialogs.core.enquiry_model import Enquiry
from dialogs.core.events import HomeOpened, Place, Utterance
from dialogs.core.model import State
from dialogs.core.reminder_model import Sent, Summary, Waiting
from dialogs.core.replies import Reply
from dialogs.core.router import route, understand
from dialogs.core.session_model import Actor
from tests.dialogs.series import advisor, in_channel, running
from tests.harness.details import in_full
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person, read
from tests.harness.small import NOW, world

KEY = "2026-11-23T08:30"
OFFICER = "slack:T1/U1"


def page(person: Person, **changes: object) -> Reply:
    """What their page shows."""
    (reply,) = person.hears(HomeOpened(), changes).replies  # type: ignore[arg-type]
    return reply


def sent(number: int = 1, kind: str = "remind", **changes: object) -> tuple[Waiting, Summary]:
    """A reminder or pulse that somebody was sent half an hour ago, and its series."""
    summary = running(number, receives=True)
    draft = replace(summary.series.draft, kind=kind, what=f"How much trust is there, {number}?", low="none")
    series = replace(summary.series, draft=draft, sent=(Sent(KEY, NOW, **changes),))  # type: ignore[arg-type]
    waiting = Waiting(series.id, KEY, kind, draft.what, anonymous=True)  # type: ignore[arg-type]
    return waiting, replace(summary, series=series)


def enquiry(number: int = 1, **changes: object) -> Enquiry:
    """A question that waits for an advisor."""
    given = {"asker": Actor(OFFICER, "Olu", False), "organisation": "", "to": {}, "zone": "Europe/London"}
    return Enquiry(
        **{**given, "id": f"E{number:011d}", "question": f"Which hose, {number}?", "at": NOW, **changes}
    )  # type: ignore[arg-type]


def test_a_newcomer_finds_what_there_is_and_that_nothing_waits() -> None:
    shown = page(Person())
    assert "Nothing is waiting for you." in plain(shown)
    assert "You receive no reminders or pulses." in plain(shown)
    labels = [choice.label for choice in choices(shown)]
    assert {"Quiz", "Readiness check", "All lessons", "What I can do"} <= set(labels)
    assert "Waiting for an advisor" not in plain(shown), "that is for advisors"


def test_what_was_begun_waits_and_goes_on_from_there() -> None:
    person = Person()
    person.say("readiness")
    person.say("4")
    person.say("quiz")
    shown = page(person)
    assert "A quiz**: question 1 of" in "".join(block.md for block in shown.blocks if hasattr(block, "md"))
    assert "begun on 23 November: you are at step 2 of 8." in plain(shown)
    quiz, check = [choice for choice in choices(shown) if choice.label == "Go on"]
    assert "2 of 8" in read(person.say(check.says, pressed=True))
    assert "Question 1 of" in read(person.say(quiz.says, pressed=True))


@pytest.mark.parametrize(
    ("says", "waits", "button", "then"),
    [
        (
            "ask an advisor: which hose is longest",
            "which hose is longest", "Look at it and send", "This is what I'd send",
        ),
        (
            "remind @asha every Monday at 9 to sign the forms",
            "A reminder that you haven't started: Sign the forms", "Go on with the draft", "Sign the forms",
        ),
    ],
)  # fmt: skip
def test_what_isnt_sent_or_started_waits_and_is_shown_again(
    says: str, waits: str, button: str, then: str
) -> None:
    cleo = advisor()
    cleo.say(says)
    shown = page(cleo)
    assert waits in plain(shown)
    (way,) = [choice for choice in choices(shown) if choice.label == button]
    assert then in read(cleo.say(way.says, pressed=True))


def test_a_pulse_is_answered_from_the_page_until_it_is_closed() -> None:
    waiting, summary = sent(kind="pulse")
    shown = page(Person(), waiting=(waiting,), series=(summary,))
    assert "How much trust is there, 1?" in plain(shown)
    assert "Anonymous: who took part is kept apart" in plain(shown)
    says = [choice.says for choice in choices(shown) if choice.label == "4"]
    assert says == [f"pulse answer {summary.series.id} {KEY} 4"]
    for over in (
        {"waiting": (replace(waiting, step="done"),), "series": (summary,)},
        {"waiting": (waiting,), "series": (sent(kind="pulse", closed=NOW)[1],)},
        {"waiting": (waiting,), "series": ()},
    ):
        assert "Nothing is waiting for you." in plain(page(Person(), **over)), over


def test_a_question_to_the_advisors_waits_for_both_sides() -> None:
    mine, rated = enquiry(), enquiry(2, step="answered", answer="The long one.", rating="helped")
    shown = page(Person(), enquiries=(mine, rated))
    assert "Which hose, 1?" in plain(shown)
    assert "Which hose, 2?" not in plain(shown)
    queue = page(advisor(), enquiries=(mine, rated))
    assert "Waiting for an advisor" in plain(queue)
    assert "Which hose, 1?" in plain(queue)
    assert "Which hose, 2?" not in plain(queue)


def test_advisors_steer_what_is_coming_and_recipients_stop_it() -> None:
    theirs = page(advisor(), series=(running(),))
    assert {"Pause", "Report", "End it"} <= {choice.label for choice in choices(theirs)}
    own = page(Person(), series=(running(receives=True),))
    labels = {choice.label for choice in choices(own)}
    assert "Stop these" in labels
    assert not {"Pause", "Report", "End it"} & labels


def test_the_standing_tells_of_the_last_quiz_and_what_was_missed() -> None:
    person = Person()
    person.say("quiz 1")
    person.say("b" if "b" in {choice.label[:1].lower() for choice in person.offered} else "false")
    shown = page(person)
    assert "of 1 right" in plain(shown)
    again = [choice for choice in choices(shown) if choice.label == "Again, the ones I missed"]
    assert bool(again) == bool(person.missed)


def full(person: Person) -> Reply:
    """The page of somebody for whom as much waits as can."""
    pairs = [sent(number, "pulse" if number % 2 else "remind") for number in range(1, 9)]
    person.say("readiness")
    person.say("quiz")
    person.say("ask an advisor: which hose is longest")
    questions = tuple(
        enquiry(number, question="Which hose? " * 40, asker=Actor(person.changes["speaker"].id, "C", True))  # type: ignore[attr-defined]
        for number in range(20)
    )
    return page(
        person,
        waiting=tuple(waiting for waiting, _ in pairs),
        series=tuple(summary for _, summary in pairs),
        enquiries=questions,
    )


def test_the_fullest_page_is_whole_within_slacks_limits() -> None:
    cleo = advisor()
    cleo.say("remind @asha every Monday at 9 to sign the forms")
    shown = full(cleo)
    view = home(shown)
    assert len(view["blocks"]) < VIEW_BLOCKS
    assert "too long" not in str(view)


def test_whatever_a_page_offers_is_understood_pressed_or_typed() -> None:
    shown = full(advisor())
    assert choices(shown)
    for choice in choices(shown):
        for event in (Utterance(choice.says, pressed=True), Utterance(choice.says)):
            there = world(knowledge=own_knowledge())
            known = route(event, Place("slack", "direct")) or understand(event, there)
            assert known or own_knowledge().match(choice.says).band == "answer", choice


def test_it_can_be_asked_for_anywhere_and_goes_to_the_speaker_alone() -> None:
    assert "Nothing is waiting for you." in read(Person().say("home"))
    decision = in_channel().say("my page")
    assert [reply.private for reply in decision.replies] == [True]
    assert decision.arrived
    person = Person()
    person.say("quiz")
    assert "question 1 of" in read(person.say("what is waiting for me?"))


def test_without_memory_it_says_so_and_keeps_what_can_be_asked() -> None:
    shown = decide(State(), HomeOpened(), world(remembers=False)).replies[0]
    assert "memory is away" in plain(shown)
    assert "Water" in [choice.label for choice in choices(in_full(shown))]
    assert "quiz" not in plain(shown).lower()
