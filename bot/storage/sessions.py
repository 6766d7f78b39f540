"""What is kept of a live session: its state, its answers one by one, and how far its cards are drawn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from bot.storage.connection import Connection, Script, texts
from bot.storage.keys import LIVE, Keys
from bot.storage.migrations import versioned, where_readable
from bot.storage.pseudonyms import TOOK_PART, Pseudonyms, new_secret
from bot.storage.records import RedisCommand, read_live
from bot.storage.renaming import moved_in, moved_to
from bot.storage.session_answers import LEFT, SessionAnswers, form_name
from bot.storage.session_codes import SessionCodes
from bot.storage.transactions import Transactions, Write, versioned_write
from dialogs.core.session_model import ChannelReference, LiveSession, Tally
from dialogs.sessions.gate import ALL_TALLY, CHECK_TALLY

Voted = Literal["ok", "none", "over", "left", "closed", "choice", "twice"]


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
    """The sessions of one deployment. Every method may raise MemoryAway; what loads one, UnreadableState."""

    def __init__(self, connection: Connection, commits: Transactions, seconds: Mapping[str, int]) -> None:
        self.connection, self.commits, self.seconds = connection, commits, seconds
        self._session, self._vote, self._page = Script("session"), Script("vote"), Script("page")
        self._leave = Script("leave")
        self.codes, self.answers = SessionCodes(connection, seconds), SessionAnswers(connection)

    async def load(self, id: str, idempotency_keys: Sequence[str] = ()) -> LoadedSession:
        """The session; its cost doesn't depend on how many take part."""
        keys = Keys(LIVE + id)
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
        counts, cards = texts(tally), texts(cards)
        key = keys.key("session", "state")
        return LoadedSession(
            state=read_live(state, key, self.connection.unreadable),
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
        keys = Keys(LIVE + state.id)
        commands: list[RedisCommand] = [
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

    async def _erased(self, keys: Keys, state: LiveSession) -> list[RedisCommand]:
        took = keys.key("took", "all")
        commands: list[RedisCommand] = [
            ("HSET", took, person, tenant)
            for person, tenant in sorted((await self.answers.pseudonymous(keys)).items())
        ]
        commands += [("EXPIRE", took, self.seconds["took"])] if commands else []
        names = [name.decode() for name in await self.connection.call("SMEMBERS", keys.key("form", "all"))]
        commands += [("DEL", keys.key("form", name)) for name in (*names, "all")]
        if state.quiz is not None:
            commands += [("DEL", keys.key("votes", str(number))) for number in range(1, state.number + 1)]
            commands.append(("DEL", keys.key("people", "all")))
        return [*commands, ("DEL", keys.key("secret", "all"))]

    async def vote(
        self, id: str, number: int, letter: str, speaker: str, name: str
    ) -> tuple[Voted, str, bool]:
        """Store an answer to a quiz, in one call; what became of it, what the answer that counts
        is called, and whether the quiz goes without names."""
        keys = Keys(LIVE + id)
        names = [
            keys.key("session", "gate"),
            keys.key("people", "all"),
            keys.key("votes", str(number)),
            keys.key("tally", str(number)),
            keys.key("session", "paint"),
            keys.key("secret", "all"),
            moved_in(keys),
            keys.key("tally", ALL_TALLY),
        ]
        named = (speaker, "" if name == LEFT else name)

        def call(secret: str) -> Awaitable[Any]:
            who = (Pseudonyms(secret, TOOK_PART).of(speaker), "") if secret else named
            option = (number, ord(letter) - ord("a"), letter)
            kept = (self.seconds["votes"], secret, speaker.partition("/")[0])
            return self.connection.run(self._vote, names, [*option, *who, *kept])

        await self.commits.partitions.mark(LIVE + id)
        answer, nameless = await _under_secret(call)
        if answer[0] == b"moved":
            return await self.vote(id, number, letter, moved_to(speaker, answer[1]), name)
        voted, counts, names = (*(part.decode() for part in answer), letter, "")[:3]
        called = dict(enumerate(names.split("\n") if names else ())).get(ord(counts) - ord("a"))
        return voted, called or counts.upper(), nameless

    async def page(
        self, id: str, speaker: str, tenant: str, fields: Mapping[str, str], last: bool
    ) -> tuple[Voted, dict[str, str]]:
        """Store a page of somebody's form, in one call; what became of it, and the whole form.

        ``tenant``: the workspace or tenant through which they are reached.
        """
        keys, own = Keys(LIVE + id), speaker.partition("/")[0]

        def call(secret: str) -> Awaitable[Any]:
            name = Pseudonyms(secret, TOOK_PART).of(speaker) if secret else form_name(id, speaker)
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
                    moved_in(keys),
                ],
                [
                    *(name, own, "1" if last else "", self.seconds["form"], secret, tenant, speaker),
                    *(part for field in fields.items() for part in field),
                ],
            )

        await self.commits.partitions.mark(LIVE + id)
        answer, _ = await _under_secret(call)
        if answer[0] == b"moved":
            return await self.page(id, moved_to(speaker, answer[1]), tenant, fields, last)
        return answer[0].decode(), texts(answer[1]) if len(answer) > 1 else {}

    async def show_anew(self, id: str, reference: ChannelReference) -> str:
        """Let the card of a place be posted again; the id of the one that stood there, "" for none."""
        paint, card = Keys(LIVE + id).key("session", "paint"), f"card {reference.key}"
        await self.commits.partitions.mark(LIVE + id)
        stood = await self.connection.call("HGET", paint, card)
        await self.connection.call("HDEL", paint, card)
        await self.connection.call("HINCRBY", paint, "want", 1)
        await self.connection.call("DEL", rest_key(id, reference))
        return (stood or b"").decode()

    async def shut(self, id: str) -> None:
        """Take no more answers: whatever is read from now on stays as it is."""
        await self.connection.call("HSET", Keys(LIVE + id).key("session", "gate"), "open", "")

    async def leave(
        self,
        id: str,
        speaker: str,
        questions: int,
        how: Literal["leave", "back", "forget"] = "leave",
        known_as: Iterable[str] = (),
    ) -> None:
        """Erase what somebody answered, without a trace to "forget"; or let them come "back".

        ``known_as``: other ids under which they may have answered.
        """
        organisation = await self.connection.call(
            "HGET", moved_in(Keys(LIVE + id)), speaker.partition("/")[0]
        )
        for former in (*known_as, *([speaker] if organisation else [])):
            await self._leave_as(id, former, questions, "forget")
        now = moved_to(speaker, organisation) if organisation else speaker
        await self._leave_as(id, now, questions, how)

    async def _leave_as(self, id: str, speaker: str, questions: int, how: str) -> None:
        keys, kept = Keys(LIVE + id), await self.answers.kept_under(id, speaker)
        await self.commits.partitions.mark(LIVE + id)
        await self.connection.run(
            self._leave,
            [
                keys.key("people", "all"),
                keys.key("form", kept.form),
                keys.key("form", "all"),
                keys.key("session", "paint"),
                keys.key("took", "all"),
                keys.key("session", "gate"),
            ],
            [
                *(kept.who, kept.form, {"leave": "", "back": "1", "forget": "2"}[how], questions),
                *(keys.key("votes", ""), keys.key("tally", ""), self.seconds["votes"], speaker),
            ],
        )

    async def took_part(self, tenant: str, speaker: str) -> list[str]:
        """The ids of sessions, shown in channels of ``tenant``, that hold something of somebody."""
        found = []
        for id, _ in await self.codes.listed_in(tenant):
            loaded = await where_readable(self.load(id))
            hosts = loaded is not None and loaded.state is not None and loaded.state.host.id == speaker
            if hosts or await self.answers.holds(id, speaker) != "nothing":
                found.append(id)
        return found

    async def codes_known(self, tenant: str, speaker: str, *, own: bool) -> list[str]:
        """The codes in a workspace or tenant that may be told to somebody: all, where it is their ``own``.

        Whoever is a guest there, as in a shared channel, is told those of sessions that they took part in.
        """
        listed = await self.codes.listed_in(tenant)
        if not own:
            took = set(await self.took_part(tenant, speaker)) if listed else set()
            listed = [(id, code) for id, code in listed if id in took]
        return [code for _, code in listed]


def rest_key(id: str, reference: ChannelReference) -> str:
    """The key that stands while a card is to stand as it is, since only counts have changed."""
    return Keys(LIVE + id).key("lease", f"rest {reference.key}")


async def _under_secret(call: Callable[[str], Awaitable[Any]]) -> tuple[Any, bool]:
    """What a script answers to ``call`` of a session's secret ("" for none), and whether it has one.

    Who has a secret tells it to the first call: one round trip where there is none, as in most quizzes.
    """
    secret, answer = "", await call("")
    while answer[0] == b"secret":
        secret = answer[1].decode()
        answer = await call(secret)
    return answer, bool(secret)


def _tally(counts: Mapping[str, str]) -> Tally:
    votes = {name: int(count) for name, count in counts.items() if len(name) == 1}
    return Tally(int(counts.get("answered", 0)), int(counts.get("finished", 0)), votes)
