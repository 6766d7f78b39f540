"""A series' turn: an event is decided on and kept with what follows from it, in the series' own partition."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

import structlog
from msgspec.structs import replace

from bot.app.handlers.assistants import Assistants
from bot.app.handlers.disclosures import DisclosureHandler
from bot.app.handlers.pulse_results import PulseResults
from bot.app.handlers.recipients import RecipientResolver, Resolved
from bot.app.handlers.reminder_beginnings import ReminderBeginnings
from bot.app.handlers.reminder_owners import handed_over
from bot.app.handlers.reminder_reports import SHOWN, ReminderReports
from bot.app.handlers.reminder_sends import ReminderSends
from bot.app.handlers.reminder_turned import Turned, audit
from bot.app.handlers.reminder_wraps import ReminderWraps, missed
from bot.app.transaction import Change, TransactionRunner, Turn, turn_of
from bot.platforms.ports import Address, OutboxMessage, platform_of
from bot.storage.forgotten import LatelyForgotten
from bot.storage.reminder_index import ReminderIndex
from bot.storage.reminders import LoadedSeries, SeriesStore
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import (
    BeginSeries,
    Due,
    DueAgain,
    Gather,
    HandOver,
    QuizAgain,
    QuizTold,
    SeriesEvent,
    SteerAct,
    SteerSeries,
    TellMissed,
    Unclaimed,
    Wrap,
)
from dialogs.core.reminder_model import MOST_OWN, PARTITION, AdvisorSettings, Series
from dialogs.core.replies import Reply, Text
from dialogs.reminders.chain import begin, first_jobs, gather_jobs, seen_to
from dialogs.reminders.leaving import unclaimed
from dialogs.reminders.quiz_cards import go_on_card
from dialogs.reminders.steering import steer
from dialogs.wording import reminders as words
from knowledge import Knowledge

_log = structlog.get_logger()


class ReminderHandler:
    """Runs the turns of series. May raise MemoryAway, or Unavailable."""

    def __init__(
        self,
        store: SeriesStore,
        listing: ReminderIndex,
        resolver: RecipientResolver,
        advisor_settings: Callable[[], Awaitable[AdvisorSettings]],
        transaction: TransactionRunner,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
        disclosures: DisclosureHandler,
        may_advise: Callable[[str], bool],
        erased: Callable[[], Awaitable[None]],
        assistants: Assistants,
    ) -> None:
        """``erased``: is told where something is about to be erased that should be gone from the disk too."""
        self.store, self._listing = store, listing
        self._beginnings = ReminderBeginnings(store, resolver, advisor_settings, may_advise)
        self.transaction = transaction
        self._clock = clock
        self.teller = ReminderReports(store, advisor_settings)
        self._sending = ReminderSends(store, assistants)
        pulses = PulseResults(store, listing, disclosures)
        self._wraps = ReminderWraps(store, self.teller, self._sending, knowledge, pulses, erased)

    async def run(self, id: str, event: SeriesEvent, idempotency_key: str) -> str:
        """Let ``event`` happen to series ``id``, once for each key; a sentence for whoever did it."""
        if isinstance(event, Due) and event.start == 0 and not await self._begins(id, event, idempotency_key):
            return ""
        turn, resolved = turn_of(PARTITION + id, idempotency_key), list[Resolved]()
        load, began = partial(self.store.load, id, idempotency_key), self._clock().timestamp()

        async def decide(loaded: LoadedSeries) -> Change[str]:
            happens: SeriesEvent | None = event
            if isinstance(event, BeginSeries | Gather):
                if not resolved:  # once, however often it is decided
                    resolved.append(await self._beginnings.resolve(event, loaded.series))
                late = await self.store.forgotten.since(began)
                resolved[0] = _without(resolved[0], late)
                left = late.left_of(Job(turn.partition, event))
                happens = left.event if left else None  # type: ignore[assignment]
            full = False
            if isinstance(happens, BeginSeries):
                own = _whose(happens)
                full = bool(own) and len(await self._listing.open(own, self._clock())) >= MOST_OWN
                await self._listing.add(id, own)
            turned = await self._turned(id, happens, loaded.series, resolved, full) if happens else None
            return Change(words.GONE) if turned is None else self._change(turn, event, turned, loaded)

        seen = words.DONE_BEFORE if isinstance(event, SteerSeries | HandOver) else ""
        return await self.transaction.run(turn, load, decide, seen=seen)

    async def _begins(self, id: str, event: Due, idempotency_key: str) -> bool:
        """Keep that an occurrence has begun, and what follows it; whether it is to be sent."""

        async def decide(loaded: LoadedSeries) -> Change[bool]:
            if loaded.series is None:
                return Change(False)
            begun = begin(event, loaded.series, self._clock())
            if begun.series == loaded.series and not begun.jobs:
                return Change(begun.sends)
            return Change(begun.sends, self.store.write(begun.series, loaded), jobs=begun.jobs)

        key = f"{idempotency_key} begun"
        load = partial(self.store.load, id, key)
        return await self.transaction.run(turn_of(PARTITION + id, key), load, decide, seen=True)

    def _change(self, turn: Turn, event: SeriesEvent, turned: Turned, loaded: LoadedSeries) -> Change[str]:
        series = turned.series
        messages: dict[str, Sequence[OutboxMessage]] = dict(turned.messages)
        to = turned.to or series.owner_to
        if turned.tell is not None and to:
            platform = platform_of(turned.by or series.owner.id)
            told = OutboxMessage(turn.names("told"), platform, to, turned.tell, speaker=series.owner.id)
            messages["advisor"] = [*messages.get("advisor", ()), told]
        return Change(
            turned.note,
            self.store.write(series, loaded, turned.commands),
            messages=messages,
            jobs=turned.jobs,
            then=partial(self._changed, event, series),
        )

    async def _changed(self, event: SeriesEvent, series: Series) -> None:
        _log.info("series", series=series.id, what=type(event).__name__, step=series.step)
        if isinstance(event, BeginSeries):  # whoever looked before it was there has taken it off the list
            await self._listing.add(series.id, _whose(event))
        if isinstance(event, SteerSeries) and series.step == "ended":
            for sent in series.sent[-5:]:
                await self.store.cancel(series.id, sent.key)

    async def _turned(
        self, id: str, event: SeriesEvent, series: Series | None, resolved: Sequence[Resolved], full: bool
    ) -> Turned | None:
        now = self._clock()
        if isinstance(event, BeginSeries):
            return self._beginnings.begin(id, event, series, resolved[0], now, full=full)
        if series is None:
            return None
        match event:
            case SteerSeries():
                return await self._steer(event, series, now)
            case HandOver():
                return self._hand_over(event, series, now)
            case Due():
                sent = await self._sending.batch(event, series, now)
                return Turned(sent.series, jobs=sent.jobs, messages=sent.messages, commands=sent.commands)
            case DueAgain():
                sent = await self._sending.again(event, series, now)
                return Turned(sent.series, jobs=sent.jobs, messages=sent.messages, commands=sent.commands)
            case Gather():
                return self._beginnings.gather(event, series, resolved[0], now)
            case Wrap():
                return await self._wraps.wrap(event, series, now)
            case QuizAgain():
                sent = await self._sending.quiz_again(event, series, now)
                return Turned(sent.series, jobs=sent.jobs, commands=sent.commands)
            case QuizTold():
                sent = await self._sending.quiz_told(event, series, now)
                asked = go_on_card(sent.series, sent.place) if sent.asks else None
                return Turned(sent.series, jobs=sent.jobs, commands=sent.commands, tell=asked)
            case TellMissed():
                return missed(series, now)
            case Unclaimed():
                return Turned(series if series.owner.id or series.step == "ended" else unclaimed(series))

    # --- Steering -----------------------------------------------------------------------------------

    async def _steer(self, event: SteerSeries, series: Series, now: datetime) -> Turned:
        by = event.by
        if event.act in SHOWN:
            card = await self.teller.show(series, event.act, event.key)
            return Turned(series, tell=card, to=event.to, by=event.by.id)
        kept = audit(event.act, series, by, now)
        if event.act in ("again", "nudge"):
            sent = await self._sending.repeat(event.act, event.key, series, now)
            note, told = sent.note, self._note(sent.note, event.to)
            if not sent.messages:
                return Turned(series, note, tell=told, to=event.to, by=event.by.id)
            return Turned(
                sent.series, note, jobs=[*sent.jobs, *kept], messages=sent.messages, commands=sent.commands,
                tell=told, to=event.to, by=event.by.id,
            )  # fmt: skip
        after, note, jobs = self._steered(series, event.act, now)
        told = self._note(note, event.to)
        jobs = [*jobs, *kept] if after != series else []
        return Turned(after, note, jobs=jobs, tell=told, to=event.to, by=event.by.id)

    @staticmethod
    def _steered(series: Series, act: SteerAct, now: datetime) -> tuple[Series, str, list[Job]]:
        """The series as it goes on, a sentence for whoever did it, and what is to happen now."""
        steered = steer(series, act, now)
        anew = steered.series
        if not steered.anew:
            return anew, steered.note, []
        jobs = [*first_jobs(anew, anew.groups, now), *gather_jobs(anew, now)]
        return seen_to(anew, anew.groups, now), steered.note, jobs

    def _hand_over(self, event: HandOver, series: Series, now: datetime) -> Turned:
        by = event.by
        after, note, messages = handed_over(series, event, now)
        jobs = list[Job]()
        if event.resumes and after.step != "on":
            after, resumed, jobs = self._steered(after, "resume", now)
            note = f"{note} {resumed}".strip()
        if after == series:
            return Turned(series, note)
        taken = "take over" if by.id == event.to.id else "hand over"
        what = "resume" if after.owner == series.owner else taken
        jobs += audit(what, series, by, now)
        return Turned(after, note, jobs=jobs, messages={"advisor": messages})

    @staticmethod
    def _note(said: str, to: Address) -> Reply | None:
        return Reply((Text(said),), private=True) if to else None


def _whose(event: BeginSeries) -> str:
    """Whose own the series is, as it begins; "" where it is shared."""
    return event.by.id if event.draft.to_self(event.by.id) else ""


def _without(resolved: Resolved, forgotten: LatelyForgotten) -> Resolved:
    """``resolved`` without those who were forgotten while they were looked up."""
    there = tuple(recipient for recipient in resolved.recipients if recipient.id not in forgotten)
    return replace(resolved, recipients=there)
