"""What the knowledge base holds: a deck, its lessons, and the vocabulary of its field."""

from __future__ import annotations

from typing import Literal

import msgspec

Side = Literal["success", "failure", "undecided"]


LONGEST_SHORT = 110
"""Characters of ``Lesson.short``, so that it is one line of a telephone or two."""


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """One lesson of the deck, as read from one Markdown file."""

    id: str
    """The file's name without ``.md``; a contract with stored conversations and checks."""
    title: str
    """A short name, fit for a button (at most 60 characters)."""
    heading: str
    """The deck's slide heading that the lesson comes from, word for word."""
    lead: str
    """The answer in one sentence of Markdown; stands first, in bold, when the lesson is given."""
    short: str = ""
    """The same in one plain line, for those who ask for less (plain text); may be empty."""
    deck: str
    """What the deck says, in our words (Markdown)."""
    why: str
    """The reason that the deck gives, in a sentence (Markdown); says so where it gives none."""
    our_why: str = ""
    """Why it may be so, in our own view (Markdown); may be empty."""
    practice: str
    """Our own guidance (Markdown), two to five sentences."""
    example: str = ""
    """A little case that we made up to show what is meant (Markdown); may be empty."""
    since: str = ""
    """Later evidence that qualifies the deck, with source and year (Markdown); may be empty."""
    ask: tuple[str, ...] = ()
    """One or two questions that readers should put to themselves (plain text)."""
    side: Side | None = None
    """For a model: the side of the deck's success/failure line on which it falls."""
    items: tuple[str, ...] = ()
    """For an overview: the ids of the lessons that it lists, in the deck's order."""
    related: tuple[str, ...] = ()
    """Ids of related lessons, nearest first."""
    questions: tuple[str, ...] = ()
    """Example questions, as people would type them."""
    advice: str = ""
    """What advisors taught, as they wrote it (plain text); the deck's and our own parts are empty then."""
    taught: tuple[str, ...] = ()
    """Those of its questions that advisors taught, in the order in which they did."""
    advised: str = ""
    """Whose advice it is and since when, in words: "An advisor, 27 November 2026"; empty for the deck's."""


SOURCES = (
    "source", "deck", "talk", "guide", "report", "handbook", "manual", "paper", "review", "study", "toolkit",
    "book", "booklet", "leaflet", "briefing", "policy", "strategy", "framework", "document",
)  # fmt: skip
"""What a source can be called; each is understood in questions about any folder's."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder calls things in the sentences around its lessons; neutral where it doesn't say."""

    source: str = "source"
    """One of ``SOURCES``: "the deck doesn't answer that"."""
    group: str = "board"
    """A list of people that reminders may go to, in examples: "steering group"."""
    task: str = "send in their figures"
    """What such a group may be reminded to do, in examples: "brief members on progress"."""


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """The source that all lessons cite."""

    title: str
    author: str
    role: str
    publisher: str
    date: str
    """In words, for people: "18 November 2009"."""
    year: int
    short: str
    """How a citation names it: "2009 deck"."""
    subject: str
    """What the deck is about, to end "I know about …": "shared services"."""
    headings: tuple[str, ...]
    """The deck's headings that have lessons, in its order."""
    bare: dict[str, str] = {}
    """Headings or terms that the deck only shows and doesn't explain -> the sentence that says so."""
    words: Words = Words()


class Synonym(msgspec.Struct, frozen=True):
    """Words of the field that mean the same: ``terms`` are read as ``means``."""

    means: str
    terms: tuple[str, ...]


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """A term near the subject that the deck does not answer."""

    term: str
    """As people would read it: "TUPE"."""
    also: tuple[str, ...] = ()
    """Other ways to type it."""
    questions: tuple[str, ...] = ()
    """Ways to ask about it that need not use the term."""
    topic: str = ""
    """To end "I won't guess on …": "employment law"; may be empty."""
    nearest: str | None = None
    """The id of the lesson that comes nearest, or None where nothing does."""


class Vocabulary(msgspec.Struct, frozen=True):
    """The field's language beside the lessons."""

    synonyms: tuple[Synonym, ...] = ()
    outside: tuple[Outside, ...] = ()
    everyday: tuple[str, ...] = ()
    """What people type that has nothing to do with any field: "what's the weather like"."""
