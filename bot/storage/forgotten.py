"""Who was forgotten just now: what was under way meanwhile, and comes late, writes nothing of them again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bot.storage.connection import Connection
from bot.storage.job_strips import job_without
from bot.storage.keys import Keys
from bot.storage.person_strips import Whom
from dialogs.core.jobs import Job
from dialogs.core.mentions import people_in
from dialogs.core.reminder_model import ADVISORS_PARTITION

_KEY = Keys(ADVISORS_PARTITION).key("forgotten", "lately")


class LatelyForgotten:
    """Those forgotten since a moment; ``in`` tells."""

    def __init__(self, digests: frozenset[str]) -> None:
        self._digests = digests

    def __contains__(self, person: str) -> bool:
        return bool(self._digests) and _digest(person) in self._digests

    def left_of(self, job: Job) -> Job | None:
        """What goes on of a job without them; None where nothing does."""
        left: Job | None = job
        for person in people_in(job) if self._digests else ():
            if left is not None and person in self:
                left = job_without(left, Whom(person))
        return left


class ForgottenPeople:
    """Those of one deployment, for an hour. Every method may raise MemoryAway.

    They are remembered before anything of theirs is erased: what is written first and then asks here whether
    it may stay is either erased with the rest, or hears of them.
    """

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        self._connection, self._seconds = connection, seconds["forgotten"]

    async def remember(self, person: str, at: float) -> None:
        """They are forgotten ``at`` a time (in seconds)."""
        await self._connection.call("ZADD", _KEY, at, _digest(person))
        await self._connection.call("ZREMRANGEBYSCORE", _KEY, "-inf", at - self._seconds)
        await self._connection.call("EXPIRE", _KEY, self._seconds)

    async def since(self, at: float) -> LatelyForgotten:
        """Those who were forgotten ``at`` that time or later."""
        found = await self._connection.call("ZRANGEBYSCORE", _KEY, at, "+inf")
        return LatelyForgotten(frozenset(map(bytes.decode, found)))


def _digest(person: str) -> str:
    return hashlib.blake2s(person.encode(), digest_size=12).hexdigest()
