"""What is kept of a live session: its state, its answers one by one, and how far its cards are drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

import msgspec

from bot.storage.connection import Connection, Script
from bot.storage.keys import CODES, Keys
from bot.storage.migrations import versioned
from bot.storage.pseudonyms import Pseudonyms, new_secret
from bot.storage.records import Command, read_live
from bot.storage.transactions import Transactions, Write, versioned_write
from dialogs.core.session_model import AnsweredForm, ChannelReference, LiveSession, Sheet, Tally
from dialogs.sessions.gate import CHECK_TALLY
from dialogs.sessions.pages import ORGANISATION

PARTITION = "live:"
MOST_WRONG_CODES, WRONG_CODE_SECONDS = 5, 600
_TOOK_PART = "session"
"""What the pseudonyms of sessions are for: one for all questions of a quiz, whose scores are a person's."""
_LEFT = "-"
"""What stands in the place of the name of somebody who has left."""

Voted = Literal["ok", "none", "over", "left", "closed", "choice", "twice"]


class _Kept(NamedTuple):
    """Under what somebody's answers to a session are kept: their pseudonym, in one without names."""

    who: str
    """In a quiz's lists."""
    form: str
    """Names their form in a check."""


class LoadedSession(msgspec.Struct, frozen=True):
    """A session as loaded."""

    state: LiveSession | None
    """None where there is no such session (any more)."""
    version: str
    tally: Tally
    want: int
    """Counts what its cards have to show."""
    drawn: dict[str, int]
    """Place -> the count that its card shows."""
    cards: dict[str, str]
    """Place -> its card's id."""
    seen: bool = False


class SessionStore:
    """The sessions of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, commits: Transactions, seconds: Mapping[str, int]) -> None:
        self.connection, self.commits, self.seconds = connection, commits, seconds
        self._session, self._vote, self._page = Script("session"), Script("vote"), Script("page")
        self._forms, self._leave, self._code = Script("forms"), Script("leave"), Script("code")

    async def load(self, id: str, idempotency_keys: Sequence[str] = ()) -> LoadedSession:
        """The session; its cost doesn't depend on how many take part."""
        keys = Keys(PARTITION + id)
        version, state, tally, cards, seen = await self.connection.run(
            self._session,
            [
                keys.key("session", "state"),
                keys.key("session", "gate"),
                keys.key("session", "paint"),
                *(keys.hashed("mark", idempotency_key) for idempotency_key in idempotency_keys),
            ],
            [keys.key("tally", "")],
        )
        counts, cards = _pairs(tally), _pairs(cards)
        return LoadedSession(
            state=read_live(state) if state is not None else None,
            version=(version or b"").decode(),
            tally=_tally(counts),
            want=int(cards.get("want", 0)),
            drawn={key[6:]: int(count) for key, count in cards.items() if key.startswith("drawn ")},
            cards={key[5:]: card for key, card in cards.items() if key.startswith("card ")},
            seen=bool(seen),
        )

    async def write(self, state: LiveSession, version: str, gate: Mapping[str, str], *, erase: bool) -> Write:
        """Keeps a session's new state, to be drawn at once.

        With ``erase``, nothing is left of a nameless one but its counts, and who took part in a check.
        """
        keys = Keys(PARTITION + state.id)
        commands: list[Command] = [
            *versioned_write(
                keys.key("session", "state"), version, versioned(state), self.seconds["session"]
            ),
            ("HSET", keys.key("session", "gate"), *(part for pair in gate.items() for part in pair)),
            ("EXPIRE", keys.key("session", "gate"), self.seconds["session"]),
            ("HINCRBY", keys.key("session", "paint"), "want", 1),
            ("EXPIRE", keys.key("session", "paint"), self.seconds["session"]),
            ("DEL", *(rest_key(state.id, reference) for reference in state.references)),
        ]
        if state.nameless and not version:
            secret = keys.key("secret", "all")
            commands.append(("SET", secret, new_secret(), "NX", "EX", self.seconds["secret"]))
        if erase:
            commands += await self._erased(keys, state)
        return Write({keys.key("session", "state"): version}, commands)

    async def _erased(self, keys: Keys, state: LiveSession) -> list[Command]:
        took = keys.key("took", "all")
        commands: list[Command] = [
            ("HSET", took, person, tenant)
            for person, tenant in sorted((await self._pseudonymous(keys)).items())
        ]
        commands += [("EXPIRE", took, self.seconds["took"])] if commands else []
        names = [name.decode() for name in await self.connection.call("SMEMBERS", keys.key("form", "all"))]
        commands += [("DEL", keys.key("form", name)) for name in (*names, "all")]
        if state.quiz is not None:
            commands += [("DEL", keys.key("votes", str(one))) for one in range(1, state.number + 1)]
            commands.append(("DEL", keys.key("people", "all")))
        return [*commands, ("DEL", keys.key("secret", "all"))]

    async def vote(
        self, id: str, number: int, letter: str, speaker: str, name: str
    ) -> tuple[Voted, str, bool]:
        """Store an answer to a quiz, in one call; what became of it, what the answer that counts
        is called, and whether the quiz goes without names."""
        keys = Keys(PARTITION + id)
        names = [
            keys.key("session", "gate"),
            keys.key("people", "all"),
            keys.key("votes", str(number)),
            keys.key("tally", str(number)),
            keys.key("session", "paint"),
            keys.key("secret", "all"),
        ]
        named = (speaker, "" if name == _LEFT else name)

        def call(secret: str) -> Awaitable[Any]:
            who = (Pseudonyms(secret, _TOOK_PART).of(speaker), "") if secret else named
            option = (number, ord(letter) - ord("a"), letter)
            return self.connection.run(self._vote, names, [*option, *who, self.seconds["votes"], secret])

        answer, nameless = await _under_secret(call)
        voted, counts, names = (*(part.decode() for part in answer), letter, "")[:3]
        called = dict(enumerate(names.split("\n") if names else ())).get(ord(counts) - ord("a"))
        return voted, called or counts.upper(), nameless

    async def page(
        self, id: str, speaker: str, tenant: str, fields: Mapping[str, str], last: bool
    ) -> tuple[Voted, dict[str, str]]:
        """Store a page of somebody's form, in one call; what became of it, and the whole form.

        ``tenant``: the workspace or tenant through which they are reached.
        """
        keys, own = Keys(PARTITION + id), speaker.partition("/")[0]

        def call(secret: str) -> Awaitable[Any]:
            name = Pseudonyms(secret, _TOOK_PART).of(speaker) if secret else form_name(id, speaker)
            return self.connection.run(
                self._page,
                [
                    keys.key("session", "gate"),
                    keys.key("form", name),
                    keys.key("form", "all"),
                    keys.key("tally", CHECK_TALLY),
                    keys.key("session", "paint"),
                    keys.key("secret", "all"),
                    keys.key("took", "all"),
                ],
                [
                    *(name, own, "1" if last else "", self.seconds["form"], secret, tenant, speaker),
                    *(part for field in fields.items() for part in field),
                ],
            )

        answer, _ = await _under_secret(call)
        return answer[0].decode(), _pairs(answer[1]) if len(answer) > 1 else {}

    async def form(self, id: str, speaker: str) -> dict[str, str]:
        """What somebody has filled in so far."""
        name = (await self._kept(id, speaker)).form
        return _pairs(await self.connection.call("HGETALL", Keys(PARTITION + id).key("form", name)))

    async def shut(self, id: str) -> None:
        """Take no more answers: whatever is read from now on stays as it is."""
        await self.connection.call("HSET", Keys(PARTITION + id).key("session", "gate"), "open", "")

    async def forms(self, id: str, listed: Collection[str]) -> dict[str, AnsweredForm]:
        """Everybody's forms.

        Each person belongs to the organisation that they chose, where it is still ``listed`` by the host,
        else to their own workspace or tenant.
        """
        keys = Keys(PARTITION + id)
        found = await self.connection.run(self._forms, [keys.key("form", "all")], [keys.key("form", "")])
        forms = {}
        for name, flat in zip(found[::2], found[1::2], strict=True):
            fields = _pairs(flat)
            own = fields.pop("own", "")
            fields.pop("through", "")
            chosen = fields.pop(ORGANISATION, "")
            answers = {field: int(value) for field, value in fields.items() if field != "done"}
            forms[name.decode()] = AnsweredForm(chosen if chosen in listed else own, answers)
        return forms

    async def sheets(self, id: str, numbers: Sequence[int]) -> tuple[Sheet, ...]:
        """Everybody's quiz answers, with the names under which they were given."""
        keys = Keys(PARTITION + id)
        people = await self.connection.call("HGETALL", keys.key("people", "all"))
        names = {pair: name for pair, name in _pairs(people).items() if name != _LEFT}
        letters: dict[str, dict[int, str]] = {name: {} for name in names}
        for number in numbers:
            votes = _pairs(await self.connection.call("HGETALL", keys.key("votes", str(number))))
            for person, letter in votes.items():
                if person in letters:
                    letters[person][number] = letter
        return tuple(Sheet(person, name, letters[person]) for person, name in names.items())

    async def sheet(self, id: str, speaker: str, numbers: Sequence[int]) -> dict[int, str]:
        """One person's quiz answers: question number -> letter."""
        keys, who = Keys(PARTITION + id), (await self._kept(id, speaker)).who
        found = [await self.connection.call("HGET", keys.key("votes", str(one)), who) for one in numbers]
        return {one: letter.decode() for one, letter in zip(numbers, found, strict=True) if letter}

    async def leave(
        self, id: str, speaker: str, questions: int, how: Literal["leave", "back", "forget"] = "leave"
    ) -> None:
        """Erase what somebody answered, without a trace to "forget"; or let them come "back"."""
        keys, kept = Keys(PARTITION + id), await self._kept(id, speaker)
        await self.connection.run(
            self._leave,
            [
                keys.key("people", "all"),
                keys.key("form", kept.form),
                keys.key("form", "all"),
                keys.key("session", "paint"),
                keys.key("took", "all"),
            ],
            [
                *(kept.who, kept.form, {"leave": "", "back": "1", "forget": "2"}[how], questions),
                *(keys.key("votes", ""), keys.key("tally", ""), self.seconds["votes"], speaker),
            ],
        )

    async def took(self, id: str) -> dict[str, str]:
        """Who took part in a readiness check, each with the partition through which they are reached."""
        keys = Keys(PARTITION + id)
        took = _pairs(await self.connection.call("HGETALL", keys.key("took", "all")))
        return {**took, **await self._pseudonymous(keys)}

    async def takes_part(self, id: str, speaker: str) -> bool:
        """Whether somebody has answered something here, and hasn't left since."""
        keys, kept = Keys(PARTITION + id), await self._kept(id, speaker)
        name = await self.connection.call("HGET", keys.key("people", "all"), kept.who)
        form = await self.connection.call("SISMEMBER", keys.key("form", "all"), kept.form)
        took = await self.connection.call("HEXISTS", keys.key("took", "all"), speaker)
        return bool(form) or bool(took) or (name is not None and name != _LEFT.encode())

    async def took_part(self, tenant: str, speaker: str) -> list[str]:
        """The ids of sessions, shown in channels of ``tenant``, that hold something of somebody."""
        found = []
        for id, _ in await self.listed_in(tenant):
            keys, kept = Keys(PARTITION + id), await self._kept(id, speaker)
            named = await self.connection.call("HEXISTS", keys.key("people", "all"), kept.who)
            form = await self.connection.call("SISMEMBER", keys.key("form", "all"), kept.form)
            took = await self.connection.call("HEXISTS", keys.key("took", "all"), speaker)
            state = (await self.load(id)).state
            if named or form or took or (state is not None and state.host.id == speaker):
                found.append(id)
        return found

    async def form_names(self, id: str, people: Iterable[str]) -> dict[str, str]:
        """The name of each person's form -> the person."""
        secret = await self.connection.call("GET", Keys(PARTITION + id).key("secret", "all"))
        if secret is None:
            return {form_name(id, one): one for one in people}
        pseudonyms = Pseudonyms(secret.decode(), _TOOK_PART)
        return {pseudonyms.of(one): one for one in people}

    async def _kept(self, id: str, speaker: str) -> _Kept:
        """Under what somebody's answers are kept just now."""
        secret = await self.connection.call("GET", Keys(PARTITION + id).key("secret", "all"))
        if secret is None:  # with names, begun by an earlier version, or over
            return _Kept(speaker, form_name(id, speaker))
        pseudonym = Pseudonyms(secret.decode(), _TOOK_PART).of(speaker)
        return _Kept(pseudonym, pseudonym)

    async def _pseudonymous(self, keys: Keys) -> dict[str, str]:
        """Who has taken part in a check that is still open, as ``took``; of an earlier version's, nobody."""
        secret = await self.connection.call("GET", keys.key("secret", "all"))
        if secret is None:
            return {}
        pseudonyms, found = Pseudonyms(secret.decode(), _TOOK_PART), dict[str, str]()
        for name in await self.connection.call("SMEMBERS", keys.key("form", "all")):
            through = await self.connection.call("HGET", keys.key("form", name.decode()), "through")
            found[pseudonyms.person(name.decode())] = (through or b"").decode()
        return found

    async def claim_code(self, code: str, id: str) -> bool:
        """Point ``code`` to session ``id``; False where it points to another already."""
        key = Keys(CODES).key("code", code)
        await self.connection.call("SET", key, id, "NX", "EX", self.seconds["code"])
        holder = await self.connection.call("GET", key)
        return bool(holder == id.encode())

    async def list_in(self, tenant: str, id: str, code: str, now: datetime) -> None:
        """List the session in a partition, for those who mistype its code or want to be forgotten."""
        index, seconds = Keys(tenant).index("sessions"), self.seconds["session"]
        await self.connection.call("ZREMRANGEBYSCORE", index, "-inf", int(now.timestamp()))
        await self.connection.call("ZADD", index, int(now.timestamp()) + seconds, f"{id} {code}")
        await self.connection.call("EXPIRE", index, seconds)

    async def listed_in(self, tenant: str) -> list[tuple[str, str]]:
        """The sessions that channels of a workspace or tenant have shown lately: (id, code)."""
        found = await self.connection.call("ZRANGE", Keys(tenant).index("sessions"), 0, -1)
        return [(id, code) for id, _, code in (name.decode().partition(" ") for name in found)]

    async def codes_known(self, tenant: str, speaker: str) -> list[str]:
        """The codes in a workspace or tenant that may be told to somebody: all, where it is their own.

        Whoever is a guest there, as in a shared channel, is told those of sessions that they took part in.
        """
        listed = await self.listed_in(tenant)
        if speaker.rpartition("/")[0] != tenant:
            took = set(await self.took_part(tenant, speaker)) if listed else set()
            listed = [(id, code) for id, code in listed if id in took]
        return [code for _, code in listed]

    async def find(self, code: str, speaker: str) -> tuple[Literal["found", "unknown", "often"], str]:
        """The session that ``code`` points to; wrong tries of a person are counted and limited."""
        keys = Keys(CODES)
        answer = await self.connection.run(
            self._code,
            [keys.key("code", code), keys.hashed("guesses", speaker)],
            [MOST_WRONG_CODES, WRONG_CODE_SECONDS],
        )
        return answer[0].decode(), answer[1].decode() if len(answer) > 1 else ""


def rest_key(id: str, reference: ChannelReference) -> str:
    """The key that stands while a card is to stand as it is, since only counts have changed."""
    return Keys(PARTITION + id).key("lease", f"rest {reference.key}")


async def _under_secret(call: Callable[[str], Awaitable[Any]]) -> tuple[Any, bool]:
    """What a script answers to ``call`` of a session's secret ("" for none), and whether it has one.

    Who has a secret tells it to the first call: one round trip where there is none, as in most quizzes.
    """
    secret, answer = "", await call("")
    while answer[0] == b"secret":
        secret = answer[1].decode()
        answer = await call(secret)
    return answer, bool(secret)


def form_name(id: str, speaker: str) -> str:
    """Names a person's form in a check that an earlier version began."""
    return hashlib.blake2s(f"{id} {speaker}".encode(), digest_size=12).hexdigest()


def _tally(counts: Mapping[str, str]) -> Tally:
    votes = {name: int(count) for name, count in counts.items() if len(name) == 1}
    return Tally(int(counts.get("answered", 0)), int(counts.get("finished", 0)), votes)


def _pairs(flat: Any) -> dict[str, str]:
    items = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
    return {name.decode(): value.decode("utf-8", "replace") for name, value in items}
