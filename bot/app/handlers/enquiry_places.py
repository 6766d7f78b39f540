"""Where the advisors see enquiries: their channel, where the settings name one, else their chats."""

from __future__ import annotations

from typing import NamedTuple

import structlog

from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.people import PeopleDirectory
from bot.platforms.ports import Address, Unavailable, Undeliverable, platform_of
from bot.platforms.registry import Platforms
from dialogs.core.enquiry_model import Advising, CardPlace

_log = structlog.get_logger()


class FoundPlaces(NamedTuple):
    """Where a question goes."""

    places: tuple[CardPlace, ...]
    advising: Advising
    why_not: str = ""
    """Why it goes nowhere, as a platform's word; "" where it goes somewhere."""


class EnquiryPlaces:
    """Finds the places. May raise MemoryAway; ``found`` may raise Unavailable too."""

    def __init__(
        self, platforms: Platforms, people: PeopleDirectory, reach: AdvisorReach, channel: str
    ) -> None:
        """``channel``: ``platform:team/channel``; empty where the settings name none."""
        self._platforms, self._people, self._reach, self._channel = platforms, people, reach, channel

    async def advising(self) -> Advising:
        """Who would get a question now; whether they can be reached, sending it will tell."""
        if not self._channel:
            return Advising(people=len(await self._reach.all()))
        try:
            name, _ = await self._look_up()
        except (Undeliverable, Unavailable):
            name = ""
        return self._named(name)

    async def found(self) -> FoundPlaces:
        """The places of today: where the channel doesn't take us, the advisors' own chats."""
        refused = "no_advisors"
        if self._channel:
            try:
                name, to = await self._look_up()
                return FoundPlaces((CardPlace(self._channel, to),), self._named(name))
            except Undeliverable as refusal:
                refused = refusal.reason
                _log.warning("advisors' channel refused", channel=self._channel, reason=refused)
        reached = await self._reach.all()
        chats = tuple(CardPlace(advisor, to, alone=True) for advisor, to in reached.items())
        return FoundPlaces(chats, Advising(people=len(chats)), "" if chats else refused)

    def _named(self, name: str) -> Advising:
        label = self._platforms.get(platform_of(self._channel)).label
        return Advising(f"#{name.lstrip('#')}" if name else label, label)

    async def _look_up(self) -> tuple[str, Address]:
        tenant, _, channel = self._channel.partition("/")
        platform = platform_of(tenant)
        directory = self._people.directory(platform)
        if directory is None:
            raise Undeliverable("platform_off")
        return await directory.channel(f"{platform}:{channel}", await self._people.near(tenant))
