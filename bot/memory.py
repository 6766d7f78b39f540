"""What is kept in Redis, and the two round trips of a turn: load, and commit all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from bot.keys import HOMES, Keys, kind_of, retention
from bot.line import Line, Script
from bot.ports import Arrival, Row
from bot.records import (
    Command,
    Keeper,
    Receipt,
    Unanswered,
    flat,
    in_words,
    pack,
    profile_in_words,
    read_missed,
    read_result,
    read_state,
    read_work,
    versioned,
)
from dialogs.model import Asked, Decision, Forget, Record, State
from dialogs.work import CheckResult, Work

LEASE_SECONDS = 5.0
"""How long a conversation of a process that died stays undelivered, at most."""


class Loaded(msgspec.Struct, frozen=True):
    """What a turn starts from."""

    state: State = State()
    version: str = ""
    """The state's version in Redis; empty where there is none."""
    profile: dict[str, str] = {}
    recent: int = 0
    """Turns that the person took in the current minute."""
    about: Asked | None = None
    work: Work = Work()
    work_version: str = ""
    missed: tuple[str, ...] = ()
    seen: bool = False
    unreadable: bytes | None = None
    """The stored state, where it could not be read."""


class Committed(msgspec.Struct, frozen=True):
    """What became of a commit."""

    outcome: Literal["ok", "seen", "conflict"]
    before: int = 0
    """Rows waiting in the lane before ours; -1 where another process is delivering there."""


class Memory:
    """The memory of one deployment. Every method may raise MemoryAway."""

    def __init__(self, line: Line, retention_days: int, lease: float = LEASE_SECONDS) -> None:
        self.line, self.lease = line, lease
        self.seconds = {
            kind: kept.seconds for kind, kept in retention(retention_days).items() if kept.seconds is not None
        }
        self._load, self._commit, self._records = Script("load"), Script("commit"), Script("records")
        self.homes: set[str] = set()
        """The homes that this process has committed to."""

    async def load(self, arrival: Arrival) -> Loaded:
        """Read all that the turn needs: the first of its two round trips."""
        keys = Keys(arrival.home)
        version, raw, profile, recent, receipt, seen, work_version, work, missed = await self.line.run(
            self._load,
            [
                keys.key("conversation", arrival.conversation),
                keys.key("profile", arrival.speaker),
                keys.key("rate", arrival.speaker),
                keys.key("receipt", arrival.about or "-"),
                keys.key("work", arrival.speaker),
                keys.key("missed", arrival.speaker),
                *(keys.key("mark", mark) for mark in arrival.marks),
            ],
            [],
        )
        state = State() if raw is None else read_state(raw)
        return Loaded(
            state=state or State(),
            version=(version or b"").decode(),
            profile=_pairs(profile),
            recent=int(recent or 0),
            about=_asked(receipt),
            work=read_work(work),
            work_version=(work_version or b"").decode(),
            missed=read_missed(missed),
            seen=bool(seen),
            unreadable=raw if state is None else None,
        )

    async def commit(
        self,
        turn: str,
        arrival: Arrival,
        loaded: Loaded,
        decision: Decision,
        rows: Sequence[Row],
        now: datetime,
        deliverer: str,
    ) -> Committed:
        """Keep what the turn came to, or nothing of it: the second round trip.

        ``deliverer`` names the process, which then delivers ``rows`` unless ``before`` is -1.
        """
        if arrival.home not in self.homes:
            await self.line.call("SADD", HOMES, arrival.home)
            self.homes.add(arrival.home)
        keys, lane = Keys(arrival.home), arrival.conversation
        keeper = Keeper(keys, arrival.speaker, now, self.seconds)
        forget = any(isinstance(effect, Forget) for effect in decision.effects)
        commands = (
            self._forget(keys, arrival)
            if forget
            else self._keep(keys, keeper, turn, arrival, loaded, decision)
        )
        answer = await self.line.run(
            self._commit,
            [
                keys.key("conversation", lane),
                keys.key("outbox", lane),
                keys.key("lease", lane),
                keys.due,
                keys.key("work", arrival.speaker),
                *(keys.key("mark", mark) for mark in arrival.marks),
            ],
            [
                loaded.version,
                self.seconds["mark"],
                lane,
                deliverer,
                int(self.lease * 1000),
                self.seconds["outbox"],
                keeper.traces if forget else "",
                loaded.work_version,
                len(rows),
                *(pack(row) for row in rows),
                *flat(_counted(keys, arrival.speaker)),
                *flat(commands),
            ],
        )
        outcome = answer[0].decode()
        return Committed(outcome, int(answer[1]) if outcome == "ok" else 0)

    def _keep(
        self,
        keys: Keys,
        keeper: Keeper,
        turn: str,
        arrival: Arrival,
        loaded: Loaded,
        decision: Decision,
    ) -> Iterable[Command]:
        conversation = keys.key("conversation", arrival.conversation)
        if loaded.unreadable is not None:
            yield from keeper.record("unreadable", arrival.conversation, loaded.unreadable)
        if decision.state != loaded.state or loaded.unreadable is not None:
            version = int(loaded.version or 0) + 1
            yield "HSET", conversation, "v", version, "s", versioned(decision.state)
        yield "EXPIRE", conversation, self.seconds["conversation"]
        yield from keeper.profile(arrival.profile)
        yield from keeper.trace(conversation, "conversation")
        for number, effect in enumerate(decision.effects):
            yield from keeper.effect(effect, f"{turn}-{number}", loaded.work_version)

    def _forget(self, keys: Keys, arrival: Arrival) -> Iterable[Command]:
        yield "DEL", keys.key("profile", arrival.speaker), keys.key("conversation", arrival.conversation)

    async def records(self, arrival: Arrival, now: datetime) -> tuple[Record, ...]:
        """All that is stored about the speaker in this home, in words."""
        records = [in_words(key, value) for key, value in await self._about(arrival, now)]
        profile = _pairs(await self.line.call("HGETALL", Keys(arrival.home).key("profile", arrival.speaker)))
        if profile:
            records.append(profile_in_words(profile))
        return tuple(record for record in records if record is not None)

    async def results(self, arrival: Arrival, now: datetime) -> tuple[CheckResult, ...]:
        """The speaker's finished readiness checks, oldest first."""
        found = await self._about(arrival, now)
        kept = [read_result(value) for key, value in found if kind_of(key) == "result"]
        return tuple(sorted((one for one in kept if one is not None), key=lambda one: one.at))

    async def _about(self, arrival: Arrival, now: datetime) -> list[tuple[str, bytes]]:
        """Every key that holds something of the speaker in this home, with its value."""
        traces = Keys(arrival.home).key("traces", arrival.speaker)
        found = await self.line.run(self._records, [traces], [int(now.timestamp())])
        return [(key.decode(), value) for key, value in zip(found[::2], found[1::2], strict=True)]

    async def unanswered(self) -> list[tuple[str, int, float]]:
        """Questions that no lesson answered, over all homes: (question, how often, last asked).

        Most often asked first; the time is in seconds since 1970.
        """
        counts: Counter[str] = Counter()
        shown: dict[str, tuple[str, float]] = {}
        for home in await self.line.call("SMEMBERS", HOMES):
            keys = Keys(home.decode())
            names = await self.line.call("ZRANGE", keys.index("unanswered"), 0, -1)
            if not names:
                continue
            stored = await self.line.call("MGET", *(keys.key("unanswered", name.decode()) for name in names))
            for raw in filter(None, stored):
                one = msgspec.msgpack.decode(raw, type=Unanswered)
                same = " ".join(one.question.lower().split())
                counts[same] += 1
                if same not in shown or shown[same][1] < one.at:
                    shown[same] = (one.question, one.at)
        return [(shown[same][0], count, shown[same][1]) for same, count in counts.most_common()]

    async def reachable(self) -> bool:
        """Whether Redis answers now."""
        return bool(await self.line.call("PING"))


def _counted(keys: Keys, speaker: str) -> Iterable[Command]:
    rate = keys.key("rate", speaker)
    yield "INCR", rate
    yield "EXPIRE", rate, 60, "NX"


def _pairs(flat: Any) -> dict[str, str]:
    """A Redis hash, which one protocol version gives as a map and the other (and Lua) as a flat list."""
    items = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
    return {name.decode(): value.decode("utf-8", "replace") for name, value in items}


def _asked(receipt: bytes | None) -> Asked | None:
    if receipt is None:
        return None
    try:
        return msgspec.msgpack.decode(receipt, type=Receipt).asked
    except msgspec.DecodeError:
        return None
