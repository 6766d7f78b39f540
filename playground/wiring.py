"""Connects the bot to the stand-ins, where no platform is connected."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from aiohttp import web
from pydantic import SecretStr

from bot.app.wiring import Application
from bot.settings import Settings
from dialogs.questions.blocks import examples
from playground.app import Playground
from playground.connector import TeamsStandIn
from playground.slack_api import PREFIX as SLACK_PREFIX
from playground.slack_api import SlackStandIn
from playground.stage import ADVISOR, ORGANISATIONS, PEOPLE, SLACK_TEAM


def pretend(settings: Settings, url: str) -> Settings:
    """``settings`` with the Slack stand-in served at ``url`` as Slack, and the playground's advisor."""
    advisor = next(person for person in PEOPLE if person.key == ADVISOR)
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(f"xoxb-playground-{secrets.token_hex(8)}"),
            "slack_signing_secret": SecretStr(secrets.token_hex(16)),
            "slack_api_url": f"{url}{SLACK_PREFIX}/api/",
            # The stand-in has limits by its own time, in which a month can take seconds.
            "platform_limits": False,
            "organisations": tuple(
                f"{platform}:{team}={name}"
                for name, teams in ORGANISATIONS.items()
                for platform, team in zip(("slack", "teams"), teams, strict=True)
            ),
            "advisors": (
                *settings.advisors,
                f"{SLACK_TEAM}/{advisor.slack_id}",
                f"{ORGANISATIONS[advisor.organisation][1]}/{advisor.teams_id}",
            ),
        }
    )


class Hands:
    """The hands of the playground's clock (``bot.playground.crowd_duties.Clock``)."""

    def __init__(self, service: Application) -> None:
        self._service = service

    def now(self) -> datetime:
        """What it is now in the playground."""
        return self._service.clock.now()

    async def forward(self, by: timedelta) -> None:
        """Move it; what falls due on the way has been sent then."""
        await self._service.schedule.forward(by, self._service.delivery.settled)


def mount(app: web.Application, url: str, service: Application) -> None:
    """Serve the page and both stand-ins of ``service`` from ``app``, which is reached at ``url``."""
    settings = service.settings
    assert settings.slack_signing_secret is not None
    assert settings.slack_bot_token is not None
    hands = Hands(service)

    def seconds() -> float:
        return hands.now().timestamp()

    slack = SlackStandIn(
        url,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        token=settings.slack_bot_token.get_secret_value(),
        clock=seconds,
    )
    teams = TeamsStandIn(url, clock=seconds)
    starters = [*(one.says for one in examples(service.knowledge).options), "help"]
    page = Playground(slack, teams, starters, clock=hands)
    for part in (slack, teams, page):
        app.add_routes(part.routes())
    app.on_shutdown.append(page.stop)

    async def close(app: web.Application) -> None:
        await slack.close()
        await teams.close()

    app.on_cleanup.append(close)
