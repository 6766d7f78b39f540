"""The documentation says what the code does."""

from __future__ import annotations

from pathlib import Path

from bot.settings import Settings
from bot.storage.person_data import documentation

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


def test_the_table_of_person_data_is_shown() -> None:
    shown = PRIVACY.partition("<!-- person data -->")[2].partition("<!-- /person data -->")[0]
    assert shown.strip() == documentation(90)


def test_every_setting_is_described() -> None:
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in README] == []
