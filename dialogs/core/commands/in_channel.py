"""What is said to the session that is open in a channel, without its name: steered, and answered in words."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.commands.row import SHARED, HeardText, Row
from dialogs.core.replies import Frozen
from dialogs.core.scale import scale_answer
from dialogs.core.session_model import SessionKind
from dialogs.core.text import words
from dialogs.wording.sessions import NOT_HOST


class SteerHere(Frozen, frozen=True):
    """Do to the session that is open in this channel what stands on a button of its card."""

    kind: SessionKind
    act: Literal["close", "next", "end", "take over", "mine", "right", "part", "setup", "show", "screen"]


class AnswerHere(Frozen, frozen=True):
    """Answer what is open in this channel: by the card alone."""

    kind: SessionKind = "quiz"


class HowItGoes(Frozen, frozen=True):
    """How far are we with what is open here: the channel's quiz or check, or the speaker's own?"""

    counted: bool = False
    """Whether it was asked who has answered: there is no pleasantry in that."""


_ANSWER = re.compile(
    r"(?:(?:i think|i'd say|i say|it's|is it|my answer is|answer|maybe|option)[,: ]+)*"
    r"(?:[a-e1-5]|true|false)[.!?)]?",
    re.IGNORECASE,
)
_STEERED: dict[SessionKind, dict[str, Literal["close", "next", "end"]]] = {
    "quiz": {
        "close": "close", "close it": "close", "close this": "close", "show the answer": "close",
        "show us the answer": "close", "reveal": "close", "reveal it": "close", "next": "next",
        "next one": "next", "next please": "next", "go on": "next", "carry on": "next", "end it": "end",
        "end": "end", "stop": "end", "stop it": "end", "finish": "end", "finish it": "end",
    },
    "readiness": {
        "close": "end", "close it": "end", "close this": "end", "end it": "end", "show the result": "end",
        "show the results": "end", "show us the result": "end",
    },
}  # fmt: skip
"""What is enough to say where one session is open."""


_SCREEN = re.compile(
    r"(?:(?:show|put|open) (?:(?:it|this|that) )?)?(?:(?:up )?on )?"
    r"(?:the |a )?(?:big screen|projector)(?: please)?"
)
"""The screen of the room, in few words."""


def _answer(heard: HeardText) -> Frozen | None:
    """A letter or number, where what it may answer is open for all to see."""
    here, shared = heard.world.here, heard.world.place.kind in SHARED
    if shared and here.quiz is not None and _ANSWER.fullmatch(heard.text):
        return AnswerHere("quiz")
    asked = shared and here.readiness is not None and scale_answer(heard.text.replace("’", "'"))
    return AnswerHere("readiness") if asked else None


def _steered(heard: HeardText) -> Frozen | None:
    """Fewer words than a button has, where only one session is open that they can mean."""
    of = _only_one(heard)
    act = _STEERED[of].get(" ".join(words(heard.text))) if of else None
    return SteerHere(of, act) if of and act else None


def _on_screen(heard: HeardText) -> Frozen | None:
    """The big screen by itself, where only one session is open that it can be of."""
    of = _only_one(heard)
    return SteerHere(of, "screen") if of and _SCREEN.fullmatch(" ".join(words(heard.text))) else None


def _only_one(heard: HeardText) -> SessionKind | None:
    """Of which kind the session is that is open here; None for none, or several."""
    here = heard.world.here
    if heard.world.place.kind not in SHARED or (here.quiz is None) == (here.readiness is None):
        return None
    return "quiz" if here.quiz is not None else "readiness"


ROWS = (
    Row(
        SteerHere,
        (
            (
                SteerHere("quiz", "close"),
                "close question | close the question | close this question | quiz close",
            ),
            (
                SteerHere("quiz", "next"),
                "next question | quiz next | go on with the quiz | show the scores | show scores",
            ),
            (
                SteerHere("quiz", "end"),
                """end quiz | end the quiz | stop the quiz | stop quiz | quiz end | quiz stop | close quiz
                | close the quiz | finish the quiz""",
            ),
            (
                SteerHere("readiness", "end"),
                """readiness end | readiness close | end readiness | close readiness | close the check |
                close the readiness check | end the readiness check | end the check | close this check |
                close readiness check | close and show the result | close and show""",
            ),
            (
                SteerHere("readiness", "setup"),
                "set up | set up host | set up the check | set up the readiness check",
            ),
        ),
        phrase=_steered,
        who="host",
        refusal=NOT_HOST,
        where=SHARED,
        overheard=False,
    ),
    Row(
        SteerHere,
        (
            (SteerHere("quiz", "take over"), "host the quiz from here | host the quiz | take over the quiz"),
            (
                SteerHere("readiness", "take over"),
                "host the check from here | host the check | take over the check",
            ),
            (SteerHere("quiz", "mine"), "my answers | show my answers"),
            (SteerHere("quiz", "right"), "right answers | the right answers | show the right answers"),
            (SteerHere("quiz", "show"), "show the quiz here | show the quiz | where is the quiz"),
            (SteerHere("readiness", "show"), "show the check here | show the check | where is the check"),
            (
                SteerHere("quiz", "screen"),
                "quiz on the big screen | show the quiz on the big screen | show the quiz on the screen",
            ),
            (
                SteerHere("readiness", "screen"),
                "check on the big screen | show the check on the big screen | show the check on the screen",
            ),
            (SteerHere("readiness", "part"), "take part | i want to take part | let me take part"),
        ),
        phrase=_on_screen,
        where=SHARED,
        overheard=False,
        near=False,
    ),
    Row(
        HowItGoes,
        (
            (
                HowItGoes(),
                """how is it going | hows it going | how is it going so far | hows it going so far |
                how is this going | hows this going | how are we doing | how are we getting on""",
            ),
            (
                HowItGoes(counted=True),
                """who has answered | whos answered | who has answered so far | who answered |
                how many have answered | how many have answered so far | how many answered |
                how many of us have answered | has everybody answered | has everyone answered |
                has anybody answered | has anyone answered | how many took part | how many have taken part |
                who has taken part | how far are we | how far have we got""",
            ),
        ),
        overheard=False,
        near=False,
    ),
    Row(AnswerHere, phrase=_answer, where=SHARED, overheard=False, near=False),
)
