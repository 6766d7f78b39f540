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
SET_OFF = frozenset((",", "but", "-", "(", "and", "only", "just"))
"""What stands between a text and the words behind it."""
DEADLINE = frozenset(("by", "before", "after", "due", "until", "from", "since"))
"""Words that begin a deadline, which may be several parts long: "by 5pm on Thursday"."""
_FURTHER = frozenset(("and", "then", "again", "repeat", "repeating", "only", "just"))
"""Words before further days, or before those that it is confined to."""
_LIMITS = (("until",), ("unless",), ("only", "if"), ("only", "when"))
"""How what may be an end or an exception begins, whatever follows."""
_LEAVING_OUT = (
    ("except",), ("excepting",), ("excluding",), ("apart", "from"), ("other", "than"), ("save", "for"),
    ("with", "the", "exception", "of"), ("skipping",), ("pausing",),
)  # fmt: skip
"""How what may be an exception begins, where a time follows: "tell all except Bob" has none."""
_TIMES = frozenset(("when", "whenever", "if", "while", "during", "in", "on", "over"))
_ENDS = (p.End, p.Endless, p.Start, p.Lasts, p.Count, p.Except, p.Within, p.Fault, p.JoinPart, p.Polite)
_WORKS_ALONE = (p.Times, p.PartOfDay, p.Vague, p.JoinPart, p.Polite)


def tail_of(said: ReadText, what: int, head: Cover) -> int | None:
    """Where the words behind the text begin that are about when, be it that they can only be asked about;
    None where there are none."""
    known, limit = _known(said, what, head), limit_of(said, what) if recurs(head) else None
    if known is None:
        return _remark(said, what) if limit is None and recurs(head) else limit
    if limit is None:
        return known
    # "Until the contract | ends in June 2027" is one end, which nobody here knows.
    return limit if limit < known and said.tokens[known].form in OF_THE_TEXT else known


def _known(said: ReadText, what: int, head: Cover) -> int | None:
    """Where those begin of which every word is understood."""
    allowed, longest = _allowed(head), True
    for begin in complete(said, what + 1):
        before, cover = said.tokens[begin - 1].form, said.cover(begin, len(said.tokens))
        if longest and (before in _FURTHER or said.tokens[begin].form in _FURTHER) and _goes_on(cover, head):
            return begin - (before in _FURTHER)
        # What begins within a longer phrase about when has to be set off: "… before Monday, not in August".
        apart = longest or before in SET_OFF
        longest = False
        if apart and _is_tail(cover, allowed):
            bound = _is_bound(said, begin)
            if bound and any(isinstance(use.part, p.DAYS) for use in cover.uses):
                return None
            if not bound or not any(isinstance(use.part, p.Fault) for use in cover.uses):
                return begin
    return None


def _is_bound(said: ReadText, begin: int) -> bool:
    """Whether days that begin there belong to the text before them: "for | Monday", "before Monday"."""
    before, form = said.tokens[begin - 1].form, said.tokens[begin].form
    return before in BOUND or form in OF_THE_TEXT or (form in DEADLINE and before not in SET_OFF)


def _goes_on(tail: Cover, head: Cover) -> bool:
    """Whether it names further days beside those there are: "and every Thursday at 2pm"."""
    return all(any(isinstance(use.part, (*p.DAYS, p.Every)) for use in cover.uses) for cover in (tail, head))


def limit_of(said: ReadText, what: int) -> int | None:
    """Where an end or an exception begins that isn't understood: "until we go live"."""
    forms = tuple(token.form for token in said.tokens)
    for begin in range(what + 1, len(forms) - 1):
        if forms[-1][0].isdecimal() and begin + 2 == len(forms):
            continue  # "she's in until 10": a time of day
        if any(forms[begin : begin + len(words)] == words for words in _LIMITS):
            return begin
        behind = next(
            (begin + len(words) for words in _LEAVING_OUT if forms[begin : begin + len(words)] == words), 0
        )
        if forms[begin] == "not" and forms[begin - 1] in SET_OFF:
            behind = begin + 1
        if 0 < behind < len(forms) and (forms[behind] in _TIMES or said.cover(behind, len(forms)).strong):
            return begin
    return None


def _remark(said: ReadText, what: int) -> int | None:
    """Where words begin that are set off and mostly tell of times: ", Thursdays in December"."""
    count = len(said.tokens)
    for begin in range(max(what + 1, count - LONGEST_TAIL), count):
        before, form = said.tokens[begin - 1].form, said.tokens[begin].form
        if before in SET_OFF - {"and"} and form not in SET_OFF | DEADLINE:
            cover = said.cover(begin, count)
            tells = any(isinstance(use.part, (*p.DAYS, p.Every, p.Times, p.Fault)) for use in cover.uses)
            if tells and 2 * len(cover.unknown) <= count - begin:
                return begin
    return None


def complete(said: ReadText, first: int, end: int | None = None) -> Iterator[int]:
    """From where to its end, or to ``end``, the text can be all about when, the longest first."""
    count = len(said.tokens) if end is None else end
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
        return (p.Every, p.Of, *p.DAYS, *_ENDS)
    if not timed:
        return (*_WORKS_ALONE, *_ENDS) if recurs(cover) else _WORKS_ALONE
    return _ENDS if recurs(cover) else ()


def recurs(cover: Cover) -> bool:
    return any(
        isinstance(use.part, p.Every | p.Of | p.Edge) or getattr(use.part, "every", False)
        for use in cover.uses
    )


def _is_tail(tail: Cover, allowed: tuple[type, ...]) -> bool:
    parts = [use.part for use in tail.uses]
    whole_year = any(
        isinstance(part, p.Within) and (part.first, part.last) == _year(part.first.year) for part in parts
    )
    fitting = all(isinstance(part, allowed) or _is_of_days_off(part, allowed) for part in parts)
    return fitting and not whole_year and not all(isinstance(part, p.Polite) for part in parts)


def _is_of_days_off(part: p.TimePart, allowed: tuple[type, ...]) -> bool:
    """Whether it says "except on bank holidays", or to where those are moved, of what may have exceptions."""
    return p.Except in allowed and isinstance(part, p.Conditions) and part.off_days is not None


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
