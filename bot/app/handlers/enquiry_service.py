"""The parts of enquiries, put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.handlers.enquiries import EnquiryHandler
from bot.app.handlers.enquiry_acts import EnquiryActHandler
from bot.app.handlers.enquiry_places import EnquiryPlaces
from bot.app.people import PeopleDirectory
from bot.app.transaction import TransactionRunner
from bot.observability.metrics import Metrics
from bot.platforms.registry import Platforms
from bot.storage.conversations import ConversationStore
from bot.storage.enquiries import EnquiryStore
from dialogs.core.enquiry_model import Advising, Enquiry
from knowledge import Knowledge


class EnquiryService:
    """Questions to the advisors, in one process. What reaches Redis may raise MemoryAway."""

    def __init__(
        self,
        memory: ConversationStore,
        transaction: TransactionRunner,
        platforms: Platforms,
        people: PeopleDirectory,
        reach: AdvisorReach,
        knowledge: Callable[[], Knowledge],
        clock: Callable[[], datetime],
        metrics: Metrics,
        *,
        channel: str,
        advised: Callable[[], bool],
    ) -> None:
        """``channel``: the advisors' (see ``EnquiryPlaces``); ``advised``: whether any advisor is set up."""
        self.store = EnquiryStore(memory.connection, memory.seconds)
        self.advised = advised
        self._places = EnquiryPlaces(platforms, people, reach, channel)
        self.handler = EnquiryHandler(
            self.store, transaction, self._places, people, knowledge, clock, metrics
        )
        self.acts = EnquiryActHandler(self.handler)

    async def advising(self) -> Advising:
        """See ``EnquiryPlaces.advising``."""
        return await self._places.advising()

    async def told(self, person: str, *, advisor: bool) -> tuple[Enquiry, ...]:
        """Those that ``person`` may see, the oldest first: all, for an advisor, else their own."""
        found = await self.store.all()
        return tuple(enquiry for enquiry in found if advisor or enquiry.asker.id == person)
