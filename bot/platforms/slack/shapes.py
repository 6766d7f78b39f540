"""Reading Slack's JSON: whatever stands there, one gets what one asked for, or nothing."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def text(source: Json, name: str) -> str:
    """The string of that name; "" where there is none. Half characters, which nothing can keep, are "?"."""
    value = source.get(name)
    if not isinstance(value, str):
        return ""
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def inside(source: Json, name: str) -> Json:
    """The object of that name; empty where there is none."""
    value = source.get(name)
    return value if isinstance(value, dict) else {}


def listed(source: Json, name: str) -> list[Json]:
    """The objects in the list of that name."""
    value = source.get(name)
    return [inner for inner in value if isinstance(inner, dict)] if isinstance(value, list) else []
