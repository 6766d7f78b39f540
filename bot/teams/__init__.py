"""Microsoft Teams: listen, render, send. Nothing outside this folder knows the Bot Framework."""

from __future__ import annotations

from bot.teams.side import TeamsSide, connect

__all__ = ["TeamsSide", "connect"]
