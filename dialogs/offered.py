"""The buttons of the last day: who types what stands on one of them has pressed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from dialogs.core.commands import SeriesAct
from dialogs.core.commands.table import TABLE, normal, ways_of
from dialogs.core.model import Decision, OfferedButton, State, Utterance, World
from dialogs.core.plain import choices
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.router import route
from dialogs.recurrence import zones
from dialogs.reminders.cards import called
from dialogs.wording import conversation as words

MOST, LONGEST = 40, 80
"""Buttons that are remembered, and characters of their labels."""
DAY = 24 * 3600.0
"""For so long a label can be typed, in seconds."""

_ONLY_SAID = {normal(way) for row in TABLE if not row.near for way, _ in ways_of(row)}


def buttons(replies: Iterable[Reply], now: datetime) -> tuple[OfferedButton, ...]:
    """The buttons of ``replies`` whose label says something else than they do, and can be typed for it."""
    return tuple(
        OfferedButton(choice.label, choice.says, now.timestamp())
        for reply in replies
        for choice in choices(reply)
        if len(choice.label) <= LONGEST
        and normal(choice.label) != normal(choice.says)
        and normal(choice.says) not in _ONLY_SAID
    )


def remembered(
    before: Sequence[OfferedButton], replies: Sequence[Reply], now: datetime
) -> tuple[OfferedButton, ...]:
    """``before`` with the buttons of ``replies``, the newest first."""
    kept = buttons(replies, now)
    said = {(button.label, button.says) for button in kept}
    return (
        *kept,
        *(button for button in _of_the_day(before, now) if (button.label, button.says) not in said),
    )[:MOST]


def latest(state: State, text: str) -> tuple[OfferedButton, ...]:
    """The buttons shown last here on which ``text`` (cleaned) stands."""
    last = max((button.at for button in state.offered), default=0.0)
    return _standing([button for button in state.offered if button.at == last], text)


def earlier(state: State, text: str, world: World) -> tuple[OfferedButton, ...]:
    """The buttons of the last day on which ``text`` (cleaned) stands: of here, and of what was sent alone.

    What is done in this conversation is about what was shown last; of a session or a series, there are many.
    """
    shown = (*_of_the_day(state.offered, world.now), *world.offered)
    found = _standing(sorted(shown, key=lambda button: -button.at), text)
    own = [button for button in found if route(Utterance(button.says), world.place) is None]
    return tuple(button for button in found if button not in own[1:])


def which(state: State, found: Sequence[OfferedButton], world: World) -> Decision:
    """Ask which of several is meant: by the name of the series, else by when it was shown."""
    acts = [route(Utterance(button.says), world.place) for button in found]
    about_series = [act.series for act in acts if isinstance(act, SeriesAct)]
    if about_series and world.series is None and world.remembers:
        return Decision(state, needs="series")
    drafts = {summary.series.id: summary.series.draft for summary in world.series or ()}
    labels = []
    for button, act in zip(found, acts, strict=True):
        draft = drafts.get(act.series) if isinstance(act, SeriesAct) else None
        at = datetime.fromtimestamp(button.at, zones.zone(world.zone) or zones.zone("Europe/London"))
        labels.append(f"{button.label}: {called(draft)}" if draft else f"{button.label} ({at:%H:%M})")
    several = Counter(labels)
    numbered = [f"{label}, {n}" if several[label] > 1 else label for n, label in enumerate(labels, 1)]
    ways = Choices(tuple(Choice(label, button.says) for label, button in zip(numbered, found, strict=True)))
    asked = Reply((Text(words.WHICH_BUTTON), ways), private=world.place.kind != "direct")
    return Decision(state, (asked,))


def _of_the_day(shown: Iterable[OfferedButton], now: datetime) -> list[OfferedButton]:
    return [button for button in shown if now.timestamp() - button.at <= DAY]


def _standing(shown: Iterable[OfferedButton], text: str) -> tuple[OfferedButton, ...]:
    typed = normal(text)
    found = {button.says: button for button in shown if typed and normal(button.label) == typed}
    return tuple(found.values())
