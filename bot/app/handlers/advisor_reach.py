"""Where advisors are written to of our own accord, wherever they were met."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

import msgspec

from bot.app.people import PeopleDirectory
from bot.platforms.ports import Address
from dialogs.core.reminder_model import AdvisorSettings


class AdvisorReach:
    """Finds the addresses of advisors, and of others whom something concerns. May raise MemoryAway."""

    def __init__(
        self,
        people: PeopleDirectory,
        settings: Callable[[], Awaitable[AdvisorSettings]],
        named: Callable[[], Iterable[str]],
    ) -> None:
        """``named``: the ids of those whom the settings of the deployment name."""
        self._people, self._settings, self._named = people, settings, named

    async def of(self, person: str) -> Address:
        """Where somebody is written to; empty where that isn't known."""
        return await self._of(person, await self._settings())

    async def all(self, but: str = "") -> dict[str, Address]:
        """All advisors who can be written to, ``but`` for one, each with where."""
        settings = await self._settings()
        advisors = {*settings.reach, *settings.advisors, *self._named()} - {but}
        found = {advisor: await self._of(advisor, settings) for advisor in sorted(advisors)}
        return {advisor: to for advisor, to in found.items() if to}

    async def _of(self, person: str, settings: AdvisorSettings) -> Address:
        if person in settings.reach:
            return msgspec.json.decode(settings.reach[person][1], type=dict[str, str])
        return await self._people.reached(person)
