"""Join codes: mistyped, guessed, expired, and used where the session is already."""

from __future__ import annotations

from dialogs.core.plain import choices, plain
from dialogs.wording import sessions as words
from tests.harness.platform import FakePlatform
from tests.sessions.live import COLLEAGUE, HOST, PARTNER, TEAMS, Sharewise
from tests.sessions.quizzes import SOIL, code_of, right_and_wrong


async def test_a_mistyped_code_is_suggested_where_the_session_is_known(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz(SOIL)
    code = await code_of(sharewise)
    wrong = code[:3] + ("X" if code[3] != "X" else "Y")
    await sharewise.say(COLLEAGUE, f"join {wrong}", channel="C2")
    near = await platform.tells(COLLEAGUE, wrong, "Did you mean this one?")
    assert [choice.says for choice in choices(near)] == [f"join {code}"]
    await sharewise.say(PARTNER, f"join {wrong}", **TEAMS)
    assert code not in plain(await platform.shows("19:x", f"no open session with the code {wrong}"))


async def test_a_mistyped_code_is_suggested_in_a_direct_chat_too(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz(SOIL)
    code = await code_of(sharewise)
    await sharewise.say(COLLEAGUE, f"join {code[:3]}", channel="D2")
    near = await platform.tells(COLLEAGUE, "Did you mean this one?")
    assert [choice.says for choice in choices(near)] == [f"join {code}"]


async def test_a_guest_in_a_shared_channel_is_told_no_code_but_of_what_they_took_part_in(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.quiz(SOIL)
    code = await code_of(sharewise)
    guest = "slack:T2/UGUEST"
    for says in (f"join {code[:3]}", f"{code[:3]} a", f"quiz mine {code[:3]}"):
        await sharewise.say(guest, says, channel="D9")
    await platform.tells(guest, "no open session")
    assert not any(code in text for text in [*platform.texts("D9"), *platform.texts("UGUEST")])
    await sharewise.press(guest, card, right_and_wrong(card)[0])
    await sharewise.say(guest, f"join {code[:3]}", channel="D9")
    await platform.tells(guest, "Did you mean this one?")


async def test_codes_cannot_be_guessed(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL)
    code = await code_of(sharewise)
    for guess in ("CCCC", "DDDD", "FFFF", "GGGG", "HHHH"):
        await sharewise.say(PARTNER, f"join {guess}", **TEAMS)
        await platform.shows("19:x", f"no open session with the code {guess}")
    for _ in range(2):
        await sharewise.say(PARTNER, f"join {code}", **TEAMS)
        await platform.shows("19:x", "a lot of codes")
    assert all("Question" not in text for text in platform.texts("19:x")), "not even with the right one"
    for says in (f"{code} a", f"quiz mine {code}", f"join {code}", f"leave {code}"):
        await sharewise.say(PARTNER, says, tenant="teams:t1", channel="D3")
    await platform.tells(PARTNER, "a lot of codes")
    assert all("a lot of codes" in text for text in platform.texts(PARTNER.rpartition("/")[2]))
    await sharewise.say("teams:t1/another", f"join {code}", **TEAMS)
    await platform.shows("19:x", "Question 1 of 2")


async def test_the_code_of_what_is_over_leads_nowhere(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    code = await code_of(sharewise)
    await sharewise.press(HOST, card, "End quiz")
    await platform.shows("C1", "there are no scores")
    await sharewise.say(PARTNER, f"join {code}", **TEAMS)
    await platform.shows("19:x", f"no open session with the code {code}")


async def test_an_expired_code_leads_nowhere(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL)
    code = await code_of(sharewise)
    await sharewise.connection.call("DEL", f"sw:{{code}}:code:{code}")
    await sharewise.say(PARTNER, f"join {code}", **TEAMS)
    await platform.shows("19:x", f"no open session with the code {code}")


async def test_joining_where_it_is_already(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.quiz(SOIL)
    await sharewise.say(COLLEAGUE, f"join {await code_of(sharewise)}")
    await platform.shows("C1", "here already")
    assert len([text for text in platform.texts("C1") if "Question 1" in text]) == 1


async def test_a_join_code_for_a_channel_with_a_quiz_of_its_own(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.quiz(SOIL)
    await sharewise.quiz(SOIL, channel="C2")
    await sharewise.say(COLLEAGUE, f"join {await code_of(sharewise)}", channel="C2")
    await platform.shows("C2", words.ONE_KIND)
