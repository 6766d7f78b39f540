"""What becomes of each kind of activity: the Bot Framework's handler, one table of kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext

from bot.ports import Arrival, Result, Turn
from bot.teams import arrivals
from bot.teams.incoming import Incoming

ANSWERED = "Answered below."
AGAIN = "I'm busy just now. Please press it once more."
UNKNOWN = "I don't know this button. It may be from an older message; please type your question."


class TryAgain(Exception):
    """The turn could not be committed; Teams should deliver the activity again."""


class Listener(ActivityHandler):  # type: ignore[misc]  # the SDK has no types
    """Takes one activity to the turn. Kinds that it doesn't name are acknowledged and ignored."""

    def __init__(self, turn: Turn, incoming: Incoming, met: Callable[[Arrival, Incoming], None]) -> None:
        self._turn, self._incoming, self._met = turn, incoming, met

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Typed words, or a button pressed in an older client."""
        await self._tell(arrivals.typed_or_submitted(self._incoming))

    async def on_members_added_activity(self, members_added: list[Any], turn_context: TurnContext) -> None:
        """Somebody joined; only our own coming is greeted."""
        if arrivals.names_us(self._incoming):
            await self._tell(arrivals.installed(self._incoming))

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        """The app was installed."""
        await self._tell(arrivals.installed(self._incoming))

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """A button, or a thumb; the response is what the person sees at once.

        The SDK's own version fails on all of them: it loses ``trigger``, answers 501 to feedback, and
        raises on an action that is no ``Action.Execute``.
        """
        if self._incoming.name == "adaptiveCard/action":
            return InvokeResponse(status=200, body=_message(await self._press()))
        if self._incoming.name == "message/submitAction":
            await self._tell(arrivals.thumbed(self._incoming))
            return InvokeResponse(status=200, body={})
        return InvokeResponse(status=501, body={"error": "This kind of invoke is not answered here."})

    async def _press(self) -> str:
        try:
            arrival = arrivals.pressed(self._incoming)
            if arrival is None:
                return UNKNOWN
            return (await self._tell(arrival)).note or ANSWERED
        except TryAgain:
            return AGAIN

    async def _tell(self, arrival: Arrival | None) -> Result:
        if arrival is None:
            return Result("ignored")
        result = await self._turn.run(arrival)
        if result.outcome == "busy":
            raise TryAgain
        self._met(arrival, self._incoming)
        return result


def _message(text: str) -> dict[str, Any]:
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}
