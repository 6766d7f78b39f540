"""Finds out to which organisation whoever acts or is named belongs, before an event is translated."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from bot.platforms.ports import InboundHandler, Unavailable, Undeliverable
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.identity import Identity, actor, home_of, is_enterprise, memberships, named_in
from bot.platforms.slack.shapes import Json, inside

PATIENCE = 1.5
"""Seconds that an event waits for Slack's answer: it has to be acknowledged within three."""
AGAIN = 60.0
"""Seconds after which Slack is asked again what it did not tell."""
MOST_NAMED = 20
"""Mentioned or picked people who are asked about for one event."""
_PREFIX = "slack:"


class ActorResolver:
    """What is known of organisations in one process; the handler keeps it for all, and for good."""

    def __init__(
        self,
        me: Identity,
        calls: Calls,
        handler: InboundHandler,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._me, self._calls, self._handler, self._clock = me, calls, handler, clock
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._refused: dict[str, float] = {}

    async def settle(self, body: Json) -> bool:
        """See to it that ``Identity.person`` knows people by their organisation; whether that is news.

        Where nobody tells it (in time), it is their workspace until somebody does.
        """
        news = False
        for workspace, enterprise in memberships(body):
            news |= await self.belongs(workspace, enterprise)
        named = [user for user in named_in(body) if user not in self._me.people and user != self._me.user]
        if named:
            await asyncio.gather(*(self._asked(user, user, "") for user in named[:MOST_NAMED]))
            news = True
        user, team = actor(body)
        known = is_enterprise(team) or team in self._me.organisations if team else user in self._me.people
        if known or not user or (team and team == self._me.team):
            return news
        kept = await self._handler.organisation(f"{_PREFIX}{team}") if team else ""
        if kept:
            self._me.organisations[team] = kept.removeprefix(_PREFIX)
        else:
            await self._asked(team or user, user, team)
        return True

    async def belongs(self, workspace: str, organisation: str) -> bool:
        """A workspace is of an Enterprise, or its own organisation; whether that is news."""
        known = self._me.organisations.get(workspace, "")
        if not workspace or known == organisation or is_enterprise(known):
            return False
        # It is told before anybody answers anything under the organisation's name.
        await self._handler.organisation(f"{_PREFIX}{workspace}", f"{_PREFIX}{organisation}")
        self._me.organisations[workspace] = organisation
        return True

    async def _asked(self, about: str, user: str, team: str) -> None:
        """Ask once for all who wait for the same."""
        if self._clock() - self._refused.get(about, -AGAIN) < AGAIN:
            return
        asking = self._asking.get(about)
        if asking is None:
            asking = self._asking[about] = asyncio.create_task(self._ask(about, user, team))
            asking.add_done_callback(lambda _: self._asking.pop(about, None))
        await asyncio.wait([asking])

    async def _ask(self, about: str, user: str, team: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._calls.form("users.info", {"user": user}, asyncio.sleep)
        except (Undeliverable, Unavailable, TimeoutError):
            self._refuse(about)
            return
        found = inside(answer, "user")
        workspace, enterprise = home_of(found)
        if workspace:
            await self.belongs(workspace, enterprise or workspace)
        if not team:
            self._me.remember(user, enterprise or workspace or self._me.team)
        elif enterprise and team in (workspace, *(_teams(found) or [team][: not workspace])):
            await self.belongs(team, enterprise)
        elif team not in self._me.organisations:
            # Somebody else's user of that id: nothing is known of this one's workspace.
            self._refuse(about)

    def _refuse(self, about: str) -> None:
        if len(self._refused) > 1_000:
            self._refused.clear()
        self._refused[about] = self._clock()


def _teams(found: Json) -> list[str]:
    teams = inside(found, "enterprise_user").get("teams")
    return [team for team in teams if isinstance(team, str)] if isinstance(teams, list) else []
