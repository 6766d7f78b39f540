"""What a dialog knows, and what it gives back.

A dialog is a function ``(state, event, world) -> Decision``. Everything here is frozen data: no
clock, no randomness, no platform.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from dialogs.core.effects import Effect
from dialogs.core.enquiry_model import Advising, Enquiry
from dialogs.core.events import Place, Speaker
from dialogs.core.forms import Form
from dialogs.core.insight_model import Insights
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import AdvisorSettings, Summary, UnreadableSeries, Waiting
from dialogs.core.replies import Asked, Band, Frozen, Reply
from dialogs.core.result_model import JointResult
from dialogs.core.session_model import ChannelReference, LiveSession
from dialogs.core.sharing_model import SharedAnswer, SharePlace
from dialogs.core.teaching_model import Teachings
from dialogs.core.work import CheckResult, OpenSessions, Work
from dialogs.core.world_parts import Acted, CodeLookup, Record
from knowledge import Knowledge


class OfferedButton(Frozen, frozen=True, array_like=True):
    """A button that was shown, so that its label can be typed."""

    label: str
    says: str
    """What pressing it says."""
    at: float = 0.0
    """When it was shown, in seconds since 1970."""


AT_HAND = 24 * 3600
"""For so long, in seconds, what was asked last and what stands on a button is meant without being named:
people come back to either within the day, and have forgotten both by the next."""


# --- State --------------------------------------------------------------------------------------


class State(Frozen, frozen=True, array_like=True):
    """What one conversation (a thread or a direct chat) remembers between turns."""

    lesson: str | None = None
    """The lesson last given."""
    shown: tuple[str, ...] = ()
    """Lesson ids of the list last shown, in its order ("the second one")."""
    headings_shown: bool = False
    """True when the list last shown was the deck's headings instead."""
    question: str = ""
    """The question last asked."""
    band: Band | None = None
    """How that question was met."""
    asked_by: tuple[str, ...] = ()
    """Ids of those who have addressed the bot here (in a thread, they need no further mention)."""
    doing: str = ""
    """What was shown last here and waits for words, such as a quiz question, to which a typed "b" goes."""
    since: float = 0  # an int, which is stored in one byte instead of nine
    """When that was first shown, in seconds since 1970."""
    offered: tuple[OfferedButton, ...] = ()
    """The buttons shown here within a day, the newest first."""
    follows: str = ""
    """The lesson that the question was taken as a follow-up to; empty for a question of its own."""
    last: str = ""
    """The message that was answered last here, where it was a question that somebody typed."""
    told: tuple[str, ...] = ()
    """The parts of the lesson last given that were read here since, by their fields ("deck", "practice")."""
    asked_at: int = 0
    """When something was asked or told here last, in seconds since 1970; 0 where that isn't known."""
    before: str = ""
    """The lesson that was spoken of before that one ("go back")."""
    series: str = ""
    """The id of the series last spoken of; empty once the talk is of something else."""
    series_at: float = 0
    """When that was, in seconds since 1970."""


class World(Frozen, frozen=True):
    """What a dialog may know besides its state and the event."""

    now: datetime
    speaker: Speaker
    place: Place
    knowledge: Knowledge
    about: Asked | None = None
    """What the message had answered that was pressed or quoted, or on which a new thread hangs, where it is
    still kept."""
    stood: State | None = None
    """How the talk stood at the message that is quoted, or on which a new thread hangs, where it is kept."""
    message: str = ""
    """The platform's id of the message that was typed."""
    seed: str = ""
    """What makes this turn's choices: the same for a repeat of the same event."""
    work: Work = Work()
    """What the speaker is in the middle of."""
    missed: tuple[str, ...] = ()
    """Ids of the quiz questions that the speaker has missed, the longest ago first."""
    results: tuple[CheckResult, ...] | None = None
    """The speaker's finished readiness checks, oldest first; None until a dialog has asked for them."""
    records: tuple[Record, ...] | None = None
    """All that is stored about the speaker; None until a dialog has asked for it (``Decision.needs``)."""
    name: str = ""
    """What the speaker is called, where that is known."""
    reference: ChannelReference | None = None
    """The channel or chat as a whole, for something new in it; None where nothing can be put there."""
    here: OpenSessions = OpenSessions()
    """The live sessions that are open in this channel."""
    found: CodeLookup | None = None
    """What became of looking a join code up; None until a dialog has asked (``Decision.needs``)."""
    again: tuple[str, ...] | None = None
    """Ids of the questions that a team missed in an earlier quiz; None until a dialog has asked for them."""
    earlier: LiveSession | Literal["unknown"] | None = "unknown"
    """A live session that somebody names; None where there is none (any more), "unknown" until asked for."""
    shared: tuple[JointResult, ...] | None = None
    """This channel's joint readiness results, oldest first; None until a dialog has asked for them."""
    advisor_settings: AdvisorSettings | None = None
    """What the advisors share; None until a dialog has asked for it."""
    series: tuple[Summary, ...] | None = None
    """The series that run (all for an advisor, else those that the speaker receives), the next due first,
    and one that has ended, where that was asked for; None until a dialog has asked for them."""
    unreadable_series: tuple[UnreadableSeries, ...] = ()
    """Those besides that can't be read, told with them."""
    check_ins: tuple[Summary, ...] | None = None
    """The pulses on a lesson that were made in this channel or are sent there; None until asked for."""
    waiting: tuple[Waiting, ...] = ()
    """What a typed reply here may be to, the newest first: in a thread, only what it hangs on."""
    under: str = ""
    """The message in whose thread it was said, or that it quotes; "" for none."""
    offered: tuple[OfferedButton, ...] = ()
    """The buttons of what the speaker was sent alone within a day, whatever sent it; in a channel, those of
    the card in whose thread it was said."""
    acted: Acted | None = None
    """What became of ``Decision.press``; None until a dialog has asked for it."""
    zone: str = "Europe/London"
    """The speaker's time zone (IANA)."""
    tenant: str = ""
    """The workspace or tenant."""
    private_to: dict[str, str] = msgspec.field(default_factory=dict)
    """The platform's address of the speaker alone."""
    token: str = ""
    """Fresh randomness: another at every try of a turn."""
    advised: bool = True
    """Whether any advisor is set up."""
    mail_domains: tuple[str, ...] = ()
    """The domains that may be written to by mail (``addresses.allowed``); empty where there is no mail."""
    advising: Advising | None = None
    """Who would get a question for the advisors; None until a dialog has asked for it."""
    enquiries: tuple[Enquiry, ...] | None = None
    """Questions to the advisors, the oldest first: those that wait, for an advisor, and the speaker's own;
    None until asked for."""
    teachings: Teachings | None = None
    """What advisors have taught; None until a dialog has asked for it."""
    insights: Insights | None = None
    """What people ask; None until a dialog has asked for it."""
    alone: bool = False
    """Whether the speaker alone sees what is answered here."""
    unread: int = 0
    """How many of the results or questions that a dialog has asked for are left out: they can't be read."""
    shares: tuple[SharedAnswer, ...] | None = None
    """The answers that the speaker has put before others; None until a dialog has asked for them."""
    share_place: SharePlace | None = None
    """The channel in which something is to be posted; None until a dialog has asked for it."""
    audit: tuple[Audited, ...] | None = None
    """What advisors did, the last first; None until a dialog has asked for it."""
    remembers: bool = True
    """False while memory is away: the turn starts from a fresh state and nothing will be kept."""
    aside: tuple[str, ...] = ()
    """What this turn goes on without, since it can't be read: kinds of keys ("work", "here", "missed")."""
    lost_state: bool = False
    """True when this conversation's state could not be read and was set aside."""
    retention_days: int = 90
    """How long questions and feedback are kept."""

    @property
    def above(self) -> Waiting | None:
        """The reminder or pulse in whose thread it was said, or that it quotes; None for anything else."""
        return next((each for each in self.waiting if self.under and each.message == self.under), None)


class Post(Frozen, frozen=True):
    """What is put before others in a channel, where it wasn't asked for."""

    channel: str
    """Its id; what is posted there keeps its order."""
    to: dict[str, str]
    """The platform's own address of it."""
    reply: Reply
    refused: Job
    """What happens where it is refused for good; the reason is filled in."""


Need = Literal[
    "records", "results", "shared", "found", "again", "settings", "series", "check-ins", "press", "earlier",
    "advising", "enquiries", "teachings", "audit", "insights", "shares", "share place",
]  # fmt: skip
"""A part of the world that a dialog may ask for."""


class Decision(Frozen, frozen=True):
    """What a turn comes to."""

    state: State
    replies: tuple[Reply, ...] = ()
    note: str = ""
    """A short plain confirmation for the person who pressed, shown to them alone where the platform can."""
    arrived: str = ""
    """What is said where they asked, once a private reply has arrived; else they are told why it hasn't."""
    effects: tuple[Effect, ...] = ()
    needs: Need | None = None
    """The dialog must be run again with this part of the world filled in; all else is ignored."""
    press: str = ""
    """Where ``needs`` is "press": the words of the button whose act is wanted, which is done at once."""
    comment: str = ""
    """What was typed besides, to be kept with that act."""
    code: str = ""
    """The join code to look up, where ``needs`` is "found"; the session's id, where it is "again" or
    "earlier"; that of a series that may have ended, where it is "series"; the channel's, where it is "share
    place"."""
    jobs: tuple[Job, ...] = ()
    """What other partitions are asked to do."""
    posts: tuple[Post, ...] = ()
    form: Form | None = None
    """A form to open, or to show in the place of the one submitted."""
    errors: dict[str, str] = msgspec.field(default_factory=dict)
    """Why a submitted form was not taken, by the field's id."""
    heard: bool = True
    """False for a remark that was not for us: nothing is marked, kept or said."""
