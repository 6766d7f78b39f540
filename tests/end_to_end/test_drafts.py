"""A reminder filled in by form, through both real adapters."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.harness.reading import buttons, words
from tests.harness.team import PERSON
from tests.harness.whole import CHANNELS, DIRECT, Whole, running

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(valkey: str) -> AsyncIterator[Whole]:
    async with running(valkey) as whole:
        yield whole


@pytest.mark.parametrize("place", [*DIRECT, *CHANNELS.values()])
async def test_an_advisor_fills_in_a_form(whole: Whole, redis_url: str, place: str) -> None:
    adapter = whole.platform(place)
    called = "@Sharewise " if place in CHANNELS.values() else ""
    asked = await whole.say("cleo", place, f"{called}remind @asha")
    labels = {label: (message, element) for label, message, element in buttons(asked)}
    await whole.press("cleo", place, *labels["Fill in a form"])
    assert adapter.modal("cleo")
    filled = {"what": "<!channel> *Vote*", "off_days": "skip", "nation": "wales", "catch_up": "24"}
    if place.startswith("slack"):  # in Teams, whoever no menu offers stays chosen
        filled |= {"people": ["U0ASHA"]}
    await adapter.submit("cleo", {**filled, "when": "every Monday"})
    await whole.settled()
    assert "At what time?" in str(adapter.modal("cleo"))

    before = {message.id: message.payload for message in whole.replies(place, "cleo")}
    await adapter.submit("cleo", {**filled, "when": "every Monday at 9:30"})
    await whole.settled()
    assert not adapter.modal("cleo")
    card = [
        message for message in whole.replies(place, "cleo") if before.get(message.id) is not message.payload
    ]
    said = words(card)
    assert "ready to start" in said
    assert "Every Monday at 09:30, each person's own time, left out on bank holidays (Wales)" in said
    assert "!channel" in said  # as it was typed: nobody is called
    start = {label: (message, element) for label, message, element in buttons(card)}["Start"]
    replies, _ = await whole.press("cleo", place, *start)
    assert "I'm setting it up" in words(replies)


@pytest.mark.parametrize("place", ["teams-personal", "teams-channel"])
async def test_who_is_picked_in_a_form_is_called_by_name(whole: Whole, redis_url: str, place: str) -> None:
    called = "@Sharewise " if place == "teams-channel" else ""
    asked = await whole.say("cleo", place, f"{called}new reminder")
    labels = {label: (message, element) for label, message, element in buttons(asked)}
    await whole.press("cleo", place, *labels["Fill in a form"])
    before = {message.id: message.payload for message in whole.replies(place, "cleo")}
    picked = {"people": PERSON["bryn"].teams_id, "what": "Vote", "when": "every Monday at 9:30"}
    await whole.platform(place).submit("cleo", picked)
    await whole.settled()
    card = [
        message for message in whole.replies(place, "cleo") if before.get(message.id) is not message.payload
    ]
    assert "Bryn Hughes" in words(card)
    start = {label: (message, element) for label, message, element in buttons(card)}["Start"]
    replies, _ = await whole.press("cleo", place, *start)
    assert "Bryn Hughes" in words(replies)
    assert "a colleague" not in words([*card, *replies])
