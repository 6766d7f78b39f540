"""Forgetting a person: what series keep of them by name is erased, and the counts stay."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from bot.storage.keys import Keys
from bot.storage.reminders import SeriesStore, mutes
from dialogs.core.commands import ALL
from dialogs.core.reminder_model import PARTITION, AdvisorSettings, Series
from dialogs.reminders.cards import called
from dialogs.wording import reminders as words


async def forget(store: SeriesStore, everything: Sequence[Series], person: str) -> None:
    """Erase the mutes, named answers and comments of ``person``, and their name in ledgers.

    Anonymous answers stay: nothing tells whose they are. May raise MemoryAway; doing it again is harmless.
    """
    await store.mute(ALL, person, back=True)
    for series in everything:
        keys = Keys(PARTITION + series.id)
        await store.mute(series.id, person, back=True)
        for key in (one.key for one in series.sent):
            await store.connection.call("HDEL", keys.key("answers", key), person)
            await store.connection.call("HDEL", keys.key("answers", f"{key} comments"), person)
            await store.connection.call("SREM", keys.key("answers", f"{key} people"), person, f"c {person}")
            ledger = keys.key("ledger", key)
            stored = await store.connection.call("HGET", ledger, person)
            if stored is not None:
                state, detail, flags, _ = stored.decode("utf-8", "replace").split("\n", 3)
                detail = "" if state == "acknowledged" else detail  # it may name whoever pressed
                line = "\n".join((state, detail, flags, ""))
                await store.connection.call("HSET", ledger, _nobody(person, series.id, key), line)
                await store.connection.call("HDEL", ledger, person)


async def kept_of(
    store: SeriesStore, everything: Sequence[Series], advisor_settings: AdvisorSettings, person: str
) -> list[str]:
    """What is kept of a person by name, in words for them. May raise MemoryAway."""
    found: list[str] = []
    if person in advisor_settings.advisors or person in advisor_settings.reach:
        found.append(words.KEPT_ADVISOR)
    if await store.connection.call("SISMEMBER", mutes(ALL), person):
        found.append(words.KEPT_STOPPED_ALL)
    for series in everything:
        name = called(series.draft)
        if await store.connection.call("SISMEMBER", mutes(series.id), person):
            found.append(words.KEPT_STOPPED.format(what=name))
        lines = [await store.line_of(series.id, one.key, person) for one in series.sent]
        count = sum(one is not None for one in lines)
        if count:
            found.append(words.KEPT_SENDS.format(what=name, count=count))
    return found


def _nobody(person: str, id: str, key: str) -> str:
    return "forgotten " + hashlib.blake2s(f"{person} {id} {key}".encode(), digest_size=6).hexdigest()
