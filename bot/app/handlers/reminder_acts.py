"""Presses on series: what recipients do with what they were sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Literal, get_args

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome, opened, told
from bot.app.handlers.advisor_acts import AdvisorActHandler
from bot.app.handlers.assistants import Assistants, for_assistant
from bot.app.handlers.failures import FailureHandler
from bot.app.handlers.pulse_answers import WHY_NOT, PulseAnswers, whom
from bot.app.handlers.reminder_owners import SeriesOwners
from bot.app.handlers.reminders import ReminderHandler
from bot.app.people import PeopleDirectory
from bot.app.transaction import Change, press_key, turn_of
from bot.platforms.ports import InboundEvent, Result
from bot.storage.reminders import LoadedSeries, SeriesStore
from bot.storage.transactions import Write
from bot.storage.waiting import WaitingStore
from dialogs.core.addresses import by_mail
from dialogs.core.commands import ALL, SeriesAct, encode
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import DueAgain, SteerAct
from dialogs.core.reminder_model import PARTITION, AdvisorSettings, Series, Waiting
from dialogs.core.replies import Choice, Reply, Text
from dialogs.core.router import row_of
from dialogs.core.session_model import Actor
from dialogs.reminders.behalf import on_behalf
from dialogs.reminders.cards import asking, done_card, put_off_card
from dialogs.reminders.due import put_off
from dialogs.reminders.ledger import line
from dialogs.reminders.steering import moment_in_words
from dialogs.wording import reminders as words

_STEPS: dict[str, Literal["done", "stopped", ""]] = {
    "done": "done", "answer": "done", "stop": "stopped", "start again": "",
}  # fmt: skip
"""What an act leaves of what waited for a reply."""
_NOT_OF_ONES_OWN = ("report", "who", "trend", "nudge", "take over", "hand over")
"""What can be done only with what goes to others."""


class ReminderActHandler:
    """Carries out acts. May raise MemoryAway."""

    def __init__(
        self,
        store: SeriesStore,
        runner: ReminderHandler,
        failures: FailureHandler,
        people: PeopleDirectory,
        clock: Callable[[], datetime],
        owners: SeriesOwners,
        advisor_settings: Callable[[], Awaitable[AdvisorSettings]],
        assistants: Assistants,
    ) -> None:
        self._assistants = assistants
        self._store, self._runner, self._failures = store, runner, failures
        self._people, self._clock = people, clock
        self._advisors = AdvisorActHandler(store, runner, failures, owners, advisor_settings)
        self._pulses = PulseAnswers(store, people)
        self._waiting = WaitingStore(store.connection, store.seconds)

    async def run(self, inbound: InboundEvent, act: SeriesAct, by: Actor, comment: str = "") -> ActOutcome:
        """Do ``act``, which names its series by id; ``comment``: what was typed with an answer."""
        if act.behalf:
            return await self._for_another(inbound, act, by, comment)
        outcome = await self._run(inbound, act, by, comment)
        nameless = outcome.result.nameless
        if outcome.reply is not None and outcome.reply.instead:
            cards = (inbound.about or "", await self._card(inbound, act, by))
            outcome = outcome._replace(cards=tuple(dict.fromkeys(filter(None, cards))))
        if outcome.done and inbound.place.kind == "direct" and act.act in _STEPS and not nameless:
            series = "" if act.series == ALL else act.series
            await self._waiting.step(inbound.tenant, by.id, series, act.key, _STEPS[act.act])
        return outcome

    async def _for_another(
        self, inbound: InboundEvent, act: SeriesAct, by: Actor, comment: str
    ) -> ActOutcome:
        """An assistant does ``act`` in the place of whoever it names."""
        person = await self._assistants.person(act, by.id)
        if not person:
            return opened(words.NOT_FOR_THEM)
        theirs = await self._assistants.theirs(inbound, person)
        outcome = await self.run(theirs, replace(act, behalf=""), Actor(person), comment)
        return for_assistant(outcome, inbound, act)

    async def look(self, inbound: InboundEvent, act: SeriesAct) -> Reply:
        """What ``act`` is about, with its button while it can be pressed."""
        if act.behalf:
            person = await self._assistants.person(act, inbound.speaker)
            if not person:
                return Reply((Text(words.NOT_FOR_THEM),))
            theirs = replace(inbound, speaker=person)
            return on_behalf(await self.look(theirs, replace(act, behalf="")), act.behalf)
        if act.series == ALL:
            return asking(None, act)
        series = (await self._store.load(act.series)).series
        if series is None or (series.own and series.owner.id != inbound.speaker):
            return Reply((Text(words.GONE),))
        person = inbound.speaker
        sent = act.key and await self._store.line_of(act.series, act.key, person)
        if not sent and not await self._store.audiences.has(series, person):
            return Reply((Text(words.NOT_YOURS),))
        return asking(series, act)

    async def _card(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> str:
        """Where the person was sent what they answer, which may be elsewhere than where they do."""
        if inbound.place.kind != "direct":
            return ""
        return await self._waiting.card(inbound.tenant, by.id, act.series, act.key)

    async def dealt_with(self, waiting: Sequence[Waiting], person: str) -> tuple[Waiting, ...]:
        """``waiting``, with what is known of answers that were given without a name."""
        found = []
        for asks in waiting:
            if asks.anonymous and asks.step == "open":
                entry = await self._store.line_of(asks.series, asks.key, person)
                asks = replace(asks, step="done") if entry and entry.state == "answered" else asks
            found.append(asks)
        return tuple(found)

    async def _run(self, inbound: InboundEvent, act: SeriesAct, by: Actor, comment: str) -> ActOutcome:
        row, own = row_of(act), await self._own(act)
        if own is not None and own.owner.id != by.id:
            return opened(words.GONE)
        host = own is not None or (act.act == "retry" and await self._failures.concerns(act.series, by.id))
        if not row.permits(advisor=by.advisor, host=host):
            return opened(row.refusal)
        if own is not None and act.act in _NOT_OF_ONES_OWN:
            return opened(words.OWN_NO_REPORT)
        match act.act:
            case "stop" if own is not None:
                ended = replace(act, act="cancel", key="")
                return (await self._advisors.run(inbound, ended, by))._replace(done=True)
            case "start again" if own is not None:
                return opened(words.OWN_OVER if own.step == "ended" else words.NOT_STOPPED)
            case "done":
                return await self._done(inbound, act, by)
            case "answer":
                return await self._pulses.answer(inbound, act, by, comment)
            case "change answer":
                return await self._pulses.change_answer(act)
            case "comment":
                return await self._pulses.comment(inbound, act, by, comment)
            case "snooze":
                return await self._snooze(inbound, act, by)
            case "stop" | "start again":
                return await self._stop(act, by)
            case "noted":
                return opened(words.NOTED)
            case _:
                return await self._advisors.run(inbound, act, by)

    async def _own(self, act: SeriesAct) -> Series | None:
        """The series that is named, where it is somebody's own and that makes a difference."""
        differs = act.act in ("stop", "start again", *get_args(SteerAct), "take over", "hand over")
        series = (await self._store.load(act.series)).series if differs and act.series != ALL else None
        return series if series is not None and series.own else None

    async def _done(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> ActOutcome:
        press = await self._store.press("done", act.series, act.key, whom(inbound), by.id, by.name)
        if press.became == "kind":
            return opened(words.NOT_A_REMINDER)
        if press.became in WHY_NOT or press.series is None:
            return opened(WHY_NOT.get(press.became, words.GONE))
        direct = inbound.place.kind == "direct"
        said = words.DONE_NOTE if direct else words.DONE_BY.format(name=by.name or words.SOMEBODY)
        if press.became == "first":
            return opened(words.DONE_ALREADY, done=True)
        return opened(words.DONE_NOTE, reply=done_card(press.series.draft, said), done=True)

    async def _snooze(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> ActOutcome:
        """Put this person's occurrence off; the series goes on as it is."""
        idempotency_key = press_key(inbound, act.act, act.key)
        load = partial(self._store.load, act.series, idempotency_key)
        decide = partial(self._put_off, inbound, act, by)
        turn = turn_of(PARTITION + act.series, idempotency_key)
        return await self._runner.transaction.run(turn, load, decide, seen=ActOutcome(Result("seen")))

    async def _put_off(
        self, inbound: InboundEvent, act: SeriesAct, by: Actor, loaded: LoadedSeries
    ) -> Change[ActOutcome]:
        series = loaded.series
        if series is None:
            return Change(opened(words.GONE))
        guards = await self._store.fresh(act.series, by.id)
        entry = await self._store.line_of(act.series, act.key, by.id)
        if entry is None:
            known = any(sent.key == act.key for sent in series.sent)
            return Change(opened(words.NOT_YOURS if known else words.NO_SUCH_DATE))
        if entry.state in ("acknowledged", "answered"):
            return Change(opened(words.SNOOZE_TOO_LATE))
        if series.step == "ended":
            return Change(opened(words.OVER))
        zone = await self._zone(inbound, series)
        until = put_off(series, act.rest, self._clock(), zone)  # type: ignore[arg-type]
        again = DueAgain(act.key, by.id, inbound.private_to, inbound.tenant)
        name = f"{act.series} again {act.key} {by.id} {until.isoformat()}"
        lines = {by.id: line("snoozed", entry.name, until.isoformat())}
        said = words.SNOOZED.format(when=moment_in_words(until, zone))
        alone = inbound.place.kind == "direct"
        return Change(
            opened(said, reply=put_off_card(series, act.key, said) if alone else None, done=True),
            Write(guards, self._store.enter(act.series, act.key, lines)),
            jobs=[Job(PARTITION + act.series, again, until, name)],
        )

    async def _stop(self, act: SeriesAct, by: Actor) -> ActOutcome:
        """No more of these for the person, or again; each can be taken back by the button below it."""
        back = act.act == "start again"
        again = Choice(words.START_ALL_AGAIN, encode(SeriesAct("start again", ALL)))
        if act.series == ALL:
            changed = await self._store.mute(ALL, by.id, back=back)
            if back:
                return told(words.STARTED_AGAIN_ALL if changed else words.NOTHING_STOPPED)
            return told(words.STOPPED_ALL if by_mail(by.id) else words.STOPPED_BUT_OWN, again)
        series = (await self._store.load(act.series)).series
        if series is None:
            return opened(words.GONE)
        if not await self._store.audiences.has(series, by.id):
            return opened(words.NOT_YOURS)
        changed = await self._store.mute(act.series, by.id, back=back)
        if not back:
            these = Choice(words.START_THESE_AGAIN, encode(SeriesAct("start again", act.series)))
            return told(words.STOPPED, these)
        said = words.STARTED_AGAIN if changed else words.NOT_STOPPED
        if await self._store.muted(act.series, [by.id]):
            return told(said + words.ALL_STILL_STOPPED, again)
        return told(said, Choice(words.STOP, encode(SeriesAct("stop", act.series))))

    async def _zone(self, inbound: InboundEvent, series: Series) -> str:
        known = await self._people.known(inbound.tenant, inbound.speaker)
        return known.zone if known and known.zone else series.owner_zone
