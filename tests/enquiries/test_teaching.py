"""An answer is learnt: tried out, taught, found by everybody at once, kept, changed, retired and restored."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from bot.app import knowledge_keeper
from bot.storage.keys import Keys
from bot.storage.migrations import SCHEMA
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Reply
from dialogs.core.teaching_model import TAUGHT_PARTITION
from dialogs.enquiries.teaching_cards import effects
from knowledge import Knowledge
from knowledge.authoring.teaching import effect
from knowledge.taught import Case, Taught, lessons_with
from tests.enquiries.test_loop import CHANNEL, COLLEAGUE, OFFICER, OTHER_ADVISOR, QUESTION, advised, ask
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import Sharewise
from tests.harness.small import SMALL

__all__ = ["advised"]

ANSWER = "None. The council banned *weedkiller* in 2024; pull it by hand."
LESSON = {
    "answer": ANSWER,
    "title": "Weedkiller",
    "questions": "may I spray weeds\n- is glyphosate allowed",
    "of": "own",
}


async def teach(sharewise: Sharewise, platform: FakePlatform, card: Reply, **changes: str) -> Reply:
    """An advisor fills in the page; what they are shown before anything is taught."""
    says = next(choice.says for choice in choices(card) if choice.label == "Answer and teach")
    result = await sharewise.submit(ADVISOR, says, {**LESSON, **changes}, channel=CHANNEL)
    assert not result.errors, result.errors
    return await platform.tells(
        ADVISOR, "from this question" if changes.get("of", "own") == "own" else "examples of"
    )


async def known(sharewise: Sharewise, lesson: str = "Weedkiller") -> Knowledge:
    """What a process knows, once it knows a lesson of that name."""
    async with asyncio.timeout(60):
        while True:
            knowledge = sharewise.service.knowledge_keeper.current
            if any(each.title == lesson for each in knowledge.lessons.values()):
                return knowledge
            await asyncio.sleep(0.05)


async def test_what_was_asked_in_teams_and_answered_in_slack_answers_by_itself(
    advised: Sharewise, platform: FakePlatform, launch: Launch
) -> None:
    other: Sharewise = await launch(advisors_channel=f"slack:T1/{CHANNEL}")
    card = await ask(advised, platform)
    tried = await teach(advised, platform, card)
    said = plain(tried)
    assert "It takes nothing from other lessons" in said
    assert CHANNEL in platform.shown
    assert "banned" not in "".join(platform.texts("olu")), "nothing goes before it is said"
    done = await advised.press(ADVISOR, tried, "Send and teach")
    assert "Sent and taught" in done.note
    await platform.tells(OFFICER, "Uadvisor, an advisor, answers", ANSWER)
    for process in (advised, other):
        await known(process)
    await other.say(COLLEAGUE, "which weedkiller is strongest?")
    answer = await platform.tells(COLLEAGUE, "Weedkiller", ANSWER, "An advisor, ", "our own, not the guide's")
    assert "deck says" not in plain(answer)
    fitted = [
        process.service.metrics.registry.get_sample_value("sharewise_fits_total")
        for process in (advised, other)
    ]
    assert sum(filter(None, fitted)) == 1, "one process fits, all adopt"

    third: Sharewise = await launch(advisors_channel=f"slack:T1/{CHANNEL}")
    assert "Weedkiller" in {
        lesson.title for lesson in third.service.knowledge_keeper.current.lessons.values()
    }
    for words in (
        "why?",
        "tell me more",
        "tl;dr",
        "any examples?",
        "why this answer",
        "lessons From our advisors",
    ):
        await third.say(COLLEAGUE, "is glyphosate allowed", thread=words)
        assert (await third.say(COLLEAGUE, words, thread=words)).outcome == "done"
    await third.say(ADVISOR, "audit")
    await platform.tells(
        ADVISOR, "What advisors did", "Uadvisor taught “Weedkiller”", f"answered the question “{QUESTION}”"
    )


async def test_what_teaching_would_do_is_shown_first(advised: Sharewise, platform: FakePlatform) -> None:
    card = await ask(advised, platform)
    tried = await teach(advised, platform, card)
    await advised.press(ADVISOR, tried, "Send and teach")
    await known(advised)
    await advised.say(OFFICER, "ask an advisor: may I spray weeds")
    await advised.press(OFFICER, await platform.tells(OFFICER, "may I spray weeds"), "Send it")
    second = await platform.shows(CHANNEL, "A question for the advisors", "may I spray weeds")
    tried = await teach(
        advised,
        platform,
        second,
        title="Spraying",
        questions="what goes into compost?\nwhich weedkiller is the strongest",
        answer="Yes, any.",
    )
    said = plain(await platform.tells(ADVISOR, "Spraying"))
    assert "Answered already by another lesson" in said
    assert "“what goes into compost?”, much like “when should i spread compost”: Compost → " in said
    assert "nothing from other lessons" not in said
    assert "advice-" not in said, "lessons are called by their names"
    assert "Too like" in said
    await advised.press(ADVISOR, await platform.tells(ADVISOR, "Spraying"), "Leave it")
    assert [
        lesson.title for lesson in (await advised.service.knowledge_keeper.store.load()).teachings.lessons
    ] == ["Weedkiller"]


def test_questions_that_would_not_find_their_lesson_are_named() -> None:
    taught = Taught("advice-weeds", "", "Weeds", "Pull them.", (QUESTION, "when should i spread compost"), "")
    without = SMALL  # a matcher that has learnt nothing from it
    said = "\n".join(plain(Reply((block,))) for block in effects(effect(SMALL, without, taught, ()), SMALL))
    assert f"Found in these very words alone; add more ways to ask it:\n- “{QUESTION}”" in said
    assert "“when should i spread compost”: Compost → Compost" in said


def test_what_is_taught_in_these_very_words_counts_as_found() -> None:
    weeds = Taught("advice-weeds", "", "Weeds", "Pull them.", (QUESTION,), "")
    with_weeds = Knowledge(
        SMALL.deck,
        lessons_with(SMALL.lessons, [weeds]),
        SMALL.vocabulary,
        SMALL.matcher,
        SMALL.quiz,
        SMALL.checks,
    )
    hoes = Taught("advice-hoes", "", "Hoes", "In the shed.", ("where are the hoes kept", QUESTION), "")
    tried = effect(with_weeds, with_weeds, hoes, [Case(QUESTION, "advice-weeds")])
    assert tried.broken == ()
    assert [(asked, now) for asked, now, _, _ in tried.answered] == [(QUESTION, "advice-weeds")]


async def test_what_was_taught_is_edited_retired_restored(advised: Sharewise, platform: FakePlatform) -> None:
    tried = await teach(advised, platform, await ask(advised, platform))
    await advised.press(ADVISOR, tried, "Send and teach")
    await known(advised)
    await advised.say(ADVISOR, "taught")
    listed = await platform.tells(ADVISOR, "Taught by the advisors", "Weedkiller", "review by")
    await advised.press(ADVISOR, listed, "Show 1")
    card = await platform.tells(ADVISOR, "is glyphosate allowed", "by Uadvisor")
    forged = await advised.press(COLLEAGUE, card, "Retire")
    assert "advisor" in forged.note.lower()
    form = (await advised.press(OTHER_ADVISOR, card, "Edit")).form
    assert form is not None
    late = {"title": "Weedkiller", "answer": "Call 01632 960 001 now", "questions": QUESTION}
    assert "telephone" in (await advised.submit(OTHER_ADVISOR, form.says, late)).errors["answer"]
    decks = {**late, "answer": "Still none.", "title": "compost"}
    assert "lesson of that name" in (await advised.submit(OTHER_ADVISOR, form.says, decks)).errors["title"]
    changed = {**late, "answer": "Still none.", "questions": f"{QUESTION}\nwhen should i spread compost"}
    assert "trying it out" in (await advised.submit(OTHER_ADVISOR, form.says, changed)).note
    tried = await platform.tells(OTHER_ADVISOR, "Weedkiller, as you have changed it", "Still none.")
    assert "Takes over" in plain(tried) or "Too like" in plain(tried)
    store = advised.service.knowledge_keeper.store
    assert (await store.load()).teachings.lessons[0].answer == ANSWER, "nothing changes before it is said"
    again = (await advised.press(OTHER_ADVISOR, tried, "Change it")).form
    assert again is not None
    await advised.submit(OTHER_ADVISOR, again.says, {**late, "answer": "Still none."})
    tried = await platform.tells(OTHER_ADVISOR, "as you have changed it", "It takes nothing")
    assert "Changed" in (await advised.press(OTHER_ADVISOR, tried, "Keep the change")).note
    stale = await advised.press(OTHER_ADVISOR, tried, "Keep the change")
    assert "dealt with already" in stale.note
    assert "Retired" in (await advised.press(ADVISOR, card, "Retire", about="chat:m1")).note
    retired = await platform.tells(ADVISOR, "Still none.", "Retired. Within seconds")
    assert (retired.instead, choices(retired)[0].label) == (True, "Restore"), "in the place of the card"
    await advised.service.knowledge_keeper.refresh()
    await advised.say(COLLEAGUE, QUESTION)
    await platform.tells(COLLEAGUE, "doesn't cover pesticides")
    await advised.press_saying(ADVISOR, "taught restore " + card_id(card))
    await known(advised)
    await advised.say(COLLEAGUE, QUESTION)
    await platform.tells(COLLEAGUE, "Still none.")


async def test_what_stands_in_the_folder_by_now_is_changed_there_alone(
    advised: Sharewise, platform: FakePlatform, launch: Launch
) -> None:
    """Its words count: whoever changed it in chat would be told so and see nothing of it."""
    tried = await teach(advised, platform, await ask(advised, platform))
    await advised.press(ADVISOR, tried, "Send and teach")
    filed = (await known(advised)).having(filed={card_id_of(advised)})
    later: Sharewise = await launch(advisors_channel=f"slack:T1/{CHANNEL}", knowledge=filed)
    await later.say(ADVISOR, "taught")
    listed = await platform.tells(ADVISOR, "Taught by the advisors", "in the knowledge folder")
    await later.press(ADVISOR, listed, "Show 1")
    card = await platform.tells(ADVISOR, "is glyphosate allowed", "whoever looks after that folder")
    assert [choice.label for choice in choices(card)] == ["Still holds"]
    assert "Noted" in (await later.press(ADVISOR, card, "Still holds")).note
    for act in ("edit", "retire", "restore"):
        refused = await later.press_saying(ADVISOR, f"taught {act} {card_id_of(later)}")
        assert "what is written there counts" in refused.note, act
    (lesson,) = later.service.knowledge_keeper.teachings.lessons
    assert not lesson.retired


async def test_no_two_lessons_come_to_have_one_name(advised: Sharewise, platform: FakePlatform) -> None:
    """Tried out by two advisors at once; restored once another has its name."""
    card = await ask(advised, platform)
    await advised.say(OFFICER, "ask an advisor: may I burn leaves")
    await advised.press(OFFICER, await platform.tells(OFFICER, "may I burn leaves"), "Send it")
    second = await platform.shows(CHANNEL, "may I burn leaves")
    first = await teach(advised, platform, card)
    await teach(advised, platform, second, answer="Never.", questions="")
    same = await platform.tells(ADVISOR, "from this question", "Never.")
    await advised.press(ADVISOR, first, "Send and teach")
    await known(advised)
    assert "Another lesson has that name" in (await advised.press(ADVISOR, same, "Send and teach")).note
    assert "Never." not in "".join(platform.texts("olu")), "nothing is sent"
    lessons = (await advised.service.knowledge_keeper.store.load()).teachings.lessons
    await advised.press_saying(ADVISOR, f"taught retire {lessons[0].id}")
    await advised.service.knowledge_keeper.refresh()
    await advised.press(ADVISOR, same, "Send and teach")
    await known(advised)
    restored = await advised.press_saying(ADVISOR, f"taught restore {lessons[0].id}")
    assert "Another lesson has that name" in restored.note


async def test_what_is_overdue_for_review_stands_in_the_digest(
    advised: Sharewise, platform: FakePlatform
) -> None:
    await advised.say(ADVISOR, "digest on")
    tried = await teach(advised, platform, await ask(advised, platform))
    await advised.press(ADVISOR, tried, "Send and teach")
    await platform.tells(OFFICER, ANSWER)
    await advised.forward(days=373)
    digest = await platform.tells(ADVISOR, "One taught lesson is overdue for review", "Weedkiller")
    assert "Noted that it still holds" in (await advised.press(ADVISOR, digest, "Still holds")).note


async def test_a_question_joins_the_examples_of_a_lesson(advised: Sharewise, platform: FakePlatform) -> None:
    tried = await teach(advised, platform, await ask(advised, platform), of="compost", title="")
    await advised.press(ADVISOR, tried, "Send and teach")
    keeper = advised.service.knowledge_keeper
    async with asyncio.timeout(60):
        while QUESTION not in keeper.current.lessons["compost"].questions:  # noqa: ASYNC110 (a poll)
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"title": ""}, "title", "needs a short name"),
        ({"title": "Compost"}, "title", "There is a lesson of that name"),
        ({"answer": "x" * 10_000}, "answer", "at most 3,000 fit"),
        ({"answer": "Ring +44 1632 960 001"}, "answer", "telephone number"),
        ({"questions": "\n".join(f"way {n}" for n in range(30))}, "questions", "At most 20 lines"),
    ],
)
async def test_what_can_not_be_taught_is_said_on_the_page(
    advised: Sharewise, platform: FakePlatform, changes: dict[str, str], field: str, why: str
) -> None:
    card = await ask(advised, platform)
    says = next(choice.says for choice in choices(card) if choice.label == "Answer and teach")
    result = await advised.submit(ADVISOR, says, {**LESSON, **changes}, channel=CHANNEL)
    assert why in result.errors[field]


def card_id_of(sharewise: Sharewise) -> str:
    """The id of the one lesson that was taught."""
    (lesson,) = sharewise.service.knowledge_keeper.teachings.lessons
    return lesson.id


def card_id(card: Reply) -> str:
    """The id of the lesson that a card shows."""
    return choices(card)[0].says.rpartition(" ")[2]


async def test_what_can_not_be_read_is_said_to_be_so_and_kept(
    advised: Sharewise, platform: FakePlatform
) -> None:
    tried = await teach(advised, platform, await ask(advised, platform))
    await advised.press(ADVISOR, tried, "Send and teach")
    await known(advised)
    key, newer = Keys(TAUGHT_PARTITION).key("taught", "all"), msgspec.msgpack.encode((SCHEMA + 1, {}))
    await advised.connection.call("HSET", key, "v", "99", "s", newer)
    keeper = advised.service.knowledge_keeper
    await keeper.refresh()
    titles = {lesson.title for lesson in keeper.current.lessons.values()}
    assert "Weedkiller" in titles, "what was known stays"
    await advised.say(ADVISOR, "taught")
    await platform.tells(ADVISOR, "can't be read just now")
    lesson = next(id for id, each in keeper.current.lessons.items() if each.title == "Weedkiller")
    assert "can't be read" in (await advised.press_saying(ADVISOR, f"taught retire {lesson}")).note
    assert await advised.connection.call("HGET", key, "s") == newer


async def test_what_the_matcher_has_learnt_does_not_end_while_it_is_in_use(
    advised: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = await teach(advised, platform, await ask(advised, platform))
    await advised.press(ADVISOR, tried, "Send and teach")
    await known(advised)
    monkeypatch.setattr(knowledge_keeper, "ALIVE_SECONDS", 0.0)
    (fit,) = {name async for name in advised.connection.scan("sw:{taught}:matcher:*")}
    await advised.connection.call("EXPIRE", fit, 60)
    await advised.service.knowledge_keeper.refresh()
    assert await advised.connection.call("TTL", fit) > 60
