"""The sheet on which a chart is drawn: a card of a phone's width, with what is set on it line by line.

In colours that the colour-blind can tell apart, each also with a pattern, a mark or its figure beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SERIES = 6
"""Series that can be told apart."""
WIDTH, EDGE = 300.0, 16.0
"""The picture's width and margin in points."""

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
"""Okabe and Ito's, which people with any kind of colour vision can tell apart."""
_HATCHES = ("", "////", "....", "xxxx", "----", "\\\\\\\\")
_MARKS = ("o", "s", "^", "D", "v", "P")
_DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (5, 2, 1.5, 2)), (0, (8, 2)), (0, (3, 3)))
_INK, SOFT, _TRACK, _CARD = "#1f2326", "#565d63", "#e9ebed", "#fcfcfb"
TITLE, TEXT, SMALL = 13.0, 10.5, 9.5
LEADING = 1.3


class ChartSheet:
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
        self.paragraph(text, TITLE, bold=True)
        self.y += 8

    def paragraph(self, text: str, size: float, *, bold: bool = False, colour: str = _INK) -> None:
        """Set ``text`` in as many lines as it needs, four at most."""
        for line in wrapped(text, WIDTH - 2 * EDGE, size, bold, 4):
            self.write(EDGE, self.y + size, line, size, bold=bold, colour=colour)
            self.y += size * LEADING

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
