"""The playground as a server needs it, and what it says where there is none and no platform either."""

from __future__ import annotations

from typing import Protocol

from aiohttp import web

from bot.app.wiring import Application
from bot.settings import Settings
from knowledge import Knowledge


class NothingConnected(Exception):
    """No platform is connected, and there is no playground; the message says the way out."""


class LocalPlatforms(Protocol):
    """The playground, as far as a server needs it: both platforms on this machine, and their page."""

    def restore(self) -> None:
        """Let all be as it was when it was stopped, the clock included. Before ``Application.start``."""

    def mount(self, app: web.Application) -> None:
        """Serve it from ``app``."""


def with_playground(
    settings: Settings, knowledge: Knowledge, redis_url: str, url: str
) -> tuple[Application, LocalPlatforms]:
    """A Sharewise served at ``url``, and the platforms on this machine that it is connected to.

    Raises NothingConnected where the playground isn't installed.
    """
    try:
        from playground.wiring import PlaygroundPlatforms, pretend
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "playground":
            raise
        raise NothingConnected(
            "no platform is connected, and the playground isn't installed: set the credentials of Slack "
            "or Teams (see README)"
        ) from None
    service = Application(pretend(settings, url), knowledge, redis_url, unauthenticated=True)
    platforms = PlaygroundPlatforms(
        service.settings, url, knowledge, service.clock, service.schedule, service.delivery.settled
    )
    return service, platforms
