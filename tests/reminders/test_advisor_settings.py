"""What advisors share: lists, roles, the audit list, the weekly digest; and who is forgotten."""

from __future__ import annotations

import pytest

from bot.app.handlers.advisor_settings import audit_list
from bot.storage.person_kept import in_series
from dialogs.core.plain import plain
from dialogs.core.reminder_events import AdvisorEvent, KeepAdvisor, KeepDigest, KeepList
from dialogs.core.reminder_model import AdvisorSettings
from dialogs.core.session_model import Actor
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import ID, OFFICER, SLACK, Sharewise, people, person

ADA = Actor(ADVISOR, "Ada", True)
OTHER = "CDFGHJKMNPQS"


async def keep(sharewise: Sharewise, event: AdvisorEvent, idempotency_key: str = "") -> None:
    """Something happens in the advisor settings."""
    await sharewise.reminders.hand("board", event, idempotency_key or str(event))
    await sharewise.settled()


async def test_an_advisor_is_added_and_taken_away_everywhere(launch: Launch) -> None:
    here, there = await launch(), await launch()
    await keep(here, KeepAdvisor(person(1), ADA))
    assert here.service.advisors.include(OFFICER)
    await there.reminders.advisor_settings()
    assert there.service.advisors.include(OFFICER)
    await keep(here, KeepAdvisor(person(1), ADA, away=True))
    assert not here.service.advisors.include(OFFICER)
    assert [(act.who, act.what) for act in await audit_list(here.service.connection)] == [
        (ADVISOR, f"remove advisor {OFFICER}"),
        (ADVISOR, f"add advisor {OFFICER}"),
    ]


@pytest.mark.parametrize("said", ["add advisor @bryn", "list mine: @bryn", "digest on"])
async def test_nobody_makes_themselves_an_advisor(
    sharewise: Sharewise, platform: FakePlatform, said: str
) -> None:
    await sharewise.say(OFFICER, said)
    await platform.shows("U1", "Only advisors")
    assert not sharewise.service.advisors.include(OFFICER)
    assert await sharewise.reminders.advisor_settings() == AdvisorSettings()
    assert await audit_list(sharewise.service.connection) == []


async def test_a_list_is_kept_renamed_and_deleted(sharewise: Sharewise) -> None:
    await keep(sharewise, KeepList("Steering Group", (person(1),), ADA))
    advisor_settings = await sharewise.reminders.advisor_settings()
    assert advisor_settings.titles == {"steering group": "Steering Group"}
    await keep(sharewise, KeepList("steering group", (), ADA))
    assert (await sharewise.reminders.advisor_settings()).lists == {}


async def test_every_act_is_in_the_audit_list(sharewise: Sharewise) -> None:
    await sharewise.begin(person(1))
    for act in ("pause", "resume", "skip", "cancel"):
        await sharewise.steer(act)  # type: ignore[arg-type]
    await sharewise.settled()
    lines = await audit_list(sharewise.service.connection)
    assert [act.what.split()[0] for act in reversed(lines)] == ["start", "pause", "resume", "skip", "cancel"]
    assert all(act.who == ADVISOR and ID in act.what for act in lines)


async def test_the_audit_list_tells_people_by_name(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1))
    await sharewise.say(ADVISOR, f"reminder pause {ID}")
    await keep(sharewise, KeepAdvisor(person(1), ADA))
    await sharewise.say(ADVISOR, "audit")
    told = plain(await platform.tells(ADVISOR, "What advisors did", "Uadvisor paused the reminder “"))
    assert "Ada made U1 an advisor" in told
    assert "slack:" not in told
    assert ID not in told, "things are called by their names"


async def test_who_was_only_made_an_advisor_did_nothing_as_one(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await keep(sharewise, KeepAdvisor(person(1), ADA))
    await sharewise.say(OFFICER, "my data")
    told = plain(await platform.shows("U1", "This is all that I keep"))
    assert "1 line in the list of what advisors did that names you" in told
    assert "that you did as an advisor" not in told


async def test_the_weekly_digest_and_its_end(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(days=8)
    await platform.shows("UADVISOR", "Your week", "Brief your members", "2 silent")
    await keep(sharewise, KeepDigest(ADA, False, SLACK, {"channel": "UADVISOR"}, "Europe/London"))
    before = len(platform.texts("UADVISOR"))
    await sharewise.forward(days=8)
    assert not [text for text in platform.texts("UADVISOR")[before:] if "Your week" in text]


async def test_what_is_coming_for_an_advisor_and_for_an_officer(sharewise: Sharewise) -> None:
    await sharewise.begin(*people(2))
    await sharewise.begin(person(3), id="DDDDDDDDDDDD", schedule=sharewise.daily(rule="FREQ=WEEKLY"))
    await sharewise.press_saying(OFFICER, f"reminder stop {ID}")
    for_advisor = await sharewise.reminders.summaries(ADVISOR, advisor=True)
    assert {summary.series.id for summary in for_advisor} == {ID, "DDDDDDDDDDDD"}
    assert not any(summary.receives for summary in for_advisor)
    (own,) = await sharewise.reminders.summaries(OFFICER, advisor=False)
    assert (own.series.id, own.receives, own.muted) == (ID, True, True)
    assert own.next == own.series.draft.schedule.start.replace(tzinfo=own.next.tzinfo)  # type: ignore[union-attr]


async def test_whoever_wants_to_be_forgotten_is(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(*people(3), kind="pulse", what="Well?", anonymous=False)
    await sharewise.forward(hours=1.2)
    key = await sharewise.key()
    await sharewise.press_saying(OFFICER, f"pulse answer {ID} {key} 4")
    await sharewise.submit(OFFICER, f"pulse comment {ID} {key}", {"comment": "From U1"})
    await sharewise.press_saying(OFFICER, f"reminder stop {ID}")
    await sharewise.press_saying(OFFICER, "reminder stop all")
    everything = await sharewise.reminders.listing.shared()
    assert len(await in_series(sharewise.store, everything, OFFICER)) == 4
    await sharewise.say(OFFICER, "forget me")
    await sharewise.say(OFFICER, "yes, forget me")
    await sharewise.settled()
    assert await in_series(sharewise.store, await sharewise.reminders.listing.shared(), OFFICER) == []
    series = await sharewise.series()
    assert await sharewise.store.answers(series, key) == {}
    assert await sharewise.store.comments(series, key) == []
    assert await sharewise.counts() == {"answered": 1, "sent": 2}, "the counts stay"


async def test_who_advises_no_more_when_it_comes_to_it_starts_nothing(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    """The job of a "Start" may wait, as while its platform or memory is away."""
    await sharewise.begin(*people(2), by=OFFICER)
    said = plain(await platform.shows("UADVISOR", "Nothing was started", "Brief your members"))
    assert "no longer an advisor" in said
    await sharewise.forward(days=1)
    assert not platform.counted()
    assert (await sharewise.series()).step == "ended"

    await sharewise.begin(*people(1), id=OTHER)
    await sharewise.begin(*people(2), id="DRAFT", changes=OTHER, by=OFFICER)
    await platform.shows("UADVISOR", "Nothing was changed")
    assert (await sharewise.series(OTHER)).counts == (1,)


async def test_what_has_no_dates_is_not_begun_and_its_advisor_is_told(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    never = sharewise.daily(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    await sharewise.begin(*people(2), schedule=never)
    await platform.shows("UADVISOR", "Nothing was started", "Brief your members")
    assert (await sharewise.series()).step == "ended"

    await sharewise.begin(*people(1), id=OTHER)
    await sharewise.begin(*people(2), id="DRAFT", changes=OTHER, schedule=never)
    await platform.shows("UADVISOR", "Nothing was changed", "goes on as it was")
    assert (await sharewise.series(OTHER)).counts == (1,)
