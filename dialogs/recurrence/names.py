"""Where the names of those whom a sentence is for end: none takes words of time into itself."""

from __future__ import annotations

import re

from dialogs.recurrence.grammar.reading import ReadText, is_strong
from dialogs.recurrence.grammar.tokens import OPAQUE, Token

_MENTION = re.compile(r"[@#]mention\d+")
ME = frozenset(("me", "myself"))
_AND = frozenset((",", "and", "plus"))
_FROM_WHICH = frozenset(("before", "after", "following", "from", "until", "by", "since", "every"))
_ENDS_NO_NAME = frozenset(
    ("please", "on", "at", "in", "or", "than", "around", "about", "least", "most", "later", "earlier", "no")
)
_COUNTS = frozenset(
    ("minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "fortnight", "month", "months",
     "working", "business", "clear", "a", "an", "the", "half", "couple", "few", "of")
)  # fmt: skip


def names_end(said: ReadText) -> int:
    """Behind people whose names can't go on: "me", "@asha and #board"; 0 where words of a list may follow."""
    place = 0
    while place < len(said.tokens) and said.tokens[place].form in (*ME, OPAQUE):
        end = place + 1
        place = end
        while place < len(said.tokens) and said.tokens[place].form in _AND:
            place += 1
        if place == len(said.tokens) or said.tokens[place].form not in (*ME, OPAQUE):
            # "@asha Smith", "me and the board".
            alpha = end < len(said.tokens) and said.tokens[end].form.isalpha()
            surname = alpha and _may_go_on(said.tokens[end - 1]) and not said.may_begin(end)
            return 0 if place > end or surname else end
    return 0


def _may_go_on(token: Token) -> bool:
    """Whether a surname may follow: not to whom the platform told us of, whose name is known."""
    return token.form == OPAQUE and _MENTION.fullmatch(token.text) is None


def counted_from(said: ReadText, begin: int) -> int:
    """Where words begin that no name ends with: "members | 7 days before | the first Thursday"."""
    for place in range(1, begin):
        if said.tokens[place].form not in _FROM_WHICH:
            continue
        first = place
        while first > 1 and _counts(said.tokens[first - 1].form):
            first -= 1
        if first < place or place == begin - 1:
            return first
    while begin > 1 and said.tokens[begin - 1].form in _ENDS_NO_NAME:
        begin -= 1
    return begin


def _counts(form: str) -> bool:
    return form in _COUNTS or form.isdecimal()


def name_before_when(said: ReadText) -> int:
    """Where the name of a list ends: where the first words begin that are about when."""
    count = len(said.tokens)
    found = (begin for begin in range(1, count) if any(is_strong(part) for _, part in said.parts(begin)))
    return next(found, 0)
