"""What insights are drawn up from, over all workspaces and tenants. May raise MemoryAway throughout."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.storage.connection import Connection, pairs
from bot.storage.keys import LIVE, kind_of
from bot.storage.records import read_joint, read_live, read_rating, week_of
from dialogs.core.insight_model import GatheredInsights, WeekAsked
from dialogs.core.result_model import JointResult
from dialogs.core.session_model import Scoreboard

WEEKS = 13
"""Of questions, at most."""
_KINDS = ("asked", "askers", "feedback", "tried", "shared", "session")
_AT_ONCE = 500


class StoredInsights:
    """What one look found, by the kind of key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: dict[str, list[str]] = defaultdict(list)

    async def look(self) -> StoredInsights:
        """See which keys there are: asked for now and then, it takes one walk over all."""
        found = {name async for name in self._connection.scan("sw:{*") if kind_of(name) in _KINDS}
        for name in sorted(found):
            self._names[kind_of(name) or ""].append(name)
        return self

    async def gathered(self, now: datetime) -> GatheredInsights:
        """All that people asked, rated and tried."""
        weeks, askers = await self._weeks(now)
        return GatheredInsights(
            weeks, askers, await self._ratings(), await self._tries(), await self._quizzes()
        )

    async def joint_results(self) -> dict[str, tuple[JointResult, ...]]:
        """What the joint checks of a channel (``tenant/channel``) came to, oldest first."""
        found = {}
        for name in self._names["shared"]:
            stored = await self._connection.call("LRANGE", name, 0, -1)
            read = (read_joint.or_missing(value, name, self._connection.unreadable) for value in stored)
            results = [result for result in read if result is not None]
            found[f"{_partition(name)}/{_last(name)}"] = tuple(results)
        return found

    async def _weeks(self, now: datetime) -> tuple[dict[date, WeekAsked], dict[date, frozenset[bytes]]]:
        """The weeks that are over."""
        until = week_of(now)
        since = until - timedelta(weeks=WEEKS)
        counts: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        askers: dict[date, frozenset[bytes]] = defaultdict(frozenset)
        for name in self._names["asked"]:
            week = date.fromisoformat(_last(name))
            if since <= week < until:
                for band, count in pairs(await self._connection.call("HGETALL", name)).items():
                    counts[week][band] += int(count)
        for name in self._names["askers"]:
            week = date.fromisoformat(_last(name))
            if week in counts:
                askers[week] |= frozenset(await self._connection.call("SMEMBERS", name))
        return {week: WeekAsked(week, **of) for week, of in counts.items()}, askers

    async def _ratings(self) -> dict[str, dict[bytes, bool]]:
        read = [read_rating.or_missing(value) for value in await self._values("feedback")]
        ratings = [rating for rating in read if rating is not None]
        found: dict[str, dict[bytes, bool]] = defaultdict(dict)
        for rating in sorted(ratings, key=lambda rating: rating.at):
            if rating.by and rating.about is not None and rating.about.lesson:
                found[rating.about.lesson][rating.by] = rating.up
        return found

    async def _tries(self) -> dict[str, dict[bytes, bool]]:
        found: dict[str, dict[bytes, bool]] = defaultdict(dict)
        for name in self._names["tried"]:
            stored = await self._connection.call("HGETALL", name)
            members = (
                stored.items() if isinstance(stored, dict) else zip(stored[::2], stored[1::2], strict=True)
            )
            for member, right in members:
                found[_last(name)].setdefault(member, right == b"1")
        return found

    async def _quizzes(self) -> list[Scoreboard]:
        """What live quizzes came to."""
        names = [name for name in self._names["session"] if _partition(name).startswith(LIVE)]
        states = [
            read_live.or_missing(
                await self._connection.call("HGET", name, "s"), name, self._connection.unreadable
            )
            for name in names if name.endswith(":session:state")
        ]  # fmt: skip
        return [state.scoreboard for state in states if state is not None and state.scoreboard is not None]

    async def _values(self, kind: str) -> Sequence[bytes]:
        names, found = self._names[kind], list[bytes]()
        for start in range(0, len(names), _AT_ONCE):
            asked = (self._connection.call("GET", name) for name in names[start : start + _AT_ONCE])
            found += filter(None, await asyncio.gather(*asked))
        return found


def _partition(name: str) -> str:
    return name.partition("{")[2].partition("}:")[0]


def _last(name: str) -> str:
    return name.partition("}:")[2].partition(":")[2]
