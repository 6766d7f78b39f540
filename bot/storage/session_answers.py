"""What people answered in live sessions and who took part, read back; and under what it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, NamedTuple

from bot.storage.connection import Connection, Script, texts
from bot.storage.keys import LIVE, Keys
from bot.storage.pseudonyms import TOOK_PART, Pseudonyms
from dialogs.core.session_model import AnsweredForm, Sheet
from dialogs.sessions.pages import ORGANISATION

LEFT = "-"
"""What stands in the place of the name of somebody who has left."""


class KeptUnder(NamedTuple):
    """Under what somebody's answers to a session are kept: their pseudonym, in one without names."""

    who: str
    """In a quiz's lists."""
    form: str
    """Names their form in a check."""


class SessionAnswers:
    """Those of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self._forms = connection, Script("forms")

    async def form(self, id: str, speaker: str) -> dict[str, str]:
        """What somebody has filled in so far."""
        name = (await self.kept_under(id, speaker)).form
        return texts(await self.connection.call("HGETALL", Keys(LIVE + id).key("form", name)))

    async def forms(self, id: str, listed: Collection[str]) -> dict[str, AnsweredForm]:
        """Everybody's forms.

        Each person belongs to the organisation that they chose, where it is still ``listed`` by the host,
        else to their own workspace or tenant.
        """
        keys = Keys(LIVE + id)
        found = await self.connection.run(self._forms, [keys.key("form", "all")], [keys.key("form", "")])
        forms = {}
        for name, flat in zip(found[::2], found[1::2], strict=True):
            fields = texts(flat)
            own = fields.pop("own", "")
            fields.pop("through", "")
            chosen = fields.pop(ORGANISATION, "")
            answers = {field: int(value) for field, value in fields.items() if field != "done"}
            forms[name.decode()] = AnsweredForm(chosen if chosen in listed else own, answers)
        return forms

    async def sheets(self, id: str, numbers: Sequence[int]) -> tuple[Sheet, ...]:
        """Everybody's quiz answers, with the names under which they were given."""
        keys = Keys(LIVE + id)
        people = await self.connection.call("HGETALL", keys.key("people", "all"))
        names = {pair: name for pair, name in texts(people).items() if name != LEFT}
        letters: dict[str, dict[int, str]] = {name: {} for name in names}
        for number in numbers:
            votes = texts(await self.connection.call("HGETALL", keys.key("votes", str(number))))
            for person, letter in votes.items():
                if person in letters:
                    letters[person][number] = letter
        return tuple(Sheet(person, name, letters[person]) for person, name in names.items())

    async def counted(self, id: str, numbers: Iterable[int]) -> dict[int, int]:
        """How many have answered each question, as its card tells: also who has left since it was closed."""
        keys = Keys(LIVE + id)
        return {
            number: int(await self.connection.call("HGET", keys.key("tally", str(number)), "answered") or 0)
            for number in numbers
        }

    async def sheet(self, id: str, speaker: str, numbers: Sequence[int]) -> dict[int, str]:
        """One person's quiz answers: question number -> letter."""
        keys, who = Keys(LIVE + id), (await self.kept_under(id, speaker)).who
        found = [
            await self.connection.call("HGET", keys.key("votes", str(number)), who) for number in numbers
        ]
        return {number: letter.decode() for number, letter in zip(numbers, found, strict=True) if letter}

    async def took(self, id: str) -> dict[str, str]:
        """Who took part in a readiness check, each with the partition through which they are reached."""
        keys = Keys(LIVE + id)
        took = texts(await self.connection.call("HGETALL", keys.key("took", "all")))
        return {**took, **await self.pseudonymous(keys)}

    async def takes_part(self, id: str, speaker: str) -> bool:
        """Whether somebody has answered something here, and hasn't left since."""
        return await self.holds(id, speaker) == "answers"

    async def holds(self, id: str, speaker: str) -> Literal["answers", "departure", "nothing"]:
        """What a session holds of somebody."""
        keys, kept = Keys(LIVE + id), await self.kept_under(id, speaker)
        name = await self.connection.call("HGET", keys.key("people", "all"), kept.who)
        form = await self.connection.call("SISMEMBER", keys.key("form", "all"), kept.form)
        took = await self.connection.call("HEXISTS", keys.key("took", "all"), speaker)
        if form or took or name not in (None, LEFT.encode()):
            return "answers"
        return "nothing" if name is None else "departure"

    async def form_names(self, id: str, people: Iterable[str]) -> dict[str, str]:
        """The name of each person's form -> the person."""
        secret = await self.connection.call("GET", Keys(LIVE + id).key("secret", "all"))
        if secret is None:
            return {form_name(id, person): person for person in people}
        pseudonyms = Pseudonyms(secret.decode(), TOOK_PART)
        return {pseudonyms.of(person): person for person in people}

    async def kept_under(self, id: str, speaker: str) -> KeptUnder:
        """Under what somebody's answers are kept just now."""
        secret = await self.connection.call("GET", Keys(LIVE + id).key("secret", "all"))
        if secret is None:  # with names, begun by an earlier version, or over
            return KeptUnder(speaker, form_name(id, speaker))
        pseudonym = Pseudonyms(secret.decode(), TOOK_PART).of(speaker)
        return KeptUnder(pseudonym, pseudonym)

    async def pseudonymous(self, keys: Keys) -> dict[str, str]:
        """Who has taken part in a check that is still open, as ``took``; of an earlier version's, nobody."""
        secret = await self.connection.call("GET", keys.key("secret", "all"))
        if secret is None:
            return {}
        pseudonyms, found = Pseudonyms(secret.decode(), TOOK_PART), dict[str, str]()
        for name in await self.connection.call("SMEMBERS", keys.key("form", "all")):
            through = await self.connection.call("HGET", keys.key("form", name.decode()), "through")
            found[pseudonyms.person(name.decode())] = (through or b"").decode()
        return found


def form_name(id: str, speaker: str) -> str:
    """Names a person's form in a check that an earlier version began."""
    return hashlib.blake2s(f"{id} {speaker}".encode(), digest_size=12).hexdigest()
