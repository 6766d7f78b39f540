"""What series are called where several are offered: by their words, else also by whom they go to and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.core.apart import told_apart
from dialogs.core.mentions import spoken
from dialogs.core.model import World
from dialogs.core.reminder_model import Summary, Waiting
from dialogs.core.text import clipped
from dialogs.recurrence import zones
from dialogs.reminders.cards import label_of
from dialogs.reminders.drafting_audience import whom
from dialogs.reminders.drafting_when import zone_of
from dialogs.wording import drafts as words
from dialogs.wording.dates import short_date

LABEL, WHOM = 30, 20
"""Characters of its words, and of those whom it goes to, on a button."""


def labels(summaries: Sequence[Summary], world: World, longest: int = LABEL) -> tuple[str, ...]:
    """Series of a list; ``longest``: characters of their words."""
    return told_apart([names_of(summary, world, longest) for summary in summaries])


def names_of(summary: Summary, world: World, longest: int = LABEL) -> tuple[str, ...]:
    """By what a series can be told from others (``apart.told_apart``)."""
    draft = summary.series.draft
    to = words.LABEL_TO.format(whom=clipped(spoken(whom(draft, world)), WHOM))
    clock = zones.zone(zone_of(world))
    due = summary.next.astimezone(clock) if summary.next else None
    date, at = (short_date(due), f"{due:%H:%M}") if due else (words.LABEL_NO_DATE, "")
    return clipped(spoken(draft.what), longest), to, date, at


def waiting_label(waiting: Waiting, world: World) -> str:
    """What waits for a reply, beside all else that does: by its name, else by when it was sent."""
    clock = zones.zone(zone_of(world))
    sent = [datetime.fromtimestamp(each.at, clock) for each in world.waiting]
    named = [
        (label_of(each), short_date(at), f"{at:%H:%M}") for each, at in zip(world.waiting, sent, strict=True)
    ]
    labels = dict(zip(world.waiting, told_apart(named), strict=True))
    return labels.get(waiting) or label_of(waiting)
