"""A platform that shows what it was sent, or refuses as it is told to; it stands for all of them."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable

from bot.platforms.accounts import ACCOUNT
from bot.platforms.adapters import OpenPlace, Someone
from bot.platforms.ports import Address, OutboxMessage, Undeliverable, Unreachable, Wait
from dialogs.core.plain import plain
from dialogs.core.replies import Reply

ADVISOR = "slack:T1/UADVISOR"
_numbers = itertools.count()


def private_to(who: str) -> Address:
    """Where somebody is written to alone."""
    person = who.rpartition("/")[2]
    return {"channel": person} if who.startswith("slack:") else {"service_url": "http://x", "person": person}


class FakePlatform:
    """Adapter, sender and directory. An address is a channel's id, or a person's without the team; after the
    account's name, where it has one."""

    def __init__(self) -> None:
        self.sender = self.directory = self
        self.advisors = {ADVISOR}
        self.sent: list[OutboxMessage] = []
        """All that was sent, in order."""
        self.shown: dict[str, dict[str, Reply]] = {}
        """Address -> what stands there, by message."""
        self.refuses: dict[str, Exception] = {}
        """Address -> what sending there comes to."""
        self.external: set[str] = set()
        """Channels in which people of other organisations are."""
        self.closed: dict[str, str] = {}
        """Channel -> why nobody may share anything there, as a platform's word."""
        self.faults: list[Exception] = []
        """What becomes of the next sends, wherever they go."""
        self.stuck = False
        """Whether nothing that stands can be replaced."""
        self.hold: asyncio.Event | None = None
        """Sends wait for this, where it is set."""
        self.waiting = 0
        """How many sends do."""
        self.groups: dict[str, tuple[str, ...]] = {}
        self.organisations: dict[str, str] = {}
        """What workspaces and tenants call themselves, where they tell."""
        self.zones: dict[str, str] = {}
        self._changed = asyncio.Condition()

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        to = message.to
        address = to.get("channel") or to.get("conversation") or to["person"]
        address = f"{to[ACCOUNT]}/{address}" if ACCOUNT in to else address
        if self.hold is not None:
            async with self._changed:
                self.waiting += 1
                self._changed.notify_all()
            await self.hold.wait()
        if self.faults:
            raise self.faults.pop(0)
        if address in self.refuses:
            raise self.refuses[address]
        if self.stuck and message.instead:
            raise Undeliverable("403")
        id = message.instead.rpartition(":")[2] if message.instead else f"m{next(_numbers)}"
        async with self._changed:
            self.sent.append(message)
            self.shown.setdefault(address, {})[id] = message.reply
            self._changed.notify_all()
        return f"{address}:{id}"

    def address_of(self, id: str) -> Address:
        return private_to(id) if id.startswith("slack:") else {}

    async def person(self, id: str, known: Address) -> Someone:
        name = self._told(id.rpartition("/")[2])
        return Someone(id, name.title(), self.zones.get(name, "Europe/London"), to=private_to(id))

    async def channel(self, id: str, near: Address) -> tuple[str, Address]:
        name = self._told(id.partition(":")[2])
        return name.lower(), {"channel": name}

    async def open_to(self, id: str, who: str, near: Address) -> OpenPlace:
        name = id.partition(":")[2]
        if name in self.closed:
            raise Undeliverable(self.closed[name])
        return OpenPlace(name.lower(), {"channel": name}, name in self.external)

    def _told(self, name: str) -> str:
        """``name``, unless that address is refused for good; who can't be written to can be looked up."""
        refusal = self.refuses.get(name)
        if isinstance(refusal, Undeliverable) and not isinstance(refusal, Unreachable):
            raise refusal
        return name

    async def group(self, id: str, near: Address) -> tuple[str, ...]:
        return self.groups[id]

    async def organisation(self, id: str) -> str:
        if id not in self.organisations:
            raise Undeliverable("not_told")
        return self.organisations[id]

    def without_person(self, to: Address) -> Address:
        return {name: to[name] for name in to if name == "service_url"}

    def near(self, tenant: str) -> Address:
        return {}

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
        """How often each recipient was sent an occurrence."""
        return Counter(message.entry[1] for message in self.sent if message.paced)

    def texts(self, address: str) -> list[str]:
        """All that stands at an address."""
        return [plain(reply) for reply in self.shown.get(address, {}).values()]

    def newest(self, address: str) -> Reply:
        """The last message that stands at ``address``."""
        return list(self.shown[address].values())[-1]

    async def shows(self, address: str, *phrases: str) -> Reply:
        """The newest message at ``address`` that has all ``phrases``, once there is one."""
        found: list[Reply] = []

        def there() -> bool:
            found[:] = [
                reply
                for reply in self.shown.get(address, {}).values()
                if all(phrase.casefold() in plain(reply).casefold() for phrase in phrases)
            ]
            return bool(found)

        try:
            await self.until(there, f"{address} shows {phrases}")
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.texts(address)}") from None
        return found[-1]

    async def tells(self, who: str, *phrases: str) -> Reply:
        """The same, of what is said to a person alone."""
        return await self.shows(who.rpartition("/")[2], *phrases)
