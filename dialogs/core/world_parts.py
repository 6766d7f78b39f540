"""Parts of the world that a dialog asks for: what is stored of somebody, what became of a code or a press."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from dialogs.core.replies import Frozen, Reply
from dialogs.core.session_model import SessionKind

RecordKind = Literal[
    "conversation",
    "question",
    "feedback",
    "answer",
    "quiz",
    "readiness",
    "session",
    "reminder",
    "list",
    "advisor",
    "share",
    "profile",
]


class Record(Frozen, frozen=True):
    """One thing stored about a person, in words for that person."""

    kind: RecordKind
    when: datetime | None
    text: str
    lesson: str | None = None
    """The id of the lesson that answered, where one did."""
    question: str = ""
    """Which of their questions ``text`` is said of; empty where it is about none."""


class CodeLookup(Frozen, frozen=True):
    """What became of looking a join code up."""

    session: str = ""
    """The session's id; empty where there is none."""
    kind: SessionKind = "quiz"
    near: tuple[str, ...] = ()
    """Codes that were probably meant, of sessions that are open in the same workspace or tenant."""
    too_often: bool = False
    """True where the person has tried too many codes; nothing was looked up."""


class Acted(Frozen, frozen=True):
    """What became of a button's act that a typed reply stood for."""

    note: str
    """What the person is told."""
    done: bool = False
    """False where nothing was kept or changed."""
    reply: Reply | None = None
    """What they are shown besides."""
