"""What advisors see of what people ask: gathered over the whole deployment, and disclosed under the rules."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.app.handlers.disclosures import DisclosureHandler
from bot.app.people import PATIENCE_SECONDS, PeopleDirectory
from bot.platforms.ports import Unavailable, Undeliverable, platform_of
from bot.storage.conversations import ConversationStore
from bot.storage.insights import StoredInsights
from bot.storage.reminder_index import ReminderIndex
from bot.storage.unanswered import asked_by, unanswered
from dialogs.core.insight_model import GatheredInsights, Insights, PlaceTrend, PulseTrend
from dialogs.core.mentions import spoken
from dialogs.core.result_model import Disclosures
from dialogs.core.teaching_model import AskersQuestion
from dialogs.insights.disclosing import asked_by_several, shown, topics
from knowledge import Knowledge
from knowledge.authoring.clusters import Cluster, clusters


class InsightReader:
    """Reads and discloses them. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        memory: ConversationStore,
        disclosures: DisclosureHandler,
        listing: ReminderIndex,
        people: PeopleDirectory,
        knowledge: Callable[[], Knowledge],
        clock: Callable[[], datetime],
    ) -> None:
        self._memory, self._disclosures, self._listing = memory, disclosures, listing
        self._people, self._knowledge, self._clock = people, knowledge, clock

    async def read(self) -> Insights:
        """All that may be seen now; what is told with it is recorded first."""
        now, stored = self._clock(), await StoredInsights(self._memory.connection).look()
        gathered = await stored.gathered(now)
        disclosed = await self._disclosures.draw_up(topics(gathered), partial(_drawn_up, gathered, now))
        joint = await stored.joint_results()
        names = await asyncio.gather(*map(self._name, joint))
        checks = tuple(PlaceTrend(name, results) for name, results in zip(names, joint.values(), strict=True))
        series = sorted(await self._listing.shared(), key=lambda each: (each.made, each.id))
        pulses = tuple(PulseTrend(spoken(each.draft.what), each.pulses) for each in series if each.pulses)
        topics_shown, hidden = await self.clusters()
        return replace(disclosed, clusters=topics_shown, hidden_clusters=hidden, checks=checks, pulses=pulses)

    async def clusters(self) -> tuple[tuple[Cluster, ...], int]:
        """The questions that no lesson answers by now, by topic, the most asked first, where they may be
        shown; and how many topics may not be."""
        asked = await unanswered(self._memory.connection)
        times = {question: count for question, count, _ in asked}
        found = await asyncio.to_thread(clusters, self._knowledge(), times)
        may = asked_by_several(found, {question: by for question, _, by in asked})
        return may, len(found) - len(may)

    async def askers(self, questions: Iterable[str]) -> tuple[AskersQuestion, ...]:
        """Whose those of ``questions`` are that no lesson answered when they were asked."""
        found = await asked_by(self._memory.connection, questions)
        return tuple(AskersQuestion(by.hex(), question) for question, by in found)

    async def _name(self, place: str) -> str:
        """What a channel (``tenant/channel``) is called; empty where nobody tells."""
        tenant, _, channel = place.partition("/")
        platform = platform_of(tenant)
        directory = self._people.directory(platform)
        if directory is None:
            return ""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                name, _ = await directory.channel(f"{platform}:{channel}", await self._people.near(tenant))
        except (Undeliverable, Unavailable, TimeoutError):
            return ""
        return name


async def _drawn_up(
    gathered: GatheredInsights, now: datetime, told: Disclosures
) -> tuple[Insights, Disclosures]:
    return shown(gathered, told, now)
