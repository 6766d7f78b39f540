"""What a joint check or a pulse came to: all that is shown of it, exported and kept.

There is nothing in it that may not be shown to everyone. Beside it stands what was told of whom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

Spread = Literal["", "close", "some", "far"]
"""How far people are apart; empty where that isn't said."""
Share = Literal["", "few", "some", "half", "most"]
"""How many of a group; empty where that isn't said."""
Withheld = Literal["", "parts", "all", "unknown"]
"""What is left out since, with results shown before, it would tell of fewer than three people; "unknown": all
of it, as it isn't known of whom one of them is."""
Why = Literal["low", "unknown", "apart"]
"""Why a statement is worth acting on: it came out lowest, people don't know, or they differ."""


class Figures(msgspec.Struct, frozen=True, omit_defaults=True):
    """One factor, seen by some people."""

    score: int | None = None
    """0 to 100; None where it can't be shown."""
    spread: Spread = ""
    unknown: Share = ""
    """How many of their answers were "don't know"."""


class Factor(msgspec.Struct, frozen=True, omit_defaults=True):
    """One factor, seen by all and by each organisation that may be shown."""

    whole: Figures
    answered: int | None = None
    """How many people have a score for it; None where that, or how many haven't, would be one or two."""
    organisations: dict[str, Figures] = {}
    """Organisation id -> how its people see it."""
    withheld: Withheld = ""
    """Figures of organisations, or all."""

    def gap(self) -> tuple[str, str, int] | None:
        """The organisations with the highest and the lowest score, and how far they are apart."""
        scores = [
            (figures.score, id) for id, figures in self.organisations.items() if figures.score is not None
        ]
        if len(scores) < 2:
            return None
        (low, lowest), (high, highest) = min(scores), max(scores)
        return highest, lowest, high - low


class Next(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement to act on."""

    statement: str
    """Its id."""
    why: Why
    share: Share = ""
    """How many don't know."""


class JointResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole result."""

    check: str
    """The id of the check."""
    at: datetime
    """When it was closed."""
    participants: int
    """How many answered anything; 0 where they were fewer than three, and then there are no figures."""
    organisations: int = 0
    """How many organisations they belong to."""
    overall: int | None = None
    """0 to 100: the mean of the factors that are shown."""
    factors: dict[str, Factor] = {}
    """Factor (a lesson id) -> what it came to; all of the check's, or none where too few took part."""
    names: dict[str, str] = {}
    """Organisation id -> its name, for those that are shown somewhere."""
    unknown: tuple[Next, ...] = ()
    """The statements of which about half of the people or more don't know, the most first."""
    actions: tuple[Next, ...] = ()
    """What to do next, in order."""
    model: str = ""
    """The id of the lesson on the model, as the host said or most people named it; empty for none."""
    models: dict[str, str] = {}
    """Organisation id -> the model that most of its people named, where organisations differ."""
    model_divided: bool = False
    """Whether people don't agree on the model."""
    partners: int = 0
    """How many there are, as the host said or most people gave it; 0 where neither did."""
    partners_divided: bool = False
    purpose: str = ""
    """In the host's own words."""
    step: int = 1
    """What the scores are rounded to; always 1 since it is on record who took part."""
    withheld: Withheld = ""
    """Whether anything at all is left out, or everything."""
    recorded: bool = False
    """Whether it is on record who took part, so that later results can be held against it."""

    @property
    def empty(self) -> bool:
        """Whether nothing is said of what people answered."""
        return not self.participants or self.withheld in ("all", "unknown")

    def scores(self) -> dict[str, float | None]:
        """Factor -> its score over all."""
        return {id: factor.whole.score for id, factor in self.factors.items()}


class PulseResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one occurrence came to; all that is kept of it."""

    at: datetime
    """When it was closed."""
    asked: int
    """How many people were asked; 0 where that isn't known, as of a channel."""
    answered: int
    mean: float | None = None
    """1 to 5; None of fewer than three answers, and where it is withheld."""
    withheld: bool = False
    """Whether, with results shown before, it would tell of fewer than three people, or might."""
    unknown: bool = False
    """Whether it is withheld since it isn't known whose all the answers to it, or to an earlier one, are."""
    sent: datetime | None = None
    """When it was sent; None where an older version didn't keep that."""

    @property
    def day(self) -> datetime:
        """What people know it by: when they were asked."""
        return self.sent or self.at


# --- What was told of whom ---------------------------------------------------------------------------


class Group(msgspec.Struct, frozen=True, omit_defaults=True):
    """Some people, and a figure that is the sum of what each of them said, by weight."""

    parts: tuple[tuple[int, tuple[bytes, ...]], ...]
    """(divisor, people as keyed hashes): each of these people counts with 1/divisor."""
    figure: float | None = None
    """As it was shown; None where it was shown in words."""
    topics: tuple[str, ...] = ()
    """What they say of counts in each part, where that is other topics (a factor's score is made of answers
    to its statements); empty where it is the topic that this is told of."""


class Disclosure(msgspec.Struct, frozen=True):
    """What one result has told of a topic."""

    result: str
    """Names the result."""
    at: datetime
    groups: tuple[Group, ...] | None
    """None where it isn't known of whom."""
    beside: tuple[str, ...] = ()
    """Topics that are tied to this one by a group that is made of either: they count together."""


Disclosures = Mapping[str, Sequence[Disclosure]]
"""Topic -> what was told of it, oldest first."""
