"""The when of a draft: read from words, put right by further words, and what is still open about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import NamedTuple

from msgspec.structs import replace

from dialogs.core.model import World
from dialogs.core.reminder_model import Draft
from dialogs.recurrence import zones
from dialogs.recurrence.describe import in_words, next_dates
from dialogs.recurrence.english import plain
from dialogs.recurrence.heard import Heard
from dialogs.recurrence.hearing import hear
from dialogs.recurrence.making import CODES, Question
from dialogs.recurrence.rule import QUIET, Recurrence, fault, nominals, parts
from dialogs.recurrence.sentence import understand
from dialogs.recurrence.words import PAST, WHICH_DAY, long_date
from dialogs.wording import drafts as words

LONGEST = 300
"""Characters of the words about when."""

_INSTEAD = re.compile(
    r"^(?:(?:no|sorry|actually|ok|okay|please|rather|better)\b[, ]*)*"
    r"(?:(?:can you |could you |let's |lets )?(?:make|change|move|set|put|do|have|send|say) "
    r"(?:it|that|this|them|the time|the day|the date)?\s*(?:to |be |for |go out )?)?",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:every|each)\b", re.IGNORECASE)
_ENDS = re.compile(r"[ ,]*(?:\b(?:instead|rather|please|then)\b[ ,.!]*)+$", re.IGNORECASE)


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
    return world.zone if zones.zone(world.zone) else "Europe/London"


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
    said = _bare(said)
    before = read(draft.when, world) if draft.when else None
    together = ""
    if before and not before.problems and before.missing:
        if before.missing[0].about == "time":
            link = "" if said.lower().startswith(("at ", "@", "from ")) else "at "
            together = f"{draft.when} {link}{said}"
        else:
            together = f"{said} {draft.when}"
    for tried in filter(None, (together, said)):
        found = read(tried, world)
        if found.good:
            return found
    alone, clear = read(said, world), tells_when(said, world)
    if clear and together:
        joined = read(together, world)
        return alone if joined.problems else joined
    return alone if alone.problems or clear else None


def tells_when(said: str, world: World) -> bool:
    """Whether all of ``said`` is about when."""
    heard = _heard(_bare(said), world)
    return heard.strong and not heard.unknown


def corrected(schedule: Recurrence, said: str, world: World) -> Read | None:
    """``schedule`` with what ``said`` tells in the place of what it told; None where it tells nothing."""
    bare = _bare(said)
    heard = _heard(bare, world)
    if not bare or not (heard.strong or _conditions(heard)) or (heard.unknown and bare == said.strip()):
        return None
    if heard.faults or heard.unknown:
        return read(bare, world)
    anew = heard.every or _EVERY.search(bare)
    if heard.weekdays and not (anew or heard.numbered or heard.dates or heard.months):
        other = _other_days(schedule, heard.weekdays)
        if other is not None:
            return _settled(_under(other, heard, world), world)
    if _names_days(heard):
        timed = heard.clock or heard.moment or (heard.every and heard.every[1] in ("minute", "hour"))
        found = read(bare if timed else f"{bare} at {schedule.start:%H:%M}", world)
        if found.schedule is None:
            return found
        return found._replace(schedule=_carried(found.schedule, schedule, heard))
    return _settled(_under(schedule, heard, world), world)


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
    heard = _heard(said, world)
    picked = {"off_days": off_days, "nation": nation, "zone": zone}
    meant = {"off_days": heard.off_days, "nation": heard.nation, "zone": heard.zone}
    changes = {
        name: value
        for name, value in picked.items()
        if meant[name] is None or value != before.get(name, value)
    }
    return replace(schedule, **changes)


def _bare(said: str) -> str:
    return _ENDS.sub("", _INSTEAD.sub("", said.strip(), count=1)).strip(" .!")


def _heard(said: str, world: World) -> Heard:
    at = zones.zone(zone_of(world))
    return hear(plain(said[:LONGEST]), world.now.astimezone(at).replace(tzinfo=None))


def _names_days(heard: Heard) -> bool:
    return bool(
        heard.every or heard.recurs or heard.weekdays or heard.numbered or heard.monthdays or heard.working
        or heard.dates or heard.on or heard.moment
    )  # fmt: skip


def _conditions(heard: Heard) -> bool:
    return bool(
        heard.zone is not None or heard.nation or heard.off_days or heard.quiet != "unsaid" or heard.until
        or heard.span or heard.count or heard.start
    )  # fmt: skip


def _other_days(schedule: Recurrence, weekdays: list[int]) -> Recurrence | None:
    """The same rhythm on other weekdays; None where its days are none of the week's."""
    named = parts(schedule.rule)
    days = named.get("BYDAY", "").split(",")
    if named.get("FREQ") == "WEEKLY":
        named["BYDAY"] = ",".join(CODES[day] for day in sorted(set(weekdays)))
    elif named.get("FREQ") in ("MONTHLY", "YEARLY") and len(days) == 1 and days[0] and len(weekdays) == 1:
        named["BYDAY"] = days[0][:-2] + CODES[weekdays[0]]
    else:
        return None
    return replace(schedule, rule=";".join(f"{name}={value}" for name, value in named.items()))


def _under(schedule: Recurrence, heard: Heard, world: World) -> Recurrence:
    """``schedule`` at another time, or under other conditions, where those were said; it begins anew."""
    start = schedule.start
    if heard.clock:
        start = datetime.combine(start.date(), heard.clock)
    if heard.start:
        start = datetime.combine(heard.start, start.time())
    quiet = schedule.quiet
    if heard.quiet != "unsaid":
        quiet = heard.quiet
    elif heard.clock:
        # A time that somebody named outranks the quiet hours.
        quiet = None if _at_night(heard.clock) else QUIET if _at_night(schedule.start.time()) else quiet
    changed = _carried(replace(schedule, quiet=quiet), schedule, heard)
    changed = replace(
        changed,
        start=start,
        until=heard.last_day(start.date()) or (None if heard.count else changed.until),
        count=heard.count or (0 if heard.until or heard.span else changed.count),
    )
    return _begun(changed, heard.now)


def _begun(schedule: Recurrence, now: datetime) -> Recurrence:
    """``schedule`` from its first date that is still to come; intervals count from its old start."""
    if not schedule.rule or fault(schedule):
        return schedule
    begin = next((one for one in nominals(schedule, schedule.start) if one > now), schedule.start)
    return replace(schedule, start=begin)


def _carried(new: Recurrence, old: Recurrence, heard: Heard) -> Recurrence:
    """``new`` with the conditions of ``old`` that were not said anew."""
    zone = heard.zone
    if zone is None:
        zone = new.zone if heard.moment else old.zone
    off_days = heard.off_days or (old.off_days if new.off_days == "next" else new.off_days)
    return replace(new, zone=zone, nation=heard.nation or old.nation, off_days=off_days)


def _settled(schedule: Recurrence, world: World) -> Read:
    """A schedule of our own making, with what is wrong with it."""
    wrong = fault(schedule)
    if wrong:
        return Read("", None, (), (Question("when", wrong),))
    if not next_dates(schedule, schedule.zone or zone_of(world), world.now, 1):
        at = schedule.start
        said = PAST.format(date=long_date(at), at=f"{at:%H:%M}") if not schedule.rule else words.PASSED
        return Read("", None, (), (Question("when", said),))
    return Read(in_words(schedule), schedule)


def _at_night(at: time) -> bool:
    return at >= QUIET[0] or at < QUIET[1]
