"""Commands about the lessons and the answers."""

from __future__ import annotations

import re

from dialogs.core.acts import Aspect
from dialogs.core.agreement import agreement
from dialogs.core.commands.alone import is_quiz
from dialogs.core.commands.row import HeardText, Lacks, MenuItem, Row, Shortcut
from dialogs.core.commands.talk import spoken
from dialogs.core.commands.wire import Wire
from dialogs.core.names import find_lesson
from dialogs.core.replies import Frozen
from dialogs.core.text import normal, words
from dialogs.wording import lacking


class Help(Frozen, frozen=True):
    """What can you do?"""


class Home(Frozen, frozen=True):
    """Show me my own page: what waits for me, and what I receive."""


class AskAbout(Frozen, frozen=True):
    """What do you say to this message, of whomever?"""

    text: str = ""
    """What stands in it; empty where no words do."""


class Lessons(Frozen, frozen=True):
    """Browse: all headings, or the lessons of one."""

    heading: str | None = None


class Show(Frozen, frozen=True):
    """Give one lesson in full."""

    lesson: str


class Tell(Frozen, frozen=True):
    """Give one aspect of a named lesson."""

    aspect: Aspect
    lesson: str


class WhyThisAnswer(Frozen, frozen=True):
    """Explain the matching, of a named lesson's answer or of the last one."""

    lesson: str | None = None
    here: bool = False
    """Whether that of the message is meant on which it is said, and of no other."""


class RateAnswer(Frozen, frozen=True):
    """Thumb up or down, for a named lesson's answer or for the last one."""

    up: bool
    lesson: str | None = None


class NoneOfThese(Frozen, frozen=True):
    """None of the suggested lessons was meant."""


class Accept(Frozen, frozen=True):
    """Yes, to what was suggested."""


class Unknown(Frozen, frozen=True):
    """A command about a lesson or heading that doesn't exist (any more)."""


_THUMBS = {"👍": True, ":+1:": True, ":thumbsup:": True, "👎": False, ":-1:": False, ":thumbsdown:": False}
_ID = re.compile(
    r"(?:show|lessons?|topics|read|open|why this answer|helpful|not helpful) [a-z0-9]+(?:-[a-z0-9]+)+"
)


def _asks_how(heard: HeardText) -> Frozen | None:
    """A question about how a quiz or a check is had."""
    said = words(heard.text)
    if (
        said
        and said[0] in {"how", "what", "where"}
        and any(is_quiz(word) or word == "quizzes" for word in said)
    ):
        return Help()
    asked = said[:1] == ("how",) and {"readiness", "check"} <= set(said)
    return Help() if asked else _HELP(heard)


_HELP = spoken({"help": Help()})
_OFFERED = r"bother|worry|(?:ask|send|pass|show|do)(?: (?:it|that|this|them|anyone|anybody|me))?(?: on)?"
"""What a no may be to, of what we offer."""


def _thumb(heard: HeardText) -> Frozen | None:
    for sign, up in _THUMBS.items():
        if heard.text.startswith(sign) and not words(heard.text.removeprefix(sign)):
            return RateAnswer(up)
    return None


def _named_alone(heard: HeardText) -> Frozen | None:
    lesson = find_lesson(heard.text, heard.world.knowledge)
    return Show(lesson) if lesson else None


def _no_such(heard: HeardText) -> Frozen | None:
    """What reads as a lesson's id after a command's word, and is none."""
    return Unknown() if _ID.fullmatch(heard.text.casefold()) else None


def _declined(heard: HeardText) -> Frozen | None:
    """A no to what was offered, however it goes on: "no, don't bother"."""
    said = normal(heard.text)
    begins = f"{said} ".startswith(("no ", "nope ", "nah ", "dont ", "theres no need "))
    return NoneOfThese() if begins and agreement(said, _OFFERED) is False else None


ROWS = (
    Row(
        Help,
        (
            (
                Help(),
                """help | help me | commands | menu | what can you do | what can i ask | what can i ask you
                | what do you do | what else can you do | what can you tell me | what else can you tell me
                | how do i use this | how do i use you | how can you help""",
            ),
        ),
        loosely=_asks_how,
        menu=(MenuItem("help", "What I can do"),),
    ),
    Row(
        Home,
        (
            (
                Home(),
                """home | my home | my page | home page | show my page | dashboard | my dashboard | what is
                waiting for me | what waits for me | whats waiting for me | what do i have open | my to do |
                my todo""",
            ),
        ),
        menu=(MenuItem("home", "Your own page: what waits for you, and what you receive", ("direct",)),),
    ),
    Row(
        AskAbout,
        wires=(Wire(AskAbout, "about this message {text:words?}"),),
        shortcut=Shortcut(
            "Ask Sharewise about this",
            "What I know about this message; only you see the answer",
            "about this message",
            of_ours="why this message",
        ),
    ),
    Row(
        Lessons,
        (
            (
                Lessons(),
                """lessons | all lessons | all the lessons | browse | browse lessons | topics | all topics
                | contents | headings | what are the lessons | what topics do you cover | what do you
                cover | what do you know""",
            ),
        ),
        (
            Wire(Lessons, "lessons {heading:heading}"),
            Wire(Lessons, "topics {heading:heading}"),
            Wire(Lessons, "lesson {heading:heading}"),
        ),
        loosely=spoken({"lessons": Lessons()}),
        menu=(MenuItem("lessons", "All lessons, by heading"),),
    ),
    Row(
        Show,
        wires=tuple(
            Wire(Show, f"{verb} {{lesson:lesson}}")
            for verb in ("show", "lesson", "lessons", "topics", "read", "open")
        ),
        phrase=_named_alone,
        lacks=Lacks(
            r"(?:show|lessons?|topics|read|open)(?: (?!me\b|us\b|(?:the|that) (?:whole )?lesson\b).{1,60})?",
            lacking.LESSON,
            "lessons",
            labels="read the lesson",
        ),
        yields_to=("draft", "readiness", "button"),
    ),
    Row(
        Tell,
        wires=(
            Wire(Tell, "{aspect:why|more|since|source|practice|ask|example|short|report} {lesson:lesson}"),
        ),
        yields_to=("draft", "readiness"),
    ),
    Row(
        WhyThisAnswer,
        (
            (
                WhyThisAnswer(),
                """why this answer | why that answer | why did you give this answer | why did you give that
                answer | why did i get this answer | why did i get that answer | how did you match that
                | what did you match""",
            ),
            (WhyThisAnswer(here=True), "why this message"),
        ),
        (Wire(WhyThisAnswer, "why this answer {lesson:lesson}"),),
        loosely=spoken({"sure": WhyThisAnswer()}),
        lacks=Lacks(r"why this answer .{1,60}", lacking.WHY_THIS),
    ),
    Row(
        RateAnswer,
        (
            (
                RateAnswer(True),
                """helpful | very helpful | that helped | that helps | that was helpful | thats helpful |
                thumbs up | good answer""",
            ),
            (
                RateAnswer(False),
                """not helpful | unhelpful | not very helpful | that didnt help | that doesnt help | that
                wasnt helpful | wrong | that was wrong | it was wrong | you were wrong | youre wrong |
                thats not helpful | not useful | thats wrong | wrong answer | thumbs down | bad answer |
                not what i asked | thats not what i asked | not what i meant | thats not what i meant |
                not what i needed""",
            ),
        ),
        (
            Wire(RateAnswer, "helpful {lesson:lesson}", up=True),
            Wire(RateAnswer, "not helpful {lesson:lesson}", up=False),
        ),
        loosely=spoken({"up": RateAnswer(True), "down": RateAnswer(False)}),
        phrase=_thumb,
        lacks=Lacks(r"(?:not |un)?helpful .{1,60}", lacking.RATE),
    ),
    Row(Unknown, phrase=_no_such),
    Row(
        NoneOfThese,
        (
            (
                NoneOfThese(),
                """none of these | none of those | none of them | none | neither | neither of these |
                neither of them | not those | not these | no none of these | no none of those | no |
                nope | no thanks""",
            ),
        ),
        phrase=_declined,
        near=False,
    ),
    Row(
        Accept,
        (
            (
                Accept(),
                """yes | yes please | yep | yeah | yup | y | yes that one | that one | thats the one |
                thats it | correct | exactly | confirm | i confirm | confirmed""",
            ),
        ),
        yields_to=("draft",),
        near=False,
    ),
)
