"""What happens to a series, and to what the advisors share: the events of their turns."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from dialogs.core.reminder_model import Draft, QuizOutcome, Target
from dialogs.core.replies import Frozen
from dialogs.core.session_model import Actor


class BeginSeries(Frozen, frozen=True, rename={"tenant": "home"}, tag="begin-series"):
    """An advisor starts it, or changes one that runs (``draft.changes``)."""

    draft: Draft
    by: Actor
    tenant: str
    to: dict[str, str]
    """Where the advisor is written to."""
    zone: str


SteerAct = Literal["pause", "resume", "skip", "cancel", "again", "nudge", "report", "who", "trend"]


class SteerSeries(Frozen, frozen=True, tag="steer-series"):
    """An advisor pauses it, resumes it, leaves out the next date, ends it; sends again, or nudges."""

    act: SteerAct
    by: Actor
    to: dict[str, str] = msgspec.field(default_factory=dict)
    """Where the answer goes; empty where whoever did it is told in another way."""
    key: str = ""
    """The occurrence that it is about, where it is about one; empty for the last."""


class HandOver(Frozen, frozen=True, rename={"tenant": "home"}, tag="hand-over"):
    """An advisor takes it over, or hands it over to another."""

    by: Actor
    to: Actor
    """Who looks after it from now on."""
    tenant: str
    address: dict[str, str]
    """Where they are written to."""
    zone: str
    resumes: bool = False
    """Whether it goes on at once, where it was paused."""


class Due(Frozen, frozen=True, tag="due"):
    """An occurrence is due for a group of recipients, from the ``start``-th on."""

    version: int
    key: str
    group: str
    at: datetime
    start: int = 0
    roll: int = 0
    """The list of recipients that an occurrence under way is gone through by; 0 for the one in force."""
    whenever: bool = False
    """Whether it is of use however late it comes, since somebody asked for it."""


class DueAgain(Frozen, frozen=True, rename={"tenant": "home"}, tag="due-again"):
    """Somebody snoozed, and the time has come."""

    key: str
    recipient: str
    to: dict[str, str]
    """Where they pressed."""
    tenant: str
    """The workspace or tenant of that place."""


class Gather(Frozen, frozen=True, tag="gather"):
    """The next occurrence is near: who its recipients are is looked up anew."""

    version: int


class Wrap(Frozen, frozen=True, tag="wrap"):
    """An occurrence is over: figures are drawn up, and the advisor is told. ``failures``: only of those."""

    key: str
    failures: bool = False
    back: bool = False
    """Whether whose own it is couldn't be told before, and can now."""


class Unclaimed(Frozen, frozen=True, tag="unclaimed"):
    """Its advisor was forgotten, and nobody has taken it over in time."""


class QuizAgain(Frozen, frozen=True, tag="quiz-again"):
    """The channel had another quiz open when one was due: it is tried again."""

    key: str
    """The occurrence."""
    at: datetime
    """When it was due."""


class QuizTold(Frozen, frozen=True, tag="quiz-told"):
    """What became of a quiz of the series in its channel."""

    key: str
    """The occurrence."""
    became: Literal["opened", "another open", "no questions", "closed", "not shown"]
    """"not shown": its card never reached the channel."""
    outcome: QuizOutcome | None = None
    """What it came to, once it is closed."""


class TellMissed(Frozen, frozen=True, tag="tell-missed"):
    """Occurrences were missed: the advisor is told once of all of them."""


class Digest(Frozen, frozen=True, tag="digest"):
    """A week is over for an advisor; for the advisor settings."""

    advisor: str
    """As ``events.Speaker.id``."""
    since: datetime


class KeepList(Frozen, frozen=True, tag="keep-list"):
    """An advisor names a list, or takes it away (no targets); for the advisor settings."""

    name: str
    targets: tuple[Target, ...]
    by: Actor


class KeepAdvisor(Frozen, frozen=True, tag="keep-advisor"):
    """An advisor adds somebody, or takes them away; for the advisor settings."""

    person: Target
    by: Actor
    away: bool = False


class KeepAssistant(Frozen, frozen=True, tag="keep-assistant"):
    """An advisor names who answers for somebody, or that nobody does; for the advisor settings."""

    person: Target
    assistant: Target | None
    by: Actor


class KeepDigest(Frozen, frozen=True, rename={"tenant": "home"}, tag="keep-digest"):
    """An advisor wants the weekly digest, or doesn't; for the advisor settings."""

    by: Actor
    wanted: bool
    tenant: str
    to: dict[str, str]
    zone: str


class ReachAdvisor(Frozen, frozen=True, rename={"tenant": "home"}, tag="reach"):
    """Where an advisor is written to, as seen when they started a series; for the advisor settings."""

    by: Actor
    tenant: str
    to: dict[str, str]
    zone: str


class Audited(Frozen, frozen=True, tag="audited"):
    """An advisor did something; a line of the audit list, which the advisor settings keep."""

    at: datetime
    who: str
    """As ``events.Speaker.id``."""
    name: str
    what: str
    """"start remind CDFG…": what was done and to which series, none of its text."""


class ForgetPerson(Frozen, frozen=True, tag="forget-person"):
    """Somebody wants to be forgotten; for the advisor settings, which know all series."""

    person: str
    """As ``events.Speaker.id``."""


SeriesEvent = (
    BeginSeries
    | SteerSeries
    | HandOver
    | Due
    | DueAgain
    | Gather
    | Wrap
    | QuizAgain
    | QuizTold
    | TellMissed
    | Unclaimed
)
AdvisorEvent = (
    Digest | KeepList | KeepAdvisor | KeepAssistant | KeepDigest | ReachAdvisor | Audited | ForgetPerson
)
