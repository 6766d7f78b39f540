"""Somebody's own reminders through both real adapters: set, sent, put off, refused, and told of again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.stage import Message
from tests.harness.reading import buttons, words
from tests.harness.waiting import until
from tests.harness.whole import CHANNELS, DIRECT, Whole


class Officer:
    """Asha, in her chat with us on one platform."""

    def __init__(self, whole: Whole, place: str) -> None:
        self.whole, self.place = whole, place
        self.newest: list[Message] = []

    async def says(self, text: str, place: str = "") -> str:
        """Say something, in the chat unless elsewhere; what comes of it."""
        self.newest = await self.whole.say("asha", place or self.place, text)
        return words(self.newest)

    async def presses(self, label: str) -> str:
        """Press a button of what was said last; what comes of it."""
        found = {name: (message, element) for name, message, element in buttons(self.newest)}
        self.newest, _ = await self.whole.press("asha", self.place, *found[label])
        return words(self.newest)

    async def waits(self, **time: float) -> str:
        """Let time pass; what is sent meanwhile."""
        before = {message.id for message in self.whole.replies(self.place, "asha")}
        service = self.whole.server.service
        await service.schedule.forward(timedelta(**time), service.delivery.settled)
        self.newest = [
            message for message in self.whole.replies(self.place, "asha") if message.id not in before
        ]
        return words(self.newest)

    async def shows(self, phrase: str) -> None:
        """Wait until it stands in the chat."""
        there = self.whole.replies
        await until(lambda: phrase in words(there(self.place, "asha")), f"{phrase} in {self.place}", 20)

    def refuses(self, refusing: bool) -> None:
        """Block us, or take us back."""
        error = "user_disabled" if self.place.startswith("slack") else "ConversationBlockedByUser"
        self.whole.platform(self.place).gone("asha", error if refusing else "")


@pytest.mark.parametrize("place", DIRECT)
async def test_a_reminder_of_ones_own_from_the_sentence_to_done(whole: Whole, place: str) -> None:
    asha = Officer(whole, place)
    assert "At what time?" in await asha.says("remind me in two weeks to ask again")
    assert "you alone" in await asha.presses("09:00")
    assert "I'm setting it up" in await asha.presses("Start")
    await asha.shows("and nobody else")
    assert "Ask again" in await asha.says("my reminders")
    assert "Ask again" in await asha.waits(days=18)
    assert [label for label, *_ in buttons(asha.newest)] == ["Done", "Tomorrow", "Next week"]
    assert "in an hour, tomorrow or next week" in await asha.says("and later")
    assert "bring it back" in await asha.says("next week")
    assert "Ask again" in await asha.waits(days=11)
    assert "Done. Thank you." in await asha.says("done")
    assert "You receive no reminders" in await asha.says("my reminders")


@pytest.mark.parametrize("place", DIRECT)
async def test_one_begun_in_a_channel_goes_on_in_the_chat(whole: Whole, place: str) -> None:
    asha = Officer(whole, place)
    await asha.says("@Sharewise remind me every Monday at 9 to ring the leader", CHANNELS[place])
    assert "Every Monday at 10:30" in await asha.says("make it 10:30")
    assert "I'm setting it up" in await asha.says("start")
    await asha.shows("and nobody else")


@pytest.mark.parametrize("place", DIRECT)
async def test_whoever_has_blocked_us_gets_theirs_again_once_they_write(whole: Whole, place: str) -> None:
    asha = Officer(whole, place)
    await asha.says("remind me every day at 9 to ring the leader")
    await asha.presses("Start")
    await asha.shows("and nobody else")
    asha.refuses(True)
    assert await asha.waits(days=6) == ""
    assert "ring the leader" not in words(whole.replies(place, "cleo")), "nobody else is told"
    asha.refuses(False)
    assert await asha.waits(days=6) == "", "tried once"
    assert "Ring the leader" in await asha.says("my reminders")
    assert "Ring the leader" in await asha.waits(days=4)
