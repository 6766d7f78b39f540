"""Live sessions without a platform: a whole Sharewise on a real server, and walls that show what it sends."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.app.wiring import Application
from bot.platforms.ports import Address, InboundEvent, OutboxMessage, Result, Someone, Undeliverable, Wait
from bot.settings import Settings
from dialogs.core.model import Event, Place, Utterance
from dialogs.core.plain import plain
from dialogs.core.replies import Reply
from dialogs.core.work import OpenSessions
from knowledge import Knowledge
from tests.people import People

HOST, COLLEAGUE, ADVISOR = "slack:T1/UHOST", "slack:T1/UCOL", "slack:T1/UADVISOR"
PARTNER = "teams:t1/partner"
SLACK, TEAMS = {"tenant": "slack:T1", "channel": "C1"}, {"tenant": "teams:t1", "channel": "19:x"}
"""A channel of either platform."""
_numbers = itertools.count()


class Wall:
    """A platform that shows what it was sent: each message in its place."""

    def __init__(self) -> None:
        self.sender = self.directory = self
        self.advisors = {ADVISOR}
        self.organisations: dict[str, str] = {}
        """What workspaces and tenants call themselves, where they tell."""
        self.shown: dict[str, dict[str, Reply]] = {}
        self.drawn: list[tuple[str, Reply]] = []
        """All that was sent, in order, with its place."""
        self.faults: list[Exception] = []
        """What becomes of the next sends instead."""
        self.hold: asyncio.Event | None = None
        """Sends wait for this, where it is set."""
        self.waiting = 0
        """How many sends do."""
        self._changed = asyncio.Condition()

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        place = message.to.get("channel") or message.to["conversation"]
        if self.faults:
            raise self.faults.pop(0)
        if self.hold is not None:
            await self._held(self.hold)
        id = message.instead.rpartition(":")[2] if message.instead else f"m{next(_numbers)}"
        async with self._changed:
            self.drawn.append((place, message.reply))
            self.shown.setdefault(place, {})[id] = message.reply
            self._changed.notify_all()
        return f"{place}:{id}"

    async def _held(self, hold: asyncio.Event) -> None:
        async with self._changed:
            self.waiting += 1
            self._changed.notify_all()
        await hold.wait()

    async def person(self, id: str, known: Address) -> Someone:
        return Someone(id, id.rpartition("/")[2].title())

    async def organisation(self, id: str) -> str:
        if id not in self.organisations:
            raise Undeliverable("not_told")
        return self.organisations[id]

    def without_person(self, to: Address) -> Address:
        return {name: to[name] for name in to if name == "service_url"}

    def routes(self) -> tuple[()]:
        return ()

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        return

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until what is shown satisfies a condition."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(holds)

    def texts(self, place: str) -> list[str]:
        """All that is shown in a place."""
        return [plain(one) for one in self.shown.get(place, {}).values()]

    def card(self, place: str) -> Reply:
        """The last message for everybody in ``place``."""
        return list(self.shown[place].values())[-1]

    async def shows(self, place: str, *phrases: str) -> Reply:
        """The message in ``place`` that has all ``phrases``, once there is one."""
        found: list[Reply] = []

        def there() -> bool:
            found[:] = [
                one
                for one in self.shown.get(place, {}).values()
                if all(phrase.casefold() in plain(one).casefold() for phrase in phrases)
            ]
            return bool(found)

        try:
            await self.until(there)
        except TimeoutError:
            raise AssertionError(f"{place} never showed {phrases}: {self.texts(place)}") from None
        return found[-1]

    async def tells(self, who: str, *phrases: str) -> Reply:
        """The same, of what is said to a person alone."""
        return await self.shows(f"private {who}", *phrases)


class Sharewise:
    """One process of Sharewise, with a wall for both platforms."""

    def __init__(self, url: str, knowledge: Knowledge, wall: Wall) -> None:
        self.wall = wall
        settings = Settings(
            organisations=("slack:T1=County", "teams:t1=District"), questions_per_minute=100_000
        )
        self.service = Application(settings, knowledge, url)
        self.dispatcher, self.connection = self.service.turn, self.service.connection
        self.memory, self.sessions = self.service.memory, self.service.sessions
        self.store, self.card_updater = self.service.sessions.store, self.service.card_updater
        for platform in ("slack", "teams"):
            self.service.join(platform, wall)

    async def start(self) -> None:
        """Begin to look after what others left, and after time."""
        await self.service.start(sweep=True)
        async with asyncio.timeout(20):
            await self.service.schedule.connected.wait()

    async def stop(self) -> None:
        """End it as a process ends on a signal."""
        await self.service.stop()

    async def forward(self, **by: float) -> None:
        """Let time pass."""
        await self.service.schedule.forward(timedelta(**by), self.service.delivery.settled)

    async def here(self, tenant: str = "slack:T1", channel: str = "C1") -> OpenSessions:
        """What is open in a channel."""
        inbound = at(Utterance("-"), HOST, tenant=tenant, channel=channel)
        return (await self.memory.load(inbound)).here

    async def session(self, kind: str = "quiz", **where: str) -> str:
        """The id of the session that is open in a channel."""
        here = await self.here(**where)
        found = here.quiz if kind == "quiz" else here.readiness
        assert found is not None
        return found.session


def at(
    event: Event,
    who: str,
    *,
    tenant: str = "slack:T1",
    channel: str = "C1",
    press: bool = False,
    thread: str = "",
) -> InboundEvent:
    """``event`` as it arrives out of a channel (or, for a channel "D…", a direct chat)."""
    platform = tenant.partition(":")[0]
    key = "channel" if platform == "slack" else "conversation"
    direct = channel.startswith("D")
    number = next(_numbers)
    return InboundEvent(
        event=event,
        speaker=who,
        place=Place(platform, "direct" if direct else "channel"),  # type: ignore[arg-type]
        tenant=tenant,
        conversation=f"{channel}:{thread or number}",
        idempotency_keys=(f"m:{number}",),
        to={key: channel},
        private_to={key: f"private {who}"},
        note_to=None if press else {key: f"private {who}"},
        channel=channel,
        channel_to={key: channel},
        can_open=press,
        profile={"name": who.rpartition("/")[2].title()},
    )


class Team(People):
    """What people do in one process."""

    def __init__(self, process: Sharewise) -> None:
        self.process, self.wall = process, process.wall

    async def happens(self, event: Event, who: str, **where: Any) -> Result:
        """Whatever is typed mentions the bot."""
        return await self.process.dispatcher.run(at(event, who, **where))

    async def quiz(self, ask: str = "quiz here", host: str = HOST, **where: Any) -> Reply:
        """The card of a quiz that the host has begun."""
        await self.say(host, ask, **where)
        return await self.wall.shows(where.get("channel", "C1"), "quiz", "Nobody has answered yet")

    async def check(self, ask: str = "readiness here", host: str = HOST, **where: Any) -> Reply:
        """The card of a readiness check that the host has begun."""
        await self.say(host, ask, **where)
        return await self.wall.shows(where.get("channel", "C1"), "Nobody has begun yet")
