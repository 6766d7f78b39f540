"""Nothing is shown that tells of one or two people, whatever else was shown: held against brute force."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.core.result_model import Disclosure, Group
from dialogs.results.combinations import Combinations
from dialogs.results.disclosures import Disclosing, average, group, worded
from tests.harness.small import NOW
from tests.results.adversary import told_of


def of(letters: str) -> Group:
    """A group of people named by letters."""
    return group(letter.encode() for letter in letters)


def tells_nothing_new(told: list[Group], more: list[Group]) -> bool:
    """Whether ``more`` may be shown beside what was told."""
    return (
        Combinations(("topic", topic) for topic in told).beside(("topic", topic) for topic in more)
        is not None
    )


def row(of_whom: Group) -> dict[tuple[str, str], float]:
    """The same as the adversary sees it."""
    return {(who.decode(), ""): 1 / divisor for divisor, people in of_whom.parts for who in people}


SHOWN = [
    ("nothing was shown", [], "ABC", True),
    ("too few", [], "AB", False),
    ("the same people again", ["ABCD"], "ABCD", True),
    ("one more", ["ABCD"], "ABCDE", False),
    ("two more", ["ABCD"], "ABCDEF", False),
    ("three more", ["ABCD"], "ABCDEFG", True),
    ("one swapped", ["ABCD"], "ABCE", False),
    ("two swapped are four people", ["ABCD"], "ABEF", True),
    ("one swapped and one more are three", ["ABCD"], "ABCEF", True),
    ("strangers", ["ABCD"], "EFGH", True),
    ("a part and the rest", ["ABCDEF", "ABC"], "DEF", True),
    ("a way round over three groups", ["ABCD", "CDEF"], "ABEFG", True),
    ("three groups that overlap in a ring", ["ABCD", "CDEF"], "ABEF", False),
    ("a fourth that closes it", ["ABC", "DEF", "ABCDEFGHI"], "GHIJ", False),
    ("one who is known already", ["A"], "ABCD", True),
    ("two beside one who is known", ["A"], "ABC", False),
    ("what is told of two already is told again", ["ABCD", "ABCDEF"], "ABCDEF", True),
]  # fmt: skip


@pytest.mark.parametrize(("why", "told", "more", "shown"), SHOWN, ids=[case[0] for case in SHOWN])
def test_what_may_be_shown(why: str, told: list[str], more: str, shown: bool) -> None:
    assert tells_nothing_new([of(letters) for letters in told], [of(more)]) is shown


GROUPS = st.one_of(
    st.sets(st.sampled_from("ABCDEFGH"), min_size=3).map(lambda letters: of("".join(letters))),
    st.tuples(st.sets(st.sampled_from("ABCD"), min_size=1), st.sets(st.sampled_from("EFGH"), min_size=2)).map(
        lambda two: average({str(at): [who.encode() for who in some] for at, some in enumerate(two)})
    ),
)


@settings(max_examples=400)
@given(st.lists(GROUPS, max_size=12))
def test_an_adversary_makes_nothing_of_all_that_was_shown(groups: list[Group]) -> None:
    """And what is withheld would have told of somebody."""
    shown: list[Group] = []
    for candidate in groups:
        tells = told_of([row(each) for each in [*shown, candidate]])
        assert tells_nothing_new(shown, [candidate]) is not bool(tells)
        if not tells:
            shown.append(candidate)


def test_what_it_is_about() -> None:
    assert worded(" How *firm* is it, today?") == worded("how firm is it today") == "how firm is it today"
    assert worded("How firm is it?") != worded("How far is it?")


def disclosing(*told: Disclosure, known: bool = True, result: str = "new") -> Disclosing:
    """A result that is being drawn up."""
    return Disclosing({"topic": told}, result, NOW, known=known)


def test_steps_are_held_against_each_other_and_recorded_once_allowed() -> None:
    now = disclosing(Disclosure("old", NOW, (of("ABCD"),)))
    assert now.allows({"topic": [of("EFG")], "other": [of("ABC")]})
    assert not now.allows({"topic": [of("EFGH")]})
    assert not now.allows({"topic": [of("XYZ")], "other": [of("ABCD")]})
    assert now.refused
    assert {topic: [disclosure.groups for disclosure in every] for topic, every in now.record().items()} == {
        "topic": [(of("ABCD"),), (of("EFG"),)],
        "other": [(of("ABC"),)],
    }


def test_a_result_that_is_drawn_up_again_does_not_stand_in_its_own_way() -> None:
    once = disclosing()
    assert once.allows({"topic": [of("ABCD")]})
    again = disclosing(*once.record()["topic"])
    assert again.allows({"topic": [of("ABCDE")]})
    assert [disclosure.groups for disclosure in again.record()["topic"]] == [(of("ABCDE"),)]


def test_where_it_is_not_known_who_answered_nothing_is_shown() -> None:
    assert not disclosing(known=False).allows({"topic": [of("ABCD")]})
    assert not disclosing(Disclosure("old", NOW, None)).allows({"topic": [of("ABCD")]})
    assert disclosing(Disclosure("old", NOW, None)).allows({"other": [of("ABCD")]})


def test_what_is_no_longer_kept_counts_no_more() -> None:
    past = Disclosure("old", NOW - timedelta(days=730), (of("ABCD"),))
    recent = Disclosure("old", NOW - timedelta(days=729), (of("ABCD"),))
    assert disclosing(past).allows({"topic": [of("ABCDE")]})
    assert not disclosing(recent).allows({"topic": [of("ABCDE")]})


def test_weights_are_exact() -> None:
    """Two averages of averages, which cancel but for one person."""
    parts = {"x": [b"A", b"B", b"C"], "y": [b"D", b"E", b"F", b"G", b"H", b"I", b"J"]}
    whole = average(parts)
    assert sum(Fraction(len(people), divisor) for divisor, people in whole.parts) == 2
    assert tells_nothing_new([whole], [group(parts["x"])])
    assert not tells_nothing_new([whole, group(parts["x"])], [group([*parts["y"], b"K"])])
