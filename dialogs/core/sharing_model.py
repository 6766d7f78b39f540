"""An answer that somebody puts before others: how it is shown first, and what is kept of it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dialogs.core.replies import Frozen


class ShareDraft(msgspec.Struct, frozen=True, omit_defaults=True):
    """An answer that is shown before it is posted; kept among the person's work."""

    id: str
    """Names it in its buttons; also what is kept once it is posted."""
    lesson: str
    channel: str = ""
    """The platform's id of the channel or chat; empty while it isn't chosen."""
    here: bool = False
    """Whether it was said in that channel, so that they know who is in it."""


class SharedAnswer(msgspec.Struct, frozen=True):
    """That somebody has put an answer before others."""

    id: str
    lesson: str
    channel: str
    name: str
    """What the channel is called; empty where the platform doesn't tell."""
    at: datetime


class SharePlace(Frozen, frozen=True):
    """What a platform tells of a channel in which somebody wants something posted."""

    name: str = ""
    """Empty where it has none."""
    to: dict[str, str] = msgspec.field(default_factory=dict)
    """The platform's own address of it."""
    by: str = ""
    """The name by which colleagues know whoever shares."""
    external: bool = False
    """Whether people of other organisations are in it."""
    why_not: str = ""
    """Why nothing can be posted there, as a platform's word; "" where something can."""


class ShareRefused(Frozen, frozen=True, tag="share-refused"):
    """What was to be posted was refused for good: it counts as not shared, and whoever shared it is told."""

    id: str
    speaker: str
    to: dict[str, str]
    """Where they are told."""
    name: str
    """The channel's."""
    reason: str = ""
    """The platform's word for it."""
