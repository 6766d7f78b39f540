"""From the start of a series to what became of each of its sends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC

import pytest

from bot.platforms.ports import Undeliverable, Unreachable
from dialogs.core.events import Utterance
from tests.conftest import emptied
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import ID, OFFICER, TEAMS, Sharewise, channel, people, person


@pytest.fixture
async def redis_url(every_server: str) -> AsyncIterator[str]:
    """Each server in turn."""
    async with emptied(every_server) as url:
        yield url


async def test_an_occurrence_reaches_everybody_once(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(3), channel("C1"), person("ann", TEAMS))
    told = await platform.shows("UADVISOR", "is set up", "3 people in Slack", "one channel in Slack")
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
    await sharewise.begin(*people(2), channel("CX", name=""))
    await platform.shows("UADVISOR", "I can't write to 1: a channel or group chat", "/invite @Sharewise")
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


@pytest.mark.parametrize("why", ["ConversationBlockedByUser", "403", "messages_tab_disabled"])
async def test_who_has_blocked_us_is_told_once_and_left_out_until_they_write(
    sharewise: Sharewise, platform: FakePlatform, why: str
) -> None:
    await sharewise.begin(*people(2))
    platform.refuses = {"U2": Unreachable(why)}
    await sharewise.forward(hours=2)
    await sharewise.comes_to({"sent": 1, "failed": 1})
    said = await platform.shows("UADVISOR", "1 of 2 could not be reached", "U2: ")
    assert why not in str(said)
    platform.refuses = {}
    for _ in range(2):
        await sharewise.forward(hours=24)
        await sharewise.comes_to({"sent": 1, "suspended": 1})
    assert platform.counted() == {"slack:T1/U1": 3}
    assert sum("could not be reached" in said for said in platform.texts("UADVISOR")) == 1
    await sharewise.steer("report")
    await platform.shows("UADVISOR", "left out", "U2: ")
    await sharewise.happens(Utterance("hello"), "slack:T1/U2")
    await sharewise.forward(hours=24)
    await sharewise.comes_to({"sent": 2})


@pytest.mark.parametrize("says", ["reminder done {id} {key}", "reminder stop {id} {key}", "quiz join K7QM"])
async def test_who_presses_a_button_can_be_written_to_again(
    sharewise: Sharewise, platform: FakePlatform, says: str
) -> None:
    await sharewise.begin(*people(2))
    platform.refuses = {"U2": Unreachable("ConversationBlockedByUser")}
    await sharewise.forward(hours=2)
    await sharewise.comes_to({"sent": 1, "failed": 1})
    platform.refuses = {}
    blocked = ("slack:T1", "slack:T1/U2")
    assert await sharewise.store.refusals.of([blocked])
    await sharewise.press_saying("slack:T1/U2", says.format(id=ID, key=await sharewise.key()))
    await sharewise.settled()
    assert not await sharewise.store.refusals.of([blocked])


async def test_who_left_is_told_of_once(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2))
    platform.refuses = {"U2": Undeliverable("account_inactive")}
    await sharewise.forward(hours=2)
    await sharewise.comes_to({"sent": 1, "failed": 1})
    await platform.shows("UADVISOR", "1 of 2 could not be reached", "no longer in the workspace")
    await sharewise.forward(hours=24)
    await sharewise.comes_to({"sent": 1, "suspended": 1})
    assert sum("could not be reached" in said for said in platform.texts("UADVISOR")) == 1


async def test_a_platform_s_unknown_word_is_not_what_an_advisor_reads(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))
    platform.refuses = {"U2": Undeliverable("SomethingNew_7")}
    await sharewise.forward(hours=2)
    said = await platform.shows("UADVISOR", "1 of 2 could not be reached", "the platform refused it")
    assert "Something" not in str(said)


async def test_a_group_message_that_we_may_not_look_into_is_named_without_its_id(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    platform.refuses = {"C0MPIM2": Undeliverable("missing_scope")}
    await sharewise.begin(channel("C0MPIM2", name=""))
    said = await platform.shows("UADVISOR", "Nothing was started", "a channel or group chat", "permission")
    assert "C0MPIM2" not in str(said)
    assert len(platform.texts("UADVISOR")) == 1, "and nothing else was said before"


async def test_what_was_set_before_time_was_moved_comes_by_itself_at_its_moved_time(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1), schedule=sharewise.daily(quiet=None))
    due = (await sharewise.series()).draft.schedule
    assert due is not None
    left = due.start.replace(tzinfo=UTC) - sharewise.now()
    await sharewise.forward(seconds=left.total_seconds() - 2)
    assert "U1" not in platform.shown
    await platform.shows("U1", "Brief your members")
