"""The Bot Framework's adapter, with its endpoint made safe. Whatever is sent goes through our connector."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import structlog
from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter

from bot.platforms.ports import InboundEvent, Unavailable, Undeliverable, at_once
from bot.platforms.teams.apps import App, Apps
from bot.platforms.teams.extension import personal
from bot.platforms.teams.incoming import BadActivity, Incoming, read_activity, sdk_activity
from bot.platforms.teams.listen import Listener, TryAgain
from bot.platforms.teams.trust import Gate, KeysAway

LONGEST_BODY = 256 * 1024
"""Bytes of an activity; Teams' own messages are far below."""
READ_SECONDS = 10.0
CHAT_SECONDS = 1.5
"""How long is waited to learn which chat somebody has with us: Teams waits five for an answer."""

_log = structlog.get_logger()


class BotFrameworkAdapter(CloudAdapter):  # type: ignore[misc]  # the SDK has no types
    """Lets activities in, dispatches them, and answers an invoke with its response."""

    def __init__(self, gate: Gate, apps: Apps) -> None:
        super().__init__(gate)
        self._gate, self._apps = gate, apps

    async def receive(
        self, request: web.Request, met: Callable[[App, InboundEvent, Incoming], None]
    ) -> web.Response:
        """Answer one ``POST /api/messages``.

        In place of ``CloudAdapter.process``, which reads a body of any size before it asks who sent it,
        answers 500 to bad tokens, and fails on every invoke that returns a body.
        """
        try:
            incoming = read_activity(await _body(request))
            activity = sdk_activity(incoming)
            app = self._apps.admitted(
                await self._gate.admit(activity, request.headers.get("Authorization", ""))
            )
            listener = Listener(
                app.handler,
                incoming,
                partial(met, app),
                app.consents,
                app.connector.left,
                partial(_chat, app),
            )
            # In place of ``process_activity``, which builds clients to send through, twice a turn.
            context = TurnContext(self, activity)
            await self.run_pipeline(context, listener.on_turn)
            invoke = self._process_turn_results(context)
        except BadActivity as bad:
            return _refused(bad.status, str(bad))
        except PermissionError as error:
            return _refused(401, "This request carries no valid token.", str(error))
        except (KeysAway, TryAgain) as error:
            return _refused(503, "Not just now. Please send it again.", type(error).__name__)
        if invoke is None or invoke.body is None:
            return web.Response(status=200 if invoke is None else invoke.status)
        return web.json_response(invoke.body, status=invoke.status)


async def _chat(app: App, incoming: Incoming) -> str:
    """The id of the chat with whoever acts; "" where they have none, or it isn't told in time."""
    try:
        async with asyncio.timeout(CHAT_SECONDS):
            return await app.connector.chat(personal(incoming), at_once)
    except (Unavailable, Undeliverable, TimeoutError):
        return ""


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
