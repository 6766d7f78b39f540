"""Whoever asks to be forgotten is: every dialog is played, and nothing of them is left on the server."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from bot.app.handlers.advisor_settings import audit_list
from bot.platforms.ports import Unavailable, Undeliverable
from bot.storage.keys import Keys, kind_of
from dialogs.core.forms import SelectField
from dialogs.core.jobs import Job
from dialogs.core.mentions import kept
from dialogs.core.model import Decision, Mention, State, Utterance
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_events import AdvisorEvent, BeginSeries, KeepAdvisor, KeepDigest, KeepList
from dialogs.core.reminder_model import Draft, Target
from dialogs.core.session_model import Actor
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import at
from tests.harness.waiting import until
from tests.reading_keys import mentions
from tests.reminders.series import ID, OFFICER, SLACK, TEAMS, Sharewise, channel, people, person
from tests.reminders.test_never_lost import forget_schedule

BRYN, ADDRESS = "slack:T1/UBRYNMORGAN", "UBRYNMORGAN"
"""Whose id has their name and address in it."""
CERI = "slack:T2/UCERI"
"""An advisor of another council, who writes in Bryn's workspace."""
WORD = "zanzibar"
"""Stands in all that Bryn types, and in nothing else."""
OWNED, PULSE, WAITING, PLACE = "DDDDDDDDDDDD", "FFFFFFFFFFFF", "GGGGGGGGGGGG", "HHHHHHHHHHHH"
MENTIONING = "KKKKKKKKKKKK"
TRACED = ("conversation", "unanswered", "feedback", "receipt", "work", "missed", "profile", "traces")
SHARED = (
    *("here", "session", "people", "votes", "took", "series", "audience", "ledger", "answers", "mutes"),
    *("board", "audit", "outbox", "schedule", "promised", "failed", "waiting", "enquiry", "taught"),
)
"""Kinds of key in which the played person is found before."""
ADA = Actor(ADVISOR, "Ada", True)
CONFIRMED = "yes, forget me"


async def forgotten(sharewise: Sharewise, who: str = BRYN, **where: str) -> None:
    """``who`` asks to be forgotten, and confirms it."""
    await sharewise.say(who, "forget me", **where)
    await sharewise.say(who, CONFIRMED, **where)
    await sharewise.settled()


async def begin_owned(sharewise: Sharewise, id: str = OWNED, what: str = "Water the beds") -> None:
    """A reminder that Bryn looks after, to somebody else and to themselves."""
    draft = Draft(id, "remind", what, targets=(person(1), person(ADDRESS)), schedule=sharewise.daily())
    by, to = Actor(BRYN, "Ubrynmorgan", True), {"channel": ADDRESS}
    await sharewise.reminders.hand(
        f"series:{id}", BeginSeries(draft, by, SLACK, to, "Europe/London"), f"{id} begin"
    )
    await sharewise.settled()


# --- Everything that a person can do ------------------------------------------------------------------------


async def play_alone(sharewise: Sharewise, platform: FakePlatform) -> None:
    """Questions, feedback, a quiz and a check for oneself."""
    await sharewise.say(BRYN, f"how do we keep bees in {WORD} with the neighbours")
    await sharewise.say(BRYN, f"is {WORD} weedkiller allowed", channel="C9")
    await sharewise.say(BRYN, f"what kinds of bed are there in {WORD}")
    await platform.shows(ADDRESS, "bed")
    answer = next(reversed(platform.shown[ADDRESS]))
    await sharewise.press_saying(BRYN, "helpful", about=f"{ADDRESS}:{answer}")
    await sharewise.say(BRYN, "quiz flat bed")
    card = await platform.shows(ADDRESS, "question 1")
    await sharewise.press_saying(BRYN, next(choice.says for choice in choices(card)))
    await sharewise.say(BRYN, "readiness")
    card = await platform.shows(ADDRESS, "1 of 8")
    await sharewise.press_saying(BRYN, next(choice.says for choice in choices(card)))


async def play_together(sharewise: Sharewise, platform: FakePlatform) -> None:
    """A live quiz that Bryn hosts and answers; half a form of a joint check, and one of a closed one."""
    await sharewise.say(BRYN, "quiz here", channel="C1")
    card = await platform.shows("C1", "Nobody has answered yet")
    for who in (BRYN, OFFICER):
        await sharewise.press_saying(who, choices(card)[0].says, channel="C1")
    for place in ("C2", "C4"):
        await sharewise.say(ADVISOR, "readiness here", channel=place)
        card = await platform.shows(place, "Nobody has begun yet")
        part = next(choice for choice in choices(card) if choice.says.startswith("readiness part"))
        form = (await sharewise.press_saying(BRYN, part.says, channel=place)).form
        assert form is not None
        values = {field.id: "4" for field in form.fields if isinstance(field, SelectField)}
        await sharewise.submit(BRYN, form.says, values, channel=place)
    await sharewise.press(ADVISOR, card, "Close and show", channel="C4")


async def play_receiving(sharewise: Sharewise, platform: FakePlatform) -> None:
    """Reminders and pulses that come: answered, put off, done for a channel, stopped, on the way."""
    await sharewise.begin(person(ADDRESS), person(1), id=PULSE, kind="pulse", what="Well?", anonymous=False)
    await sharewise.begin(person(ADDRESS), *people(2))
    await sharewise.begin(channel("C3"), person(ADDRESS), id=PLACE)
    await sharewise.forward(hours=1.2)
    await sharewise.press_saying(BRYN, f"pulse answer {PULSE} {await sharewise.key(id=PULSE)} 4")
    await sharewise.submit(BRYN, f"pulse comment {PULSE} {await sharewise.key(id=PULSE)}", {"comment": WORD})
    await sharewise.press_saying(BRYN, f"reminder snooze {ID} {await sharewise.key()} week")
    await sharewise.press_saying(BRYN, f"reminder done {PLACE} {await sharewise.key(id=PLACE)}", channel="C3")
    await sharewise.press_saying(BRYN, f"reminder stop {PLACE}")
    await sharewise.press_saying(BRYN, "reminder stop all")
    await sharewise.press_saying(BRYN, "reminder start again all")
    platform.refuses[ADDRESS] = Unavailable("503", 600.0)
    await sharewise.begin(person(ADDRESS), id=WAITING)
    await sharewise.forward(hours=1.2)
    assert (await sharewise.states(id=WAITING))[BRYN] == "scheduled"
    del platform.refuses[ADDRESS]


async def play_mentioned(sharewise: Sharewise, platform: FakePlatform) -> None:
    """Others' reminders and drafts that mention Bryn: sent, waiting to be answered, on the way, failed."""
    named = (Mention("@mention1", "person", BRYN, "Ubrynmorgan"),)
    what = kept("Call @mention1 about it", named)
    await sharewise.begin(*people(2), id=MENTIONING, what=what)
    await sharewise.forward(hours=1.2)
    await sharewise.press_saying(
        OFFICER, f"reminder snooze {MENTIONING} {await sharewise.key(id=MENTIONING)} week"
    )
    platform.refuses["U2"] = Unavailable("503", 600.0)
    await sharewise.press_saying(ADVISOR, f"reminder nudge {MENTIONING} {await sharewise.key(id=MENTIONING)}")
    draft = Draft("JJJJJJJJJJJJ", "remind", what, targets=(person(1),), schedule=sharewise.daily())
    begins = BeginSeries(draft, ADA, SLACK, {"channel": "UADVISOR"}, "Europe/London")
    failed_job = msgspec.msgpack.encode(Job("series:JJJJJJJJJJJJ", begins, key="never begun"))
    await sharewise.reminders.failures.keep(failed_job, "RuntimeError")
    words = "remind me to call @mention1 every Friday at 10"
    drafted = at(Utterance(words.replace("@mention1", "someone"), exact=words, named=named), "slack:T1/U7")
    platform.advisors.add("slack:T1/U7")
    await sharewise.service.turn.run(drafted)
    await sharewise.settled()


async def play_advising(sharewise: Sharewise, platform: FakePlatform) -> None:
    """As an advisor: a list, a draft, a series, the digest, steering, sending again; and others' drafts."""
    platform.advisors.add(BRYN)
    bryn = Actor(BRYN, "Ubrynmorgan", True)
    both = (person(ADDRESS), person(1))
    wanted = KeepDigest(bryn, True, SLACK, {"channel": ADDRESS}, "Europe/London")
    events: tuple[AdvisorEvent, ...] = (KeepList("Steering", both, bryn), wanted)
    for number, event in enumerate(events):
        await sharewise.reminders.hand("board", event, f"bryn {number}")
    await begin_owned(sharewise)
    await sharewise.press_saying(BRYN, f"reminder skip {OWNED}")
    await sharewise.press_saying(BRYN, f"reminder again {PULSE} {await sharewise.key(id=PULSE)}")
    await sharewise.say(BRYN, f"remind me to ask {WORD} every Monday at 9")
    words = "remind @mention1 to call home every Tuesday at 10"
    named = (Mention("@mention1", "person", BRYN, "Ubrynmorgan"),)
    drafted = at(Utterance(words.replace("@mention1", "someone"), exact=words, named=named), ADVISOR)
    await sharewise.service.turn.run(drafted)
    await sharewise.settled()


async def play_asking(sharewise: Sharewise, platform: FakePlatform) -> None:
    """Two questions to the advisors, from which they teach: a lesson, and a further example of one."""
    await sharewise.say(ADVISOR, "help")
    for lesson, answer in (("own", "The parish."), ("compost", "It rots.")):
        await sharewise.say(BRYN, f"ask an advisor: who has {answer} in {WORD}?")
        await sharewise.press(BRYN, await platform.tells(BRYN, "This is what I'd send to", answer), "Send it")
        card = await platform.shows("UADVISOR", "A question for the advisors", answer)
        page = next(choice.says for choice in choices(card) if choice.label == "Answer and teach")
        values = {"answer": answer, "title": "Ponds" if lesson == "own" else "", "of": lesson}
        await sharewise.submit(ADVISOR, page, values)
        await sharewise.press(ADVISOR, await platform.shows("UADVISOR", "Asked as", answer), "Send and teach")
        await platform.tells(BRYN, answer)


async def test_nothing_of_a_forgotten_person_is_left(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    for play in (play_asking, play_mentioned, play_receiving, play_advising, play_alone, play_together):
        await play(sharewise, platform)
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
    assert "List that you are on: " in said
    assert "advisor" not in said


async def test_the_offer_says_that_the_other_platform_is_asked_there(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.say(OFFICER, "is weedkiller allowed")
    await sharewise.say(OFFICER, "forget me")
    await platform.shows("U1", "another platform", "type “forget me” there too")


async def test_what_my_data_tells_is_what_there_is(sharewise: Sharewise, platform: FakePlatform) -> None:
    await play_receiving(sharewise, platform)
    await play_advising(sharewise, platform)
    await sharewise.say(BRYN, "my data", channel="C1")
    said = plain(await platform.shows(ADDRESS, "This is all that I keep"))
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


# --- What advisors see of it ------------------------------------------------------------------------------


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
    await platform.shows("UADVISOR", "To whom?")
    await hand_over(BRYN, "Bryn")
    await platform.shows("UADVISOR", "to an advisor only")
    platform.advisors.add(BRYN)
    await hand_over(BRYN, "Bryn")
    await platform.shows(ADDRESS, "has handed", "Brief your members")
    assert (await sharewise.series()).owner.id == BRYN
    last = (await audit_list(sharewise.service.connection))[0]
    assert last.what == f"hand over remind {ID}"


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
    await sharewise.begin(person("UA1"), person("UA10"))
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
    await sharewise.forward(hours=26)
    assert len(platform.shown["UA10"]) >= before + 2, "what they put off, and what waited for them"
    assert (await sharewise.states(0))[long] == "returned"
    assert (await sharewise.series("LLLLLLLLLLLL")).draft.targets == (person("UA10"),)
