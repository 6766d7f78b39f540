"""The board: what the advisors share, over both platforms, and its turns.

Roles are asked for at every event, so each process keeps a copy, read anew every few seconds and after
each of its own turns.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.commits import Commits
from bot.delivery import Delivery
from bot.keys import Keys
from bot.line import Line, MemoryAway
from bot.people import People
from bot.ports import NOTHING, Row, Unavailable, Undeliverable
from bot.records import Command, pack, read_board, versioned
from bot.series.forgetting import forget
from bot.series.listing import Listing
from dialogs.errands import Errand
from dialogs.series.board import digest_at, kept
from dialogs.series.model import (
    BOARD,
    Audited,
    Board,
    BoardEvent,
    Digest,
    ForgetPerson,
    KeepAdvisor,
    KeepDigest,
    KeepList,
    Reach,
)
from dialogs.series.report import digest_card

REFRESH_SECONDS = 3.0
MOST_CONFLICTS = 5
AUDIT_KEPT = 5_000
"""Lines of the audit list."""

_keys = Keys(BOARD)
_state, _audit = _keys.key("board", "state"), _keys.key("audit", "all")
_audited = msgspec.msgpack.Decoder(Audited).decode


async def audit_list(line: Line) -> list[Audited]:
    """What advisors did, the last first. May raise MemoryAway."""
    return [_audited(one) for one in await line.call("LRANGE", _audit, 0, -1)]


class Boards:
    """The board of one deployment. ``run`` may raise MemoryAway, or Unavailable."""

    def __init__(
        self,
        line: Line,
        commits: Commits,
        listing: Listing,
        delivery: Delivery,
        people: People,
        clock: Callable[[], datetime],
        is_advisor: Callable[[str], bool],
        audit_seconds: int,
    ) -> None:
        self._line, self._commits, self._listing, self._delivery = line, commits, listing, delivery
        self._people, self._clock, self._is_advisor = people, clock, is_advisor
        self._audit_seconds = audit_seconds
        self.copy = Board()
        """As it was read last."""
        self._refreshing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Keep the copy fresh."""
        self._refreshing = asyncio.create_task(self._refresh())

    async def stop(self) -> None:
        """Let it grow old."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    async def read(self) -> Board:
        """The board as it is now. May raise MemoryAway."""
        self.copy = read_board(await self._line.call("HGET", _state, "s"))
        return self.copy

    async def run(self, event: BoardEvent, mark: str) -> None:
        """Let ``event`` happen, once for each ``mark``; what somebody may not do, doesn't."""
        if isinstance(event, KeepList | KeepAdvisor | KeepDigest) and not self._is_advisor(event.by.id):
            return
        if isinstance(event, KeepAdvisor):
            event = await self._with_own_id(event)
        for _ in range(MOST_CONFLICTS):
            version, stored = await self._line.call("HMGET", _state, "v", "s")
            if await self._line.call("EXISTS", _keys.key("mark", mark)):
                return
            if await self._turn(event, read_board(stored), (version or b"").decode(), mark):
                await self.read()
                return
        raise Unavailable("busy")

    async def _turn(self, event: BoardEvent, board: Board, version: str, mark: str) -> bool:
        now = self._clock()
        after, what = kept(board, event)
        rows: list[Row] = []
        errands: list[Errand] = []
        audited: Audited | None = event if isinstance(event, Audited) else None
        if what and isinstance(event, KeepList | KeepAdvisor | KeepDigest):
            audited = Audited(now, event.by.id, event.by.name, what)
        if isinstance(event, KeepDigest | Reach) and event.by.id not in after.digest_off:
            errands.append(_digest(event.by.id, event.zone, now))
        if isinstance(event, Digest) and event.advisor in after.reach:
            rows, errands = await self._digest(event, after, now)
        if isinstance(event, ForgetPerson):
            await forget(self._listing.store, await self._listing.all(), event.person)
        commands: list[Command] = []
        if after != board:
            commands += [("HSET", _state, "v", int(version or 0) + 1, "s", versioned(after))]
        if audited is not None:
            commands += [
                ("LPUSH", _audit, pack(audited)),
                ("LTRIM", _audit, 0, AUDIT_KEPT - 1),
                ("EXPIRE", _audit, self._audit_seconds),
            ]
        later = [Row(f"{mark} {one.key}", "errand", {}, NOTHING, one) for one in errands]
        lanes = {"advisors": rows, "errands": later}
        done = await self._commits.commit(
            BOARD, marks=[mark], guards={_state: version}, rows=lanes, commands=commands
        )
        if done.outcome == "ok":
            self._delivery.committed(BOARD, lanes, done.before)
        return done.outcome != "conflict"

    async def _digest(self, event: Digest, board: Board, now: datetime) -> tuple[list[Row], list[Errand]]:
        """An advisor's week, and the next one's errand; nothing at all once they want none."""
        if event.advisor in board.digest_off:
            return [], []
        _, to, zone = board.reach[event.advisor]
        errands = [_digest(event.advisor, zone, now)]
        lines = [
            (one, await self._listing.store.census(one.id, one.sent[-1].key))
            for one in await self._listing.all()
            if one.sent and one.sent[-1].at >= event.since
        ]
        if not lines:
            return [], errands
        address = msgspec.json.decode(to, type=dict[str, str])
        card = digest_card(lines)
        platform = "teams" if event.advisor.startswith("teams:") else "slack"
        row = Row(f"digest {event.advisor} {event.since:%Y-%m-%d}", platform, address, card)  # type: ignore[arg-type]
        return [row], errands

    async def _with_own_id(self, event: KeepAdvisor) -> KeepAdvisor:
        """Who is meant, by the id as which they speak: a mention may have another."""
        person = event.person
        directory = self._people.directory(person.id.partition(":")[0])
        if directory is None:
            return event
        try:
            found = await directory.person(person.id, await self._people.near(person.home))
        except (Undeliverable, Unavailable):
            return event
        return replace(event, person=replace(person, id=found.id, name=found.name or person.name))

    async def _refresh(self) -> None:
        while True:
            with suppress(MemoryAway):  # what was read last must do
                await self.read()
            await asyncio.sleep(REFRESH_SECONDS)


def _digest(advisor: str, zone: str, now: datetime) -> Errand:
    at = digest_at(now, zone)
    return Errand(BOARD, Digest(advisor, now), at, f"digest {advisor} {at:%Y-%m-%d}")
