"""A platform that refuses our credentials: who is told, since nobody there hears from us any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.handlers.advisor_settings import AdvisorSettingsHandler
from bot.platforms.ports import platform_of
from bot.platforms.registry import Platforms
from dialogs.core.replies import Reply, Text
from dialogs.wording.conversation import PLATFORM_REFUSES, REFUSED_BECAUSE, REFUSED_OTHERWISE


class RefusedPlatforms:
    """Tells the advisors whom another platform reaches. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        platforms: Platforms,
        settings: AdvisorSettingsHandler,
        reach: AdvisorReach,
        clock: Callable[[], datetime],
    ) -> None:
        self._platforms, self._settings, self._reach, self._clock = platforms, settings, reach, clock

    async def tell(self, platform: str, reason: str) -> None:
        """See the class; once a day, whichever process meets it."""
        found = await self._reach.all()
        why = REFUSED_BECAUSE.get(reason) or REFUSED_OTHERWISE.format(reason=reason)
        said = PLATFORM_REFUSES.format(platform=self._platforms.get(platform).label, why=why)
        await self._settings.tell(
            {advisor: to for advisor, to in found.items() if platform_of(advisor) != platform},
            Reply((Text(said),), private=True),
            f"refused {platform} {self._clock():%Y-%m-%d}",
        )
