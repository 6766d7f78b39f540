"""The documentation says what the code does."""

from __future__ import annotations

from pathlib import Path

from bot.settings import Settings
from bot.storage.keys import DAY, retention

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def in_words(seconds: int | None, until: str) -> str:
    """A retention time as the table shows it."""
    if seconds is None:
        return f"until {until}"
    if seconds % DAY == 0 and seconds > DAY:
        return f"{seconds // DAY} days"
    return {DAY: "24 hours", 60: "1 minute", 600: "10 minutes", 3600: "1 hour"}.get(
        seconds, f"{seconds} seconds"
    )


def test_the_retention_table_is_shown() -> None:
    rows = [
        f"| {kind} | {kept.what} | {in_words(kept.seconds, kept.until)} |"
        for kind, kept in retention(90).items()
    ]
    table = "\n".join(["| kind of key | what it holds | kept |", "|---|---|---|", *rows])
    shown = README.partition("<!-- retention -->")[2].partition("<!-- /retention -->")[0]
    assert shown.strip() == table


def test_every_setting_is_described() -> None:
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in README] == []
