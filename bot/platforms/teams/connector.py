"""The Bot Connector, which carries messages to Teams: its calls, and what each of its refusals means."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from aiohttp import ClientError, ClientSession, ClientTimeout
from yarl import URL

from bot.platforms.ports import (
    Address,
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
from bot.platforms.teams.app_token import REMEDY, AppToken
from bot.platforms.teams.trust import is_local

TRIES = 5
FIRST_PAUSE = 0.5
"""Seconds before the second try; doubled for each further one, give or take a fifth."""
LONGEST_PAUSE = 60.0
"""Seconds that we wait here when asked to; a longer wait is left to a later delivery."""
TRANSIENT = frozenset({412, 429, 502, 504})
"""What Teams asks to be tried again."""
CHATS_KEPT = 10_000
ROSTER_PAGE = 500
"""People on a page of a roster, at most."""

NO_PLACE = frozenset(("ConversationNotFound", "BotNotInConversationRoster", "ConversationBlockedByUser"))
"""Refusals by which there is no such place any more, or we are not in it."""

ILL_FORMED = (400, 413)
"""Statuses that refuse what a message looks like, whoever it is for."""

UNREACHABLE = frozenset(
    (
        "403",
        "BotDisabledByAdmin",
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ForbiddenOperationException",
        "MessageWritesBlocked",
    )
)
"""What is said where a person has blocked, removed or never installed us, or may not use us:
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages"""


DRIVES = (
    ".sharepoint.com",
    ".sharepoint.us",
    ".sharepoint-mil.us",
    ".sharepoint.cn",
    ".onedrive.com",
    ".microsoftpersonalcontent.com",
)
"""Where OneDrive takes files, at work and at home."""


class BotConnector:
    """Asks it with the bot's own token, and again where it asks for that. Every method may raise
    Undeliverable or Unavailable."""

    def __init__(
        self,
        session: ClientSession,
        token: AppToken | None,
        on_retry: OnRetry,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """``token`` None: nothing is authenticated, as in the playground. ``jitter`` gives 0 to 1."""
        self._session, self._token, self._on_retry, self._jitter = session, token, on_retry, jitter
        self._chats: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def post(self, service_url: str, conversation: str, body: dict[str, Any], wait: Wait) -> str:
        """Post a message; return its id."""
        answer = await self._call("POST", _address(service_url, conversation, "activities"), body, wait)
        return _text(answer, "id")

    async def update(
        self, service_url: str, conversation: str, activity: str, body: dict[str, Any], wait: Wait
    ) -> None:
        """Replace a message."""
        await self._call("PUT", _address(service_url, conversation, "activities", activity), body, wait)

    async def member(self, service_url: str, conversation: str, person: str, wait: Wait) -> dict[str, str]:
        """What a conversation's roster tells of one of its people, by either of their ids."""
        talk = conversation.partition(";")[0]
        told = await self._call("GET", _address(service_url, talk, "members", person), None, wait)
        return {name: value for name, value in told.items() if isinstance(value, str) and value}

    async def present(self, service_url: str, conversation: str, wait: Wait) -> None:
        """Raises Undeliverable where we are not in a conversation."""
        url = _address(service_url, conversation, "pagedmembers").with_query(pageSize=1)
        await self._call("GET", url, None, wait)

    async def tenants(self, service_url: str, conversation: str, wait: Wait) -> set[str]:
        """The tenants whose people are in a conversation, guests aside, as the roster's first page tells."""
        url = _address(service_url, conversation, "pagedmembers").with_query(pageSize=ROSTER_PAGE)
        members = (await self._call("GET", url, None, wait)).get("members")
        people = [each for each in (members if isinstance(members, list) else ()) if isinstance(each, dict)]
        own = {_text(member, "tenantId") for member in people if _text(member, "userRole") != "guest"}
        return own - {""}

    async def team_name(self, service_url: str, team: str, wait: Wait) -> str:
        """The name of a team, by the id that it shares with its first channel; "" where none is told."""
        return _text(await self._call("GET", _address(service_url, team, kind="teams"), None, wait), "name")

    async def upload(self, url: str, content: bytes) -> None:
        """Put a file where Teams told to."""
        if not may_upload(url, authenticated=self._token is not None):
            raise Undeliverable("bad_address")
        span = f"bytes 0-{len(content) - 1}/{len(content)}"
        headers = {"Content-Type": "application/octet-stream", "Content-Range": span}
        try:
            async with self._session.put(
                URL(url, encoded=True),
                data=content,
                headers=headers,
                timeout=ClientTimeout(total=8),
                allow_redirects=False,
            ) as response:
                if not 200 <= response.status < 300:
                    raise Unavailable(str(response.status))
        except (ClientError, TimeoutError, OSError):
            raise Unavailable("connection") from None

    def left(self, service_url: str, person: str) -> None:
        """Somebody removed the app: when they install it again, their chat is asked for anew."""
        self._chats.pop((service_url, person), None)

    async def chat(self, to: Address, wait: Wait) -> str:
        """A person's personal chat with the bot, which Teams creates where there is none.

        Raises Undeliverable where they haven't installed us.
        """
        key = (to["service_url"], to["person"])
        known = self._chats.get(key)
        if known is not None:
            self._chats.move_to_end(key)
            return known
        body = {
            "bot": {"id": to["bot"]},
            "members": [{"id": to["person"]}],
            "tenantId": to["tenant"],
            "isGroup": False,
            "channelData": {"tenant": {"id": to["tenant"]}},
        }
        chat = _text(await self._call("POST", _address(to["service_url"]), body, wait), "id")
        self._chats[key] = chat
        if len(self._chats) > CHATS_KEPT:
            self._chats.popitem(last=False)
        return chat

    async def _call(self, method: str, url: URL, body: dict[str, Any] | None, wait: Wait) -> dict[str, Any]:
        data = None if body is None else msgspec.json.encode(body)
        for tried in range(TRIES):
            pause = FIRST_PAUSE * 2**tried * (0.8 + 0.4 * self._jitter())
            asked = 0.0
            try:
                async with self._session.request(
                    method,
                    url,
                    data=data,
                    headers=await self._headers(),
                    timeout=ClientTimeout(total=15),
                    allow_redirects=False,
                ) as response:
                    answer = await response.read()
                    done = 200 <= response.status < 300
                    told = _decoded(answer)
                    if done and _own(method, told):
                        return told
                    reason = "unreadable" if done else str(response.status)
                    asked = seconds(response.headers.get("Retry-After"))
                    if response.status == 401 and self._token is not None and tried == 0:
                        self._token.refused()
                        self._on_retry("teams", reason)
                        continue
                    if response.status not in TRANSIENT and not done:
                        _give_up(response.status, told, asked)
            except (ClientError, TimeoutError, OSError):
                reason = "connection"
            if tried + 1 == TRIES or wait is at_once or asked > LONGEST_PAUSE:
                break
            self._on_retry("teams", reason)
            await wait(asked or pause)
        raise Unavailable(reason, asked)

    async def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {await self._token.get()}"
        return headers


def _address(service_url: str, *path: str, kind: str = "conversations") -> URL:
    parts = [service_url.rstrip("/"), "v3", kind, *(quote(part, safe="") for part in path)]
    try:
        address = URL("/".join(parts), encoded=True)
        usable = bool(address.host) and address.port is not None
    except ValueError:
        usable = False
    if not usable:
        raise Undeliverable("bad_address")
    return address


def _own(method: str, told: dict[str, Any]) -> bool:
    """Whether it is the service that says yes, and no proxy with a word of its own, such as of maintenance.

    Whatever is posted or replaced is answered with an id, whatever is looked up with something.
    """
    return method == "DELETE" or bool(told if method == "GET" else _text(told, "id"))


def _give_up(status: int, told: dict[str, Any], asked: float) -> None:
    """Raise what a status means that no immediate retry can mend."""
    code = _code(told)
    reason = code if code.isalnum() and len(code) <= 60 else str(status)
    if status == 401:
        raise Revoked(reason, REMEDY)
    if status >= 500 or status == 408:
        raise Unavailable(reason, asked)
    person, place = reason in UNREACHABLE, reason in NO_PLACE
    if status in ILL_FORMED and not person and not place:
        raise IllFormed(reason)
    raise refusal(reason, person=person, place=place)


def _code(told: dict[str, Any]) -> str:
    """The service's word for an error; "" where there is none. Of blocked chats it tells in another shape."""
    error = told.get("error")
    if isinstance(error, dict):
        return _text(error, "code")
    return _text(_decoded(_text(told, "message").encode("utf-8", "replace")), "subCode")


def _decoded(answer: bytes) -> dict[str, Any]:
    try:
        decoded = msgspec.json.decode(answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _text(answer: dict[str, Any], name: str) -> str:
    value = answer.get(name)
    return value if isinstance(value, str) else ""


def may_upload(url: str, *, authenticated: bool) -> bool:
    """Whether a file may be put at ``url``, which a client told: only where OneDrive keeps files.

    While nothing is authenticated, only a service on this machine.
    """
    if not authenticated:
        return is_local(url)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return parts.scheme == "https" and parts.port in (None, 443) and host.endswith(DRIVES)
    except ValueError:
        return False
