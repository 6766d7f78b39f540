"""Whatever is kept and can't be read, of each kind: it stays, is told, comes back, and can be forgotten."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bot.delivery import scheduler
from bot.platforms.ports import Unavailable
from bot.storage.hashed_people import PARTITION as PEOPLE
from bot.storage.keys import Keys, kind_of, retention
from bot.storage.records import read_message
from bot.storage.shapes import SHAPES, WITHOUT, Value, unreadable, values
from dialogs.core.commands import TABLE
from dialogs.core.events import Utterance
from dialogs.core.teaching_model import TAUGHT_PARTITION
from dialogs.wording import unreadable as words
from tests.dialogs import everything_said as said
from tests.harness import sharewise as arriving
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reading_keys import mentions
from tests.reminders.leaving import (
    ADDRESS,
    BRYN,
    OWNED,
    forgotten,
    play_everything,
)
from tests.reminders.series import ID, OFFICER, Sharewise

DAMAGE = b"\xc1"
"""Begins no value that MessagePack or zlib could have written."""
LAST = ("ForgetMe", "ConfirmForget")
"""Names of commands that are said in the end."""


def test_every_kind_of_key_has_a_shape_or_has_none() -> None:
    assert SHAPES.keys() | WITHOUT == retention(1).keys()
    assert not SHAPES.keys() & WITHOUT


@pytest.fixture
async def lived(sharewise: Sharewise, platform: FakePlatform) -> Sharewise:
    """One in which everything has been done."""
    await play_everything(sharewise, platform)
    for who in (BRYN, ADVISOR):
        await sharewise.say(who, "what kinds of bed are there", thread="talk")
        await sharewise.say(who, "is weedkiller allowed", channel="C1", thread="talk")
    return sharewise


async def kept(sharewise: Sharewise) -> dict[tuple[str, str], bytes]:
    """All values that have a shape, by their place."""
    found: dict[tuple[str, str], bytes] = {}
    async for key in sharewise.connection.scan("sw:{*"):
        if (shape := SHAPES.get(kind_of(key) or "")) is not None:
            async for value in values(sharewise.connection, key, shape):
                found[value.key, value.at] = value.stored
    return found


async def put(sharewise: Sharewise, value: Value) -> None:
    call = sharewise.connection.call
    match await call("TYPE", value.key):
        case b"string":
            await call("SET", value.key, value.stored, "KEEPTTL")
        case b"list":
            await call("LSET", value.key, value.at, value.stored)
        case _:
            await call("HSET", value.key, value.at, value.stored)


async def planted(sharewise: Sharewise) -> None:
    """What no play leaves: of each kind that is left one value, where it is looked for."""
    call, here, taught = sharewise.connection.call, Keys("slack:T1"), Keys(TAUGHT_PARTITION)
    for kind in ("result", "share"):
        await call("SET", here.key(kind, "planted"), b"", "EX", 9000)
        await call("ZADD", here.key("traces", BRYN), 9_000_000_000, here.key(kind, "planted"))
    await call("SET", here.key("standing", "m1"), b"", "EX", 9000)
    await call("RPUSH", here.key("shared", "C1"), b"")
    await call("EXPIRE", here.key("shared", "C1"), 9000)
    states = (taught.key("teaching", ADVISOR), here.key("quizzed", "C1"), Keys(PEOPLE).key("disclosed", "x"))
    for key in states:
        await call("HSET", key, "s", b"", "v", b"1")
        await call("EXPIRE", key, 9000)


async def damage(sharewise: Sharewise) -> dict[tuple[str, str], bytes]:
    """Nothing that has a shape can be read any more."""
    there = await kept(sharewise)
    for (key, at), stored in there.items():
        await put(sharewise, Value(key, at, DAMAGE + stored))
    return there


async def repaired(sharewise: Sharewise) -> None:
    """A version has come that can read all of it."""
    there = {**await kept(sharewise), **await set_aside(sharewise)}
    for (key, at), stored in there.items():
        if stored.startswith(DAMAGE):
            await put(sharewise, Value(key, at, stored.removeprefix(DAMAGE)))


async def set_aside(sharewise: Sharewise) -> dict[tuple[str, str], bytes]:
    """All that was set aside, by its place."""
    found: dict[tuple[str, str], bytes] = {}
    async for key in sharewise.connection.scan("sw:{*}:unreadable:*"):
        if not key.endswith(":told"):
            for at, stored in enumerate(await sharewise.connection.call("LRANGE", key, 0, -1)):
                found[key, str(at)] = stored
    return found


async def all_is_tried(sharewise: Sharewise, monkeypatch: pytest.MonkeyPatch, ids: dict[str, str]) -> None:
    """Everything is said by everybody, time passes, and every sweep looks."""
    for name, sample in ids.items():
        monkeypatch.setitem(said.SAMPLES, name, sample)
    for row in (row for row in TABLE if row.name not in LAST):
        for phrase in said.everything_said(row):
            for who in (BRYN, ADVISOR):
                await sharewise.press_saying(who, phrase, thread="talk")
    for who in (BRYN, ADVISOR):
        await sharewise.say(who, "is weedkiller allowed", channel="C1", thread="talk")
        await sharewise.say(who, "quiz here", channel="C1")
    await sharewise.settled()
    await sharewise.forward(hours=25)
    for _ in range(2):
        await sharewise.service.mending.sweep_once()
        await sharewise.service.delivery.sweep_once()
    await sharewise.settled()


async def test_what_cannot_be_read_is_kept_and_told_whatever_it_is(
    lived: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharewise = lived
    await planted(sharewise)
    there = await damage(sharewise)
    assert {kind_of(key) for key, _ in there} == SHAPES.keys()
    [(session, code)] = (await sharewise.service.sessions.store.codes.listed_in("slack:T1"))[:1]
    ids = {"id": ID, "session": session, "code": code, "key": "2026-01-01T09:00"}
    await all_is_tried(sharewise, monkeypatch, ids)

    aside = set((await set_aside(sharewise)).values())
    after, failed_jobs = await kept(sharewise), sharewise.service.reminders.failed_jobs
    lost = defaultdict[str, list[str]](list)
    for (key, at), stored in there.items():
        kind = kind_of(key) or ""
        stays = after.get((key, at)) == DAMAGE + stored
        match SHAPES[kind].then:
            case "set aside":
                stays = stays or DAMAGE + stored in aside
            case "passes":
                continue
        if kind == "promised" and not stays:
            # docket, or the state, knew it: it was promised anew, or tried.
            stays = (key, at) in after or await failed_jobs.holds(at)
        if not stays:
            lost[kind].append(f"{key} {at} {after.get((key, at))!r:.150}")
    assert not lost, {kind: keys[:3] for kind, keys in lost.items()}

    counter = sharewise.service.metrics.unreadable
    met = {kind for kind in SHAPES if counter.labels(kind)._value.get()}
    assert met >= {kind for kind, shape in SHAPES.items() if shape.then == "set aside"}
    assert met >= {"series", "session", "enquiry", "taught", "board", "audit"}
    await platform.shows("UADVISOR", "There are things that I can't read", "live quiz", "reminder or pulse")
    told = [text for text in platform.texts("UADVISOR") if "There are things that I can't read" in text]
    assert len(told) == 1, "one message, which grows"
    assert all(words.KINDS.get(kind, words.OTHER) in told[0] for kind in met)

    await repaired(sharewise)
    left = [value async for value in unreadable(sharewise.connection)]
    assert {kind_of(value.key) for value in left if value.stored} <= {"quizzed"}, "which was planted"
    assert (await sharewise.series()).draft.what == "Brief your members"
    for kind in ("work", "missed"):
        key = Keys("slack:T1").key("unreadable", f"{kind} {BRYN}")
        assert await sharewise.connection.call("EXISTS", key)
    await sharewise.connection.call("DEL", Keys("slack:T1").key("work", BRYN))  # what came since is over
    loaded = await sharewise.memory.load(arriving.at(Utterance("hello"), BRYN))
    assert loaded.work.draft is not None
    assert "zanzibar" in loaded.work.draft.what
    await sharewise.say(BRYN, "cancel")
    await sharewise.say(BRYN, "quiz flat bed")
    assert not await sharewise.connection.call("EXISTS", Keys("slack:T1").key("unreadable", f"work {BRYN}"))


async def test_who_is_forgotten_is_in_nothing_that_cannot_be_read(
    lived: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    await damage(lived)
    await forgotten(lived)
    left = await mentions(redis_url, ADDRESS)
    assert not left, left
    await repaired(lived)
    assert [value async for value in unreadable(lived.connection)] == []
    assert (await lived.series(OWNED)).owner.id.startswith("slack:T1/x")


async def test_a_message_that_cannot_be_read_holds_up_nothing_and_is_sent_by_who_can(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "TRIES", 1)
    await sharewise.say(ADVISOR, "help")
    platform.refuses["U1"] = Unavailable("503")
    await sharewise.say(OFFICER, "is weedkiller allowed", thread="talk")
    await sharewise.say(OFFICER, "what kinds of bed are there", thread="talk")
    first, _ = [place for place in await kept(sharewise) if kind_of(place[0]) == "outbox"]
    await put(sharewise, Value(*first, DAMAGE + (await kept(sharewise))[first]))
    del platform.refuses["U1"]
    await platform.shows("U1", "bed")
    assert not any("pesticides" in text for text in platform.texts("U1"))
    await platform.shows("UADVISOR", "I could not finish something", "a message")
    [failed] = await sharewise.service.reminders.failed_jobs.all()
    assert failed.reason.startswith("UnreadableState")

    real = read_message._decode
    monkeypatch.setattr(read_message, "_decode", lambda stored: real(stored.removeprefix(DAMAGE)))
    await sharewise.press_saying(ADVISOR, f"reminder retry {failed.id}")
    await platform.shows("U1", "pesticides")
    assert await sharewise.service.reminders.failed_jobs.all() == []
