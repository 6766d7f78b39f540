"""A series that runs, changed in words: a draft of it with what was said, shown before it is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from msgspec.structs import replace

from dialogs.core.commands.naming import SeriesDoing, SeriesSaid, asked_of_it, changes_of_it, with_aside
from dialogs.core.events import Mention
from dialogs.core.mentions import kept, spoken
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Draft, Series
from dialogs.core.replies import Facts
from dialogs.core.text import NUMBER_WORDS
from dialogs.reminders.answering_when import asked_with, changed_when
from dialogs.reminders.audience_changes import audience_changed
from dialogs.reminders.draft_changes import changed_words, changes_told
from dialogs.reminders.drafting import begun
from dialogs.reminders.drafting_audience import find
from dialogs.reminders.drafting_cards import OpenQuestion, wrong_when
from dialogs.reminders.drafting_when import retimed
from dialogs.reminders.managing import changing
from dialogs.reminders.series_meant import by_first_name, speaking_of
from dialogs.wording import drafts as words

_WHOM = re.compile(r"(?P<lead>add|remove|to|only to) (?P<who>[^@#].*)", re.IGNORECASE)
_FOR_SO_LONG = re.compile(
    r"for (?:the next |another )?(?P<count>an?|\d{1,2}|[a-z]+|a couple of) "
    r"(?P<unit>day|week|fortnight|month)s?",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 28}
_UNTIL = re.compile(r"(?:until|till|til|to) (?:after )?(?P<day>.+)", re.IGNORECASE)
_ON = re.compile(r"(?:at|on|by|in|from|after|as of|until|till|with) (?P<day>.+)", re.IGNORECASE)


_NO_TEXT = re.compile(r"(?:change|set) it (?:to|as) (?!say|ask)", re.IGNORECASE)
"""So begins a change of anything; of what it says, only where that is told."""


class SeriesChange(NamedTuple):
    """What words change in a series."""

    draft: Draft
    """It, as changed; as it is where there is a problem."""
    problem: OpenQuestion | None = None
    """What is still to be asked about the change."""
    note: str = ""
    """What is said beside it, as Markdown."""
    unused: tuple[tuple[str, str], ...] = ()
    """Words that were said and aren't used, after what became of them."""

    @property
    def good(self) -> bool:
        """Whether it can be saved as it is."""
        return self.problem is None


def draft_of(series: Series, world: World) -> Draft:
    """The draft that changes ``series``: the one that is open, or a new one."""
    before = world.work.draft
    return before if before and before.changes == series.id else changing(series, world)


def changed_by(draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> SeriesChange | None:
    """The change that ``said`` (``naming.bare``, the series as "it") makes; None where it is none that we
    know. What is good goes before what has to be asked about."""
    asking: SeriesChange | None = None
    for way, aside in changes_of_it(said):
        change = _changed(draft, way, named, world)
        if change is not None and aside:
            change = change._replace(unused=left_out(aside, named))
        if change is not None and change.good:
            return change
        asking = asking or change
    return asking


def changed_by_act(
    draft: Draft, said: SeriesSaid, named: tuple[Mention, ...], world: World
) -> SeriesChange | None:
    """The change that pausing, leaving out, ending or resuming it for or from a time comes to; None where
    that is no time."""
    asking: SeriesChange | None = None
    for rest, aside in with_aside(said.rest):
        for way in _as_changes(said.does, rest, world):
            change = _changed(draft, way, named, world)
            if change is not None and change.good:
                note = words.PAUSED_TOO if said.does == "resume" and _is_paused(draft, world) else ""
                note = " ".join(filter(None, (change.note, note)))
                return change._replace(note=note, unused=left_out(aside, named) if aside else ())
            asking = asking or change
    return asking


def change_said(draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> SeriesChange | None:
    """What ``said`` of "it" changes, as a change or as an act for a time; None where that isn't clear."""
    act = asked_of_it(said)
    if act is not None and act.rest:
        return changed_by_act(draft, act, named, world)
    return changed_by(draft, said, named, world)


def unchanged(draft: Draft, said: str, named: tuple[Mention, ...]) -> SeriesChange:
    """What is certainly to be a change, and isn't understood."""
    unknown = ((words.NAMED_UNKNOWN, spoken(kept(said, named))),)
    return SeriesChange(draft, note=words.NAMED_UNCHANGED, unused=unknown)


def shown_change(state: State, series: Series, change: SeriesChange, world: World) -> Decision:
    """The change of ``series`` as a draft, to be saved, with what is different."""
    told = changes_told(series.draft, change.draft, world)
    notes = " ".join(filter(None, (told, change.note)))
    shown = begun(speaking_of(state, series.id, world), change.draft, world, change.problem, notes=notes)
    return beside(shown, change.unused)


def beside(decision: Decision, unused: tuple[tuple[str, str], ...]) -> Decision:
    """``decision`` with the words that it doesn't use (``SeriesChange.unused``) above the rest."""
    if not unused or not decision.replies:
        return decision
    first, *rest = decision.replies
    return replace(decision, replies=(replace(first, blocks=(Facts(unused), *first.blocks)), *rest))


def _as_changes(does: SeriesDoing, rest: str, world: World) -> Iterator[str]:
    """What doing that for ``rest`` is as a correction of when."""
    on = _ON.fullmatch(rest)
    if does in ("pause", "skip"):
        until, long = _UNTIL.fullmatch(rest), _FOR_SO_LONG.fullmatch(rest)
        if until:
            yield f"from {until['day']}"
        if long and (count := _count(long["count"])):
            day = world.now + timedelta(days=count * _DAYS[long["unit"].lower()])
            yield f"from {day.day} {day:%B %Y}"
        yield f"not {rest}"
        yield f"not {on['day']}" if on else f"not on {rest}"
    elif does == "cancel":
        yield f"until {on['day'] if on else rest}"
    else:
        yield f"from {on['day'] if on else rest}"


def _count(said: str) -> int:
    return {"a": 1, "an": 1, "couple": 2, "a couple of": 2}.get(said.lower()) or (
        int(said) if said.isdecimal() else NUMBER_WORDS.get(said.lower(), 0)
    )


def _changed(draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> SeriesChange | None:
    whom, mentioned = _by_name(said, named, world)
    when = changed_when(draft, said, world)
    if when is not None and when.good:
        return SeriesChange(replace(draft, when=when.when, schedule=when.schedule))
    people = audience_changed(draft, whom, mentioned, world)
    if people is not None:
        problem = OpenQuestion("audience", people.problem, problem=True) if people.problem else None
        return SeriesChange(replace(draft, targets=people.targets), problem, people.note)
    if (told := _WHOM.fullmatch(said)) and told["lead"].casefold() == "add":
        return SeriesChange(draft, OpenQuestion("audience", find(told["who"], named, world).problem, True))
    anew = None if _NO_TEXT.match(said) else changed_words(draft, said, named, world)
    if anew is not None:
        return SeriesChange(anew)
    clear = retimed(draft.schedule, said, world) if draft.schedule else None
    if clear is not None and clear.missing and not clear.problems:
        return SeriesChange(replace(draft, when=clear.when, schedule=None))
    if when is not None and (clear is not None or any(question.offers for question in when.problems)):
        return (
            SeriesChange(asked_with(draft, when, named), wrong_when(when.problems, named))
            if when.problems
            else None
        )
    return None


def _by_name(said: str, named: tuple[Mention, ...], world: World) -> tuple[str, tuple[Mention, ...]]:
    """``said`` with somebody whom we know mentioned, where they are added or removed by their name alone."""
    told = _WHOM.fullmatch(said)
    known = by_first_name(told["who"], world) if told else None
    if told is None or known is None:
        return said, named
    token = f"@mention{len(named) + 1}"
    return f"{told['lead']} {token}", (*named, replace(known, token=token))


def left_out(aside: str, named: tuple[Mention, ...]) -> tuple[tuple[str, str], ...]:
    """What was said besides, and is left out (as ``SeriesChange.unused``)."""
    return ((words.NAMED_ASIDE, spoken(kept(aside, named))),)


def _is_paused(draft: Draft, world: World) -> bool:
    return any(
        each.series.id == draft.changes and each.series.step == "paused" for each in world.series or ()
    )
