"""The when of a draft: read from words, put right by further words, and what is still open about it.

An answer to what is open about it is read in ``answering_when``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from dialogs.core.model import World
from dialogs.core.reminder_model import Draft
from dialogs.recurrence import changing, zones
from dialogs.recurrence.changing import change
from dialogs.recurrence.contrast import without_manners
from dialogs.recurrence.describe import in_words, next_dates
from dialogs.recurrence.making import Question
from dialogs.recurrence.rule import Recurrence
from dialogs.recurrence.sentence import understand
from dialogs.wording import drafts as words
from dialogs.wording.dates import PAST, WHICH_DAY, long_date

BARE_TIME = re.compile(r"\d{1,2}(?:[.:]\d\d)?")
"""A number that may be a time of day: "10", "9.30"."""
_BOUNDS = {"end", "exception", "how often"}
"""What words tell that can only be about when, even where it can't be done."""
LONGEST = 300
"""Characters of the words about when."""


class Read(NamedTuple):
    """What words about when come to."""

    when: str
    """The words to show when it is changed."""
    schedule: Recurrence | None
    missing: tuple[Question, ...] = ()
    problems: tuple[Question, ...] = ()
    what: str = ""
    """What is sent, where the words told that too."""

    @property
    def good(self) -> bool:
        """Whether it says when."""
        return self.schedule is not None


def zone_of(world: World) -> str:
    """The speaker's zone, or London's where we don't know it."""
    return zones.clock(world.zone).key


def read(said: str, world: World) -> Read:
    """What ``said`` tells of when, on its own."""
    if not said:
        return Read("", None, (Question("day", WHICH_DAY),))
    found = understand(said[:LONGEST], world.now, zone_of(world), when_only=True)
    return Read(found.when, found.schedule, found.missing, found.problems, found.what)


def notes(draft: Draft, world: World) -> tuple[str, ...]:
    """How the words about when were taken that could be taken otherwise."""
    if not draft.when:
        return ()
    return understand(draft.when[:LONGEST], world.now, zone_of(world), when_only=True).notes


def open_about(draft: Draft, world: World) -> Read:
    """What is missing or wrong about the draft's when."""
    if draft.schedule is None:
        return read(draft.when, world)
    if not next_dates(draft.schedule, draft.schedule.zone or zone_of(world), world.now, 1):
        return Read(draft.when, None, (), (Question("when", words.PASSED),))
    return Read(draft.when, draft.schedule)


def tells_when(said: str, world: World) -> bool:
    """Whether all of ``said`` is about when."""
    return changing.tells_when(said[:LONGEST], world.now, zone_of(world))


def corrected(schedule: Recurrence, said: str, world: World) -> Read | None:
    """``schedule`` with what ``said`` tells in the place of what it told; None where it tells nothing."""
    changed = change(schedule, said[:LONGEST], world.now, zone_of(world))
    unasked = changed.unknown and without_manners(said) == said.strip()
    asks = any(question.offers for question in changed.problems)
    if (changed.says_nothing or unasked) and not asks:
        return None
    if changed.schedule is None:
        if changed.problems:
            return Read("", None, (), changed.problems)
        at = " and ".join(dict.fromkeys(f"{line.start:%H:%M}" for line in schedule.lines))
        # What its words tell on their own is what will be read of them from now on.
        return read(", ".join((f"{without_manners(said)} at {at}", *beyond_usual(schedule, world))), world)
    return _settled(changed.schedule, world)


def beyond_usual(schedule: Recurrence, world: World) -> tuple[str, ...]:
    """What holds of ``schedule``, in words, besides its days and times and what is so unless it is told:
    its end, its exceptions, its conditions."""
    first, *rest = in_words(schedule).split(", ")
    usual = read(first, world).schedule
    return tuple(part for part in rest if usual is None or part not in in_words(usual))


def retimed(schedule: Recurrence, said: str, world: World) -> Read | None:
    """``schedule`` as ``said`` changes it, where that can be nothing but a change; None where it may as well
    be a text: "Christmas", "year end"."""
    changed = change(schedule, said[:LONGEST], world.now, zone_of(world))
    told = {use.role for use in changed.used}
    if changed.unknown or changed.says_nothing or not (changed.schedule or told & _BOUNDS):
        return None
    return corrected(schedule, said, world)


def with_conditions(
    schedule: Recurrence,
    off_days: str,
    nation: str,
    zone: str,
    before: Mapping[str, str],
    said: str,
    world: World,
) -> Recurrence:
    """``schedule`` with what a form's menus say; where one was left as it was, the words ``said`` count."""
    told = changing.conditions(said[:LONGEST], world.now, zone_of(world))
    picked = {"off_days": off_days, "nation": nation, "zone": zone}
    meant = {"off_days": told.off_days, "nation": told.nation, "zone": told.zone}
    changes = {
        name: value
        for name, value in picked.items()
        if meant[name] is None or value != before.get(name, value)
    }
    return replace(schedule, **changes)


def _settled(schedule: Recurrence, world: World) -> Read:
    """A schedule of our own making, with what is wrong with it."""
    if not next_dates(schedule, schedule.zone or zone_of(world), world.now, 1):
        at = schedule.start
        said = PAST.format(date=long_date(at), at=f"{at:%H:%M}") if not schedule.repeats else words.PASSED
        return Read("", None, (), (Question("when", said),))
    return Read(in_words(schedule), schedule)
