"""Live sessions without a platform: store, turns and painter on a real server, and what they send."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.budget import Budget
from bot.delivery import Delivery
from bot.house import House
from bot.line import Line
from bot.live import painter
from bot.live.door import Door
from bot.live.painter import Painter
from bot.live.session import Sessions
from bot.live.store import Store
from bot.memory import Memory
from bot.metrics import Metrics
from bot.people import People
from bot.ports import Arrival, Result, Row, Unavailable, Undeliverable, Wait
from bot.schedule import Clock, Errands, Schedule
from bot.turn import Turn
from dialogs.model import Event, Place, Reply, Said, Submitted
from dialogs.plain import choices, plain
from dialogs.work import Here
from knowledge import Knowledge

HOST, COLLEAGUE, ADVISOR = "slack:T1/UHOST", "slack:T1/UCOL", "slack:T1/UADVISOR"
PARTNER = "teams:t1/partner"
_numbers = itertools.count()


class Wall:
    """A platform that shows what it was sent: each place's messages, a replaced one in its old place."""

    def __init__(self) -> None:
        self.shown: dict[str, dict[str, Reply]] = {}
        self.sends = 0
        self.faults: list[Exception] = []
        self._changed = asyncio.Condition()

    async def send(self, row: Row, wait: Wait) -> str | None:
        if self.faults:
            raise self.faults.pop(0)
        place = row.to.get("channel") or row.to["conversation"]
        message = row.instead.rpartition(":")[2] if row.instead else f"m{next(_numbers)}"
        async with self._changed:
            self.sends += 1
            self.shown.setdefault(place, {})[message] = row.reply
            self._changed.notify_all()
        return f"{place}:{message}"

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until what is shown satisfies a condition."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(holds)

    def texts(self, place: str) -> list[str]:
        """All that is shown in a place."""
        return [plain(one) for one in self.shown.get(place, {}).values()]

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


class House_:
    """One process of Sharewise around two walls."""

    def __init__(self, url: str, knowledge: Knowledge, wall: Wall, clock: Clock | None = None) -> None:
        self.line, self.wall, self.clock = Line(url), wall, clock or Clock()
        self.metrics = Metrics()
        self.memory = Memory(self.line, 90)
        senders: dict[str, Any] = {"slack": wall, "teams": wall}
        self.delivery = Delivery(self.memory, senders, self.metrics)
        self.people = People(self.line, {}, {"slack:T1": "County", "teams:t1": "District"}, 1000)
        self.store = Store(self.line, self.memory.commits, self.memory.seconds)
        self.painter = Painter(self.store, senders, Budget(self.line), knowledge, self.metrics)
        self.sessions = Sessions(
            self.store, self.delivery, self.painter, knowledge, self.clock.now, self.people
        )
        door = Door(self.store, self.sessions, self.painter, knowledge, self.metrics)
        advises = lambda speaker: speaker == ADVISOR  # noqa: E731
        turn = Turn(
            self.memory, self.store, self.delivery, knowledge, advises, self.clock.now, self.metrics,
            per_minute=1000, retention_days=90,
        )  # fmt: skip
        self.house = House(
            turn, self.memory, self.store, self.sessions, door, self.delivery, self.people, advises
        )
        self.schedule = Schedule(url, self.clock, self.house.hand)
        senders["errand"] = Errands(self.schedule, self.clock, self.house.hand)

    async def start(self) -> None:
        """Begin to look after what others left, and after time."""
        await self.schedule.start(work=True)
        async with asyncio.timeout(20):
            await self.schedule.connected.wait()
        self._sweeps = [
            asyncio.create_task(self.delivery.sweep()),
            asyncio.create_task(self.painter.sweep()),
        ]

    async def stop(self) -> None:
        """End it as a process ends on a signal."""
        for task in self._sweeps:
            task.cancel()
        await asyncio.gather(*self._sweeps, return_exceptions=True)
        await self.schedule.stop()
        await self.painter.stop()
        await self.delivery.finish(5)
        await self.line.close()

    async def forward(self, **by: float) -> None:
        """Let time pass."""
        await self.schedule.forward(timedelta(**by), self.delivery.settled)

    async def here(self, home: str, channel: str) -> Here:
        """What is open in a channel."""
        arrival = at(Said("-"), HOST, home=home, channel=channel)
        return (await self.memory.load(arrival)).here


def at(
    event: Event, who: str, *, home: str = "slack:T1", channel: str = "C1", press: bool = False
) -> Arrival:
    """``event`` as it arrives out of a channel (or, for a channel "D…", a direct chat)."""
    platform = home.partition(":")[0]
    key = "channel" if platform == "slack" else "conversation"
    direct = channel.startswith("D")
    number = next(_numbers)
    return Arrival(
        event=event,
        speaker=who,
        place=Place(platform, "direct" if direct else "channel"),  # type: ignore[arg-type]
        home=home,
        conversation=f"{channel}:{number}",
        marks=(f"m:{number}",),
        to={key: channel},
        private_to={key: f"private {who}"},
        note_to=None if press else {key: f"private {who}"},
        channel=channel,
        channel_to={key: channel},
        can_open=press,
        profile={"name": who.partition("/")[2].title()},
    )


class People_:
    """What people do in one process's house."""

    def __init__(self, process: House_) -> None:
        self.process = process

    async def say(self, who: str, text: str, **where: str) -> Result:
        """Somebody types, mentioning the bot."""
        return await self.process.house.run(at(Said(text), who, **where))  # type: ignore[arg-type]

    async def press(self, who: str, card: Reply, label: str, **where: str) -> Result:
        """Somebody presses the button of ``card`` whose label contains ``label``."""
        found = [one for one in choices(card) if label in one.label]
        assert found, f"no such button among {[one.label for one in choices(card)]}"
        event = Said(found[0].says, pressed=True)
        return await self.process.house.run(at(event, who, press=True, **where))  # type: ignore[arg-type]

    async def submit(self, who: str, says: str, values: dict[str, str], **where: str) -> Result:
        """Somebody submits a form."""
        event = Submitted(says, values)
        return await self.process.house.run(at(event, who, press=True, **where))  # type: ignore[arg-type]


__all__ = ["ADVISOR", "COLLEAGUE", "HOST", "PARTNER", "House_", "People_", "Unavailable", "Undeliverable",
           "Wall", "at", "painter"]  # fmt: skip
