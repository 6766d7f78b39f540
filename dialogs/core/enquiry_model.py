"""What an enquiry is: a question that an officer puts to the advisors, what happens to it, and who is told.

All enquiries share one partition, since the officer and the advisors may be on different platforms.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from dialogs.core.replies import Frozen
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import TeachingDraft

ENQUIRIES_PARTITION = "enquiries"

EnquiryStep = Literal["asked", "taken", "answered", "pointed", "declined", "withdrawn"]
AdvisorAct = Literal[
    "take", "give back", "answer", "teach", "point", "decline", "teach it", "only answer", "leave it"
]
AskerAct = Literal["add", "withdraw", "helped", "not helped"]
EnquiryActName = AdvisorAct | AskerAct
Tried = Literal["nothing", "none", "down", "suggest", "answer"]
"""How the question had been met: not at all; by no lesson; by one that was no help; by several; by one."""


class EnquiryDraft(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question that an officer may put to the advisors, before it is sent; kept among their work."""

    id: str
    """Names it in its buttons; also the enquiry's id once it is sent."""
    question: str = ""
    """Empty while it isn't known."""
    tried: Tried = "nothing"
    lesson: str = ""
    """The lesson that was given, or came nearest; empty for none."""
    added: tuple[str, ...] = ()
    """Lines of theirs."""


class CardPlace(Frozen, frozen=True):
    """Where the advisors see enquiries: their channel, or the chat of one of them."""

    id: str
    """``platform:`` and the channel's id, or a speaker's id."""
    to: dict[str, str]
    """The platform's own address of it."""
    alone: bool = False
    """Whether it is the chat of one of them."""


class EarlierStep(Frozen, frozen=True):
    """What had come of an enquiry before it was open again."""

    by: Actor
    step: EnquiryStep
    at: datetime
    """When it was open again."""
    text: str = ""
    """As ``Enquiry.answer``, or ``pointed``."""
    rating: Literal["", "helped", "not helped"] = ""


class Enquiry(Frozen, frozen=True):
    """A question put to the advisors, and all that came of it."""

    id: str
    question: str
    asker: Actor
    """Nobody (an empty id) once they were forgotten."""
    organisation: str
    """As people call it; empty where that isn't known."""
    to: dict[str, str]
    """Where the asker is written to alone."""
    zone: str
    at: datetime
    tried: Tried = "nothing"
    lesson: str = ""
    added: tuple[str, ...] = ()
    step: EnquiryStep = "asked"
    since: datetime | None = None
    """When it came to that step; None: when it was asked."""
    by: Actor | None = None
    """The advisor who has taken or closed it."""
    answer: str = ""
    """What the advisor wrote: an answer, or why it is none for them."""
    teaching: TeachingDraft | None = None
    """What would be taught from it, until it is or is put away."""
    pointed: str = ""
    """The lesson to which they pointed."""
    rating: Literal["", "helped", "not helped"] = ""
    places: tuple[CardPlace, ...] = ()
    posts: int = 0
    """How many cards of it stand in each place, or did."""
    rounds: int = 0
    """How often it has come up again."""
    refused: dict[str, str] = msgspec.field(default_factory=dict)
    """Places, or the asker's id -> why what was sent there was refused last."""
    earlier: tuple[EarlierStep, ...] = ()
    """The oldest first."""

    @property
    def waits(self) -> bool:
        """Whether an advisor has still to deal with it."""
        return self.step in ("asked", "taken")


class AskAdvisors(Frozen, frozen=True, tag="ask-advisors"):
    """An officer puts a question to the advisors."""

    id: str
    question: str
    asker: Actor
    to: dict[str, str]
    zone: str
    tried: Tried = "nothing"
    lesson: str = ""
    added: tuple[str, ...] = ()


class SteerEnquiry(Frozen, frozen=True, tag="steer-enquiry"):
    """An advisor or the asker does something with it."""

    act: EnquiryActName
    by: Actor
    text: str = ""
    """What they wrote; the id of the lesson pointed to."""
    teaching: TeachingDraft | None = None


class ComeUpAgain(Frozen, frozen=True, tag="come-up-again"):
    """It has waited for a working day, or for a further week."""

    id: str
    round: int


class AdvisorLeft(Frozen, frozen=True, tag="advisor-left"):
    """Somebody is no advisor any more: what they have taken is open again."""

    person: str
    """Their id (see ``events.Speaker``)."""


class CardRefused(Frozen, frozen=True, tag="card-refused"):
    """What was sent about it was refused for good."""

    id: str
    place: str
    """The ``CardPlace``'s id, or the asker's."""
    reason: str = ""
    """The platform's word for it."""
    tries: int = 0


class SendAgain(Frozen, frozen=True, tag="send-again"):
    """What was refused is tried once more."""

    id: str
    place: str
    tries: int


EnquiryEvent = AskAdvisors | ComeUpAgain | AdvisorLeft | CardRefused | SendAgain
"""What reaches the enquiries as a job."""


class Advising(Frozen, frozen=True):
    """Who would get a question for the advisors."""

    channel: str = ""
    """The name of their channel, or its platform's where that doesn't tell; empty where they have none."""
    platform: str = ""
    people: int = 0
    """How many get it by direct message, where they have no channel."""

    @property
    def there(self) -> bool:
        """Whether there is anybody."""
        return bool(self.channel or self.people)
