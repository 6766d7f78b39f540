"""What recipients do with what they were sent: done, later, no more of it; and what is forged."""

from __future__ import annotations

import pytest

from dialogs.core.plain import plain
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import ID, OFFICER, Sharewise, channel, people, person

OTHER = "slack:T1/U2"


async def test_later_moves_that_persons_occurrence_only(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2), schedule=sharewise.daily(rule="FREQ=MONTHLY", off_days="next"))
    await sharewise.forward(days=4)  # at most three days off, at Easter
    card = await platform.shows("U1", "Brief your members")
    before = await sharewise.series()
    result = await sharewise.press(OFFICER, card, "Tomorrow")
    assert "bring it back" in result.note
    entry = (await sharewise.ledger())[OFFICER]
    assert entry.state == "snoozed"
    assert await sharewise.states() == {OFFICER: "snoozed", OTHER: "sent"}
    assert (await sharewise.series()).draft == before.draft
    await sharewise.forward(days=4)
    assert platform.counted()[OFFICER] == 2
    assert platform.counted()[OTHER] == 1
    assert await sharewise.states(0) == {OFFICER: "returned", OTHER: "sent"}


async def test_what_is_put_off_can_be_done_before_it_comes_again(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("U1", "Brief your members")
    await sharewise.press(OFFICER, card, "Next week")
    put_off = await platform.shows("U1", "Brief your members", "bring it back")
    assert "Done. Thank you" in (await sharewise.press(OFFICER, put_off, "Done")).note
    assert (await sharewise.states())[OFFICER] == "acknowledged"
    sent = platform.counted()[OFFICER]
    await sharewise.forward(days=8)
    assert (await sharewise.states(0))[OFFICER] == "acknowledged"
    assert platform.counted()[OFFICER] == sent + 8, "those of the next days, and this one no more"


async def test_done_then_later_is_too_late(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("U1", "Brief your members")
    await sharewise.press(OFFICER, card, "Done")
    assert "already dealt with" in (await sharewise.press(OFFICER, card, "Tomorrow")).note
    assert (await sharewise.states())[OFFICER] == "acknowledged"


async def test_nobody_is_looked_up_for_a_press_of_their_own(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    card, asked, people = await platform.shows("U1", "Brief your members"), [], sharewise.service.people
    known = people.known
    monkeypatch.setattr(people, "known", lambda tenant, who: (asked.append(who), known(tenant, who))[1])
    await sharewise.press(OFFICER, card, "Done")
    assert (await sharewise.states())[OFFICER] == "acknowledged"
    assert asked == []


async def test_stopping_one_and_all_and_starting_again(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("U1", "Brief your members")
    await sharewise.press(OFFICER, card, "Stop these")
    stopped = await platform.shows("U1", "no more of these for you")
    await sharewise.forward(days=1)
    assert await sharewise.states() == {OFFICER: "muted", OTHER: "sent"}
    await sharewise.press(OFFICER, stopped, "Start these again")
    await sharewise.press_saying(OTHER, "reminder stop all")
    await sharewise.forward(days=1)
    assert await sharewise.states() == {OFFICER: "sent", OTHER: "muted"}
    await sharewise.press_saying(OTHER, "reminder start again all")
    await sharewise.forward(days=1)
    assert await sharewise.states() == {OFFICER: "sent", OTHER: "sent"}


async def test_who_pressed_is_told_by_the_name_that_colleagues_know(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(channel("C1"))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("C1", "Brief your members")
    message = next(iter(platform.shown["C1"]))
    await sharewise.press("slack:T1/UDEE", card, "Done", channel="C1", about=f"C1:{message}")
    done = await platform.shows("C1", "Done by")
    assert "Done by Udee" in plain(done)  # the press itself tells the handle, udee


async def test_anybody_in_a_channel_acknowledges_for_it(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(channel("C1"))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("C1", "Brief your members")
    message = next(iter(platform.shown["C1"]))
    await sharewise.press("slack:T1/U7", card, "Done", channel="C1", about=f"C1:{message}")
    await platform.shows("C1", "Done by U7")
    entry = (await sharewise.ledger())["slack:C1"]
    assert (entry.state, entry.detail) == ("acknowledged", "U7")
    assert "already" in (await sharewise.press("slack:T1/U8", card, "Done", channel="C1")).note


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("reminder done ZZZZZZZZZZZZ 2027-05-03T09:30", "can't find"),
        ("reminder done {id} 1999-05-03T09:30", "no record of that date"),
        ("reminder snooze {id} 1999-05-03T09:30 week", "no record of that date"),
        ("pulse answer {id} {key} 4", "has no answers"),
        ("pulse comment {id} {key}", "has no answers"),
        ("reminder stop ZZZZZZZZZZZZ", "can't find"),
        ("reminder pause {id}", "only advisors"),
        ("reminder cancel {id}", "only advisors"),
        ("reminder again {id} {key}", "only advisors"),
        ("reminder who {id} {key}", "only advisors"),
    ],
)
async def test_forged_words_change_nothing(
    sharewise: Sharewise, platform: FakePlatform, says: str, told: str
) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    await platform.shows("U1", "Brief your members")
    await sharewise.comes_to({"sent": 1})
    before = await sharewise.series(), await sharewise.ledger()
    words = says.format(id=ID, key=await sharewise.key())
    assert told in (await sharewise.press_saying(OFFICER, words)).note.lower()
    assert (await sharewise.series(), await sharewise.ledger()) == before


async def test_the_same_press_twice_counts_once(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("U1", "Brief your members")
    for _ in range(2):
        await sharewise.press(OFFICER, card, "Tomorrow", idempotency_key="p:the same")
    await sharewise.forward(hours=1)
    assert (await sharewise.states())[OFFICER] == "snoozed"
    assert ADVISOR not in await sharewise.states()
    await sharewise.forward(days=2)
    first = (await sharewise.series()).sent[0].key
    assert sum(message.entry == (first, OFFICER) for message in platform.sent) == 2
