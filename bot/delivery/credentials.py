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

TellRefused = Callable[[str, str], Awaitable[None]]
"""Tells advisors elsewhere in which account we are refused, and by which word."""

_log = structlog.get_logger()


AGAIN_SECONDS = 60.0
"""How often it is looked whether we are installed again: another process may have been told."""


class Credentials:
    """What one process knows of each platform's opinion of our credentials, by account: a platform's single
    ones go by its name (``accounts.account_of``)."""

    def __init__(
        self,
        connection: Connection,
        metrics: Metrics,
        seconds: Mapping[str, int],
        tell: TellRefused | None = None,
    ) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._metrics, self._tell = connection, metrics, tell
        self._seconds = seconds["uninstalled"]
        self.refused: dict[str, Revoked] = {}
        """The accounts in which we are refused just now."""
        self._again: dict[str, float] = {}
        """When, on the loop's clock, one of them is next asked."""
        self._uninstalled: dict[str, float] = {}
        """Those that uninstalled us, with when that was last looked at."""
        self._worked: set[str] = set()

    async def check(self, account: str) -> None:
        """Raises Revoked while the account isn't to be used, Undeliverable where we were uninstalled."""
        now = asyncio.get_running_loop().time()
        if account in self._uninstalled:
            if now - self._uninstalled[account] < AGAIN_SECONDS or await self._marked(account):
                raise Undeliverable("app_uninstalled")
            self.heard(account)
        left = self._again.get(account, 0.0) - now
        if account in self.refused and left > 0:
            known = self.refused[account]
            raise Revoked(known.reason, known.todo, left)

    async def refuse(self, account: str, error: Revoked) -> None:
        """The platform has refused us; said once. Raises Undeliverable where we were uninstalled."""
        known = self.refused.get(account)
        self.refused[account] = error
        self._again[account] = asyncio.get_running_loop().time() + error.after
        self._worked.discard(account)
        try:
            if await self._connection.call("EXISTS", _key(account)):
                self._gone(account)
                raise Undeliverable("app_uninstalled")
            if known is None:
                self._metrics.refused.labels(account).set(1)
                _log.error("credentials refused", account=account, reason=error.reason, todo=error.todo)
                if self._tell is not None:
                    await self._tell(account, error.reason)
        except MemoryAway:
            pass
        except Undeliverable:
            raise
        except Exception as trouble:
            _log.error("nobody told of refused credentials", account=account, error=where(trouble))

    async def works(self, account: str) -> None:
        """The platform has taken something."""
        if account in self._worked:
            return
        self._worked.add(account)
        if self.refused.pop(account, None) is not None:
            _log.warning("credentials work again", account=account)
        self._metrics.refused.labels(account).set(0)
        try:
            await self._connection.call("DEL", _key(account))
        except MemoryAway:
            self._worked.discard(account)

    async def installed(self, account: str) -> None:
        """We were installed, with new credentials: nothing is held or dropped for it. May raise
        MemoryAway."""
        self.heard(account)
        self._again.pop(account, None)
        await self._connection.call("DEL", _key(account))

    async def uninstalled(self, account: str) -> None:
        """We were taken out of it: nothing is held for it, in any process. May raise MemoryAway."""
        self._gone(account)
        await self._connection.call("SET", _key(account), "", "EX", self._seconds)

    def heard(self, account: str) -> None:
        """Somebody there talks to us, so that we are installed."""
        self._uninstalled.pop(account, None)

    async def _marked(self, account: str) -> bool:
        self._uninstalled[account] = asyncio.get_running_loop().time()
        try:
            return bool(await self._connection.call("EXISTS", _key(account)))
        except MemoryAway:
            return True

    def _gone(self, account: str) -> None:
        if account not in self._uninstalled:
            _log.warning("uninstalled", account=account)
        self._uninstalled[account] = asyncio.get_running_loop().time()
        self._worked.discard(account)
        self.refused.pop(account, None)
        self._metrics.refused.labels(account).set(0)


def _key(account: str) -> str:
    return Keys(account).key("uninstalled", "us")
