"""One process of Sharewise on a real server, between fake platforms; and what arrives there."""

from __future__ import annotations

import asyncio
import itertools
from datetime import datetime, timedelta
from typing import Any

from bot.app.wiring import Application
from bot.platforms.ports import InboundEvent, Result
from bot.settings import Settings
from dialogs.core.events import Event, Place
from knowledge import Knowledge
from tests.harness.people import People
from tests.harness.platform import FakePlatform, private_to
from tests.harness.small import SMALL

numbers = itertools.count()
"""For whatever needs a name of its own."""


class Sharewise(People):
    """A process, which other processes may share its server and its platforms with."""

    def __init__(
        self,
        url: str,
        platform: FakePlatform,
        *,
        knowledge: Knowledge = SMALL,
        ahead: timedelta = timedelta(),
        **settings: Any,
    ) -> None:
        """``ahead``: how far its clock is; ``settings`` are those that differ from the tests' usual ones."""
        self.platform = platform
        usual = {
            "organisations": ("slack:T1=County", "teams:t1=District"),
            "questions_per_minute": 100_000,
            "platform_limits": False,
        }
        self.service = Application(Settings(**{**usual, **settings}), knowledge, url)
        self.service.clock.ahead = ahead
        self.connection, self.memory = self.service.connection, self.service.memory
        for name in ("slack", "teams"):
            self.service.join(name, platform)

    async def start(self, *, sweep: bool = True) -> None:
        """Begin to look after time, and with ``sweep`` after what others left."""
        await self.service.start(sweep=sweep)
        async with asyncio.timeout(20):
            await self.service.schedule.connected.wait()

    async def stop(self) -> None:
        """End it as a process ends on a signal."""
        await self.service.stop()

    def now(self) -> datetime:
        """The time as it takes it."""
        return self.service.clock.now()

    async def forward(self, **by: float) -> None:
        """Let time pass."""
        await self.service.schedule.forward(timedelta(**by), self.service.delivery.settled)

    async def settled(self) -> None:
        """Until nothing is under way."""
        await self.service.delivery.settled()

    async def happens(self, event: Event, who: str, **where: Any) -> Result:
        """In their chat with us, unless ``where`` says otherwise (as for ``at``)."""
        return await self.service.turn.run(at(event, who, **where))


def at(
    event: Event,
    who: str,
    *,
    tenant: str = "",
    channel: str = "",
    thread: str = "",
    press: bool = False,
    about: str | None = None,
    under: str = "",
    idempotency_key: str = "",
) -> InboundEvent:
    """``event`` as it arrives: in a person's chat with us, or in a channel, maybe of another ``tenant``."""
    platform, _, rest = (tenant or who).partition(":")
    alone, number = private_to(who), next(numbers)
    to = {"channel" if platform == "slack" else "conversation": channel} if channel else alone
    direct = not channel or channel.startswith("D")
    person = who.rpartition("/")[2]
    return InboundEvent(
        event=event,
        speaker=who,
        place=Place(platform, "direct" if direct else "channel"),  # type: ignore[arg-type]
        tenant=tenant or f"{platform}:{rest.partition('/')[0]}",
        conversation=f"{channel or person}:{thread or number}",
        idempotency_keys=(idempotency_key or f"m:{number}",),
        about=about,
        under=under,
        to=to,
        private_to=alone,
        note_to=None if press else alone,
        channel=channel or f"D{person}",
        channel_to=to,
        can_open=press,
        profile={"name": person.casefold() if press else person.title()},  # a press tells the handle
    )
