"""Forgetting a person: what series keep of them by name is erased, and the counts stay."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from bot.keys import Keys
from bot.series.store import Store, mutes
from dialogs.series import words
from dialogs.series.acts import ALL
from dialogs.series.cards import called
from dialogs.series.model import HOME, Board, Series


async def forget(store: Store, everything: Sequence[Series], person: str) -> None:
    """Erase the mutes, named answers and comments of ``person``, and their name in ledgers.

    Anonymous answers stay: nothing tells whose they are. May raise MemoryAway; doing it again is harmless.
    """
    await store.mute(ALL, person, back=True)
    for series in everything:
        keys = Keys(HOME + series.id)
        await store.mute(series.id, person, back=True)
        for key in (one.key for one in series.sent):
            await store.line.call("HDEL", keys.key("answers", key), person)
            await store.line.call("HDEL", keys.key("answers", f"{key} comments"), person)
            await store.line.call("SREM", keys.key("answers", f"{key} people"), person, f"c {person}")
            ledger = keys.key("ledger", key)
            stored = await store.line.call("HGET", ledger, person)
            if stored is not None:
                state, detail, flags, _ = stored.decode("utf-8", "replace").split("\n", 3)
                detail = "" if state == "acknowledged" else detail  # it may name whoever pressed
                line = "\n".join((state, detail, flags, ""))
                await store.line.call("HSET", ledger, _nobody(person, series.id, key), line)
                await store.line.call("HDEL", ledger, person)


async def kept_of(store: Store, everything: Sequence[Series], board: Board, person: str) -> list[str]:
    """What is kept of a person by name, in words for them. May raise MemoryAway."""
    found: list[str] = []
    if person in board.advisors or person in board.reach:
        found.append(words.KEPT_ADVISOR)
    if await store.line.call("SISMEMBER", mutes(ALL), person):
        found.append(words.KEPT_STOPPED_ALL)
    for series in everything:
        name = called(series.draft)
        if await store.line.call("SISMEMBER", mutes(series.id), person):
            found.append(words.KEPT_STOPPED.format(what=name))
        lines = [await store.line_of(series.id, one.key, person) for one in series.sent]
        count = sum(one is not None for one in lines)
        if count:
            found.append(words.KEPT_SENDS.format(what=name, count=count))
    return found


def _nobody(person: str, id: str, key: str) -> str:
    return "forgotten " + hashlib.blake2s(f"{person} {id} {key}".encode(), digest_size=6).hexdigest()
