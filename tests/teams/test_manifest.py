"""The app package that is uploaded to Teams: its manifest's limits, its commands, and its icons."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.manifest import build, write
from bot.platforms.registry import BadManifest, Manifest
from bot.platforms.teams.extension import SEARCH
from bot.platforms.teams.icons import GREEN
from bot.platforms.teams.manifest import package
from bot.platforms.teams.platform import TEAMS
from dialogs.core.commands.row import EVERYWHERE
from dialogs.core.commands.table import SHORTCUTS, TABLE, menu
from dialogs.core.events import Utterance
from dialogs.core.router import understand
from tests.harness.knowledge import own_knowledge
from tests.harness.small import SMALL, world

APP = "11111111-2222-3333-4444-555555555555"


MOST = {
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4000,
    "developer.name": 32,
    "bots": 1,
    "bots.scopes": 3,
    "bots.commandLists": 3,
    "bots.commandLists.commands": 12,
    "bots.commandLists.commands.title": 128,
    "bots.commandLists.commands.description": 128,
    "bots.commandLists.commands.prompt": 4000,
    "composeExtensions": 1,
    "composeExtensions.commands": 10,
    "composeExtensions.commands.id": 64,
    "composeExtensions.commands.title": 32,
    "composeExtensions.commands.description": 128,
    "composeExtensions.commands.parameters": 5,
    "composeExtensions.commands.parameters.name": 64,
    "composeExtensions.commands.parameters.title": 32,
    "composeExtensions.commands.parameters.description": 128,
    "validDomains": 16,
}
"""The most characters, or parts, of each field: https://learn.microsoft.com/microsoft-365/extensibility/schema/
(the schema itself: test_schema.py)"""
DECLARED = {
    "$schema", "manifestVersion", "version", "id", "developer", "name", "description", "icons", "accentColor",
    "supportsChannelFeatures", "bots", "composeExtensions", "validDomains",
}  # fmt: skip
"""All that the app says of itself: no tab, no connector, no permission, unless follow-ups are wished."""


def fields(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each field with its path, in lists as well."""
    for name, value in part.items() if isinstance(part, dict) else ():
        here = f"{path}.{name}".lstrip(".")
        yield here, value
        for inner in value if isinstance(value, list) else [value]:
            yield from fields(inner, here)


@pytest.fixture(scope="module")
def made() -> Manifest:
    """The manifest of a bot, with the lessons that it comes with."""
    return build(TEAMS, own_knowledge(), app_id=APP)


@pytest.fixture(scope="module")
def manifest(made: Manifest) -> dict[str, Any]:
    """The manifest, read."""
    read: dict[str, Any] = json.loads(made.text)
    return read


def test_the_manifest_names_the_bot_and_keeps_to_teams_limits(manifest: dict[str, Any]) -> None:
    [bot] = manifest["bots"]
    assert manifest["id"] == bot["botId"] == APP
    assert set(bot["scopes"]) == {"personal", "team", "groupChat"}
    assert bot["supportsFiles"] is True
    found = list(fields(manifest))
    assert MOST.keys() <= {path for path, _ in found}, "each limit is of something that is there"
    assert [path for path, value in found if path in MOST and len(value) > MOST[path]] == []


def test_nothing_more_is_declared_than_is_used(manifest: dict[str, Any]) -> None:
    assert set(manifest) == DECLARED
    assert manifest["validDomains"] == [], "nothing of ours is opened inside Teams"
    ids = {command["id"] for command in manifest["composeExtensions"][0]["commands"]}
    assert ids == {SEARCH} | {shortcut.says for shortcut in SHORTCUTS if shortcut.on_message}


def test_the_message_extension_has_the_table_s_shortcut(
    manifest: dict[str, Any],
) -> None:
    [extension] = manifest["composeExtensions"]
    assert extension["botId"] == APP
    search, *on_messages = extension["commands"]
    assert (search["type"], search["initialRun"]) == ("query", True)
    assert [(each["id"], each["title"]) for each in on_messages] == [
        (row.shortcut.says, row.shortcut.name) for row in TABLE if row.shortcut and row.shortcut.on_message
    ]
    for each in on_messages:
        assert (each["type"], each["fetchTask"], each["context"]) == ("action", True, ["message"])
        assert understand(Utterance(each["id"], pressed=True), world()) is not None


def test_a_channel_s_messages_are_asked_for_where_that_is_wished_alone(manifest: dict[str, Any]) -> None:
    assert not {"authorization", "webApplicationInfo"} & set(manifest)
    wished = json.loads(build(TEAMS, SMALL, app_id=APP, follow_ups=True).text)
    assert wished["authorization"]["permissions"]["resourceSpecific"] == [
        {"name": "ChannelMessage.Read.Group", "type": "Application"}
    ]
    assert wished["webApplicationInfo"]["id"] == APP
    assert wished["webApplicationInfo"]["resource"]


def test_each_listed_command_is_one(manifest: dict[str, Any]) -> None:
    for listed in manifest["bots"][0]["commandLists"]:
        titles = [command["title"] for command in listed["commands"]]
        assert titles[:2] == ["help", "lessons"]
        starters = {each["title"]: each for each in listed["commands"] if each.get("type") == "prompt"}
        assert 1 <= len(starters) <= 3, "questions to begin with, where there is room"
        assert all(title == each["prompt"] for title, each in starters.items())
        for title in titles:
            understood = understand(Utterance(title), world())
            assert (understood is None) is (title in starters), title


def test_no_command_is_pushed_off_the_list_by_the_others(manifest: dict[str, Any]) -> None:
    for listed, place in zip(manifest["bots"][0]["commandLists"], EVERYWHERE[::2], strict=True):
        titles = {command["title"] for command in listed["commands"]}
        assert {item.says for item in menu(place)} <= titles, place


def test_the_package_has_the_manifest_and_its_icons(made: Manifest, tmp_path: Path) -> None:
    write(made, tmp_path / "sharewise.zip")
    with zipfile.ZipFile(tmp_path / "sharewise.zip") as zipped:
        assert zipped.read("manifest.json").decode() == made.text
        for name, side in (("color.png", 192), ("outline.png", 32)):
            assert struct.unpack(">II", zipped.read(name)[16:24]) == (side, side)


def test_the_colour_icons_symbol_stays_in_the_middle_and_its_ground_is_whole() -> None:
    side, margin = 192, (192 - 120) // 2
    data = package("{}")["color.png"]
    pixels = zlib.decompress(data[data.index(b"IDAT") + 4 : -16])
    rows = [pixels[at + 1 : at + 1 + 4 * side] for at in range(0, len(pixels), 4 * side + 1)]
    drawn = [
        (x, y) for y, row in enumerate(rows) for x in range(side) if tuple(row[4 * x : 4 * x + 4]) != GREEN
    ]
    assert min(map(min, drawn)) >= margin
    assert max(map(max, drawn)) < side - margin
    assert len(drawn) > 1_000


def test_a_wrong_or_missing_application_id_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadManifest, match="application id"):
        build(TEAMS, SMALL, app_id="mine")
    without = build(TEAMS, SMALL)
    assert "${{MICROSOFT_APP_ID}}" in without.text
    with pytest.raises(BadManifest, match="--app-id"):
        write(without, tmp_path / "sharewise.zip")
    assert not list(tmp_path.iterdir())
