"""What is kept of a series: its state, who has stopped it, its ledgers, and what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from bot.storage.audiences import Audiences
from bot.storage.connection import Arg, Connection, Script, pairs, texts
from bot.storage.forgotten import ForgottenPeople
from bot.storage.hashed_people import HashedPeople
from bot.storage.keys import Keys
from bot.storage.migrations import versioned
from bot.storage.nameless import NamelessAnswers, told_to_scripts
from bot.storage.pseudonyms import Pseudonyms, forgotten_mark, new_secret
from bot.storage.records import RedisCommand, read_series
from bot.storage.refusals import RefusalStore
from bot.storage.renaming import moved_in, moved_to
from bot.storage.transactions import Transactions, Write, versioned_write
from dialogs.core.commands import ALL
from dialogs.core.reminder_model import (
    ADVISORS_PARTITION,
    PARTITION,
    LedgerEntry,
    Series,
    UnreadableSeries,
)
from dialogs.reminders.ledger import entry

Pressed = Literal["ok", "anew", "first", "none", "date", "stranger", "kind", "closed"]


class LoadedSeries(msgspec.Struct, frozen=True):
    """A series as loaded."""

    series: Series | None
    """None where there is no such series (any more)."""
    version: str
    """Empty where there is none."""
    seen: bool = False


class PressOutcome(msgspec.Struct, frozen=True):
    """What a recipient's press came to."""

    became: Pressed
    series: Series | None = None
    detail: str = ""


class SeriesStore:
    """The series of one deployment. Every method may raise MemoryAway; what loads, UnreadableState."""

    def __init__(self, connection: Connection, commits: Transactions, seconds: Mapping[str, int]) -> None:
        self.connection, self.commits, self.seconds = connection, commits, seconds
        self.audiences, self.nameless = Audiences(connection, seconds), NamelessAnswers(connection, seconds)
        self.refusals = RefusalStore(connection, seconds)
        self.forgotten = ForgottenPeople(connection, seconds)
        self._hashed = HashedPeople(connection)
        self._press, self._census, self._restate = Script("press"), Script("census"), Script("restate")

    async def load(self, id: str, idempotency_key: str = "") -> LoadedSeries:
        """The series, and whether what ``idempotency_key`` names has happened to it already."""
        keys, key = Keys(PARTITION + id), _state(id)
        version, stored = await self.connection.call("HMGET", key, "v", "s")
        seen = bool(idempotency_key) and await self.connection.call(
            "EXISTS", keys.hashed("mark", idempotency_key)
        )
        series = read_series(stored, key, self.connection.unreadable)
        return LoadedSeries(series, (version or b"").decode(), bool(seen))

    async def beside(self, id: str) -> UnreadableSeries:
        """What is known of a series beside its state."""
        kind, sent = await self.connection.call("HMGET", _state(id), "kind", "sent")
        keys = [line.split(" ")[0] for line in (sent or b"").decode().splitlines() if line]
        return UnreadableSeries((kind or b"").decode(), keys[-1] if keys else "")

    def write(self, series: Series, loaded: LoadedSeries, commands: Iterable[RedisCommand] = ()) -> Write:
        """Keeps a series' new state, and what ``commands`` keep beside it."""
        key = Keys(PARTITION + series.id).key("series", "state")
        if series == loaded.series:  # a new version would only stand in the way of others
            return Write({key: loaded.version}, list(commands))
        anonymous = "1" if series.draft.anonymous else "0"
        return Write(
            {key: loaded.version},
            [
                *versioned_write(key, loaded.version, versioned(series), self.seconds["series"]),
                ("HSET", key, "kind", series.draft.kind, "anonymous", anonymous),
                ("HSET", key, "sent", told_to_scripts(series)),
                *commands,
            ],
        )

    # --- Mutes --------------------------------------------------------------------------------------

    async def muted(self, id: str, people: Sequence[str]) -> set[str]:
        """Those of ``people`` who have stopped this series, or all of them."""
        if not people:
            return set()
        here = await self.connection.call("SMISMEMBER", mutes(id), *people)
        everywhere = await self.connection.call("SMISMEMBER", mutes(ALL), *people)
        return {person for person, a, b in zip(people, here, everywhere, strict=True) if a or b}

    async def mute(self, id: str, person: str, *, back: bool = False) -> bool:
        """``person`` stops a series (``ALL``: every one), or with ``back`` starts it again.

        Returns whether that changed anything.
        """
        changed = await self.connection.call("SREM" if back else "SADD", mutes(id), person)
        return bool(changed)

    async def fresh(self, id: str, person: str) -> dict[str, str]:
        """What a commit about ``person`` has to guard, so that nothing is kept once they are forgotten."""
        key = Keys(PARTITION + id).hashed("forgotten", person)
        return {key: (await self.connection.call("HGET", key, "v") or b"").decode()}

    # --- Ledgers --------------------------------------------------------------------------------------

    def enter(self, id: str, key: str, lines: Mapping[str, str]) -> list[RedisCommand]:
        """Commands that write lines of an occurrence's ledger, by recipient."""
        ledger = Keys(PARTITION + id).key("ledger", key)
        if not lines:
            return []
        return [
            ("HSET", ledger, *(part for pair in lines.items() for part in pair)),
            ("EXPIRE", ledger, self.seconds["ledger"]),
        ]

    async def ledger(self, id: str, key: str) -> list[LedgerEntry]:
        """An occurrence's ledger, in the order of names."""
        stored = pairs(await self.connection.call("HGETALL", Keys(PARTITION + id).key("ledger", key)))
        answered = await self.nameless.people(id, key)
        found = [
            _entry(recipient, value, answered=recipient in answered) for recipient, value in stored.items()
        ]
        return sorted(found, key=lambda entry: (entry.name.casefold(), entry.recipient))

    async def line_of(self, id: str, key: str, recipient: str) -> LedgerEntry | None:
        """One line of it."""
        stored = await self.connection.call("HGET", Keys(PARTITION + id).key("ledger", key), recipient)
        if stored is None:
            return None
        return _entry(recipient, stored, answered=await self.nameless.from_person(id, key, recipient))

    async def census(self, id: str, key: str) -> dict[str, int]:
        """How many lines are in each state; "sending" counts as "scheduled"."""
        keys = Keys(PARTITION + id)
        found = await self.connection.run(
            self._census, [keys.key("ledger", key), keys.key("pseudonyms", key)], []
        )
        if found is None:  # the states don't tell who has answered, yet
            return dict(Counter[str](entry.state for entry in await self.ledger(id, key)))
        counts: dict[str, int] = {}
        for state, count in zip(found[::2], found[1::2], strict=True):
            name = "scheduled" if state == b"sending" else state.decode()
            counts[name] = counts.get(name, 0) + int(count)
        return counts

    async def cancel(self, id: str, key: str) -> None:
        """What is still to go out of an occurrence, doesn't."""
        ledger = Keys(PARTITION + id).key("ledger", key)
        await self.connection.run(self._restate, [ledger], ["cancelled", "", "scheduled snoozed"])

    # --- What people press and write --------------------------------------------------------------------

    async def press(
        self,
        act: Literal["done", "answer", "comment"],
        id: str,
        key: str,
        recipients: Sequence[str],
        person: str,
        name: str,
        value: str = "",
        fresh: str = "",
        known_as: Sequence[str] = (),
    ) -> PressOutcome:
        """Store what was pressed, in one call. ``recipients``: who it may stand for, the likelier first;
        ``fresh``: names what is anonymous; ``known_as``: other ids under which they may have pressed."""
        keys, comment = Keys(PARTITION + id), act == "comment"
        names = [
            keys.key("series", "state"),
            keys.key("ledger", key),
            keys.key("answers", key),
            keys.key("answers", f"{key} people"),
            keys.key("answers", f"{key} comments"),
            keys.key("ledger", f"{key} by"),
            keys.key("secret", key),
            keys.key("pseudonyms", f"{key} comments" if comment else key),
            moved_in(keys),
        ]
        meant = (id for who in recipients for id in ((who, *known_as) if who == person else (who,)))
        what: list[Arg] = [act, "\n".join(meant), person.partition("/")[0], person]
        what += [" ".join(name.split()), value, fresh]
        what += [self.seconds["answers"], key]
        secret, pseudonym, besides = "", "", list[str]()
        while True:
            under = (secret, pseudonym, new_secret(), self.seconds["secret"])
            answer = await self.connection.run(self._press, names, [*what, *under, *besides])
            if answer[0] == b"moved":
                now = moved_to(person, answer[1])
                recipients = tuple(now if who == person else who for who in recipients)
                known_as = (person, *known_as)
                return await self.press(act, id, key, recipients, now, name, value, fresh, known_as)
            if answer[0] != b"secret":
                break
            secret = answer[1].decode()
            pseudonyms = Pseudonyms(secret, act)
            pseudonym = pseudonyms.of(person)
            mark = forgotten_mark((await self._hashed.of([person]))[person])
            besides = [mark, *map(pseudonyms.of, known_as)]
        # It is kept by now, whether the series can be read or not.
        series = read_series.or_missing(answer[1], _state(id)) if len(answer) > 1 else None
        return PressOutcome(answer[0].decode(), series, answer[2].decode() if len(answer) > 2 else "")

    async def answers(self, series: Series, key: str) -> dict[str, int]:
        """What was answered: by person, or where it is anonymous by a number that names nobody."""
        items = pairs(await self.connection.call("HGETALL", Keys(PARTITION + series.id).key("answers", key)))
        if not series.anonymous(key):
            return {person: int(value) for person, value in items.items()}
        each = [int(value) for value, count in items.items() for _ in range(int(count))]
        return {str(number): value for number, value in enumerate(each)}

    async def answerers(self, series: Series, key: str) -> frozenset[str]:
        """Who answered, as far as that is (still) known; unless by name, not what each of them answered."""
        if not series.anonymous(key):
            answers = Keys(PARTITION + series.id).key("answers", key)
            return frozenset(map(bytes.decode, await self.connection.call("HKEYS", answers)))
        there = await self.nameless.people(series.id, key)
        alone = {entry.recipient for entry in await self.ledger(series.id, key) if entry.state == "answered"}
        return frozenset(who for who in (*alone, *there) if "/" in who)

    async def comments(self, series: Series, key: str) -> list[tuple[str, str]]:
        """(person or "", comment); anonymous ones in an order that says nothing."""
        kept = Keys(PARTITION + series.id).key("answers", f"{key} comments")
        found = sorted(texts(await self.connection.call("HGETALL", kept)).items())
        return [("" if series.anonymous(key) else name, text) for name, text in found]


def _state(id: str) -> str:
    return Keys(PARTITION + id).key("series", "state")


def _entry(recipient: str, stored: bytes, *, answered: bool) -> LedgerEntry:
    kept = entry(recipient, stored.decode("utf-8", "replace"))
    return replace(kept, state="answered", detail="") if answered else kept


def mutes(id: str) -> str:
    """The key of those who have stopped a series, or with ``ALL`` every one."""
    return (
        Keys(ADVISORS_PARTITION).key("mutes", "all")
        if id == ALL
        else Keys(PARTITION + id).key("mutes", "people")
    )
