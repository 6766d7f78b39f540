"""Pictures of charts: real PNGs, the same for the same chart, drawn for any chart at all."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.platforms.slack.chart_sheet import WIDTH, measured, wrapped
from bot.platforms.slack.charts import DPI, draw, picture
from dialogs.core.replies import Chart, DataSeries

FACTORS = ("Political and chief-executive buy-in", "A clear business case", "Simplicity")
ONE = Chart("Readiness", "bars", FACTORS, (DataSeries("", (82.0, 31.0, None)),), 100)
LINES = Chart(
    "Over time", "lines", ("May", "June"), (DataSeries("A", (1.0, 2.0)), DataSeries("B", (None, 3.0))), 4
)


def opened(chart: Chart) -> Image.Image:
    """The picture of ``chart``, decoded."""
    return Image.open(io.BytesIO(draw(chart))).convert("RGBA")


def colours(chart: Chart) -> set[tuple[int, ...]]:
    """All the colours in a picture."""
    return {colour for _, colour in opened(chart).getcolors(1 << 24) or () if isinstance(colour, tuple)}


@pytest.mark.parametrize("chart", [ONE, LINES])
def test_a_picture_has_a_phones_width_and_a_card_of_its_own(chart: Chart) -> None:
    image = opened(chart)
    assert image.width == round(WIDTH / 72 * DPI)
    assert image.getpixel((0, 0)) == (255, 255, 255, 0) or image.getpixel((0, 0))[3] == 0
    red, green, blue, solid = image.getpixel((image.width // 2, 12))
    assert min(red, green, blue) > 240
    assert solid == 255


def test_the_same_chart_is_the_same_bytes_and_another_is_not() -> None:
    first = draw.__wrapped__(ONE)
    assert first == draw.__wrapped__(ONE)
    assert first != draw(Chart("Readiness", "bars", FACTORS, (DataSeries("", (83.0, 31.0, None)),), 100))


def test_a_bar_is_as_long_as_its_figure() -> None:
    def blue(value: float) -> int:
        drawn = opened(Chart("", "bars", ("A",), (DataSeries("", (value,)),), 100))
        return sum(1 for x in range(drawn.width) if drawn.getpixel((x, 160))[:3] == (0, 114, 178))

    assert blue(25) * 2 == pytest.approx(blue(50), rel=0.03)
    assert blue(300) == blue(100)


def test_series_differ_in_colour() -> None:
    pair = Chart("", "bars", ("A",), (DataSeries("X", (60.0,)), DataSeries("Y", (60.0,))), 100)
    assert {(0, 114, 178, 255), (230, 159, 0, 255)} <= colours(pair)
    assert (230, 159, 0, 255) not in colours(ONE)


async def test_it_is_drawn_beside_the_event_loop() -> None:
    assert await picture(ONE) == draw(ONE)


WORDS = st.text(max_size=30) | st.sampled_from(
    ["x" * 900, "$a_b$", "{{", "😀 \x00 \u202e", "two words " * 40]
)
FIGURES = st.none() | st.floats() | st.integers(-5, 500).map(float)


@settings(max_examples=12)
@given(
    st.builds(
        Chart,
        WORDS,
        st.sampled_from(["bars", "lines"]),
        st.lists(WORDS, max_size=30).map(tuple),
        st.lists(st.builds(DataSeries, WORDS, st.lists(FIGURES, max_size=32).map(tuple)), max_size=8).map(
            tuple
        ),
        st.floats(),
    )
)
def test_any_chart_can_be_drawn(chart: Chart) -> None:
    image = opened(chart)
    assert image.width == round(WIDTH / 72 * DPI)
    assert image.height < 12_000


@given(WORDS, st.integers(1, 4))
def test_no_line_is_wider_than_its_room(text: str, most: int) -> None:
    lines = wrapped(text, 120, 10, False, most)
    assert len(lines) <= most
    assert all(measured(line, 10, False) <= 120 for line in lines)


def test_a_start_does_not_wait_for_what_draws() -> None:
    modules = "bot.app.wiring, bot.platforms.slack, bot.platforms.teams"
    program = f"import sys, {modules}; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_no_collection_of_garbage_walks_through_what_draws() -> None:
    script = (
        "import gc; from bot.platforms.slack.charts import draw;"
        "from dialogs.core.replies import Chart, DataSeries;"
        "gc.collect(); gc.freeze();"
        "draw(Chart('Title', 'bars', ('a', 'b'), (DataSeries('x', (1.0, 2.0)),), 5.0));"
        "print(len(gc.get_objects()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20_000, "matplotlib alone has twice as many"
