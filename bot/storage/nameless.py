"""Answers to pulses without names: who has given one while it is open, and what its close leaves."""

from __future__ import annotations

from collections.abc import Mapping

from bot.storage.connection import Connection, pairs
from bot.storage.keys import Keys
from bot.storage.pseudonyms import ANSWER, Pseudonyms, hashed_of
from bot.storage.records import Command
from dialogs.core.reminder_model import PARTITION, Series
from dialogs.reminders.ledger import restated
from dialogs.results.small_groups import FEWEST


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
        pseudonyms = Pseudonyms(secret.decode(), ANSWER)
        return {pseudonyms.person(one) for one in await self._there(keys, key) if not hashed_of(one)}

    async def forgotten(self, id: str, key: str) -> set[bytes]:
        """Who has answered an occurrence that is open and was forgotten since, as keyed hashes."""
        there = await self._there(Keys(PARTITION + id), key)
        return {hashed for one in there if (hashed := hashed_of(one))}

    async def _there(self, keys: Keys, key: str) -> list[str]:
        found = await self._connection.call("ZRANGE", keys.key("pseudonyms", key), 0, -1)
        return [pseudonym.decode() for pseudonym in found]

    async def from_person(self, id: str, key: str, person: str) -> bool:
        """Whether ``person`` is among them."""
        keys = Keys(PARTITION + id)
        secret = await self._connection.call("GET", keys.key("secret", key))
        if secret is None:
            return False
        pseudonym = Pseudonyms(secret.decode(), ANSWER).of(person)
        return await self._connection.call("ZSCORE", keys.key("pseudonyms", key), pseudonym) is not None

    async def shut(self, series: Series, key: str) -> None:
        """The occurrence takes no more answers: what is read from now on stays as it is."""
        state = Keys(PARTITION + series.id).key("series", "state")
        await self._connection.call("HSET", state, "sent", told_to_scripts(series, shut=key))

    async def closed(self, id: str, key: str) -> list[Command]:
        """Commands that close an occurrence, once it is ``shut``: the ledger says who has answered, secret
        and pseudonyms are gone, and nothing is left in the order in which it came."""
        keys = Keys(PARTITION + id)
        ledger, comments = keys.key("ledger", key), f"{key} comments"
        lines = pairs(await self._connection.call("HGETALL", ledger))
        there = sorted(lines.keys() & await self.people(id, key))
        commands: list[Command] = [("HSET", ledger, one, restated(lines[one], "answered")) for one in there]
        answers, said = keys.key("answers", key), keys.key("answers", comments)
        counts = pairs(await self._connection.call("HGETALL", answers))
        said_texts = pairs(await self._connection.call("HGETALL", said))
        commands.append(("DEL", answers, said))
        if sum(map(int, counts.values())) >= FEWEST:  # what is never shown is not kept either
            for kept, values in ((answers, counts), (said, said_texts)):
                commands += [("HSET", kept, one, values[one]) for one in sorted(values)]
                commands += [("EXPIRE", kept, self._seconds["answers"])] if values else []
        by_name = keys.key("answers", f"{key} people")
        pseudonyms = (keys.key("pseudonyms", key), keys.key("pseudonyms", comments))
        return [*commands, ("DEL", keys.key("secret", key), *pseudonyms, by_name)]


def told_to_scripts(series: Series, shut: str = "") -> str:
    """Which occurrences are anonymous, and take answers, as the script reads it; ``shut``: one that is about
    to be closed."""
    lines = (
        f"{one.key} {'anonymous' if series.anonymous(one.key) else 'named'}"
        f" {'closed' if one.wrapped or one.key == shut else 'open'}"
        for one in series.sent
    )
    return "\n".join(("", *lines, ""))
