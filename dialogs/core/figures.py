"""The figures of a chart and the state of progress in words and signs, for every platform alike."""

from __future__ import annotations

import math

from msgspec.structs import replace

from dialogs.core.replies import Chart, Facts, Progress, Reply, Title

CELLS = 10
"""The longest bar of signs."""
NONE = "no figure"


def figure(value: float | None) -> str:
    """A figure as people write it: "62", "4.5", or that there is none."""
    if value is None or not math.isfinite(value):
        return NONE
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def value_at(values: tuple[float | None, ...], at: int) -> float | None:
    """The ``at``-th figure of a series; None where there is none that could be drawn."""
    value = values[at] if at < len(values) else None
    return value if value is not None and math.isfinite(value) else None


def greatest(chart: Chart) -> float:
    """The value at which a bar is full; above 0 for any chart."""
    top = chart.top if math.isfinite(chart.top) else 0.0
    return top if top > 0 else 1.0


def steps(top: float) -> int:
    """Into how many parts a scale up to ``top`` is divided: of whole numbers, where ``top`` is one."""
    if not float(top).is_integer():
        return 4
    return int(top) if top <= 6 else next((parts for parts in (5, 4, 3, 2) if top % parts == 0), 1)


def share(value: float | None, top: float) -> float:
    """How much of a full bar ``value`` is, from 0 to 1."""
    return 0.0 if value is None else min(1.0, max(0.0, value / top))


def figures(chart: Chart) -> tuple[tuple[str, str], ...]:
    """For each label its figures in words, with the names of the series where there are several; none where
    the message tells them anyway."""
    if chart.told:
        return ()
    alone = len(chart.series) == 1
    return tuple(
        (
            label,
            ", ".join(
                figure(value_at(series.values, at))
                if alone
                else f"{series.name} {figure(value_at(series.values, at))}"
                for series in chart.series
            )
            or NONE,
        )
        for at, label in enumerate(chart.labels)
    )


def described(chart: Chart) -> str:
    """The whole chart in one sentence for those who don't see it; its name, where its figures are told."""
    if chart.told:
        return chart.title.strip() or "Chart"
    rows = "; ".join(f"{label}: {words}" for label, words in figures(chart))
    return f"{chart.title.strip() or 'Chart'}. {rows or NONE}."


def signs(part: float, cells: int = CELLS) -> str:
    """A bar of signs, ``part`` (0 to 1) of it filled; anything above nothing fills at least one."""
    filled = min(cells, max(round(part * cells), 1 if part > 0 else 0))
    return "▰" * filled + "▱" * (cells - filled)


def progress(block: Progress) -> tuple[int, int, str] | None:
    """How many are done, of how many, and the same in words; None where there is nothing to do."""
    if block.total <= 0:
        return None
    done = min(max(block.done, 0), block.total)
    return done, block.total, f"{done} of {block.total}"


def without_pictures(reply: Reply) -> Reply:
    """``reply`` with the figures of its charts alone, for where a picture isn't taken."""
    blocks = (
        (Title(block.title), Facts(figures(block))) if isinstance(block, Chart) else (block,)
        for block in reply.blocks
    )
    return replace(reply, blocks=tuple(block for each in blocks for block in each))
