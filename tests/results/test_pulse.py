"""Pulses: the mean of few is not shown, and cooling is noticed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import plain
from dialogs.core.replies import Chart, Reply
from dialogs.results.pulse import Fell, Limits, Low, Pulse, Quiet, cooling, in_words, pulse, trend_blocks
from tests.dialogs.small import NOW

LIMITS = Limits()


def asked(*values: int, of: int = 13, earlier: tuple[Pulse, ...] = (), anonymous: bool = True) -> Pulse:
    """What ``values``, one a person, come to."""
    answers = {f"p{at}": value for at, value in enumerate(values)}
    return pulse(NOW + timedelta(days=30 * len(earlier)), answers, of, earlier, anonymous=anonymous)


def of_sum(total: int, count: int, *earlier: Pulse) -> Pulse:
    """A pulse of ``count`` answers that add up to ``total``."""
    each, more = divmod(total, count)
    return asked(*[each + (at < more) for at in range(count)], earlier=earlier)


@given(st.dictionaries(st.text(max_size=3), st.integers(-1, 7)), st.randoms())
def test_means_stay_on_the_scale_in_whatever_order(answers: dict[str, int], random: object) -> None:
    pairs = list(answers.items())
    random.shuffle(pairs)
    found = pulse(NOW, answers, 20, ())
    assert found == pulse(NOW, dict(pairs), 20, ())
    assert (found.mean is None) == (found.answered < 3)
    assert found.mean is None or 1 <= found.mean <= 5


def test_the_mean_has_one_decimal() -> None:
    assert asked(4, 4, 5, 4, 4, 4).mean == 4.2


@pytest.mark.parametrize("values", [(), (5,), (5, 1)])
def test_of_fewer_than_three_there_is_no_mean(values: tuple[int, ...]) -> None:
    assert asked(*values).mean is None


@pytest.mark.parametrize(
    ("before", "now", "step"), [(5, 5, 0.1), (5, 6, 0.5), (7, 5, 0.5), (5, 8, 0.1), (5, 4, 1.0), (4, 3, 1.0)]
)
def test_one_or_two_more_or_fewer_answers_make_it_coarser(before: int, now: int, step: float) -> None:
    assert of_sum(4 * now, now, of_sum(4 * before, before)).step == step


def test_a_pulse_between_does_not_undo_that() -> None:
    first = of_sum(20, 5)
    second = of_sum(32, 8, first)
    third = of_sum(24, 6, first, second)
    assert (first.step, second.step, third.step) == (0.1, 0.1, 0.5)


def test_a_named_pulse_hides_nothing_that_names_show() -> None:
    assert asked(4, 4, 5, 4, earlier=(asked(4, 4, 5),), anonymous=False).step == 0.1


@pytest.mark.parametrize("count", range(3, 14))
def test_a_coarse_mean_fits_more_than_one_sum_of_answers(count: int) -> None:
    before = of_sum(3 * (count + 1), count + 1)
    fits: dict[float, int] = {}
    for total in range(count, 5 * count + 1):
        shown = of_sum(total, count, before).mean
        fits[shown] = fits.get(shown, 0) + 1
    assert min(fits.values()) >= 2


def test_cooling_names_each_reason() -> None:
    october = asked(4, 4, 4, 4, 4, 5, 4, 4, 4)
    assert cooling([october], LIMITS) == ()
    november = asked(3, 3, 3, 3, 3, 3, 3, 3, 3, earlier=(october,))
    assert cooling([october, november], LIMITS) == (Fell(october, november),)
    low = asked(2, 2, 2, 2, of=9, earlier=(october, november))
    assert cooling([october, november, low], LIMITS) == (Fell(november, low), Low(low), Quiet(low))


def test_a_fall_is_measured_from_the_last_one_shown() -> None:
    first, hidden = asked(5, 5, 5), asked(1, 1)
    last = asked(4, 4, 4, earlier=(first, hidden), of=3)
    assert cooling([first, hidden, last], LIMITS) == (Fell(first, last),)


@pytest.mark.parametrize(("before", "now", "falls"), [(4.1, 3.3, True), (4.1, 3.4, False), (3.0, 4.0, False)])
def test_the_limit_of_a_fall_counts_as_one(before: float, now: float, falls: bool) -> None:
    pulses = [Pulse(NOW, 9, 9, before), Pulse(NOW, 9, 9, now)]
    assert bool(cooling(pulses, LIMITS)) is falls


def test_half_of_those_asked_are_enough_and_nobody_asked_is_not_quiet() -> None:
    assert cooling([Pulse(NOW, 10, 5, 4.0)], LIMITS) == ()
    assert cooling([Pulse(NOW, 0, 0)], LIMITS) == ()
    assert cooling([Pulse(NOW, 9, 4, 4.0)], LIMITS) == (Quiet(Pulse(NOW, 9, 4, 4.0)),)


def test_reasons_in_words() -> None:
    before, now = Pulse(NOW, 13, 9, 4.1), Pulse(NOW + timedelta(days=30), 13, 9, 3.0)
    assert in_words(Fell(before, now), "Buy-in", LIMITS) == (
        "**Buy-in fell from 4.1 to 3.0** since 23 November 2026 (9 of 13 answered)."
    )
    assert in_words(Low(Pulse(NOW, 9, 9, 2.5)), "Buy-in", LIMITS) == (
        "**Buy-in stands at 2.5**, under 3 (9 of 9 answered)."
    )
    assert in_words(Quiet(Pulse(NOW, 9, 4, 4.0)), "Buy-in", LIMITS) == "**Fewer than 50% answered**: 4 of 9."
    assert "fewer than three of 9" in in_words(Quiet(Pulse(NOW, 9, 1)), "Buy-in", LIMITS)


def test_the_trend_has_the_number_of_answers_and_gaps_where_nothing_is_shown() -> None:
    blocks = trend_blocks([Pulse(NOW, 13, 9, 4.1), Pulse(NOW + timedelta(days=30), 13, 2)], "Buy-in")
    (chart,) = (block for block in blocks if isinstance(block, Chart))
    assert (chart.kind, chart.top, chart.series[0].values) == ("lines", 5.0, (4.1, None))
    said = plain(Reply(tuple(blocks)))
    assert "4.1 (9 of 13 answered)" in said
    assert "no figure, as fewer than three answered (13 asked)" in said
