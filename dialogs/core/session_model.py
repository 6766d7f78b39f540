"""What a live session is, what happens to it, and what it comes to.

A session is a partition of its own (``live:`` and its id), since it may span both platforms. Its state is
small and changes only when the host, the clock or a new place does something; what people answer is
kept beside it, one answer at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from dialogs.core.replies import Frozen, Reply
from dialogs.core.result_model import Disclosure, JointResult
from knowledge import Knowledge

SessionKind = Literal["quiz", "readiness"]


class Actor(Frozen, frozen=True):
    """Who did something."""

    id: str
    """As ``events.Speaker.id``."""
    name: str = ""
    advisor: bool = False


class LastAsked(Frozen, frozen=True):
    """How it went with a quiz question when it was last put in a channel."""

    at: datetime
    answered: int
    wrong: int


class ChannelReference(Frozen, frozen=True, rename={"tenant": "home"}):
    """A channel or group chat that shows the session's live card."""

    tenant: str
    """The workspace or tenant."""
    channel: str
    platform: str
    to: dict[str, str]
    """The platform's own address of it."""

    @property
    def key(self) -> str:
        """Unique over the deployment."""
        return f"{self.tenant}/{self.channel}"


class QuizPlan(Frozen, frozen=True):
    """What a host asked for."""

    questions: tuple[str, ...]
    topic: str = ""
    seconds: int = 0
    """The time limit of a question; 0 for none."""
    names: bool = True
    """Whether the scoreboard names people."""
    minutes: int = 0
    """How long all its questions are open at once, at everybody's own pace; 0: one by one, as its host
    goes on."""
    brought_back: int = 0
    """How many of its questions, from the first, the channel had got wrong when they were last put."""
    zone: str = ""
    """On whose clock its card says until when it is open, as an IANA name; empty for a hosted one."""
    series: str = ""
    """The series that it belongs to, and the occurrence of it; empty for one that somebody started."""
    occurrence: str = ""

    @property
    def at_own_pace(self) -> bool:
        """Whether all its questions are open at once."""
        return self.minutes > 0


class CheckPlan(Frozen, frozen=True):
    """What a host asked for, and may still change until the check closes."""

    check: str
    model: str = ""
    partners: int = 0
    purpose: str = ""
    organisations: tuple[str, ...] = ()
    """The host's list, from which people choose; empty: each belongs to their own workspace or tenant."""
    last: datetime | None = None
    """When a check was last closed in the same channel of which it isn't on record who took part: what would
    be shown now could be held against it."""


class Standing(Frozen, frozen=True):
    """One line of a scoreboard."""

    id: str
    name: str
    right: int


class Scoreboard(Frozen, frozen=True):
    """What a quiz came to."""

    people: int
    asked: int
    """How many questions were put."""
    top: tuple[Standing, ...]
    """The best, ties in the order of their names; empty where names aren't wanted."""
    scores: tuple[int, ...]
    """How many people had 0, 1, 2 … right; empty where, beside the counts of the questions, that would tell
    what somebody answered who has left."""
    missed: tuple[str, ...]
    """Ids of the questions that were missed most, the worst first; empty where that would tell it, too."""


class LiveSession(Frozen, frozen=True, rename={"references": "spots", "scoreboard": "board"}):
    """A session's state."""

    id: str
    code: str
    """What partners join by."""
    kind: SessionKind
    host: Actor
    began: datetime
    references: tuple[ChannelReference, ...]
    step: Literal["open", "closed", "ended"] = "open"
    """Quiz: the question is open or closed, or all is over. Readiness: open, then ended."""
    quiz: QuizPlan | None = None
    number: int = 1
    """The question on the card, from 1; the last one, where all are open at once."""
    closes: datetime | None = None
    """When the open question, the whole check, or a quiz at one's own pace closes by itself."""
    scoreboard: Scoreboard | None = None
    check: CheckPlan | None = None
    result: JointResult | None = None
    """What a check came to."""
    ended: datetime | None = None
    """When it was over; None before, and of those that were over before this was kept."""

    @property
    def nameless(self) -> bool:
        """Whether nobody learns who answered what, once it is over."""
        return self.quiz is None or not self.quiz.names


# --- What happens to a session --------------------------------------------------------------------


class Begin(Frozen, frozen=True, rename={"reference": "spot"}, tag="begin"):
    """Somebody starts it."""

    code: str
    kind: SessionKind
    by: Actor
    reference: ChannelReference
    quiz: QuizPlan | None = None
    check: CheckPlan | None = None


class JoinChannel(Frozen, frozen=True, rename={"reference": "spot"}, tag="join"):
    """Its code was given in another channel."""

    reference: ChannelReference
    by: Actor


class Steer(Frozen, frozen=True, tag="steer"):
    """The host (or somebody who isn't) closes the question, goes on, or ends it all."""

    act: Literal["close", "next", "end"]
    by: Actor
    number: int = 0
    """The question that the button stood under; 0 where it was typed."""


class TakeOver(Frozen, frozen=True, tag="take-over"):
    """Somebody who takes part hosts it from now on, since its host has left."""

    by: Actor


class SetUp(Frozen, frozen=True, tag="setup"):
    """The host filled in what the check is about."""

    by: Actor
    plan: CheckPlan


class Elapsed(Frozen, frozen=True, tag="elapsed"):
    """Time ran out."""

    what: Literal["question", "idle", "check", "quiz"]
    number: int = 0
    """The question then on the card."""


class Forgotten(Frozen, frozen=True, tag="forgotten"):
    """Somebody wants nothing of theirs kept, or has left and wants to be off the scoreboard."""

    person: str
    left: bool = False
    """Only the latter: a host who leaves is still the host."""


LiveEvent = Begin | JoinChannel | Steer | TakeOver | SetUp | Elapsed | Forgotten


# --- What it knows, and what it comes to ------------------------------------------------------------


class Sheet(Frozen, frozen=True):
    """One person's answers to a quiz."""

    id: str
    name: str
    letters: dict[int, str]
    """Question number -> the letter pressed."""


class AnsweredForm(msgspec.Struct, frozen=True, omit_defaults=True):
    """One person's answers; erased once the check is closed."""

    organisation: str
    """The id of the organisation that the person belongs to."""
    answers: dict[str, int] = {}
    """Statement id -> 1 to 5, or 0 for "don't know"; one that was skipped is not in it."""
    model: str = ""
    """The id of the lesson on the model that they named; empty where they named none."""
    partners: int = 0
    """How many partners there are, as they said; 0 where they didn't."""
    member: bytes = b""
    """Whose it is, as a keyed hash, for the record of what was told of whom; empty where that isn't known."""


class LiveWorld(Frozen, frozen=True):
    """What a session may know besides its state and the event."""

    now: datetime
    knowledge: Knowledge
    sheets: tuple[Sheet, ...] | None = None
    """Everybody's quiz answers; None until asked for."""
    counted: Mapping[int, int] = msgspec.field(default_factory=dict)
    """How many answered each of its questions, as its card told: also who has left since."""
    forms: dict[str, AnsweredForm] | None = None
    """Everybody's readiness answers, by a name that says nothing of them; None until asked for."""
    organisations: dict[str, str] = msgspec.field(default_factory=dict)
    """What workspaces and tenants call themselves, where that is known."""
    told: Mapping[str, Sequence[Disclosure]] = msgspec.field(default_factory=dict)
    """What other results have told of what the check asks about, by topic."""


class Timer(Frozen, frozen=True):
    """``event`` is to happen at ``at``."""

    key: str
    at: datetime
    event: Elapsed


class LiveDecision(Frozen, frozen=True):
    """What an event comes to."""

    state: LiveSession
    note: str = ""
    """A sentence for whoever did it, alone."""
    posts: tuple[Reply, ...] = ()
    """What is said anew in every place of the session; its card is redrawn in any case."""
    timers: tuple[Timer, ...] = ()
    needs: Literal["sheets", "forms"] | None = None
    """To be decided again with this part of the world filled in; all else is ignored."""
    topics: tuple[str, ...] = ()
    """Of what was told before, where forms are needed: what of it has to be known with them."""
    ended: bool = False
    """It is over now: answers to a check are erased, and its places are told."""
    asked: Mapping[str, LastAsked] = msgspec.field(default_factory=dict)
    """Question id -> how a quiz that is over now went with it, as far as that may be told."""
    disclosed: Mapping[str, Sequence[Disclosure]] = msgspec.field(default_factory=dict)
    """What is now told of whom, by topic, to be recorded before it is shown."""


class Tally(msgspec.Struct, frozen=True):
    """What the card shows of answers: it is counted as they come in, and kept apart from the state."""

    answered: int = 0
    """Quiz: to the question on the card, or to any where all are open. Readiness: people with at least one
    page saved."""
    finished: int = 0
    """Readiness: people who have come to the end."""
    votes: dict[str, int] = {}
    """Quiz: letter -> how often it was chosen, of the question on the card."""
