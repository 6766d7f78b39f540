"""Covers a text with the phrases of the grammar: each token is used by one phrase, or isn't understood.

Of all ways to cover it, the one counts that leaves the fewest tokens over, and of those the one with the
fewest phrases: so a longer phrase wins over its pieces, and a word is never skipped to make another fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import NamedTuple

from dialogs.recurrence.grammar.beside import BESIDE
from dialogs.recurrence.grammar.clock import CLOCK
from dialogs.recurrence.grammar.conditions import CONDITIONS
from dialogs.recurrence.grammar.dates import DATES
from dialogs.recurrence.grammar.excepts import EXCEPTS
from dialogs.recurrence.grammar.parts import (
    DAYS,
    Every,
    JoinPart,
    Later,
    Months,
    PartOfDay,
    Polite,
    TimePart,
    Times,
)
from dialogs.recurrence.grammar.phrases import GrammarPhrase, Said, by_first_word, first_key, found, phrases
from dialogs.recurrence.grammar.prefixes import BEHIND_A_BOUND, PREFIXES, with_prefix
from dialogs.recurrence.grammar.rhythm import RHYTHM
from dialogs.recurrence.grammar.span import SPAN
from dialogs.recurrence.grammar.tokens import tokens

LONGEST = 120
"""Tokens of a text about when."""


def _join(said: Said, now: datetime) -> TimePart:
    return JoinPart(said["join"])


def _polite(said: Said, now: datetime) -> TimePart:
    return Polite()


_BETWEEN = (
    *phrases(
        _join, "<join=and|,|/|plus|also|then|and then|, and|, then|, and then|and also|, also|as well as|-|"
        ", plus|but|repeat|repeating|, repeat|, repeating|and repeat|and again|, and again|, again|again>",
    ),
    *phrases(_polite, "<p=please|thanks|thank you|cheers|.|!|?|…|too|as well|, please|ok"
        "|sharp|on the dot|thereafter|after that|from then on|afterwards"
        "|same time|the same time|at the same time>", "<p:open>", "<p:close>"),
)  # fmt: skip
GRAMMAR: tuple[GrammarPhrase, ...] = (
    *SPAN, *EXCEPTS, *CONDITIONS, *DATES, *BESIDE, *RHYTHM, *CLOCK, *_BETWEEN,
)  # fmt: skip


@cache
def _beginning() -> Mapping[str, Sequence[GrammarPhrase]]:
    return by_first_word(GRAMMAR)


class Use(NamedTuple):
    """A part, and the tokens that say it."""

    part: TimePart
    begin: int
    end: int


class Cover(NamedTuple):
    """What some tokens come to."""

    uses: tuple[Use, ...]
    unknown: tuple[int, ...]
    """Tokens of which nothing was made."""

    @property
    def strong(self) -> bool:
        """Whether this tells of time at all, beyond words that could mean anything."""
        return any(is_strong(use.part) for use in self.uses)


_NOTHING = Cover((), ())


def is_strong(part: TimePart) -> bool:
    """Whether a part tells of time whatever stands around it."""
    if isinstance(part, Months):
        return part.every
    return isinstance(part, (*DAYS, Every, Times, PartOfDay))


class ReadText:
    """A text, and what its tokens may mean."""

    def __init__(self, typed: str, now: datetime, *, bare: bool = False) -> None:
        """``now``: the asker's wall clock; ``bare``: whether a mere number is a time ("make it 10")."""
        self.typed, self.tokens, self.now, self._bare = typed, tokens(typed), now, bare
        self._covers: dict[int, dict[int, tuple[int, int, Cover]]] = {}
        self._spans: dict[int, list[tuple[int, TimePart]]] = {}

    @cached_property
    def _forms(self) -> tuple[str, list[int], dict[int, int]]:
        begins, at = [], 0
        for token in self.tokens:
            begins.append(at)
            at += len(token.form) + 1
        text = "".join(f"{token.form} " for token in self.tokens)
        return text, begins, {begin: number for number, begin in enumerate([*begins, at])}

    def between(self, begin: int, end: int) -> str:
        """What was typed from one token to before another."""
        if begin >= end or begin >= len(self.tokens):
            return ""
        return self.typed[self.tokens[begin].begin : self.tokens[min(end, len(self.tokens)) - 1].end]

    def behind(self, end: int) -> str:
        """What was typed behind the token before ``end``."""
        return self.typed[self.tokens[end - 1].end :]

    def may_begin(self, place: int) -> bool:
        """Whether phrases about when begin with the word at ``place``."""
        return first_key(self.tokens[place].form) in _beginning()

    def cover(self, begin: int, end: int) -> Cover:
        """The best way to read the tokens from ``begin`` to before ``end`` as being about when."""
        best = self._covers.setdefault(end, {end: (0, 0, _NOTHING)})
        for place in range(end - 1, begin - 1, -1):
            if place not in best:
                best[place] = self._best(place, end, best)
        return best[begin][2]

    def _best(self, place: int, end: int, best: dict[int, tuple[int, int, Cover]]) -> tuple[int, int, Cover]:
        lost, count, rest = best[place + 1]
        winner = (lost + 1, count, Cover(rest.uses, (place, *rest.unknown)))
        for until, part in self.parts(place):
            if until > end:
                continue
            lost, count, rest = best[until]
            if (lost, count + 1) < winner[:2]:
                winner = (lost, count + 1, Cover((Use(part, place, until), *rest.uses), rest.unknown))
        return winner

    def parts(self, place: int) -> Sequence[tuple[int, TimePart]]:
        """The phrases that begin at a token, each with where it ends."""
        if place not in self._spans:
            beginning = _beginning()
            grammar = beginning.get(first_key(self.tokens[place].form), beginning[""])
            self._spans[place] = [*self._found(grammar, place), *self._behind_prefix(place)]
        return self._spans[place]

    def _found(self, grammar: Iterable[GrammarPhrase], place: int) -> Iterator[tuple[int, TimePart]]:
        text, begins, numbers = self._forms
        for phrase in grammar:
            match = found(phrase, text, begins[place])
            part = phrase.means(match[1], self.now) if match else None
            if match is None or part is None or match[0] not in numbers:
                continue
            if self._bare or not (isinstance(part, Later) or (isinstance(part, Times) and not part.sure)):
                yield numbers[match[0]], part

    def _behind_prefix(self, place: int) -> Iterator[tuple[int, TimePart]]:
        """A start, an end, an exception or a count, and the phrase for a day behind it."""
        for behind, prefix in self._found(PREFIXES, place):
            if behind == len(self.tokens):
                continue
            for until, part in (*self._found(BEHIND_A_BOUND, behind), *self.parts(behind)):
                whole = with_prefix(prefix, part)
                if whole:
                    yield until, whole
