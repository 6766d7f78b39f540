"""A pulse without names, as the data folder tells of it to whoever copies it: read as an attacker would."""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from bot.storage.keys import Keys, kind_of
from bot.storage.pseudonyms import Pseudonyms
from dialogs.core.plain import plain
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.waiting import until
from tests.reading_disk import Written, bytes_of, keyed, naming, readable, transactions
from tests.reading_keys import forms, mentions
from tests.reminders.leaving import (
    ADDRESS,
    WORD,
    forgotten,
    play_advising,
    play_alone,
    play_receiving,
    play_together,
)
from tests.reminders.leaving import BRYN as FORGOTTEN
from tests.reminders.series import ID, SLACK, Sharewise, channel, person

ANNE, BRYN, CARA, DEWI, ELIN, HUW = (
    f"slack:T1/U{name}" for name in ("ANNEXX", "BRYNXX", "CARAXX", "DEWIXX", "ELINXX", "HUWXXX")
)
RECIPIENTS, IN_CHANNEL = (ANNE, BRYN, CARA, DEWI, HUW), (ELIN,)
"""Huw doesn't answer."""
PULSE = {"kind": "pulse", "what": "How firmly is the leadership behind this?", "topic": "buy-in"}
SECRET = re.compile(rb"[0-9a-f]{64}")


@pytest.fixture
async def redis_url(tmp_path: Path) -> AsyncIterator[str]:
    """A server with a folder of its own."""
    async with readable(tmp_path) as url:
        yield url


@pytest.fixture
async def asked(sharewise: Sharewise) -> Sharewise:
    """A Sharewise with a pulse that has gone out."""
    recipients = (person(recipient.rpartition("/")[2]) for recipient in RECIPIENTS)
    await sharewise.begin(*recipients, channel("C1"), **PULSE)
    await sharewise.forward(hours=1.2)
    return sharewise


async def answered(sharewise: Sharewise, platform: FakePlatform) -> None:
    """Everybody but Huw answers, each in another way."""
    card = await platform.shows("UANNEXX", "How firmly")
    message = next(iter(platform.shown["UANNEXX"]))
    told = await sharewise.press(ANNE, card, "4", about=f"UANNEXX:{message}")
    assert "Nobody learns" in told.note
    await sharewise.say(BRYN, "2")
    await sharewise.say(CARA, "2 - because the board hardly knows of it")
    says = f"pulse comment {ID} {await sharewise.key()}"
    await sharewise.press_saying(DEWI, f"pulse answer {ID} {await sharewise.key()} 5")
    await sharewise.submit(DEWI, says, {"comment": "All is well where I sit"})
    await sharewise.press(ELIN, await platform.shows("C1", "How firmly"), "1", channel="C1")
    await sharewise.settled()


async def looked_up_after_all(sharewise: Sharewise) -> None:
    """Somebody is met and looked up; whoever was met before has been, too."""
    await sharewise.say(ADVISOR, "hello")
    key = Keys(SLACK).key("profile", ADVISOR)
    await until(lambda: sharewise.store.connection.call("HEXISTS", key, "to"))


def of_answers(written: list[Written]) -> bool:
    """Whether something was answered in it."""
    return any(b":answers:" in word for command in written for word in command[1:2])


async def everything(sharewise: Sharewise) -> dict[bytes, object]:
    """A snapshot: each key with what it holds."""
    call, found = sharewise.store.connection.call, dict[bytes, object]()
    for key in await call("KEYS", "*"):
        found[key] = await call("DUMP", key)
    return found


async def test_neither_transaction_nor_order_nor_a_digest_tells_who_answered(
    asked: Sharewise, platform: FakePlatform, tmp_path: Path
) -> None:
    begun = len(transactions(tmp_path))
    await answered(asked, platform)
    await looked_up_after_all(asked)
    written = transactions(tmp_path)[begun:]
    answers = [number for number, commands in enumerate(written) if of_answers(commands)]
    assert len(answers) == 7, "five answers and two comments"
    everybody = (*RECIPIENTS, *IN_CHANNEL)
    for number in answers:
        assert naming(written[number], everybody) == set(), "by transaction"
    assert naming(itertools.chain(*written), everybody) == set(), "by order, however near"
    words = {
        word
        for commands in transactions(tmp_path)
        for command in commands
        for word in command
        if len(word) < 100
    }
    words = {word for word in words if not SECRET.fullmatch(word)}
    whole = b"\n".join(word for number in answers for command in written[number] for word in command)
    assert not [who for who in everybody if any(key in whole for key in keyed(who, words))], "by a digest"


async def test_two_snapshots_around_an_answer_differ_in_nothing_that_names_a_person(
    asked: Sharewise, platform: FakePlatform
) -> None:
    before = await everything(asked)
    await asked.say(BRYN, "2")
    await asked.settled()
    after = await everything(asked)
    changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    kinds = {kind_of(key.decode()) for key in changed} - {"schedule", "homes", "hashing", "active"}
    assert kinds == {"answers", "pseudonyms", "secret", "mark"}
    assert naming([[key] for key in changed], RECIPIENTS) == set()


async def test_until_the_close_who_holds_the_secret_can_tell_and_afterwards_nobody(
    asked: Sharewise, platform: FakePlatform, tmp_path: Path, redis_url: str
) -> None:
    await answered(asked, platform)
    key = await asked.key()
    words = {word for commands in transactions(tmp_path) for command in commands for word in command}
    whole, secrets = b"\n".join(words), {word.decode() for word in words if SECRET.fullmatch(word)}
    known = {Pseudonyms(secret, "answer").of(ANNE).encode() for secret in secrets}
    assert any(pseudonym in whole for pseudonym in known), "as docs/privacy.md says"
    await asked.forward(hours=23.9)
    wrap = plain(await platform.shows("UADVISOR", "What became of “buy-in”", "stands at 2.8"))
    assert "hardly knows" in wrap
    await asked.service.disk.sweep_once(now=True)

    left = transactions(tmp_path)
    whole = b"\n".join(word for commands in left for command in commands for word in command)
    assert not any(secret.encode() in whole for secret in secrets), "the secret is gone"
    assert not any(pseudonym in whole for pseudonym in known), "and so are the pseudonyms"
    assert not [
        command
        for written in left
        for command in written
        if command[0].upper() == b"HINCRBY" and b":answers:" in command[1]
    ]
    states = await asked.states(-1 if (await asked.key()) == key else -2)
    assert {recipient: states[recipient] for recipient in RECIPIENTS} == {
        **dict.fromkeys((ANNE, BRYN, CARA, DEWI), "answered"), HUW: "sent"
    }  # fmt: skip
    assert not [found for found in await mentions(redis_url, "ELINXX") if ":profile:" not in found[0]]


async def test_in_what_order_they_came_is_not_kept(asked: Sharewise, platform: FakePlatform) -> None:
    values = [5, 1, 4, 2]
    for who, value in zip((HUW, DEWI, ANNE, BRYN), values, strict=True):
        says = f"pulse answer {ID} {await asked.key()} {value}"
        await asked.press_saying(who, says)
        says = f"pulse comment {ID} {await asked.key()}"
        await asked.submit(who, says, {"comment": f"for {value}"})
    key, call = await asked.key(), asked.store.connection.call
    await asked.forward(hours=23.9)
    (counts,) = await call("KEYS", f"*:answers:{key}")
    assert (await call("HKEYS", counts)) == [b"1", b"2", b"4", b"5"]
    (said,) = await call("KEYS", f"*:answers:{key} comments")
    fields = await call("HKEYS", said)
    assert fields == sorted(fields), "by their random names"


async def test_an_answer_counts_once_wherever_it_is_pressed_and_none_after_the_close(
    asked: Sharewise, platform: FakePlatform
) -> None:
    series, key = await asked.series(), await asked.key()
    says = f"pulse answer {ID} {key}"
    assert "Nobody learns" in (await asked.press_saying(ANNE, f"{says} 4")).note
    assert "first one counts" in (await asked.press_saying(ANNE, f"{says} 5")).note
    assert "first one counts" in (await asked.press_saying(ANNE, f"{says} 5", channel="C1")).note
    assert await asked.store.answers(series, key) == {"0": 4}
    assert (await asked.counts())["answered"] == 1, "before the ledger says so"
    await asked.forward(hours=23.9)
    assert "takes no more answers" in (await asked.press_saying(BRYN, f"{says} 1")).note
    assert await asked.store.answers(series, key) == {}, "too few to be shown ever, and so not kept"
    assert (await asked.ledger(0))[ANNE].state == "answered"


async def test_what_was_sent_as_anonymous_stays_so_when_the_pulse_is_changed(
    asked: Sharewise, platform: FakePlatform
) -> None:
    says, key = f"pulse answer {ID} {await asked.key()}", await asked.key()
    await asked.press_saying(ANNE, f"{says} 4")
    changed = {**PULSE, "anonymous": False}
    there = map(person, ("UANNEXX", "UBRYNXX", "UHUWXXX"))
    await asked.begin(*there, id="DDDDDDDDDDDD", changes=ID, **changed)
    assert not (await asked.series()).draft.anonymous
    assert "Nobody learns" in (await asked.press_saying(BRYN, f"{says} 2")).note
    assert "can't be changed" in (await asked.press_saying(BRYN, f"pulse change answer {ID} {key}")).note
    await asked.submit(CARA, f"pulse comment {ID} {key}", {"comment": "Between us"})
    series = await asked.series()
    assert await asked.store.answers(series, key) in ({"0": 2, "1": 4}, {"0": 4, "1": 2})
    assert await asked.store.comments(series, key) == [("", "Between us")]
    await asked.press_saying(ADVISOR, f"reminder nudge {ID} {key}")
    await platform.shows("UHUWXXX", "Again, since I haven't heard", "How firmly", "Anonymous")


async def test_a_nudge_goes_to_those_who_are_silent_just_now(
    asked: Sharewise, platform: FakePlatform
) -> None:
    await answered(asked, platform)
    assert "Nudging 1 recipient" in await asked.steer("nudge")
    await platform.shows("UHUWXXX", "Again, since I haven't heard from you")
    assert not [text for text in platform.texts("UANNEXX") if "haven't heard" in text]


async def test_a_forgotten_person_leaves_a_mark_that_leads_nowhere_and_their_answer_stays(
    asked: Sharewise, platform: FakePlatform
) -> None:
    await asked.say(BRYN, "2")
    key, call = await asked.key(), asked.store.connection.call
    (pseudonyms,) = await call("KEYS", f"*:pseudonyms:{key}")
    assert await call("ZCARD", pseudonyms) == 1
    for words in ("forget me", "yes, forget me"):
        await asked.say(BRYN, words)
        await asked.settled()
    (mark,) = await call("ZRANGE", pseudonyms, 0, -1)
    secret = Pseudonyms(
        (await call("GET", pseudonyms.decode().replace(":pseudonyms:", ":secret:"))).decode(), "answer"
    )
    assert len(mark) < 20, "it is a keyed hash"
    with pytest.raises((InvalidTag, ValueError)):
        secret.person(mark.decode())
    assert await asked.store.answers(await asked.series(), key) == {"0": 2}
    assert (await asked.counts())["answered"] == 1, "as nobody's"


async def test_who_is_forgotten_while_it_is_open_is_not_told_by_the_file(
    asked: Sharewise, platform: FakePlatform, tmp_path: Path
) -> None:
    await answered(asked, platform)
    written = itertools.chain(*transactions(tmp_path))
    sealed = {
        command[-1] for command in written if command[0].upper() == b"ZADD" and b":pseudonyms:" in command[1]
    }
    assert len(sealed) == 7, "five answers and two comments"
    begun = len(transactions(tmp_path))
    for who in (DEWI, CARA):
        for words in ("forget me", "yes, forget me"):
            await asked.say(who, words)
            await asked.settled()
    since = transactions(tmp_path)[begun:]
    assert naming(itertools.chain(*since), (CARA, DEWI)) == {CARA, DEWI}
    assert not [
        pseudonym for pseudonym in sealed if any(pseudonym in command for each in since for command in each)
    ]
    alone = [each for each in since if any(b":pseudonyms:" in command[1] for command in each)]
    assert [naming(each, RECIPIENTS) for each in alone] == [set()] * len(alone) != []
    says = f"pulse answer {ID} {await asked.key()} 1"
    for who in (*RECIPIENTS[:4], ELIN):
        assert "first one counts" in (await asked.press_saying(who, says, channel="C1")).note
    await asked.forward(hours=23.9)
    await platform.shows("UADVISOR", "What became of “buy-in”", "stands at 2.8", "hardly knows")
    states = await asked.states(-2)
    assert sum(state == "answered" for state in states.values()) == 5, "two of them as nobody's"


async def test_forget_me_reaches_the_disk(
    sharewise: Sharewise, platform: FakePlatform, tmp_path: Path
) -> None:
    for play in (play_receiving, play_advising, play_alone, play_together):
        await play(sharewise, platform)
    whole = bytes_of(tmp_path).lower()
    assert all(word.lower().encode() in whole for word in (ADDRESS, FORGOTTEN, WORD))
    await forgotten(sharewise)
    await sharewise.service.disk.sweep_once(now=True)
    whole = bytes_of(tmp_path).lower()
    whole += b"\n".join(
        part
        for commands in transactions(tmp_path)
        for command in commands
        for word in command
        for part in forms(word)
    ).lower()
    assert [word for word in (ADDRESS, FORGOTTEN, WORD) if word.lower().encode() in whole] == []
