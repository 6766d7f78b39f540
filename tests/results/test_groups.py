"""Which organisations may be shown, and what is said in place of counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.results.small_groups import named_most, number, share, showable, spread

SHOWN = [
    ("all are large enough", {"a": 9, "b": 3}, "ab"),
    ("one person would be the whole minus the rest: the smallest goes too", {"a": 9, "b": 4, "c": 1}, "a"),
    ("alone beside one person, even a large one goes", {"a": 9, "c": 1}, ""),
    ("two single people together are still under three", {"a": 9, "b": 5, "c": 1, "d": 1}, "a"),
    ("the hidden are three people in two organisations: enough", {"a": 9, "b": 3, "c": 2, "d": 1}, "ab"),
    ("among equals, the last goes", {"a": 3, "b": 3, "c": 2}, "a"),
    ("only small ones", {"a": 2, "b": 2}, ""),
    ("nobody", {}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("why", "sizes", "expected"), SHOWN, ids=[example[0] for example in SHOWN])
def test_who_is_shown(why: str, sizes: dict[str, int], expected: str) -> None:
    assert "".join(showable(sizes)) == expected


def test_an_organisation_is_shown_only_where_every_kind_of_figure_may_be() -> None:
    # One of b's people knows nothing of the factor, but said so.
    assert showable({"a": 5, "b": 3}, {"a": 5, "b": 3}) == ("a", "b")
    assert showable({"a": 5, "b": 2}, {"a": 5, "b": 3}) == ()
    # Nobody of b has a score, but their two "don't know" would be the difference.
    assert showable({"a": 5}, {"a": 5, "b": 2}) == ()


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 6)))
def test_the_hidden_are_nobody_or_three_people_at_least(sizes: dict[str, int]) -> None:
    shown = showable(sizes)
    assert all(sizes[organisation] >= 3 for organisation in shown)
    hidden = sum(count for organisation, count in sizes.items() if organisation not in shown)
    assert hidden == 0 or hidden >= 3 or not shown


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (3, 3, "most"), (2, 3, "most"), (3, 5, "half"), (2, 5, "half"),
        (1, 3, "some"), (1, 9, "few"), (0, 9, "few"),
    ],
)  # fmt: skip
def test_counts_are_said_in_words(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def test_nothing_is_said_of_two_people() -> None:
    assert share(1, 2) == ""
    assert spread([0, 100]) == ""
    assert named_most(["x", "x"]) == (None, False)


@pytest.mark.parametrize(
    ("values", "said"), [([50, 50, 75], "close"), ([25, 50, 75], "some"), ([0, 50, 100], "far")]
)
def test_how_far_people_are_apart(values: list[float], said: str) -> None:
    assert spread(values) == said


@pytest.mark.parametrize(
    ("named", "most", "divided"),
    [
        ("xxx", "x", False),
        ("xxxxyy", "x", False),  # two thirds of them
        ("xxxyy", "x", True),
        ("xxxyyy", None, True),  # a tie
        ("xxy", None, False),  # named by two only
    ],
)
def test_what_most_named(named: str, most: str | None, divided: bool) -> None:
    assert named_most(named) == (most, divided)


@pytest.mark.parametrize(("part", "shown"), [(9, 9), (8, None), (7, None), (6, 6), (3, 3), (2, None), (0, 0)])
def test_a_number_is_given_where_neither_it_nor_the_rest_is_one_or_two(part: int, shown: int | None) -> None:
    assert number(part, 9) == shown
