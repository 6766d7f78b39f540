"""What was taught word for word is found by those words, whatever was said before."""

from __future__ import annotations

from dialogs import decide
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State
from dialogs.core.plain import plain
from knowledge import Knowledge
from knowledge.taught import Taught, lessons_with
from tests.harness.small import SMALL, world

BANNED = Taught(
    "advice-weedkiller", "", "Weedkiller", "None: pull it by hand.",
    ("what about weedkiller?", "is it allowed to spray those?"), "An advisor, 27 November 2026",
)  # fmt: skip
MORE = Taught("advice-of", "compost", "", "", ("what about procurement law?", "why not meat"), "")
TAUGHT = {**dict.fromkeys(BANNED.questions, BANNED.id), **dict.fromkeys(MORE.questions, MORE.of)}
LESSONS = lessons_with(SMALL.lessons, (BANNED, MORE))
# The matcher has learnt nothing of it: what is to the letter needs none.
ADVISED = Knowledge(SMALL.deck, LESSONS, SMALL.vocabulary, SMALL.matcher, SMALL.quiz, SMALL.checks)


def say(state: State, words: str) -> Decision:
    return decide(state, Utterance(words), world(knowledge=ADVISED))


def test_taught_words_find_their_lesson_after_any_other() -> None:
    missed = []
    for lesson in ADVISED.lessons.values():
        before = say(State(), lesson.questions[0]).state
        for question, wanted in TAUGHT.items():
            for typed in (question, question.upper(), f"hello, {question.rstrip('?')} ?"):
                asked = [reply.asked for reply in say(before, typed).replies if reply.asked]
                if [(each.lesson, each.band) for each in asked] != [(wanted, "answer")]:
                    missed.append((lesson.id, typed, [each.lesson for each in asked]))
    assert not missed


def test_other_words_still_lean_on_what_was_said() -> None:
    before = say(State(), "does compost really help the soil").state
    assert say(before, "why?").state.lesson == "compost"
    assert say(before, "is it allowed?").state.lesson == "compost"


def test_for_a_report_two_sentences_of_a_taught_lesson_say_whose_they_are() -> None:
    long = BANNED._replace(answer="None: *pull* it by hand.\n\nIt is banned. Ask twice. Or thrice.")
    told = decide(
        say(State(), BANNED.questions[0]).state,
        Utterance("for a report"),
        world(knowledge=ADVISED.having(lessons=lessons_with(SMALL.lessons, (long, MORE)))),
    )
    said = plain(told.replies[0])
    assert "None: *pull* it by hand. It is banned." in said
    assert "Ask twice" not in said
    assert "“Weedkiller”: An advisor, 27 November 2026 · our own, not the guide's." in said
