"""Reading Slack's JSON: whatever stands there, one gets what one asked for, or nothing."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def text(source: Json, name: str) -> str:
    """The string of that name; "" where there is none."""
    value = source.get(name)
    return value if isinstance(value, str) else ""


def inside(source: Json, name: str) -> Json:
    """The object of that name; empty where there is none."""
    value = source.get(name)
    return value if isinstance(value, dict) else {}


def listed(source: Json, name: str) -> list[Json]:
    """The objects in the list of that name."""
    value = source.get(name)
    return [inner for inner in value if isinstance(inner, dict)] if isinstance(value, list) else []
