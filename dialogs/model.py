"""The neutral model: what reaches a dialog, what it knows, and what it gives back.

A dialog is a function ``(state, event, world) -> Decision``. Everything here is frozen data: no
clock, no randomness, no platform. A button carries the words that a person could have typed, so a
press and a typed line are the same event.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from dialogs.work import CheckResult, Work
from knowledge import Knowledge

Platform = Literal["slack", "teams", "terminal"]
Role = Literal["officer", "advisor"]
PlaceKind = Literal["direct", "group", "channel"]
Band = Literal["answer", "suggest", "none"]
Kind = Literal["conversation", "question", "feedback", "answer", "quiz", "readiness", "profile"]


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of all the model's types: immutable, comparable, encodable."""


# --- Who speaks, and where ----------------------------------------------------------------------


class Speaker(Frozen, frozen=True):
    """The person behind an event, seen from the deployment."""

    id: str
    """``platform:team/user``, unique over the deployment."""
    role: Role = "officer"


class Place(Frozen, frozen=True):
    """Where an event happened. ``kind`` decides manners: in a channel one speaks when spoken to."""

    platform: Platform
    kind: PlaceKind


# --- Events -------------------------------------------------------------------------------------


class Named(Frozen, frozen=True):
    """Somebody or something that was mentioned by the platform's own means, so that we know which."""

    token: str
    """How ``Said.exact`` writes it: "@mention1", or "#mention1" for a channel."""
    kind: Literal["person", "channel", "group"]
    id: str
    """A speaker's id; for a channel or a user group, ``platform:`` and the platform's id of it."""
    label: str = ""
    """The name that people see, where the platform told it."""


class Said(Frozen, frozen=True, tag="said"):
    """Words, typed or pressed."""

    text: str
    addressed: bool = True
    """False for a remark in a thread that doesn't mention the bot."""
    pressed: bool = False
    """True when a button said it; the words are then ours, not the person's own."""
    exact: str = ""
    """The same words with each mention as its token; empty where nobody but us was mentioned."""
    named: tuple[Named, ...] = ()
    """Whom and what those tokens name."""


class Opened(Frozen, frozen=True, tag="opened"):
    """A person opened the bot's home, installed it, or added it to a conversation."""


class Submitted(Frozen, frozen=True, tag="submitted"):
    """A form was submitted."""

    says: str
    """The form's own words (``forms.Form.says``)."""
    values: dict[str, str]
    """The id of a field -> its value; "" where nothing was filled in."""


Event = Said | Opened | Submitted


# --- Replies: neutral blocks, rendered by each platform in its own native form ----------------------


class Title(Frozen, frozen=True, tag="title"):
    """A heading, plain text."""

    text: str


class Text(Frozen, frozen=True, tag="text"):
    """Our own words in Markdown (paragraphs, bold, italic, "- " lists, links). Never a person's text."""

    md: str


class Part(Frozen, frozen=True, tag="part"):
    """A labelled part of an answer; ``by`` tells whose words it is: the deck's, ours, or later evidence."""

    label: str
    md: str
    by: Literal["deck", "us", "since", "ask"]


class Quote(Frozen, frozen=True, tag="quote"):
    """A person's own words, shown literally: never markup, never a mention."""

    text: str


class Citation(Frozen, frozen=True, tag="citation"):
    """Where an answer comes from."""

    heading: str
    source: str
    """The deck's full title."""
    author: str
    date: str
    """In words: "18 November 2009"."""
    short: str
    """How people name it: "2009 deck"."""
    abstract: str
    """What the deck says there, in at most 160 characters of plain text."""


class Choice(Frozen, frozen=True):
    """A button: what it shows, and the words that pressing it says."""

    label: str
    says: str
    primary: bool = False
    opens: bool = False
    """Whether pressing it opens a form."""


class Choices(Frozen, frozen=True, tag="choices"):
    """Buttons in a row (or a column where a platform prefers it)."""

    options: tuple[Choice, ...]


class Facts(Frozen, frozen=True, tag="facts"):
    """Pairs of name and value, plain text."""

    pairs: tuple[tuple[str, str], ...]


class Feedback(Frozen, frozen=True, tag="feedback"):
    """Thumbs up or down, in the platform's native form; a press says ``up`` or ``down``."""

    up: str
    down: str


class Progress(Frozen, frozen=True, tag="progress"):
    """How far something has come."""

    done: int
    total: int


class Series(Frozen, frozen=True):
    """One row of figures; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Chart(Frozen, frozen=True, tag="chart"):
    """A picture of figures, drawn as bars (one a label) or as lines over the labels.

    Each platform shows the same figures as text beside it.
    """

    title: str
    kind: Literal["bars", "lines"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    top: float
    """The greatest value that is possible; the least is 0."""


class File(Frozen, frozen=True, tag="file"):
    """A small text file to save, such as a table."""

    name: str
    """With its ending: "readiness.csv"."""
    content: str


Block = Title | Text | Part | Quote | Citation | Choices | Facts | Feedback | Progress | Chart | File


class Asked(Frozen, frozen=True):
    """What a reply answered; kept beside the sent message so that a later press can refer to it."""

    question: str
    lesson: str | None
    band: Band
    also: tuple[str, ...] = ()
    """Further lessons that the same reply answered."""


class Reply(Frozen, frozen=True):
    """One message to send.

    A private reply goes to the speaker alone, also where the event happened in a channel.
    """

    blocks: tuple[Block, ...]
    private: bool = False
    asked: Asked | None = None
    instead: bool = False
    """Takes the place of the message that was pressed, where there is one."""


# --- Effects: what is kept or erased, in the same commit as the state --------------------------------


class KeepUnanswered(Frozen, frozen=True, tag="unanswered"):
    """Keep a question that no lesson answers, for the advisors."""

    question: str
    nearest: str | None


class KeepFeedback(Frozen, frozen=True, tag="feedback"):
    """Keep a thumb up or down, with what it was about (where that is still known)."""

    up: bool
    about: Asked | None


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


Effect = KeepUnanswered | KeepFeedback | Forget | KeepWork | KeepMissed | KeepResult


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
    """The quiz question or readiness check that was shown last here, to which a typed "b" or "4" goes."""


class Record(Frozen, frozen=True):
    """One thing stored about a person, in words for that person."""

    kind: Kind
    when: datetime | None
    text: str
    lesson: str | None = None
    """The id of the lesson that answered, where one did."""


class World(Frozen, frozen=True):
    """What a dialog may know besides its state and the event."""

    now: datetime
    speaker: Speaker
    place: Place
    knowledge: Knowledge
    about: Asked | None = None
    """What the message that was pressed had answered, where it is still kept."""
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
    remembers: bool = True
    """False while memory is away: the turn starts from a fresh state and nothing will be kept."""
    lost_state: bool = False
    """True when this conversation's state could not be read and was set aside."""
    retention_days: int = 90
    """How long questions and feedback are kept."""


class Decision(Frozen, frozen=True):
    """What a turn comes to."""

    state: State
    replies: tuple[Reply, ...] = ()
    note: str = ""
    """A short plain confirmation for the person who pressed, shown to them alone where the platform can."""
    effects: tuple[Effect, ...] = ()
    needs: Literal["records", "results"] | None = None
    """The dialog must be run again with this part of the world filled in; all else is ignored."""
    heard: bool = True
    """False for a remark that was not for us: nothing is marked, kept or said."""
