"""Whoever asks to be forgotten is: every dialog is played, and nothing of them is left on the server."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from bot.app.handlers.advisor_settings import audit_list
from bot.storage.keys import Keys, kind_of
from dialogs.core.events import Mention, Utterance
from dialogs.core.jobs import Job
from dialogs.core.mentions import kept
from dialogs.core.model import Decision, State
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_events import BeginSeries, KeepList
from dialogs.core.reminder_model import Draft, Target
from dialogs.core.session_model import Actor
from tests.harness.details import in_full
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import at
from tests.reading_keys import mentions
from tests.reminders.leaving import (
    ADA,
    ADDRESS,
    BRYN,
    CONFIRMED,
    MENTIONING,
    OWNED,
    SHARED,
    TRACED,
    WORD,
    forgotten,
    play_advising,
    play_everything,
    play_mentioned,
    play_receiving,
)
from tests.reminders.series import ID, OFFICER, SLACK, TEAMS, Sharewise, people, person


async def test_nothing_of_a_forgotten_person_is_left(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    await play_everything(sharewise, platform)
    there = {kind_of(key) for key, _ in await mentions(redis_url, ADDRESS, WORD)}
    assert there >= {*TRACED, *SHARED}
    await forgotten(sharewise)
    left = await mentions(redis_url, ADDRESS, WORD)
    assert not left, left
    lines = await audit_list(sharewise.service.connection)
    assert {line.name for line in lines} == {"Ada", "Uadvisor", "a former advisor"}


async def test_my_data_tells_what_was_pressed_in_the_buttons_own_words(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.press_saying(OFFICER, "practice flat-bed")
    await platform.shows("U1", "In practice")
    await sharewise.say(OFFICER, "my data")
    said = plain(await platform.shows("U1", "This is all that I keep"))
    assert "In practice → " in said
    assert "practice flat-bed" not in said


async def test_somebody_on_a_list_is_no_advisor_by_that(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.reminders.hand("board", KeepList("Steering", (person(1), person(2)), ADA), "list")
    await sharewise.say(OFFICER, "my data")
    said = plain(await platform.shows("U1", "on the list “Steering”"))
    assert "List that you are on" in said
    assert "advisor" not in said


async def test_the_offer_says_that_the_other_platform_is_asked_there(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.say(OFFICER, "is weedkiller allowed")
    await sharewise.say(OFFICER, "forget me")
    await platform.shows("U1", "another platform", "type “forget me” there too")


async def test_no_button_that_others_were_shown_names_them(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    named = (Mention("@mention1", "person", BRYN, "Ubrynmorgan"),)
    cut = "Bring all of the figures that we were promised in the spring to "
    for id, what in ((MENTIONING, "Call @mention1 about it"), (ID, f"{cut}@mention1")):
        await sharewise.begin(person(1), id=id, what=kept(what, named))
    await sharewise.begin(Target("channel", "slack:C1", "", SLACK), id=OWNED, what=kept("@mention1?", named))
    await sharewise.forward(hours=1.2)
    await sharewise.say(OFFICER, "stop these")
    assert "@Ubrynmorgan" in str(choices(await platform.shows("U1", "Which one do you mean?")))
    await sharewise.say(BRYN, "hello")
    await sharewise.settled()
    there = {kind_of(key) for key, _ in await mentions(redis_url, ADDRESS)}
    assert there >= {"conversation", "thread"}
    await forgotten(sharewise)
    assert await mentions(redis_url, ADDRESS) == []


async def test_what_my_data_tells_is_what_there_is(sharewise: Sharewise, platform: FakePlatform) -> None:
    await play_receiving(sharewise, platform)
    await play_advising(sharewise, platform)
    await sharewise.say(BRYN, "my data", channel="C1")
    said = plain(in_full(await platform.shows(ADDRESS, "This is all that I keep")))
    phrases = (
        "your name: Ubrynmorgan",
        "direct chat in Slack",
        "a draft that you are making",
        "you get “Well?”",
    )
    as_advisor = (
        "you look after “Water the beds”",
        "on the list “Steering”",
        "written to as one",
        "did as an",
    )
    for phrase in (*phrases, *as_advisor):
        assert phrase in said, said


async def test_nothing_of_them_is_left_in_teams_either(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    """As host, recipient, list member, mentioned, and advisor; and what they did in Slack stays."""
    dilys = "teams:t1/udilysrees"
    platform.advisors.add(dilys)
    member, actor = person("udilysrees", TEAMS), Actor(dilys, "Udilysrees", True)
    named = (Mention("@mention1", "person", "teams:t1/udilysrees", "Dilys Rees"),)
    await sharewise.say(dilys, "is weedkiller allowed")
    await sharewise.reminders.hand("board", KeepList("Steering", (member, person(1)), ADA), "list")
    await sharewise.begin(member, person(1), what=kept("Ask @mention1 first", named))
    await sharewise.forward(hours=1.2)
    await sharewise.press_saying(dilys, f"reminder snooze {ID} {await sharewise.key()} week")
    draft = Draft(OWNED, "remind", "Water", targets=(person(1),), schedule=sharewise.daily())
    begins = BeginSeries(draft, actor, TEAMS, {"person": "udilysrees", "service_url": "http://x"}, "")
    await sharewise.reminders.hand(f"series:{OWNED}", begins, "owned")
    await sharewise.say(dilys, "quiz here", channel="19:c")
    card = await platform.shows("19:c", "Nobody has answered yet")
    await sharewise.press_saying(dilys, choices(card)[0].says, channel="19:c")
    await sharewise.settled()
    assert {kind_of(key) for key, _ in await mentions(redis_url, "udilysrees", "dilys rees")} >= {
        *("series", "audience", "ledger", "board", "people", "votes", "session", "here", "promised"),
    }
    await forgotten(sharewise, dilys)
    assert await mentions(redis_url, "udilysrees", "dilys rees") == []
    await platform.shows("UADVISOR", "nobody who looks after it", "Water")
    assert (await sharewise.states())[OFFICER] == "sent"


async def test_mentions_by_teams_own_id_of_them_are_of_them_too(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    """As it stands where no roster told whom it is of."""
    dilys, own = "teams:t1/udilysrees", "teams:t1/29:wxyzwxyz"
    member = Target("person", own, "Dilys Rees", TEAMS)
    named = (Mention("@mention1", "person", own, "Dilys Rees"),)
    await sharewise.say(dilys, "is weedkiller allowed")
    await sharewise.reminders.hand("board", KeepList("Steering", (member, person(1)), ADA), "list")
    await sharewise.begin(person(1), what=kept("Ask @mention1 first", named))
    words = "remind @mention1 to call home every Tuesday at 10"
    drafted = at(Utterance(words.replace("@mention1", "someone"), exact=words, named=named), ADVISOR)
    await sharewise.service.turn.run(drafted)
    await sharewise.settled()
    found = {kind_of(key) for key, _ in await mentions(redis_url, "wxyzwxyz", "dilys rees")}
    assert found >= {"series", "work", "board"}
    told = sharewise.service
    inbound = replace(at(Utterance("my data"), dilys), also=(own,))
    await told.turn.run(inbound)
    await platform.tells(dilys, "Steering")
    for words in ("forget me", CONFIRMED):
        await told.turn.run(replace(at(Utterance(words), dilys), also=(own,)))
    await sharewise.settled()
    assert await mentions(redis_url, "wxyzwxyz", "dilys rees", "udilysrees") == []


async def test_what_others_wrote_goes_on_without_their_name(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    await play_mentioned(sharewise, platform)
    await sharewise.say(BRYN, "is weedkiller allowed")
    await forgotten(sharewise)
    assert (await sharewise.series(MENTIONING)).draft.what == "Call a colleague about it"
    before = platform.counted()[OFFICER]
    await sharewise.forward(days=8)
    assert platform.counted()[OFFICER] > before
    [failed] = await sharewise.reminders.failed_jobs.all()
    await sharewise.press_saying(ADVISOR, f"reminder retry {failed.id}")
    await sharewise.settled()
    assert (await sharewise.series("JJJJJJJJJJJJ")).draft.what == "Call a colleague about it"


async def test_a_reminder_that_waits_to_be_begun_again_is_begun_without_a_forgotten_recipient(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    targets = (person(ADDRESS), person(1))
    draft = Draft(ID, "remind", "Water the beds", targets=targets, schedule=sharewise.daily())
    begins = BeginSeries(draft, ADA, SLACK, {"channel": "UADVISOR"}, "Europe/London")
    job = Job(f"series:{ID}", begins, sharewise.now() + timedelta(minutes=5), "begins again")
    await sharewise.service.schedule.add(job)
    await sharewise.say(BRYN, "is weedkiller allowed")
    await forgotten(sharewise)
    await sharewise.forward(minutes=6)
    assert [target.id for target in (await sharewise.series()).draft.targets] == [OFFICER]


# --- Asked first ------------------------------------------------------------------------------------------


async def test_only_the_confirmation_erases_and_only_in_time(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    async def kept() -> bool:
        return bool(await sharewise.service.connection.call("EXISTS", Keys(SLACK).key("profile", BRYN)))

    await sharewise.say(BRYN, "is weedkiller allowed")
    await sharewise.say(BRYN, "forget me", channel="C1")
    asked = await platform.shows(ADDRESS, "What stays", "within 10 minutes", "1 profile")
    assert [choice.says for choice in choices(asked)] == [CONFIRMED]
    for other in ("yes", "yes forgot me", "please forget me yes", "ok"):
        await sharewise.say(BRYN, other)
        assert await kept(), other
    await sharewise.say(OFFICER, CONFIRMED)
    assert await kept()
    await sharewise.forward(minutes=11)
    await sharewise.say(BRYN, CONFIRMED)
    assert await kept()
    await sharewise.press(BRYN, asked, "Yes, forget me", channel="C1")
    await platform.shows(ADDRESS, "Done. I erased")
    assert not await kept()


async def test_it_reaches_what_was_kept_before_the_clock_was_moved(
    sharewise: Sharewise, redis_url: str
) -> None:
    await sharewise.begin(person(ADDRESS), *people(2))
    await sharewise.forward(hours=1.2)
    await sharewise.say(BRYN, "is weedkiller allowed", channel="C7")
    await sharewise.steer("pause")
    await sharewise.forward(days=20)
    await sharewise.say(BRYN, "my data")
    await sharewise.say(BRYN, "is weedkiller allowed")
    await forgotten(sharewise)
    assert await mentions(redis_url, ADDRESS) == []


async def test_a_look_up_that_comes_late_revives_nobody(sharewise: Sharewise, redis_url: str) -> None:
    asked = sharewise.now().timestamp()
    await sharewise.say(BRYN, "is weedkiller allowed")
    await forgotten(sharewise)
    await sharewise.service.people._look_up(SLACK, BRYN, {"channel": ADDRESS}, asked)
    assert await mentions(redis_url, ADDRESS) == []
    await sharewise.say(BRYN, "is weedkiller allowed")
    await sharewise.service.people._look_up(SLACK, BRYN, {"channel": ADDRESS}, sharewise.now().timestamp())
    known = await sharewise.service.people.known(SLACK, BRYN)
    assert known is not None, "who comes back is met anew"


async def test_a_turn_that_raced_with_it_is_decided_again(sharewise: Sharewise) -> None:
    memory, inbound = sharewise.service.memory, at(Utterance("is weedkiller allowed"), BRYN)
    before = await memory.load(inbound)
    await sharewise.say(BRYN, "is weedkiller allowed")
    await forgotten(sharewise)
    after = await memory.load(inbound)
    assert before.forgotten != after.forgotten
    write = memory.write("turn", inbound, before, Decision(State()), sharewise.now())
    assert (await memory.commits.commit(SLACK, write)).outcome == "conflict"
