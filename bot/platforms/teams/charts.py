"""Charts as Teams draws them itself, each with signs and words for clients that can't."""

from __future__ import annotations

from bot.platforms.teams.elements import Element
from bot.platforms.teams.escape import in_card, literal
from dialogs.core.figures import figure, greatest, share, signs, value_at
from dialogs.core.replies import Chart

LABELS, SERIES = 24, 6
"""The most that a chart shows; the figures beside it are whole."""
COLOURS = (
    "categoricalBlue",
    "categoricalMarigold",
    "categoricalTeal",
    "categoricalLavender",
    "categoricalLightBlue",
    "categoricalRed",
)
_NAME = 80


def element(chart: Chart) -> Element | None:
    """``chart`` as an element of a card; None where it has no figure to draw."""
    # The newest stand last in a line, and are what people look for.
    first = max(0, len(chart.labels) - LABELS) if chart.kind == "lines" else 0
    labels = list(enumerate(chart.labels))[first : first + LABELS]
    # With days as x Teams draws an axis of time; with words each is a step, and equal ones share a point.
    dated = chart.kind == "lines" and len(chart.dates) == len(chart.labels)
    data = [
        {
            "legend": literal(series.name.strip()[:_NAME] or chart.title.strip()[:_NAME]),
            "color": colour,
            "values": [
                {"x": chart.dates[at] if dated else literal(label.strip()[:_NAME]), "y": value}
                for at, label in labels
                if (value := value_at(series.values, at)) is not None
            ],
        }
        for series, colour in zip(chart.series, COLOURS, strict=False)
    ]
    if not any(point["values"] for point in data):
        return None
    top = greatest(chart)
    fallback = {"type": "TextBlock", "text": _signs(chart, labels, top), "wrap": True}
    # Teams divides an axis by itself, and a low one into parts of what is counted.
    high = max(top, 4.0) if float(top).is_integer() else top
    about: Element = {"title": literal(chart.title.strip()[:300]), "fallback": fallback}
    if chart.kind == "lines":
        return {"type": "Chart.Line", "yMin": 0, "yMax": high, "data": data, **about}
    if len(data) > 1:
        grouped = {"type": "Chart.VerticalBar.Grouped", "yMin": 0, "yMax": high, "showBarValues": True}
        return {**grouped, "data": data, **about}
    return {
        "type": "Chart.HorizontalBar",
        "displayMode": "AbsoluteNoAxis",
        "color": COLOURS[0],
        "data": data[0]["values"],
        **about,
    }


def tells_all(chart: Chart) -> bool:
    """Whether the picture alone tells every figure: bars with theirs beside them, none missing or cut."""
    if chart.kind != "bars" or len(chart.series) != 1 or not 0 < len(chart.labels) <= LABELS:
        return False
    values = chart.series[0].values
    return all(value_at(values, at) is not None for at in range(len(chart.labels))) and all(
        len(label.strip()) <= _NAME for label in chart.labels
    )


def _signs(chart: Chart, labels: list[tuple[int, str]], top: float) -> str:
    """The chart drawn in signs: a bar of them for each figure."""
    lines = [f"**{in_card(chart.title.strip()[:300])}**"] if chart.title.strip() else []
    for at, label in labels:
        lines.append(f"**{in_card(label.strip()[:_NAME])}**")
        for series in chart.series[:SERIES]:
            value = value_at(series.values, at)
            name = f"{in_card(series.name.strip()[:_NAME])} " if len(chart.series) > 1 else ""
            lines.append(f"{signs(share(value, top))} {name}{figure(value)}")
    return "\n\n".join(lines)
