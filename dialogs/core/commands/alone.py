"""Commands of a quiz and of a readiness check that somebody takes alone."""

from __future__ import annotations

from typing import Literal

from dialogs.core.commands.row import SHARED, HeardText, HelpLine, Lacks, MenuItem, Row, Shortcut
from dialogs.core.commands.wire import Wire
from dialogs.core.replies import Frozen
from dialogs.core.text import NUMBER_WORDS, word_set, words
from dialogs.wording import lacking


class StartQuiz(Frozen, frozen=True):
    """Ask me some questions."""

    count: int = 0
    """How many; 0 where that wasn't said."""
    topic: str = ""
    """What on, as typed; empty for everything."""


class QuizMissed(Frozen, frozen=True):
    """Ask me again what I got wrong."""


class CatchUp(Frozen, frozen=True):
    """Ask me, alone, what a quiz asked that is over in this channel: it counts for no score there."""

    session: str = ""
    """The quiz; empty for the last one that ended here."""


class QuizAct(Frozen, frozen=True):
    """Something done in a quiz."""

    act: Literal["answer", "pick", "next", "stop"]
    run: str = ""
    """The quiz that the button belongs to; empty for the one under way."""
    number: int = 0
    """The question, from 1."""
    letters: str = ""


class StartCheck(Frozen, frozen=True):
    """Check how ready we are."""

    name: str = ""
    """The check's id; empty where that wasn't said."""


class CheckHistory(Frozen, frozen=True):
    """Show my earlier readiness checks."""

    of: str = ""
    """The minute of one of a channel's, to see what it rests on; empty for all of them, as they moved."""


class CheckAct(Frozen, frozen=True):
    """Something done in a readiness check."""

    act: Literal["answer", "back", "skip", "pause", "resume", "afresh"]
    run: str = ""
    """The check's run that the button belongs to; empty for the one under way."""
    number: int = 0
    """The step, from 1."""
    value: int = -1


_LEADS = word_set(
    """can could would you please give i id we need want to the like just sharewise do start take run play
    lets let's a an another new have me us some"""
)
_LINKS = word_set("on about of from in with me us question questions here please")
_LONGEST_TOPIC = 9
"""Words; what is longer is a sentence of its own."""


def quiz_asked(text: str) -> StartQuiz | None:
    """A quiz asked for with a number or a topic, in any order of words."""
    said = list(words(text))
    while said and said[0] in _LEADS:
        said.pop(0)
    if not said or not is_quiz(said[0]):
        return None
    count, topic = 0, list[str]()
    for at, word in enumerate(said[1:], 1):
        number = int(word) if word.isdecimal() and len(word) < 5 else NUMBER_WORDS.get(word, 0)
        if number and not count and (not topic or at == len(said) - 1):
            count = number
        elif topic or word not in _LINKS:
            topic.append(word)
    while topic and topic[-1] in {"please", "pls", "plz", "thanks", "here", "questions"}:
        topic.pop()
    return StartQuiz(count, " ".join(topic)) if len(topic) <= _LONGEST_TOPIC else None


def is_quiz(word: str) -> bool:
    """Whether ``word`` is "quiz", with two letters swapped or one doubled."""
    return sorted(word) == sorted("quiz") or word == "quizz"


def _asked(heard: HeardText) -> Frozen | None:
    return quiz_asked(heard.text)


ROWS = (
    Row(
        CatchUp,
        ((CatchUp(), "catch up | catch up on the quiz | catch up with the quiz | let me catch up"),),
        (Wire(CatchUp, "quiz catch up {session:id}"),),
        overheard=False,
    ),
    Row(
        QuizAct,
        (
            (
                QuizAct("next"),
                """quiz next | next question | quiz go on | continue the quiz | resume the quiz |
                go on with the quiz | carry on with the quiz | back to the quiz""",
            ),
            (
                QuizAct("stop"),
                "quiz stop | stop quiz | stop the quiz | end quiz | end the quiz | quit the quiz",
            ),
        ),
        (
            Wire(QuizAct, "quiz {act:answer|pick|next} {run:run} {number:number} {letters:letters?}"),
            Wire(QuizAct, "quiz stop {run:run}", act="stop"),
        ),
        lacks=Lacks(
            r"[a-e]|true|false|next|back|close(?: (?:it|this))?|start|go on|continue|carry on",
            lacking.NOTHING_OPEN,
            "quiz",
            "readiness",
        ),
    ),
    Row(
        StartQuiz,
        (
            (
                StartQuiz(),
                """quiz | another five | a quiz | quiz me | quiz us | quiz here | test me | another quiz |
                new quiz | start a quiz | do a quiz | take a quiz | lets do a quiz | play a quiz |
                quiz please""",
            ),
        ),
        (Wire(StartQuiz, "quiz {count:number?} {topic:words?}", reads=False),),
        loosely=_asked,
        help=(
            HelpLine(
                "quiz",
                "**quiz**, or **quiz 10 {topic}**; in a channel, **quiz here** for all",
                ("direct",),
            ),
            HelpLine("quiz", "**quiz here**, or **quiz here 10 {topic}**", SHARED),
        ),
        menu=(MenuItem("quiz", "Five questions on the lessons, for you alone", ("direct",)),),
        shortcut=Shortcut("Take a quiz", "Five questions on the lessons, for you alone", "quiz"),
    ),
    Row(
        QuizMissed,
        (
            (
                QuizMissed(),
                """quiz missed | quiz me on what i missed | quiz what i missed | the ones i missed | again
                the ones i missed | what i missed""",
            ),
        ),
    ),
    Row(
        CheckAct,
        (
            (
                CheckAct("resume"),
                """readiness resume | readiness go on | resume readiness | continue readiness |
                resume the check | resume the readiness check | continue the check |
                continue the readiness check |
                go on with the check | go on with the readiness check | carry on with the check |
                carry on with the readiness check | back to the check | back to the readiness check""",
            ),
            (CheckAct("pause"), "readiness pause | readiness stop | stop readiness | pause readiness"),
            (CheckAct("afresh"), "readiness afresh | start afresh | start readiness afresh"),
        ),
        (
            Wire(CheckAct, "readiness {act:answer|back|skip} {run:run} {number:number} {value:number?}"),
            Wire(CheckAct, "readiness {act:pause|resume|afresh} {run:run}"),
        ),
    ),
    Row(
        StartCheck,
        (
            (
                StartCheck(),
                """readiness | readiness check | readiness here | readiness check here | check readiness |
                check our readiness | check my readiness | start readiness | start a readiness check |
                do a readiness check | take the readiness check | run a readiness check""",
            ),
        ),
        (
            Wire(StartCheck, "readiness {name:check}"),
            Wire(StartCheck, "readiness check {name:check}"),
        ),
        lacks=Lacks(r"readiness(?: check)?(?: here)? .{1,60}", lacking.CHECK, "readiness", "readiness here"),
        help=(
            HelpLine(
                "readiness",
                "**readiness**: how ready you are; in a channel, **readiness here**",
                ("direct",),
            ),
            HelpLine("readiness", "**readiness here**: how ready all of you are", SHARED),
        ),
        menu=(MenuItem("readiness", "Check how ready you are, factor by factor", ("direct",)),),
        shortcut=Shortcut("Check readiness", "How ready you are, factor by factor", "readiness"),
    ),
    Row(
        CheckHistory,
        (
            (
                CheckHistory(),
                """readiness history | history | our readiness history | my readiness history |
                readiness results | earlier readiness checks | past readiness checks""",
            ),
        ),
        (Wire(CheckHistory, "readiness history {of:key}"),),
        help=(HelpLine("also", "**readiness history**"),),
        menu=(MenuItem("readiness history", "What the checks here came to", ("group", "channel")),),
    ),
)
