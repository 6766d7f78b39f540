"""Pictures of charts, for platforms that take images only."""

from __future__ import annotations

import asyncio
import gc
import io
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache

from bot.platforms.slack.chart_sheet import (
    EDGE,
    LEADING,
    SERIES,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    ChartSheet,
    measured,
    wrapped,
)
from dialogs.core.figures import NONE, figure, greatest, share, steps, value_at
from dialogs.core.replies import Chart

KEPT = 64
"""Pictures remembered."""
LABELS = 24
"""The most that a picture shows, beside ``SERIES``; the figures beside it are whole."""
DPI = 216
"""The picture's pixels an inch."""

# One thread: matplotlib's fonts and settings are shared by all that is drawn.
_studio = ThreadPoolExecutor(1, "charts")


async def picture(chart: Chart) -> bytes:
    """``chart`` as PNG, drawn beside the event loop; the same chart gives the same bytes."""
    return await asyncio.get_running_loop().run_in_executor(_studio, draw, chart)


@cache
def _load() -> None:
    """Import what draws, with the first picture: it takes a second, which a start need not wait for.

    It stays for good, so that no collection of garbage has to walk through it, which holds everything up for
    20 ms each time.
    """
    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401

    gc.collect()
    gc.freeze()


@lru_cache(maxsize=KEPT)
def draw(chart: Chart) -> bytes:
    """``chart`` as PNG. Takes a few hundred milliseconds; to be called from one thread at a time."""
    _load()
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context(
        {"text.parse_math": False, "font.family": ["DejaVu Sans"], "hatch.linewidth": 0.7}
    ):
        sheet = ChartSheet(Figure())
        sheet.title(chart.title)
        (_lines if chart.kind == "lines" else _bars)(sheet, chart)
        FigureCanvasAgg(sheet.finished())
        file = io.BytesIO()
        # No name of the program and its version: equal charts are equal bytes.
        sheet.figure.savefig(file, format="png", dpi=DPI, transparent=True, metadata={"Software": None})
    return file.getvalue()


def tells_all(chart: Chart) -> bool:
    """Whether the picture alone tells every figure: bars, which have theirs beside them."""
    return chart.kind == "bars" and len(chart.labels) <= LABELS and len(chart.series) <= SERIES


def _bars(sheet: ChartSheet, chart: Chart) -> None:
    series, top = chart.series[:SERIES], greatest(chart)
    if len(series) > 1:
        _legend(sheet, chart, lines=False)
    said = [figure(value_at(line.values, at)) for line in series for at in range(len(chart.labels[:LABELS]))]
    room = max((measured(figure, TEXT, True) for figure in said if figure != NONE), default=10.0) + 8
    full = WIDTH - 2 * EDGE - room
    height = 15.0 if len(series) < 2 else 11.0
    for at, label in enumerate(chart.labels[:LABELS]):
        sheet.paragraph(label, TEXT)
        sheet.y += 3
        for number, line in enumerate(series):
            value = value_at(line.values, at)
            sheet.bar(EDGE, sheet.y, full, height, None)
            if value is None:
                sheet.write(EDGE + 5, sheet.y + height / 2 + 3.4, NONE, SMALL - 0.5, colour=SOFT)
            else:
                sheet.bar(EDGE, sheet.y, full * share(value, top), height, number)
                foot = sheet.y + height / 2 + 3.8
                sheet.write(EDGE + full + 7, foot, figure(value), TEXT, bold=True)
            sheet.y += height + 3
        sheet.y += 8
    sheet.write(EDGE, sheet.y + 6, "0", SMALL, colour=SOFT)
    sheet.write(EDGE + full, sheet.y + 6, figure(top), SMALL, colour=SOFT, ha="right")
    sheet.y += 8
    _rest(sheet, chart)


def _lines(sheet: ChartSheet, chart: Chart) -> None:
    # The newest stand last, and are what people look for.
    first = max(0, len(chart.labels) - LABELS)
    labels, top = chart.labels[first:], greatest(chart)
    _legend(sheet, chart, lines=True)
    gutter, height = measured(figure(top), SMALL, False) + 8, 150.0
    left, right = EDGE + gutter + 6, WIDTH - EDGE - 26
    ceiling = sheet.y + 6

    def level(value: float | None) -> float:
        return float("nan") if value is None else ceiling + height * (1 - share(value, top))

    parts = steps(top)
    for value in (top * at / parts for at in range(parts + 1)):
        y = level(value)
        sheet.rule(y, EDGE + gutter, WIDTH - EDGE - 22)
        sheet.write(EDGE + gutter - 5, y + 3.3, figure(value), SMALL, colour=SOFT, ha="right")
    step = (right - left) / max(1, len(labels) - 1)
    xs = [left + step * at if len(labels) > 1 else (left + right) / 2 for at in range(len(labels))]
    ends: list[tuple[float, float, str]] = []
    for number, series in enumerate(chart.series[:SERIES]):
        values = [value_at(series.values, first + at) for at in range(len(labels))]
        sheet.line(xs, [level(value) for value in values], number)
        last = next(
            ((x, value) for x, value in zip(xs[::-1], values[::-1], strict=True) if value is not None), None
        )
        if last is not None:
            ends.append((level(last[1]), last[0], figure(last[1])))
    foot = float("-inf")
    for y, x, words in sorted(ends):
        foot = max(y + 3.8, foot + TEXT + 1)
        sheet.write(x + 8, foot, words, TEXT, bold=True)
    sheet.y = ceiling + height + 8
    _below(sheet, labels, xs, step)
    _rest(sheet, chart)


def _below(sheet: ChartSheet, labels: tuple[str, ...], xs: list[float], step: float) -> None:
    """The labels of the points: as many as there is room for, the last always among them."""
    room = 62.0
    every = max(1, -(-int(room) // max(1, int(step)))) if len(labels) > 1 else 1
    most = 0
    for at in range(len(labels) - 1, -1, -every):
        lines = wrapped(labels[at], room - 6 if len(labels) > 1 else 200.0, SMALL, False, 3)
        widest = max((measured(line, SMALL, False) for line in lines), default=0.0)
        middle = min(max(xs[at], EDGE + widest / 2), WIDTH - EDGE - widest / 2)
        for number, line in enumerate(lines):
            foot = sheet.y + SMALL * (1 + LEADING * number)
            sheet.write(middle, foot, line, SMALL, colour=SOFT, ha="center")
        most = max(most, len(lines))
    sheet.y += most * SMALL * LEADING


def _legend(sheet: ChartSheet, chart: Chart, *, lines: bool) -> None:
    """What stands for which series: as many beside each other as fit."""
    key, gap = 32.0, 12.0
    x = EDGE
    for number, series in enumerate(chart.series[:SERIES]):
        name = " ".join(wrapped(series.name, WIDTH - 2 * EDGE - key - 2, TEXT, False, 1))
        width = key + measured(name, TEXT, False)
        if x > EDGE and x + width > WIDTH - EDGE:
            x = EDGE
            sheet.y += TEXT * 1.5
        if lines:
            sheet.line([x, x + 12, x + 24], [sheet.y + 6] * 3, number)
        else:
            sheet.bar(x, sheet.y + 1, 24, 10, number)
        sheet.write(x + key, sheet.y + 9.8, name, TEXT)
        x += width + gap
    sheet.y += TEXT * 1.5 + 6


def _rest(sheet: ChartSheet, chart: Chart) -> None:
    """Say so where the picture leaves something out."""
    left = max(0, len(chart.labels) - LABELS), max(0, len(chart.series) - SERIES)
    if any(left):
        sheet.y += 6
        sheet.paragraph(
            "There is more than this picture holds: all figures stand in the text.", SMALL, colour=SOFT
        )
