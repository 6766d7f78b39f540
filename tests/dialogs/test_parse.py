"""Words as commands, and words that only look like one."""

from __future__ import annotations

import pytest

from dialogs.parse import (
    Accept,
    Command,
    ForgetMe,
    Help,
    Lessons,
    MyData,
    NoneOfThese,
    Rate,
    Show,
    SmallTalk,
    Tell,
    Unknown,
    WhyThisAnswer,
    parse,
)
from tests.dialogs.small import SMALL


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
        ("helpful", Rate(True)),
        ("not helpful bed-flat", Rate(False, "bed-flat")),
        ("That didn’t help.", Rate(False)),
        ("👍", Rate(True)),
        ("👎🏽", Rate(False)),
        ("none of these", NoneOfThese()),
        ("yes please", Accept()),
        ("my data", MyData()),
        ("what do you know about me?", MyData()),
        ("forget me", ForgetMe()),
        ("forgte me", ForgetMe()),
        ("Good morning", SmallTalk("greeting")),
        ("cheers", SmallTalk("thanks")),
        ("are you a bot?", SmallTalk("bot")),
        ("show no-such-lesson", Unknown()),
        ("helpful no-such-lesson", Unknown()),
    ],
)
def test_a_command_is_known_in_all_its_ways(words: str, command: Command) -> None:
    assert parse(words, SMALL) == command


@pytest.mark.parametrize(
    "words",
    [
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
    assert parse(words, SMALL) is None
