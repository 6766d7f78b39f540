"""Credentials that a platform refuses: what is for it waits, and goes out by itself once they work again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from bot.observability.logs import where
from bot.observability.metrics import Metrics
from bot.platforms.ports import Revoked, Undeliverable
from bot.storage.connection import Connection, MemoryAway
from bot.storage.keys import Keys

Tell = Callable[[str, str], Awaitable[None]]
"""Tells advisors elsewhere that a platform refuses us, and by which word."""

_log = structlog.get_logger()


class Credentials:
    """What one process knows of each platform's opinion of our credentials."""

    def __init__(
        self, connection: Connection, metrics: Metrics, seconds: Mapping[str, int], tell: Tell | None = None
    ) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._metrics, self._tell = connection, metrics, tell
        self._seconds = seconds["uninstalled"]
        self.refused: dict[str, Revoked] = {}
        """The platforms that refuse us just now."""
        self._again: dict[str, float] = {}
        """When, on the loop's clock, one of them is next asked."""
        self._uninstalled: set[str] = set()
        self._worked: set[str] = set()

    def check(self, platform: str) -> None:
        """Raises Revoked while the platform isn't to be asked, Undeliverable where we were uninstalled."""
        if platform in self._uninstalled:
            raise Undeliverable("app_uninstalled")
        left = self._again.get(platform, 0.0) - asyncio.get_running_loop().time()
        if platform in self.refused and left > 0:
            known = self.refused[platform]
            raise Revoked(known.reason, known.todo, left)

    async def refuse(self, platform: str, error: Revoked) -> None:
        """The platform has refused us; said once. Raises Undeliverable where we were uninstalled."""
        known = self.refused.get(platform)
        self.refused[platform] = error
        self._again[platform] = asyncio.get_running_loop().time() + error.after
        self._worked.discard(platform)
        try:
            if await self._connection.call("EXISTS", _key(platform)):
                self._gone(platform)
                raise Undeliverable("app_uninstalled")
            if known is None:
                self._metrics.refused.labels(platform).set(1)
                _log.error("credentials refused", platform=platform, reason=error.reason, todo=error.todo)
                if self._tell is not None:
                    await self._tell(platform, error.reason)
        except MemoryAway:
            pass
        except Undeliverable:
            raise
        except Exception as trouble:
            _log.error("nobody told of refused credentials", platform=platform, error=where(trouble))

    async def works(self, platform: str) -> None:
        """The platform has taken something."""
        if platform in self._worked:
            return
        self._worked.add(platform)
        if self.refused.pop(platform, None) is not None:
            _log.warning("credentials work again", platform=platform)
        self._metrics.refused.labels(platform).set(0)
        try:
            await self._connection.call("DEL", _key(platform))
        except MemoryAway:
            self._worked.discard(platform)

    async def uninstalled(self, platform: str) -> None:
        """We were taken out of it: nothing is held for it, in any process. May raise MemoryAway."""
        self._gone(platform)
        await self._connection.call("SET", _key(platform), "", "EX", self._seconds)

    def heard(self, platform: str) -> None:
        """Somebody there talks to us, so that we are installed."""
        self._uninstalled.discard(platform)

    def _gone(self, platform: str) -> None:
        if platform not in self._uninstalled:
            _log.warning("uninstalled", platform=platform)
        self._uninstalled.add(platform)
        self._worked.discard(platform)
        self.refused.pop(platform, None)
        self._metrics.refused.labels(platform).set(0)


def _key(platform: str) -> str:
    return Keys(platform).key("uninstalled", "us")
