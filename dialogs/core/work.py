"""What a person or a channel is in the middle of: a quiz, a readiness check."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dialogs.core.enquiry_model import EnquiryDraft
from dialogs.core.reminder_model import Draft
from dialogs.core.sharing_model import ShareDraft


class Given(msgspec.Struct, frozen=True):
    """A quiz question that was answered."""

    question: str
    """The question's id."""
    right: bool


class QuizRun(msgspec.Struct, frozen=True, omit_defaults=True):
    """A quiz under way, or just ended (all its questions given)."""

    id: str
    """Names this run in its buttons, so that a press on an older card is recognised; also its seed."""
    questions: tuple[str, ...]
    """Ids of its questions, in order."""
    given: tuple[Given, ...] = ()
    """The answers so far; the next question is the one at this length."""
    picked: tuple[int, ...] = ()
    """Where several options are right: those ticked so far, as numbers in the order shown."""
    topic: str = ""


class CheckRun(msgspec.Struct, frozen=True, omit_defaults=True):
    """A readiness check under way."""

    id: str
    check: str
    """The id of the check."""
    started: datetime
    at: int = 0
    """The step that is shown: 0 and up through the statements, then the context questions."""
    answers: dict[str, int] = {}
    """Statement id -> 1 to 5, or 0 for "don't know"; one that was skipped is not in it."""
    model: str = ""
    partners: int = 0
    purpose: str = ""


class Work(msgspec.Struct, frozen=True, omit_defaults=True):
    """All of it for one person."""

    quiz: QuizRun | None = None
    check: CheckRun | None = None
    draft: Draft | None = None
    """A reminder or pulse that an advisor is making."""
    enquiry: EnquiryDraft | None = None
    """A question for the advisors that isn't sent yet."""
    share: ShareDraft | None = None
    """An answer to put before others that isn't posted yet."""
    forgetting: datetime | None = None
    """When they last asked to be forgotten; only within minutes of it can that be confirmed."""


class CheckResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one person's finished readiness check came to; kept for the history."""

    check: str
    at: datetime
    scores: dict[str, float | None]
    """Factor (a lesson id) -> 0 to 100; None where nothing was known of it."""
    unknown: dict[str, int]
    """Factor -> how many of its statements were answered "don't know"."""
    model: str = ""
    partners: int = 0


class OpenSession(msgspec.Struct, frozen=True):
    """A live session that is open in a channel."""

    session: str
    host: str
    """Who started it, as a speaker's id; empty where it was begun elsewhere."""


class OpenSessions(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is open in a channel: at most one session of each kind."""

    quiz: OpenSession | None = None
    readiness: OpenSession | None = None
    last_quiz: str = ""
    """The id of the last quiz that ended here, to catch up with."""
