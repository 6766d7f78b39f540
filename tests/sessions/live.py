"""Live sessions of a process: who takes part, where, and what is open there."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.platforms.ports import Result
from dialogs.core.events import Event, Utterance
from dialogs.core.replies import Reply
from dialogs.core.work import OpenSessions
from tests.harness import sharewise as harness
from tests.harness.sharewise import at

HOST, COLLEAGUE, PARTNER = "slack:T1/UHOST", "slack:T1/UCOL", "teams:t1/partner"
SLACK, TEAMS = {"tenant": "slack:T1", "channel": "C1"}, {"tenant": "teams:t1", "channel": "19:x"}
"""A channel of either platform."""


class Sharewise(harness.Sharewise):
    """One whose people are in a channel of Slack unless said otherwise; what they type mentions the bot."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.sessions, self.store = self.service.sessions, self.service.sessions.store
        self.card_updater = self.service.card_updater

    async def happens(self, event: Event, who: str, **where: Any) -> Result:
        return await super().happens(event, who, **{**SLACK, **where})

    async def quiz(self, ask: str = "quiz here", host: str = HOST, **where: Any) -> Reply:
        """The card of a quiz that the host has begun."""
        await self.say(host, ask, **where)
        return await self.platform.shows(where.get("channel", "C1"), "quiz", "Nobody has answered yet")

    async def check(self, ask: str = "readiness here", host: str = HOST, **where: Any) -> Reply:
        """The card of a readiness check that the host has begun."""
        await self.say(host, ask, **where)
        return await self.platform.shows(where.get("channel", "C1"), "Nobody has begun yet")

    async def here(self, tenant: str = "slack:T1", channel: str = "C1") -> OpenSessions:
        """What is open in a channel."""
        return (await self.memory.load(at(Utterance("-"), HOST, tenant=tenant, channel=channel))).here

    async def session(self, kind: str = "quiz", **where: str) -> str:
        """The id of the session that is open in a channel."""
        here = await self.here(**where)
        found = here.quiz if kind == "quiz" else here.readiness
        assert found is not None
        return found.session


async def idle(process: Sharewise) -> None:
    """Wait until what was said has arrived and the card updater has nothing to do."""
    async with asyncio.timeout(20):
        await process.service.delivery.settled()
        while tasks := {*process.card_updater._tasks.values(), *process.card_updater._looks}:
            await asyncio.wait(tasks)
