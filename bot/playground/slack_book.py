"""What the Slack stand-in remembers: who is where, what was said, and the trouble it was told to make."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from typing import Any

import msgspec

from bot.playground.stage import PEOPLE, PLACES, SLACK_TEAM, Message, Person, Refused

BOT_USER = "U0SHARE"
BOT = "B0SHARE"
APP = "A0SHARE"
CHANNEL = "C0BOARD"
OTHER_TEAM = "T0EASTV"
"""The workspace of those who meet us over Slack Connect."""

KEPT = 500
"""Messages remembered a conversation."""
BURST = 20
"""Posts that a conversation takes at once, before Slack's one a second counts."""
_HOME_ORGANISATION = "Northshire County"


class Fault(msgspec.Struct):
    """Trouble due at a method's next calls."""

    method: str
    times: int
    status: int = 200
    error: str = ""
    retry_after: int | None = None
    silent: bool = False


class Reach(msgspec.Struct, frozen=True):
    """What a response_url or a trigger leads to."""

    channel: str
    person: Person
    thread: str | None = None
    shown: str = ""
    """The id of the message that was pressed, which an answer may replace."""


class Refusal(Exception):
    """Slack says no: ``error`` is its word for it, ``more`` what it adds."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


class Book:
    """The memory of one stand-in."""

    def __init__(self, limits: bool) -> None:
        self.limits = limits
        self.faults: list[Fault] = []
        self.urls: dict[str, Reach] = {}
        self.uses: dict[str, int] = {}
        self.triggers: dict[str, float] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        """The view that stands in each person's App Home, by their key."""
        self.drawn: dict[str, asyncio.Event] = {}
        """Set when a person's home is next drawn."""
        self._said: dict[str, deque[Message]] = {}
        self._buckets: dict[str, tuple[float, float]] = {}
        self._numbers = itertools.count(1)
        self._last_ts = 0.0

    def number(self) -> int:
        """A number not given before."""
        return next(self._numbers)

    def ts(self) -> str:
        """A message's time stamp, unique and increasing."""
        self._last_ts = max(time.time(), self._last_ts + 1e-5)
        return f"{self._last_ts:.6f}"

    def add(self, channel: str, message: Message) -> Message:
        """Remember ``message``; the oldest beyond ``KEPT`` is forgotten."""
        self.said(channel).append(message)
        return message

    def said(self, channel: str) -> deque[Message]:
        """What was said in ``channel``, oldest first."""
        return self._said.setdefault(channel, deque(maxlen=KEPT))

    def find(self, message: str) -> tuple[str, Message] | None:
        """A message by its id, with its channel."""
        channel = message.partition(":")[0]
        for one in self.said(channel) if channel in self._said else ():
            if one.id == message:
                return channel, one
        return None

    def fault(self, method: str) -> Fault | None:
        """The trouble due at this call of ``method``."""
        for fault in self.faults:
            if fault.method == method and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def too_fast(self, channel: str) -> bool:
        """Whether a post to ``channel`` now is one too many (one a second, bursts tolerated)."""
        if not self.limits:
            return False
        now = time.monotonic()
        left, before = self._buckets.get(channel, (float(BURST), now))
        left = min(float(BURST), left + now - before)
        fast = left < 1
        self._buckets[channel] = (left if fast else left - 1, now)
        return fast

    def response_url(self, root: str, reach: Reach) -> str:
        """A new response_url under ``root``."""
        token = f"{self.number():08d}"
        self.urls[token] = reach
        return f"{root}/response/{token}"

    def trigger(self) -> str:
        """A new trigger id, good for three seconds."""
        key = f"{self.number()}.{SLACK_TEAM}.{self.number():x}"
        self.triggers[key] = time.monotonic()
        return key


def team_of(person: Person) -> str:
    """A person's own workspace."""
    return SLACK_TEAM if person.organisation == _HOME_ORGANISATION else OTHER_TEAM


def person(key: str) -> Person:
    """Somebody of the cast by key. Raises Refused."""
    for one in PEOPLE:
        if one.key == key:
            return one
    raise Refused("There is no such person here.")


def by_id(user: str) -> Person | None:
    """Somebody of the cast by their id in Slack."""
    return next((one for one in PEOPLE if one.slack_id == user), None)


def direct(who: Person) -> str:
    """The direct conversation of a person with the bot."""
    return "D" + who.slack_id[1:]


def channel_of(place: str, who: Person) -> str:
    """The conversation behind a place. Raises Refused."""
    if place == "slack-channel":
        return CHANNEL
    if place == "slack-direct":
        return direct(who)
    raise Refused("There is no such place in Slack.")


def place_of(channel: str) -> str:
    """The place that shows a conversation."""
    return "slack-channel" if channel == CHANNEL else "slack-direct"


def resolve(channel: object) -> str | None:
    """The conversation that a method's ``channel`` argument names: an id, a #name, or a person."""
    if not isinstance(channel, str):
        return None
    if channel in (CHANNEL, next(one.name for one in PLACES if one.key == "slack-channel")):
        return CHANNEL
    for one in PEOPLE:
        if channel in (one.slack_id, direct(one)):
            return direct(one)
    return None
