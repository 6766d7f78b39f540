"""The one sender of Teams messages: posts, updates and deletes, for turns and for later delivery alike."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import quote

import msgspec
from aiohttp import ClientError, ClientSession, ClientTimeout
from yarl import URL

from bot.platforms.ports import (
    Address,
    OnRetry,
    OutboxMessage,
    Revoked,
    Unavailable,
    Undeliverable,
    Wait,
    at_once,
    refusal,
)
from bot.platforms.retry_after import seconds
from bot.platforms.teams.files import SHARED, offer, parted, sent_apart
from bot.platforms.teams.inbound import message_key
from bot.platforms.teams.render import message as drawn
from bot.platforms.teams.trust import REMEDY, AppToken, may_upload
from dialogs.core.figures import without_pictures
from dialogs.core.plain import choices, plain
from dialogs.core.replies import File, Reply, Text
from dialogs.core.text import literal

TRIES = 5
FIRST_PAUSE = 0.5
"""Seconds before the second try; doubled for each further one, give or take a fifth."""
LONGEST_PAUSE = 60.0
"""Seconds that we wait here when asked to; a longer wait is left to a later delivery."""
TRANSIENT = frozenset({412, 429, 502, 504})
"""What Teams asks to be tried again."""
CHATS_KEPT = 10_000
PARTS_KEPT = 1_000

GONE = frozenset(("404", "ActivityNotFoundInConversation", "ActivityNotFound", "MessageNotFound"))
"""Why a message can't be replaced: what takes its place is then posted anew."""

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


class IllFormed(Undeliverable):
    """It isn't the address that is refused, but how the message looks."""


class TeamsSender:
    """Carries messages to the Bot Connector (``bot.platforms.ports.Sender``)."""

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
        self._parts: OrderedDict[str, str | None] = OrderedDict()
        """What was sent of those that need several messages, with the key of each."""

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Deliver ``message``; return the message's key. Raises Undeliverable or Unavailable."""
        conversation = message.to.get("conversation") or await self.chat(message.to, wait)
        files, rest = parted(message.reply)
        if not files:
            return await self._message(message, conversation, message.reply, wait)
        if conversation.startswith(SHARED):
            apart = await self._hand_over(message, files, wait)
            return await self._message(
                message, conversation, sent_apart(message.reply) if apart else message.reply, wait
            )
        key = None
        if rest.blocks:
            key = await self._once(message.id, partial(self._message, message, conversation, rest, wait))
        for number, file in enumerate(files):
            sent = await self._once(f"{message.id} {number}", partial(self._offer, message.to, file, wait))
            key = key or message_key(conversation, sent or "")
        return key

    async def _message(
        self, message: OutboxMessage, conversation: str, reply: Reply, wait: Wait
    ) -> str | None:
        """Post a reply, or put it in another's place.

        Where Teams refuses how it looks, it goes without its pictures, and at last as plain text.
        """
        tried: list[Reply] = []
        for version in (reply, without_pictures(reply), _worded(reply)):
            if version in tried:
                continue
            try:
                return await self._put(message, conversation, version, wait)
            except IllFormed as refusal:
                tried.append(version)
                reason = refusal.reason
        raise Undeliverable(reason)

    async def _put(self, message: OutboxMessage, conversation: str, reply: Reply, wait: Wait) -> str | None:
        body = drawn(reply)
        if message.to.get("bot"):
            body["from"] = {"id": message.to["bot"]}
        body["conversation"] = {"id": conversation}
        if message.instead:
            shown = message.instead.rpartition(":")[2]
            try:
                await self.update(message.to["service_url"], conversation, shown, {**body, "id": shown}, wait)
                return message.instead
            except Undeliverable as refusal:
                if refusal.reason not in GONE:
                    raise
        return message_key(conversation, await self.post(message.to["service_url"], conversation, body, wait))

    async def _hand_over(self, message: OutboxMessage, files: list[File], wait: Wait) -> bool:
        """Offer files in the personal chat of whoever asked for them; False where that can't be."""
        tenant, _, person = message.speaker.removeprefix("teams:").partition("/")
        if not person:
            return False
        to = {"service_url": message.to["service_url"], "bot": message.to.get("bot", "")}
        to |= {"person": person, "tenant": tenant}
        try:
            for number, file in enumerate(files):
                await self._once(f"{message.id} {number}", partial(self._offer, to, file, wait))
        except Undeliverable:
            return False
        return True

    async def _offer(self, to: Address, file: File, wait: Wait) -> str:
        conversation = to.get("conversation") or await self.chat(to, wait)
        return await self.post(to["service_url"], conversation, offer(file), wait)

    async def _once(self, part: str, send: Callable[[], Awaitable[str | None]]) -> str | None:
        """What ``send`` gives; a message that is sent again since a later part failed doesn't repeat it."""
        if part not in self._parts:
            self._parts[part] = await send()
            if len(self._parts) > PARTS_KEPT:
                self._parts.popitem(last=False)
        return self._parts[part]

    async def post(self, service_url: str, conversation: str, body: dict[str, Any], wait: Wait) -> str:
        """Post a message; return its id."""
        answer = await self._call("POST", _address(service_url, conversation, "activities"), body, wait)
        return _text(answer, "id")

    async def update(
        self, service_url: str, conversation: str, activity: str, body: dict[str, Any], wait: Wait
    ) -> None:
        """Replace a message."""
        await self._call("PUT", _address(service_url, conversation, "activities", activity), body, wait)

    async def delete(self, service_url: str, conversation: str, activity: str, wait: Wait) -> None:
        """Delete a message."""
        await self._call("DELETE", _address(service_url, conversation, "activities", activity), None, wait)

    async def member(self, service_url: str, conversation: str, person: str, wait: Wait) -> dict[str, str]:
        """What a conversation's roster tells of one of its people, by either of their ids."""
        talk = conversation.partition(";")[0]
        told = await self._call("GET", _address(service_url, talk, "members", person), None, wait)
        return {name: value for name, value in told.items() if isinstance(value, str) and value}

    async def present(self, service_url: str, conversation: str, wait: Wait) -> None:
        """Raises Undeliverable where we are not in a conversation."""
        url = _address(service_url, conversation, "pagedmembers").with_query(pageSize=1)
        await self._call("GET", url, None, wait)

    async def team_name(self, service_url: str, team: str, wait: Wait) -> str:
        """The name of a team, by the id that it shares with its first channel; "" where none is told."""
        return _text(await self._call("GET", _address(service_url, team, kind="teams"), None, wait), "name")

    async def upload(self, url: str, content: bytes) -> None:
        """Put a file where Teams told to. Raises Undeliverable or Unavailable."""
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


def _worded(reply: Reply) -> Reply:
    """A reply as nothing but its words, with what its buttons say: what can't be refused for its looks."""
    said = literal(plain(reply))
    ways = "\n".join(f"- {literal(choice.label)}: “{literal(choice.says)}”" for choice in choices(reply))
    return Reply((Text("\n\n".join(part for part in (said, ways) if part)),))
