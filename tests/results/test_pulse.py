"""Pulses: the mean of few is not shown, and cooling is noticed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dialogs import plain
from dialogs.core.replies import Chart, Reply
from dialogs.core.result_model import Disclosure, Disclosures
from dialogs.results.disclosures import Disclosing, group
from dialogs.results.pulse import (
    Fell,
    Limits,
    Low,
    PulseResult,
    Quiet,
    cooling,
    in_words,
    pulse,
    trend_blocks,
)
from tests.harness.small import NOW

LIMITS = Limits()


def asked(
    *values: int, of: int = 13, on: int = 0, told: Disclosures | None = None, **more: bool
) -> PulseResult:
    """What ``values``, one a person, come to, ``on`` so many months from now."""
    answers = {f"p{at}": value for at, value in enumerate(values)}
    people = [who.encode() for who in answers]
    disclosing = Disclosing(told or {}, "new", NOW)
    return pulse(NOW + timedelta(days=30 * on), answers, of, ("topic",), people, disclosing, **more)


@given(st.dictionaries(st.text(max_size=3), st.integers(-1, 7)), st.randoms())
def test_means_stay_on_the_scale_in_whatever_order(answers: dict[str, int], random: object) -> None:
    pairs = list(answers.items())
    random.shuffle(pairs)
    people = [who.encode() for who, value in pairs if 1 <= value <= 5]

    def of(answers: dict[str, int]) -> PulseResult:
        return pulse(NOW, answers, 20, ("topic",), people, Disclosing({}, "new", NOW))

    found = of(answers)
    assert found == of(dict(pairs))
    assert (found.mean is None) == (found.answered < 3)
    assert found.mean is None or 1 <= found.mean <= 5


def test_the_mean_has_one_decimal() -> None:
    assert asked(4, 4, 5, 4, 4, 4).mean == 4.2


@pytest.mark.parametrize("values", [(), (5,), (5, 1)])
def test_of_fewer_than_three_there_is_no_mean(values: tuple[int, ...]) -> None:
    assert asked(*values).mean is None


ONE_FEWER = {"topic": [Disclosure("old", NOW, (group([b"p0", b"p1", b"p2"]),))]}


def test_what_would_tell_of_one_person_beside_an_earlier_result_is_withheld() -> None:
    found = asked(4, 4, 5, 4, told=ONE_FEWER)
    assert (found.mean, found.answered, found.withheld) == (None, 4, True)
    assert asked(4, 4, 5, told=ONE_FEWER).mean == 4.3


def test_a_named_pulse_is_shown_unless_it_tells_of_another_and_its_answers_are_known_from_then_on() -> None:
    assert asked(4, 4, 5, 4, told=ONE_FEWER, anonymous=False).mean == 4.2
    one_more = {"topic": [Disclosure("old", NOW, (group([b"p0", b"p1", b"p2", b"p3"]),))]}
    assert asked(4, 4, 5, told=one_more, anonymous=False).withheld, "the fourth had answered without a name"
    named = Disclosing({}, "named", NOW)
    pulse(NOW, {"a": 4, "b": 4, "c": 3}, 3, ("topic",), [b"p0", b"p1", b"p2"], named, anonymous=False)
    assert asked(4, 4, 5, 4, 4, told=named.record()).withheld, "two of five aren't known by name"
    assert asked(4, 4, 5, 4, 4, 3, told=named.record()).mean == 4.0


def test_cooling_names_each_reason() -> None:
    october = asked(4, 4, 4, 4, 4, 5, 4, 4, 4)
    assert cooling([october], LIMITS) == ()
    november = asked(3, 3, 3, 3, 3, 3, 3, 3, 3, on=1)
    assert cooling([october, november], LIMITS) == (Fell(october, november),)
    low = asked(2, 2, 2, 2, of=9, on=2)
    assert cooling([october, november, low], LIMITS) == (Fell(november, low), Low(low), Quiet(low))


def test_a_fall_is_measured_from_the_last_one_shown() -> None:
    first, hidden = asked(5, 5, 5), asked(1, 1)
    last = asked(4, 4, 4, on=2, of=3)
    assert cooling([first, hidden, last], LIMITS) == (Fell(first, last),)


@pytest.mark.parametrize(("before", "now", "falls"), [(4.1, 3.3, True), (4.1, 3.4, False), (3.0, 4.0, False)])
def test_the_limit_of_a_fall_counts_as_one(before: float, now: float, falls: bool) -> None:
    pulses = [PulseResult(NOW, 9, 9, before), PulseResult(NOW, 9, 9, now)]
    assert bool(cooling(pulses, LIMITS)) is falls


def test_half_of_those_asked_are_enough_and_nobody_asked_is_not_quiet() -> None:
    assert cooling([PulseResult(NOW, 10, 5, 4.0)], LIMITS) == ()
    assert cooling([PulseResult(NOW, 0, 0)], LIMITS) == ()
    assert cooling([PulseResult(NOW, 9, 4, 4.0)], LIMITS) == (Quiet(PulseResult(NOW, 9, 4, 4.0)),)


@pytest.mark.parametrize(
    ("people", "answered", "mean"), [(2, 2, None), (2, 0, None), (13, 2, None), (0, 9, 4.0)]
)
def test_no_alarm_on_almost_nothing(people: int, answered: int, mean: float | None) -> None:
    assert cooling([PulseResult(NOW, 9, 9, 4.2), PulseResult(NOW, people, answered, mean)], LIMITS) == ()


def test_reasons_in_words_say_each_figure_once() -> None:
    before, now = PulseResult(NOW, 13, 9, 4.1), PulseResult(NOW + timedelta(days=30), 13, 9, 3.0)
    low, few = PulseResult(NOW + timedelta(days=30), 13, 5, 2.5), PulseResult(NOW, 9, 4)
    in_few = PulseResult(NOW, 9, 4, 4.0)
    for reasons, counted, said in (
        ([Fell(before, now)], False,
         "**Buy-in fell from 4.1 to 3.0** since 23 November 2026 (9 of 13 answered)."),
        ([Low(low)], False, "**Buy-in stands at 2.5**, under 3 (5 of 13 answered)."),
        ([Low(low)], True, "**Buy-in stands at 2.5**, under 3."),
        ([Fell(before, low), Low(low), Quiet(low)], False,
         "**Buy-in fell from 4.1 to 2.5** since 23 November 2026, under 3 "
         "(5 of 13 answered, fewer than 50%)."),
        ([Fell(replace(before, sent=NOW - timedelta(days=7)), now)], False,
         "**Buy-in fell from 4.1 to 3.0** since 16 November 2026 (9 of 13 answered)."),
        ([Quiet(in_few)], True, "**Buy-in stands at 4.0** (fewer than 50% answered)."),
        ([Quiet(few)], False, "**4 of 9 answered, fewer than 50%.**"),
        ([Quiet(few)], True, "**Fewer than 50% answered.**"),
        ([Low(PulseResult(NOW, 0, 9, 2.5))], False, "**Buy-in stands at 2.5**, under 3 (9 answered)."),
    ):  # fmt: skip
        assert in_words(reasons, "Buy-in", LIMITS, counted=counted) == said


def test_the_trend_has_the_number_of_answers_and_gaps_where_nothing_is_shown() -> None:
    blocks = trend_blocks(
        [PulseResult(NOW, 13, 9, 4.1), PulseResult(NOW + timedelta(days=30), 13, 2)], "Buy-in"
    )
    (chart,) = (block for block in blocks if isinstance(block, Chart))
    assert (chart.kind, chart.top, chart.series[0].values) == ("lines", 5.0, (4.1, None))
    said = plain(Reply(tuple(blocks)))
    assert "4.1 (9 of 13 answered)" in said
    assert "too few to say: fewer than three answered" in said


def test_what_is_withheld_is_said_so_in_the_trend() -> None:
    blocks = trend_blocks([PulseResult(NOW, 13, 9, 4.1), PulseResult(NOW, 13, 10, withheld=True)], "Buy-in")
    assert "not shown beside earlier results (10 of 13 answered)" in plain(Reply(tuple(blocks)))
