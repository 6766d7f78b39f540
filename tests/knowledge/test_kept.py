"""What was learnt is kept on disk for the next start, and is never needed."""

from __future__ import annotations

from pathlib import Path

import pytest

import knowledge.matching.fitting
from knowledge import load
from tests.knowledge.test_reading import change

QUESTION = "how often do I water beans"


def test_a_second_start_learns_nothing_and_matches_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = load(folder, cache).match(QUESTION)

    def learn_again(*_: object) -> None:
        raise AssertionError("learnt again")

    monkeypatch.setattr(knowledge.matching.fitting, "learn", learn_again)
    assert load(folder, cache).match(QUESTION) == first


def test_changed_content_is_learnt_anew_and_takes_the_place_of_the_old(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    load(folder, cache)
    change(folder / "lessons" / "plot-size.md", "small plot or large plot", QUESTION)
    change(folder / "lessons" / "watering.md", "do the beans need water every day", "may I drink it")
    assert load(folder, cache).match(QUESTION).candidates[0].lesson == "plot-size"
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"PK\x03\x04 cut short"])
def test_a_damaged_file_is_replaced(folder: Path, tmp_path: Path, rubbish: bytes) -> None:
    cache = tmp_path / "cache"
    expected = load(folder, cache).match(QUESTION)
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(rubbish)
    assert load(folder, cache).match(QUESTION) == expected
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_does_no_harm(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file-where-the-folder-should-be"
    blocked.write_text("", encoding="utf-8")
    assert load(folder, blocked / "cache").match(QUESTION) == load(folder).match(QUESTION)
