"""Effects: what a turn keeps or erases, in the same commit as the state."""

from __future__ import annotations

from dialogs.core.replies import Asked, Band, Frozen
from dialogs.core.sharing_model import SharedAnswer
from dialogs.core.work import CheckResult, OpenSessions, Work


class KeepUnanswered(Frozen, frozen=True, tag="unanswered"):
    """Keep a question that no lesson answers, for the advisors."""

    question: str
    nearest: str | None


class KeepFeedback(Frozen, frozen=True, tag="feedback"):
    """Keep a thumb up or down, with what it was about (where that is still known)."""

    up: bool
    about: Asked | None


class CountAsked(Frozen, frozen=True, tag="asked"):
    """Count a question that somebody typed, by how it was met."""

    band: Band


class KeepTried(Frozen, frozen=True, tag="tried"):
    """Keep whether the speaker was right at a quiz question, where they hadn't met it before."""

    question: str
    right: bool


class Forget(Frozen, frozen=True, tag="forget"):
    """Erase all that ``World.records`` lists about the speaker."""


class KeepWork(Frozen, frozen=True, tag="work"):
    """Keep what the speaker is in the middle of, in place of what was kept before."""

    work: Work


class KeepMissed(Frozen, frozen=True, tag="missed"):
    """Keep the ids of the quiz questions that the speaker has missed, in place of those kept before."""

    questions: tuple[str, ...]


class KeepResult(Frozen, frozen=True, tag="result"):
    """Keep what the speaker's readiness check came to."""

    result: CheckResult


class KeepHere(Frozen, frozen=True, tag="here"):
    """Keep which live sessions are open in this channel, in place of what was kept before."""

    here: OpenSessions


class KeepShared(Frozen, frozen=True, tag="shared"):
    """Keep that the speaker has put an answer before others."""

    shared: SharedAnswer


Effect = (
    CountAsked
    | KeepUnanswered
    | KeepFeedback
    | KeepTried
    | Forget
    | KeepWork
    | KeepMissed
    | KeepResult
    | KeepHere
    | KeepShared
)
