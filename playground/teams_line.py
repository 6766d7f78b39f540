"""From Teams to the bot: what people do there, as activities that are posted to it."""

from __future__ import annotations

from typing import Any

from playground import teams_activities as activities
from playground.stage import Json, Person, Refused
from playground.teams_book import TeamsBook
from playground.teams_courier import TeamsCourier


class TeamsLine:
    """Makes activities and delivers them."""

    def __init__(self, bot_url: str, prefix: str, book: TeamsBook, courier: TeamsCourier) -> None:
        """``bot_url`` is where the bot, and the stand-in under ``prefix``, is served."""
        self.bot_url = bot_url.rstrip("/")
        self._prefix, self._book, self._courier = prefix, book, courier

    @property
    def service_url(self) -> str:
        """Where activities say that answers go."""
        return f"{self.bot_url}{self._prefix}/"

    def activity(self, kind: str, key: str, person: Person, conversation: str) -> Json:
        """The beginning of an activity of that kind; ``key`` is its id."""
        return activities.base(kind, key, person, conversation, self.service_url)

    def invoke(self, person: Person, conversation: str) -> Json:
        """The beginning of an activity that waits for an answer."""
        return self.activity("invoke", f"f:{self._book.next_id()}", person, conversation)

    async def deliver(self, activity: Json) -> tuple[int, Any]:
        """Post an activity to the bot; returns the status (0: no answer) and JSON body of its answer."""
        return await self._courier.carry(activity, f"{self.bot_url}/api/messages")

    async def tell(self, activity: Json) -> None:
        """Deliver one that asks for nothing. Raises Refused."""
        status, _ = await self.deliver(activity)
        if not 200 <= status < 300:
            raise Refused(f"The bot answered {status}." if status else "The bot doesn't answer.")

    async def close(self) -> None:
        """Close the client with which activities are delivered."""
        await self._courier.close()
