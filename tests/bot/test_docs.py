"""The documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli.commands import app
from bot.settings import SURROUNDINGS, Settings
from bot.settings import documentation as documentation_of_settings
from bot.storage.person_data import documentation

ROOT = Path(__file__).parents[2]
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


def test_the_table_of_person_data_is_shown() -> None:
    shown = PRIVACY.partition("<!-- person data -->")[2].partition("<!-- /person data -->")[0]
    assert shown.strip() == documentation(90)


def test_the_table_of_settings_is_shown() -> None:
    """Where it isn't: python -c "from bot.settings import documentation; print(documentation())"."""
    shown = SETTINGS.partition("<!-- settings -->")[2].partition("<!-- /settings -->")[0]
    assert shown.strip() == documentation_of_settings()


@pytest.mark.parametrize(
    "page", [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")], ids=lambda page: page.name
)
def test_the_settings_that_a_page_names_exist(page: Path) -> None:
    named = re.findall(r"`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`", page.read_text("utf-8"))
    assert set(named) - SURROUNDINGS.keys() - {name.upper() for name in Settings.model_fields} == set()


def test_every_command_is_in_the_readme() -> None:
    commands = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert "doctor" in commands
    assert [name for name in commands if not re.search(rf"`(python -m bot )?{name}\b", README)] == []


def test_the_documents_are_all_in_their_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "README.md"]
    assert [page for page in pages if f"({page}" not in index] == []
