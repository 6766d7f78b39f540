"""Who may steer a quiz, and two who begin one at the same moment."""

from __future__ import annotations

import asyncio

import pytest

from dialogs.core.forms import SelectField
from dialogs.core.plain import choices, plain
from dialogs.wording import sessions as words
from dialogs.wording.conversation import SENT_DIRECTLY
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.sessions.live import COLLEAGUE, HOST, PARTNER, TEAMS, Sharewise
from tests.sessions.quizzes import SOIL, code_of, right_and_wrong


@pytest.mark.parametrize("label", ["Close question", "End quiz"])
async def test_only_the_host_and_advisors_steer(
    sharewise: Sharewise, platform: FakePlatform, label: str
) -> None:
    card = await sharewise.quiz(SOIL)
    refused = await sharewise.press(COLLEAGUE, card, label)
    assert refused.note == words.NOT_HOST.format(host="Uhost")
    await sharewise.say(COLLEAGUE, label.lower())
    await platform.tells(COLLEAGUE, SENT_DIRECTLY)  # where they typed it
    await platform.tells(COLLEAGUE, refused.note)
    assert len(platform.shown["C1"]) == 1, "nobody else hears of it"
    assert "Question 1 of 2" in plain(next(iter(platform.shown["C1"].values())))
    assert (await sharewise.press(ADVISOR, card, label)).note in (words.CLOSED_NOTE, words.ENDED_NOTE)


async def test_a_host_in_another_place_steers_there_too(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL, host=PARTNER, **TEAMS)
    await sharewise.say(COLLEAGUE, f"join {await code_of(sharewise, **TEAMS)}")
    card = await platform.shows("C1", "Question 1 of 2")
    assert "Partner" in (await sharewise.press(COLLEAGUE, card, "Close question")).note
    assert (await sharewise.press(PARTNER, card, "Close question")).note == words.CLOSED_NOTE
    await platform.shows("19:x", "Nobody answered this one")


async def test_the_host_steers_in_words(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL)
    await sharewise.say(HOST, "close the question")
    await platform.shows("C1", "Nobody answered this one")
    await sharewise.say(HOST, "next question")
    await platform.shows("C1", "Question 2 of 2")
    await sharewise.say(HOST, "end the quiz")
    await platform.shows("C1", "there are no scores")
    await sharewise.settled()
    assert "UHOST" not in platform.shown, "the card says it all"


async def test_pressed_twice_a_button_has_done_its_work_once(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    notes = [
        result.note
        for result in await asyncio.gather(*(sharewise.press(HOST, card, "Close question") for _ in range(3)))
    ]
    assert sorted(notes) == sorted([words.CLOSED_NOTE, words.PASSED, words.PASSED])
    assert (await sharewise.press(HOST, card, "Close question")).note == words.PASSED


# --- Two hosts at once --------------------------------------------------------------------------------


@pytest.mark.parametrize("hosts", [(HOST, COLLEAGUE), (HOST, HOST)])
async def test_two_who_begin_at_the_same_moment_get_one_quiz(
    launch: Launch, platform: FakePlatform, hosts: tuple[str, str]
) -> None:
    processes = [await launch(), await launch()]
    for _ in range(5):
        begun = zip(processes, hosts, strict=True)
        await asyncio.gather(*(sharewise.say(host, SOIL) for sharewise, host in begun))
        card = await platform.shows("C1", "Question 1 of 2", "Nobody has answered yet")
        await platform.shows("C1", "There is a quiz open here already")
        cards = [text for text in platform.texts("C1") if "Question 1 of 2" in text]
        assert len(cards) == 1
        await processes[0].press(ADVISOR, card, "End quiz")
        await platform.shows("C1", "there are no scores")
        for sharewise in processes:
            await sharewise.settled()
        platform.shown.clear()


async def test_a_channel_has_one_quiz_and_one_check(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL)
    await sharewise.check()
    await sharewise.say(COLLEAGUE, "quiz here")
    await platform.shows("C1", "There is a quiz open here already")
    await sharewise.say(COLLEAGUE, "readiness here")
    await platform.shows("C1", "There is a readiness check open here already")
    await sharewise.quiz(SOIL, channel="C2")


# --- A host who is forgotten --------------------------------------------------------------------------


async def forget(sharewise: Sharewise, who: str) -> None:
    """``who`` asks to be forgotten, and confirms it."""
    await sharewise.say(who, "forget me", channel=f"D{who}")
    await sharewise.say(who, "yes, forget me", channel=f"D{who}")
    await sharewise.service.delivery.settled()


async def test_a_quiz_without_a_host_is_taken_over_by_one_who_takes_part(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz(SOIL)
    await forget(sharewise, HOST)
    card = await platform.shows("C1", "Its host has left", "Whoever takes part can host it")
    for label in ("Close question", "End quiz"):
        assert (await sharewise.press(COLLEAGUE, card, label)).note == words.NO_HOST
    take = "Host the quiz from here"
    assert (await sharewise.press(COLLEAGUE, card, take)).note == words.NOT_TAKING_PART
    await sharewise.press_saying(COLLEAGUE, choices(card)[0].says)
    assert (await sharewise.press(COLLEAGUE, card, take)).note == words.TAKEN_OVER
    hosted = await platform.shows("C1", "1 answered", "host: Ucol")
    assert "Its host has left" not in plain(hosted)
    assert "Ucol" in (await sharewise.press(PARTNER, card, take)).note
    assert (await sharewise.press(COLLEAGUE, hosted, "Close question")).note == words.CLOSED_NOTE


async def test_it_is_taken_over_in_words_too(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    await sharewise.press_saying(COLLEAGUE, choices(card)[0].says)
    await forget(sharewise, HOST)
    await sharewise.say(COLLEAGUE, "end the quiz")
    await platform.tells(COLLEAGUE, "Its host has left")
    await sharewise.say(PARTNER, "host the quiz from here")
    await platform.tells(PARTNER, "Only somebody who takes part")
    await sharewise.say(COLLEAGUE, "host the quiz from here")
    await platform.tells(COLLEAGUE, "You host it now")
    await sharewise.say(COLLEAGUE, "end the quiz")
    await platform.shows("C1", "That's the quiz")


async def test_a_quiz_that_nobody_takes_over_ends_by_itself(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz(SOIL)
    await forget(sharewise, HOST)
    await sharewise.forward(minutes=31)
    await platform.shows("C1", "there are no scores")
    await sharewise.service.delivery.settled()
    assert (await sharewise.here()).quiz is None


async def test_a_check_without_a_host_is_taken_over_by_one_who_takes_part(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.check()
    await forget(sharewise, HOST)
    card = await platform.shows("C1", "Its host has left", "closes by")
    assert (await sharewise.press(COLLEAGUE, card, "Close and show")).note == words.NO_HOST
    assert (await sharewise.press(COLLEAGUE, card, "Set up")).note == words.NO_HOST
    await sharewise.say(COLLEAGUE, "host the check from here")
    await platform.tells(COLLEAGUE, "Only somebody who takes part")
    form = (await sharewise.press(COLLEAGUE, card, "Take part")).form
    assert form is not None
    values = {field.id: "4" for field in form.fields if isinstance(field, SelectField)}
    await sharewise.submit(COLLEAGUE, form.says, values)
    assert (await sharewise.press(COLLEAGUE, card, "Host the check")).note == words.TAKEN_OVER
    assert (await sharewise.press(COLLEAGUE, card, "Close and show")).note == words.ENDED_NOTE


async def test_whoever_may_not_end_a_quiz_that_began_elsewhere_is_told_so(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz(SOIL, host=PARTNER, **TEAMS)
    await sharewise.say(COLLEAGUE, f"join {await code_of(sharewise, **TEAMS)}")
    await platform.shows("C1", "Question 1 of 2")
    await sharewise.say(COLLEAGUE, "end the quiz")
    await platform.tells(COLLEAGUE, "Only Partner, who started this")


async def test_the_words_of_a_card_s_buttons_are_typed_too(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    await sharewise.say(COLLEAGUE, "b")
    await platform.shows("C1", words.ANSWER_ON_CARD)
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await sharewise.say(COLLEAGUE, "my answers")
    await platform.tells(COLLEAGUE, "Your answers")
    for said in ("close question", "next question", "close question", "show the scores"):
        await sharewise.say(HOST, said)
    await platform.shows("C1", "One person took part")
    await sharewise.check()
    await sharewise.say(COLLEAGUE, "take part")
    await platform.tells(COLLEAGUE, words.OPEN_FORM)
    await sharewise.say(HOST, "set up (host)")
    await platform.tells(HOST, words.OPEN_FORM)
    await sharewise.say(HOST, "close and show the result")
    await platform.shows("C1", "This check is closed")
