"""From the start of a series to what became of each of its sends."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.platforms.ports import Undeliverable
from tests.conftest import emptied
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import ID, OFFICER, TEAMS, Sharewise, channel, people, person


@pytest.fixture
async def redis_url(any_server: str) -> AsyncIterator[str]:
    """Each server in turn."""
    async with emptied(any_server) as url:
        yield url


async def test_an_occurrence_reaches_everybody_once(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(3), channel("C1"), person("ann", TEAMS))
    told = await platform.shows("UADVISOR", "Who gets it", "3 people in Slack", "one channel in Slack")
    assert "one person in Teams" in str(told)
    await sharewise.forward(hours=2)
    await sharewise.comes_to({"sent": 5})
    assert set(platform.counted().values()) == {1}
    await platform.shows("U1", "Brief your members")
    await sharewise.forward(hours=24)
    await sharewise.comes_to({"sent": 5})
    assert set(platform.counted().values()) == {2}


async def test_who_cannot_be_reached_is_told_and_named_each_time(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    platform.refuses = {"CX": Undeliverable("not_in_channel"), "U2": Undeliverable("account_inactive")}
    await sharewise.begin(*people(2), channel("CX"))
    await platform.shows("UADVISOR", "I can't write to 1: CX", "/invite @Sharewise")
    await platform.shows("UADVISOR", "no longer in the workspace")
    await sharewise.forward(hours=2)
    await sharewise.comes_to({"sent": 1, "failed": 2})
    ledger = await sharewise.ledger()
    assert ledger["slack:CX"].detail == "not_in_channel"
    await platform.shows("UADVISOR", "2 of 3 could not be reached")
    assert not platform.texts("CX")


async def test_done_is_acknowledged_and_takes_the_place_of_the_message(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(hours=1.5)
    card = await platform.shows("U1", "Brief your members")
    message = next(iter(platform.shown["U1"]))
    result = await sharewise.press(OFFICER, card, "Done", about=f"U1:{message}")
    assert result.note == "Done. Thank you."
    await sharewise.settled()
    assert platform.texts("U1") == ["Brief your members\nDone. Thank you."]
    assert await sharewise.states() == {OFFICER: "acknowledged", "slack:T1/U2": "sent"}
    again = await sharewise.press(OFFICER, card, "Done")
    assert "already" in again.note
    forged = await sharewise.press_saying("slack:T1/U9", f"reminder done {ID} {await sharewise.key()}")
    assert "wasn't sent to you" in forged.note
    assert ADVISOR not in await sharewise.states()
