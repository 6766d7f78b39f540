"""Reminders that somebody sets to themselves alone, on both platforms: nobody else ever sees them."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.delivery import bulk
from bot.platforms.ports import Unavailable, Undeliverable, Unreachable
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_model import MOST_OWN
from dialogs.core.replies import Reply
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform, private_to
from tests.reading_keys import mentions
from tests.reminders.series import Sharewise, people, person

SLACK, TEAMS = "slack:T1/UASHA", "teams:t1/DEV"
BOTH = pytest.mark.parametrize("who", [SLACK, TEAMS], ids=["slack", "teams"])


def chat(who: str) -> str:
    """Where the platform shows what is said to somebody alone."""
    to = private_to(who)
    return to.get("channel") or to["person"]


def labels(card: Reply) -> list[str]:
    return [choice.label for choice in choices(card)]


async def sets(sharewise: Sharewise, platform: FakePlatform, who: str, said: str) -> None:
    """Somebody sets a reminder for themselves: from the sentence to the word that it stands."""
    await sharewise.say(who, said)
    what = said.rpartition(" to ")[2]
    draft = await platform.shows(chat(who), "ready to start", what, "you alone")
    await sharewise.press(who, draft, "Start")
    await platform.shows(chat(who), "and nobody else", what)


async def receives(
    sharewise: Sharewise, platform: FakePlatform, who: str, what: str, **after: float
) -> Reply:
    """What is sent of it once the time has passed."""
    before = len(platform.sent)

    def arrived() -> list[Reply]:
        return [
            message.reply for message in platform.sent[before:] if message.paced and message.speaker == who
        ]

    await sharewise.forward(**after)
    await platform.until(arrived, f"{who} is reminded")
    card = arrived()[-1]
    assert what in plain(card)
    return card


@BOTH
async def test_set_kept_over_a_restart_put_off_and_done(
    launch: Launch, platform: FakePlatform, who: str
) -> None:
    first = await launch()
    await sets(first, platform, who, "remind me every Wednesday at 9 to ring the leader")  # type: ignore[arg-type]
    await first.stop()
    sharewise = await launch()
    assert isinstance(sharewise, Sharewise)
    wednesday = sharewise.now().replace(hour=10, minute=0) + timedelta(days=1)
    wednesday += timedelta(days=(2 - wednesday.weekday()) % 7)
    until = wednesday - sharewise.now()
    card = await receives(sharewise, platform, who, "Ring the leader", seconds=until.total_seconds())
    assert labels(card) == ["Done", "Tomorrow", "Next week", "Stop these"]
    assert "From" not in plain(card), "it is from themselves"
    await sharewise.say(who, "tomorrow")
    await platform.shows(chat(who), "I'll bring it back")
    await receives(sharewise, platform, who, "Ring the leader", days=1)
    await sharewise.say(who, "done")
    await platform.shows(chat(who), "Done. Thank you.")
    await sharewise.say(who, "stop these")
    await platform.shows(chat(who), "Ended. You won't be reminded of it again.")
    await sharewise.say(who, "my reminders")
    await platform.shows(chat(who), "You receive no reminders or pulses.")
    before = len(platform.sent)
    await sharewise.forward(days=30)
    assert platform.sent[before:] == [], "no further send, no report, no digest"


@BOTH
async def test_changed_by_name_and_cancelled_by_name(
    sharewise: Sharewise, platform: FakePlatform, who: str
) -> None:
    await sets(sharewise, platform, who, "remind me every Monday at 9 to ring the leader")
    await sets(sharewise, platform, who, "remind me every Friday at 15:00 to ring the treasurer")
    await sharewise.say(who, "my reminders")
    listed = await platform.shows(chat(who), "Your own reminder", "Ring the leader", "Ring the treasurer")
    assert labels(listed)[:4] == ["Change", "Pause", "Skip the next", "End it"]
    await sharewise.say(who, "cancel my reminder to ring")
    await platform.shows(chat(who), "Which one do you mean?")
    await sharewise.say(who, "move my reminder to ring the leader to 10:30")
    changed = await platform.shows(chat(who), "Change to a reminder", "Every Monday at 10:30")
    await sharewise.press(who, changed, "Save the change")
    await platform.shows(chat(who), "The change is saved", "and nobody else", "Ring the leader", "at 10:30")
    await sharewise.say(who, "cancel ring the leader")
    await platform.shows(chat(who), "Ring the leader", "Ended.")
    await sharewise.say(who, "my reminders")
    await sharewise.settled()
    left = plain(platform.newest(chat(who)))
    assert "Ring the treasurer" in left
    assert "Ring the leader" not in left


@BOTH
async def test_called_off_right_after_it_was_set_it_has_ended(
    sharewise: Sharewise, platform: FakePlatform, who: str
) -> None:
    for said in ("remind me every Monday at 9 to ring the leader", "start"):
        await sharewise.say(who, said, thread="talk")
    await platform.shows(chat(who), "and nobody else", "Ring the leader")
    await sharewise.say(who, "undo that", thread="talk")
    await platform.shows(chat(who), "nothing is changed", "Ring the leader")
    await sharewise.say(who, "cancel that", thread="talk")
    await platform.shows(chat(who), "Ring the leader", "Ended.")


async def test_nobody_else_sees_one_not_even_an_advisor(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    await sharewise.begin(*people(1), what="Brief your members")
    await sharewise.say(SLACK, "remind me every day at 9 to ring zanzibar", channel="C1")
    draft = await platform.shows(chat(SLACK), "ring zanzibar", "you alone")
    assert not any("zanzibar" in text for text in platform.texts("C1")), "asked in a channel, answered alone"
    await sharewise.press(SLACK, draft, "Start")
    await platform.shows(chat(SLACK), "and nobody else")
    (series,) = await sharewise.reminders.listing.own(SLACK)
    for said in ("reminders", "report on the reminder", "cancel my reminder to ring zanzibar", "audit"):
        await sharewise.say(ADVISOR, said)
    for act in ("report", "who", "pause", "cancel", "take over", "hand over"):
        note = await sharewise.press_saying(ADVISOR, f"reminder {act} {series.id}")
        assert "can't find that one" in note.note, act
    await sharewise.press_saying(ADVISOR, f"reminder change {series.id}")
    assert (await sharewise.series(series.id)).step == "on"
    await sharewise.forward(days=9)
    await sharewise.settled()
    advisors = "\n".join(platform.texts("UADVISOR"))
    assert "Your week" in advisors
    assert "zanzibar" not in advisors
    assert series.id not in advisors
    assert "slack:T1/UASHA" not in (await sharewise.reminders.advisor_settings()).reach


async def test_ten_are_open_at_a_time(sharewise: Sharewise, platform: FakePlatform) -> None:
    for number in range(1, MOST_OWN + 1):
        await sets(sharewise, platform, SLACK, f"remind me every Monday at 9 to ring number {number}0")
    await sharewise.say(SLACK, "remind me tomorrow at 9 to ring the eleventh")
    await sharewise.press(SLACK, await platform.shows(chat(SLACK), "ring the eleventh"), "Start")
    await platform.shows(chat(SLACK), "You have 10 reminders of your own open", "still here")
    await sharewise.say(SLACK, "cancel my reminder to ring number 20")
    await platform.shows(chat(SLACK), "number 20", "Ended.")
    await sharewise.say(SLACK, "start")
    await platform.shows(chat(SLACK), "and nobody else", "ring the eleventh")
    assert len(await sharewise.reminders.listing.open(SLACK, sharewise.now())) == MOST_OWN


async def test_start_pressed_twice_over_keeps_to_ten(sharewise: Sharewise, platform: FakePlatform) -> None:
    alone = person("UASHA")
    for number in range(MOST_OWN):
        await sharewise.begin(alone, id=f"CDFGHJKMN{number}00", by=SLACK, what=f"Ring number {number}0")
    await sharewise.begin(alone, id="CDFGHJKMNXXX", by=SLACK, what="Ring the eleventh")
    await platform.shows("UADVISOR", "Nothing was set up", "Ring the eleventh")
    assert len(await sharewise.reminders.listing.open(SLACK, sharewise.now())) == MOST_OWN
    assert (await sharewise.series("CDFGHJKMNXXX")).step == "ended"


@pytest.mark.parametrize("error", [Unreachable("blocked"), Undeliverable("account_inactive")])
async def test_whoever_cant_be_reached_gets_theirs_again_for_two_months(
    sharewise: Sharewise, platform: FakePlatform, error: Undeliverable
) -> None:
    await sets(sharewise, platform, SLACK, "remind me every Monday at 9 to ring the leader")
    (series,) = await sharewise.reminders.listing.own(SLACK)
    platform.refuses["UASHA"] = error
    for _ in range(7):
        await sharewise.forward(days=7)
    assert platform.texts("UADVISOR") == [], "nobody else is told"
    del platform.refuses["UASHA"]
    await sharewise.say(SLACK, "my reminders")
    await platform.shows(chat(SLACK), "Your own reminder", "Ring the leader")
    await receives(sharewise, platform, SLACK, "Ring the leader", days=8)
    platform.refuses["UASHA"] = error
    for _ in range(11):
        await sharewise.forward(days=7)
    assert (await sharewise.series(series.id)).step == "ended", "it isn't kept for whoever is gone"


@BOTH
async def test_what_didnt_reach_its_owner_is_told_once_they_are_back(
    sharewise: Sharewise, platform: FakePlatform, who: str
) -> None:
    await sets(sharewise, platform, who, "remind me every Monday at 9 to ring the leader")
    platform.refuses[chat(who)] = Unreachable("blocked")
    for _ in range(3):
        await sharewise.forward(days=7)
    del platform.refuses[chat(who)]
    await sharewise.say(who, "hello")
    told = await platform.shows(
        chat(who), "“Ring the leader” of", "didn't reach you", "nor did", "next one goes"
    )
    assert labels(told) == ["Try again", "My reminders"]
    before = len(platform.sent)
    await sharewise.say(who, "try again")
    await platform.until(lambda: any(message.paced for message in platform.sent[before:]), "it is sent again")
    await sharewise.say(who, "hello")
    await sharewise.settled()
    assert sum("didn't reach you" in text for text in platform.texts(chat(who))) == 1


async def test_what_the_platform_didnt_take_is_told_to_its_owner_within_the_hour(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_TRIES", 1)
    await sets(sharewise, platform, SLACK, "remind me tomorrow at 9 to ring the leader")
    platform.refuses["UASHA"] = Unavailable("500")
    await sharewise.forward(days=4)
    del platform.refuses["UASHA"]
    await sharewise.forward(hours=1)
    told = await platform.shows(
        chat(SLACK), "“Ring the leader” of", "didn't reach you: your chat didn't take it."
    )
    await sharewise.press(SLACK, told, "Try again")
    await platform.until(lambda: platform.sent[-1].paced, "it is sent again")
    assert "Ring the leader" in plain(platform.sent[-1].reply)
    assert platform.texts("UADVISOR") == []


@BOTH
async def test_they_are_in_my_data_and_forget_me_erases_them(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str, who: str
) -> None:
    await sets(sharewise, platform, who, "remind me every day at 9 to ring zanzibar")
    await receives(sharewise, platform, who, "Ring zanzibar", days=4)
    await sharewise.say(who, "my data")
    await platform.shows(chat(who), "your own reminder “Ring zanzibar”, which only you see")
    for said in ("forget me", "yes, forget me"):
        await sharewise.say(who, said)
        await sharewise.settled()
    await platform.shows(chat(who), "Done. I erased")
    assert await sharewise.reminders.listing.own(who) == []
    assert not any("zanzibar" in text for text in platform.texts("UADVISOR")), "offered to nobody"
    before = len(platform.sent)
    await sharewise.forward(days=30)
    assert platform.sent[before:] == []
    assert await mentions(redis_url, "zanzibar", who.rpartition("/")[2]) == []


async def test_who_stops_all_that_advisors_send_still_gets_their_own(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.press_saying(SLACK, "reminder stop ALL")
    await sets(sharewise, platform, SLACK, "remind me tomorrow at 9 to ring the leader")
    card = await receives(sharewise, platform, SLACK, "Ring the leader", days=4)
    assert labels(card) == ["Done", "Tomorrow", "Next week"], "nothing is left to stop"
    await sharewise.say(SLACK, "done")
    await platform.shows(chat(SLACK), "Done. Thank you.")
    await sharewise.say(SLACK, "my reminders")
    await platform.shows(chat(SLACK), "You receive no reminders or pulses.")


async def test_what_is_shown_of_one_is_dated_by_the_clock_that_was_moved(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sets(sharewise, platform, SLACK, "remind me every Monday at 9 to ring back")
    await sharewise.forward(days=20)
    now = sharewise.now().astimezone(ZoneInfo("Europe/London"))
    await sharewise.say(SLACK, "how do I make compost")
    await sharewise.say(SLACK, "which hose is best for a greenhouse")
    await sharewise.settled()
    await sharewise.say(SLACK, "my data")
    told = plain(await platform.shows(chat(SLACK), "all that I keep about you"))
    assert set(re.findall(r"^- (\d+ \w+), ", told, re.MULTILINE)) == {f"{now:%-d %b}"}, told
    await sharewise.say(SLACK, "my reminders")
    mine = plain(await platform.shows(chat(SLACK), "that you receive"))
    monday = now + timedelta(days=-now.weekday() % 7 or (7 if now.hour >= 9 else 0))
    assert f"next {monday:%a %-d %b} at 09:00" in mine
