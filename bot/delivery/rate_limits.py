"""What the platforms let us send, counted in Redis and so shared by all processes.

Replies to people go out at once: there are few in any one conversation, and a 429 is waited out. What we
send of our own accord in numbers (redraws of live cards, reminders) asks here first.
"""

from __future__ import annotations

from bot.platforms.ports import OutboxMessage
from bot.platforms.registry import Platforms
from bot.storage.connection import Connection, Script
from bot.storage.keys import Keys


class RateLimits:
    """Asks for leave to send. May raise MemoryAway."""

    def __init__(self, connection: Connection, platforms: Platforms) -> None:
        self._connection, self._platforms, self._script = connection, platforms, Script("budget")

    async def wait_for(self, tenant: str, message: OutboxMessage) -> float:
        """Take what sending ``message`` costs, in the workspace or tenant ``tenant``.

        Returns 0, or the seconds to wait before asking again: then nothing was taken.
        """
        return (await self._ask(tenant, message, ahead=False))[0]

    async def reserve(self, tenant: str, message: OutboxMessage) -> tuple[float, bool]:
        """Take it ahead of time: the seconds to wait, and whether ``message`` may go then, unasked."""
        return await self._ask(tenant, message, ahead=True)

    async def pause(self, tenant: str, seconds: float) -> None:
        """The whole workspace or tenant asks us to wait: nothing is taken until then."""
        key = Keys(tenant).key("budget", "pause")
        await self._connection.call("SET", key, "", "PX", max(1, int(seconds * 1000)))

    async def _ask(self, tenant: str, message: OutboxMessage, *, ahead: bool) -> tuple[float, bool]:
        keys, costs = Keys(tenant), self._platforms.get(message.platform).costs(message)
        names = [keys.key("budget", "pause"), *(keys.hashed("budget", name) for name, _ in costs)]
        rates = [part for _, rate in costs for part in (rate.a_second, rate.burst)]
        wait, taken = await self._connection.run(self._script, names, ["1" if ahead else "", *rates])
        return float(wait) / 1000, bool(taken)
