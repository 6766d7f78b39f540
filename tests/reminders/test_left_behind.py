"""What advisors see of it when somebody was forgotten, and who looks after what was theirs."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import msgspec
import pytest

from bot.app.handlers.advisor_settings import audit_list
from bot.platforms.ports import Undeliverable
from dialogs.core.events import Mention, Utterance
from dialogs.core.jobs import Job
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_events import BeginSeries, KeepAdvisor
from dialogs.core.reminder_model import Draft
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import at
from tests.harness.waiting import until
from tests.reading_keys import mentions
from tests.reminders.leaving import (
    ADA,
    ADDRESS,
    BRYN,
    CERI,
    OWNED,
    WORD,
    begin_owned,
    forgotten,
)
from tests.reminders.series import ID, OFFICER, SLACK, Sharewise, people, person
from tests.reminders.test_never_lost import forget_schedule


async def test_an_advisor_reads_that_somebody_left_and_nobody_brings_them_back(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    platform.groups["slack:S1"] = (BRYN, OFFICER)
    await sharewise.begin(msgspec.structs.replace(person(1), kind="group", id="slack:S1"))
    await sharewise.say(BRYN, "is weedkiller allowed")
    await forgotten(sharewise)
    said = plain(await platform.shows("UADVISOR", "One person left the list"))
    assert "Brief your members" in said
    assert "bryn" not in said.casefold()
    await sharewise.forward(days=3)
    assert platform.counted()[BRYN] == 0
    assert platform.counted()[OFFICER] == 3
    await sharewise.say(ADVISOR, "reminders")
    await platform.shows("UADVISOR", "one person left this list")


async def test_a_series_of_a_forgotten_advisor_is_paused_and_taken_over(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    platform.advisors.add(BRYN)
    await sharewise.begin(person(2))  # the other advisor is known from now on
    await begin_owned(sharewise)
    await forgotten(sharewise)
    assert (await sharewise.series(OWNED)).step == "paused"
    offer = await platform.shows("UADVISOR", "nobody who looks after it", "Water the beds")
    assert "advisor" in (await sharewise.press(OFFICER, offer, "Take it over")).note
    await sharewise.say(ADVISOR, "help")
    await sharewise.settled()
    await sharewise.say(ADVISOR, "take it over")  # as its button says
    await platform.shows("UADVISOR", "You look after “Water the beds” now")
    series = await sharewise.series(OWNED)
    assert (series.owner.id, series.owner_to, series.step) == (ADVISOR, {"channel": "UADVISOR"}, "paused")
    await sharewise.press_saying(ADVISOR, f"reminder resume {OWNED}")
    assert (await sharewise.series(OWNED)).step == "on"


async def test_resuming_what_nobody_looks_after_is_taking_it_over(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    platform.advisors.add(BRYN)
    await sharewise.begin(person(2))
    await begin_owned(sharewise)
    await forgotten(sharewise)
    note = (await sharewise.press_saying(ADVISOR, f"reminder resume {OWNED}")).note
    assert "You look after “Water the beds” now. Resumed. The next one goes out" in note
    series = await sharewise.series(OWNED)
    assert (series.owner.id, series.owner_to, series.step) == (ADVISOR, {"channel": "UADVISOR"}, "on")
    await sharewise.forward(hours=1.2)
    assert platform.counted()[OFFICER] == 1


@pytest.mark.parametrize("press", ["take over", "resume"])
async def test_of_two_who_take_it_over_the_slower_is_told_who_was_quicker(
    sharewise: Sharewise, platform: FakePlatform, press: str
) -> None:
    platform.advisors |= {BRYN, CERI}
    await begin_owned(sharewise)
    await forgotten(sharewise)
    pressed = f"reminder {press} {OWNED}"
    both = (sharewise.press_saying(ADVISOR, pressed), sharewise.press_saying(CERI, pressed))
    first, second = sorted((result.note for result in await asyncio.gather(*both)), key=len, reverse=True)
    assert "You look after “Water the beds” now" in first
    assert "“Water the beds” is looked after by" in second
    owner = (await sharewise.series(OWNED)).owner.id
    await sharewise.press_saying(CERI if owner == ADVISOR else ADVISOR, f"reminder take over {OWNED}")
    assert (await sharewise.series(OWNED)).owner.id == owner, "an old offer takes nothing from a colleague"


async def test_changing_what_nobody_looks_after_is_taking_it_over(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    platform.advisors.add(BRYN)
    await begin_owned(sharewise)
    await forgotten(sharewise)
    await sharewise.begin(person(3), changes=OWNED)
    assert (await sharewise.series(OWNED)).owner.id == ADVISOR


async def test_what_nobody_takes_over_ends_and_its_words_are_erased(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    platform.advisors.add(BRYN)
    await begin_owned(sharewise, what=f"Water the beds of {WORD}")
    await forgotten(sharewise)
    await forget_schedule(sharewise)  # and were docket to lose it
    for _ in range(2):
        await sharewise.service.mending.sweep_once()
    await sharewise.forward(days=15)
    assert (await sharewise.series(OWNED)).step == "ended"
    assert await mentions(redis_url, WORD) == []


async def test_what_was_taken_over_stays(sharewise: Sharewise, platform: FakePlatform) -> None:
    platform.advisors.add(BRYN)
    await begin_owned(sharewise)
    await forgotten(sharewise)
    await sharewise.press_saying(ADVISOR, f"reminder take over {OWNED}")
    await sharewise.forward(days=15)
    series = await sharewise.series(OWNED)
    assert (series.step, series.draft.what) == ("paused", "Water the beds")


async def test_a_partners_advisor_is_offered_it_too(sharewise: Sharewise, platform: FakePlatform) -> None:
    platform.advisors |= {BRYN, CERI}
    await sharewise.say(CERI, "help", tenant=SLACK)
    await until(lambda: sharewise.service.people.known(SLACK, CERI))
    await begin_owned(sharewise)
    await forgotten(sharewise)
    await platform.shows("UCERI", "nobody who looks after it", "Water the beds")


async def test_whoever_was_made_an_advisor_is_told_so_once(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    for number in range(2):
        made = KeepAdvisor(person("UCERI"), ADA)
        await sharewise.reminders.hand("board", made, f"made {number}")
    await platform.shows("UCERI", "Ada has made you an advisor")
    await sharewise.settled()
    assert len(platform.texts("UCERI")) == 1


async def test_an_advisor_who_cannot_be_told_is_told_by_whoever_made_them_one(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    platform.refuses["UCERI"] = Undeliverable("user_not_found")
    await sharewise.reminders.hand("board", KeepAdvisor(person("UCERI"), ADA), "made")
    await platform.shows("UADVISOR", "can't write to them yet")


async def test_the_advisor_of_a_reminder_whose_last_recipient_left_is_told_what_to_do(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(ADDRESS), person(2))
    await sharewise.say(BRYN, "is weedkiller allowed")
    await sharewise.say("slack:T1/U2", "is weedkiller allowed")
    await forgotten(sharewise, "slack:T1/U2")
    await platform.shows("UADVISOR", "One person left the list")
    await forgotten(sharewise)
    told = await platform.shows("UADVISOR", "goes to nobody any more", "change whom it goes to, or end it")
    assert [way.label for way in choices(told)] == ["Change", "End it"]
    await sharewise.forward(days=3)
    assert sum("goes to nobody" in text for text in platform.texts("UADVISOR")) == 1


async def test_a_series_is_handed_over_to_an_advisor_alone(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))

    async def hand_over(to: str, name: str) -> None:
        named = (Mention("@mention1", "person", to, name),)
        exact = f"reminder hand over {ID} to @mention1"
        said = Utterance(exact.replace("@mention1", "someone"), exact=exact, named=named)
        await sharewise.service.turn.run(at(said, ADVISOR))
        await sharewise.settled()

    await sharewise.say(ADVISOR, f"reminder hand over {ID}")
    told = plain(await platform.shows("UADVISOR", "no other advisor", "add advisor"))
    assert "Press a name" not in told
    await hand_over(BRYN, "Bryn")
    await platform.shows("UADVISOR", "to an advisor only")
    platform.advisors.add(BRYN)
    await hand_over(BRYN, "Bryn")
    await platform.shows(ADDRESS, "has handed", "Brief your members")
    assert (await sharewise.series()).owner.id == BRYN
    last = (await audit_list(sharewise.service.connection))[0]
    assert last.what == f"hand over remind {ID}"
    await sharewise.say(BRYN, "hand over brief your members")
    asked = await platform.shows(ADDRESS, "To whom?", "“hand over Brief your members")
    assert ID not in plain(asked)
    (way,) = choices(asked)
    await sharewise.say(BRYN, f"hand over brief your members to {way.label.casefold()}")
    await platform.shows("UADVISOR", "has handed", "Brief your members")
    assert (await sharewise.series()).owner.id == ADVISOR


async def test_ids_in_the_settings_are_not_copied(
    launch: Launch, platform: FakePlatform, redis_url: str
) -> None:
    platform.advisors.add(BRYN)
    await launch()
    assert await mentions(redis_url, ADDRESS) == []


async def test_whose_id_only_begins_like_theirs_stays_as_they_are(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    """What each has put off, what is to begin for one of them, and what was done to one as an advisor."""
    short, long = "slack:T1/UA1", "slack:T1/UA10"
    await sharewise.begin(person("UA1"), person("UA10"), schedule=sharewise.daily(rule="FREQ=WEEKLY"))
    await sharewise.forward(hours=1.2)
    key = await sharewise.key()
    for who in (short, long):
        await sharewise.press_saying(who, f"reminder snooze {ID} {key} tomorrow")
    for who in ("UA1", "UA10"):
        await sharewise.reminders.hand("board", KeepAdvisor(person(who), ADA), f"made {who}")
    draft = Draft("LLLLLLLLLLLL", "remind", "Weed", targets=(person("UA10"),), schedule=sharewise.daily())
    waits = BeginSeries(draft, ADA, SLACK, {"channel": "UADVISOR"}, "Europe/London")
    begins = sharewise.now() + timedelta(hours=3)
    await sharewise.service.schedule.add(Job("series:LLLLLLLLLLLL", waits, begins, f"waits for {long}"))
    await sharewise.settled()
    await forgotten(sharewise, short)
    assert [line.what for line in await audit_list(sharewise.store.connection) if long in line.what]
    before = len(platform.shown["UA10"])
    await sharewise.forward(days=3)
    assert len(platform.shown["UA10"]) >= before + 2, "what they put off, and what waited for them"
    assert (await sharewise.states(0))[long] == "returned"
    named = msgspec.structs.replace(person("UA10"), name="Ua10")
    assert (await sharewise.series("LLLLLLLLLLLL")).draft.targets == (named,)
