"""Tells apart who, when and what of a sentence: they come in any of the orders in which people say them.

remind @asha every Monday at 9 to email the report by Friday
remind @asha to email the report by Friday every Monday at 9
every Monday at 9 remind @asha to email the report by Friday
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dialogs.recurrence.grammar import parts as p
from dialogs.recurrence.grammar.phrases import MONTHS, WEEKDAYS
from dialogs.recurrence.grammar.reading import LONGEST, Cover, ReadText, is_strong
from dialogs.recurrence.names import counted_from, name_before_when, names_end
from dialogs.recurrence.strands import gather
from dialogs.recurrence.tails import (
    BOUND,
    DEADLINE,
    LONGEST_TAIL,
    OF_THE_TEXT,
    SET_OFF,
    complete,
    limit_of,
    tail_of,
)

_LINKS = {
    "remind": ("to", "that", "about", "of", ":"),
    "pulse": ("on", "about", "asking", ":"),
    "when": ("to", "that", "about", ":"),
}
_NOT_BEHIND_TO = (
    frozenset(["noon", "midnight", "the", "their", "every", "next", "previous"]) | set(MONTHS) | set(WEEKDAYS)
)
"""Words before which "to" is within the when: "Monday to Friday", "moved to the next working day"."""
_NONE = Cover((), ())
_LINKS_TRIED = 8
_STARTS_WHEN = frozenset(("every", "at", "on"))
_BEGINS_ANEW = frozenset(("on", "today", "tomorrow"))
"""Words that begin no second day of a deadline."""
_OF_MONTH = (p.Ranked, p.MonthDays, p.WorkingDays, p.BeforeDay)
"""Days that are of a month: "the first Monday of May"."""
NO_TEXT = BOUND | {
    "unless", "if", "when", "except", "excluding", "not", "skip", "pause", "during", "without", "only",
    "just", "asking", "and", "or", "but", "whenever", "as", "once", "while", "because", "maybe", "please",
}  # fmt: skip
"""Words that begin no text that nothing leads to."""
Range = tuple[int, int]


class Divided(NamedTuple):
    """Where the parts of a sentence stand, in tokens."""

    who: Range
    what: Range
    ranges: tuple[Range, ...]
    """Where it is about when: in front of the text, behind it, or both."""
    cover: Cover
    """What it says about when."""
    links: tuple[int, ...] = ()
    """The words that lead from one part to the next, as "to"."""

    def when(self, said: ReadText) -> str:
        """The words about when, as typed."""
        return " ".join(said.between(*span) for span in self.ranges)


def all_when(said: ReadText) -> Divided:
    """For a sentence that names nobody: all is about when, up to what it may be about."""
    end = min(len(said.tokens), LONGEST)
    whole = said.cover(0, end)
    for place in () if not whole.unknown else _links(said, "when", 0):
        head = said.cover(0, place)
        if head.strong and not head.unknown:
            return _with_tail(said, (0, 0), (0, place), place + 1, head)
    return Divided((0, 0), (end, end), ((0, end),) if end else (), whole)


def divided(said: ReadText, kind: str, *, begun: bool) -> Divided:
    """Who, when and what of a sentence whose verb stood in front of it (``begun``), or stands within it."""
    if not begun:
        verb = next(
            (place for place, token in enumerate(said.tokens[:LONGEST]) if token.form == "remind"), None
        )
        head = _before_verb(said, verb) if verb is not None else None
        if verb is not None and head:
            return _when_first(said, verb, head)
    links = list(_links(said, kind, 0))
    run_on = _run_on(said) if kind == "remind" and begun and not links else None
    if run_on is not None:
        return run_on
    count = len(said.tokens)
    best: Divided | None = None
    # No list or channel has "to" in its name, but many have "on".
    limit = links[0] if links and kind == "remind" else count
    if limit < count and said.tokens[limit].form == "of" and not names_end(said):
        # "Friends of the Museum on Tuesday at 9 to meet".
        leads = (place for place in links if said.tokens[place].form in ("to", ":"))
        limit = next((place for place in leads if _is_named_before(said, place)), limit)
    for place in (count, *reversed(links[:_LINKS_TRIED])):
        begin = _begins(said, place, limit)
        if begin is None:
            continue
        # "… at 9 not to park there": the "not" belongs to the text.
        negated = begin < place - 1 and place < count and said.tokens[place - 1].form == "not"
        end, what = (place - 1, place - 1) if negated else (place, place + 1)
        cover = said.cover(begin, end)
        found = _with_tail(said, (0, begin), (begin, end), what, cover)
        if not cover.unknown:
            return found
        if best is None or len(cover.unknown) <= len(best.cover.unknown):
            best = found
    return _when_last(said, links) or best or _untimed(said, links)


def _links(said: ReadText, kind: str, begin: int) -> Iterator[int]:
    for place, token in enumerate(said.tokens[: LONGEST * 2]):
        following = said.tokens[place + 1].form if place + 1 < len(said.tokens) else ""
        within = token.form == "to" and (following in _NOT_BEHIND_TO or following[:1].isdecimal())
        within = within or (token.form == "of" and _of_a_day(said, place))
        if place >= begin and token.form in _LINKS[kind] and not within:
            yield place


def _of_a_day(said: ReadText, place: int) -> bool:
    """Whether an "of" goes on with a day: "the first Monday | of each month"."""
    return bool(said.parts(place)) and any(
        until > place or (until == place and (isinstance(part, _OF_MONTH) or getattr(part, "weeks", 0)))
        for begin in range(max(0, place - 6), place)
        for until, part in said.parts(begin)
    )


def _begins(said: ReadText, end: int, limit: int) -> int | None:
    """Where the words about when begin that end before ``end``: the first place from which all is explained,
    else the first from which most is."""
    named = names_end(said)
    places = range(max(named, end - LONGEST), min(limit, end))
    rough = named if 0 < named < min(limit, end) else None
    for begin in places:
        cover = said.cover(begin, end)
        if not cover.uses or cover.uses[0].begin != begin or not cover.strong:
            continue
        if isinstance(cover.uses[0].part, p.JoinPart | p.Polite):
            continue
        if not cover.unknown:
            if named:
                return named
            # In "every Monday at 9 and @asha every Friday at 9" that would make a name of a schedule.
            schedule = rough is not None and _starts_when(said.tokens[rough].form)
            return rough if schedule else counted_from(said, begin)
        if rough is None and _is_about_when(cover):
            rough = begin
    return counted_from(said, rough) if rough else rough


def _starts_when(form: str) -> bool:
    return form in _STARTS_WHEN or form[0].isdecimal()


def _is_named_before(said: ReadText, link: int) -> bool:
    """Whether in front of a link stand a name, without words of time, and a when."""
    begin = _begins(said, link, link)
    return bool(begin) and not any(
        is_strong(part) for place in range(begin or 0) for _, part in said.parts(place)
    )


def _is_about_when(cover: Cover) -> bool:
    """Whether the words at its beginning tell of time, so that those behind them should too."""
    return isinstance(cover.uses[0].part, (*p.DAYS, p.Every, p.Times, p.PartOfDay, p.Fault))


def _before_verb(said: ReadText, verb: int) -> Range | None:
    """For "every Monday at 9 remind …": the words in front of the verb, where all of them are about when."""
    end = verb
    while end and said.tokens[end - 1].form in (":", ",", "please", "-"):
        end -= 1
    cover = said.cover(0, end)
    return (0, end) if end and cover.strong and not cover.unknown else None


def _when_first(said: ReadText, verb: int, head: Range) -> Divided:
    link = next((place for place in _links(said, "remind", verb + 1)), len(said.tokens))
    found = _with_tail(said, (verb + 1, link), head, link + 1, said.cover(*head))
    return found._replace(links=(*range(head[1], verb + 1), *found.links))


def _with_tail(said: ReadText, who: Range, when: Range, what: int, cover: Cover) -> Divided:
    """With the words behind the text that belong to the when: "… to brief members until 31 March"."""
    count = len(said.tokens)
    links = (what - 1,) if when[1] < what <= count and when[1] < count else ()
    text = (min(what, count), count)
    begin = None if cover.unknown else tail_of(said, what, cover)
    if begin is None:
        return Divided(who, text, (when,), cover, links)
    tail = said.cover(begin, count)
    end = begin
    while end > what and said.tokens[end - 1].form in SET_OFF:
        end -= 1
    both = Cover((*cover.uses, *tail.uses), tail.unknown)
    return Divided(who, (what, end), (when, (begin, count)), both, (*links, *range(end, begin)))


def _when_last(said: ReadText, links: Iterable[int]) -> Divided | None:
    """For "remind @asha to call the leader every Monday at 9": the when behind the what."""
    place = next(iter(links), None)
    if place is None:
        return None
    count = len(said.tokens)
    # Behind an end that nobody here knows, "until we go live", all is asked about.
    ends = (count, limit_of(said, place + 2))
    found = next(filter(None, ([*_last_begins(said, place, end)] for end in ends if end)), None)
    if not found:
        return None
    # The longest that is without fault: in "to meet at 10 every Monday at 9", 10 belongs to the text.
    begin = next((begin for faulty, begin in found if not faulty), found[0][1])
    end = begin
    while end > place + 2 and said.tokens[end - 1].form in (",", "-"):
        end -= 1
    links = (place, *range(end, begin))
    return Divided((0, place), (place + 1, end), ((begin, count),), said.cover(begin, count), links)


def _last_begins(said: ReadText, place: int, end: int) -> Iterator[tuple[bool, int]]:
    """Where a when may begin that goes on to ``end``, each with whether something is wrong with it."""
    for begin in complete(said, place + 2, end):
        cover = said.cover(begin, end)
        bound = said.tokens[begin - 1].form in BOUND or said.tokens[begin].form in OF_THE_TEXT | DEADLINE
        # "To ring the school at 3pm" says enough: today.
        alone = said.tokens[begin].form == "at" and isinstance(cover.uses[0].part, p.Times)
        if bound or not (alone or _names_day(said, begin, end)) or _in_deadline(said, place, begin, cover):
            continue
        # What can't be done as it is said, "not over Easter", is wrong wherever the when begins.
        said_wrong = any(isinstance(use.part, p.Fault) for use in cover.uses)
        yield not said_wrong and bool(gather(cover, said.now).faults), begin


def _run_on(said: ReadText) -> Divided | None:
    """For "remind me tomorrow 8.45 chase the pack", or "remind @asha chase the pack tomorrow 8.45": a text
    that nothing leads to, where it is plain whom it is for."""
    count = len(said.tokens)
    who = names_end(said) or name_before_when(said)
    if not who or who == count:
        return None
    what = min(said.cover(who, count).unknown, default=count)
    end = _without_signs(said, what)
    head, rest = said.cover(who, end), said.tokens[what:]
    if head.strong and not head.unknown:
        named = len(rest) > 1 and rest[0].form not in NO_TEXT and rest[0].form.isalpha()
        if not named or said.cover(what + 1, count).strong:
            return None
        return Divided((0, who), (what, count), ((who, end),), head, tuple(range(end, what)))
    if not names_end(said):
        return None
    begin = next((begin for begin in complete(said, who + 2) if _names_day(said, begin, count)), None)
    if begin is None or said.tokens[begin - 1].form in BOUND or said.tokens[who].form in NO_TEXT:
        return None
    end, cover = _without_signs(said, begin), said.cover(begin, count)
    return Divided((0, who), (who, end), ((begin, count),), cover, tuple(range(end, begin)))


def _without_signs(said: ReadText, end: int) -> int:
    while end > 1 and said.tokens[end - 1].form in (",", "-", "."):
        end -= 1
    return end


def _names_day(said: ReadText, begin: int, end: int) -> bool:
    return any(
        isinstance(use.part, (*p.DAYS, p.Every)) or getattr(use.part, "this_day", False)
        for use in said.cover(begin, end).uses
    )


def _in_deadline(said: ReadText, first: int, begin: int, cover: Cover) -> bool:
    """Whether what begins at ``begin`` goes on with a deadline: "by 5pm | on Thursday, every Tuesday"."""
    if getattr(cover.uses[0].part, "every", False) or isinstance(cover.uses[0].part, p.Every):
        return False
    apart = said.tokens[begin - 1].form in (",", "-") or said.tokens[begin].form in _BEGINS_ANEW
    for place in range(max(first, begin - LONGEST_TAIL), begin - 1):
        due = said.cover(place + 1, begin)
        # "By 4 December, on 2 December": a deadline with its day has no other.
        over = apart and any(isinstance(use.part, p.DAYS) for use in due.uses)
        if said.tokens[place].form in DEADLINE and not due.unknown and not over:
            return True
    return False


def _untimed(said: ReadText, links: list[int]) -> Divided:
    count = len(said.tokens)
    place = links[0] if links else count
    return Divided((0, place), (min(place + 1, count), count), (), _NONE, (place,) if links else ())
