"""Carries payloads to the bot as Slack does: signed over HTTP, or through Socket Mode where it is open."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from playground.slack_events import encode

PATIENCE = 3.0
"""Seconds that Slack waits for the acknowledgement."""
RETRIES = 3
"""Slack delivers an event again at once, after a minute and after five; here the pauses are shorter."""


class SlackCourier:
    """Deliveries of one stand-in."""

    def __init__(self, url: str, signing_secret: str, pause: float) -> None:
        """``url`` is the bot's endpoint; ``pause``: seconds before the second repetition."""
        self._url = url
        self._secret = signing_secret
        self._pause = pause
        self._session: ClientSession | None = None
        self._sockets: list[web.WebSocketResponse] = []
        self._answers: dict[str, asyncio.Future[Any]] = {}
        self._later: set[asyncio.Task[None]] = set()
        self._envelopes = 0

    async def event(self, payload: dict[str, Any]) -> int:
        """Deliver an event, again in the background where it isn't acknowledged; returns the first status."""
        status = await self.once("events_api", payload)
        if status != 200:
            task = asyncio.create_task(self._again(payload, status))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
        return status

    async def once(self, kind: str, payload: dict[str, Any], again: int = 0, reason: str = "") -> int:
        """Deliver once; returns the status, 0 where nothing answered in time."""
        return (await self.exchange(kind, payload, again, reason))[0]

    async def exchange(
        self, kind: str, payload: dict[str, Any], again: int = 0, reason: str = ""
    ) -> tuple[int, Any]:
        """Deliver once; returns the status and what the answer holds: JSON, or None for nothing."""
        if self._sockets:
            return await self._by_socket(kind, payload, again, reason)
        body, content_type = encode(kind, payload)
        headers = {"Content-Type": content_type, **signed(body, self._secret)}
        if again:
            headers |= {"X-Slack-Retry-Num": str(again), "X-Slack-Retry-Reason": reason}
        return await self._post(body, headers)

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        """Post raw bytes to the bot's endpoint; returns the status, 0 where nothing answered in time."""
        return (await self._post(body, headers))[0]

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE))
        try:
            async with self._session.post(self._url, data=body, headers=headers) as response:
                answer = await response.read()
                return response.status, json.loads(answer) if response.status == 200 and answer else None
        except (ClientError, TimeoutError):
            return 0, None
        except ValueError:
            return 200, None

    @property
    def connected(self) -> bool:
        """Whether the bot listens through Socket Mode."""
        return bool(self._sockets)

    async def settle(self) -> None:
        """Wait for the repetitions under way."""
        while self._later:
            await asyncio.gather(*self._later)

    async def serve(self, socket: web.WebSocketResponse) -> None:
        """Deliver through ``socket`` until it closes."""
        await socket.send_json({"type": "hello", "num_connections": len(self._sockets) + 1})
        self._sockets.append(socket)
        try:
            async for message in socket:
                answer = message.json() if message.data else {}
                waiting = self._answers.get(answer.get("envelope_id", ""))
                if waiting is not None and not waiting.done():
                    waiting.set_result(answer.get("payload"))
        finally:
            self._sockets.remove(socket)

    async def close(self) -> None:
        """End repetitions and sockets, and close the client."""
        for task in self._later:
            task.cancel()
        for socket in list(self._sockets):
            await socket.close()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _again(self, payload: dict[str, Any], status: int) -> None:
        for tried in range(1, RETRIES + 1):
            await asyncio.sleep(self._pause * (tried - 1))
            reason = "http_error" if status else "http_timeout"
            status = await self.once("events_api", payload, tried, reason)
            if status == 200:
                return

    async def _by_socket(
        self, kind: str, payload: dict[str, Any], again: int, reason: str
    ) -> tuple[int, Any]:
        self._envelopes += 1
        envelope = f"envelope-{self._envelopes}"
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[envelope] = waiting
        try:
            await self._sockets[-1].send_json(
                {
                    "envelope_id": envelope,
                    "type": kind,
                    "payload": payload,
                    "accepts_response_payload": kind != "events_api",
                    "retry_attempt": again,
                    "retry_reason": reason,
                }
            )
            async with asyncio.timeout(PATIENCE):
                return 200, await waiting
        except (TimeoutError, ConnectionError):
            return 0, None
        finally:
            del self._answers[envelope]


def signed(body: bytes, secret: str, at: float | None = None) -> dict[str, str]:
    """Slack's signature of a request body, as headers."""
    stamp = str(int(time.time() if at is None else at))
    base = b"v0:" + stamp.encode() + b":" + body
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
