"""Replies: neutral blocks, which each platform renders in its own native form."""

from __future__ import annotations

from typing import Literal

import msgspec

Band = Literal["answer", "suggest", "none"]


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of all the model's types: immutable, comparable, encodable."""


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
    shows: str = ""
    """The words that bring the whole lesson, for platforms that can link to a chat; "" for none."""


class Choice(Frozen, frozen=True):
    """A button: what it shows, and the words that pressing it says."""

    label: str
    says: str
    primary: bool = False
    opens: bool = False
    """Whether pressing it opens a form."""
    about: str = ""
    """What it is about, where that isn't plain from the label: for screen readers and pointers."""
    short: str = ""
    """What its label begins with, and is called by once the whole of it stands beside: "A", of "A. Two"."""
    unfolds: Part | Details | None = None
    """What a press brings, for platforms that can show it in place at once; elsewhere it is asked for."""


class Choices(Frozen, frozen=True, tag="choices"):
    """Buttons in a row (or a column where a platform prefers it)."""

    options: tuple[Choice, ...]
    in_full: bool = False
    """Whether each label is to be read to its end, as answers are: what a button cuts stands beside."""

    def fitting(self, longest: int) -> tuple[tuple[str, ...], tuple[Choice, ...]]:
        """What is to stand beside, as a button of ``longest`` characters would cut it, and the buttons."""
        labels = tuple(option.label.strip() for option in self.options)
        if not self.in_full or all(len(label) <= longest for label in labels):
            return (), self.options
        return labels, tuple(map(_briefly, self.options))


def _briefly(choice: Choice) -> Choice:
    if not choice.short:
        return choice
    return msgspec.structs.replace(
        choice, label=choice.short, about=choice.label.removeprefix(choice.short).lstrip(". ")
    )


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


class DataSeries(Frozen, frozen=True):
    """One row of figures; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Chart(Frozen, frozen=True, tag="chart"):
    """A picture of figures, drawn as bars (one a label) or as lines over the labels.

    Each platform shows the same figures as text beside it, where the message doesn't (``told``).
    """

    title: str
    kind: Literal["bars", "lines"]
    labels: tuple[str, ...]
    series: tuple[DataSeries, ...]
    top: float
    """The greatest value that is possible; the least is 0."""
    dates: tuple[str, ...] = ()
    """The days of the labels (ISO), where these are days: so many as there are labels."""
    told: bool = False
    """Whether the message says all of its figures already."""


class File(Frozen, frozen=True, tag="file"):
    """A small text file to save, such as a table."""

    name: str
    """With its ending: "readiness.csv"."""
    content: str


Block = Title | Text | Part | Quote | Citation | Choices | Facts | Feedback | Progress | Chart | File


class Details(Frozen, frozen=True, tag="details"):
    """What stands behind the point of a message, for whoever wants it."""

    blocks: tuple[Block, ...]


class Asked(Frozen, frozen=True):
    """What a reply answered; kept beside the sent message so that a later press can refer to it."""

    question: str
    lesson: str | None
    band: Band
    also: tuple[str, ...] = ()
    """Further lessons that the same reply answered."""
    follows: str = ""
    """The lesson that the question was taken as a follow-up to; empty for a question of its own."""


class Reply(Frozen, frozen=True):
    """One message to send.

    A private reply goes to the speaker alone, also where the event happened in a channel.
    """

    blocks: tuple[Block, ...]
    private: bool = False
    asked: Asked | None = None
    instead: bool = False
    """Takes the place of the message that was pressed, where there is one."""
    subject: str = ""
    """What it is called in a list of messages, where a platform has one; "": its first words.
    Plain text, with mentions as they are kept."""
    own_page: bool = False
    """The reader's own page, which platforms that can draw anew whenever it is looked at."""
