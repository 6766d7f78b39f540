"""Commands of a live quiz or check: put into a channel, joined by its code, steered, answered."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.codes import CODE, is_code
from dialogs.core.commands.quiz_sentence import LEADS, NAMELESS, SECONDS, quiz_series
from dialogs.core.commands.row import SHARED, HeardText, Lacks, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.replies import Frozen
from dialogs.core.session_model import SessionKind
from dialogs.wording import lacking
from dialogs.wording.sessions import NOT_HOST

SessionActName = Literal[
    "answer",
    "mine",
    "right",
    "leave",
    "back",
    "take over",
    "close",
    "next",
    "end",
    "part",
    "page",
    "setup",
    "export",
    "show",
    "progress",
    "screen",
]


class SessionAct(Frozen, frozen=True):
    """Something done to a session that is named."""

    act: SessionActName
    session: str
    """Its id, or its code where somebody typed it."""
    number: int = 0
    """The question, from 1, or a form's page, from 0."""
    rest: str = ""
    """The letter of an answer."""
    kind: SessionKind = "quiz"
    """Which kind its words say that it is."""


class Join(Frozen, frozen=True):
    """A code was typed, to take part or to be left alone."""

    code: str
    """As typed, in capitals; it may be no code at all."""
    leave: bool = False


class StartHere(Frozen, frozen=True):
    """Put a live quiz or readiness check into this channel."""

    kind: SessionKind
    ask: str = ""
    """Quiz: how many questions, and on what, as typed after "quiz" for one alone ("5 models")."""
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


_SHORT = re.compile(rf"(?P<code>[0-9A-Z]{{{CODE}}})(?: (?P<n>\d{{1,2}}))? (?P<letter>[a-e])", re.IGNORECASE)
_JOIN = re.compile(
    r"(?P<act>join|rejoin|leave) (?:the )?(?:quiz |readiness |check |code )?(?P<code>\S{1,12})", re.I
)
_SPACES = re.compile(r"\s+")
_HERE = re.compile(r"\b(?:right )?here\b|\b(?:in|for) (?:the|this|our) (?:channel|team|group|chat)\b", re.I)
_KIND = re.compile(
    rf"^{LEADS}(?P<kind>quiz|quizz|readiness)\b(?: check)?",
    re.IGNORECASE,
)
_COURTESIES = re.compile(
    r"\b(?:please|now|today|(?:for |all |of )*us(?: all)?|for everyone)\b", re.IGNORECASE
)
_WITH = re.compile(r"\bwith (?P<who>.+)$", re.IGNORECASE)
_ANYONE = re.compile(r"(?:(?:all|our|the) )?(?:partners|others)|everyone|(?:all of )?us", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:,|;|\band\b|&)\s*", re.IGNORECASE)


def join(text: str) -> Join | None:
    """A code typed with "join" or "leave"."""
    found = _JOIN.fullmatch(text.strip(" .!"))
    if found is None:
        return None
    code = found["code"].upper()
    # "join us", "leave it": something else is meant, unless it at least has a code's length or a digit.
    said = found["code"]
    if not CODE - 1 <= len(code) <= CODE + 1 or not (is_code(code) or said.isupper() or not said.isalpha()):
        return None
    return Join(code, found["act"].lower() == "leave")


def short_answer(text: str) -> SessionAct | None:
    """An answer typed with the quiz's code: "K7QM b", "K7QM 3 b"."""
    found = _SHORT.fullmatch(text)
    if found is None or not is_code(found["code"].upper()):
        return None
    return SessionAct("answer", found["code"].upper(), int(found["n"] or 0), found["letter"].lower())


def asked_here(text: str) -> StartHere | None:
    """A session for everybody in the channel; None where it is asked for one person alone, or not at all."""
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
        limit = SECONDS.search(rest)
        seconds = int(limit["n"]) * (60 if limit["unit"].lower().startswith("m") else 1) if limit else 0
        names = NAMELESS.search(text) is None
        ask = _SPACES.sub(" ", NAMELESS.sub(" ", SECONDS.sub(" ", rest))).strip(" ,.!?")
        return StartHere("quiz", ask, seconds, names)
    with_whom = _WITH.search(rest)
    name = _COURTESIES.sub(" ", rest[: with_whom.start()] if with_whom else rest)
    name = _SPACES.sub(" ", name).strip(" ,.!?")
    return StartHere("readiness", check=name, organisations=_organisations(with_whom))


def _organisations(with_whom: re.Match[str] | None) -> tuple[str, ...]:
    if with_whom is None or _ANYONE.fullmatch(with_whom["who"].strip(" .!")):
        return ()
    named = (name.strip(" .!") for name in _SPLIT.split(with_whom["who"]))
    listed = tuple(dict.fromkeys(name for name in named if name and not _ANYONE.fullmatch(name)))
    return listed if len(listed) > 1 else ()


def _left_or_answered(text: str) -> Frozen | None:
    typed = join(text)
    return SessionAct("leave", typed.code) if typed is not None and typed.leave else short_answer(text)


def _back(text: str) -> Frozen | None:
    """Where no session can be shown, joining one is to be back in it."""
    typed = join(text)
    return SessionAct("back", typed.code) if typed is not None and not typed.leave else None


def _joined(heard: HeardText) -> Frozen | None:
    typed = join(heard.text)
    return typed if typed is not None and not typed.leave else None


def _started(heard: HeardText) -> Frozen | None:
    """A session for the channel; words after "readiness" that name no check are a remark on it."""
    asked = asked_here(heard.text)
    if asked is None or (asked.kind == "quiz" and _on_dates(heard)):
        return None
    checks = heard.world.knowledge.checks.values()
    named = (asked.check.lower() in (check.id, check.title.lower().strip(" .!?")) for check in checks)
    return asked if not asked.check or any(named) else None


def _on_dates(heard: HeardText) -> bool:
    """Whether a quiz is asked for on dates, which is another command."""
    return not heard.said.pressed and quiz_series(heard.text, heard.world.now, "Europe/London") is not None


_BY_ANYBODY = "answer|mine|right|leave|take over|part|page|show|progress|screen"
_ARGUMENTS = "{session:session} {number:count?} {rest:rest?}"


ROWS = (
    Row(
        SessionAct,
        wires=(
            Wire(SessionAct, "readiness page {session:session} {number:count}", act="page", kind="readiness"),
            Wire(SessionAct, f"quiz {{act:{_BY_ANYBODY}}} {_ARGUMENTS}", kind="quiz"),
            Wire(SessionAct, f"readiness {{act:{_BY_ANYBODY}}} {_ARGUMENTS}", kind="readiness"),
        ),
        short=_left_or_answered,
        to="session",
    ),
    Row(
        SessionAct,
        wires=(Wire(SessionAct, "join {session:code}", reads=False, act="back"),),
        short=_back,
        to="session",
        where=("direct",),
        lacks=Lacks(r"(?:(?:re)?join|leave)(?: (?:the )?\S{1,12})?", lacking.CODE),
    ),
    Row(
        SessionAct,
        wires=(
            Wire(SessionAct, f"quiz {{act:close|next|end|setup|export}} {_ARGUMENTS}", kind="quiz"),
            Wire(SessionAct, f"readiness {{act:close|next|end|setup|export}} {_ARGUMENTS}", kind="readiness"),
        ),
        to="session",
        who="host",
        refusal=NOT_HOST,
        lacks=Lacks(
            r"(?:quiz|readiness) (?:close|next|end|setup|export|page|part|mine|take over)(?: .{1,40})?"
            r"|export.{0,40}",
            lacking.SESSION,
        ),
    ),
    Row(
        Join,
        wires=(Wire(Join, "join {code:code}", reads=False, leave=False),),
        phrase=_joined,
        where=SHARED,
        overheard=False,
    ),
    Row(
        StartHere,
        (
            (StartHere("quiz"), "quiz here"),
            (StartHere("readiness"), "readiness here"),
        ),
        (
            Wire(StartHere, "quiz here again {again:id}", kind="quiz"),
            Wire(StartHere, "quiz here {ask:words}", reads=False, kind="quiz"),
            Wire(StartHere, "readiness here {check:check}", reads=False, kind="readiness"),
        ),
        phrase=_started,
        where=SHARED,
        overheard=False,
        menu=(
            MenuItem("quiz here", "A quiz for everybody here", SHARED),
            MenuItem("readiness here", "A readiness check for this team and others who join", SHARED),
        ),
    ),
)
