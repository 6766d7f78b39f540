"""A quiz for a team, from its beginning to its scores, and whatever people do to it meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from dialogs.core.plain import choices, plain
from dialogs.wording import sessions as words
from tests.dialogs.small import SMALL
from tests.sessions.quizzes import SOIL, chosen, code_of, right_and_wrong
from tests.sessions.rig import COLLEAGUE, HOST, PARTNER, SLACK, TEAMS, Sharewise, Team, Wall


async def test_a_whole_quiz_over_two_platforms(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    await team.say(PARTNER, f"join {await code_of(team)}", **TEAMS)
    theirs = await wall.shows("19:x", "Question 1 of 2")
    assert plain(theirs) == plain(card)

    right, wrong = right_and_wrong(card)
    assert (await team.press(COLLEAGUE, card, right)).note.startswith("You chose")
    assert (await team.press(PARTNER, theirs, wrong, **TEAMS)).note.startswith("You chose")
    await team.press(HOST, card, right)
    await wall.shows("19:x", "3 answered")
    await team.press(HOST, await wall.shows("C1", "3 answered"), "Close question")
    closed = await wall.shows("19:x", "Right:")
    assert chosen(closed)[:2] == [2.0, 1.0]
    await team.press(HOST, await wall.shows("C1", "Right:"), "Next question")
    second = await wall.shows("19:x", "Question 2 of 2", "Nobody has answered yet")
    right, _ = right_and_wrong(second)
    await team.press(PARTNER, second, right, **TEAMS)
    await team.press(COLLEAGUE, second, right)
    await team.press(HOST, await wall.shows("C1", "2 answered"), "Close question")
    await team.press(HOST, await wall.shows("C1", "Right:"), "Show the scores")
    for place in ("C1", "19:x"):
        over = plain(await wall.shows(place, "3 people took part"))
        assert "1 Ucol, 2/2" in over
        assert "2= Partner, Uhost, 1/2" in over
    assert [len(wall.shown[place]) for place in ("C1", "19:x")] == [1, 1], "one card, drawn anew"
    await team.process.service.delivery.settled()
    assert (await team.process.here()).quiz is None
    assert (await team.process.here("teams:t1", "19:x")).quiz is None


# --- Answers that don't count -----------------------------------------------------------------------


async def test_the_first_press_counts(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    right, wrong = right_and_wrong(card)
    first = await team.press(COLLEAGUE, card, right)
    again = await team.press(COLLEAGUE, card, wrong)
    twice = await asyncio.gather(*(team.press(PARTNER, card, wrong) for _ in range(20)))
    assert "the first press counts" in again.note
    assert first.note[:11] in again.note.replace("You've answered this one already, with ", "You chose ")
    assert sum("You chose" in one.note for one in twice) == 1
    await wall.shows("C1", "2 answered")
    await team.press(HOST, card, "Close question")
    assert chosen(await wall.shows("C1", "Right:")) == [1.0, 1.0, *[0.0] * (len(choices(card)) - 4)]


async def test_an_answer_after_closing_or_after_the_end(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    right, _ = right_and_wrong(card)
    await team.press(HOST, card, "Close question")
    assert (await team.press(COLLEAGUE, card, right)).note == words.CLOSED
    await team.press(HOST, await wall.shows("C1", "Right:"), "Next question")
    await wall.shows("C1", "Question 2 of 2")
    assert (await team.press(COLLEAGUE, card, right)).note == words.CLOSED
    await team.press(HOST, card, "End quiz")
    await wall.shows("C1", "Nobody answered, so there are no scores")
    assert (await team.press(COLLEAGUE, card, right)).note == words.OVER_NOTE


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
async def test_forged_presses_change_nothing(team: Team, says: str, note: str) -> None:
    await team.quiz(SOIL)
    session = await team.process.session()
    before = await team.process.store.load(session)
    assert (await team.press_saying(COLLEAGUE, says.format(id=session))).note == note
    assert await team.process.store.load(session) == before


async def test_an_answer_to_another_sessions_question_counts_there_alone(team: Team, wall: Wall) -> None:
    first = await team.quiz(SOIL)
    await team.press(HOST, first, "End quiz")
    await wall.shows("C1", "That's the quiz")
    await team.process.service.delivery.settled()
    second = await team.quiz(SOIL)
    right, _ = right_and_wrong(first)
    assert (await team.press(COLLEAGUE, first, right)).note == words.OVER_NOTE
    assert "You chose" in (await team.press(COLLEAGUE, second, right_and_wrong(second)[0])).note


async def test_answers_may_be_typed_with_the_code(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    code = await code_of(team)
    await team.say(COLLEAGUE, f"{code.lower()} a", channel="D2")
    await wall.tells(COLLEAGUE, "You chose A")
    await team.say(PARTNER, f"{code} 1 b", tenant="teams:t1", channel="D3")
    await wall.tells(PARTNER, "You chose B")
    await wall.shows("C1", "2 answered")


async def test_everybody_can_see_their_own_answers_alone(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    session = await team.process.session()
    right, wrong = right_and_wrong(card)
    mine = f"quiz mine {session}"
    assert (await team.press_saying(COLLEAGUE, mine)).note == words.MINE_NONE
    await team.press(COLLEAGUE, card, right)
    await team.press(PARTNER, card, wrong)
    assert "not closed yet" in (await team.press_saying(COLLEAGUE, mine)).note
    await team.press(HOST, card, "Close question")
    assert (await team.press_saying(COLLEAGUE, mine)).note.endswith(": right.")
    assert "not this time" in (await team.press_saying(PARTNER, mine)).note


@pytest.mark.parametrize("label", ["Close question", "End quiz"])
async def test_what_is_answered_at_the_last_moment_counts_or_is_refused(
    team: Team, wall: Wall, label: str
) -> None:
    card = await team.quiz(SOIL)
    session, (right, _) = await team.process.session(), right_and_wrong(card)
    people = [f"slack:T1/v{n}" for n in range(60)]
    pressing = [asyncio.create_task(team.press(who, card, right)) for who in people[:30]]
    closing = asyncio.create_task(team.press(HOST, card, label))
    pressing += [asyncio.create_task(team.press(who, card, right)) for who in people[30:]]
    taken = sum("You chose" in one.note for one in await asyncio.gather(*pressing))
    await closing
    await team.press(HOST, card, "End quiz")
    people_took_part = words.PEOPLE_MORE.format(count=taken)
    await wall.shows("C1", f"{people_took_part} took part" if taken > 1 else "took part")
    state = (await team.process.store.load(session)).state
    assert state is not None
    assert state.scoreboard is not None
    assert state.scoreboard.scores[-1] == taken
    assert (await team.process.store.load(session)).tally.answered == taken


# --- Leaving, joining late, being forgotten -----------------------------------------------------------


async def test_who_leaves_is_out_of_it_until_they_come_back(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    code, (right, _) = await code_of(team), right_and_wrong(card)
    await team.press(COLLEAGUE, card, right)
    await wall.shows("C1", "1 answered")
    await team.say(COLLEAGUE, f"leave {code}")
    await wall.tells(COLLEAGUE, "your answers here are erased")
    await wall.shows("C1", "Nobody has answered yet")
    assert f"join {code}" in (await team.press(COLLEAGUE, card, right)).note
    await team.say(COLLEAGUE, f"join {code}", channel="D2")
    await wall.tells(COLLEAGUE, "You're in")
    assert "You chose" in (await team.press(COLLEAGUE, card, right)).note


async def test_who_left_comes_back_by_the_code_in_the_channel_too(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    code, (right, _) = await code_of(team), right_and_wrong(card)
    await team.say(COLLEAGUE, f"leave {code}")
    await wall.tells(COLLEAGUE, "your answers here are erased")
    await team.say(COLLEAGUE, f"join {code}")
    await team.process.service.delivery.settled()
    assert "You chose" in (await team.press(COLLEAGUE, card, right)).note


async def test_whoever_joins_late_has_what_is_left(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    await team.press(HOST, card, right_and_wrong(card)[0])
    await team.press(HOST, card, "Close question")
    await team.press(HOST, await wall.shows("C1", "Right:"), "Next question")
    second = await wall.shows("C1", "Question 2 of 2")
    await team.press(COLLEAGUE, second, right_and_wrong(second)[0])
    await team.press(HOST, second, "End quiz")
    over = plain(await wall.shows("C1", "2 people took part"))
    assert "1= Ucol, Uhost, 1/2" in over


async def test_who_wants_to_be_forgotten_is_in_no_session(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    session = await team.process.session()
    await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await team.press(HOST, card, right_and_wrong(card)[0])
    await team.say(COLLEAGUE, "forget me")
    await team.say(COLLEAGUE, "yes, forget me")
    await wall.shows("C1", "1 answered")
    await team.press(HOST, wall.card("C1"), "End quiz")
    assert "Ucol" not in plain(await wall.shows("C1", "One person took part"))
    for kind, name in (("people", "all"), ("votes", "1")):
        kept = await team.process.connection.call("HKEYS", f"sw:{{live:{session}}}:{kind}:{name}")
        assert COLLEAGUE.encode() not in kept


async def test_a_name_leaves_the_scoreboard_with_its_bearer(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await team.press(HOST, card, "End quiz")
    await wall.shows("C1", "1 Ucol, 1/1")
    await team.say(COLLEAGUE, "forget me")
    await team.say(COLLEAGUE, "yes, forget me")
    await wall.shows("C1", "1 Somebody, 1/1")


async def test_a_dash_is_a_name_like_any_other(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    session = await team.process.session()
    letter = next(one.says for one in choices(card)).rpartition(" ")[2]
    assert (await team.process.store.vote(session, 1, letter, COLLEAGUE, "-"))[0] == "ok"
    assert (await team.process.store.vote(session, 1, letter, COLLEAGUE, "-"))[0] == "twice"
    await team.press(HOST, card, "End quiz")
    await wall.shows("C1", "One person took part")


# --- Time ---------------------------------------------------------------------------------------------


async def test_a_time_limit_closes_the_question(team: Team, wall: Wall) -> None:
    card = await team.quiz("quiz here on soil 30 seconds each")
    await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await team.process.service.delivery.settled()
    await team.process.forward(seconds=29)
    assert (await team.process.store.load(await team.process.session())).state.step == "open"  # type: ignore[union-attr]
    await team.process.forward(seconds=2)
    await wall.shows("C1", "Right:")
    await team.press(HOST, wall.card("C1"), "Next question")
    await wall.shows("C1", "Question 2 of 2", "30 seconds")


async def test_a_limit_that_has_passed_by_hand_does_not_close_the_next_question(
    team: Team, wall: Wall
) -> None:
    card = await team.quiz("quiz here on soil 30 seconds each")
    await team.process.service.delivery.settled()
    await team.process.forward(seconds=20)
    await team.press(HOST, card, "Close question")
    await team.press(HOST, await wall.shows("C1", "Nobody answered this one"), "Next question")
    await wall.shows("C1", "Question 2 of 2")
    await team.process.service.delivery.settled()
    await team.process.forward(seconds=15)
    assert (await team.process.store.load(await team.process.session())).state.step == "open"  # type: ignore[union-attr]


async def test_a_host_who_disappears_leaves_a_quiz_that_ends_by_itself(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await team.process.service.delivery.settled()
    await team.process.forward(minutes=29)
    assert (await team.process.here()).quiz is not None
    await team.process.forward(minutes=2)
    await wall.shows("C1", "One person took part", "1 Ucol, 1/1")
    await team.process.service.delivery.settled()
    assert (await team.process.here()).quiz is None
    await team.quiz(SOIL)


# --- However few, and again ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "said"), [(0, "Nobody answered"), (1, "One person took part"), (2, "2 people took part")]
)
async def test_however_few_take_part(team: Team, wall: Wall, people: int, said: str) -> None:
    card = await team.quiz(SOIL)
    for who in (COLLEAGUE, PARTNER)[:people]:
        await team.press(who, card, right_and_wrong(card)[0])
    await team.press(HOST, card, "End quiz")
    await wall.shows("C1", said)


async def test_what_was_missed_is_asked_again(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    missed = next(one for one in SMALL.quiz.questions if one.text in plain(card))
    await team.press(COLLEAGUE, card, right_and_wrong(card)[1])
    await team.press(HOST, card, "End quiz")
    over = await wall.shows("C1", "Missed most")
    await team.process.service.delivery.settled()
    await team.press(COLLEAGUE, over, "Again, the ones we missed")
    await wall.shows("C1", "Quiz · one question", missed.text)


async def test_without_names_the_scores_have_none(team: Team, wall: Wall) -> None:
    card = await team.quiz("quiz here on soil without names")
    await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await team.press(HOST, card, "End quiz")
    assert "Ucol" not in plain(await wall.shows("C1", "One person took part"))


@pytest.mark.parametrize("where", [SLACK, TEAMS])
async def test_either_platform_begins(sharewise: Sharewise, wall: Wall, where: dict[str, str]) -> None:
    await Team(sharewise).quiz(SOIL, **where)


async def test_who_leaves_after_the_end_is_off_the_scoreboard(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    code = await code_of(team)
    await team.press(COLLEAGUE, card, right_and_wrong(card)[0])
    await team.press(HOST, card, "End quiz")
    assert "Ucol" in plain(await wall.shows("C1", "That's the quiz"))
    await team.say(COLLEAGUE, f"leave {code}")
    assert "Ucol" not in plain(await wall.shows("C1", "That's the quiz", "Somebody"))
