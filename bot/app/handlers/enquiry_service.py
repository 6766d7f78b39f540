"""The parts of enquiries, put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.app.handlers.act_outcome import ActOutcome, given_back
from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.handlers.enquiries import EnquiryHandler
from bot.app.handlers.enquiry_acts import EnquiryActHandler
from bot.app.handlers.enquiry_places import EnquiryPlaces
from bot.app.handlers.insights import InsightReader
from bot.app.handlers.quiz_questions import QuizQuestionHandler
from bot.app.handlers.teaching import TeachingHandler
from bot.app.knowledge_keeper import KnowledgeKeeper
from bot.app.people import PeopleDirectory
from bot.app.transaction import TransactionRunner
from bot.observability.metrics import Metrics
from bot.platforms.ports import InboundEvent
from bot.platforms.registry import Platforms
from bot.storage.conversations import ConversationStore
from bot.storage.enquiries import EnquiryStore
from bot.storage.migrations import Readable
from dialogs.core.commands import AdvisoryAct, EnquiryAct, QuestionAct, TaughtAct, TeachingAct
from dialogs.core.enquiry_model import Advising, Enquiry
from dialogs.core.replies import Block
from dialogs.core.session_model import Actor
from dialogs.enquiries.cards import digest_blocks
from dialogs.enquiries.teaching_cards import overdue_blocks


class EnquiryService:
    """Questions to the advisors, in one process. What reaches Redis may raise MemoryAway."""

    def __init__(
        self,
        memory: ConversationStore,
        transaction: TransactionRunner,
        platforms: Platforms,
        people: PeopleDirectory,
        reach: AdvisorReach,
        keeper: KnowledgeKeeper,
        insights: InsightReader,
        clock: Callable[[], datetime],
        metrics: Metrics,
        *,
        channel: str,
        advised: Callable[[], bool],
        may_advise: Callable[[str], bool],
    ) -> None:
        """``channel``: the advisors' (see ``EnquiryPlaces``); ``advised``: whether any advisor is set up;
        ``may_advise``: see ``EnquiryHandler``."""
        self.store = EnquiryStore(memory.connection, memory.seconds)
        self.advised, self._keeper, self._clock = advised, keeper, clock
        self._places = EnquiryPlaces(platforms, people, reach, channel)
        self.handler = EnquiryHandler(
            self.store, transaction, self._places, people, keeper.get, clock, metrics, may_advise
        )
        self.acts = EnquiryActHandler(self.handler)
        self.teaching = TeachingHandler(keeper, self.store, transaction, insights, clock, metrics)
        self.questions = QuizQuestionHandler(keeper, transaction, clock)
        self.insights = insights

    async def act(self, inbound: InboundEvent, act: AdvisoryAct, by: Actor) -> tuple[ActOutcome, str]:
        """Do what somebody asks for; and the id of what it is done with."""
        outcome, id = await self._act(inbound, act, by)
        return given_back(inbound, outcome, self._keeper.current.lessons), id

    async def _act(self, inbound: InboundEvent, act: AdvisoryAct, by: Actor) -> tuple[ActOutcome, str]:
        match act:
            case EnquiryAct():
                return await self.acts.run(inbound, act, by), act.enquiry
            case TaughtAct():
                return await self.teaching.act(inbound, act, by), act.lesson
            case TeachingAct():
                return await self.teaching.drafts.act(inbound, act, by), act.id
            case QuestionAct():
                return await self.questions.run(inbound, act, by), act.question

    async def advising(self) -> Advising:
        """See ``EnquiryPlaces.advising``."""
        return await self._places.advising()

    async def for_digest(self) -> list[Block]:
        """What the advisors' weekly digest says: questions that wait, and lessons to be looked at again."""
        waiting = tuple(enquiry for enquiry in await self.store.all() if enquiry.waits)
        teachings = (await self.teaching.store.load()).teachings
        late = overdue_blocks(teachings, self._keeper.current, self._clock())
        return [*digest_blocks(waiting), *late]

    async def told(self, person: str, *, advisor: bool) -> Readable[Enquiry]:
        """Those that ``person`` may see, the oldest first: all, for an advisor, else their own. Whose those
        are that can't be read, isn't known."""
        kept = await self.store.kept()
        if advisor:
            return kept
        return Readable(tuple(enquiry for enquiry in kept.found if enquiry.asker.id == person), 0)
