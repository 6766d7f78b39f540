"""Reminders without a platform: a whole Sharewise on a real server, between platforms that do as told."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.app.wiring import Application
from bot.platforms.ports import Address, InboundEvent, OutboxMessage, Result, Someone, Undeliverable, Wait
from bot.settings import Settings
from dialogs.core.model import Event, Place
from dialogs.core.plain import plain
from dialogs.core.reminder_model import BeginSeries, Draft, LedgerEntry, Series, SteerAct, SteerSeries, Target
from dialogs.core.replies import Reply
from dialogs.core.session_model import Actor
from dialogs.recurrence.rule import Recurrence
from knowledge import Knowledge
from tests.people import People

ADVISOR, OFFICER = "slack:T1/UADVISOR", "slack:T1/U1"
ID = "CDFGHJKMNPQR"
"""The id of the series that most tests are about."""
SLACK, TEAMS = "slack:T1", "teams:t1"
_numbers = itertools.count()


class Platform:
    """Both platforms: takes what it is sent, or refuses as it is told to."""

    def __init__(self) -> None:
        self.sender = self.directory = self
        self.advisors = {ADVISOR}
        self.sent: list[OutboxMessage] = []
        self.messages: dict[str, dict[str, Reply]] = {}
        """Address -> what stands there, by message."""
        self.refuses: dict[str, Exception] = {}
        """Address -> what sending there comes to."""
        self.troubles: list[Exception] = []
        """What becomes of the next sends, wherever they go."""
        self.hold: asyncio.Event | None = None
        self.waiting = 0
        """Sends that wait for ``hold``."""
        self.groups: dict[str, tuple[str, ...]] = {}
        self.zones: dict[str, str] = {}
        self._changed = asyncio.Condition()

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        address = message.to.get("channel") or message.to["person"]
        if self.hold is not None:
            async with self._changed:
                self.waiting += 1
                self._changed.notify_all()
            await self.hold.wait()
        if self.troubles:
            raise self.troubles.pop(0)
        if address in self.refuses:
            raise self.refuses[address]
        id = message.instead.rpartition(":")[2] if message.instead else f"m{next(_numbers)}"
        async with self._changed:
            self.sent.append(message)
            self.messages.setdefault(address, {})[id] = message.reply
            self._changed.notify_all()
        return f"{address}:{id}"

    def address_of(self, id: str) -> Address:
        return {"channel": id.rpartition("/")[2]} if id.startswith("slack:") else {}

    async def person(self, id: str, known: Address) -> Someone:
        name = id.rpartition("/")[2]
        if name in self.refuses and isinstance(self.refuses[name], Undeliverable):
            raise self.refuses[name]
        to = {"channel": name} if id.startswith("slack:") else {"service_url": "http://x", "person": name}
        return Someone(id, name.title(), self.zones.get(name, "Europe/London"), to=to)

    async def channel(self, id: str, near: Address) -> tuple[str, Address]:
        name = id.partition(":")[2]
        if name in self.refuses and isinstance(self.refuses[name], Undeliverable):
            raise self.refuses[name]
        return name.lower(), {"channel": name}

    async def group(self, id: str) -> tuple[str, ...]:
        return self.groups[id]

    async def organisation(self, id: str) -> str:
        return ""

    def without_person(self, to: Address) -> Address:
        return {name: to[name] for name in to if name == "service_url"}

    def routes(self) -> tuple[()]:
        return ()

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        return

    async def until(self, holds: Callable[[], object], what: str = "", seconds: float = 20) -> None:
        """Wait until what was sent satisfies a condition."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(holds)
        except TimeoutError:
            raise AssertionError(f"it never came to this: {what}; {self.counted()}") from None

    def counted(self) -> Counter[str]:
        """How often each address was sent an occurrence."""
        return Counter(message.entry[1] for message in self.sent if message.paced)

    def texts(self, address: str) -> list[str]:
        """All that stands at an address."""
        return [plain(one) for one in self.messages.get(address, {}).values()]

    async def shows(self, address: str, *phrases: str) -> Reply:
        """The message at ``address`` that has all ``phrases``, once there is one."""
        found: list[Reply] = []

        def there() -> bool:
            found[:] = [
                one
                for one in self.messages.get(address, {}).values()
                if all(phrase.casefold() in plain(one).casefold() for phrase in phrases)
            ]
            return bool(found)

        await self.until(there, f"{address} shows {phrases}: {self.texts(address)}")
        return found[-1]


class Sharewise(People):
    """One process of Sharewise between the platforms."""

    def __init__(
        self, url: str, knowledge: Knowledge, platform: Platform, *, ahead: timedelta = timedelta()
    ) -> None:
        self.platform = platform
        settings = Settings(questions_per_minute=100_000, platform_limits=False)
        self.service = Application(settings, knowledge, url)
        self.service.clock.ahead = ahead
        self.reminders, self.store = self.service.reminders, self.service.reminders.store
        for name in ("slack", "teams"):
            self.service.join(name, platform)

    async def start(self) -> None:
        """Begin to look after what others left, and after time."""
        await self.service.start(sweep=True)
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

    # --- What advisors do ---

    async def begin(
        self,
        *targets: Target,
        id: str = ID,
        by: str = ADVISOR,
        changes: str = "",
        schedule: Recurrence | None = None,
        **draft: Any,
    ) -> None:
        """A series begins, with its first date in an hour unless ``schedule`` says otherwise."""
        draft.setdefault("kind", "remind")
        draft.setdefault("what", "Brief your members")
        whole = Draft(id, targets=targets, schedule=schedule or self.daily(), changes=changes, **draft)
        to = {"channel": "UADVISOR"}
        event = BeginSeries(whole, Actor(by, "Ada", True), SLACK, to, "Europe/London")
        await self.reminders.hand(f"series:{changes or id}", event, f"{id} begin {next(_numbers)}")
        await self.settled()

    def daily(self, **more: Any) -> Recurrence:
        """Every day, from an hour from now on, whatever day it is."""
        start = (self.now() + timedelta(hours=1)).replace(tzinfo=None, second=0, microsecond=0)
        more = {"rule": "FREQ=DAILY", "zone": "Etc/UTC", "off_days": "ignore", "quiet": None, **more}
        return Recurrence(start, **more)

    async def steer(self, act: SteerAct, id: str = ID, key: str = "") -> str:
        """An advisor steers; what they are told."""
        event = SteerSeries(act, Actor(ADVISOR, "Ada", True), key=key)
        return await self.reminders.runner.run(id, event, f"steer {next(_numbers)}")

    # --- What there is ---

    async def series(self, id: str = ID) -> Series:
        """The series as it is kept."""
        found = (await self.store.load(id)).series
        assert found is not None
        return found

    async def key(self, number: int = -1, id: str = ID) -> str:
        """The key of one of its occurrences."""
        return (await self.series(id)).sent[number].key

    async def ledger(self, number: int = -1, id: str = ID) -> dict[str, LedgerEntry]:
        """What became of an occurrence, by recipient."""
        return {one.recipient: one for one in await self.store.ledger(id, await self.key(number, id))}

    async def states(self, number: int = -1, id: str = ID) -> dict[str, str]:
        """Only the states."""
        return {one: entry.state for one, entry in (await self.ledger(number, id)).items()}

    async def counts(self, number: int = -1, id: str = ID) -> dict[str, int]:
        """How many are in which state."""
        return await self.store.census(id, await self.key(number, id))

    async def comes_to(self, counts: dict[str, int], number: int = -1, seconds: float = 20) -> None:
        """Wait until the ledger has these counts."""
        found: dict[str, int] = {}
        try:
            async with asyncio.timeout(seconds):
                while (found := await self.counts(number)) != counts:  # noqa: ASYNC110 (it is in Redis)
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"expected {counts}, found {found}") from None

    # --- What people do ---

    async def happens(self, event: Event, who: str, **where: Any) -> Result:
        """In their chat with us, unless ``where`` says otherwise."""
        return await self.service.turn.run(at(event, who, **where))


def at(
    event: Event,
    who: str,
    *,
    channel: str = "",
    press: bool = False,
    about: str | None = None,
    idempotency_key: str = "",
    under: str = "",
) -> InboundEvent:
    """``event`` as it arrives: in a person's chat with us, or in a channel."""
    platform, _, rest = who.partition(":")
    team, _, person = rest.partition("/")
    to = {"channel": channel or person}
    number = next(_numbers)
    return InboundEvent(
        event=event,
        speaker=who,
        place=Place(platform, "channel" if channel else "direct"),  # type: ignore[arg-type]
        tenant=f"{platform}:{team}",
        conversation=f"{channel or person}:{number}",
        idempotency_keys=(idempotency_key or f"m:{number}",),
        about=about,
        under=under,
        to=to,
        private_to={"channel": person},
        note_to=None if press else {"channel": person},
        channel=channel or f"D{person}",
        channel_to=to,
        can_open=press,
        profile={"name": person.title()},
    )


def person(number: int | str, tenant: str = SLACK) -> Target:
    """Somebody."""
    platform, _, team = tenant.partition(":")
    who = f"U{number}" if isinstance(number, int) else number
    return Target("person", f"{platform}:{team}/{who}", tenant=tenant)


def channel(name: str, tenant: str = SLACK) -> Target:
    """A channel."""
    return Target("channel", f"{tenant.partition(':')[0]}:{name}", name, tenant)


def people(count: int) -> Iterable[Target]:
    """So many people in Slack."""
    return (person(number) for number in range(1, count + 1))
