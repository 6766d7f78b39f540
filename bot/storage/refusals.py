"""Who has blocked or removed us: nothing is sent to them of our own accord until they do something here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.storage.connection import Connection
from bot.storage.forgotten import ForgottenPeople
from bot.storage.keys import Keys


class RefusalStore:
    """The refusals of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        self._connection, self._seconds = connection, seconds["refused"]
        self._forgotten = ForgottenPeople(connection, seconds)

    async def keep(self, tenant: str, person: str, why: str, at: float) -> None:
        """Remember the platform's word for why ``person`` can't be written to through ``tenant``, unless they
        have been forgotten since what was sent was made (``at``, in seconds)."""
        await self._connection.call("SET", Keys(tenant).key("refused", person), why, "EX", self._seconds)
        if person in await self._forgotten.since(at):
            await self.lift(tenant, person)

    async def lift(self, tenant: str, person: str) -> None:
        """``person`` can be written to again."""
        await self._connection.call("DEL", Keys(tenant).key("refused", person))

    async def lift_all(self, people: Iterable[tuple[str, str]]) -> None:
        """The same for all of ``people`` (tenant, person)."""
        for tenant, some in _by_tenant(people).items():
            keys = Keys(tenant)
            await self._connection.call("DEL", *(keys.key("refused", person) for person in some))

    async def of(self, people: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Person -> why, for those of ``people`` (tenant, person) who have refused."""
        found: dict[str, str] = {}
        for tenant, some in _by_tenant(people).items():
            keys = Keys(tenant)
            told = await self._connection.call("MGET", *(keys.key("refused", person) for person in some))
            found |= {person: why.decode() for person, why in zip(some, told, strict=True) if why}
        return found


def _by_tenant(people: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tenant, person in people:
        found.setdefault(tenant, []).append(person)
    return found
