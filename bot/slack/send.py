"""Sends rows to Slack: one shared session, retries of our own, and each refusal by its own word."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Row, To, Unavailable, Undeliverable, Wait
from bot.slack import render
from bot.slack.pictures import Pictures

OnRetry = Callable[[str, str], None]
"""Called with ("slack", reason) before a call is repeated."""

Json = dict[str, Any]

_TRIES = 5
_LONGEST = 60.0
"""A longer Retry-After is the outbox's to wait out, not one call's."""
_PASSING = frozenset(
    (
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "unreadable",
    )
)
_MALFORMED = frozenset(("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"))
_GONE = frozenset(("message_not_found", "cant_update_message", "edit_window_closed"))
"""Why a message can't be replaced: what takes its place is then posted anew."""
_ABSENT = frozenset(("channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived"))


_UNREADY = (0.5, 1.0, 2.0)
"""Seconds before each further try with a picture: Slack may need a moment with a fresh file."""


class Trouble(Exception):
    """One call failed in passing."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after
        """Seconds that Slack asked us to wait; None where it didn't."""


class SlackSender:
    """Carries rows to Slack."""

    def __init__(
        self,
        client: AsyncWebClient,
        session: aiohttp.ClientSession,
        on_retry: OnRetry | None = None,
        patience: float = 10.0,
    ) -> None:
        self._client = client
        self._session = session
        self._on_retry = on_retry
        self.patience = patience
        """Seconds after which a call that Slack doesn't answer counts as failed."""
        self._pictures = Pictures(self._form, self._put)

    async def send(self, row: Row, wait: Wait) -> str | None:
        """Deliver ``row``; return ``channel:ts``, or None where Slack gives the message no lasting id.

        Raises Undeliverable or Unavailable.
        """
        to = row.to
        if to.get("view") == "home":
            view = render.home(row.reply, to.get("channel", ""))
            await self._call("views.publish", {"user_id": to["user"], "view": view}, wait)
            return None
        if "response_url" in to and row.instead:
            # Slack takes no files of ours there: the figures alone then.
            content = render.message(row.reply)
        else:
            content = render.message(row.reply, await self._pictures.of(row.reply, wait))
        if "response_url" in to:
            return await self._whisper(to, content, wait, replace=bool(row.instead))
        if row.instead:
            channel, _, ts = row.instead.rpartition(":")
            try:
                return await self._post("chat.update", {"channel": channel, "ts": ts}, content, wait)
            except Undeliverable as refusal:
                if refusal.reason not in _GONE:
                    raise
        return await self._post("chat.postMessage", _address(to), content, wait)

    async def _post(self, method: str, address: To, content: Json, wait: Wait) -> str:
        payload = {**address, **content}
        if method != "chat.update":
            payload |= {"unfurl_links": False, "unfurl_media": False}
        sent = await self._as_taken(method, payload, wait)
        return f"{sent.get('channel', '')}:{sent.get('ts') or sent.get('message_ts', '')}"

    async def _as_taken(self, method: str, payload: Json, wait: Wait) -> Json:
        """Send as much of ``payload`` as Slack takes: better without a picture, or bare, than silence."""
        for blocks, pause in _versions(payload["blocks"]):
            if pause:
                await wait(pause)
            try:
                return await self._call(method, {**payload, "blocks": blocks}, wait)
            except Undeliverable as refusal:
                if refusal.reason not in _MALFORMED:
                    raise
                if pause == _UNREADY[-1]:
                    self._pictures.forget()
        return await self._call(method, {**payload, "blocks": []}, wait)

    async def _whisper(self, to: To, content: Json, wait: Wait, *, replace: bool) -> str | None:
        """Answer one person where they stand; a response_url serves five times in half an hour."""
        payload = {**content, "response_type": "ephemeral", "replace_original": replace}
        if thread := to.get("thread_ts"):
            payload["thread_ts"] = thread
        if not _pictured(content["blocks"]):
            try:
                await self._persist(
                    lambda: self._post_to(to["response_url"], "response_url", json=payload), wait
                )
                return None
            except Undeliverable:
                pass
        address = {**_address(to), "user": to["user"]}
        try:
            await self._post("chat.postEphemeral", address, content, wait)
            return None
        except Undeliverable as refusal:
            if refusal.reason not in _ABSENT:
                raise
        return await self._post("chat.postMessage", {"channel": to["user"]}, content, wait)

    async def _call(self, method: str, payload: Json, wait: Wait) -> Json:
        return await self._persist(lambda: self._once(method, json=payload), wait)

    async def _form(self, method: str, fields: Json, wait: Wait) -> Json:
        return await self._persist(lambda: self._once(method, data=fields), wait)

    async def _put(self, url: str, content: bytes, wait: Wait) -> None:
        await self._persist(lambda: self._post_to(url, "upload", data=content), wait)

    async def _persist(self, call: Callable[[], Awaitable[Json]], wait: Wait) -> Json:
        """Repeat ``call`` while its trouble may pass, waiting as long as Slack asks."""
        for tried in range(1, _TRIES + 1):
            try:
                async with asyncio.timeout(self.patience):
                    return await call()
            except Trouble as trouble:
                reason, after = trouble.reason, trouble.after
            except TimeoutError:
                reason, after = "timeout", None
            except (aiohttp.ClientError, OSError):
                reason, after = "connection", None
            if tried == _TRIES or (after or 0.0) > _LONGEST:
                break
            if self._on_retry:
                self._on_retry("slack", reason)
            # Jitter keeps processes that failed together from coming back together.
            pause = 0.5 * 2 ** (tried - 1) if after is None else after
            await wait(pause + random.uniform(0, 0.25))  # noqa: S311 (spreads load, guards nothing)
        raise Unavailable(reason, after or 0.0)

    async def _once(self, method: str, **arguments: Any) -> Json:
        try:
            response = await self._client.api_call(method, **arguments)
        except SlackApiError as error:
            raise told(error.response) from None
        except AttributeError:
            # The SDK's own stumble over an answer that is plain text.
            raise Trouble("unreadable") from None
        return response.data if isinstance(response.data, dict) else {}

    async def _post_to(self, url: str, what: str, **body: Any) -> Json:
        """Post to an address that Slack gave us for one purpose."""
        async with self._session.post(url, **body) as response:
            if response.status == 200:
                return {}
            status = response.status
            raise _refusal(status, f"{what}_{status}", response.headers.get("Retry-After"))


def _pictured(blocks: list[Json]) -> bool:
    return any(block["type"] == "image" for block in blocks)


def _versions(blocks: list[Json]) -> Iterator[tuple[list[Json], float]]:
    """What to try in turn before the bare words, and after how many seconds."""
    yield blocks, 0.0
    if _pictured(blocks):
        yield from ((blocks, pause) for pause in _UNREADY)
        yield [block for block in blocks if block["type"] != "image"], 0.0


def _address(to: To) -> To:
    return {name: to[name] for name in ("channel", "thread_ts") if name in to}


def told(response: Any) -> Trouble | Undeliverable:
    """What a failed call means; the SDK gives its own response, or aiohttp's for a body that isn't JSON."""
    status: int = getattr(response, "status_code", None) or getattr(response, "status", 0) or 0
    data = getattr(response, "data", None)
    error = str(data.get("error") or "unknown_error") if isinstance(data, dict) else "unreadable"
    return _refusal(status, error, (response.headers or {}).get("Retry-After"))


def _refusal(status: int, error: str, after: str | None) -> Trouble | Undeliverable:
    if status == 429 or error in ("ratelimited", "rate_limited"):
        return Trouble("ratelimited", _seconds(after))
    if status >= 500:
        return Trouble(str(status))
    return Trouble(error) if error in _PASSING else Undeliverable(error)


def _seconds(after: str | None) -> float:
    try:
        return max(0.0, float(after or 1.0))
    except ValueError:
        return 1.0
