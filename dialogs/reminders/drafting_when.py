"""The when of a draft: read from words, put right by further words, and what is still open about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
from dialogs.recurrence.sentence import Used, UseRole, understand
from dialogs.wording import drafts as words
from dialogs.wording.dates import PAST, WHICH_DAY, long_date

BARE_TIME = re.compile(r"\d{1,2}(?:[.:]\d\d)?")
"""A number that may be a time of day: "10", "9.30"."""
_BOUNDS = {"end", "exception", "how often"}
"""What words tell that can only be about when, even where it can't be done."""
_LIMITS = {"start", "end", "exception"}
_BEGIN_LIMITS = ("until", "till", "unless", "except", "excluding", "only", "not", "from", "starting")
_AS_ONE = {"days": "how often"}
"""What is said anew along with it."""
_ANY_TIME = "12:00"
"""In the place of the time that isn't known yet, while days are changed."""
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


def answered(draft: Draft, said: str, world: World) -> Read | None:
    """The draft's when with what ``said`` adds to it, or in its place; None where that is nothing."""
    said = without_manners(said)
    before = read(draft.when, world) if draft.when else None
    if before is None or before.problems:
        over = _laid_over(draft.when, said, world) if before else ""
        first = _first_good((said, over), world) or read(said, world)
        return first if first.good or first.problems or tells_when(said, world) else None
    if BARE_TIME.fullmatch(said):
        timed = read(f"{draft.when} at {said}", world)  # a bare number is a time, whatever else is missing
        if not timed.problems:
            return timed
    asks_time = [question.about for question in before.missing] == ["time"]
    more = (f"{draft.when} {said}", f"{draft.when} at {said}") if asks_time else (f"{said} {draft.when}",)
    ways, only_time = (*more, _laid_over(draft.when, said, world)), _roles(said, world) <= {"time", "joining"}
    # What is still missing is asked for next; what was said before stays.
    joined = _first_good(ways, world) or (_first_clear(ways, world) if only_time else None)
    changed = _untimed(draft.when, said, world) if asks_time and not joined else None
    found, alone = joined or changed or _first_clear(ways, world), read(said, world)
    return found or (alone if alone.problems or tells_when(said, world) else read(more[0], world))


def _roles(said: str, world: World) -> set[UseRole]:
    """What the words ``said`` tell of when."""
    return {use.role for use in understand(said[:LONGEST], world.now, zone_of(world), when_only=True).used}


def _first_good(ways: Iterable[str], world: World) -> Read | None:
    return next((found for way in ways if way and (found := read(way, world)).good), None)


def _first_clear(ways: Iterable[str], world: World) -> Read | None:
    return next((found for way in ways if not (found := read(way, world)).problems), None)


def _untimed(when: str, said: str, world: World) -> Read | None:
    """What ``said`` changes in ``when``, whose time isn't known yet; None where it changes nothing."""
    timed = read(f"{when} at {_ANY_TIME}", world)
    changed = corrected(timed.schedule, said, world) if timed.schedule else None
    if changed is None or any(question.offers for question in changed.problems):
        return changed
    first, *rest = changed.when.split(", ")
    days = first.replace(f" at {_ANY_TIME}", "")
    if not changed.good or days == first:
        return None
    usual = read(first, world).schedule
    told = [part for part in rest if usual is None or part not in in_words(usual)]
    return read(", ".join((f"{days[:1].lower()}{days[1:]}", *told)), world)


def _laid_over(when: str, said: str, world: World) -> str:
    """The words ``when`` with what ``said`` tells in the place of theirs."""
    said = f"at {said}" if BARE_TIME.fullmatch(said) else said
    before, after = (
        understand(words[:LONGEST], world.now, zone_of(world), when_only=True).used for words in (when, said)
    )
    told = {_AS_ONE.get(use.role, use.role) for use in after}
    before = _without_limit(before) if told & _LIMITS else before
    left = (use.words for use in before if _AS_ONE.get(use.role, use.role) not in told | {"joining"})
    return " ".join((said, *left))


def _without_limit(used: Sequence[Used]) -> tuple[Used, ...]:
    """``used`` without an end or exception that was asked about: "until we go live", "over Christmas"."""
    left, within = list[Used](), False
    for use in used:
        asked = use.role == "not understood"
        within = asked and (within or " " in use.words or use.words.lower() in _BEGIN_LIMITS)
        left += [] if within else [use]
    return tuple(left)


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
        return read(f"{without_manners(said)} at {at}", world)
    return _settled(changed.schedule, world)


def retimed(schedule: Recurrence, said: str, world: World) -> Read | None:
    """``schedule`` as ``said`` changes it, where that can be nothing but a change; None where it may as well
    be a text: "Christmas", "year end"."""
    changed = change(schedule, said[:LONGEST], world.now, zone_of(world))
    told = {use.role for use in changed.used}
    if changed.unknown or changed.says_nothing or not (changed.schedule or told & _BOUNDS):
        return None
    return corrected(schedule, said, world)


def offered(draft: Draft, said: str, world: World) -> Read:
    """The draft's when with an answer that was offered: a correction of what it has, else the whole."""
    changed = corrected(draft.schedule, said, world) if draft.schedule else None
    return changed or read(said, world)


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
