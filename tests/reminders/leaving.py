"""Somebody who has done all that a person can do, and asks to be forgotten."""

from __future__ import annotations

import msgspec

from bot.platforms.ports import Unavailable
from dialogs.core.events import Mention, Utterance
from dialogs.core.forms import SelectField
from dialogs.core.jobs import Job
from dialogs.core.mentions import kept
from dialogs.core.plain import choices
from dialogs.core.reminder_events import AdvisorEvent, BeginSeries, KeepDigest, KeepList
from dialogs.core.reminder_model import Draft
from dialogs.core.session_model import Actor
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import at
from tests.reminders.series import ID, OFFICER, SLACK, Sharewise, channel, people, person

BRYN, ADDRESS = "slack:T1/UBRYNMORGAN", "UBRYNMORGAN"
"""Whose id has their name and address in it."""
CERI = "slack:T2/UCERI"
"""An advisor of another council, who writes in Bryn's workspace."""
WORD = "zanzibar"
"""Stands in all that Bryn types, and in nothing else."""
OWNED, PULSE, WAITING, PLACE = "DDDDDDDDDDDD", "FFFFFFFFFFFF", "GGGGGGGGGGGG", "HHHHHHHHHHHH"
MENTIONING = "KKKKKKKKKKKK"
TRACED = (
    *("conversation", "thread", "unanswered", "feedback", "receipt", "work", "missed", "profile"),
    "traces",
)
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
    await sharewise.reminders.failures.keep(failed_job, "RuntimeError", "never begun")
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


async def play_everything(sharewise: Sharewise, platform: FakePlatform) -> None:
    """All of it: whatever a person can leave behind."""
    for play in (play_asking, play_mentioned, play_receiving, play_advising, play_alone, play_together):
        await play(sharewise, platform)
