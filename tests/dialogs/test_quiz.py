"""A quiz alone: what is asked, what counts, and what is remembered."""

from __future__ import annotations

import pytest

from dialogs.core.effects import KeepMissed, KeepWork
from dialogs.core.events import Place
from dialogs.core.model import State
from dialogs.core.replies import Progress
from dialogs.core.work import Given
from tests.harness.person import Person, read
from tests.harness.small import SMALL

CHANNEL = Place("slack", "channel")


def correct(person: Person) -> str:
    """The words that answer the open question rightly."""
    run = person.work.quiz
    assert run
    question = SMALL.quiz.question(run.questions[len(run.given)])
    assert question
    right = {option.text for option in question.options if option.right}
    labels = [choice.label for choice in person.offered]
    if question.kind == "truth":
        return right.pop()
    return " and ".join(label.lstrip("☐☑ ")[0] for label in labels if label.partition(". ")[2] in right)


def wrong(person: Person) -> str:
    """The words that answer the open question wrongly."""
    right = correct(person)
    if right in {"True", "False"}:
        return "False" if right == "True" else "True"
    return next(letter for letter in "ABC" if letter != right)


def test_every_question_answered_rightly_is_counted_once() -> None:
    person = Person()
    first = person.say("quiz")
    assert Progress(0, 4) in first.replies[0].blocks
    for _ in range(4):
        last = person.say(correct(person))
        person.say("next")
    assert "all 4 right" in read(last)
    assert person.missed == ()


def test_presses_replace_the_card_and_typed_words_do_not_lose_it() -> None:
    person = Person()
    start = person.say("quiz beds")
    assert not start.replies[0].instead
    answer = person.press("Stop")
    assert answer.replies[0].instead


def test_missed_questions_come_first_until_they_are_answered_rightly() -> None:
    person = Person()
    person.say("quiz 1 soil")
    (missed,) = person.work.quiz.questions
    assert "Not this time" in read(person.say(wrong(person)))
    assert person.missed == (missed,)
    person.say("quiz")
    assert person.work.quiz.questions[0] == missed
    person.say(correct(person))
    assert person.missed == ()


def test_the_oldest_misses_are_dropped_after_sixty() -> None:
    person = Person()
    person.missed = tuple(f"old-{number}" for number in range(60))
    person.say("quiz 1 soil")
    person.say(wrong(person))
    assert len(person.missed) == 60
    assert person.missed[-1] == person.work.quiz.questions[0]
    assert "old-0" not in person.missed


def test_several_right_options_are_ticked_and_then_answered() -> None:
    person = Person()
    person.say("quiz kinds of bed")
    assert "Pick at least one first" in person.press("Answer").note
    person.press("Raised beds")
    person.press("Hanging beds")
    person.press("Flat beds")
    ticked = [choice.label for choice in person.offered if choice.label.startswith("☑")]
    assert len(ticked) == 3
    person.press("Hanging beds")
    assert "Right:" in read(person.press("Answer"))
    assert person.work.quiz.given == (Given("beds-which", True),)


def test_some_of_several_right_options_are_not_enough() -> None:
    person = Person()
    person.say("quiz kinds of bed")
    assert "Not this time" in read(person.say(correct(person)[0]))


def test_an_answer_pressed_twice_counts_once() -> None:
    person = Person()
    person.say("quiz")
    says = person.offered[0].says.replace("pick", "answer")
    person.say(says, pressed=True)
    after = person.work
    again = person.say(says, pressed=True)
    assert "already" in again.note
    assert again.effects == ()
    assert person.work == after


@pytest.mark.parametrize(
    "words",
    ["quiz answer zzz 99 q", "quiz pick zzz -1 b", "quiz next zzz 1", "quiz stop zzz", "quiz answer zzz 1"],
)
def test_a_stale_or_forged_button_changes_nothing(words: str) -> None:
    person = Person()
    person.say("quiz")
    decision = person.say(words, pressed=True)
    assert "earlier quiz" in decision.note
    assert decision.effects == ()


def test_a_question_ahead_or_a_letter_beyond_is_no_answer() -> None:
    person = Person()
    person.say("quiz soil")
    run = person.work.quiz.id
    assert person.say(f"quiz answer {run} 2 a", pressed=True).effects == ()
    assert "letter from A" in person.say(f"quiz answer {run} 1 z", pressed=True).note
    assert person.work.quiz.given == ()


def test_a_letter_counts_only_while_the_quiz_was_shown_last() -> None:
    person = Person()
    person.say("quiz soil")
    person.say("what kinds of bed are there")
    person.say("a")
    assert person.work.quiz.given == ()


def test_a_letter_after_an_answer_is_not_taken_for_the_next_question() -> None:
    person = Person()
    person.say("quiz")
    person.say(correct(person))
    assert "Question 2 of 4" in read(person.say("a"))
    assert len(person.work.quiz.given) == 1


def test_in_a_channel_it_is_sent_to_the_speaker_and_letters_are_not_for_it() -> None:
    person = Person(place=CHANNEL)
    start = person.say("quiz here 2 soil")
    assert all(reply.private for reply in start.replies)
    assert start.arrived == "I've sent that to you alone."
    person.say("a")
    assert person.work.quiz.given == ()


def test_a_card_sent_from_a_channel_takes_a_letter_in_the_direct_chat() -> None:
    person = Person()
    person.say("quiz soil", place=CHANNEL)
    person.state = State()  # the direct chat is another conversation
    assert "Right:" in read(person.say(correct(person)))
    assert len(person.work.quiz.given) == 1


def test_without_memory_it_asks_to_try_again() -> None:
    for words in ("quiz", "quiz missed", "quiz next"):
        decision = Person(remembers=False).say(words)
        assert "try again in a few minutes" in read(decision)
        assert not decision.effects


def test_a_question_that_is_gone_ends_its_quiz_kindly() -> None:
    person = Person()
    person.say("quiz")
    run = person.work.quiz
    person.work = type(person.work)(quiz=type(run)(run.id, ("gone", *run.questions)))
    assert "earlier quiz" in person.say(f"quiz answer {run.id} 1 a", pressed=True).note


def test_the_same_event_makes_the_same_quiz() -> None:
    kept = [
        [effect for effect in Person().say("quiz").effects if isinstance(effect, KeepWork | KeepMissed)]
        for _ in range(2)
    ]
    assert kept[0] == kept[1] != []
