"""From what people ask on both platforms to what advisors see, and to a lesson that answers it."""

from __future__ import annotations

import asyncio

from bot.storage.insights import StoredInsights
from dialogs.core.forms import SelectField, TextEntry
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Chart, Reply
from dialogs.insights.clusters import cluster_id
from tests.enquiries.test_loop import COLLEAGUE, OFFICER, OTHER_ADVISOR
from tests.enquiries.test_teaching import known
from tests.harness.details import in_full
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import Sharewise

THIRD = "slack:T1/UTHIRD"
WEEDKILLER = ("which weedkiller is strongest", "the strongest weedkiller for weeds", "may I use weedkiller")


def charts(card: Reply) -> list[Chart]:
    """The pictures on a card, and behind its buttons."""
    return [block for block in in_full(card).blocks if isinstance(block, Chart)]


async def asks(sharewise: Sharewise, who: str, *questions: str) -> None:
    for question in questions:
        await sharewise.say(who, question)


async def test_what_people_ask_is_seen_by_advisors_and_taught(
    advised: Sharewise, platform: FakePlatform
) -> None:
    for who, question in zip((OFFICER, COLLEAGUE, THIRD), WEEDKILLER, strict=True):
        await asks(advised, who, question, "how do I make compost")
    refused = await advised.say(COLLEAGUE, "insights")
    await platform.tells(COLLEAGUE, "Only advisors")
    assert refused.outcome == "done"

    await advised.say(ADVISOR, "insights")
    early = await platform.tells(ADVISOR, "What people ask", "No week of questions to show yet")
    assert not charts(early), "a week that goes on isn't shown: it grows by one question at a time"
    await advised.forward(days=7)
    await advised.say(ADVISOR, "what are people asking")
    card = await platform.tells(ADVISOR, "6 questions in one week", "50% answered", "Weedkiller")
    (chart,) = charts(card)
    assert {series.name: series.values for series in chart.series} == {
        "Answered": (3.0,), "Offered a choice": (0.0,), "Declined": (3.0,),
    }  # fmt: skip
    said = plain(card)
    assert "asked 3 times" in said
    assert not any(name in said for name in ("Olu", "Ubob", "Uthird", "UBOB"))

    forged = await advised.press(COLLEAGUE, card, "Teach")
    assert "advisors" in forged.note
    form = (await advised.press(ADVISOR, card, "Teach")).form
    assert form is not None
    filled = {field.id: field.value for field in form.fields if isinstance(field, TextEntry | SelectField)}
    assert filled["title"].endswith("eedkiller")
    assert len(filled["questions"].splitlines()) == 2
    empty = await advised.submit(ADVISOR, form.says, filled)
    assert "answer" in empty.errors
    answer = "None: pull weeds by hand."
    await advised.submit(ADVISOR, form.says, {**filled, "title": "Weedkiller", "answer": answer})
    tried = await platform.tells(ADVISOR, "Weedkiller", "would be taught", answer)
    assert "Taught" in (await advised.press(ADVISOR, tried, "Teach it")).note
    await known(advised)
    await advised.say(THIRD, WEEDKILLER[1])
    await platform.tells(THIRD, answer)
    await advised.press_saying(ADVISOR, "insights unanswered")
    await platform.tells(ADVISOR, "Nothing that people have asked me waits for a lesson")
    stale = await advised.press(OTHER_ADVISOR, card, "Teach")
    assert "answered by now" in stale.note

    await advised.say(THIRD, "forget me", thread="f")
    await advised.say(THIRD, "yes, forget me", thread="f")
    store = advised.service.knowledge_keeper.store
    async with asyncio.timeout(20):
        while WEEDKILLER[2] in (await store.load()).teachings.lessons[0].questions:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    (lesson,) = (await store.load()).teachings.lessons
    assert set(lesson.questions) == set(WEEDKILLER[:2]), "what others asked stays"


async def test_a_question_that_names_its_own_lesson_is_said_once(
    advised: Sharewise, platform: FakePlatform
) -> None:
    for who in (OFFICER, COLLEAGUE, THIRD):
        await asks(advised, who, WEEDKILLER[0])
    await advised.say(ADVISOR, "insights")
    card = await platform.tells(ADVISOR, "What people ask", "asked 3 times")
    assert plain(card).lower().count(WEEDKILLER[0]) == 1


async def test_the_words_of_a_question_show_once_three_people_have_asked_about_it(
    advised: Sharewise, platform: FakePlatform
) -> None:
    """However often one or two ask: what they typed may tell who they are."""
    await asks(advised, OFFICER, *WEEDKILLER)
    await asks(advised, COLLEAGUE, WEEDKILLER[0], "who may keep bees on a roof")
    for says in ("insights", "insights unanswered"):
        await advised.press_saying(ADVISOR, says)
        card = await platform.tells(ADVISOR, "Not shown: 2 topics", "fewer than three people")
        assert not any(word in plain(card) for word in ("weed", "bees", "Teach"))
    forged = await advised.press_saying(ADVISOR, f"teaching from {cluster_id(WEEDKILLER[0])}")
    assert "answered by now" in forged.note
    await asks(advised, THIRD, WEEDKILLER[1])
    await advised.press_saying(ADVISOR, "insights unanswered")
    shown = await platform.tells(ADVISOR, "asked 5 times", "Not shown: one topic")
    assert "bees" not in plain(shown)


async def test_what_helps_and_what_is_missed_shows_for_three_people_or_more(
    advised: Sharewise, platform: FakePlatform
) -> None:
    people = (OFFICER, COLLEAGUE, THIRD)
    for number, who in enumerate(people):
        await advised.say(who, "how do I make compost", thread="t")
        await advised.say(who, "helpful" if number else "not helpful", thread="t")
        if number == 1:
            await advised.say(ADVISOR, "insights lessons")
            await platform.tells(ADVISOR, "Nothing to show yet: a lesson shows once three people")
    await advised.say(ADVISOR, "insights lessons")
    card = await platform.tells(ADVISOR, "was found helpful by 67% of 3 people")
    assert charts(card)[0].series[0].values == (67.0,)
    for who in people:
        await answers_one(advised, platform, who)
    stored = await StoredInsights(advised.connection).look()
    tries = (await stored.gathered(advised.now())).tries
    assert sum(len(by) for by in tries.values()) == 3
    await advised.say(ADVISOR, "insights quiz")
    await platform.tells(ADVISOR, "Quiz questions most missed")
    await advised.say(ADVISOR, "insights trends")
    await platform.tells(ADVISOR, "No joint check or pulse has a result to show yet")


async def test_whoever_is_forgotten_is_among_none_of_them(advised: Sharewise, platform: FakePlatform) -> None:
    await asks(advised, COLLEAGUE, "how do I make compost", "helpful", WEEDKILLER[0])
    await answers_one(advised, platform, COLLEAGUE)
    member = await advised.memory.member(COLLEAGUE)
    assert await _holding(advised, member)
    await advised.say(COLLEAGUE, "forget me", thread="f")
    await advised.say(COLLEAGUE, "yes, forget me", thread="f")
    async with asyncio.timeout(20):
        while await _holding(advised, member):  # noqa: ASYNC110 (a poll)
            await asyncio.sleep(0.05)


async def answers_one(sharewise: Sharewise, platform: FakePlatform, who: str) -> None:
    """Somebody answers the first question of a quiz of their own."""
    await sharewise.say(who, "quiz")
    question = await platform.tells(who, "1 of")
    says = next(choice.says for choice in choices(question) if choice.says.startswith("quiz answer"))
    await sharewise.press_saying(who, f"{' '.join(says.split()[:4])} a")


async def _holding(sharewise: Sharewise, member: bytes) -> list[str]:
    """The keys that hold somebody's keyed hash, but for the record of what was told."""
    found = []
    async for name in sharewise.connection.scan("sw:{*"):
        kind = await sharewise.connection.call("TYPE", name)
        read = {b"set": ("SMEMBERS",), b"hash": ("HGETALL",), b"string": ("GET",)}.get(kind)
        if read and "disclosed" not in name:
            value = await sharewise.connection.call(*read, name) or b""  # it may have run out since
            if member in (value if isinstance(value, bytes) else b"".join(map(bytes, value))):
                found.append(name)
    return found
