"""What a series of reminders, pulses or quizzes is, whom it is for, and what became of each send.

A series is a partition of its own (``series:`` and its id), since its people may be on both platforms. What
the advisors share (lists, who else advises, who has muted what, the audit list) stands in one more partition,
the advisor settings.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from dialogs.core.replies import Frozen
from dialogs.core.result_model import PulseResult
from dialogs.core.session_model import Actor
from dialogs.recurrence.rule import Recurrence
from dialogs.recurrence.working_days import Nation

SeriesKind = Literal["remind", "pulse", "quiz"]

MOST_OWN = 10
"""Reminders to themselves alone that somebody may have open at a time."""

PARTITION = "series:"
ADVISORS_PARTITION = "board"

# --- Whom it is for -------------------------------------------------------------------------------


class Target(Frozen, frozen=True, rename={"tenant": "home"}):
    """Whom an advisor chose, before it is known which people that means."""

    kind: Literal["person", "channel", "group", "list", "check"]
    id: str
    """As ``events.Speaker.id``; the name of a list in lower case; the id of a live readiness check."""
    name: str = ""
    """As people see it: "Asha Patel", "#board", "the board"."""
    tenant: str = ""
    """The workspace or tenant in which it was named; empty for a list."""


class Recipient(Frozen, frozen=True, rename={"tenant": "home"}):
    """One person or channel that gets each send."""

    id: str
    """A speaker's id; for a channel ``platform:`` and the platform's id of it."""
    kind: Literal["person", "channel"]
    name: str
    platform: str
    tenant: str
    """The workspace or tenant through which it is reached."""
    to: dict[str, str]
    """The platform's own address of it; empty where we can't write there."""
    zone: str = ""
    """IANA name; empty where it isn't known."""
    nation: Nation | None = None
    why_not: str = ""
    """Why we can't write there, as the platform's word ("not_in_channel"); empty where we can."""


# --- What is asked for ------------------------------------------------------------------------------


class QuizAsk(Frozen, frozen=True):
    """What each quiz of a series is to be."""

    count: int = 3
    """How many questions."""
    topic: str = ""
    """What on, as its topic or lesson is called; empty for everything."""
    names: bool = True
    """Whether the scoreboard names people."""
    minutes: int = 24 * 60
    """How long its questions stay open, at most."""


class Draft(Frozen, frozen=True):
    """A series before it is started, as far as it is known; kept among its advisor's work."""

    id: str
    """Names the draft in its buttons; also the series' id once it is started."""
    kind: SeriesKind
    what: str = ""
    """What a reminder says, the question that a pulse asks, or a quiz in words: "3 questions on funding"."""
    topic: str = ""
    """What a pulse is on, as people call it: "buy-in"."""
    low: str = ""
    high: str = ""
    """What the ends of a pulse's scale are called."""
    targets: tuple[Target, ...] = ()
    when: str = ""
    """The words about when, as typed: shown when it is changed."""
    schedule: Recurrence | None = None
    anonymous: bool = True
    """Pulses: whether nobody learns who answered what."""
    lesson: str = ""
    """The lesson that it keeps alive."""
    template: str = ""
    why: str = ""
    """One line that tells recipients why, our own guidance."""
    quiz: QuizAsk | None = None
    """A quiz: what each is to be; None for a reminder or pulse."""
    place: str = ""
    """The channel in which it was made, as ``ChannelReference.key``; its history shows a check-in's trend."""
    changes: str = ""
    """The id of the running series that this changes; empty for a new one."""
    asked: str = ""
    """What was asked for last: "audience", "what", "day", "time", "when"; the next typed words answer it."""
    left_out: str = ""
    """What was last said of it that isn't in, since it was asked about or not understood; said once more."""
    catch_up_hours: int = 24
    """What fell due while the service was down is still sent for so long, and then counts as missed."""

    def to_self(self, person: str) -> bool:
        """Whether it is a reminder to ``person`` alone, which everybody may set for themselves."""
        return self.kind == "remind" and [(target.kind, target.id) for target in self.targets] == [
            ("person", person)
        ]


# --- A series ------------------------------------------------------------------------------------


class Sent(Frozen, frozen=True):
    """One occurrence that has begun, as the series remembers it; who got it stands in its ledger."""

    key: str
    """Names the occurrence, as ``when.occurrences.Occurrence.key``."""
    at: datetime
    """When the first of it was due."""
    wrapped: bool = False
    """Whether its advisor has been told what became of it."""
    closed: datetime | None = None
    """When a pulse was closed: the ``at`` of what it came to."""
    failures: int = 0
    """How many failed sends its advisor has been told of."""
    anonymous: bool | None = None
    """Pulses: whether it was sent as anonymous; None where an earlier version sent it."""
    what: str = ""
    """Pulses: the question as it was sent, whatever it becomes; empty where an earlier version sent it."""


class QuizOutcome(Frozen, frozen=True):
    """What one quiz of a series came to, without anybody's answers."""

    key: str
    """The occurrence."""
    people: int
    """How many took part."""
    asked: int = 0
    """How many of its questions anybody answered."""
    right: float = 0.0
    """How many of them each had right, on average."""


class Lapse(Frozen, frozen=True):
    """Occurrences that fell due while the service was away for so long that they are recorded as one."""

    first: str
    """The key of the first of them."""
    last: str
    count: int


class Series(Frozen, frozen=True, rename={"owner_tenant": "owner_home"}):
    """A series' state. Its recipients and ledgers stand beside it."""

    id: str
    draft: Draft
    owner: Actor
    owner_tenant: str
    owner_to: dict[str, str]
    """Where its advisor is told of failures and results."""
    owner_zone: str
    made: datetime
    step: Literal["on", "paused", "ended"] = "on"
    version: int = 1
    """Raised by each change: a timer set for an earlier one means nothing any more."""
    groups: tuple[str, ...] = ()
    """Recipients who share their instants, each group as "zone|nation"."""
    counts: tuple[int, ...] = ()
    """How many recipients each group has."""
    without: tuple[str, ...] = ()
    """Keys of occurrences that are left out ("skip the next")."""
    roll: int = 0
    """Counts the times that the recipients were looked up anew; names the lists that are in force."""
    missed: tuple[str, ...] = ()
    """Keys of missed occurrences of which the advisor hasn't been told yet."""
    lapses: tuple[Lapse, ...] = ()
    """The last 20."""
    sent: tuple[Sent, ...] = ()
    """The occurrences that have begun, oldest first; the last 60."""
    begun: dict[str, datetime] = msgspec.field(default_factory=dict)
    """Group -> the instant up to which it has been seen to: its next one after that is set up already."""
    pulses: tuple[PulseResult, ...] = ()
    """What the pulses came to, oldest first; the last 60."""
    quizzes: tuple[QuizOutcome, ...] = ()
    """What its quizzes came to, oldest first; the last 60."""
    left: tuple[str, ...] = ()
    """Digests of recipients who have asked to be forgotten: a group that has them doesn't bring them back."""

    @property
    def own(self) -> bool:
        """Whether it is its owner's own reminder, to themselves alone: nobody else ever sees it."""
        return bool(self.owner.id) and self.draft.to_self(self.owner.id)

    def anonymous(self, key: str) -> bool:
        """Whether a pulse's occurrence is anonymous: as people were told, however it was changed since."""
        sent = next((sent for sent in self.sent if sent.key == key), None)
        return self.draft.anonymous if sent is None or sent.anonymous is None else sent.anonymous


class Waiting(Frozen, frozen=True):
    """A reminder or pulse to which a typed reply may be: the person was sent it, or writes in its thread."""

    series: str
    key: str
    """The occurrence."""
    kind: SeriesKind
    called: str = ""
    """How the series is named where it is spoken of; mentions are kept in it."""
    anonymous: bool = False
    """Pulses: whether nobody learns who answered what."""
    at: float = 0.0
    """When it was sent, in seconds since 1970."""
    message: str = ""
    """The platform's id of the message, as ``InboundEvent.about``; "" where it isn't known."""
    step: Literal["open", "done", "stopped"] = "open"
    """What the person has done with it; always open in a thread that many share."""


# --- What became of a send -----------------------------------------------------------------------------

EntryState = Literal[
    "scheduled",
    "sent",
    "acknowledged",
    "answered",
    "snoozed",
    "returned",
    "muted",
    "failed",
    "missed",
    "cancelled",
    "suspended",
]


class LedgerEntry(Frozen, frozen=True):
    """One recipient's line in the ledger of one occurrence: exactly one state, whatever happened."""

    recipient: str
    name: str
    state: EntryState
    """"returned": sent, after they had put it off, and nothing has come of it since."""
    detail: str = ""
    """Failed, suspended: the platform's word for why. Snoozed: until when, as an ISO time."""
    twice: bool = False
    """It may have been delivered twice: a process died between sending and striking it off."""


class AdvisorSettings(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the advisors share."""

    lists: dict[str, tuple[Target, ...]] = {}
    """Name in lower case -> whom it holds."""
    titles: dict[str, str] = {}
    """Name in lower case -> as it was typed."""
    advisors: dict[str, str] = {}
    """Those whom advisors have added: speaker's id -> name."""
    digest_off: tuple[str, ...] = ()
    """Speakers' ids of advisors who don't want the weekly digest."""
    gone: dict[str, int] = {}
    """Name of a list in lower case -> how many have left it since it was last changed."""
    reach: dict[str, tuple[str, str, str]] = {}
    """Advisor's id -> (partition, address as JSON, zone), where the digest goes."""
    assistants: dict[str, Target] = {}
    """Person -> who answers for them: gets what is sent to them, and presses in their place."""
    assisted: dict[str, str] = {}
    """The same people -> their names."""


class UnreadableSeries(Frozen, frozen=True):
    """A series that is there and can't be read, as far as it is known beside that."""

    kind: str
    """As ``Draft.kind``; empty where that isn't known either."""
    last: str
    """The key of the occurrence sent last; empty for none."""


class Summary(Frozen, frozen=True):
    """A series in a list of them."""

    series: Series
    next: datetime | None
    """The first instant to come, for anyone; None where there is none."""
    receives: bool = False
    """Whether whoever asked is among its recipients."""
    muted: bool = False
    """Whether whoever asked has muted it."""
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    """Of the last occurrence: how many recipients are in each state."""
