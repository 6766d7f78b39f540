"""The Bot Framework's adapter, with its endpoint made safe and its sending replaced by ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ConversationReference, ResourceResponse

from bot.platforms.ports import InboundEvent, InboundHandler
from bot.platforms.teams.connector import BotConnector
from bot.platforms.teams.consent import Consents
from bot.platforms.teams.incoming import BadActivity, Incoming, read_activity, sdk_activity
from bot.platforms.teams.listen import Listener, TryAgain
from bot.platforms.teams.trust import Gate, KeysAway

LONGEST_BODY = 256 * 1024
"""Bytes of an activity; Teams' own messages are far below."""
READ_SECONDS = 10.0

_log = structlog.get_logger()


class BotFrameworkAdapter(CloudAdapter):  # type: ignore[misc]  # the SDK has no types
    """Validates, dispatches and answers activities; whatever is sent goes through our one connector."""

    def __init__(self, gate: Gate, connector: BotConnector) -> None:
        super().__init__(gate)
        self._connector, self._consents = connector, Consents(connector)

    async def receive(
        self, request: web.Request, dispatcher: InboundHandler, met: Callable[[InboundEvent, Incoming], None]
    ) -> web.Response:
        """Answer one ``POST /api/messages``.

        In place of ``CloudAdapter.process``, which reads a body of any size before it asks who sent it,
        answers 500 to bad tokens, and fails on every invoke that returns a body.
        """
        try:
            incoming = read_activity(await _body(request))
            listener = Listener(dispatcher, incoming, met, self._consents, self._connector.left)
            invoke = await self.process_activity(
                request.headers.get("Authorization", ""), sdk_activity(incoming), listener.on_turn
            )
        except BadActivity as bad:
            return _refused(bad.status, str(bad))
        except PermissionError as error:
            return _refused(401, "This request carries no valid token.", str(error))
        except (KeysAway, TryAgain) as error:
            return _refused(503, "Not just now. Please send it again.", type(error).__name__)
        if invoke is None or invoke.body is None:
            return web.Response(status=200 if invoke is None else invoke.status)
        return web.json_response(invoke.body, status=invoke.status)

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        """Send through our connector; an invoke's response stays with the turn."""
        sent = []
        for activity in activities:
            if activity.type == "invokeResponse":
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
                sent.append(ResourceResponse(id=""))
                continue
            message = await self._connector.post(
                activity.service_url, activity.conversation.id, activity.serialize(), asyncio.sleep
            )
            sent.append(ResourceResponse(id=message))
        return sent

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replace a message through our connector."""
        await self._connector.update(
            activity.service_url,
            activity.conversation.id,
            activity.id,
            activity.serialize(),
            asyncio.sleep,
        )
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Delete a message through our connector."""
        await self._connector.delete(
            reference.service_url, reference.conversation.id, reference.activity_id, asyncio.sleep
        )


def _refused(status: int, sentence: str, reason: str = "") -> web.Response:
    _log.warning("teams_refused", status=status, reason=reason or sentence)
    return web.json_response({"error": sentence}, status=status)


async def _body(request: web.Request) -> bytes:
    if request.content_type != "application/json":
        raise BadActivity("Expected a body of type application/json.", 415)
    if (request.content_length or 0) > LONGEST_BODY:
        raise BadActivity("This activity is too large.", 413)
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LONGEST_BODY:
                    raise BadActivity("This activity is too large.", 413)
    except TimeoutError:
        raise BadActivity("The body took too long to arrive.", 408) from None
    return bytes(body)
