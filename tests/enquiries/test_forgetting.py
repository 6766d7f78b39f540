"""Whoever is forgotten is gone from all that enquiries keep, whichever part they had in them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.platforms.ports import Unavailable
from bot.storage.records import pack
from dialogs.core.jobs import Job
from dialogs.core.plain import choices
from dialogs.core.replies import Reply
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import TAUGHT_PARTITION, Teach, TeachingDraft
from dialogs.enquiries.teaching import kept
from tests.enquiries.test_loop import CHANNEL
from tests.enquiries.test_teaching import LESSON, known
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import Sharewise
from tests.harness.waiting import until
from tests.reading_keys import mentions

BRYN, ADDRESS = "slack:T1/UBRYNMORGAN", "UBRYNMORGAN"
OFFICER = "teams:t1/olu"
WORD = "zanzibar"
"""Stands in all that Bryn types, and in nothing else."""
ADA = Actor(ADVISOR, "Ada", True)


def button(card: Reply, label: str) -> str:
    """What a button of ``card`` says."""
    return next(choice.says for choice in choices(card) if choice.label == label)


async def asks(sharewise: Sharewise, platform: FakePlatform, who: str, question: str) -> None:
    """Somebody puts a question to the advisors."""
    await sharewise.say(who, f"ask an advisor: {question}")
    await sharewise.press(who, await platform.tells(who, "This is what I'd send to", question), "Send it")


async def is_forgotten(sharewise: Sharewise, platform: FakePlatform) -> None:
    """Bryn asks for it, and confirms."""
    for words in ("forget me", "yes, forget me"):
        await sharewise.say(BRYN, words, thread="forget")
    await platform.tells(BRYN, "Done. I erased")


@pytest.mark.parametrize("channel", ["", f"slack:T1/{CHANNEL}"], ids=["in their chats", "in a channel"])
async def test_an_advisor_in_the_middle_of_teaching(
    launch: Launch, platform: FakePlatform, redis_url: str, channel: str
) -> None:
    platform.advisors.add(BRYN)
    sharewise: Sharewise = await launch(advisors_channel=channel)
    for advisor in (BRYN, ADVISOR):
        await sharewise.say(advisor, "help")
    await sharewise.settled()
    await asks(sharewise, platform, OFFICER, "which sprayer is the loudest")
    where = {"channel": CHANNEL} if channel else {}
    card = await platform.shows(where.get("channel", ADDRESS), "A question for the advisors", "loudest")
    await sharewise.press(BRYN, card, "Take it", **where)
    lesson = {**LESSON, "answer": f"The one of {WORD}.", "title": WORD.title(), "questions": f"in {WORD}"}
    await sharewise.submit(BRYN, button(card, "Answer and teach"), lesson, **where)
    await platform.tells(BRYN, "from this question")
    await is_forgotten(sharewise, platform)
    await sharewise.settled()
    assert await mentions(redis_url, ADDRESS, WORD) == []
    await sharewise.submit(ADVISOR, button(card, "Answer"), {"text": "The big one."}, **where)
    await platform.tells(OFFICER, "The big one.")


async def test_a_question_that_has_not_reached_the_advisors_never_does(
    launch: Launch, platform: FakePlatform, redis_url: str
) -> None:
    sharewise: Sharewise = await launch(advisors_channel=f"slack:T1/{CHANNEL}")
    platform.refuses[CHANNEL] = Unavailable("503", 600.0)
    await asks(sharewise, platform, BRYN, f"which weedkiller is strongest in {WORD}")
    await platform.tells(BRYN, "Your question is with")
    await is_forgotten(sharewise, platform)

    async def gone() -> bool:
        return not await mentions(redis_url, ADDRESS, WORD)

    await until(gone, "nothing of it is kept")


async def test_a_question_from_which_a_lesson_was_taught(
    launch: Launch, platform: FakePlatform, redis_url: str
) -> None:
    """The advisors' answer stays, under their own title; what comes late is taught without the question."""
    sharewise: Sharewise = await launch(advisors_channel=f"slack:T1/{CHANNEL}")
    question = f"which weedkiller is strongest in {WORD}"
    await asks(sharewise, platform, BRYN, question)
    card = await platform.shows(CHANNEL, "A question for the advisors", WORD)
    lesson = {**LESSON, "questions": f"Which weedkiller is strongest, in {WORD.upper()}?"}
    await sharewise.submit(ADVISOR, button(card, "Answer and teach"), lesson, channel=CHANNEL)
    await sharewise.press(ADVISOR, await platform.tells(ADVISOR, "from this question"), "Send and teach")
    await platform.tells(BRYN, LESSON["answer"])
    await known(sharewise)
    await sharewise.say(BRYN, "my data")
    await platform.tells(BRYN, "a question of yours was made into a lesson, without your name → Weedkiller")
    assert "sw:{taught}:taught:all" not in dict(await mentions(redis_url, ADDRESS)), "only a hash tells whose"

    teaching = sharewise.service.enquiries.teaching
    draft = TeachingDraft("late", "By hand.", (question, "by hand?"), ADA, {}, "Hands", "", BRYN)
    under_way = await teaching.store.load("late", BRYN)
    await sharewise.service.reminders.failures.keep(
        pack(Job(TAUGHT_PARTITION, Teach(draft, ADA))), "RuntimeError", "late"
    )
    await is_forgotten(sharewise, platform)
    await sharewise.settled()
    assert await mentions(redis_url, ADDRESS, WORD) == []
    [taught] = (await teaching.store.load()).teachings.lessons
    assert (taught.questions, taught.answer) == (("Weedkiller",), LESSON["answer"])

    write = teaching.store.write(kept(under_way.teachings, Teach(draft, ADA), sharewise.now())[0], under_way)
    assert (await sharewise.memory.commits.commit(TAUGHT_PARTITION, write)).outcome == "conflict"
    [failed] = await sharewise.service.reminders.failed_jobs.all()
    await sharewise.press_saying(ADVISOR, f"reminder retry {failed.id}")
    await teaching.hand(Teach(replace(draft, id="later"), ADA), "later")
    teachings = (await teaching.store.load()).teachings
    assert [(each.questions, each.asked) for each in teachings.lessons] == [
        (("Weedkiller",), None), (("by hand?",), None), (("by hand?",), None),
    ]  # fmt: skip
    assert [case.question for case in teachings.cases] == ["Weedkiller", "by hand?", "by hand?"]
    assert await mentions(redis_url, ADDRESS, WORD) == []


async def test_who_belongs_to_another_workspace_than_they_write_in(
    launch: Launch, platform: FakePlatform, redis_url: str
) -> None:
    """As in Slack Connect: what the advisors' side sends them can be typed, and goes with all else."""
    sharewise: Sharewise = await launch(advisors_channel=f"slack:T1/{CHANNEL}")
    guest, here = "slack:T2/UBRYNMORGAN", {"tenant": "slack:T1", "thread": "chat"}
    await sharewise.say(guest, f"ask an advisor: who feeds the {WORD}", **here)
    await sharewise.press(guest, await platform.tells(guest, "This is what I'd send to"), "Send it", **here)
    await platform.tells(guest, "Your question is with")
    await sharewise.settled()
    await sharewise.say(guest, f"add to it: the {WORD} bites", **here)
    await platform.shows(CHANNEL, f"Added: the {WORD} bites")
    for words in ("forget me", "yes, forget me"):
        await sharewise.say(guest, words, **here)
    await platform.tells(guest, "Done. I erased")
    await sharewise.settled()
    assert await mentions(redis_url, ADDRESS, WORD) == []
