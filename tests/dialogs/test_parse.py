"""Words as commands, and words that only look like one."""

from __future__ import annotations

import pytest

from dialogs.core.commands import (
    Accept,
    CheckAct,
    CheckHistory,
    Command,
    ForgetMe,
    Help,
    Lessons,
    MyData,
    MyEnquiries,
    NoneOfThese,
    QuizAct,
    QuizMissed,
    RateAnswer,
    Show,
    SmallTalk,
    StartCheck,
    StartQuiz,
    Tell,
    Unknown,
    WhyThisAnswer,
)
from dialogs.core.commands.table import TABLE, ways_of
from dialogs.core.events import Utterance
from dialogs.core.router import understand
from tests.harness.small import world


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("help", Help()),
        ("HELP!", Help()),
        ("hlep", Help()),
        ("can you help me please?", Help()),
        ("lesons", Lessons()),
        ("show me all the lessons", Lessons()),
        ("lessons Water", Lessons("Water")),
        ("show compost", Show("compost")),
        ("lesson bed-raised", Show("bed-raised")),
        ("show raised bed", Show("bed-raised")),
        ("Raised bed", Show("bed-raised")),
        ("bed-raised", Show("bed-raised")),
        ("why compost", Tell("why", "compost")),
        ("why this answer", WhyThisAnswer()),
        ("why this answer compost", WhyThisAnswer("compost")),
        ("helpful", RateAnswer(True)),
        ("not helpful bed-flat", RateAnswer(False, "bed-flat")),
        ("That didn’t help.", RateAnswer(False)),
        ("👍", RateAnswer(True)),
        ("👎🏽", RateAnswer(False)),
        ("none of these", NoneOfThese()),
        ("yes please", Accept()),
        ("my data", MyData()),
        ("what do you know about me?", MyData()),
        ("forget me", ForgetMe()),
        ("forgte me", ForgetMe()),
        ("Good morning", SmallTalk("greeting")),
        ("cheers", SmallTalk("thanks")),
        ("are you a bot?", SmallTalk("bot")),
        ("quiz", StartQuiz()),
        ("qiuz me on beds", StartQuiz(0, "beds")),
        ("quiz 10 soil", StartQuiz(10, "soil")),
        ("can you quiz me on the soil please", StartQuiz(0, "the soil")),
        ("quiz here five on kinds of bed", StartQuiz(5, "kinds of bed")),
        ("Quiz me!", StartQuiz()),
        ("how do I run a quiz?", Help()),
        ("quiz missed", QuizMissed()),
        ("quiz answer K7QM 3 b", QuizAct("answer", "K7QM", 3, "b")),
        ("quiz answer K7QM 3", QuizAct("answer", "K7QM", 3)),
        ("quiz pick K7QM 3 b", QuizAct("pick", "K7QM", 3, "b")),
        ("quiz next K7QM 4", QuizAct("next", "K7QM", 4)),
        ("stop the quiz", QuizAct("stop")),
        ("readiness", StartCheck()),
        ("chekc our readiness", StartCheck()),
        ("readiness plot", StartCheck("plot")),
        ("readiness history", CheckHistory()),
        ("readiness answer K7QM 3 0", CheckAct("answer", "K7QM", 3, 0)),
        ("readiness answer x -1 9", CheckAct("answer", "x", -1, 9)),
        ("readiness pause K7QM", CheckAct("pause", "K7QM")),
        ("show no-such-lesson", Unknown()),
        ("helpful no-such-lesson", Unknown()),
    ],
)
def test_a_command_is_known_in_all_its_ways(words: str, command: Command) -> None:
    assert understand(Utterance(words), world()) == command


@pytest.mark.parametrize(
    "words",
    [
        "is a quiz any use before we share a bed with the neighbours",
        "who is in charge of readiness",
        "stop",
        "next",
        "does it help to water in the evening",
        "can you help us find neighbours to share with",
        "what lessons did the society learn",
        "show me how to build a raised bed",
        "why do beds flood",
        "forget it all and start again?",
        "do they forget me",
        "is it helpful to share a bed",
        "why self-watering",
        "done",
        "held",
        "what is wrong with my tomatoes",
        "thanks to the rain, do we still need to water",
        "",
        "?",
    ],
)
def test_a_question_that_contains_a_command_stays_a_question(words: str) -> None:
    assert understand(Utterance(words), world()) is None


@pytest.mark.parametrize(
    "words",
    [
        "has my question been answered?",
        "what happened to my question?",
        "any news on my questions?",
        "did anybody take my question",
        "can I withdraw my question please",
        "is the question I sent to the advisors still open",
        "What's the status of my enquiry?",
    ],
)
def test_one_asks_after_ones_question(words: str) -> None:
    assert understand(Utterance(words), world()) == MyEnquiries()


@pytest.mark.parametrize(
    "words",
    ["no need", "no, not now", "No, don't bother.", "no, don't", "don't bother", "no, leave it", "nah"],
)
def test_an_offer_is_declined_in_any_words(words: str) -> None:
    assert understand(Utterance(words), world()) == NoneOfThese()


@pytest.mark.parametrize("words", ["no partners", "don't share payroll?", "no buy-in", "not now"])
def test_what_begins_with_a_no_may_be_more(words: str) -> None:
    assert understand(Utterance(words), world()) != NoneOfThese()


def test_what_answers_a_question_is_no_question() -> None:
    assert understand(Utterance("that answered my question"), world()) == RateAnswer(True)


WAYS = sorted({way for row in TABLE for way, _ in ways_of(row)})


@pytest.mark.parametrize("around", ["hi, {}", "Morning all, {} please", "thanks bot. {}", "ok, {} thanks"])
def test_a_greeting_or_thanks_around_a_command_change_nothing(around: str) -> None:
    """But for thanks and greetings themselves."""
    meant = {way: understand(Utterance(way), world()) for way in WAYS}
    said = {way: understand(Utterance(around.format(way)), world()) for way in WAYS}
    lost = {way for way in WAYS if said[way] != meant[way]}
    assert {way: said[way] for way in lost if not isinstance(meant[way], SmallTalk | RateAnswer)} == {}
