"""A quiz for a team, from its beginning to its scores, and whatever people do to it meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from dialogs.core.plain import choices, plain
from dialogs.wording import sessions as words
from tests.harness.platform import FakePlatform
from tests.harness.small import SMALL
from tests.sessions.live import COLLEAGUE, HOST, PARTNER, SLACK, TEAMS, Sharewise
from tests.sessions.quizzes import SOIL, chosen, code_of, right_and_wrong


async def test_a_whole_quiz_over_two_platforms(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    await sharewise.say(PARTNER, f"join {await code_of(sharewise)}", **TEAMS)
    theirs = await platform.shows("19:x", "Question 1 of 2")
    assert plain(theirs) == plain(card)

    right, wrong = right_and_wrong(card)
    assert (await sharewise.press(COLLEAGUE, card, right)).note.startswith("You chose")
    assert (await sharewise.press(PARTNER, theirs, wrong, **TEAMS)).note.startswith("You chose")
    await sharewise.press(HOST, card, right)
    await platform.shows("19:x", "3 answered")
    await sharewise.press(HOST, await platform.shows("C1", "3 answered"), "Close question")
    closed = await platform.shows("19:x", "Right:")
    assert chosen(closed)[:2] == [2.0, 1.0]
    await sharewise.press(HOST, await platform.shows("C1", "Right:"), "Next question")
    second = await platform.shows("19:x", "Question 2 of 2", "Nobody has answered yet")
    right, _ = right_and_wrong(second)
    await sharewise.press(PARTNER, second, right, **TEAMS)
    await sharewise.press(COLLEAGUE, second, right)
    await sharewise.press(HOST, await platform.shows("C1", "2 answered"), "Close question")
    await sharewise.press(HOST, await platform.shows("C1", "Right:"), "Show the scores")
    for place in ("C1", "19:x"):
        over = plain(await platform.shows(place, "3 people took part"))
        assert "1 Ucol, 2/2" in over
        assert "2= Partner, Uhost, 1/2" in over
    assert [len(platform.shown[place]) for place in ("C1", "19:x")] == [1, 1], "one card, drawn anew"
    await sharewise.settled()
    assert (await sharewise.here()).quiz is None
    assert (await sharewise.here("teams:t1", "19:x")).quiz is None


# --- Answers that don't count -----------------------------------------------------------------------


async def test_the_first_press_counts(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    right, wrong = right_and_wrong(card)
    first = await sharewise.press(COLLEAGUE, card, right)
    again = await sharewise.press(COLLEAGUE, card, wrong)
    twice = await asyncio.gather(*(sharewise.press(PARTNER, card, wrong) for _ in range(20)))
    assert "the first press counts" in again.note
    assert first.note[:11] in again.note.replace("You've answered this one already, with ", "You chose ")
    assert sum("You chose" in result.note for result in twice) == 1
    await platform.shows("C1", "2 answered")
    await sharewise.press(HOST, card, "Close question")
    assert chosen(await platform.shows("C1", "Right:")) == [1.0, 1.0, *[0.0] * (len(choices(card)) - 4)]


async def test_an_answer_is_called_as_on_its_button(sharewise: Sharewise, platform: FakePlatform) -> None:
    """By its letter where it has one; True and False have none."""
    card, told = await sharewise.quiz(SOIL), list[str]()
    for number in (1, 2):
        right, wrong = right_and_wrong(card)
        called = right.partition(". ")[0]
        assert (await sharewise.press(COLLEAGUE, card, right)).note.startswith(f"You chose {called}.")
        again = await sharewise.press(COLLEAGUE, card, wrong)
        assert again.note.startswith(f"You've answered this one already, with {called}:")
        wrongly = wrong.partition(". ")[0]
        await sharewise.press(PARTNER, card, wrong)
        told.append(f"{number}. {wrongly}: not this time; “{right}” was right")
        await sharewise.press(HOST, card, "Close question")
        closed = await platform.shows("C1", "Right:", f"Question {number}")
        if number == 1:
            await sharewise.press(HOST, closed, "Next question")
            card = await platform.shows("C1", "Question 2", "Nobody has answered yet")
    mine = (await sharewise.press_saying(PARTNER, f"quiz mine {await sharewise.session()}")).note
    assert mine == f"Your answers: {'; '.join(told)}."
    assert {"True", "False"} & set(mine.replace(":", "").replace(";", "").split())


async def test_an_answer_after_closing_or_after_the_end(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    right, _ = right_and_wrong(card)
    await sharewise.press(HOST, card, "Close question")
    assert (await sharewise.press(COLLEAGUE, card, right)).note == words.CLOSED
    await sharewise.press(HOST, await platform.shows("C1", "Right:"), "Next question")
    await platform.shows("C1", "Question 2 of 2")
    assert (await sharewise.press(COLLEAGUE, card, right)).note == words.CLOSED
    await sharewise.press(HOST, card, "End quiz")
    await platform.shows("C1", "Nobody answered, so there are no scores")
    assert (await sharewise.press(COLLEAGUE, card, right)).note == words.OVER_NOTE


@pytest.mark.parametrize(
    ("says", "note"),
    [
        ("quiz answer {id} 1 e", words.NO_CHOICE),
        ("quiz answer {id} 1 z", words.NO_CHOICE),
        ("quiz answer {id} 1", words.NO_CHOICE),
        ("quiz answer {id} 1 ab", words.NO_CHOICE),
        ("quiz answer {id} 2 a", words.CLOSED),
        ("quiz answer {id} 999 a", words.CLOSED),
        ("quiz answer CCCCDDDDFFFF 1 a", words.GONE),
        ("quiz close CCCCDDDDFFFF 1", words.GONE),
        ("quiz mine CCCCDDDDFFFF", words.GONE),
        ("quiz leave CCCCDDDDFFFF", words.GONE),
        ("readiness part CCCCDDDDFFFF", words.GONE),
        ("readiness part {id}", words.GONE),
        ("readiness page {id} 0", words.GONE),
        ("readiness setup {id}", words.NOT_HOST.format(host="Uhost")),
        ("readiness export {id}", words.NOT_HOST.format(host="Uhost")),
        ("readiness setup CCCCDDDDFFFF", words.GONE),
    ],
)
async def test_forged_presses_change_nothing(sharewise: Sharewise, says: str, note: str) -> None:
    await sharewise.quiz(SOIL)
    session = await sharewise.session()
    before = await sharewise.store.load(session)
    assert (await sharewise.press_saying(COLLEAGUE, says.format(id=session))).note == note
    assert await sharewise.store.load(session) == before


async def test_an_answer_to_another_sessions_question_counts_there_alone(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    first = await sharewise.quiz(SOIL)
    await sharewise.press(HOST, first, "End quiz")
    await platform.shows("C1", "That's the quiz")
    await sharewise.settled()
    second = await sharewise.quiz(SOIL)
    right, _ = right_and_wrong(first)
    assert (await sharewise.press(COLLEAGUE, first, right)).note == words.OVER_NOTE
    assert "You chose" in (await sharewise.press(COLLEAGUE, second, right_and_wrong(second)[0])).note


async def test_answers_may_be_typed_with_the_code(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    first, second, *_ = (choice.label.partition(". ")[0] for choice in choices(card))
    code = await code_of(sharewise)
    await sharewise.say(COLLEAGUE, f"{code.lower()} a", channel="D2")
    await platform.tells(COLLEAGUE, f"You chose {first}.")
    await sharewise.say(PARTNER, f"{code} 1 b", tenant="teams:t1", channel="D3")
    await platform.tells(PARTNER, f"You chose {second}.")
    await platform.shows("C1", "2 answered")


async def test_everybody_can_see_their_own_answers_alone(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    session = await sharewise.session()
    right, wrong = right_and_wrong(card)
    mine = f"quiz mine {session}"
    assert (await sharewise.press_saying(COLLEAGUE, mine)).note == words.MINE_NONE
    await sharewise.press(COLLEAGUE, card, right)
    await sharewise.press(PARTNER, card, wrong)
    assert "not closed yet" in (await sharewise.press_saying(COLLEAGUE, mine)).note
    await sharewise.press(HOST, card, "Close question")
    assert (await sharewise.press_saying(COLLEAGUE, mine)).note.endswith(": right.")
    assert "not this time" in (await sharewise.press_saying(PARTNER, mine)).note


@pytest.mark.parametrize("label", ["Close question", "End quiz"])
async def test_what_is_answered_at_the_last_moment_counts_or_is_refused(
    sharewise: Sharewise, platform: FakePlatform, label: str
) -> None:
    card = await sharewise.quiz(SOIL)
    session, (right, _) = await sharewise.session(), right_and_wrong(card)
    people = [f"slack:T1/v{n}" for n in range(60)]
    pressing = [asyncio.create_task(sharewise.press(who, card, right)) for who in people[:30]]
    closing = asyncio.create_task(sharewise.press(HOST, card, label))
    pressing += [asyncio.create_task(sharewise.press(who, card, right)) for who in people[30:]]
    taken = sum("You chose" in result.note for result in await asyncio.gather(*pressing))
    await closing
    await sharewise.press(HOST, card, "End quiz")
    people_took_part = words.PEOPLE_MORE.format(count=taken)
    await platform.shows("C1", f"{people_took_part} took part" if taken > 1 else "took part")
    state = (await sharewise.store.load(session)).state
    assert state is not None
    assert state.scoreboard is not None
    assert state.scoreboard.scores[-1] == taken
    assert (await sharewise.store.load(session)).tally.answered == taken


# --- Leaving, joining late, being forgotten -----------------------------------------------------------


async def test_who_leaves_is_out_of_it_until_they_come_back(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    code, (right, _) = await code_of(sharewise), right_and_wrong(card)
    await sharewise.press(COLLEAGUE, card, right)
    await platform.shows("C1", "1 answered")
    await sharewise.say(COLLEAGUE, f"leave {code}")
    await platform.tells(COLLEAGUE, "your answers here are erased")
    await platform.shows("C1", "Nobody has answered yet")
    assert f"join {code}" in (await sharewise.press(COLLEAGUE, card, right)).note
    await sharewise.say(COLLEAGUE, f"join {code}", channel="D2")
    await platform.tells(COLLEAGUE, "You're in")
    assert "You chose" in (await sharewise.press(COLLEAGUE, card, right)).note


async def test_who_left_comes_back_by_the_code_in_the_channel_too(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    code, (right, _) = await code_of(sharewise), right_and_wrong(card)
    await sharewise.say(COLLEAGUE, f"leave {code}")
    await platform.tells(COLLEAGUE, "your answers here are erased")
    await sharewise.say(COLLEAGUE, f"join {code}")
    await sharewise.settled()
    assert "You chose" in (await sharewise.press(COLLEAGUE, card, right)).note


async def test_whoever_joins_late_has_what_is_left(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    await sharewise.press(HOST, card, right_and_wrong(card)[0])
    await sharewise.press(HOST, card, "Close question")
    await sharewise.press(HOST, await platform.shows("C1", "Right:"), "Next question")
    second = await platform.shows("C1", "Question 2 of 2")
    await sharewise.press(COLLEAGUE, second, right_and_wrong(second)[0])
    await sharewise.press(HOST, second, "End quiz")
    over = plain(await platform.shows("C1", "2 people took part"))
    assert "1= Ucol, Uhost, 1/2" in over


async def test_who_wants_to_be_forgotten_is_in_no_session(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    session = await sharewise.session()
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await sharewise.press(HOST, card, right_and_wrong(card)[0])
    await sharewise.say(COLLEAGUE, "forget me")
    await sharewise.say(COLLEAGUE, "yes, forget me")
    await platform.shows("C1", "1 answered")
    await sharewise.press(HOST, platform.newest("C1"), "End quiz")
    assert "Ucol" not in plain(await platform.shows("C1", "One person took part"))
    for kind, name in (("people", "all"), ("votes", "1")):
        kept = await sharewise.connection.call("HKEYS", f"sw:{{live:{session}}}:{kind}:{name}")
        assert COLLEAGUE.encode() not in kept


async def test_a_name_leaves_the_scoreboard_with_its_bearer(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await sharewise.press(HOST, card, "End quiz")
    await platform.shows("C1", "1 Ucol, 1/1")
    await sharewise.say(COLLEAGUE, "forget me")
    await sharewise.say(COLLEAGUE, "yes, forget me")
    await platform.shows("C1", "1 Somebody, 1/1")


async def test_a_dash_is_a_name_like_any_other(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    session = await sharewise.session()
    letter = next(choice.says for choice in choices(card)).rpartition(" ")[2]
    assert (await sharewise.store.vote(session, 1, letter, COLLEAGUE, "-"))[0] == "ok"
    assert (await sharewise.store.vote(session, 1, letter, COLLEAGUE, "-"))[0] == "twice"
    await sharewise.press(HOST, card, "End quiz")
    await platform.shows("C1", "One person took part")


# --- Time ---------------------------------------------------------------------------------------------


async def test_a_time_limit_closes_the_question(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz("quiz here on soil 30 seconds each")
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await sharewise.settled()
    await sharewise.forward(seconds=29)
    assert (await sharewise.store.load(await sharewise.session())).state.step == "open"  # type: ignore[union-attr]
    await sharewise.forward(seconds=2)
    await platform.shows("C1", "Right:")
    await sharewise.press(HOST, platform.newest("C1"), "Next question")
    await platform.shows("C1", "Question 2 of 2", "30 seconds")


async def test_a_limit_that_has_passed_by_hand_does_not_close_the_next_question(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz("quiz here on soil 30 seconds each")
    await sharewise.settled()
    await sharewise.forward(seconds=20)
    await sharewise.press(HOST, card, "Close question")
    await sharewise.press(HOST, await platform.shows("C1", "Nobody answered this one"), "Next question")
    await platform.shows("C1", "Question 2 of 2")
    await sharewise.settled()
    await sharewise.forward(seconds=15)
    assert (await sharewise.store.load(await sharewise.session())).state.step == "open"  # type: ignore[union-attr]


async def test_a_host_who_disappears_leaves_a_quiz_that_ends_by_itself(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await sharewise.settled()
    await sharewise.forward(minutes=29)
    assert (await sharewise.here()).quiz is not None
    await sharewise.forward(minutes=2)
    await platform.shows("C1", "One person took part", "1 Ucol, 1/1")
    await sharewise.settled()
    assert (await sharewise.here()).quiz is None
    await sharewise.quiz(SOIL)


# --- However few, and again ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "said"), [(0, "Nobody answered"), (1, "One person took part"), (2, "2 people took part")]
)
async def test_however_few_take_part(
    sharewise: Sharewise, platform: FakePlatform, people: int, said: str
) -> None:
    card = await sharewise.quiz(SOIL)
    for who in (COLLEAGUE, PARTNER)[:people]:
        await sharewise.press(who, card, right_and_wrong(card)[0])
    await sharewise.press(HOST, card, "End quiz")
    await platform.shows("C1", said)


async def test_what_was_missed_is_asked_again(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    missed = next(question for question in SMALL.quiz.questions if question.text in plain(card))
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[1])
    await sharewise.press(HOST, card, "End quiz")
    over = await platform.shows("C1", "Missed most")
    await sharewise.settled()
    await sharewise.press(COLLEAGUE, over, "Again, the ones we missed")
    await platform.shows("C1", "Quiz · one question", missed.text)


async def test_without_names_the_scores_have_none(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz("quiz here on soil without names")
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await sharewise.press(HOST, card, "End quiz")
    assert "Ucol" not in plain(await platform.shows("C1", "One person took part"))


@pytest.mark.parametrize("where", [SLACK, TEAMS])
async def test_either_platform_begins(
    sharewise: Sharewise, platform: FakePlatform, where: dict[str, str]
) -> None:
    await sharewise.quiz(SOIL, **where)


async def test_who_leaves_after_the_end_is_off_the_scoreboard(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    code = await code_of(sharewise)
    await sharewise.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await sharewise.press(HOST, card, "End quiz")
    assert "Ucol" in plain(await platform.shows("C1", "That's the quiz"))
    await sharewise.say(COLLEAGUE, f"leave {code}")
    assert "Ucol" not in plain(await platform.shows("C1", "That's the quiz", "Somebody"))
