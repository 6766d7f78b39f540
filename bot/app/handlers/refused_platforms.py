"""An account in which our credentials are refused: who is told, since nobody there hears from us any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.handlers.advisor_settings import AdvisorSettingsHandler
from bot.app.people import PeopleDirectory
from bot.platforms.accounts import account_of
from bot.platforms.ports import platform_of
from bot.platforms.registry import Platforms
from dialogs.core.replies import Reply, Text
from dialogs.core.text import literal
from dialogs.wording.conversation import ONE, ONE_OF, PLATFORM_REFUSES, REFUSED_BECAUSE, REFUSED_OTHERWISE


class RefusedPlatforms:
    """Tells the advisors whom another account reaches. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        platforms: Platforms,
        settings: AdvisorSettingsHandler,
        reach: AdvisorReach,
        people: PeopleDirectory,
        clock: Callable[[], datetime],
    ) -> None:
        self._platforms, self._settings, self._reach, self._clock = platforms, settings, reach, clock
        self._people = people

    async def tell(self, account: str, reason: str) -> None:
        """See the class; once a day, whichever process meets it."""
        found = await self._reach.all()
        platform, several, _ = account.partition(":")
        label = self._platforms.get(platform).label
        if several:
            name = (await self._people.organisations([account])).get(account)
            label = ONE_OF.format(platform=label, name=literal(name)) if name else ONE.format(platform=label)
        why = REFUSED_BECAUSE.get(reason) or REFUSED_OTHERWISE.format(reason=reason)
        await self._settings.tell(
            {advisor: to for advisor, to in found.items() if account_of(platform_of(advisor), to) != account},
            Reply((Text(PLATFORM_REFUSES.format(platform=label, why=why)),), private=True),
            f"refused {account} {self._clock():%Y-%m-%d}",
        )
