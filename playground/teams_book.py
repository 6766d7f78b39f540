"""What the stand-in for Teams remembers and enforces: conversations, messages, rates and faults."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from aiohttp import web

from playground.keeping import Ids, newest_messages
from playground.stage import EVERYBODY, Message, Person, Refused
from playground.teams_activities import CHANNEL, GROUP, personal_chat

HISTORY = 500
"""Messages kept a conversation; older ones go."""
LONGEST_MESSAGE = 100 * 1024
"""Bytes of a message in UTF-16, above which Teams refuses it."""
SHARED = {CHANNEL: "teams-channel", GROUP: "teams-group"}
"""The conversations of several people, and the playground's places for them."""
RATES = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""Seconds, and how many posts and edits a conversation takes in them."""


class TeamsFault(msgspec.Struct):
    """Trouble ahead for a kind of request."""

    kind: str
    times: int
    status: int
    retry_after: float | None
    silent: bool


class TeamsBookMemory(msgspec.Struct):
    """What a restart must not change."""

    last: int
    """The last activity id given."""
    messages: list[Message]


def error(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> web.Response:
    """An error in one of the Bot Connector's shapes: that of blocked chats tells it within its message."""
    body: dict[str, Any] = {"error": {"code": code, "message": message}}
    if code == "MessageWritesBlocked":
        told = {"subCode": code, "details": message, "errorCode": None, "errorSubCode": None}
        body = {"errorCode": 209, "message": json.dumps(told, indent=2)}
    return web.json_response(body, status=status, headers=headers)


class TeamsBook:
    """Conversations by id, each with its messages in order."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.strict = False
        """Whether Teams' limits a conversation are enforced."""
        self.faults: list[TeamsFault] = []
        self.gone: dict[str, str] = {}
        """A person's key -> the code with which their personal chat refuses us."""
        self._messages: dict[str, deque[Message]] = {
            chat: deque(maxlen=HISTORY) for chat in (CHANNEL, GROUP, *map(personal_chat, EVERYBODY))
        }
        self._ids = Ids(1_000)
        self._times: dict[str, deque[float]] = {}

    def next_id(self) -> str:
        """An activity id: milliseconds, as Teams numbers its messages."""
        return str(self._ids.next())

    def kept(self) -> TeamsBookMemory:
        """What ``restore`` takes; the oldest messages beyond ``MESSAGE_BYTES`` are left out."""
        messages = newest_messages(message for said in self._messages.values() for message in said)
        return TeamsBookMemory(self._ids.last, messages)

    def restore(self, memory: TeamsBookMemory) -> None:
        """Go on from ``memory``."""
        self._ids.restore(memory.last)
        shared = {place: chat for chat, place in SHARED.items()}
        for message in memory.messages:
            self._messages[shared.get(message.place) or f"a:{message.only_for}"].append(message)

    def clear(self) -> None:
        """Forget all that was said; no id comes again all the same."""
        for messages in self._messages.values():
            messages.clear()

    def knows(self, conversation: str) -> bool:
        """Whether there is such a conversation."""
        return _root(conversation) in self._messages

    def inside(self, conversation: str) -> Iterator[Message]:
        """The messages of a conversation, oldest first."""
        return iter(self._messages.get(_root(conversation), ()))

    def members(self, conversation: str) -> tuple[Person, ...]:
        """The people of a conversation."""
        chat = _root(conversation)
        return (
            EVERYBODY
            if chat in SHARED
            else tuple(person for person in EVERYBODY if personal_chat(person) == chat)
        )

    def refuses(self, conversation: str) -> str | None:
        """The code with which a conversation refuses our messages; None where it doesn't."""
        return self.gone.get(_root(conversation).removeprefix("a:")) or None

    def find(self, message: str) -> tuple[str, Message] | None:
        """A message by its id, with its conversation."""
        for conversation, messages in self._messages.items():
            for said in messages:
                if said.id == message:
                    return conversation, said
        return None

    def add(self, conversation: str, author: str, text: str, payload: dict[str, Any], id: str) -> Message:
        """Keep a message; the thread is read off the conversation's id."""
        chat = _root(conversation)
        root = conversation.partition(";messageid=")[2]
        message = Message(
            id=id,
            place=place_of(chat),
            author=author,
            text=text,
            payload=payload,
            at=self.clock(),
            thread=root if root and root != id else None,
            only_for=None if chat in SHARED else chat.removeprefix("a:"),
        )
        self._messages[chat].append(message)
        return message

    def remove(self, conversation: str, message: Message) -> None:
        """Forget a message."""
        self._messages[_root(conversation)].remove(message)

    def fault(self, kind: str) -> TeamsFault | None:
        """The trouble that meets the next request of this kind; counted down."""
        for fault in self.faults:
            if fault.kind == kind:
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def too_fast(self, conversation: str) -> float:
        """Count a request; seconds to wait where it is one too many, else 0."""
        if not self.strict:
            return 0.0
        now = self.clock()
        times = self._times.setdefault(_root(conversation), deque(maxlen=RATES[-1][1]))
        for seconds, most in RATES:
            if len(times) >= most and now - times[-most] < seconds:
                return seconds - (now - times[-most])
        times.append(now)
        return 0.0


def refusal(body: dict[str, Any], conversation: str) -> web.Response | None:
    """Why Teams would not take this message; None where it would."""
    size = len(msgspec.json.encode(body).decode().encode("utf-16-le"))
    if size > LONGEST_MESSAGE:
        return error(413, "MessageSizeTooBig", "Message size too large.")
    if not isinstance(body.get("type"), str):
        return error(400, "BadSyntax", "Activity type is missing.")
    if body["type"] == "message" and not body.get("text") and not body.get("attachments"):
        return error(400, "BadSyntax", "Activity must have text or attachments.")
    offers = [
        part for part in body.get("attachments") or () if "file.consent" in str(part.get("contentType"))
    ]
    if offers and _root(conversation) in SHARED:
        return error(400, "BadArgument", "File consent cards are for personal chats.")
    roots = [
        part
        for part in body.get("entities") or []
        if isinstance(part, dict) and part.get("type") == "https://schema.org/Message"
    ]
    if len(roots) > 1:
        return error(400, "BadArgument", "Multiple root message entities found under entities array.")
    citations = roots[0].get("citation", []) if roots else []
    if len(citations) > 20:
        return error(400, "BadArgument", "Bot message with more than 20 citations.")
    if any(not citation.get("appearance") for citation in citations):
        return error(400, "BadArgument", "The appearance object is empty.")
    return None


def place_of(conversation: str) -> str:
    """The playground's place for a conversation."""
    return SHARED.get(_root(conversation), "teams-personal")


def _root(conversation: str) -> str:
    return conversation.partition(";")[0]


def conversation_of(place: str, person: Person) -> str:
    """The conversation behind a place, for one of the cast. Raises Refused."""
    for chat, name in SHARED.items():
        if name == place:
            return chat
    if place == "teams-personal":
        return personal_chat(person)
    raise Refused("There is no such place in Teams.")
