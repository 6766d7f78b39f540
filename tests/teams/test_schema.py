"""The manifest against Microsoft's own schema, as the package @microsoft/app-manifest publishes it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bot.cli.manifest import build
from bot.platforms.teams.platform import TEAMS
from tests.components import need_node
from tests.harness.knowledge import own_knowledge
from tests.teams.test_manifest import APP

FOLDER = Path(__file__).parent / "schema"


def problems(manifest: str) -> list[str]:
    """What the schema says of it."""
    checked = subprocess.run(
        [need_node(FOLDER), str(FOLDER / "check.cjs")], input=manifest, capture_output=True, text=True
    )
    assert not checked.stderr
    return checked.stdout.splitlines()


@pytest.mark.parametrize("follow_ups", [False, True])
def test_it_is_valid(follow_ups: bool) -> None:
    assert problems(build(TEAMS, own_knowledge(), app_id=APP, follow_ups=follow_ups).text) == []


def test_what_is_wrong_is_found() -> None:
    manifest = json.loads(build(TEAMS, own_knowledge(), app_id=APP).text)
    manifest["bots"][0]["scopes"].append("everywhere")
    manifest["name"]["short"] = "x" * 31
    assert {problem.partition(" ")[0] for problem in problems(json.dumps(manifest))} == {
        "/bots/0/scopes/3",
        "/name/short",
    }
