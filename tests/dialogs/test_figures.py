"""The figures of charts in words."""

from __future__ import annotations

import pytest

from dialogs.core.figures import described, figures, progress, signs
from dialogs.core.plain import plain
from dialogs.core.replies import Chart, DataSeries, Progress, Reply

TWO = Chart(
    "Buy-in", "bars", ("A", "B"), (DataSeries("County", (82, 4.25)), DataSeries("District", (None,))), 100
)


def test_each_label_has_all_its_figures() -> None:
    assert figures(TWO) == (("A", "County 82, District no figure"), ("B", "County 4.2, District no figure"))


def test_a_single_series_needs_no_name() -> None:
    assert figures(Chart("x", "lines", ("A",), (DataSeries("County", (1234.0,)),), 2000)) == (("A", "1,234"),)


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), None])
def test_what_is_no_number_is_no_figure(odd: float | None) -> None:
    assert figures(Chart("x", "bars", ("A",), (DataSeries("", (odd,)),), 1)) == (("A", "no figure"),)


def test_a_chart_is_told_in_a_sentence() -> None:
    assert described(TWO).startswith("Buy-in. A: County 82, District no figure; B: County 4.2")
    assert described(Chart("", "bars", (), (), 1)) == "Chart. no figure."


@pytest.mark.parametrize(
    ("done", "total", "words"), [(2, 5, "2 of 5"), (0, 5, "0 of 5"), (9, 5, "5 of 5"), (-1, 5, "0 of 5")]
)
def test_progress_in_words(done: int, total: int, words: str) -> None:
    assert (progress(Progress(done, total)) or ())[2:] == (words,)
    assert plain(Reply((Progress(done, total),))) == words


def test_nothing_to_do_is_no_progress() -> None:
    assert progress(Progress(0, 0)) is None


@pytest.mark.parametrize(("part", "bar"), [(0, "▱▱▱▱▱"), (0.01, "▰▱▱▱▱"), (0.4, "▰▰▱▱▱"), (1, "▰▰▰▰▰")])
def test_a_bar_of_signs(part: float, bar: str) -> None:
    assert signs(part, 5) == bar
