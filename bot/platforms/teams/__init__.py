"""Microsoft Teams: listen, render, send. Nothing outside this folder knows the Bot Framework."""

from __future__ import annotations

from bot.platforms.teams.adapter import TeamsAdapter, connect

__all__ = ["TeamsAdapter", "connect"]
