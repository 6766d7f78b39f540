"""While it is learnt that a workspace belongs to an Enterprise, reminders reach everybody, once."""

from __future__ import annotations

import asyncio

from bot.storage.organisations import OrganisationStore
from tests.harness.platform import FakePlatform
from tests.reminders.series import ID, OFFICER, SLACK, Sharewise, people

GRID = "slack:E1"


async def test_who_is_moved_while_their_reminders_are_on_the_way_gets_each_once(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(30))
    platform.hold = asyncio.Event()
    going = asyncio.create_task(sharewise.forward(hours=1.2))
    async with asyncio.timeout(20), platform._changed:
        await platform._changed.wait_for(lambda: platform.waiting > 0)
    assert await OrganisationStore(sharewise.connection).move(SLACK, GRID) > 0
    platform.hold.set()
    await going
    await sharewise.comes_to({"sent": 30})
    assert sorted(await sharewise.states()) == sorted(f"{GRID}/U{number}" for number in range(1, 31))
    assert sorted(who.rpartition("/")[2] for who in platform.counted().elements()) == sorted(
        f"U{number}" for number in range(1, 31)
    )
    await sharewise.press_saying(f"{GRID}/U1", f"reminder done {ID} {await sharewise.key()}")
    await sharewise.comes_to({"sent": 29, "acknowledged": 1})


async def test_what_was_put_off_before_somebody_was_moved_comes_once(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(hours=1.2)
    await sharewise.steer("pause")
    await sharewise.press_saying(OFFICER, f"reminder snooze {ID} {await sharewise.key()} week")
    await sharewise.settled()
    await sharewise.service.turn.organisation(SLACK, GRID)
    await OrganisationStore(sharewise.connection).move(SLACK, GRID)
    for _ in range(2):
        await sharewise.service.mending.sweep_once()
    await sharewise.forward(days=9)
    await sharewise.comes_to({"sent": 1, "returned": 1})
    assert [who for who in platform.counted().elements() if who.endswith("/U1")] == [OFFICER, f"{GRID}/U1"]


async def test_the_digest_of_an_advisor_who_was_moved_comes_once(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(hours=1.2)
    await sharewise.service.turn.organisation(SLACK, GRID)
    await OrganisationStore(sharewise.connection).move(SLACK, GRID)
    for _ in range(2):
        await sharewise.service.mending.sweep_once()
    await sharewise.forward(days=7)
    said = platform.texts("UADVISOR")
    assert sum("Your week" in text for text in said) == 1, said
