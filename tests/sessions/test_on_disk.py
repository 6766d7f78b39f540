"""Checks, and quizzes without names, as the data folder tells of them: read as an attacker would."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.keys import Keys
from bot.storage.pseudonyms import Pseudonyms
from dialogs.core.plain import choices, plain
from dialogs.wording import sessions as words
from tests.harness.platform import FakePlatform
from tests.harness.waiting import until
from tests.reading_disk import Written, bytes_of, keyed, naming, readable, transactions
from tests.sessions.checks import fill
from tests.sessions.live import HOST, Sharewise
from tests.sessions.quizzes import chosen, code_of, right_and_wrong

PEOPLE = tuple(f"slack:T1/U{name}XX" for name in ("ANNE", "BRYN", "CARA", "DEWI"))


@pytest.fixture
async def redis_url(tmp_path: Path) -> AsyncIterator[str]:
    """A server with a folder of its own."""
    async with readable(tmp_path) as url:
        yield url


def of_answers(written: list[Written]) -> bool:
    """Whether something was answered in it."""
    return any(kind in command[1] for command in written for kind in (b":form:", b":votes:") if command[1:])


async def secret_of(process: Sharewise) -> str:
    """That of the one session there is."""
    (key,) = await process.connection.call("KEYS", "*:secret:all")
    kept: bytes = await process.connection.call("GET", key)
    return kept.decode()


def is_hidden(written: list[list[Written]], whole_file: list[list[Written]], secret: str) -> None:
    """Nothing that was written with answers leads to a person, but by the secret."""
    answers = [commands for commands in written if of_answers(commands)]
    assert len(answers) >= len(PEOPLE)
    for commands in written:
        assert naming(commands, PEOPLE) == set(), "by transaction, and by order: none of them is named at all"
    known = {word for commands in whole_file for command in commands for word in command if len(word) < 100}
    known -= {secret.encode()}
    text = b"\n".join(word for commands in answers for command in commands for word in command)
    assert not [person for person in PEOPLE if any(key in text for key in keyed(person, known))], (
        "by a digest"
    )
    assert Pseudonyms(secret, "session").of(PEOPLE[0]).encode() in text, "as docs/privacy.md says"


async def looked_up_after_all(process: Sharewise) -> None:
    """Somebody is met and looked up; whoever was met before has been, too."""
    fresh = "slack:T1/UFRESH"
    await process.say(fresh, "hello")
    key = Keys("slack:T1").key("profile", fresh)
    await until(lambda: process.connection.call("HEXISTS", key, "to"))


async def is_gone(process: Sharewise, folder: Path, secret: str) -> None:
    """Once it is over and the file is written anew: no answer, pseudonym or secret."""
    await process.service.delivery.settled()
    await process.service.disk.sweep_once(now=True)
    assert not [
        commands for commands in transactions(folder) if of_answers(commands) and commands[0][0] != b"DEL"
    ]
    left = bytes_of(folder)
    assert secret.encode() not in left
    assert not [person for person in PEOPLE if Pseudonyms(secret, "session").of(person).encode() in left]


async def test_a_check(sharewise: Sharewise, platform: FakePlatform, tmp_path: Path) -> None:
    assert "I keep your answers as yours" in plain(await sharewise.check())
    session, begun = await sharewise.session("readiness"), len(transactions(tmp_path))
    for number, who in enumerate(PEOPLE):
        await fill(sharewise, who, session, str(number + 1))
    await fill(sharewise, PEOPLE[0], session, "5", pages=1)
    await platform.shows("C1", "4 finished")
    written, secret = transactions(tmp_path), await secret_of(sharewise)
    is_hidden(written[begun:], written, secret)
    assert set(await sharewise.store.answers.took(session)) == set(PEOPLE), "while it is open, too"
    await sharewise.press(HOST, platform.newest("C1"), "Close and show")
    await platform.shows("C1", "This check is closed")
    await is_gone(sharewise, tmp_path, secret)
    assert await sharewise.store.answers.took(session) == dict.fromkeys(PEOPLE, "slack:T1")


async def test_a_quiz_without_names(sharewise: Sharewise, platform: FakePlatform, tmp_path: Path) -> None:
    card = await sharewise.quiz("quiz here on soil without names")
    assert words.NAMELESS in plain(card)
    session, begun = await sharewise.session(), len(transactions(tmp_path))
    right, wrong = right_and_wrong(card)
    for who, answer in zip(PEOPLE, (right, wrong, right, right), strict=True):
        assert "You chose" in (await sharewise.press(who, card, answer)).note
    assert "already" in (await sharewise.press(PEOPLE[0], card, wrong)).note, "once"
    assert "not closed yet" in (await sharewise.press_saying(PEOPLE[0], f"quiz mine {session}")).note
    await platform.shows("C1", "4 answered")
    written, secret = transactions(tmp_path), await secret_of(sharewise)
    is_hidden(written[begun:], written, secret)
    await sharewise.say(PEOPLE[3], f"leave {await code_of(sharewise)}")
    await platform.shows("C1", "3 answered")
    await sharewise.press(HOST, card, "Close question")
    assert chosen(await platform.shows("C1", "Who chose what"))[:2] == [2, 1]
    await sharewise.say(PEOPLE[1], f"leave {await code_of(sharewise)}")
    counts = (await sharewise.store.load(session)).tally.votes.values()
    assert sorted(counts) == [1, 2], "or the difference would be their answer"
    await looked_up_after_all(sharewise)
    since = itertools.chain(*transactions(tmp_path)[begun:])
    assert naming(since, PEOPLE) == set(), "nor does the file tell who left, next to what they had chosen"
    await sharewise.press(HOST, card, "End quiz")
    over = await platform.shows("C1", "2 people took part", words.SPREAD_HIDDEN)
    assert "Missed most" not in plain(over), "nor by the scores beside the counts"
    assert "My answers" not in [choice.label for choice in choices(over)]
    assert (await sharewise.press_saying(PEOPLE[0], f"quiz mine {session}")).note == words.MINE_NAMELESS
    await is_gone(sharewise, tmp_path, secret)
    assert await sharewise.connection.call("KEYS", "*:votes:*") == []
    assert await sharewise.connection.call("KEYS", "*:people:*") == []
