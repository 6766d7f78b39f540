"""In the dispatcher's place where only a platform's side is tested."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.platforms.ports import InboundEvent, Result


class Notes:
    """Writes down what arrives, and answers as it is told."""

    def __init__(self) -> None:
        self.arrivals: list[InboundEvent] = []
        self.results: list[Result] = []
        """What to answer next; ``result`` when none is left."""
        self.result = Result("done")
        self.trouble: Exception | None = None
        self.organisations: dict[str, str] = {}
        """Workspace -> organisation, as it was told."""
        self.installations: dict[str, bool] = {}
        """Account -> whether we are installed, as far as was told."""
        self._more = asyncio.Condition()

    async def organisation(self, team: str, told: str = "") -> str:
        if told:
            self.organisations[team] = told
        return self.organisations.get(team, "")

    async def talked_in(self, conversation: str, tenants: Sequence[str]) -> str:
        return ""

    async def installed(self, account: str) -> None:
        self.installations[account] = True

    async def uninstalled(self, account: str) -> None:
        self.installations[account] = False

    async def run(self, inbound: InboundEvent) -> Result:
        self.arrivals.append(inbound)
        async with self._more:
            self._more.notify_all()
        if self.trouble:
            raise self.trouble
        return self.results.pop(0) if self.results else self.result

    async def until(self, count: int) -> list[InboundEvent]:
        """All inbound events, once there are ``count`` of them."""
        async with asyncio.timeout(10), self._more:
            await self._more.wait_for(lambda: len(self.arrivals) >= count)
        return self.arrivals
