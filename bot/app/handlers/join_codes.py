"""Join codes that somebody types: what each leads to."""

from __future__ import annotations

from bot.app.people import PeopleDirectory
from bot.storage.sessions import SessionStore
from dialogs.core.codes import near
from dialogs.core.world_parts import CodeLookup


class JoinCodes:
    """Looks them up. May raise MemoryAway."""

    def __init__(self, store: SessionStore, people: PeopleDirectory) -> None:
        self._store, self._people = store, people

    async def find(self, tenant: str, speaker: str, code: str) -> CodeLookup:
        """The session that ``code`` leads to, which may have ended; where none, the codes in this workspace
        that look like it."""
        found, session = await self._store.codes.find(code, speaker)
        if found == "often":
            return CodeLookup(too_often=True)
        if found == "found":
            return CodeLookup(session)
        own = self._people.own(tenant, speaker)
        return CodeLookup(near=near(code, await self._store.codes_known(tenant, speaker, own=own)))
