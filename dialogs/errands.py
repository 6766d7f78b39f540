"""Errands: what one home asks another to do, or a home itself to do later.

A turn commits to one home. What concerns another travels as an errand in the same commit: an event that
is handed to the other home's turn once this one is kept, or at a given time.
"""

from __future__ import annotations

from datetime import datetime

from dialogs.joint.result import JointResult
from dialogs.live.model import Kind, LiveEvent
from dialogs.reply import Frozen
from dialogs.series.model import BoardEvent, SeriesEvent


class Ended(Frozen, frozen=True, tag="ended"):
    """A live session in ``channel`` is over; for the workspace or tenant whose channel it is."""

    session: str
    kind: Kind
    channel: str
    result: JointResult | None = None
    """What a readiness check came to."""


class Forgetting(Frozen, frozen=True, tag="forgetting"):
    """Somebody has been forgotten in a workspace or tenant, and is to be in all else that it has shown."""

    person: str


HomeEvent = Forgetting | LiveEvent | SeriesEvent | BoardEvent | Ended


class Errand(Frozen, frozen=True):
    """Hand ``event`` to a turn of ``home``."""

    home: str
    event: HomeEvent
    at: datetime | None = None
    """Not before this; None for at once."""
    key: str = ""
    """The same errand asked for twice is done once."""
