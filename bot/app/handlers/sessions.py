"""A session's turn: an event is decided on and kept with what follows, in the session's own partition."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from functools import partial

import structlog
from msgspec.structs import replace

from bot.app.handlers.disclosures import DisclosureHandler
from bot.app.people import PeopleDirectory
from bot.app.transaction import Busy, Change, TransactionRunner, Turn, turn_of
from bot.delivery.live_cards import CardUpdater
from bot.platforms.ports import OutboxMessage
from bot.storage.keys import LIVE
from bot.storage.sessions import LoadedSession, SessionStore
from dialogs.core.codes import new_code
from dialogs.core.jobs import Job, SessionEnded
from dialogs.core.reminder_events import QuizTold
from dialogs.core.reminder_model import PARTITION
from dialogs.core.result_model import Disclosures
from dialogs.core.session_model import (
    Actor,
    AnsweredForm,
    Begin,
    JoinChannel,
    LiveDecision,
    LiveEvent,
    LiveSession,
    LiveWorld,
    QuizPlan,
    TakeOver,
    Timer,
)
from dialogs.sessions.decide import decide_live
from dialogs.sessions.gate import gate
from dialogs.sessions.quiz import outcome
from dialogs.wording.sessions import GONE, NOT_TAKING_PART
from knowledge import Knowledge

MOST_CODES = 50
"""Codes tried before a session goes without one of its own; with thousands open, few are needed."""

_log = structlog.get_logger()


class SessionHandler:
    """Runs the turns of live sessions. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        store: SessionStore,
        transaction: TransactionRunner,
        card_updater: CardUpdater,
        knowledge: Callable[[], Knowledge],
        clock: Callable[[], datetime],
        people: PeopleDirectory,
        disclosures: DisclosureHandler,
        erased: Callable[[], Awaitable[None]],
    ) -> None:
        """``erased``: is told where something is about to be erased that should be gone from the disk too."""
        self.store, self.erased = store, erased
        self._transaction, self._card_updater, self._knowledge = transaction, card_updater, knowledge
        self._clock, self._people, self._disclosures = clock, people, disclosures

    async def run(self, id: str, event: LiveEvent, idempotency_key: str) -> str:
        """Let ``event`` happen to session ``id``, once for each key; a sentence for whoever did it."""
        turn = turn_of(LIVE + id, idempotency_key)
        load = partial(self.store.load, id, turn.idempotency_keys)
        return await self._transaction.run(turn, load, partial(self._change, turn, id, event), seen="")

    async def _change(self, turn: Turn, id: str, event: LiveEvent, session: LoadedSession) -> Change[str]:
        if isinstance(event, Begin) and session.state is None:
            event = replace(event, code=await self._code(id, event.code), by=await self._named(event.by))
        if isinstance(event, Begin | JoinChannel):
            code = session.state.code if session.state else event.code if isinstance(event, Begin) else ""
            await self.store.codes.list_in(event.reference.tenant, id, code, self._clock())
        if isinstance(event, JoinChannel):
            await self.store.leave(id, event.by.id, 0, "back")
        hostless = session.state is not None and not session.state.host.id
        if (
            isinstance(event, TakeOver)
            and hostless
            and not await self.store.answers.takes_part(id, event.by.id)
        ):
            return Change(NOT_TAKING_PART)
        if isinstance(event, TakeOver) and hostless:
            event = replace(event, by=await self._named(event.by))
        decision = await self._decide(id, event, session)
        if decision is None:
            return Change(GONE)
        if decision.state == session.state and not decision.posts:
            return Change(decision.note)
        decision = await self._with_names(session, decision)
        state = decision.state
        erase = decision.ended and state.nameless
        if erase:
            await self.erased()
        return Change(
            decision.note,
            await self.store.write(state, session.version, gate(state, self._knowledge()), erase=erase),
            messages=_posts(turn, decision),
            jobs=_jobs(decision, session),
            then=partial(self._changed, state),
        )

    async def _changed(self, state: LiveSession) -> None:
        self._card_updater.touched(state.id, now=True)
        _log.info("session", session=state.id, step=state.step, number=state.number)

    async def _decide(self, id: str, event: LiveEvent, session: LoadedSession) -> LiveDecision | None:
        world = LiveWorld(self._clock(), self._knowledge())
        decision = decide_live(session.state, id, event, world)
        if decision is None or decision.needs is None:
            return decision
        assert session.state is not None
        # What is put together now is final: an answer that came in meanwhile would be taken and lost.
        await self.store.shut(id)
        if decision.needs == "forms":
            listed = session.state.check.organisations if session.state.check else ()
            forms = await self.store.answers.forms(id, listed)
            members = await self._disclosures.store.members(await self.store.answers.took(id))
            names = await self.store.answers.form_names(id, members)
            hashes = {name: members[who] for name, who in names.items()}
            called = await self._people.organisations({answered.organisation for answered in forms.values()})
            # One on the host's list and a workspace of the same name are one.
            forms = {
                who: replace(
                    answered,
                    organisation=called.get(answered.organisation, answered.organisation),
                    member=hashes.get(who, b""),
                )
                for who, answered in forms.items()
            }
            world = replace(
                world, forms=forms, organisations=_names(forms.values(), called, self._people.unnamed)
            )

            async def draw_up(told: Disclosures) -> tuple[LiveDecision | None, Disclosures]:
                # Many groups of many people take seconds to hold against each other.
                known = replace(world, told=told)
                drawn = await asyncio.to_thread(decide_live, session.state, id, event, known)
                return drawn, drawn.disclosed if drawn else {}

            return await self._disclosures.draw_up(decision.topics, draw_up)
        else:
            numbers = range(1, session.state.number + 1)
            sheets = await self.store.answers.sheets(id, numbers)
            world = replace(world, sheets=sheets, counted=await self.store.answers.counted(id, numbers))
        return decide_live(session.state, id, event, world)

    async def _with_names(self, session: LoadedSession, decision: LiveDecision) -> LiveDecision:
        """The names on a new scoreboard as people are called today, rather than by their handles."""
        scoreboard = decision.state.scoreboard
        if scoreboard is None or (session.state and session.state.scoreboard):
            return decision
        names = await self._people.names([standing.id for standing in scoreboard.top])
        named = (
            replace(standing, name=names.get(standing.id) or standing.name) for standing in scoreboard.top
        )
        top = tuple(
            sorted(named, key=lambda standing: (-standing.right, standing.name.casefold(), standing.id))
        )
        return replace(decision, state=replace(decision.state, scoreboard=replace(scoreboard, top=top)))

    async def _named(self, by: Actor) -> Actor:
        """The host as the card calls them: by their name rather than by their handle, where it can be had."""
        names = await self._people.names([by.id])
        return replace(by, name=names.get(by.id) or by.name)

    async def _code(self, id: str, token: str) -> str:
        """A code that leads to this session and no other."""
        for attempt in range(MOST_CODES):
            code = new_code(token, attempt)
            if await self.store.codes.claim(code, id):
                return code
        raise Busy


def timer_job(state: LiveSession, timer: Timer) -> Job:
    """Hands a timer's event to its session when it comes."""
    return Job(LIVE + state.id, timer.event, timer.at, f"{state.id} {timer.key}")


def _posts(turn: Turn, decision: LiveDecision) -> dict[str, list[OutboxMessage]]:
    """What is said anew in the session's places, each place in its own queue."""
    return {
        f"spot {place.key}": [
            OutboxMessage(turn.names(f"{number}-{place.key}"), place.platform, place.to, post)
            for number, post in enumerate(decision.posts)
        ]
        for place in (decision.state.references if decision.posts else ())
    }


def _jobs(decision: LiveDecision, before: LoadedSession) -> list[Job]:
    state = decision.state
    jobs = [timer_job(state, timer) for timer in decision.timers]
    if decision.ended:
        for reference in state.references:
            asked = dict(decision.asked)
            told = SessionEnded(state.id, state.kind, reference.channel, state.result, asked)
            jobs.append(Job(reference.tenant, told, key=f"{state.id} ended {reference.key}"))
        if state.quiz is not None and state.quiz.series:
            jobs.append(_series_job(state.quiz, state, shown=bool(before.cards)))
    return jobs


def _series_job(plan: QuizPlan, state: LiveSession, *, shown: bool) -> Job:
    """Tells a series what its quiz came to; ``shown``: whether its card ever reached a channel."""
    came = outcome(state.scoreboard, plan.occurrence) if state.scoreboard else None
    told = QuizTold(plan.occurrence, "closed" if shown else "not shown", came)
    return Job(PARTITION + plan.series, told, key=f"{state.id} closed")


def _names(
    forms: Iterable[AnsweredForm], called: Mapping[str, str], unnamed: Callable[[str], str]
) -> dict[str, str]:
    """What each organisation is to be called: by its own name, else by where its people write from."""
    return {
        **{name: name for name in called.values()},
        **called,
        **{
            answered.organisation: called.get(answered.organisation) or unnamed(answered.organisation)
            for answered in forms
        },
    }
