"""Quiz questions of the advisors' own: written, shown before they count, added, changed and retired."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.app.handlers.act_outcome import ActOutcome
from bot.app.knowledge_keeper import KnowledgeKeeper
from bot.app.transaction import Busy, Change, TransactionRunner, press_key, turn_of
from bot.platforms.ports import InboundEvent, Result
from bot.storage.teachings import LoadedTeachings
from dialogs.core.commands import QuestionAct, encode
from dialogs.core.events import Submitted
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import ADVISORS_PARTITION
from dialogs.core.replies import Choice, Choices, Quote, Reply, Text
from dialogs.core.router import row_of
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import TAUGHT_PARTITION, TaughtQuestion, Teachings
from dialogs.enquiries import quiz_teaching as quiz
from dialogs.wording import quiz_teaching as words
from dialogs.wording.teaching import FILED, SAME, UNREADABLE


class QuizQuestionHandler:
    """Carries out acts. May raise MemoryAway."""

    def __init__(
        self, keeper: KnowledgeKeeper, transaction: TransactionRunner, clock: Callable[[], datetime]
    ) -> None:
        self._keeper, self._transaction, self._clock = keeper, transaction, clock

    async def run(self, inbound: InboundEvent, act: QuestionAct, by: Actor) -> ActOutcome:
        """Do what somebody asks for."""
        row = row_of(act)
        if not row.permits(advisor=by.advisor):
            return ActOutcome(Result("done", row.refusal))
        teachings = (await self._keeper.store.load()).teachings
        if act.act == "list":
            card = quiz.listed(teachings, by.id, self._keeper.current)
            return ActOutcome(Result("done"), card, done=True)
        question = quiz.get(teachings, act.question)
        if act.act == "new":
            return await self._written(inbound, act, by, None)
        if question is None or (question.step == "draft" and question.owner.id != by.id):
            return ActOutcome(Result("done", words.NO_SUCH))
        if act.act == "show":
            return ActOutcome(Result("done"), quiz.preview(question, self._keeper.current), done=True)
        if question.id in self._keeper.current.filed:
            return ActOutcome(Result("done", FILED))
        if act.act == "edit":
            return await self._written(inbound, act, by, question)
        change = act.act
        what = "" if change == "drop" else f"{change} quiz question {question.id}"
        changed = partial(quiz.changed, id=question.id, act=change)
        outcome = await self._keep(inbound, act, by, changed, what, words.CHANGED[change])
        if not outcome.done or inbound.about is None:
            return outcome
        after = quiz.get((await self._keeper.store.load()).teachings, act.question)
        shown = quiz.preview(after, self._keeper.current).blocks if after else (Quote(question.text),)
        card = Reply((*shown, Text(outcome.result.note)), private=True, instead=True)
        return outcome._replace(reply=card, cards=(inbound.about,))

    async def _written(
        self, inbound: InboundEvent, act: QuestionAct, by: Actor, before: TaughtQuestion | None
    ) -> ActOutcome:
        """The page on which one is written; what was filled in there is kept as a draft, and shown."""
        kb = self._keeper.current
        form = quiz.form(encode(act), before, kb)
        if not isinstance(inbound.event, Submitted):
            if inbound.can_open:
                return ActOutcome(Result("done", form=form))
            button = Choice(words.WRITE, encode(act), primary=True, opens=True)
            shown = Reply((Text(words.OPEN_FORM), Choices((button,))), private=True)
            return ActOutcome(Result("done"), shown)
        key = press_key(inbound, act.act, act.question)
        id = before.id if before else f"own-{hashlib.sha256(f'{by.id} {key}'.encode()).hexdigest()[:10]}"
        read = quiz.read(id, inbound.event.values, by, self._clock(), kb, before)
        if isinstance(read, dict):
            return ActOutcome(Result("done", form=form, errors=read))
        draft = read.step == "draft"
        what, said = ("", "") if draft else (f"edit quiz question {id}", words.CHANGED["edit"])
        kept = partial(quiz.with_question, question=read)
        outcome = await self._keep(inbound, act, by, kept, what, said)
        return outcome._replace(reply=quiz.preview(read, kb)) if draft else outcome

    async def _keep(
        self,
        inbound: InboundEvent,
        act: QuestionAct,
        by: Actor,
        changed: Callable[[Teachings], Teachings],
        what: str,
        said: str,
    ) -> ActOutcome:
        """``what``: what the audit list says, "" for nothing; ``said``: a sentence for whoever did it."""
        key = press_key(inbound, act.act, act.question)

        async def decide(loaded: LoadedTeachings) -> Change[str]:
            if not loaded.teachings.readable:
                return Change(UNREADABLE)
            after = changed(loaded.teachings)
            if after == loaded.teachings:
                return Change(SAME)
            audited = Audited(self._clock(), by.id, by.name, what)
            jobs = [Job(ADVISORS_PARTITION, audited, key=f"audit {key}")] if what else []
            return Change(said, self._keeper.store.write(after, loaded), jobs=jobs, then=self._refresh)

        load = partial(self._keeper.store.load, key)
        try:
            note = await self._transaction.run(turn_of(TAUGHT_PARTITION, key), load, decide, seen=SAME)
        except Busy:
            return ActOutcome(Result("busy"))
        return ActOutcome(Result("done", note), done=True)

    async def _refresh(self) -> None:
        await self._keeper.refresh(fits=False)
