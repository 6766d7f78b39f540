"""What advisors do with a series that runs, and what they are told of it."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.platforms.ports import Undeliverable
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_events import KeepList, SteerAct
from dialogs.core.reminder_model import Target
from dialogs.core.session_model import Actor
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import ID, OFFICER, SLACK, Sharewise, people, person


async def test_pause_and_resume(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1))
    assert "Paused" in await sharewise.steer("pause")
    await sharewise.forward(days=2)
    assert not platform.counted()
    assert "Resumed" in await sharewise.steer("resume")
    assert "already" in await sharewise.steer("resume")
    await sharewise.forward(days=1)
    assert platform.counted() == {OFFICER: 1}


async def test_leaving_out_the_next_one(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1))
    assert "Left out" in await sharewise.steer("skip")
    await sharewise.forward(hours=2)
    assert not platform.counted()
    await sharewise.forward(days=1)
    assert platform.counted() == {OFFICER: 1}


async def test_ending_it(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1))
    assert "Ended" in await sharewise.steer("cancel")
    await sharewise.forward(days=2)
    assert not platform.counted()
    assert "has ended" in await sharewise.steer("resume")


async def test_a_change_goes_on_with_the_same_series(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=2)
    await sharewise.begin(*people(2), id="DDDDDDDDDDDD", changes=ID, what="Brief the cabinet")
    await platform.shows(
        "UADVISOR", "The change to “Brief the cabinet” is saved", "2 people in Slack", "The next"
    )
    await sharewise.forward(hours=2)
    await platform.shows("U2", "Brief the cabinet")
    series = await sharewise.series()
    assert len(series.sent) == 2
    assert platform.counted() == {OFFICER: 2, "slack:T1/U2": 1}


@pytest.mark.parametrize("act", [*get_args(SteerAct), "take over", "hand over", "retry"])
async def test_only_advisors_steer(sharewise: Sharewise, act: str) -> None:
    await sharewise.begin(person(1))
    before = await sharewise.series()
    assert "Only advisors" in (await sharewise.press_saying(OFFICER, f"reminder {act} {ID}")).note
    assert await sharewise.series() == before


async def test_again_to_those_who_failed(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(3))
    platform.refuses = {"U2": Undeliverable("account_inactive")}
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"sent": 2, "failed": 1})
    platform.refuses = {}
    await sharewise.forward(hours=1)
    card = await platform.shows("UADVISOR", "1 of 3 could not be reached")
    result = await sharewise.press(ADVISOR, card, "Send again")
    assert "1 recipient" in result.note
    await sharewise.comes_to({"sent": 3})
    assert set(platform.counted().values()) == {1}


async def test_nudging_the_silent(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(3))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("U1", "Brief your members")
    await sharewise.press(OFFICER, card, "Done")
    assert "Nudging 2 recipients" in await sharewise.steer("nudge")
    await sharewise.comes_to({"sent": 2, "acknowledged": 1})
    await platform.shows("U2", "Again, since")
    assert platform.counted() == {OFFICER: 1, "slack:T1/U2": 2, "slack:T1/U3": 2}


async def test_the_report_and_who(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(3))
    assert "hasn't gone out yet" in (await shown(sharewise, platform, f"reminder report {ID}"))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("U1", "Brief your members")
    await sharewise.press(OFFICER, card, "Done")
    await shown(sharewise, platform, f"reminder report {ID}")
    report = await platform.shows("UADVISOR", "Report: Brief your members", "done: 1", "silent: 2")
    assert "Nudge the 2" in [choice.label for choice in choices(report)]
    await sharewise.press(ADVISOR, report, "Show who")
    await platform.shows("UADVISOR", "U1: done", "U2: silent", "U3: silent")


async def shown(sharewise: Sharewise, platform: FakePlatform, says: str) -> str:
    """What pressing a button shows its advisor."""
    await sharewise.press_saying(ADVISOR, says)
    await sharewise.settled()
    return plain(list(platform.shown["UADVISOR"].values())[-1])


async def test_the_wrap_up_comes_before_the_next_one(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(3))
    await sharewise.forward(hours=1.2)
    await sharewise.press(OFFICER, await platform.shows("U1", "Brief your members"), "Done")
    await sharewise.forward(hours=23.9)
    wrap = await platform.shows("UADVISOR", "What became of", "3 recipients", "1 done", "2 silent")
    assert [choice.label for choice in choices(wrap)] == ["Nudge the 2", "Show who"]


async def test_who_put_it_off_is_told_apart_from_the_silent(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    """Before it comes back and after; who does something then counts as having done that."""
    await sharewise.begin(*people(4))
    await sharewise.forward(hours=1.2)
    for who in ("U1", "U2", "U3"):
        await sharewise.say(f"slack:T1/{who}", "in an hour")
    report = f"reminder report {ID}"
    assert "put off: 3" in await shown(sharewise, platform, report)
    await sharewise.forward(hours=2)
    assert platform.counted()[OFFICER] == 2, "it has come back"
    await sharewise.say(OFFICER, "done")
    await sharewise.say("slack:T1/U2", "tomorrow")
    said = await shown(sharewise, platform, report)
    for count in ("silent: 1", "done: 1", "put off: 1", "put off, and silent since: 1"):
        assert count in said
    assert await sharewise.counts() == {"sent": 1, "acknowledged": 1, "snoozed": 1, "returned": 1}
    await sharewise.steer("nudge", key=await sharewise.key())
    await sharewise.settled()
    assert (await sharewise.states())["slack:T1/U3"] == "returned", "a nudge doesn't wipe that out"
    assert platform.counted() == {OFFICER: 2, "slack:T1/U2": 2, "slack:T1/U3": 3, "slack:T1/U4": 2}


async def test_a_group_is_looked_up_again_before_each_occurrence(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    platform.groups["slack:S1"] = (OFFICER, "slack:T1/U2")
    await sharewise.begin(Target("group", "slack:S1", "the board", SLACK))
    await sharewise.forward(hours=2)
    platform.groups["slack:S1"] = ("slack:T1/U2", "slack:T1/U3")
    platform.zones = {"U3": "Asia/Kolkata"}
    await sharewise.forward(days=1)
    await sharewise.forward(days=1)
    assert await sharewise.states() == {"slack:T1/U2": "sent", "slack:T1/U3": "sent"}


async def test_nobody_to_reach_starts_nothing(sharewise: Sharewise, platform: FakePlatform) -> None:
    platform.refuses = {"U1": Undeliverable("user_not_found")}
    await sharewise.begin(person(1))
    await platform.shows("UADVISOR", "Nothing was started", "mention them again")
    await sharewise.forward(days=2)
    assert not platform.counted()


async def test_whoever_is_named_twice_gets_it_once(sharewise: Sharewise, platform: FakePlatform) -> None:
    platform.groups["slack:S1"] = (OFFICER, "slack:T1/U2")
    await sharewise.begin(person(1), person(1), Target("group", "slack:S1", "", SLACK))
    await sharewise.forward(hours=2)
    assert platform.counted() == {OFFICER: 1, "slack:T1/U2": 1}


async def test_lists_and_what_they_hold(sharewise: Sharewise, platform: FakePlatform) -> None:
    by = Actor(ADVISOR, "Ada", True)
    inner = Target("list", "officers", "officers")
    for name, targets in (("Officers", (person(1), inner)), ("Everybody", (inner, person(2)))):
        await sharewise.reminders.hand("board", KeepList(name, targets, by), f"keep {name}")
    await sharewise.begin(Target("list", "everybody", "everybody"), Target("list", "gone", "gone"))
    await platform.shows("UADVISOR", "no list called “gone”")
    await sharewise.forward(hours=2)
    assert platform.counted() == {OFFICER: 1, "slack:T1/U2": 1}


async def test_one_is_steered_by_what_it_is_known_by(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), what="Brief your members")
    await sharewise.begin(*people(2), id="DDDDDDDDDDDD", what="Send the highlight report")
    await sharewise.say(ADVISOR, "skip the next one", thread="1")
    await platform.shows("UADVISOR", "Which one do you mean?")
    await sharewise.say(ADVISOR, "the highlight report", thread="1")
    await platform.shows("UADVISOR", "Left out")
    await sharewise.say(ADVISOR, "move the members one to 11:15", thread="1")
    card = await platform.shows("UADVISOR", "Changed:", "at 11:15", "Brief your members")
    await sharewise.press(ADVISOR, card, "Save the change", thread="1")
    await platform.shows("UADVISOR", "I'm changing it")
    await sharewise.say(ADVISOR, "pause it", thread="1")
    await platform.shows("UADVISOR", "Brief your members", "Paused")
    await sharewise.settled()
    assert (await sharewise.series()).step == "paused"
    assert f"{(await sharewise.series()).draft.schedule.start:%H:%M}" == "11:15"  # type: ignore[union-attr]
    assert (await sharewise.series("DDDDDDDDDDDD")).step == "on"
