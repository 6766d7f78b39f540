"""What advisors do with series by name: they steer them, look at them, hand them over, let jobs run again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome, opened, told
from bot.app.handlers.failures import FailureHandler
from bot.app.handlers.reminder_owners import SeriesOwners
from bot.app.handlers.reminder_reports import SHOWN
from bot.app.handlers.reminders import ReminderHandler
from bot.app.transaction import Busy, press_key
from bot.platforms.ports import InboundEvent, Result
from bot.storage.reminders import SeriesStore
from dialogs.core.commands import ChangeSeries, SeriesAct, encode
from dialogs.core.reminder_events import HandOver, SteerSeries
from dialogs.core.reminder_model import AdvisorSettings
from dialogs.core.replies import Choice, Reply
from dialogs.core.session_model import Actor
from dialogs.wording import drafts
from dialogs.wording import reminders as words

_ENDED = (words.STEERED["cancel"], words.OWN_ENDED)


class AdvisorActHandler:
    """Carries out their acts. May raise MemoryAway."""

    def __init__(
        self,
        store: SeriesStore,
        runner: ReminderHandler,
        failures: FailureHandler,
        owners: SeriesOwners,
        advisor_settings: Callable[[], Awaitable[AdvisorSettings]],
    ) -> None:
        self._store, self._runner, self._failures = store, runner, failures
        self._owners, self._advisor_settings = owners, advisor_settings

    async def run(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> ActOutcome:
        """Do ``act``, which ``by`` may do."""
        match act.act:
            case "take over":
                return await self._change(inbound, act, await self._owners.taken_over(inbound, by))
            case "hand over":
                return await self._hand_over(inbound, act, by)
            case "retry":
                try:
                    key = press_key(inbound, act.act, act.key)
                    return opened(await self._failures.retry(act.series, by.id, key))
                except Busy:
                    return ActOutcome(Result("busy"))
            case shown if shown in SHOWN:
                return await self._show(act)
            case steering:
                # What recipients do never comes here.
                event = SteerSeries(steering, by, key=act.key)  # type: ignore[arg-type]
                return await self._change(inbound, act, await self._taking_over(inbound, event, act.series))

    async def _taking_over(
        self, inbound: InboundEvent, event: SteerSeries, series: str
    ) -> SteerSeries | HandOver:
        """``event``; whoever resumes what nobody looks after takes it over by that."""
        if event.act != "resume":
            return event
        there = (await self._store.load(series)).series
        if there is None or there.owner.id:
            return event
        return replace(await self._owners.taken_over(inbound, event.by), resumes=True)

    async def _hand_over(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> ActOutcome:
        series, settings = (await self._store.load(act.series)).series, await self._advisor_settings()
        if series is None:
            return opened(words.GONE)
        event = await self._owners.handed_over(inbound, act, series, by, settings)
        return opened(reply=event) if isinstance(event, Reply) else await self._change(inbound, act, event)

    async def _change(
        self, inbound: InboundEvent, act: SeriesAct, event: HandOver | SteerSeries
    ) -> ActOutcome:
        try:
            note = await self._runner.run(act.series, event, press_key(inbound, act.act, act.key))
        except Busy:
            return ActOutcome(Result("busy"))
        if note == words.STEERED["pause"]:
            return told(note, Choice(drafts.RESUME, encode(SeriesAct("resume", act.series))))
        if note in _ENDED:
            return told(note, Choice(drafts.SET_UP_AGAIN, encode(ChangeSeries(act.series))))
        return opened(note)

    async def _show(self, act: SeriesAct) -> ActOutcome:
        series = (await self._store.load(act.series)).series
        if series is None:
            return opened(words.GONE)
        shown = await self._runner.teller.show(series, act.act, act.key)  # type: ignore[arg-type]
        return opened(reply=shown)
