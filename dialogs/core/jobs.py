"""Jobs: what one partition asks another to do, or a partition itself to do later.

A turn commits to one partition. What concerns another travels as a job in the same commit: an event that
is handed to the other partition's turn once this one is kept, or at a given time.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from dialogs.core.enquiry_model import EnquiryEvent
from dialogs.core.reminder_events import AdvisorEvent, SeriesEvent
from dialogs.core.reminder_model import QuizAsk
from dialogs.core.replies import Frozen, Reply
from dialogs.core.result_model import JointResult
from dialogs.core.session_model import Actor, ChannelReference, LastAsked, LiveEvent, SessionKind
from dialogs.core.sharing_model import ShareRefused
from dialogs.core.teaching_model import TeachingEvent


class SessionEnded(Frozen, frozen=True, tag="ended"):
    """A live session in ``channel`` is over; for the workspace or tenant whose channel it is."""

    session: str
    kind: SessionKind
    channel: str
    result: JointResult | None = None
    """What a readiness check came to."""
    asked: dict[str, LastAsked] = msgspec.field(default_factory=dict)
    """Question id -> how a quiz went with it, where that may be kept."""


class PutQuiz(Frozen, frozen=True, rename={"reference": "spot"}, tag="put-quiz"):
    """A quiz of a series is due; for the workspace or tenant whose channel it is to be put in."""

    session: str
    """The id that it is to have."""
    token: str
    """What its code is made of, hexadecimal."""
    series: str
    occurrence: str
    ask: QuizAsk
    minutes: int
    """How long it is to be open."""
    zone: str
    """On whose clock its card says so, as an IANA name."""
    by: Actor
    """Who looks after the series, and hosts its quizzes."""
    reference: ChannelReference


class ForgetEverywhere(Frozen, frozen=True, tag="forgetting"):
    """Somebody has been forgotten in a workspace or tenant, and is to be in all else that it has shown."""

    person: str
    name: str = ""
    """As they were known, where that stands beside what others did."""
    also: tuple[str, ...] = ()
    """Other ids by which mentions may name them."""


class SendReply(Frozen, frozen=True, tag="send-reply"):
    """Send a reply that was refused for its looks; kept as failed first, until somebody asks for it again."""

    queue: str
    """The conversation's."""
    platform: str
    to: dict[str, str]
    """Where it goes, as the platform has it."""
    reply: Reply
    speaker: str
    """Whose turn it was."""
    whenever: bool = False
    """Whether somebody has asked for it again."""


class SendUnread(Frozen, frozen=True, tag="send-unread"):
    """Send a message that can't be read: by a version that can."""

    queue: str
    """In which it stood."""
    packed: str
    """As it stood there, each byte as a character of Latin-1: whom it names can be found in it."""


JobEvent = (
    ForgetEverywhere
    | LiveEvent
    | SeriesEvent
    | AdvisorEvent
    | SessionEnded
    | PutQuiz
    | EnquiryEvent
    | TeachingEvent
    | ShareRefused
    | SendReply
    | SendUnread
)


class Job(Frozen, frozen=True, rename={"partition": "home"}):
    """Hand ``event`` to a turn of ``partition``."""

    partition: str
    event: JobEvent
    at: datetime | None = None
    """Not before this; None for at once."""
    key: str = ""
    """The same job asked for twice is done once."""
