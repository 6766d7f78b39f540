"""Teaching: what an advisor would teach is tried out and shown, then kept; and what is done with it later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome
from bot.app.handlers.insights import InsightReader
from bot.app.handlers.teaching_drafts import TeachingDraftHandler
from bot.app.knowledge_keeper import KnowledgeKeeper
from bot.app.transaction import Busy, Change, TransactionRunner, press_key, turn_of
from bot.observability.metrics import Metrics
from bot.platforms.ports import InboundEvent, OutboxMessage, Result, platform_of
from bot.storage.enquiries import EnquiryStore
from bot.storage.teachings import LoadedTeachings
from bot.storage.transactions import Write
from dialogs.core.commands import TaughtAct, encode
from dialogs.core.jobs import Job
from dialogs.core.names import name_taken
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import ADVISORS_PARTITION
from dialogs.core.router import row_of
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import TAUGHT_PARTITION, ChangeTaught, Teach, TeachingEvent, TryOut
from dialogs.enquiries.teaching import draft_without, kept, note
from dialogs.enquiries.teaching_cards import draft_ways, enquiry_ways, taught_card, tried_card
from dialogs.wording import teaching as words
from knowledge.authoring import teaching
from knowledge.taught import Taught


class TeachingHandler:
    """Runs the turns of what is taught. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        keeper: KnowledgeKeeper,
        enquiries: EnquiryStore,
        transaction: TransactionRunner,
        insights: InsightReader,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self.keeper, self.store = keeper, keeper.store
        self._enquiries, self._transaction = enquiries, transaction
        self.drafts = TeachingDraftHandler(self.store, keeper, transaction, self.keep, insights, clock)
        self._clock, self._metrics = clock, metrics

    async def hand(self, event: TeachingEvent, idempotency_key: str) -> None:
        """Let an event happen, once for each key."""
        if isinstance(event, TryOut):
            await self._try_out(event, idempotency_key)
        else:
            await self.keep(event, idempotency_key)

    async def act(self, inbound: InboundEvent, act: TaughtAct, by: Actor) -> ActOutcome:
        """Do what somebody asks for, with a lesson that they name."""
        row = row_of(act)
        if not row.permits(advisor=by.advisor):
            return ActOutcome(Result("done", row.refusal))
        loaded = await self.store.load()
        lesson = loaded.teachings.get(act.lesson)
        if lesson is None:
            return ActOutcome(
                Result("done", words.NO_SUCH if loaded.teachings.readable else words.UNREADABLE)
            )
        if act.act == "show":
            card = taught_card(lesson, self.keeper.current, self._clock())
            return ActOutcome(Result("done"), card, done=True)
        if act.act != "reviewed" and lesson.id in self.keeper.current.filed:
            return ActOutcome(Result("done", words.FILED))
        key = press_key(inbound, act.act, act.lesson)
        try:
            if act.act == "edit":
                return await self.drafts.edited(inbound, lesson, encode(act), by, key)
            if act.act == "restore" and name_taken(lesson.title, self.keeper.current, lesson.id):
                return ActOutcome(Result("done", words.TITLE_TAKEN_SINCE))
            said = await self.keep(ChangeTaught(lesson.id, act.act, by), key)
        except Busy:
            return ActOutcome(Result("busy"))
        done = ActOutcome(Result("done", said), done=True)
        after = (await self.store.load()).teachings.get(act.lesson)
        if act.act == "reviewed" or inbound.about is None or after is None:
            return done  # what it was pressed on may be of several lessons, as the weekly summary is
        card = taught_card(after, self.keeper.current, self._clock(), said)
        return done._replace(reply=replace(card, instead=True), cards=(inbound.about,))

    async def keep(self, event: Teach | ChangeTaught, idempotency_key: str) -> str:
        """Keep a change of what is taught; a sentence for whoever made it. May raise Busy."""
        asker = event.draft.asker if isinstance(event, Teach) else ""

        async def decide(loaded: LoadedTeachings, event: Teach | ChangeTaught = event) -> Change[str]:
            now = self._clock()
            if not loaded.teachings.readable:
                return Change(words.UNREADABLE)
            if isinstance(event, Teach) and loaded.forgotten:
                event = replace(event, draft=draft_without(event.draft, asker))
            after, what = kept(loaded.teachings, event, now, "" if loaded.forgotten else loaded.asker)
            said = note(loaded.teachings, event, now) if isinstance(event, ChangeTaught) else ""
            if not what:
                return Change(said)
            audited = Audited(now, event.by.id, event.by.name, what)
            jobs = [Job(ADVISORS_PARTITION, audited, key=f"audit {idempotency_key}")]
            return Change(said, self.store.write(after, loaded), jobs=jobs, then=self._changed)

        turn = turn_of(TAUGHT_PARTITION, idempotency_key)
        load = partial(self.store.load, idempotency_key, asker)
        self._metrics.teachings.labels(event.act if isinstance(event, ChangeTaught) else "teach").inc()
        return await self._transaction.run(turn, load, decide, seen=words.SAME)

    async def _changed(self) -> None:
        await self.keeper.refresh(fits=False)  # where it was tried out, everybody has it at once

    async def _try_out(self, event: TryOut, idempotency_key: str) -> None:
        """Find out what a draft would do, and show that to its advisor."""
        draft = event.draft
        enquiry = (await self._enquiries.load(event.enquiry)).enquiry if event.enquiry else None
        kept = enquiry.teaching if enquiry else (await self.store.draft(draft.by.id)).draft
        if kept != draft or (event.enquiry and enquiry is None):
            return  # it was changed since, or put away
        await self.keeper.refresh()
        before, loaded = self.keeper.current, await self.store.load()
        new = Taught(draft.id, draft.of, draft.title, draft.answer, draft.questions, "")
        after = await self.keeper.with_draft(new)
        effect = await asyncio.to_thread(teaching.effect, before, after, new, loaded.teachings.cases)
        ways = enquiry_ways(enquiry) if enquiry else draft_ways(draft)
        card = tried_card(draft, effect, after, ways)
        turn = turn_of(TAUGHT_PARTITION, idempotency_key)

        async def decide(loaded: LoadedTeachings) -> Change[None]:
            message = OutboxMessage(
                turn.names("tried"), platform_of(draft.by.id), draft.to, card, speaker=draft.by.id
            )
            return Change(None, Write(), messages={f"tried {draft.id}": [message]})

        await self._transaction.run(turn, partial(self.store.load, idempotency_key), decide, seen=None)
