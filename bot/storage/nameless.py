"""Answers to pulses without names: who has given one while it is open, and what its close leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.marks import Marks
from bot.storage.records import Command
from dialogs.core.reminder_model import PARTITION, Series
from dialogs.reminders.ledger import restated


class NamelessAnswers:
    """Those of all series. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        self._connection, self._seconds = connection, seconds

    async def people(self, id: str, key: str) -> set[str]:
        """Who has answered an occurrence that is open; of one that is closed, its ledger tells."""
        keys = Keys(PARTITION + id)
        secret = await self._connection.call("GET", keys.key("secret", key))
        if secret is None:
            return set()
        marks = Marks(secret.decode(), "answer")
        found = await self._connection.call("ZRANGE", keys.key("marks", key), 0, -1)
        return {marks.person(mark.decode()) for mark in found}

    async def from_person(self, id: str, key: str, person: str) -> bool:
        """Whether ``person`` is among them."""
        keys = Keys(PARTITION + id)
        secret = await self._connection.call("GET", keys.key("secret", key))
        if secret is None:
            return False
        mark = Marks(secret.decode(), "answer").of(person)
        return await self._connection.call("ZSCORE", keys.key("marks", key), mark) is not None

    async def shut(self, series: Series, key: str) -> None:
        """The occurrence takes no more answers: what is read from now on stays as it is."""
        state = Keys(PARTITION + series.id).key("series", "state")
        await self._connection.call("HSET", state, "open", open_to_answers(series, but=key))

    async def closed(self, id: str, key: str) -> list[Command]:
        """Commands that close an occurrence, once it is ``shut``: the ledger says who has answered, secret
        and marks are gone, and nothing is left in the order in which it came."""
        keys = Keys(PARTITION + id)
        ledger, comments = keys.key("ledger", key), f"{key} comments"
        lines = pairs(await self._connection.call("HGETALL", ledger))
        there = sorted(lines.keys() & await self.people(id, key))
        commands: list[Command] = [("HSET", ledger, one, restated(lines[one], "answered")) for one in there]
        for answers in (keys.key("answers", key), keys.key("answers", comments)):
            kept = pairs(await self._connection.call("HGETALL", answers))
            commands += [("DEL", answers)] if kept else []
            commands += [("HSET", answers, one, kept[one]) for one in sorted(kept)]
            commands += [("EXPIRE", answers, self._seconds["answers"])] if kept else []
        marks = (keys.key("marks", key), keys.key("marks", comments), keys.key("answers", f"{key} people"))
        return [*commands, ("DEL", keys.key("secret", key), *marks)]


def open_to_answers(series: Series, but: str = "") -> str:
    """The occurrences that take answers, as the script reads them; ``but``: one that doesn't any more."""
    return "\n".join(one.key for one in series.sent if not one.wrapped and one.key != but)


def pairs(flat: Any) -> dict[str, bytes]:
    """A hash as Redis returns it, in either protocol."""
    items = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
    return {name.decode(): value for name, value in items}
