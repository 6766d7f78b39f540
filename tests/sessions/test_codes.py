"""Join codes: mistyped, guessed, expired, and used where the session is already."""

from __future__ import annotations

from dialogs.core.plain import choices, plain
from dialogs.wording import sessions as words
from tests.sessions.quizzes import SOIL, code_of, right_and_wrong
from tests.sessions.rig import COLLEAGUE, HOST, PARTNER, TEAMS, Team, Wall


async def test_a_mistyped_code_is_suggested_where_the_session_is_known(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    code = await code_of(team)
    wrong = code[:3] + ("X" if code[3] != "X" else "Y")
    await team.say(COLLEAGUE, f"join {wrong}", channel="C2")
    near = await wall.tells(COLLEAGUE, wrong, "Did you mean this one?")
    assert [one.says for one in choices(near)] == [f"join {code}"]
    await team.say(PARTNER, f"join {wrong}", **TEAMS)
    assert code not in plain(await wall.shows("19:x", f"no open session with the code {wrong}"))


async def test_a_mistyped_code_is_suggested_in_a_direct_chat_too(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    code = await code_of(team)
    await team.say(COLLEAGUE, f"join {code[:3]}", channel="D2")
    near = await wall.tells(COLLEAGUE, "Did you mean this one?")
    assert [one.says for one in choices(near)] == [f"join {code}"]


async def test_a_guest_in_a_shared_channel_is_told_no_code_but_of_what_they_took_part_in(
    team: Team, wall: Wall
) -> None:
    card = await team.quiz(SOIL)
    code = await code_of(team)
    guest = "slack:T2/UGUEST"
    for says in (f"join {code[:3]}", f"{code[:3]} a", f"quiz mine {code[:3]}"):
        await team.say(guest, says, channel="D9")
    await wall.tells(guest, "no open session")
    assert not any(code in text for text in wall.texts(f"private {guest}"))
    await team.press(guest, card, right_and_wrong(card)[0])
    await team.say(guest, f"join {code[:3]}", channel="D9")
    await wall.tells(guest, "Did you mean this one?")


async def test_codes_cannot_be_guessed(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    code = await code_of(team)
    for guess in ("CCCC", "DDDD", "FFFF", "GGGG", "HHHH"):
        await team.say(PARTNER, f"join {guess}", **TEAMS)
        await wall.shows("19:x", f"no open session with the code {guess}")
    for _ in range(2):
        await team.say(PARTNER, f"join {code}", **TEAMS)
        await wall.shows("19:x", "a lot of codes")
    assert all("Question" not in text for text in wall.texts("19:x")), "not even with the right one"
    for says in (f"{code} a", f"quiz mine {code}", f"join {code}", f"leave {code}"):
        await team.say(PARTNER, says, tenant="teams:t1", channel="D3")
    await wall.tells(PARTNER, "a lot of codes")
    assert all("a lot of codes" in text for text in wall.texts(f"private {PARTNER}"))
    await team.say("teams:t1/another", f"join {code}", **TEAMS)
    await wall.shows("19:x", "Question 1 of 2")


async def test_the_code_of_what_is_over_leads_nowhere(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    code = await code_of(team)
    await team.press(HOST, card, "End quiz")
    await wall.shows("C1", "there are no scores")
    await team.say(PARTNER, f"join {code}", **TEAMS)
    await wall.shows("19:x", f"no open session with the code {code}")


async def test_an_expired_code_leads_nowhere(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    code = await code_of(team)
    await team.process.connection.call("DEL", f"sw:{{code}}:code:{code}")
    await team.say(PARTNER, f"join {code}", **TEAMS)
    await wall.shows("19:x", f"no open session with the code {code}")


async def test_joining_where_it_is_already(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    await team.say(COLLEAGUE, f"join {await code_of(team)}")
    await wall.shows("C1", "here already")
    assert len([text for text in wall.texts("C1") if "Question 1" in text]) == 1


async def test_a_join_code_for_a_channel_with_a_quiz_of_its_own(team: Team, wall: Wall) -> None:
    await team.quiz(SOIL)
    await team.quiz(SOIL, channel="C2")
    await team.say(COLLEAGUE, f"join {await code_of(team)}", channel="C2")
    await wall.shows("C2", words.ONE_KIND)
