"""Pictures of charts, for platforms that take images only.

Drawn for a phone's width, on a card of their own (so that they read in light and dark), in colours that
the colour-blind can tell apart, each also with a pattern, a mark or its figure beside it.
"""

from __future__ import annotations

import asyncio
import gc
import io
from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from dialogs.core.figures import NONE, figure, greatest, share, value_at
from dialogs.core.replies import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KEPT = 64
"""Pictures remembered."""
LABELS, SERIES = 24, 6
"""The most that a picture shows; the figures beside it are whole."""
WIDTH, EDGE, DPI = 300.0, 16.0, 216
"""The picture's width and margin in points, and its pixels an inch."""

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
"""Okabe and Ito's, which people with any kind of colour vision can tell apart."""
_HATCHES = ("", "////", "....", "xxxx", "----", "\\\\\\\\")
_MARKS = ("o", "s", "^", "D", "v", "P")
_DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (5, 2, 1.5, 2)), (0, (8, 2)), (0, (3, 3)))
_INK, _SOFT, _TRACK, _CARD = "#1f2326", "#565d63", "#e9ebed", "#fcfcfb"
_TITLE, _TEXT, _SMALL = 13.0, 10.5, 9.5
_LEADING = 1.3

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
        sheet = _Sheet(Figure())
        sheet.title(chart.title)
        (_lines if chart.kind == "lines" else _bars)(sheet, chart)
        FigureCanvasAgg(sheet.finished())
        file = io.BytesIO()
        # No name of the program and its version: equal charts are equal bytes.
        sheet.figure.savefig(file, format="png", dpi=DPI, transparent=True, metadata={"Software": None})
    return file.getvalue()


class _Sheet:
    """A page of ``WIDTH`` points on which things are set one below the other; ``y`` grows downwards."""

    def __init__(self, figure: Any) -> None:
        self.figure = figure
        self.axes: Axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.y = EDGE

    def finished(self) -> Any:
        """The figure, as high as what stands on it."""
        from matplotlib.patches import FancyBboxPatch

        height = self.y + EDGE
        self.figure.set_size_inches(WIDTH / 72, height / 72)
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        card = FancyBboxPatch(
            (1, 1),
            WIDTH - 2,
            height - 2,
            "round,pad=0,rounding_size=9",
            fc=_CARD,
            ec="#c9cdd1",
            lw=0.8,
            zorder=0,
        )
        self.axes.add_patch(card)
        return self.figure

    def title(self, text: str) -> None:
        """Set the heading."""
        self.paragraph(text, _TITLE, bold=True)
        self.y += 8

    def paragraph(self, text: str, size: float, *, bold: bool = False, colour: str = _INK) -> None:
        """Set ``text`` in as many lines as it needs, four at most."""
        for line in wrapped(text, WIDTH - 2 * EDGE, size, bold, 4):
            self.write(EDGE, self.y + size, line, size, bold=bold, colour=colour)
            self.y += size * _LEADING

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = _INK,
        ha: str = "left",
    ) -> None:
        """Write one line, its foot at ``y``."""
        weight = "bold" if bold else "normal"
        self.axes.text(x, y, text, fontsize=size, weight=weight, color=colour, ha=ha, va="baseline", zorder=5)

    def bar(self, x: float, y: float, width: float, height: float, number: int | None) -> None:
        """A bar of the ``number``-th series, or the track behind it."""
        from matplotlib.patches import Rectangle

        style: dict[str, Any] = {"fc": _TRACK, "ec": "none", "zorder": 1}
        if number is not None:
            colour, hatch = COLOURS[number % SERIES], _HATCHES[number % SERIES]
            style = {"fc": colour, "ec": _INK, "lw": 0.7, "hatch": hatch, "zorder": 2}
        self.axes.add_patch(Rectangle((x, y), width, height, **style))

    def line(self, xs: list[float], ys: list[float], number: int) -> None:
        """A line of the ``number``-th series; it breaks where a height is not a number."""
        at = number % SERIES
        self.axes.plot(
            xs,
            ys,
            color=COLOURS[at],
            lw=2.2,
            ls=_DASHES[at],
            marker=_MARKS[at],
            ms=6.5,
            mec=_INK,
            mew=0.7,
            zorder=3,
        )

    def rule(self, y: float, left: float, right: float) -> None:
        """A faint level line."""
        self.axes.plot([left, right], [y, y], color="#d4d8db", lw=0.7, zorder=1)


def _bars(sheet: _Sheet, chart: Chart) -> None:
    series, top = chart.series[:SERIES], greatest(chart)
    if len(series) > 1:
        _legend(sheet, chart, lines=False)
    said = [figure(value_at(line.values, at)) for line in series for at in range(len(chart.labels[:LABELS]))]
    room = max((measured(figure, _TEXT, True) for figure in said if figure != NONE), default=10.0) + 8
    full = WIDTH - 2 * EDGE - room
    height = 15.0 if len(series) < 2 else 11.0
    for at, label in enumerate(chart.labels[:LABELS]):
        sheet.paragraph(label, _TEXT)
        sheet.y += 3
        for number, line in enumerate(series):
            value = value_at(line.values, at)
            sheet.bar(EDGE, sheet.y, full, height, None)
            if value is None:
                sheet.write(EDGE + 5, sheet.y + height / 2 + 3.4, NONE, _SMALL - 0.5, colour=_SOFT)
            else:
                sheet.bar(EDGE, sheet.y, full * share(value, top), height, number)
                foot = sheet.y + height / 2 + 3.8
                sheet.write(EDGE + full + 7, foot, figure(value), _TEXT, bold=True)
            sheet.y += height + 3
        sheet.y += 8
    sheet.write(EDGE, sheet.y + 6, "0", _SMALL, colour=_SOFT)
    sheet.write(EDGE + full, sheet.y + 6, figure(top), _SMALL, colour=_SOFT, ha="right")
    sheet.y += 8
    _rest(sheet, chart)


def _lines(sheet: _Sheet, chart: Chart) -> None:
    # The newest stand last, and are what people look for.
    first = max(0, len(chart.labels) - LABELS)
    labels, top = chart.labels[first:], greatest(chart)
    _legend(sheet, chart, lines=True)
    gutter, height = measured(figure(top), _SMALL, False) + 8, 150.0
    left, right = EDGE + gutter + 6, WIDTH - EDGE - 26
    ceiling = sheet.y + 6

    def level(value: float | None) -> float:
        return float("nan") if value is None else ceiling + height * (1 - share(value, top))

    # A short scale of whole numbers has a line at each of them.
    steps = int(top) if 2 < top <= 6 and float(top).is_integer() else 4
    for value in (top * at / steps for at in range(steps + 1)):
        y = level(value)
        sheet.rule(y, EDGE + gutter, WIDTH - EDGE - 22)
        sheet.write(EDGE + gutter - 5, y + 3.3, figure(value), _SMALL, colour=_SOFT, ha="right")
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
        foot = max(y + 3.8, foot + _TEXT + 1)
        sheet.write(x + 8, foot, words, _TEXT, bold=True)
    sheet.y = ceiling + height + 8
    _below(sheet, labels, xs, step)
    _rest(sheet, chart)


def _below(sheet: _Sheet, labels: tuple[str, ...], xs: list[float], step: float) -> None:
    """The labels of the points: as many as there is room for, the last always among them."""
    room = 62.0
    every = max(1, -(-int(room) // max(1, int(step)))) if len(labels) > 1 else 1
    most = 0
    for at in range(len(labels) - 1, -1, -every):
        lines = wrapped(labels[at], room - 6 if len(labels) > 1 else 200.0, _SMALL, False, 3)
        widest = max((measured(line, _SMALL, False) for line in lines), default=0.0)
        middle = min(max(xs[at], EDGE + widest / 2), WIDTH - EDGE - widest / 2)
        for number, line in enumerate(lines):
            foot = sheet.y + _SMALL * (1 + _LEADING * number)
            sheet.write(middle, foot, line, _SMALL, colour=_SOFT, ha="center")
        most = max(most, len(lines))
    sheet.y += most * _SMALL * _LEADING


def _legend(sheet: _Sheet, chart: Chart, *, lines: bool) -> None:
    for number, series in enumerate(chart.series[:SERIES]):
        name = " ".join(wrapped(series.name, WIDTH - 2 * EDGE - 34, _TEXT, False, 1))
        if lines:
            sheet.line([EDGE, EDGE + 12, EDGE + 24], [sheet.y + 6] * 3, number)
        else:
            sheet.bar(EDGE, sheet.y + 1, 24, 10, number)
        sheet.write(EDGE + 32, sheet.y + 9.8, name, _TEXT)
        sheet.y += _TEXT * 1.5
    sheet.y += 6


def _rest(sheet: _Sheet, chart: Chart) -> None:
    """Say so where the picture leaves something out."""
    left = max(0, len(chart.labels) - LABELS), max(0, len(chart.series) - SERIES)
    if any(left):
        sheet.y += 6
        sheet.paragraph(
            "There is more than this picture holds: all figures stand in the text.", _SMALL, colour=_SOFT
        )


def wrapped(text: str, width: float, size: float, bold: bool, most: int) -> list[str]:
    """``text`` in lines of at most ``width`` points, ``most`` lines at most; words too long are parted."""
    lines: list[str] = []
    line = ""
    for word in _drawable(text[:300]).split():
        if line and measured(f"{line} {word}", size, bold) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        while measured(word, size, bold) > width:
            fits = bisect_right(range(2, len(word)), width, key=lambda n: measured(word[:n], size, bold)) + 1
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    lines += [line] if line else []
    if len(lines) > most:
        last = lines[most - 1]
        while last and measured(last + "…", size, bold) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return lines


@lru_cache(maxsize=4096)
def measured(text: str, size: float, bold: bool) -> float:
    """How wide a line is, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    return float(TextToPath().get_text_width_height_descent(text, font, ismath=False)[0])


def _drawable(text: str) -> str:
    """``text`` without the signs that the font doesn't have, which would be drawn as empty boxes."""
    return "".join(sign if ord(sign) in _signs() else " " for sign in text)


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())
