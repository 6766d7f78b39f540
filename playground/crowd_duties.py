"""Colleagues who look into their own chats as time moves, and act on the reminders and pulses there."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Literal, Protocol

import msgspec

from playground.crowd_forms import DOUBTFUL, dice, filled
from playground.crowd_hands import Button, News, buttons, fill_in
from playground.stage import CROWD, PLACES, Message, Person, Refused, StandIn

LOOKS = 4
"""How often a day colleagues look into their chats."""

DONE, SNOOZED = 0.72, 0.16
"""The parts of the reminders that are done at once, and put off; the rest is left."""
SILENT, MORE_SILENT, MOST_SILENT = 0.04, 0.06, 0.45
"""The part of the people who don't answer a series' first pulse, how it grows with each, and how far."""
COMMENTS = 0.2
"""The part of those who answer who add a comment."""
FIRM, COOLS, DOUBTS, SPREAD = 4.5, 0.75, 0.25, 0.45
"""What a series' first pulse is answered with, how much less each further one, how much less again in the
organisation that doubts, and how much any two people differ."""
_COMMENTS = {
    "firm": ("Everybody I ask is behind it.", "We all know why we are doing this.", "No doubts here."),
    "middling": ("It is there, but it has slipped down the agenda.", "Ask me again next month."),
    "cool": ("I haven't heard it mentioned lately.", "Other things have come first, I'm afraid."),
}
_DUTY = re.compile(r"(reminder (?:done|snooze)|pulse (?:answer|comment)) (\w+) (\S+)(?: (\w+))?")


class CrowdClock(Protocol):
    """The playground's time, which can be moved forward."""

    def now(self) -> datetime:
        """What it is now in the playground."""

    async def forward(self, by: timedelta) -> int:
        """Move it, and let all that falls due on the way be sent; how much that was."""


class Duty(msgspec.Struct, frozen=True):
    """A reminder or a pulse that waits in somebody's own chat."""

    kind: Literal["reminder", "pulse"]
    series: str
    key: str
    """Which of the series' sends it is, by its date."""
    message: Message
    ways: dict[str, Button]
    """By what each says after the series and the date: "tomorrow", "5"; else by its verb."""


def duty(message: Message) -> Duty | None:
    """What ``message`` asks of the person who got it; None where that is nothing, or has been done."""
    ways: dict[str, Button] = {}
    series = key = ""
    for button in buttons(message.payload):
        if found := _DUTY.fullmatch(button.says):
            verb, series, key, rest = found.groups()
            ways[rest or verb.partition(" ")[2]] = button
    if "done" in ways:
        return Duty("reminder", series, key, message, ways)
    return Duty("pulse", series, key, message, ways) if "1" in ways else None


class DutiesMemory(msgspec.Struct):
    """What a restart must not change."""

    looked_at: list[tuple[str, str, list[str]]]
    """A person, a place, and the messages that they have seen there."""
    sends: dict[str, list[str]]
    """Series -> the dates of its pulses so far."""


class Duties:
    """The colleagues at their own chats. Each acts on a message once, or leaves it for good."""

    def __init__(self, adapters: Mapping[str, StandIn], news: News, random: Random) -> None:
        self._adapters, self._news, self._random = adapters, news, random
        self._looked_at: dict[tuple[str, str], set[str]] = {}
        """Person and place -> the messages that they have seen there."""
        self._sends: dict[str, set[str]] = {}
        """Series -> the dates of its pulses so far."""

    def kept(self) -> DutiesMemory:
        """What ``restore`` takes."""
        looked_at = [
            (person, place, sorted(seen)) for (person, place), seen in self._looked_at.items() if seen
        ]
        return DutiesMemory(looked_at, {series: sorted(dates) for series, dates in self._sends.items()})

    def restore(self, memory: DutiesMemory) -> None:
        """Go on from ``memory``."""
        self._looked_at = {(person, place): set(seen) for person, place, seen in memory.looked_at}
        self._sends = {series: set(dates) for series, dates in memory.sends.items()}

    def clear(self) -> None:
        """Forget what was seen."""
        self._looked_at.clear()
        self._sends.clear()

    async def while_days_pass(self, clock: CrowdClock, days: int) -> tuple[int, int]:
        """Move ``clock`` by ``days``, and let colleagues act on what comes; returns how much fell due, and
        how often they acted."""
        fell, acted = 0, await self.look()
        for _ in range(days * LOOKS):
            fell += await clock.forward(timedelta(days=1) / LOOKS)
            acted += await self.look()
        return fell, acted

    async def look(self) -> int:
        """Let all colleagues look into their chats now; returns how often they acted."""
        found = [
            (person, adapter, each_duty, dice(self._random.random()))
            for person in CROWD
            for adapter, place in self._chats()
            for each_duty in self._new(adapter, person, place)
        ]
        for _, _, duty, _ in found:
            if duty.kind == "pulse":
                self._sends.setdefault(duty.series, set()).add(duty.key)
        return sum(await asyncio.gather(*(self._act(*each) for each in found)))

    def _chats(self) -> Iterator[tuple[StandIn, str]]:
        return ((self._adapters[place.platform], place.key) for place in PLACES if place.kind == "direct")

    def _new(self, adapter: StandIn, person: Person, place: str) -> Iterable[Duty]:
        """What has come for ``person`` since they looked last; of one send only the newest message."""
        seen = adapter.messages(place, person.key)
        before = self._looked_at.get((person.key, place), set())
        self._looked_at[person.key, place] = {message.id for message in seen}
        duties = (duty(message) for message in seen if message.id not in before and message.author == "bot")
        return {(duty.series, duty.key): duty for duty in duties if duty is not None}.values()

    async def _act(self, person: Person, adapter: StandIn, duty: Duty, random: Random) -> bool:
        """Whether ``person`` dealt with it."""
        try:
            if duty.kind == "reminder":
                return await self._attend(person, adapter, duty, random)
            return await self._answer(person, adapter, duty, random)
        except Refused:
            return False

    async def _attend(self, person: Person, adapter: StandIn, duty: Duty, random: Random) -> bool:
        fate, later = random.random(), [button for name, button in duty.ways.items() if name != "done"]
        if fate < DONE:
            return await self._press(person, adapter, duty, duty.ways["done"])
        if fate < DONE + SNOOZED and later:
            return await self._press(person, adapter, duty, random.choice(later))
        return False

    async def _answer(self, person: Person, adapter: StandIn, duty: Duty, random: Random) -> bool:
        before = sorted(self._sends[duty.series]).index(duty.key)
        if random.random() < min(SILENT + MORE_SILENT * before, MOST_SILENT):
            return False
        fall = before * (COOLS + (DOUBTS if person.organisation == DOUBTFUL else 0.0))
        value = min(5, max(1, round(random.gauss(FIRM - fall, SPREAD))))
        comment = duty.ways.get("comment")
        if comment is not None and random.random() < COMMENTS:
            mood = "firm" if value >= 4 else "middling" if value == 3 else "cool"
            words = random.choice(_COMMENTS[mood])
            await adapter.press(person.key, duty.message.id, comment.element)
            await fill_in(
                adapter, person, self._news, lambda page: dict.fromkeys(filled(page, person, random), words)
            )
        return await self._press(person, adapter, duty, duty.ways[str(value)])

    async def _press(self, person: Person, adapter: StandIn, duty: Duty, button: Button) -> bool:
        """Press, and wait until the message shows that it was."""
        drawn = duty.message.payload
        await adapter.press(person.key, duty.message.id, button.element)
        return await self._news.until(lambda: duty.message.payload is not drawn)
