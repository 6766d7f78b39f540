"""Connects the bot to the stand-ins, where no platform is connected."""

from __future__ import annotations

import secrets

from aiohttp import web
from pydantic import SecretStr

from bot.playground.app import Playground
from bot.playground.connector import TeamsStandIn
from bot.playground.slack_api import PREFIX as SLACK_PREFIX
from bot.playground.slack_api import SlackStandIn
from bot.playground.stage import ADVISOR, ORGANISATIONS, PEOPLE, SLACK_TEAM
from bot.settings import Settings
from dialogs.blocks import examples
from knowledge import Knowledge


def pretend(settings: Settings, url: str) -> Settings:
    """``settings`` with the Slack stand-in served at ``url`` as Slack, and the playground's advisor."""
    advisor = next(person for person in PEOPLE if person.key == ADVISOR)
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(f"xoxb-playground-{secrets.token_hex(8)}"),
            "slack_signing_secret": SecretStr(secrets.token_hex(16)),
            "slack_api_url": f"{url}{SLACK_PREFIX}/api/",
            "advisors": (
                *settings.advisors,
                f"{SLACK_TEAM}/{advisor.slack_id}",
                f"{ORGANISATIONS[advisor.organisation][1]}/{advisor.teams_id}",
            ),
        }
    )


def mount(app: web.Application, url: str, settings: Settings, knowledge: Knowledge) -> None:
    """Serve the page and both stand-ins from ``app``, which is reached at ``url``."""
    assert settings.slack_signing_secret is not None
    assert settings.slack_bot_token is not None
    slack = SlackStandIn(
        url,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        token=settings.slack_bot_token.get_secret_value(),
    )
    teams = TeamsStandIn(url)
    page = Playground(slack, teams, [*(one.says for one in examples(knowledge).options), "help"])
    for part in (slack, teams, page):
        app.add_routes(part.routes())
    app.on_shutdown.append(page.stop)

    async def close(app: web.Application) -> None:
        await slack.close()
        await teams.close()

    app.on_cleanup.append(close)
