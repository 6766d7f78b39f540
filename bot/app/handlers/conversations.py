"""The turn: everything that happens is loaded, decided, committed and only then acknowledged."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import get_args

import structlog
from msgspec.structs import replace

from bot.app.handlers.conversation_replies import reference_of, replies_of, standing
from bot.app.handlers.enquiry_service import EnquiryService
from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.session_acts import SessionActHandler
from bot.app.handlers.shares import post_message
from bot.app.handlers.typed_acts import TypedActs
from bot.app.handlers.world_parts import WorldParts
from bot.app.people import PeopleDirectory
from bot.app.press_limit import PressLimit
from bot.app.transaction import Busy, Change, Messages, TransactionRunner, Turn, turn_of
from bot.delivery.outbox import Outbox
from bot.delivery.recent_ids import RecentIds
from bot.observability.metrics import Metrics
from bot.platforms.ports import InboundEvent, OutboxMessage, Result
from bot.storage.connection import MemoryAway
from bot.storage.conversations import ConversationStore, LoadedConversation
from bot.storage.sessions import SessionStore
from bot.storage.transactions import Write
from dialogs import decide
from dialogs.core.events import Speaker, Submitted, Utterance
from dialogs.core.model import Decision, Need, State, World
from dialogs.core.replies import Reply, Text
from dialogs.reminders.form_audience import people_picked
from dialogs.wording.conversation import ONE_MOMENT, TOO_FAST
from knowledge import Knowledge

_log = structlog.get_logger()


class ConversationHandler:
    """Runs inbound events of all platforms. Two round trips to Redis before the reply."""

    def __init__(
        self,
        memory: ConversationStore,
        live: SessionStore,
        transaction: TransactionRunner,
        delivery: Outbox,
        knowledge: Callable[[], Knowledge],
        is_advisor: Callable[[str], bool],
        clock: Callable[[], datetime],
        metrics: Metrics,
        reminders: ReminderService,
        sessions: SessionActHandler,
        people: PeopleDirectory,
        presses: PressLimit,
        enquiries: EnquiryService,
        *,
        per_minute: int,
        retention_days: int,
        mail_domains: Sequence[str],
    ) -> None:
        self._memory = memory
        self._transaction, self._delivery = transaction, delivery
        self._knowledge = knowledge
        self._is_advisor, self._clock, self._metrics = is_advisor, clock, metrics
        self._presses = presses
        self._sessions, self._reminders, self._enquiries = sessions, reminders, enquiries
        self._parts = WorldParts(memory, live, reminders, enquiries, people)
        self._per_minute, self._retention_days = per_minute, retention_days
        self._mail_domains = tuple(mail_domains)
        self._answered = RecentIds()
        """Marks of what was answered while memory was away."""
        self._deciding: dict[str, asyncio.Event] = {}
        """What is being decided, by its first mark; set when it is."""

    async def run(self, inbound: InboundEvent) -> Result:
        """Decide and commit; the caller acknowledges when this returns. See ``ports.InboundHandler``.

        What is told of twice at once, as a mention is by Slack, is decided one after the other: where memory
        goes or comes back in between, no mark of it would tell the second from something new.
        """
        name = next(iter(inbound.idempotency_keys), "")
        while (before := self._deciding.get(name)) is not None:
            await before.wait()
        decided = asyncio.Event()
        if name:
            self._deciding[name] = decided
        try:
            return await self._run(inbound)
        finally:
            self._deciding.pop(name, None)
            decided.set()

    async def _run(self, inbound: InboundEvent) -> Result:
        started, turn = time.perf_counter(), turn_of(inbound.tenant, *inbound.idempotency_keys)
        platform = inbound.place.platform
        try:
            if any(key in self._answered for key in inbound.idempotency_keys):
                result, band = Result("seen"), ""
            else:
                result, band = await self._with_memory(turn, inbound)
        except MemoryAway:
            self._metrics.forgetful.inc()
            result, band = await self._without_memory(turn, inbound)
        elapsed = time.perf_counter() - started
        self._metrics.turn_seconds.labels(platform).observe(elapsed)
        self._metrics.outcomes.labels(platform, result.outcome).inc()
        if result.outcome == "done":
            self._metrics.turns.labels(platform, band).inc()
        _log.info(
            "turn",
            turn=turn.id,
            platform=platform,
            outcome=result.outcome,
            band=band,
            ms=round(elapsed * 1000, 2),
        )
        return result

    async def talked_in(self, conversation: str, tenants: Sequence[str]) -> str:
        """See ``ports.InboundHandler``."""
        try:
            return await self._memory.talked_in(conversation, tenants)
        except MemoryAway:
            return ""

    async def page(self, inbound: InboundEvent) -> Reply:
        """What the speaker's own page shows now. Nothing is kept of it, nor that it was looked at."""
        turn, now = turn_of(inbound.tenant, *inbound.idempotency_keys), self._clock()
        try:
            loaded = await self._memory.load(inbound)
            decision = await self._decide(turn, inbound, self._typed_acts(inbound), loaded, now)
        except MemoryAway:
            world = self._world(turn, inbound, now, remembers=False)
            decision = decide(State(), inbound.event, world)
        return decision.replies[0]

    def look(self, inbound: InboundEvent) -> Decision:
        """What the lessons alone have for what somebody looks for. Nothing is loaded or kept."""
        turn = turn_of(inbound.tenant, *inbound.idempotency_keys)
        return decide(State(), inbound.event, self._world(turn, inbound, self._clock(), remembers=False))

    async def _with_memory(self, turn: Turn, inbound: InboundEvent) -> tuple[Result, str]:
        load = partial(self._memory.load, inbound)
        decide = partial(self._change, turn, inbound, self._typed_acts(inbound))
        try:
            return await self._transaction.run(turn, load, decide, seen=(Result("seen"), ""))
        except Busy:
            return Result("busy"), ""

    def _typed_acts(self, inbound: InboundEvent) -> TypedActs:
        return TypedActs(self._sessions, self._reminders, self._enquiries, inbound, self._presses)

    async def _change(
        self, turn: Turn, inbound: InboundEvent, acts: TypedActs, loaded: LoadedConversation
    ) -> Change[tuple[Result, str]]:
        now = self._clock()
        decision = self._too_fast(inbound, loaded) or await self._decide(turn, inbound, acts, loaded, now)
        if not decision.heard:
            return Change((Result("ignored"), ""))
        if decision.errors:
            # Nothing has come of it yet: the same page sent again must not look like a repeat.
            return Change((Result("done", "", decision.form, decision.errors), _band(decision)))
        stands = standing(inbound, decision, now)
        replies, note = replies_of(turn, inbound, decision, now, stands)
        replies = [*([] if inbound.in_answer else replies), *acts.cards(turn)]
        told = decision.replies if inbound.in_answer else ()
        if acts.nameless:
            # Beside an answer without a name nothing is kept of who typed it, not even what they are told.
            done = Result("done", note, nameless=True, replies=told)
            return Change((done, _band(decision)), Write(), then=partial(self._aside, replies))
        member = await self._memory.member(inbound.speaker)
        return Change(
            (
                Result("done", note, decision.form, replies=told, begun=not loaded.version),
                _band(decision),
            ),
            self._memory.write(turn.id, inbound, loaded, decision, now, member, stands),
            messages=_messages(turn, inbound, decision, replies, now),
            jobs=decision.jobs,
            jobs_queue=inbound.conversation,
            then=partial(self._back, inbound) if loaded.refused else None,
        )

    async def _back(self, inbound: InboundEvent) -> None:
        """Whoever writes can be written to."""
        self._delivery.beside(self._reminders.reachable(inbound.tenant, inbound.speaker))

    async def _aside(self, replies: Sequence[OutboxMessage]) -> None:
        self._delivery.beside(self._delivery.directly(replies))

    def _too_fast(self, inbound: InboundEvent, loaded: LoadedConversation) -> Decision | None:
        """What somebody is told who asks more than anybody reads; None for all others."""
        if loaded.recent < self._per_minute:
            return None
        event = inbound.event
        if isinstance(event, Utterance) and not event.addressed:
            return Decision(loaded.state, heard=False)  # it was said to others
        if loaded.recent == self._per_minute:
            return Decision(loaded.state, (Reply((Text(TOO_FAST),), private=True),))
        return Decision(loaded.state, note=ONE_MOMENT if inbound.note_to is None else "")

    async def _decide(
        self,
        turn: Turn,
        inbound: InboundEvent,
        acts: TypedActs,
        loaded: LoadedConversation,
        now: datetime,
    ) -> Decision:
        """What the event leads to in the world as it is."""
        event = inbound.event
        if isinstance(event, Submitted):
            event = replace(event, named=people_picked(event.values))
        if isinstance(event, Utterance | Submitted) and event.named:
            event = replace(event, named=await self._parts.labelled(inbound, event.named))
        world = replace(
            self._world(turn, inbound, now, remembers=True),
            name=loaded.profile.get("name") or inbound.profile.get("name", ""),
            zone=loaded.profile.get("time zone") or "Europe/London",
            here=loaded.here,
            token=secrets.token_hex(32),
            about=loaded.about,
            stood=loaded.stood,
            work=loaded.work,
            missed=loaded.missed,
            waiting=await self._reminders.acts.dealt_with(loaded.waiting, inbound.speaker),
            under=inbound.under or inbound.quoted or "",
            offered=loaded.offered,
            lost_state=loaded.lost,
            aside=tuple(kind for kind, part in loaded.aside.items() if part.unreadable is not None),
        )
        decision = decide(loaded.state, event, world)
        for _ in get_args(Need):
            if decision.needs is None:
                return decision
            if decision.needs == "press":
                world = replace(world, acted=await acts.run(decision, world))
            else:
                world = await self._parts.added(decision, inbound, world)
            decision = decide(loaded.state, event, world)
        raise RuntimeError(f"a dialog goes on asking for {decision.needs}")

    async def _without_memory(self, turn: Turn, inbound: InboundEvent) -> tuple[Result, str]:
        """Answer from the knowledge base alone, before acknowledging: nothing would remember to."""
        if inbound.told_again:
            return Result("ignored"), ""  # its twin may reach another process, which couldn't know
        now = self._clock()
        decision = decide(State(), inbound.event, self._world(turn, inbound, now, remembers=False))
        if not decision.heard:
            return Result("ignored"), ""
        for idempotency_key in inbound.idempotency_keys:
            self._answered.add(idempotency_key)
        replies, note = replies_of(turn, inbound, decision, now)
        told = decision.replies if inbound.in_answer else ()
        await self._delivery.directly([*([] if told else replies), *turn.jobs(decision.jobs)])
        return Result("done", note, replies=told), _band(decision)

    def _world(self, turn: Turn, inbound: InboundEvent, now: datetime, *, remembers: bool) -> World:
        role = "advisor" if self._is_advisor(inbound.speaker) else "officer"
        return World(
            now=now,
            speaker=Speaker(inbound.speaker, "advisor" if role == "advisor" else "officer", inbound.also),
            place=inbound.place,
            message=inbound.message,
            knowledge=self._knowledge(),
            seed=turn.id,
            remembers=remembers,
            retention_days=self._retention_days,
            reference=reference_of(inbound),
            tenant=inbound.tenant,
            private_to=inbound.private_to,
            alone=inbound.aside or inbound.place.kind == "direct",
            advised=self._enquiries.advised(),
            mail_domains=self._mail_domains,
        )


def _messages(
    turn: Turn, inbound: InboundEvent, decision: Decision, replies: Sequence[OutboxMessage], now: datetime
) -> Messages:
    """What leaves, by queue: what is said to whoever spoke, and what is posted elsewhere."""
    messages = {inbound.conversation: list(replies)} if replies else {}
    for number, post in enumerate(decision.posts):
        message = post_message(turn, number, inbound, post, now.timestamp())
        messages.setdefault(post.channel, []).append(message)
    return messages


def _band(decision: Decision) -> str:
    return next((reply.asked.band for reply in decision.replies if reply.asked is not None), "talk")
