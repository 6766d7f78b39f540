"""The app package that is uploaded to Teams: its manifest's limits, and its icons."""

from __future__ import annotations

import json
import runpy
import struct
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "teams-manifest"
APP = "11111111-2222-3333-4444-555555555555"


@pytest.fixture(scope="module")
def pack() -> dict[str, Any]:
    """What the packing script defines."""
    return runpy.run_path(str(FOLDER / "pack.py"))


@pytest.fixture(scope="module")
def files(pack: dict[str, Any]) -> dict[str, bytes]:
    """The package for a bot."""
    made: dict[str, bytes] = pack["package"](APP)
    return made


def test_the_manifest_names_the_bot_and_keeps_to_teams_limits(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    [bot] = manifest["bots"]
    assert manifest["id"] == bot["botId"] == APP
    assert b"${{" not in files["manifest.json"]
    assert set(bot["scopes"]) == {"personal", "team", "groupChat"}
    assert bot["supportsFiles"] is True
    assert len(manifest["name"]["short"]) <= 30
    assert len(manifest["name"]["full"]) <= 100
    assert len(manifest["description"]["short"]) <= 80
    assert len(manifest["description"]["full"]) <= 4000
    assert len(bot["commandLists"]) <= 3
    for commands in bot["commandLists"]:
        assert len(commands["commands"]) <= 10
        for command in commands["commands"]:
            assert len(command["title"]) <= 32
            assert len(command["description"]) <= 128


@pytest.mark.parametrize(("name", "adapter"), [("color.png", 192), ("outline.png", 32)])
def test_the_icons_in_the_repository_are_the_drawn_ones(
    files: dict[str, bytes], name: str, adapter: int
) -> None:
    assert (FOLDER / name).read_bytes() == files[name]
    assert struct.unpack(">II", files[name][16:24]) == (adapter, adapter)


@pytest.mark.parametrize("arguments", [[], ["mine"], [APP, APP]])
def test_a_wrong_application_id_is_told(
    pack: dict[str, Any], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert pack["main"](arguments) == 2
    assert "application id" in capsys.readouterr().err
