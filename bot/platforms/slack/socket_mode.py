"""Slack over a socket that we open, where no address of ours can be reached from outside."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from logging import Logger

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.shapes import Json, inside, text
from bot.platforms.way_out import proxy_for

MALFORMED = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError)
"""What bolt raises on a payload of another shape than it takes for granted."""

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class _Client(SocketModeClient):
    """The SDK's, which takes a proxy for every address."""

    wss_uri: str | None = None  # there from the beginning: it is asked for the proxy before it has an address

    @property
    def proxy(self) -> str | None:
        """The one for the address that it connects to."""
        return proxy_for(self.wss_uri or "")

    @proxy.setter
    def proxy(self, value: str | None) -> None:
        """What the SDK would take."""


class SocketMode:
    """One workspace's socket. Every envelope is acknowledged, but those that are to come again."""

    def __init__(self, app_token: str, dispatch: Dispatch, client: AsyncWebClient, logger: Logger) -> None:
        self._dispatch = dispatch
        self._client = _Client(app_token, logger=logger, web_client=client)
        # Not as a listener to requests: the SDK drops an envelope whose payload isn't an object.
        self._client.message_listeners.append(self._take)

    async def start(self) -> None:
        """Connect, and from then on stay connected. Raises SlackApiError, or aiohttp's errors."""
        await self._client.connect()  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Close the socket."""
        await self._client.close()  # type: ignore[no-untyped-call]

    async def _take(self, client: AsyncBaseSocketModeClient, message: Json, raw: str | None = None) -> None:
        envelope = text(message, "envelope_id")
        if not envelope:
            return  # "hello", and what else the socket itself says
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=inside(message, "payload"))
        except MALFORMED:
            response = BoltResponse(status=200)
        else:
            response = await self._dispatch(request)
        if response.status >= 500:
            return
        payload = json.loads(response.body) if response.body else None
        await client.send_socket_mode_response(SocketModeResponse(envelope, payload))
