"""What a server needs of the playground, and what it says where there is none and no platform either."""

from __future__ import annotations

from typing import Protocol

from aiohttp import web


class NothingConnected(Exception):
    """No platform is connected, and there is no playground; the message says the way out."""


class LocalPlatforms(Protocol):
    """The playground, as far as a server needs it: both platforms on this machine, and their page."""

    def restore(self) -> None:
        """Let all be as it was when it was stopped, the clock included. Before ``Application.start``."""

    def mount(self, app: web.Application) -> None:
        """Serve it from ``app``."""
