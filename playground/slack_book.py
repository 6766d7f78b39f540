"""What the Slack stand-in remembers: who is where, what was said, and the trouble it was told to make."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

import msgspec

from playground.keeping import Ids, newest_messages
from playground.stage import EVERYBODY, ORGANISATIONS, PLACES, SLACK_TEAM, Message, Person, Refused

BOT_USER = "U0SHARE"
BOT = "B0SHARE"
APP = "A0SHARE"
CHANNEL = "C0BOARD"
ADVISORS_CHANNEL = "C0ADVICE"
CHANNELS = {"slack-channel": CHANNEL, "slack-advisors": ADVISORS_CHANNEL}
"""The channels behind places."""
NAMES = {CHANNELS[place.key]: place.name.removeprefix("#") for place in PLACES if place.key in CHANNELS}
"""What they are called."""
GROUP, GROUP_NAME = "S0STEER", "steering-group"
GROUP_MEMBERS = ("U0ASHA", "U0BRYN", "U0CLEO")

KEPT = 500
"""Messages remembered a conversation."""
BURST = 20
"""Posts that a conversation takes at once, before Slack's one a second counts."""
UPDATES = 50
"""Updates that the workspace takes a minute (tier 3), and at once."""
TRIGGER_SECONDS = 3.0
TRIGGERS = 1_000
"""Triggers remembered."""
URLS = 500
"""response_urls remembered."""


class SlackFault(msgspec.Struct):
    """Trouble due at a method's next calls."""

    method: str
    times: int
    status: int = 200
    error: str = ""
    retry_after: int | None = None
    silent: bool = False
    page: bool = False


class SlackReach(msgspec.Struct, frozen=True):
    """What a response_url or a trigger leads to."""

    channel: str
    person: Person
    thread: str | None = None
    shown: str = ""
    """The id of the message that was pressed, which an answer may replace."""


class SlackBookMemory(msgspec.Struct):
    """What a restart must not change."""

    last: int
    """The last number given."""
    messages: list[Message]
    homes: dict[str, dict[str, Any]]
    urls: dict[str, SlackReach]
    uses: dict[str, int]


class Refusal(Exception):
    """Slack says no: ``error`` is its word for it, ``more`` what it adds."""

    def __init__(self, error: str, *, after: float = 0.0, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.after = after
        """Seconds after which to try again; 0 where that is of no use."""
        self.more = more


class SlackBook:
    """The memory of one stand-in."""

    def __init__(self, limits: bool, clock: Callable[[], float] = time.time) -> None:
        self.limits = limits
        self.clock = clock
        """Seconds since 1970: when messages count as said, and how fast one after another."""
        self.faults: list[SlackFault] = []
        self.urls: dict[str, SlackReach] = {}
        self.uses: dict[str, int] = {}
        self.gone: dict[str, str] = {}
        """Why a conversation, by its id, takes nothing any more, in Slack's word for it."""
        self.homes: dict[str, dict[str, Any]] = {}
        """The view that stands in each person's App Home, by their key."""
        self.drawn: dict[str, asyncio.Event] = {}
        """Set when a person's home is next drawn."""
        self._said: dict[str, deque[Message]] = {}
        self._triggers: OrderedDict[str, tuple[float, SlackReach | None]] = OrderedDict()
        self._buckets: dict[str, tuple[float, float]] = {}
        self._ids = Ids(1_000_000)

    def number(self) -> int:
        """A number not given before."""
        return self._ids.next()

    def ts(self) -> str:
        """A message's time stamp, unique and increasing."""
        seconds, millionths = divmod(self.number(), 1_000_000)
        return f"{seconds}.{millionths:06d}"

    def kept(self) -> SlackBookMemory:
        """What ``restore`` takes; the oldest messages beyond ``MESSAGE_BYTES`` are left out."""
        messages = newest_messages(message for said in self._said.values() for message in said)
        return SlackBookMemory(self._ids.last, messages, self.homes, self.urls, self.uses)

    def restore(self, memory: SlackBookMemory) -> None:
        """Go on from ``memory``."""
        self._ids.restore(memory.last)
        self.homes, self.urls, self.uses = memory.homes, memory.urls, memory.uses
        for message in memory.messages:
            self.add(message.id.partition(":")[0], message)

    def clear(self) -> None:
        """Forget all that was said and drawn; no number comes again all the same."""
        for memory in (self._said, self.homes, self.urls, self.uses, self._triggers):
            memory.clear()

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
        for said in self.said(channel) if channel in self._said else ():
            if said.id == message:
                return channel, said
        return None

    def fault(self, method: str) -> SlackFault | None:
        """The trouble due at this call of ``method``."""
        for fault in self.faults:
            if fault.method == method and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def post(self, channel: str) -> None:
        """Count a post to ``channel``: one a second, bursts tolerated. Raises Refusal."""
        self._take(channel, 1.0, BURST)

    def update(self) -> None:
        """Count an update of a message. Raises Refusal."""
        self._take("chat.update", UPDATES / 60, UPDATES)

    def _take(self, bucket: str, a_second: float, burst: int) -> None:
        if not self.limits:
            return
        now = self.clock()
        left, before = self._buckets.get(bucket, (float(burst), now))
        left = min(float(burst), left + (now - before) * a_second)
        self._buckets[bucket] = (left - 1 if left >= 1 else left, now)
        if left < 1:
            raise Refusal("ratelimited", after=(1 - left) / a_second)

    def response_url(self, root: str, reach: SlackReach) -> str:
        """A new response_url under ``root``."""
        token = f"{self.number():08d}"
        self.urls[token] = reach
        if len(self.urls) > URLS:
            oldest = next(iter(self.urls))
            del self.urls[oldest]
            self.uses.pop(oldest, None)
        return f"{root}/response/{token}"

    def trigger(self, reach: SlackReach | None = None) -> str:
        """A new trigger id, good for three seconds, which opens a form over ``reach``."""
        key = f"{self.number()}.{SLACK_TEAM}.{self.number():x}"
        self._triggers[key] = time.monotonic(), reach
        if len(self._triggers) > TRIGGERS:
            self._triggers.popitem(last=False)
        return key

    def exchange(self, trigger: object) -> SlackReach:
        """What a trigger leads to, once. Raises Refusal."""
        made, reach = self._triggers.get(str(trigger), (0.0, None))
        if made == 0.0:
            raise Refusal("invalid_trigger_id")
        if reach is None:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() - made > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        self._triggers[str(trigger)] = made, None
        return reach


def team_of(person: Person) -> str:
    """A person's own workspace."""
    return ORGANISATIONS[person.organisation][0]


def handle(person: Person) -> str:
    """A person's user name, which is none that people would call them by."""
    return person.email.partition("@")[0]


def by_id(user: str) -> Person | None:
    """Somebody of the cast by their id in Slack."""
    return next((person for person in EVERYBODY if person.slack_id == user), None)


def direct(who: Person) -> str:
    """The direct conversation of a person with the bot."""
    return "D" + who.slack_id[1:]


def channel_of(place: str, who: Person) -> str:
    """The conversation behind a place. Raises Refused."""
    if place in CHANNELS:
        return CHANNELS[place]
    if place == "slack-direct":
        return direct(who)
    raise Refused("There is no such place in Slack.")


def place_of(channel: str) -> str:
    """The place that shows a conversation."""
    return next((place for place, id in CHANNELS.items() if id == channel), "slack-direct")


def resolve(channel: object) -> str | None:
    """The conversation that a method's ``channel`` argument names: an id, a #name, or a person."""
    if not isinstance(channel, str):
        return None
    for id, name in NAMES.items():
        if channel in (id, f"#{name}"):
            return id
    for person in EVERYBODY:
        if channel in (person.slack_id, direct(person)):
            return direct(person)
    return None
