"""The commit: whatever a turn comes to is kept in one home by one Lua call, or none of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from uuid import uuid4

import msgspec

from bot.keys import HOMES, Keys
from bot.line import Line, Script
from bot.ports import Row
from bot.records import Command, flat, pack

Guards = Mapping[str, str]
"""Keys of versioned hashes, each with the version ("" for none) that it must still have."""


class Committed(msgspec.Struct, frozen=True):
    """What became of a commit."""

    outcome: Literal["ok", "seen", "conflict"]
    before: dict[str, int] = {}
    """Rows waiting before ours, by lane; -1 where another process is delivering there."""


class Commits:
    """Commits of one process. Every call may raise MemoryAway."""

    def __init__(self, line: Line, seconds: Mapping[str, int], lease: float) -> None:
        """``seconds``: how long each kind of key is kept; ``lease``: that of a lane, in seconds."""
        self.line, self._seconds, self.lease = line, seconds, lease
        self._script = Script("commit")
        self.token = uuid4().hex
        """Names the process as a deliverer."""
        self.homes: set[str] = set()
        """The homes that this process has committed to."""

    async def commit(
        self,
        home: str,
        *,
        marks: Iterable[str] = (),
        guards: Guards,
        rows: Mapping[str, Sequence[Row]],
        commands: Iterable[Command],
        forget: str = "",
    ) -> Committed:
        """Keep all of it, unless a mark is there already or a guard has another version.

        ``rows`` go to the outbox by lane; ``forget`` is the key of the traces of a person to erase. The
        process then delivers each lane, unless ``Committed.before`` says that another does.
        """
        if home not in self.homes:
            await self.line.call("SADD", HOMES, home)
            self.homes.add(home)
        keys = Keys(home)
        waiting = [(lane, row) for lane, group in rows.items() for row in group]
        answer = await self.line.run(
            self._script,
            [keys.due, *guards, *(keys.key("mark", mark) for mark in marks)],
            [
                len(guards),
                *guards.values(),
                self._seconds["mark"],
                self.token,
                int(self.lease * 1000),
                self._seconds["outbox"],
                keys.key("outbox", ""),
                keys.key("lease", ""),
                forget,
                len(waiting),
                *(part for lane, row in waiting for part in (lane, pack(row))),
                *flat(commands),
            ],
        )
        pairs = zip(answer[1::2], answer[2::2], strict=True)
        return Committed(answer[0].decode(), {lane.decode(): int(before) for lane, before in pairs})

    async def retire(self, home: str) -> None:
        """No longer look after ``home``, unless something in its outbox still has to go."""
        if not await self.line.call("EXISTS", Keys(home).due):
            self.homes.discard(home)
            await self.line.call("SREM", HOMES, home)


def versioned_write(key: str, version: str, value: bytes, seconds: int) -> Iterable[Command]:
    """Write a guarded value in its next version."""
    yield "HSET", key, "v", int(version or 0) + 1, "s", value
    yield "EXPIRE", key, seconds
