"""Calls to Slack: one shared session, retries of our own, and each refusal by its own word."""

from __future__ import annotations

import asyncio
import logging
import random
import re
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import msgspec
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.ports import (
    IllFormed,
    OnRetry,
    Revoked,
    Unavailable,
    Undeliverable,
    Wait,
    at_once,
    refusal,
)
from bot.platforms.retry_after import seconds
from bot.platforms.slack.shapes import Json

_JSON = {"Content-Type": "application/json;charset=utf-8"}
_NO_LIMIT = aiohttp.ClientTimeout()
_encode = msgspec.json.Encoder().encode
_TRIES = 5
_LONGEST = 60.0
"""A longer Retry-After is the outbox's to wait out, not one call's."""
_UNTOLD = 1.0
"""Seconds to wait where Slack says that we ask too often, and not for how long."""
_PASSING = frozenset(
    (
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "update_failed",
        "unreadable",
    )
)
_UNREACHABLE = frozenset(
    ("user_disabled", "messages_tab_disabled", "cannot_dm_bot", "user_not_found", "user_not_visible")
)
"""What is said of a person who can't be written to."""


_GONE = frozenset(
    ("channel_not_found", "is_archived", "not_in_channel", "user_not_in_channel", "user_not_found")
)
"""Refusals by which there is no such place any more, or we are not in it."""


_OK = re.compile(rb'\s*(?:ok\b|\{\s*"ok"\s*:\s*true\b)', re.IGNORECASE)
"""What Slack answers at an address of one purpose: "ok", "OK - 17", or an object that begins so."""
_REVOKED = frozenset(
    ("token_revoked", "token_expired", "invalid_auth", "not_authed", "account_inactive", "invalid_token")
)
_REMEDY = (
    "Put the app's current bot token (OAuth & Permissions) into SLACK_BOT_TOKEN, or install the app again."
)


MALFORMED = frozenset(("invalid_blocks", "invalid_blocks_format"))
TOO_LONG = frozenset(("msg_too_long", "msg_blocks_too_long"))
"""Refusals of what a message looks like, whoever it is for."""


def quiet_logger() -> logging.Logger:
    """The SDKs' logger: errors only, since below that they log whole messages."""
    logger = logging.getLogger("slack_bolt.sharewise")
    logger.setLevel(logging.ERROR)
    return logger


def quiet_client(url: str, session: aiohttp.ClientSession, token: str | None = None) -> AsyncWebClient:
    """The SDK's client, which tries nothing again by itself."""
    client = AsyncWebClient(
        token=token, base_url=url, session=session, logger=quiet_logger(), retry_handlers=[]
    )
    client.proxy = None  # the session knows the way, and where no proxy is to be taken
    return client


class Trouble(Exception):
    """One call failed in passing."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after
        """Seconds that Slack asked us to wait; None where it didn't."""


class Calls:
    """Calls Slack's methods. Each raises Undeliverable, or Unavailable after its own retries."""

    def __init__(
        self,
        client: AsyncWebClient,
        session: aiohttp.ClientSession,
        on_retry: OnRetry | None = None,
        patience: float = 10.0,
    ) -> None:
        self._client, self._session, self._on_retry = client, session, on_retry
        self.patience = patience
        """Seconds after which a call that Slack doesn't answer counts as failed."""

    async def json(self, method: str, payload: Json, wait: Wait, tries: int = _TRIES) -> Json:
        """Call ``method``, trying at most so often, with a pause (``wait``) between."""
        return await self._persist(lambda: self._posted(method, payload), wait, tries)

    async def form(self, method: str, fields: Json, wait: Wait) -> Json:
        """Call ``method`` with a form: those that look something up, and those for files, take no JSON."""
        return await self._persist(lambda: self._filled(method, fields), wait)

    async def post(self, url: str, what: str, wait: Wait, **body: Any) -> None:
        """Post to an address that Slack gave us for one purpose, ``what``."""

        async def post() -> Json:
            async with self._session.post(url, **body) as response:
                status = response.status
                if status == 200:
                    if not _OK.match(await response.read()):
                        raise Trouble("unreadable")
                    return {}
                raise _refusal(status, f"{what}_{status}", response.headers.get("Retry-After"))

        await self._persist(post, wait)

    async def _persist(self, call: Callable[[], Awaitable[Json]], wait: Wait, tries: int = _TRIES) -> Json:
        """Repeat ``call`` while its trouble may pass, waiting as long as Slack asks."""
        for tried in range(1, tries + 1):
            try:
                async with asyncio.timeout(self.patience):
                    return await call()
            except Trouble as trouble:
                reason, after = trouble.reason, trouble.after
            except TimeoutError:
                reason, after = "timeout", None
            except (aiohttp.ClientError, OSError):
                reason, after = "connection", None
            if tried == tries or wait is at_once or (after or 0.0) > _LONGEST:
                break
            if self._on_retry:
                self._on_retry("slack", reason)
            # Jitter keeps processes that failed together from coming back together.
            pause = 0.5 * 2 ** (tried - 1) if after is None else after
            await wait(pause + random.uniform(0, 0.25))  # noqa: S311 (spreads load, guards nothing)
        raise Unavailable(reason, after or 0.0)

    async def _posted(self, method: str, payload: Json) -> Json:
        """As the SDK posts it, which would take twice as long over it: most of what we say goes by here."""
        client = self._client
        headers = {**client.headers, **_JSON, "Authorization": f"Bearer {client.token}"}
        # ``_persist`` has a shorter limit than the session.
        async with self._session.post(
            client.base_url + method, data=_encode(payload), headers=headers, timeout=_NO_LIMIT
        ) as response:
            answer, status = _answer(await response.read()), response.status
            after = response.headers.get("Retry-After")
        if status == 200 and answer.get("ok"):
            return answer
        raise await self._meant(_refusal(status, str(answer.get("error") or "unreadable"), after))

    async def _filled(self, method: str, fields: Json) -> Json:
        try:
            response = await self._client.api_call(method, data=fields)
        except SlackApiError as error:
            raise await self._meant(told(error.response)) from None
        except (AttributeError, UnicodeDecodeError, LookupError):
            # The SDK's own stumbles over answers that aren't JSON, or in no alphabet that there is.
            raise Trouble("unreadable") from None
        if not isinstance(response.data, dict):
            raise Trouble("unreadable")
        return response.data

    async def _meant(self, meaning: Trouble | Undeliverable | Revoked) -> Exception:
        """What a failed call means, once it is known whose account is meant."""
        if meaning.reason == "account_inactive" and await self._valid():
            return Undeliverable(meaning.reason)  # it is the account of whoever the call is about
        return meaning

    async def _valid(self) -> bool:
        """Whether Slack takes our token."""
        try:
            await self._client.api_call("auth.test")
        except (SlackApiError, AttributeError, aiohttp.ClientError, OSError):
            return False
        return True


def _answer(body: bytes) -> Json:
    """What Slack answered; empty where it isn't Slack's own word, such as a page about maintenance."""
    try:
        read = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return read if isinstance(read, dict) else {}


def told(response: Any) -> Trouble | Undeliverable | Revoked:
    """What a failed call means; the SDK gives its own response, or aiohttp's for a body that isn't JSON.

    What isn't Slack's own word, such as a web page that says something of maintenance, may pass.
    """
    status: int = getattr(response, "status_code", None) or getattr(response, "status", 0) or 0
    data = getattr(response, "data", None)
    error = str(data.get("error") or "unreadable") if isinstance(data, dict) else "unreadable"
    return _refusal(status, error, (response.headers or {}).get("Retry-After"))


def _refusal(status: int, error: str, after: str | None) -> Trouble | Undeliverable | Revoked:
    if status == 429 or error in ("ratelimited", "rate_limited"):
        return Trouble("ratelimited", seconds(after) or _UNTOLD)
    if status >= 500:
        return Trouble(str(status))
    if error in _REVOKED:
        return Revoked(error, _REMEDY)
    if error in _PASSING:
        return Trouble(error)
    if error in MALFORMED | TOO_LONG:
        return IllFormed(error)
    return refusal(error, person=error in _UNREACHABLE, place=error in _GONE)
