"""Answers to pulses without names: who has given one while it is open, and what its close leaves."""

from __future__ import annotations

from collections.abc import Mapping

from bot.storage.connection import Connection, Script, pairs
from bot.storage.hashed_people import HashedPeople
from bot.storage.keys import Keys
from bot.storage.pseudonyms import ANSWER, COMMENT, Pseudonyms, forgotten_mark, hashed_of, new_secret
from bot.storage.records import RedisCommand
from dialogs.core.reminder_model import PARTITION, Series
from dialogs.reminders.ledger import restated
from dialogs.results.small_groups import FEWEST

_ENDINGS = {ANSWER: "", COMMENT: " comments"}
"""Purpose -> how the name of the key ends that has its pseudonyms."""


class NamelessAnswers:
    """Those of all series. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        self._connection, self._seconds = connection, seconds
        self._reseal = Script("reseal")

    async def people(self, id: str, key: str) -> set[str]:
        """Who has answered an occurrence that is open; of one that is closed, its ledger tells."""
        keys = Keys(PARTITION + id)
        secret, there = await self._pseudonyms(keys, key)
        return {
            Pseudonyms(secret, ANSWER).person(sealed)
            for sealed in there.get(ANSWER, ())
            if not hashed_of(sealed)
        }

    async def forgotten(self, id: str, key: str) -> set[bytes]:
        """Who has answered an occurrence that is open and was forgotten since, as keyed hashes."""
        there = await self._there(Keys(PARTITION + id), key)
        return {hashed for pseudonym in there if (hashed := hashed_of(pseudonym))}

    async def _there(self, keys: Keys, key: str) -> list[str]:
        found = await self._connection.call("ZRANGE", keys.key("pseudonyms", key), 0, -1)
        return [pseudonym.decode() for pseudonym in found]

    async def forget(self, id: str, key: str, person: str) -> None:
        """Somebody who has answered or commented is known by a mark alone, from which nothing leads to them.

        Everybody else's pseudonym is sealed anew in the same call, which names nobody: the append-only file
        doesn't tell which one was theirs.
        """
        keys, mark = Keys(PARTITION + id), await self.mark(person)
        while True:
            secret, there = await self._pseudonyms(keys, key)
            if not any(Pseudonyms(secret, what).of(person) in each for what, each in there.items()):
                return
            after = new_secret()
            told: list[str | int] = [secret, after]
            for what, each in there.items():
                before, anew = Pseudonyms(secret, what), Pseudonyms(after, what)
                theirs = before.of(person)
                sealed = {
                    mark
                    if pseudonym == theirs
                    else pseudonym
                    if hashed_of(pseudonym)
                    else anew.of(before.person(pseudonym))
                    for pseudonym in each
                }
                told += [len(each), *each, len(sealed), *sorted(sealed)]
            names = (keys.key("pseudonyms", key + ending) for ending in _ENDINGS.values())
            if await self._connection.run(self._reseal, [keys.key("secret", key), *names], told):
                return

    async def mark(self, person: str) -> str:
        """What stands in the place of the pseudonym of somebody forgotten."""
        return forgotten_mark((await HashedPeople(self._connection).of([person]))[person])

    async def _pseudonyms(self, keys: Keys, key: str) -> tuple[str, dict[str, list[str]]]:
        """The secret of an occurrence, and by purpose what it seals; nothing where it isn't open."""
        secret = await self._secret(keys, key)
        while secret:
            there = {what: await self._there(keys, key + ending) for what, ending in _ENDINGS.items()}
            before, secret = secret, await self._secret(keys, key)
            if secret == before:  # else they have been sealed anew meanwhile
                return secret, there
        return "", {}

    async def _secret(self, keys: Keys, key: str) -> str:
        return (await self._connection.call("GET", keys.key("secret", key)) or b"").decode()

    async def from_person(self, id: str, key: str, person: str) -> bool:
        """Whether ``person`` is among them."""
        keys = Keys(PARTITION + id)
        secret = await self._secret(keys, key)
        if not secret:
            return False
        pseudonym = Pseudonyms(secret, ANSWER).of(person)
        return await self._connection.call("ZSCORE", keys.key("pseudonyms", key), pseudonym) is not None

    async def shut(self, series: Series, key: str) -> None:
        """The occurrence takes no more answers: what is read from now on stays as it is."""
        state = Keys(PARTITION + series.id).key("series", "state")
        await self._connection.call("HSET", state, "sent", told_to_scripts(series, shut=key))

    async def closed(self, id: str, key: str) -> list[RedisCommand]:
        """Commands that close an occurrence, once it is ``shut``: the ledger says who has answered, secret
        and pseudonyms are gone, and nothing is left in the order in which it came."""
        keys = Keys(PARTITION + id)
        ledger, comments = keys.key("ledger", key), f"{key} comments"
        lines = pairs(await self._connection.call("HGETALL", ledger))
        there = sorted(lines.keys() & await self.people(id, key))
        commands: list[RedisCommand] = [
            ("HSET", ledger, who, restated(lines[who], "answered")) for who in there
        ]
        answers, said = keys.key("answers", key), keys.key("answers", comments)
        counts = pairs(await self._connection.call("HGETALL", answers))
        said_texts = pairs(await self._connection.call("HGETALL", said))
        commands.append(("DEL", answers, said))
        if sum(map(int, counts.values())) >= FEWEST:  # what is never shown is not kept either
            for kept, values in ((answers, counts), (said, said_texts)):
                commands += [("HSET", kept, field, values[field]) for field in sorted(values)]
                commands += [("EXPIRE", kept, self._seconds["answers"])] if values else []
        by_name = keys.key("answers", f"{key} people")
        pseudonyms = (keys.key("pseudonyms", key), keys.key("pseudonyms", comments))
        return [*commands, ("DEL", keys.key("secret", key), *pseudonyms, by_name)]


def told_to_scripts(series: Series, shut: str = "") -> str:
    """Which occurrences are anonymous, and take answers, as the script reads it; ``shut``: one that is about
    to be closed."""
    lines = (
        f"{sent.key} {'anonymous' if series.anonymous(sent.key) else 'named'}"
        f" {'closed' if sent.wrapped or sent.key == shut else 'open'}"
        for sent in series.sent
    )
    return "\n".join(("", *lines, ""))
