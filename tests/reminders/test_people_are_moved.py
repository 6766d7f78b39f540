"""While it is learnt that a workspace belongs to an Enterprise, reminders reach everybody, once."""

from __future__ import annotations

import asyncio

import pytest

from bot.storage.organisations import OrganisationStore
from dialogs.wording.reminders import ANSWERED_ALREADY
from tests.harness.fixtures import Launch
from tests.harness.platform import FakePlatform
from tests.reading_keys import mentions
from tests.reminders.series import ID, OFFICER, SLACK, Sharewise, channel, people, person

GRID = "slack:E1"
PULSE = {"kind": "pulse", "what": "How firm is it?", "topic": "buy-in"}


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


@pytest.mark.parametrize("moved", ["learnt", "moved"])
async def test_an_answer_without_a_name_counts_once_and_is_theirs_under_either_name(
    sharewise: Sharewise, platform: FakePlatform, moved: str
) -> None:
    """Whether what is stored has been moved yet, or is only known to be theirs."""
    await sharewise.begin(channel("C1"), id="CCCCCCCCCCCC", **PULSE)
    await sharewise.begin(*people(4), **PULSE)
    await sharewise.forward(hours=1.2)
    key = await sharewise.key()
    for number in (1, 2, 3):
        await sharewise.press_saying(f"{SLACK}/U{number}", f"pulse answer {ID} {key} {number}")
        said = f"pulse answer CCCCCCCCCCCC {key} {number}"
        await sharewise.press_saying(f"{SLACK}/U{number}", said, channel="C1")
    await sharewise.service.turn.organisation(SLACK, GRID)
    if moved == "moved":
        await OrganisationStore(sharewise.connection).move(SLACK, GRID)
    await sharewise.press_saying(f"{GRID}/U1", f"pulse answer {ID} {key} 5")
    again = f"pulse answer CCCCCCCCCCCC {key} 5"
    assert (await sharewise.press_saying(f"{GRID}/U1", again, channel="C1")).note == ANSWERED_ALREADY
    await OrganisationStore(sharewise.connection).move(SLACK, GRID)
    for said in ("forget me", "yes, forget me"):
        await sharewise.say(f"{GRID}/U2", said)
    await sharewise.settled()
    await sharewise.press_saying(f"{GRID}/U2", again, channel="C1")
    for id in (ID, "CCCCCCCCCCCC"):
        series = await sharewise.series(id)
        assert sorted((await sharewise.store.answers(series, key)).values()) == [1, 2, 3]
        assert await sharewise.store.nameless.people(id, key) == {f"{GRID}/U1", f"{GRID}/U3"}
    await sharewise.forward(hours=24)
    assert (await sharewise.series()).pulses[-1].mean == 2.0, "and it is known whose answers these are"
    answered = [who for who, state in (await sharewise.states(0)).items() if state == "answered"]
    assert len(answered) == 3
    assert {f"{GRID}/U1", f"{GRID}/U3"} < {*answered}


async def test_who_is_forgotten_before_all_of_theirs_was_moved_is_forgotten_under_both_names(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    await sharewise.begin(person("UBRYN"), person(1), **PULSE)
    await sharewise.forward(hours=1.2)
    await sharewise.say(f"{SLACK}/UBRYN", "is zanzibar weedkiller allowed")
    await sharewise.press_saying(f"{SLACK}/UBRYN", f"pulse answer {ID} {await sharewise.key()} 2")
    await sharewise.settled()
    sharewise.service.organisations._learn(SLACK, GRID)
    await sharewise.say(f"{GRID}/UBRYN", "forget me", tenant=SLACK)
    await sharewise.settled()
    await platform.shows("UBRYN", "yes, forget me", "question")
    await sharewise.say(f"{GRID}/UBRYN", "yes, forget me", tenant=SLACK)
    await sharewise.settled()
    assert await OrganisationStore(sharewise.connection).move(SLACK, GRID) > 0
    assert await mentions(redis_url, "UBRYN", "zanzibar") == []
    assert await sharewise.store.nameless.people(ID, await sharewise.key()) == set()


async def test_a_process_that_has_not_heard_of_it_takes_no_second_answer(
    launch: Launch, platform: FakePlatform
) -> None:
    """Neither before what is stored was moved nor afterwards, by whichever process either is answered."""
    hears, hears_not = await launch(), await launch()
    await hears.begin(channel("C1"), id="CCCCCCCCCCCC", **PULSE)
    await hears.begin(*people(4), **PULSE)
    await hears.forward(hours=1.2)
    key = await hears.key()
    says, there = f"pulse answer {ID} {key}", f"pulse answer CCCCCCCCCCCC {key}"
    await hears_not.press_saying(f"{SLACK}/U1", f"{says} 1")
    await hears_not.press_saying(f"{SLACK}/U1", f"{there} 1", channel="C1")
    await hears.service.turn.organisation(SLACK, GRID)
    await hears.press_saying(f"{GRID}/U2", f"{there} 2", channel="C1")
    for who, said, where in ((1, says, {}), (1, there, {"channel": "C1"}), (2, there, {"channel": "C1"})):
        for sharewise, team in ((hears_not, SLACK), (hears, GRID)):
            told = await sharewise.press_saying(f"{team}/U{who}", f"{said} 5", **where)
            assert told.note == ANSWERED_ALREADY, (who, said, team)
    await hears_not.press_saying(f"{SLACK}/U3", f"{says} 3")
    await OrganisationStore(hears.connection).move(SLACK, GRID)
    await hears_not.press_saying(f"{SLACK}/U4", f"{says} 4")
    for who in (1, 3, 4):
        for sharewise, team in ((hears_not, SLACK), (hears, GRID)):
            again = await sharewise.press_saying(f"{team}/U{who}", f"{says} 5")
            assert again.note == ANSWERED_ALREADY, (who, team)
    assert await hears.store.nameless.people(ID, key) == {f"{GRID}/U{number}" for number in (1, 3, 4)}
    assert sorted((await hears.store.answers(await hears.series(), key)).values()) == [1, 3, 4]
    assert sorted((await hears.store.answers(await hears.series("CCCCCCCCCCCC"), key)).values()) == [1, 2]
