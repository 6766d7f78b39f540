"""Words behind the text that belong to the when: "… to brief members until 31 March"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dialogs.recurrence.grammar import parts as p
from dialogs.recurrence.grammar.reading import Cover, ReadText

LONGEST_TAIL = 60
BOUND = frozenset(
    ("by", "before", "after", "for", "on", "at", "in", "of", "the", "a", "an", "this", "that", "next", "last",
     "every", "due", "until", "from", "to", "since", "till", "than", "ends", "starts", "begins", "expires")
)  # fmt: skip
"""Words that bind what follows them to the text before: "by Friday" is a deadline, no schedule."""
OF_THE_TEXT = frozenset(("for", "ends", "starts", "begins"))
"""Words that begin no when behind a text: "book the room for Friday", "before it ends on 31 March"."""
_ENDS = (p.End, p.Endless, p.Start, p.Lasts, p.Count, p.Except, p.Within, p.JoinPart, p.Polite)
_WORKS_ALONE = (p.Times, p.PartOfDay, p.Vague, p.JoinPart, p.Polite)


def tail_of(said: ReadText, what: int, head: Cover) -> int | None:
    """Where the words behind the text begin that can only be about when; None where there are none."""
    allowed, longest = _allowed(head), True
    for begin in complete(said, what + 1) if allowed else ():
        # What begins within a longer phrase about when has to be set off: "… before Monday, not in August".
        apart = longest or said.tokens[begin - 1].form in (",", "but", "-")
        longest = False
        if apart and _is_tail(said.cover(begin, len(said.tokens)), allowed):
            days = any(isinstance(use.part, p.DAYS) for use in said.cover(begin, len(said.tokens)).uses)
            bound = said.tokens[begin - 1].form in BOUND or said.tokens[begin].form in OF_THE_TEXT
            return None if days and bound else begin
    return None


def complete(said: ReadText, first: int) -> Iterator[int]:
    """From where to its end the text can be all about when, the longest first."""
    count = len(said.tokens)
    for begin in range(max(first, count - LONGEST_TAIL), count):
        cover = said.cover(begin, count)
        if not cover.unknown and not isinstance(cover.uses[0].part, p.JoinPart | p.Polite):
            yield begin


def _allowed(cover: Cover) -> tuple[type, ...]:
    """What may stand behind the text, given what stands in front of it."""
    said = {type(use.part) for use in cover.uses}
    timed = said & {p.Times, p.Vague, p.Moment}
    if timed and not said & {p.Every, p.Moment, p.Start, p.Within, *p.DAYS}:
        # "At 9 to submit timesheets every Thursday": the day is still to come.
        return (p.Every, *p.DAYS, *_ENDS)
    if not timed:
        return (*_WORKS_ALONE, *_ENDS) if _recurs(cover) else _WORKS_ALONE
    return _ENDS if _recurs(cover) else ()


def _recurs(cover: Cover) -> bool:
    return any(
        isinstance(use.part, p.Every | p.Of | p.Edge) or getattr(use.part, "every", False)
        for use in cover.uses
    )


def _is_tail(tail: Cover, allowed: tuple[type, ...]) -> bool:
    parts = [use.part for use in tail.uses]
    whole_year = any(
        isinstance(part, p.Within) and (part.first, part.last) == _year(part.first.year) for part in parts
    )
    fitting = all(isinstance(part, allowed) or _is_left_out(part, allowed) for part in parts)
    return fitting and not whole_year and not all(isinstance(part, p.Polite) for part in parts)


def _is_left_out(part: p.TimePart, allowed: tuple[type, ...]) -> bool:
    """Whether it says "except on bank holidays" of what may have exceptions."""
    return p.Except in allowed and isinstance(part, p.Conditions) and part.off_days == "skip"


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
