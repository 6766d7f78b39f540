"""What all results together tell: nothing is shown that, with all shown before, tells of one or two people.

Whatever is said of a group is worked out from sums over its people: of answers, of their squares, of how
many don't know. Who knows such sums of several groups knows every combination of them. If one of these
rests on one or two people alone, it tells of them. So a new group is shown only where, beside all groups
that were shown of the same thing, it makes no such combination possible (``combinations``). It is supposed
that nobody changes their mind, that sums are known exactly, and that everybody knows who answered. The
outcome depends on who answered and not on what, so that it tells nothing by itself.

Two results are of the same thing where the answer to one tells the answer to the other: they have a topic in
common, however long ago the first was shown, as long as it is kept. Topics are tied, and count together,
where what is told of one is made of the others: a factor's score of the answers to its statements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from dialogs.core.result_model import Disclosure, Disclosures, Group
from dialogs.results.combinations import Combinations, ToldGroup

KEPT = timedelta(days=730)
"""Results are kept so long, and count for so long."""


def group(people: Iterable[bytes], figure: float | None = None) -> Group:
    """A group in which each of ``people`` counts the same."""
    return Group(((1, tuple(sorted(people))),), figure)


def average(groups: Mapping[str, Sequence[bytes]], figure: float | None = None) -> Group:
    """The average of several groups, in which each group counts the same; empty ones count for nothing."""
    parts = ((len(people), tuple(sorted(people))) for _, people in sorted(groups.items()) if people)
    return Group(tuple(parts), figure)


def made_of(parts: Iterable[tuple[str, int, Iterable[bytes]]], figure: float | None = None) -> Group:
    """A sum of what people say of several topics.

    ``parts``: (topic, divisor, people), each of whom counts with 1/divisor there.
    """
    kept = [(topic, divisor, tuple(sorted(people))) for topic, divisor, people in parts]
    return Group(
        tuple((divisor, people) for _, divisor, people in kept), figure, tuple(topic for topic, *_ in kept)
    )


def worded(text: str) -> str:
    """A question or statement as a topic names it: case, spaces and punctuation make no difference."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def asked(text: str) -> str:
    """The topic of what people answer to ``text`` on a scale, in a pulse or in a check."""
    return f"asked {worded(text)}"


class Disclosing:
    """What a result may show is found out step by step: each is held against all that was told before."""

    def __init__(self, told: Disclosures, result: str, at: datetime, *, known: bool = True) -> None:
        """``told``: of the result's topics and of all that are tied to them; ``known``: whether it is known
        whose answers the result is of; where not, nothing may be shown."""
        self._told = {
            topic: [told for told in every if told.result != result and at - told.at < KEPT]
            for topic, every in told.items()
        }
        self._result, self.at, self._known = result, at, known
        self._new: dict[str, list[Group]] = defaultdict(list)
        self._combined: dict[frozenset[str], Combinations] = {}
        self.refused = False
        """Whether anything could not be shown."""
        self.unknown = False
        """Whether that is, or may be, since it isn't known of whom this result is, or one before."""

    def allows(self, wanted: Mapping[str, Sequence[Group]]) -> bool:
        """Whether ``wanted`` (topic -> groups) may all be shown; where they may, they count as told."""
        combined = self._beside(wanted)
        self.refused = self.refused or combined is None
        if combined is not None:
            self.tell(wanted)
            self._combined |= combined
        return combined is not None

    def allows_names(self, topics: Iterable[str], people: Iterable[bytes]) -> bool:
        """Whether what each of ``people`` says may be known from now on; where it may, it counts as told.

        It may not where, beside what was told before, it tells of somebody else: of the one who answered
        with them without a name, and now isn't among them.
        """
        singles = [group([person]) for person in people]
        named = dict.fromkeys(topics, singles)
        allowed = all(self._tells_of_none_else(tied, named) for tied in self._tied(named))
        self.refused = self.refused or not allowed
        if allowed:
            self.tell(named)
        return allowed

    def _tells_of_none_else(self, tied: frozenset[str], named: Mapping[str, Sequence[Group]]) -> bool:
        if not self._all_known(tied):
            return False
        before = [*self._groups(tied)]
        return Combinations([*before, *_of(tied, named)]).tells_no_more_than(Combinations(before))

    def tell(self, told: Mapping[str, Sequence[Group]]) -> None:
        """``told`` is known to everybody, whatever becomes of it."""
        for topic, groups in told.items():
            self._new[topic] += groups
        self._combined = {tied: known for tied, known in self._combined.items() if tied.isdisjoint(told)}

    def record(self) -> dict[str, tuple[Disclosure, ...]]:
        """The topics that are told of, with all that is now told of each."""
        ties = defaultdict[str, set[str]](set)
        for topic, groups in self._new.items():
            for made_of in {part for group in groups for part in group.topics}:
                ties[topic].add(made_of)
                ties[made_of].add(topic)
        return {
            topic: (
                *self._told.get(topic, ()),
                Disclosure(
                    self._result, self.at, tuple(self._new.get(topic, ())), tuple(sorted(ties[topic]))
                ),
            )
            for topic in sorted(self._new.keys() | ties.keys())
        }

    def _beside(self, wanted: Mapping[str, Sequence[Group]]) -> dict[frozenset[str], Combinations] | None:
        """What can be worked out with ``wanted``, by topics that are tied; None where it may not be."""
        found: dict[frozenset[str], Combinations] = {}
        for tied in self._tied(wanted):
            if not self._all_known(tied):
                return None
            known = self._combined.get(tied) or Combinations(self._groups(tied))
            after = known.beside(_of(tied, wanted))
            if after is None:
                return None
            found[tied] = after
        return found

    def _all_known(self, tied: Iterable[str]) -> bool:
        """Whether it is known of whom this result is, and everything that was told of these topics."""
        every = (told for topic in tied for told in self._told.get(topic, ()))
        known = self._known and all(told.groups is not None for told in every)
        self.unknown = self.unknown or not known
        return known

    def _groups(self, tied: Iterable[str]) -> Iterator[ToldGroup]:
        for topic in sorted(tied):
            for told in self._told.get(topic, ()):
                yield from ((topic, group) for group in told.groups or ())
            yield from ((topic, group) for group in self._new.get(topic, ()))

    def _tied(self, wanted: Mapping[str, Sequence[Group]]) -> set[frozenset[str]]:
        """The topics of ``wanted``, those together that some group ties, with all that are tied to them."""
        ties: list[set[str]] = [{topic} for topic in wanted]
        for topic, every in self._told.items():
            ties += ({topic, *told.beside} for told in every if told.beside)
        for told in (self._new, wanted):
            ties += ({topic, *group.topics} for topic, groups in told.items() for group in groups)
        tied: list[set[str]] = []
        for tie in ties:
            apart = [each for each in tied if each.isdisjoint(tie)]
            tied = [*apart, tie.union(*(each for each in tied if not each.isdisjoint(tie)))]
        return {frozenset(each) for each in tied if not each.isdisjoint(wanted)}


def _of(tied: Iterable[str], told: Mapping[str, Sequence[Group]]) -> list[ToldGroup]:
    return [(topic, group) for topic in sorted(tied) for group in told.get(topic, ())]
