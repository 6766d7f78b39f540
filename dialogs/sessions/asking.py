"""How people ask for a session in their channel, and steer the one that is open there, in words."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.replies import Frozen
from dialogs.core.session_model import SessionKind
from dialogs.sessions.acts import ID


class StartHere(Frozen, frozen=True):
    """Put a live quiz or readiness check into this channel."""

    kind: SessionKind
    ask: str = ""
    """Quiz: how many questions, and on what, as typed for a quiz alone ("quiz 5 models")."""
    seconds: int = 0
    """Quiz: the time limit of a question; 0 for none."""
    names: bool = True
    """Quiz: whether the scoreboard names people."""
    again: str = ""
    """Quiz: the session whose missed questions are asked again."""
    check: str = ""
    """Readiness: the name of the check, as typed."""
    organisations: tuple[str, ...] = ()
    """Readiness: the host's list."""


class SteerHere(Frozen, frozen=True):
    """Close the question, go on, or end the session that is open in this channel."""

    kind: SessionKind
    act: Literal["close", "next", "end"]


_SPACES = re.compile(r"\s+")
_HERE = re.compile(r"\b(?:right )?here\b|\b(?:in|for) (?:the|this|our) (?:channel|team|group|chat)\b", re.I)
_KIND = re.compile(
    r"^(?:(?:please|can|could|you|we|lets|let's|let|us|i|want|to|would|like|start|run|do|put|have|begin|a|an|the"
    r"|team|joint|live|anonymous)\s+)*(?P<kind>quiz|quizz|readiness)\b(?: check)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(
    r"[, ]*\b(?:with |of |at )?(?P<n>\d{1,3}) ?(?P<unit>s|secs?|seconds?|m|mins?|minutes?)\b"
    r"(?: (?:each|a question|per question|limit|time limit))*",
    re.IGNORECASE,
)
_NAMELESS = re.compile(r"[, ]*\b(?:without|with no|no) names\b|[, ]*\banonymous(?:ly)?\b", re.IGNORECASE)
_AGAIN = re.compile(rf"quiz here again (?P<id>[0-9A-Z]{{{ID}}})", re.IGNORECASE)
_COURTESIES = re.compile(
    r"\b(?:please|now|today|(?:for |all |of )*us(?: all)?|for everyone)\b", re.IGNORECASE
)
_WITH = re.compile(r"\bwith (?P<who>.+)$", re.IGNORECASE)
_ANYONE = {
    "partners",
    "our partners",
    "the partners",
    "all partners",
    "everyone",
    "all of us",
    "us",
    "others",
}
_SPLIT = re.compile(r"\s*(?:,|;|\band\b|&)\s*", re.IGNORECASE)

_STEER: dict[str, SteerHere] = {
    **dict.fromkeys(
        ("close question", "close the question", "close this question", "quiz close"),
        SteerHere("quiz", "close"),
    ),
    **dict.fromkeys(("next question", "quiz next", "go on with the quiz"), SteerHere("quiz", "next")),
    **dict.fromkeys(
        ("end quiz", "end the quiz", "stop the quiz", "stop quiz", "quiz end", "quiz stop", "close quiz",
         "close the quiz", "finish the quiz"),
        SteerHere("quiz", "end"),
    ),
    **dict.fromkeys(
        ("readiness end", "readiness close", "end readiness", "close readiness", "close the check",
         "close the readiness check", "end the readiness check", "end the check", "close this check",
         "close readiness check"),
        SteerHere("readiness", "end"),
    ),
}  # fmt: skip


def asked_here(text: str) -> StartHere | None:
    """A session for everybody in the channel; None where it is asked for one person alone, or not at all."""
    again = _AGAIN.fullmatch(text)
    if again:
        return StartHere("quiz", again=again["id"].upper())
    found = _KIND.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    quiz = found["kind"].lower().startswith("quiz")
    with_whom = _WITH.search(rest)
    together = with_whom is not None and not quiz
    if not _HERE.search(rest) and not together:
        return None
    rest = _HERE.sub(" ", rest)
    if quiz:
        limit = _SECONDS.search(rest)
        seconds = int(limit["n"]) * (60 if limit["unit"].lower().startswith("m") else 1) if limit else 0
        names = _NAMELESS.search(text) is None
        ask = _SPACES.sub(" ", _NAMELESS.sub(" ", _SECONDS.sub(" ", rest))).strip(" ,.!?")
        return StartHere("quiz", f"quiz {ask}".strip(), seconds, names)
    with_whom = _WITH.search(rest)
    name = _COURTESIES.sub(" ", rest[: with_whom.start()] if with_whom else rest)
    name = _SPACES.sub(" ", name).strip(" ,.!?")
    return StartHere("readiness", check=name, organisations=_organisations(with_whom))


def steered_here(text: str) -> SteerHere | None:
    """What somebody typed to steer the session that is open in the channel."""
    return _STEER.get(_SPACES.sub(" ", text).strip(" .!").lower())


def _organisations(with_whom: re.Match[str] | None) -> tuple[str, ...]:
    if with_whom is None or with_whom["who"].strip(" .!").lower() in _ANYONE:
        return ()
    named = (one.strip(" .!") for one in _SPLIT.split(with_whom["who"]))
    listed = tuple(dict.fromkeys(one for one in named if one and one.lower() not in _ANYONE))
    return listed if len(listed) > 1 else ()
