"""An answer to what is asked about a draft's when: joined to the words that are there already.

What was said before stays unless the same is told anew: a day takes the place of a day, a time that of the
time which is asked about. Only what names a day or a rhythm is ever read alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from dialogs.core.events import Mention
from dialogs.core.mentions import kept
from dialogs.core.model import World
from dialogs.core.reminder_model import Draft
from dialogs.core.text import words as words_of
from dialogs.recurrence.contrast import without_manners
from dialogs.recurrence.making import Question
from dialogs.recurrence.sentence import Used, UseRole, understand
from dialogs.reminders.drafting_when import (
    BARE_TIME,
    LONGEST,
    Read,
    beyond_usual,
    corrected,
    read,
    tells_when,
    zone_of,
)
from dialogs.wording.dates import long_date

_DAYS: set[UseRole] = {"days", "how often"}
_LIMITS: set[UseRole] = {"start", "end", "exception"}
_BESIDE: set[UseRole] = {*_LIMITS, "condition", "joining"}
"""What an answer may tell beside what it was asked."""
_BEGIN_LIMITS = ("until", "till", "unless", "except", "excluding", "only", "not", "from", "starting")
_AS_ONE: dict[UseRole, UseRole] = {"days": "how often"}
"""What is said anew along with it."""
_ANY_TIME = "12:00"
"""In the place of the time that isn't known yet, while days are changed."""


def answered(draft: Draft, said: str, world: World) -> Read | None:
    """The draft's when with what ``said`` adds to it, or in its place; None where that is nothing."""
    said = without_manners(said)
    alone, told = read(said, world), _roles(said, world)
    tells = bool(alone.good or alone.problems or tells_when(said, world))
    if not draft.when:
        return alone if tells else None
    before = read(draft.when, world)
    at = f"at {said}" if BARE_TIME.fullmatch(said) else said  # a bare number is a time, whatever is asked
    ways = _to_asked if before.problems else _to_missing
    joined = tuple(filter(None, ways(draft.when, before, at, world)))
    found = next((way for way in joined if _is_clear(way, world)), None)
    understood = told - {"joining"} and (asks_back(alone) or not alone.problems)
    if understood and not found and not told & _DAYS:
        return joined[0]  # what is wrong with it there
    return found or (alone if tells else None)


def changed_when(draft: Draft, said: str, world: World) -> Read | None:
    """The draft's when with what ``said`` changes in it; None where it changes nothing that we know of.

    The only way from a correction to the reading of dates.
    """
    if draft.schedule is None:
        return answered(draft, said, world)
    found = corrected(draft.schedule, said, world)
    number = BARE_TIME.search(said)
    if (found is None or not found.good) and number and not tells_when(said, world):
        # "Make it 10": of a thing that has a time already, a bare number is one.
        timed = corrected(draft.schedule, f"{said[: number.start()]}at {said[number.start() :]}", world)
        found = timed if timed and timed.good else found
    return found


def offered(draft: Draft, said: str, world: World) -> Read:
    """The draft's when with an answer that was offered: the whole, or a correction of what it has."""
    if draft.schedule:
        return changed_when(draft, said, world) or read(said, world)
    before = read(draft.when, world)
    whole = any(
        said == offer.when for question in before.problems + before.missing for offer in question.offers
    )
    return read(said, world) if whole else answered(draft, said, world) or read(said, world)


def without_left_out(draft: Draft, said: str, world: World) -> Draft:
    """The draft without what it left out, where ``said`` tells as much, or half of its words again."""
    told, before = (
        {_AS_ONE.get(role, role) for role in _roles(each, world)} for each in (said, draft.left_out)
    )
    known, again = before - {"joining", "not understood"}, set(words_of(draft.left_out))
    # Of what nothing was understood, an answer to what is still open is the answer.
    as_much = known <= told if known else draft.schedule is None
    if as_much or 2 * len(again & {*words_of(said)}) >= len(again):
        return replace(draft, left_out="")
    return draft


def asked_with(draft: Draft, found: Read, named: tuple[Mention, ...] = ()) -> Draft:
    """The draft with the words that answers are offered to, for whatever is said next to be joined to."""
    joined = draft.schedule is None and found.when and asks_back(found)
    return replace(draft, when=kept(found.when, named)) if joined else draft


def asks_back(found: Read) -> bool:
    """Whether answers are offered to all that is wrong with it."""
    return bool(found.problems) and all(question.offers for question in found.problems)


def _is_clear(found: Read, world: World) -> bool:
    """Whether all of it is understood, be it that something is asked, to which an answer is offered."""
    if not asks_back(found):
        return not found.problems
    ways = (read(offer.when, world) for question in found.problems for offer in question.offers)
    return any(_is_clear(way, world) for way in ways)


def _to_asked(when: str, before: Read, said: str, world: World) -> Iterator[Read | None]:
    """What ``when`` comes to with ``said``, where something in it is asked about."""
    for question in before.problems:
        yield _in_its_place(question, said, world)
    yield _whichever(before.problems, said, world)
    yield _untimed(when, before, said, world)
    if _roles(said, world) <= _BESIDE:
        yield read(f"{when} {said}", world)
    yield read(_laid_over(when, said, world), world)
    if _roles(said, world) & _DAYS:
        yield read(_laid_over(when, said, world, understood=True), world)


def _to_missing(when: str, before: Read, said: str, world: World) -> Iterator[Read | None]:
    """What ``when`` comes to with ``said``, where its day or time isn't told yet.

    What is still missing is asked for next; what was said before stays.
    """
    asks_time = [question.about for question in before.missing] == ["time"]
    only_time = _roles(said, world) <= {"time", "joining"}
    more = (f"{when} {said}", f"{when} at {said}") if asks_time or only_time else (f"{said} {when}",)
    ways = [read(way, world) for way in (*more, _laid_over(when, said, world))]
    yield from (way for way in ways if way.good)
    if asks_time and not only_time:
        yield _untimed(when, before, said, world)
    yield from (way for way in ways if not way.problems)
    yield from ways


def _in_its_place(question: Question, said: str, world: World) -> Read | None:
    """The words with ``said`` where ``question`` asks; None where that tells something else, or more days."""
    ways = [offer.when.split() for offer in question.offers]
    if len(ways) < 2:
        return None
    first, begin, behind = ways[0], _alike(ways), _alike([way[::-1] for way in ways])
    begin -= first[begin - 1 : begin] == ["at"]
    end = len(first) - behind
    asked, used = _roles(" ".join(first[begin:end]), world), _used(said, world)
    told = {use.role for use in used}
    if not asked or asked - told or told - asked - _BESIDE:
        return None
    answer = (use.words for use in used if use.role in asked)
    beside = (use.words for use in used if use.role not in asked)
    return read(" ".join((*first[:begin], *answer, *first[end:], *beside)), world)


def _alike(ways: Sequence[Sequence[str]]) -> int:
    """How many words they begin with alike."""
    return next((at for at, words in enumerate(zip(*ways, strict=False)) if len({*words}) > 1), 0)


def _whichever(questions: Iterable[Question], said: str, world: World) -> Read | None:
    """What ``said`` corrects, where it comes to the same whichever of the answers offered was meant."""
    meant = [read(offer.when, world).schedule for question in questions for offer in question.offers]
    changed = [corrected(schedule, said, world) if schedule else None for schedule in meant]
    times = {len({line.start.time() for line in schedule.lines}) for schedule in meant if schedule}
    same = bool(changed) and all(each == changed[0] for each in changed)
    told = _roles(said, world)
    return changed[0] if same and (times == {1} or told & _DAYS or "time" not in told) else None


def _untimed(when: str, before: Read, said: str, world: World) -> Read | None:
    """What ``said`` changes in ``when``, whose time isn't known yet; None where it changes nothing.

    Meanwhile another time stands in its place: one that is offered, or any.
    """
    there = [use.words for use in _used(when, world) if use.role == "time"]
    meant = (offer.when for question in before.problems for offer in question.offers)
    timed = read(next(meant, f"{when} at {_ANY_TIME}"), world).schedule
    changed = corrected(timed, said, world) if timed and len(there) < 2 else None
    if timed is None or changed is None or any(question.offers for question in changed.problems):
        return changed
    if changed.schedule is None:
        return None
    first = changed.when.split(", ")[0]
    days = first.replace(f" at {timed.start:%H:%M}", f" {there[0]}" if there else "")
    if days == first:
        return None
    usual, start = read(first, world).schedule, changed.schedule.start
    begins = [f"starting {long_date(start)}"] if usual and usual.start.date() < start.date() else []
    beyond = (*begins, *beyond_usual(changed.schedule, world))
    return read(", ".join((f"{days[:1].lower()}{days[1:]}", *beyond)), world)


def _used(said: str, world: World) -> tuple[Used, ...]:
    return understand(said[:LONGEST], world.now, zone_of(world), when_only=True).used


def _roles(said: str, world: World) -> set[UseRole]:
    """What the words ``said`` tell of when."""
    return {use.role for use in _used(said, world)}


def _laid_over(when: str, said: str, world: World, *, understood: bool = False) -> str:
    """The words ``when`` with what ``said`` tells in the place of theirs. ``understood``: without those that
    weren't understood."""
    before = _used(when, world)
    told = {_AS_ONE.get(role, role) for role in _roles(said, world)} | {"joining"}
    told |= {"not understood"} if understood else set()
    before = _without_limit(before) if told & _LIMITS else before
    left = (use.words for use in before if _AS_ONE.get(use.role, use.role) not in told)
    return " ".join((said, *left))


def _without_limit(used: Sequence[Used]) -> tuple[Used, ...]:
    """``used`` without an end or exception that was asked about: "until we go live", "over Christmas"."""
    left, within = list[Used](), False
    for use in used:
        asked = use.role == "not understood"
        within = asked and (within or " " in use.words or use.words.lower() in _BEGIN_LIMITS)
        left += [] if within else [use]
    return tuple(left)
