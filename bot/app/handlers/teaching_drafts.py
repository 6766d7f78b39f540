"""What an advisor is about to teach from what people ask, or to change of what was taught: written on a page,
tried out, shown to them, and then kept or put away. Each advisor has one at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome
from bot.app.handlers.insights import InsightReader
from bot.app.knowledge_keeper import KnowledgeKeeper
from bot.app.transaction import Busy, Change, TransactionRunner, press_key, turn_of
from bot.platforms.ports import InboundEvent, Result
from bot.storage.teachings import LoadedDraft, TeachingStore
from dialogs.core.commands import TeachingAct, encode
from dialogs.core.events import Submitted
from dialogs.core.forms import Form
from dialogs.core.jobs import Job
from dialogs.core.names import name_taken
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.router import row_of
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import (
    TAUGHT_PARTITION,
    ChangeTaught,
    TaughtLesson,
    Teach,
    TeachingDraft,
    TryOut,
    as_taught,
)
from dialogs.enquiries.teaching import edit_form, proposed, read_draft, read_edit, settled, teach_form, typed
from dialogs.enquiries.teaching_cards import dealt_with
from dialogs.insights.clusters import named
from dialogs.wording import teaching as words

Keep = Callable[[Teach | ChangeTaught, str], Awaitable[str]]


class TeachingDraftHandler:
    """Runs their turns. May raise MemoryAway."""

    def __init__(
        self,
        store: TeachingStore,
        keeper: KnowledgeKeeper,
        transaction: TransactionRunner,
        keep: Keep,
        insights: InsightReader,
        clock: Callable[[], datetime],
    ) -> None:
        """``keep``: keeps what was settled."""
        self._store, self._keeper, self._transaction = store, keeper, transaction
        self._kept, self._insights, self._clock = keep, insights, clock

    async def act(self, inbound: InboundEvent, act: TeachingAct, by: Actor) -> ActOutcome:
        """Write a lesson on a topic, or go on with what was tried out."""
        row = row_of(act)
        if not row.permits(advisor=by.advisor):
            return ActOutcome(Result("done", row.refusal))
        key = press_key(inbound, act.act, act.id)
        try:
            if act.act == "from":
                return await self._from(inbound, act, by, key)
            draft = (await self._store.draft(by.id)).draft
            if draft is None or draft.id != act.id:
                return ActOutcome(Result("done", words.STALE_DRAFT))
            if act.act == "change":
                return await self._changed(inbound, act, draft, by, key)
            said = words.NOTE_UNCHANGED if draft.edits else words.NOTE_LEFT
            if act.act == "keep" and name_taken(draft.title, self._keeper.current, draft.id):
                return ActOutcome(Result("done", words.TITLE_TAKEN_SINCE))
            if act.act == "keep":
                told = await self._kept(settled(draft, by), f"{key} kept")
                said = told if draft.edits else words.NOTE_TAUGHT
            await self._write(by.id, None, key)
        except Busy:
            return ActOutcome(Result("busy"))
        done = Result("done", said)
        if inbound.about is None:
            return ActOutcome(done, done=True)
        card = dealt_with(draft, said, self._keeper.current)
        return ActOutcome(done, card, done=True, cards=(inbound.about,))

    async def edited(
        self, inbound: InboundEvent, lesson: TaughtLesson, says: str, by: Actor, key: str
    ) -> ActOutcome:
        """A taught lesson is edited; ``says``: the words that its page says."""
        form = edit_form(says, lesson)
        if not isinstance(inbound.event, Submitted):
            return _asked_for(inbound, form, words.OPEN_EDIT)
        read = read_edit(lesson, inbound.event.values, by, inbound.private_to, self._keeper.current)
        if isinstance(read, dict):
            return ActOutcome(Result("done", form=form, errors=read))
        if (read.title, read.answer, read.questions) == (lesson.title, lesson.answer, lesson.questions):
            return ActOutcome(Result("done", words.SAME), done=True)
        return await self._tried(read, key)

    async def _from(self, inbound: InboundEvent, act: TeachingAct, by: Actor, key: str) -> ActOutcome:
        shown, _ = await self._insights.clusters()
        cluster = named(act.id, shown)
        if cluster is None:
            return ActOutcome(Result("done", words.NO_SUCH_TOPIC))
        kb, says, question = self._keeper.current, encode(act), cluster.questions[0]
        if not isinstance(inbound.event, Submitted):
            form = teach_form(says, question, kb, proposed(cluster), answers=False)
            return _asked_for(inbound, form, words.OPEN_TEACH)
        values = inbound.event.values
        read = read_draft(question, act.id, values, by, inbound.private_to, kb, answers=False)
        if isinstance(read, dict):
            form = teach_form(says, question, kb, values, answers=False)
            return ActOutcome(Result("done", form=form, errors=read))
        others = await self._insights.askers(read.questions)
        return await self._tried(replace(read, others=others), key)

    async def _changed(
        self, inbound: InboundEvent, act: TeachingAct, draft: TeachingDraft, by: Actor, key: str
    ) -> ActOutcome:
        """What was tried out is written anew."""
        if draft.edits:
            return await self.edited(inbound, as_taught(draft, self._clock()), encode(act), by, key)
        kb, question, says = self._keeper.current, draft.questions[0], encode(act)
        if not isinstance(inbound.event, Submitted):
            form = teach_form(says, question, kb, typed(draft), answers=False)
            return _asked_for(inbound, form, words.OPEN_TEACH)
        values, id = inbound.event.values, draft.id.rpartition("-")[2]
        read = read_draft(question, id, values, by, inbound.private_to, kb, answers=False)
        if isinstance(read, dict):
            form = teach_form(says, question, kb, values, answers=False)
            return ActOutcome(Result("done", form=form, errors=read))
        others = await self._insights.askers(read.questions)
        return await self._tried(replace(read, others=others), key)

    async def _tried(self, draft: TeachingDraft, key: str) -> ActOutcome:
        """It is tried out, off this turn: that takes seconds."""
        now = self._clock()
        job = Job(TAUGHT_PARTITION, TryOut("", draft), now, f"try {draft.id} {now.isoformat()}")
        await self._write(draft.by.id, draft, key, job)
        return ActOutcome(Result("done", words.TRYING), done=True)

    async def _write(self, advisor: str, draft: TeachingDraft | None, key: str, *jobs: Job) -> None:
        async def decide(loaded: LoadedDraft) -> Change[None]:
            return Change(None, self._store.write_draft(advisor, draft, loaded), jobs=jobs)

        load = partial(self._store.draft, advisor, key)
        await self._transaction.run(turn_of(TAUGHT_PARTITION, key), load, decide, seen=None)


def _asked_for(inbound: InboundEvent, form: Form, otherwise: str) -> ActOutcome:
    """The page, or the button that opens it."""
    if inbound.can_open:
        return ActOutcome(Result("done", form=form))
    button = Choice(form.title, form.says, primary=True, opens=True)
    return ActOutcome(Result("done"), Reply((Text(otherwise), Choices((button,))), private=True))
