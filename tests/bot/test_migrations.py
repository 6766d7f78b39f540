"""What was kept by an earlier version is read as what it means today."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bot.storage import migrations
from bot.storage.migrations import ShapeReader, UnreadableState, versioned
from dialogs.core.model import State


class Lamp(msgspec.Struct, frozen=True):
    """A shape that has changed twice: "on" became a level, and the level a percentage."""

    percent: int


def level(lamp: dict[str, Any]) -> dict[str, Any]:
    return {"level": 1.0 if lamp["on"] else 0.0}


def percentage(lamp: dict[str, Any]) -> dict[str, Any]:
    return {"percent": round(lamp["level"] * 100)}


@pytest.fixture(autouse=True)
def third_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "SCHEMA", 3)
    monkeypatch.setattr(migrations, "UPGRADES", {1: {Lamp: level}, 2: {Lamp: percentage}})


def stored(version: int, value: object) -> bytes:
    return msgspec.msgpack.encode((version, value))


@pytest.mark.parametrize(
    "kept", [stored(1, {"on": True}), stored(2, {"level": 1.0}), stored(3, {"percent": 100})]
)
def test_every_version_reads_as_the_newest(kept: bytes) -> None:
    assert ShapeReader(Lamp, None)(kept) == Lamp(100)


def test_it_is_written_in_the_newest_version() -> None:
    assert versioned(Lamp(40)) == stored(3, {"percent": 40})


def test_a_shape_without_an_upgrade_is_read_as_it_is() -> None:
    state = State(question="why?", lesson="factor-buy-in")
    assert ShapeReader(State, None)(stored(1, state)) == state


@pytest.mark.parametrize(
    "kept",
    [b"", b"\xff", stored(1, {"level": 1.0}), stored(1, None), stored(4, {"percent": 1}), stored(0, {})],
    ids=["empty", "damaged", "of no version that was", "nothing", "newer", "before the first"],
)
def test_what_can_not_be_read_is_not_taken_for_what_is_not_there(kept: bytes) -> None:
    noticed = list[str]()
    with pytest.raises(UnreadableState) as raised:
        ShapeReader(Lamp, None)(kept, "its key", noticed.append)
    assert raised.value.key == "its key"
    assert ShapeReader(Lamp, None)(None, "its key", noticed.append) is None
    assert ShapeReader(Lamp, None).or_missing(kept, "its key", noticed.append) is None
    assert noticed == ["its key", "its key"]
