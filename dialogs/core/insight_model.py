"""What insights are made of: what people ask, how that was met, and what came of quizzes, checks and pulses.

There is no name in any of it, and no figure that tells of fewer than three people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from dialogs.core.replies import Frozen
from dialogs.core.result_model import JointResult, PulseResult
from dialogs.core.session_model import Scoreboard
from knowledge.authoring.clusters import Cluster

InsightView = Literal["", "weeks", "unanswered", "lessons", "quiz", "trends"]
"""What of it is shown; empty for the point of it."""


class WeekAsked(Frozen, frozen=True):
    """How the questions of a week were met."""

    week: date
    """Its Monday."""
    answer: int = 0
    suggest: int = 0
    none: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.answer + self.suggest + self.none


class SharePart(Frozen, frozen=True):
    """How large a part of some people found something helpful, or missed it."""

    part: float
    """From 0 to 1."""
    people: int
    at: datetime
    """As of when."""


class PlaceTrend(Frozen, frozen=True):
    """What the joint checks of a channel came to, oldest first."""

    place: str
    """What the channel is called; empty where nobody tells."""
    results: tuple[JointResult, ...]


class PulseTrend(Frozen, frozen=True):
    """What a pulse came to, oldest first."""

    name: str
    pulses: tuple[PulseResult, ...]


class GatheredInsights(msgspec.Struct, frozen=True):
    """What is kept, before it is known what of it may be shown. People are keyed hashes."""

    weeks: Mapping[date, WeekAsked] = {}
    askers: Mapping[date, frozenset[bytes]] = {}
    """Week -> who asked in it."""
    ratings: Mapping[str, Mapping[bytes, bool]] = {}
    """Lesson -> whether it was helpful, by person: what each said last."""
    tries: Mapping[str, Mapping[bytes, bool]] = {}
    """Quiz question -> whether they were right the first time, by person."""
    scoreboards: Sequence[Scoreboard] = ()
    """What each live quiz came to, as it showed it."""


class Insights(Frozen, frozen=True):
    """What advisors may see."""

    weeks: tuple[WeekAsked, ...] = ()
    """The weeks that may be shown, oldest first."""
    hidden_weeks: int = 0
    """How many others there are in which somebody asked."""
    helpful: dict[str, SharePart] = msgspec.field(default_factory=dict)
    """Lesson -> by how many of those who said so it was found helpful."""
    missed: dict[str, SharePart] = msgspec.field(default_factory=dict)
    """Quiz question -> by how many it was missed at their first try."""
    missed_together: tuple[tuple[str, int], ...] = ()
    """Quiz questions among those missed most in live quizzes -> in how many of these; most often first."""
    clusters: tuple[Cluster, ...] = ()
    """What no lesson answers, the most asked first, where that may be shown."""
    hidden_clusters: int = 0
    """How many others there are."""
    checks: tuple[PlaceTrend, ...] = ()
    pulses: tuple[PulseTrend, ...] = ()
