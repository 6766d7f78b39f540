"""A platform that refuses our credentials: who is told, since nobody there hears from us any more."""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import datetime

from bot.app.handlers.advisor_settings import AdvisorSettingsHandler
from bot.app.handlers.reminder_owners import address_of
from bot.app.people import PeopleDirectory
from bot.platforms.ports import platform_of
from bot.platforms.registry import Platforms
from dialogs.core.replies import Reply, Text
from dialogs.wording.conversation import PLATFORM_REFUSES


class RefusedPlatforms:
    """Tells the advisors whom another platform reaches. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        platforms: Platforms,
        settings: AdvisorSettingsHandler,
        people: PeopleDirectory,
        advisors: Callable[[], Set[str]],
        clock: Callable[[], datetime],
    ) -> None:
        """``advisors``: those named in ``ADVISORS``, by id."""
        self._platforms, self._settings, self._people = platforms, settings, people
        self._advisors, self._clock = advisors, clock

    async def tell(self, platform: str, reason: str) -> None:
        """See the class; once a day, whichever process meets it."""
        known = await self._settings.read()
        advisors = {*known.reach, *known.advisors, *self._advisors()}
        elsewhere = sorted(one for one in advisors if platform_of(one) != platform)
        found = {one: await address_of(one, known, self._people) for one in elsewhere}
        said = PLATFORM_REFUSES.format(platform=self._platforms.get(platform).label, reason=reason)
        await self._settings.tell(
            {one: to for one, to in found.items() if to},
            Reply((Text(said),), private=True),
            f"refused {platform} {self._clock():%Y-%m-%d}",
        )
