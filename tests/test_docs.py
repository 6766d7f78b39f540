"""The documentation for those who carry on speaks of what exists."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [row.strip("| ").split(" | ") for row in re.findall(r"^\| (?!word \|).*", GLOSSARY, re.MULTILINE)]
TERMS = [(row[0], row[-1].strip("`")) for row in ROWS]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_glossary_has_a_line_each() -> None:
    words = [word for word, _ in TERMS]
    assert len(words) > 40
    assert {len(row) for row in ROWS} == {3}
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("word", "name"), TERMS, ids=[word for word, _ in TERMS])
def test_the_glossarys_names_exist(word: str, name: str) -> None:
    module, _, attribute = name.rpartition(".")
    assert hasattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    named = re.findall(
        r"`((?:bot|dialogs|knowledge|playground|tests|tools|docs)/[\w/.-]+)`", page.read_text("utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []
