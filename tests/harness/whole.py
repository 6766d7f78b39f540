"""The whole of Sharewise in this process, between the playground's stand-ins, over real HTTP."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.app.web import Server
from bot.platforms.teams.inbound import message_key
from bot.settings import Settings
from bot.storage.keys import Keys
from bot.storage.records import Receipt
from dialogs.core.replies import Asked
from knowledge import Knowledge
from playground import wiring
from playground.connector import TeamsStandIn
from playground.slack_api import SlackStandIn
from playground.stage import SLACK_TEAM, TEAMS_TENANT, Message
from tests.fixtures.shown import Shown
from tests.harness.http import free_port
from tests.harness.knowledge import own_knowledge
from tests.harness.reading import lesson
from tests.harness.team import Team

PLACES = {
    "slack": ("slack-direct", "slack-channel", "slack-advisors"),
    "teams": ("teams-personal", "teams-channel"),
}
DIRECT = ("slack-direct", "teams-personal")
CHANNELS = {"slack-direct": "slack-channel", "teams-personal": "teams-channel"}
"""The channel on the platform of each."""
QUESTION, LESSON = "how many partners should we have?", "factor-partner-numbers"
"""An ordinary question, and the lesson that answers it."""


class Whole:
    """A running Sharewise, and both platforms around it."""

    def __init__(self, server: Server, redis_url: str, slack: SlackStandIn, teams: TeamsStandIn) -> None:
        self.server, self.redis_url = server, redis_url
        self.slack, self.teams, self.team = slack, teams, Team(slack, teams)
        self.platform = self.team.platform

    def replies(self, place: str, person: str) -> list[Message]:
        """All that the bot has said to ``person`` on the platform of ``place``, also elsewhere than there."""
        return [
            message
            for there in PLACES[place.partition("-")[0]]
            for message in self.platform(place).messages(there, person)
            if message.author == "bot"
        ]

    async def settled(self) -> None:
        """Wait until what was committed has been delivered and struck off."""
        async with asyncio.timeout(10):
            await self.server.service.delivery.settled()

    def _new(self, place: str, person: str, before: dict[str, dict[str, Any]]) -> list[Message]:
        """What the bot has said since, or put in the place of what it had said."""
        return [
            message
            for message in self.replies(place, person)
            if before.get(message.id) is not message.payload
        ]

    async def say(self, person: str, place: str, text: str, thread: str | None = None) -> list[Message]:
        """Say something; the bot's replies to it, once they are all there."""
        before = {message.id: message.payload for message in self.replies(place, person)}
        await self.platform(place).say(person, place, text, thread)
        await self.settled()
        return self._new(place, person, before)

    async def press(
        self, person: str, place: str, message: str, element: dict[str, Any]
    ) -> tuple[list[Message], str]:
        """Press a button of ``message``; the replies, and what the platform shows at once."""
        before = {message.id: message.payload for message in self.replies(place, person)}
        toast = await self.platform(place).press(person, message, element)
        await self.settled()
        return self._new(place, person, before), toast

    async def still_answers(self, place: str) -> None:
        """Assert that an ordinary question gets its one answer."""
        assert [lesson(message) for message in await self.say("asha", place, QUESTION)] == [LESSON]

    async def asked(self, replies: list[Message]) -> Asked | None:
        """What the first of ``replies`` that answers a question answers, as kept for its buttons."""
        for message in replies:
            tenant, name = f"slack:{SLACK_TEAM}", message.id
            if message.place in PLACES["teams"]:
                found = self.teams.book.find(message.id)
                assert found is not None
                tenant, name = f"teams:{TEAMS_TENANT}", message_key(found[0], message.id)
            kept = await self.server.service.connection.call("GET", Keys(tenant).key("receipt", name))
            if kept:
                return msgspec.msgpack.decode(kept, type=Receipt).asked
        return None


@asynccontextmanager
async def running(
    redis_url: str,
    *,
    port: int = 0,
    now: datetime | None = None,
    shown: Shown | None = None,
    knowledge: Knowledge | None = None,
    advisors_channel: str = "",
) -> AsyncIterator[Whole]:
    """A Sharewise on a free ``port`` with ``redis_url`` as its memory, stopped at the end.

    ``now`` is what its clock says at first; ``shown`` is what the platforms showed before;
    ``knowledge`` takes the place of today's lessons; ``advisors_channel``: as the setting, else in Slack.

    Slack's limit of one post a second, the pauses before it delivers again, and our own limit a person
    are off: each is tested elsewhere, and would only make these tests slow.
    """
    slacks, teams = list[SlackStandIn](), list[TeamsStandIn]()

    def slack_stand_in(url: str, **settings: Any) -> SlackStandIn:
        slacks.append(SlackStandIn(url, limits=False, pause=0.0, **settings))
        if shown is not None:
            shown.show_slack(slacks[-1])
        return slacks[-1]

    def teams_stand_in(url: str, **settings: Any) -> TeamsStandIn:
        teams.append(TeamsStandIn(url, pause=0.0, **settings))
        if shown is not None:
            shown.show_teams(teams[-1])
        return teams[-1]

    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        with pytest.MonkeyPatch.context() as patch:
            for name in Settings.model_fields:
                patch.delenv(name.upper(), raising=False)
            patch.setattr(wiring, "SlackStandIn", slack_stand_in)
            patch.setattr(wiring, "TeamsStandIn", teams_stand_in)
            settings = Settings(
                port=port or free_port(), data_dir=Path(folder), questions_per_minute=100_000,
                advisors_channel=advisors_channel,
            )  # fmt: skip
            server = Server(settings, knowledge or own_knowledge(), redis_url)
            if now is not None:
                server.service.clock.ahead = now - datetime.now(UTC)
            await server.start(sweep=True)
        try:
            yield Whole(server, redis_url, slacks[0], teams[0])
        finally:
            await server.stop()
