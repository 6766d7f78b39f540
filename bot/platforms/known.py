"""The platforms that Sharewise comes with."""

from __future__ import annotations

from bot.platforms.mail.platform import MAIL
from bot.platforms.registry import Platforms
from bot.platforms.slack.platform import SLACK
from bot.platforms.teams.platform import TEAMS

PLATFORMS = Platforms((SLACK, TEAMS, MAIL))
