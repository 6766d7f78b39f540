"""What the platforms let us send, counted in Redis and so shared by all processes.

Replies to people go out at once: there are few in any one conversation, and a 429 is waited out. What we
send of our own accord in numbers (redraws of live cards, reminders) asks here first.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.platforms.ports import OutboxMessage
from bot.storage.connection import Connection, Script
from bot.storage.keys import Keys


class RateLimit(msgspec.Struct, frozen=True):
    """How much of one kind of sending a platform takes."""

    a_second: float
    burst: int


# Slack: https://docs.slack.dev/apis/web-api/rate-limits (chat.update is tier 3: 50 a minute and more in
# bursts; one post a second a channel; several hundred a minute over a workspace). Teams:
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit (a conversation: 7 a second, 60
# in 30 s, 1,800 an hour; a tenant: 50 a second). Each a little below, so that replies have room beside them.
SLACK_UPDATES = RateLimit(45 / 60, 10)
SLACK_CHANNEL = RateLimit(1.0, 3)
SLACK_WORKSPACE = RateLimit(6.0, 30)
TEAMS_CONVERSATION = RateLimit(1600 / 3600, 12)
TEAMS_TENANT = RateLimit(40.0, 40)


class RateLimits:
    """Asks for leave to send. May raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._script = connection, Script("budget")

    async def wait_for(self, tenant: str, row: OutboxMessage) -> float:
        """Take what sending ``row`` costs, in the workspace or tenant ``tenant``.

        Returns 0, or the seconds to wait before asking again: then nothing was taken.
        """
        return (await self._ask(tenant, row, ahead=False))[0]

    async def reserve(self, tenant: str, row: OutboxMessage) -> tuple[float, bool]:
        """Take it ahead of time: the seconds to wait, and whether ``row`` may go then, unasked."""
        return await self._ask(tenant, row, ahead=True)

    async def pause(self, tenant: str, seconds: float) -> None:
        """The whole workspace or tenant asks us to wait: nothing is taken until then."""
        key = Keys(tenant).key("budget", "pause")
        await self._connection.call("SET", key, "", "PX", max(1, int(seconds * 1000)))

    async def _ask(self, tenant: str, row: OutboxMessage, *, ahead: bool) -> tuple[float, bool]:
        keys, costs = Keys(tenant), _costs(row)
        names = [keys.key("budget", "pause"), *(keys.key("budget", name) for name, _ in costs)]
        rates = [part for _, rate in costs for part in (rate.a_second, rate.burst)]
        wait, taken = await self._connection.run(self._script, names, ["1" if ahead else "", *rates])
        return float(wait) / 1000, bool(taken)


def _costs(row: OutboxMessage) -> Sequence[tuple[str, RateLimit]]:
    if row.platform == "slack":
        if row.instead:
            return (("updates", SLACK_UPDATES),)
        channel = row.to.get("channel", "-")
        return (f"channel {channel}", SLACK_CHANNEL), ("workspace", SLACK_WORKSPACE)
    conversation = row.to.get("conversation") or row.to.get("person", "-")
    return (f"conversation {conversation}", TEAMS_CONVERSATION), ("tenant", TEAMS_TENANT)
