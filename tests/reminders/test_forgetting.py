"""Whoever asks to be forgotten is: every dialog is played, and nothing of them is left on the server."""

from __future__ import annotations

import msgspec

from bot.app.handlers.advisor_settings import audit_list
from bot.platforms.ports import Unavailable
from bot.storage.keys import Keys, kind_of
from dialogs.core.forms import SelectField
from dialogs.core.model import Decision, Mention, State, Utterance
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_events import AdvisorEvent, BeginSeries, KeepDigest, KeepList
from dialogs.core.reminder_model import Draft
from dialogs.core.session_model import Actor
from tests.reading_keys import mentions
from tests.reminders.conftest import Launch
from tests.reminders.rig import ADVISOR, ID, OFFICER, SLACK, Platform, Sharewise, at, channel, people, person

BRYN, ADDRESS = "slack:T1/UBRYNMORGAN", "UBRYNMORGAN"
"""Whose id has their name and address in it."""
WORD = "zanzibar"
"""Stands in all that Bryn types, and in nothing else."""
OWNED, PULSE, WAITING, PLACE = "DDDDDDDDDDDD", "FFFFFFFFFFFF", "GGGGGGGGGGGG", "HHHHHHHHHHHH"
TRACED = ("conversation", "unanswered", "feedback", "receipt", "work", "missed", "profile", "traces")
SHARED = (
    *("here", "session", "people", "votes", "took", "series", "audience", "ledger", "answers", "mutes"),
    *("board", "audit", "outbox", "schedule"),
)
"""Kinds of key in which the played person is found before."""
ADA = Actor(ADVISOR, "Ada", True)
CONFIRMED = "yes, forget me"


async def forgotten(sharewise: Sharewise, who: str = BRYN, **where: str) -> None:
    """``who`` asks to be forgotten, and confirms it."""
    await sharewise.say(who, "forget me", **where)
    await sharewise.say(who, CONFIRMED, **where)
    await sharewise.settled()


async def begin_owned(sharewise: Sharewise, id: str = OWNED) -> None:
    """A reminder that Bryn looks after, to somebody else and to themselves."""
    draft = Draft(
        id, "remind", "Water the beds", targets=(person(1), person(ADDRESS)), schedule=sharewise.daily()
    )
    by, to = Actor(BRYN, "Ubrynmorgan", True), {"channel": ADDRESS}
    await sharewise.reminders.hand(
        f"series:{id}", BeginSeries(draft, by, SLACK, to, "Europe/London"), f"{id} begin"
    )
    await sharewise.settled()


# --- Everything that a person can do ------------------------------------------------------------------------


async def play_alone(sharewise: Sharewise, platform: Platform) -> None:
    """Questions, feedback, a quiz and a check for oneself."""
    await sharewise.say(BRYN, f"how do we keep bees in {WORD} with the neighbours")
    await sharewise.say(BRYN, f"is {WORD} weedkiller allowed", channel="C9")
    await sharewise.say(BRYN, f"what kinds of bed are there in {WORD}")
    await platform.shows(ADDRESS, "bed")
    answer = next(reversed(platform.messages[ADDRESS]))
    await sharewise.press_saying(BRYN, "helpful", about=f"{ADDRESS}:{answer}")
    await sharewise.say(BRYN, "quiz flat bed")
    card = await platform.shows(ADDRESS, "question 1")
    await sharewise.press_saying(BRYN, next(one.says for one in choices(card)))
    await sharewise.say(BRYN, "readiness")
    card = await platform.shows(ADDRESS, "1 of 8")
    await sharewise.press_saying(BRYN, next(one.says for one in choices(card)))


async def play_together(sharewise: Sharewise, platform: Platform) -> None:
    """A live quiz that Bryn hosts and answers, and half a form of a joint check."""
    await sharewise.say(BRYN, "quiz here", channel="C1")
    card = await platform.shows("C1", "Nobody has answered yet")
    for who in (BRYN, OFFICER):
        await sharewise.press_saying(who, choices(card)[0].says, channel="C1")
    await sharewise.say(ADVISOR, "readiness here", channel="C2")
    card = await platform.shows("C2", "Nobody has begun yet")
    part = next(one for one in choices(card) if one.says.startswith("readiness part"))
    form = (await sharewise.press_saying(BRYN, part.says, channel="C2")).form
    assert form is not None
    values = {field.id: "4" for field in form.fields if isinstance(field, SelectField)}
    await sharewise.submit(BRYN, form.says, values, channel="C2")


async def play_receiving(sharewise: Sharewise, platform: Platform) -> None:
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


async def play_advising(sharewise: Sharewise, platform: Platform) -> None:
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


async def test_nothing_of_a_forgotten_person_is_left(
    sharewise: Sharewise, platform: Platform, redis_url: str
) -> None:
    for play in (play_receiving, play_advising, play_alone, play_together):
        await play(sharewise, platform)
    there = {kind_of(key) for key, _ in await mentions(redis_url, ADDRESS, WORD)}
    assert there >= {*TRACED, *SHARED}
    await forgotten(sharewise)
    left = await mentions(redis_url, ADDRESS, WORD)
    assert not left, left
    lines = await audit_list(sharewise.service.connection)
    assert {line.name for line in lines} == {"Ada", "a former advisor"}


async def test_what_my_data_tells_is_what_there_is(sharewise: Sharewise, platform: Platform) -> None:
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


# --- Asked first ------------------------------------------------------------------------------------------


async def test_only_the_confirmation_erases_and_only_in_time(
    sharewise: Sharewise, platform: Platform
) -> None:
    async def kept() -> bool:
        return bool(await sharewise.service.connection.call("EXISTS", Keys(SLACK).key("profile", BRYN)))

    await sharewise.say(BRYN, "is weedkiller allowed")
    await sharewise.say(BRYN, "forget me", channel="C1")
    asked = await platform.shows(ADDRESS, "What stays", "within 10 minutes", "1 profile")
    assert [one.says for one in choices(asked)] == [CONFIRMED]
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
    sharewise: Sharewise, platform: Platform
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
    sharewise: Sharewise, platform: Platform
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


async def test_a_series_is_handed_over_to_an_advisor_alone(sharewise: Sharewise, platform: Platform) -> None:
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


async def test_ids_in_the_settings_are_not_copied(launch: Launch, platform: Platform, redis_url: str) -> None:
    platform.advisors.add(BRYN)
    await launch()
    assert await mentions(redis_url, ADDRESS) == []
