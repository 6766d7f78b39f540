"""The door for presses: what recipients do with what they were sent, and advisors with series by name."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.app.handlers.act_outcome import ActOutcome
from bot.app.handlers.reminder_reports import SHOWN
from bot.app.handlers.reminders import ReminderHandler
from bot.app.people import PeopleDirectory
from bot.app.transaction import Busy, Change, press_key, turn_of
from bot.platforms.ports import InboundEvent, Result
from bot.storage.reminders import LoadedSeries, Pressed, SeriesStore
from bot.storage.transactions import Write
from dialogs.core.commands import ALL, SeriesAct, encode
from dialogs.core.forms import Form
from dialogs.core.jobs import Job
from dialogs.core.model import Submitted
from dialogs.core.reminder_model import PARTITION, DueAgain, Series, SteerSeries
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.session_model import Actor
from dialogs.reminders.cards import LONGEST_COMMENT, comment_form, done_card
from dialogs.reminders.due import put_off
from dialogs.reminders.ledger import line
from dialogs.reminders.steering import moment_in_words
from dialogs.wording import reminders as words
from knowledge.readiness import STEPS

_WHY_NOT: dict[Pressed, str] = {
    "none": words.GONE, "date": words.NO_SUCH_DATE, "stranger": words.NOT_YOURS,
}  # fmt: skip


def _opened(note: str = "", *, reply: Reply | None = None, form: Form | None = None) -> ActOutcome:
    return ActOutcome(Result("done", note, form), reply)


class ReminderActHandler:
    """Carries out acts. May raise MemoryAway."""

    def __init__(
        self,
        store: SeriesStore,
        runner: ReminderHandler,
        people: PeopleDirectory,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._runner, self._people, self._clock = store, runner, people, clock

    async def run(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> ActOutcome:
        """Do ``act``, which names its series by id."""
        match act.act:
            case "done":
                return await self._done(inbound, act, by)
            case "answer":
                return await self._answer(inbound, act, by)
            case "comment":
                return await self._comment(inbound, act, by)
            case "snooze":
                return await self._snooze(inbound, act, by)
            case "stop" | "start again":
                return _opened(await self._stop(act, by))
            case "noted":
                return _opened(words.NOTED)
            case steering:
                if not by.advisor:
                    return _opened(words.NOT_ADVISOR)
                if steering in SHOWN:
                    return await self._show(act)
                event = SteerSeries(steering, by, key=act.key)
                key = press_key(inbound, act.act, act.key)
                try:
                    return _opened(await self._runner.run(act.series, event, key))
                except Busy:
                    return ActOutcome(Result("busy"))

    async def _done(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> ActOutcome:
        press = await self._store.press("done", act.series, act.key, _whom(inbound), by.id, by.name)
        if press.became == "kind":
            return _opened(words.NOT_A_REMINDER)
        if press.became in _WHY_NOT or press.series is None:
            return _opened(_WHY_NOT.get(press.became, words.GONE))
        direct = inbound.place.kind == "direct"
        said = words.DONE_NOTE if direct else words.DONE_BY.format(name=by.name or words.SOMEBODY)
        if press.became == "first":
            return _opened(words.DONE_ALREADY)
        if inbound.about is None:
            return _opened(words.DONE_NOTE)
        return _opened(words.DONE_NOTE, reply=done_card(press.series.draft, said))

    async def _answer(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> ActOutcome:
        if not 1 <= int(act.rest) <= STEPS:
            return _opened(words.ANSWER_RANGE)
        press = await self._store.press(
            "answer", act.series, act.key, _whom(inbound), by.id, by.name, act.rest
        )
        if press.became == "kind":
            return _opened(words.NOT_A_PULSE)
        if press.became in _WHY_NOT or press.series is None:
            return _opened(_WHY_NOT.get(press.became, words.GONE))
        if press.became == "first":
            return _opened(words.ANSWERED_ALREADY)
        if press.series.draft.anonymous:
            said = words.ANSWERED_ANONYMOUS
        else:
            said = (words.ANSWERED if press.became == "ok" else words.ANSWERED_ANEW).format(value=act.rest)
        if inbound.place.kind != "direct" or inbound.about is None:
            return _opened(said)  # in a channel the question stays open for the others
        comment = Choice(words.COMMENT, encode(SeriesAct("comment", act.series, act.key)), opens=True)
        card = done_card(press.series.draft, said)
        return _opened(said, reply=Reply((*card.blocks, Choices((comment,))), instead=True))

    async def _comment(self, inbound: InboundEvent, act: SeriesAct, by: Actor) -> ActOutcome:
        series = (await self._store.load(act.series)).series
        if series is None:
            return _opened(words.GONE)
        if series.draft.kind != "pulse":
            return _opened(words.NOT_A_PULSE)
        if not isinstance(inbound.event, Submitted):
            if inbound.can_open:
                form = comment_form(series.draft, act.series, act.key)
                return _opened(form=form)
            button = Choice(
                words.COMMENT, encode(SeriesAct("comment", act.series, act.key)), primary=True, opens=True
            )
            return _opened(reply=Reply((Text(words.OPEN_COMMENT), Choices((button,))), private=True))
        typed = inbound.event.values.get("comment", "").strip()
        if not typed or len(typed) > LONGEST_COMMENT:
            long = words.COMMENT_LONG.format(count=f"{len(typed):,}", limit=f"{LONGEST_COMMENT:,}")
            form = comment_form(series.draft, act.series, act.key, typed)
            errors = {"comment": long if typed else words.COMMENT_EMPTY}
            return ActOutcome(Result("done", form=form, errors=errors))
        fresh = secrets.token_hex(8)
        press = await self._store.press(
            "comment", act.series, act.key, _whom(inbound), by.id, by.name, typed, fresh
        )
        if press.became == "first":
            return _opened(words.COMMENT_ALREADY)
        return _opened(_WHY_NOT.get(press.became, words.COMMENT_NOTE))

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
            return Change(_opened(words.GONE))
        entry = await self._store.line_of(act.series, act.key, by.id)
        if entry is None:
            known = any(one.key == act.key for one in series.sent)
            return Change(_opened(words.NOT_YOURS if known else words.NO_SUCH_DATE))
        if entry.state in ("acknowledged", "answered"):
            return Change(_opened(words.SNOOZE_TOO_LATE))
        if series.step == "ended":
            return Change(_opened(words.OVER))
        zone = await self._zone(inbound, series)
        until = put_off(series, act.rest, self._clock(), zone)  # type: ignore[arg-type]
        again = DueAgain(act.key, by.id, inbound.private_to, inbound.tenant)
        name = f"{act.series} again {act.key} {by.id} {until.isoformat()}"
        lines = {by.id: line("snoozed", entry.name, until.isoformat())}
        said = words.SNOOZED.format(when=moment_in_words(until, zone))
        alone = inbound.place.kind == "direct" and inbound.about is not None
        return Change(
            _opened(said, reply=done_card(series.draft, said) if alone else None),
            Write(commands=self._store.enter(act.series, act.key, lines)),
            jobs=[Job(PARTITION + act.series, again, until, name)],
        )

    async def _stop(self, act: SeriesAct, by: Actor) -> str:
        back = act.act == "start again"
        if act.series == ALL:
            await self._store.mute(ALL, by.id, back=back)
            return words.STARTED_AGAIN_ALL if back else words.STOPPED_ALL
        series = (await self._store.load(act.series)).series
        if series is None:
            return words.GONE
        if not await self._store.receives(series, by.id):
            return words.NOT_YOURS
        await self._store.mute(act.series, by.id, back=back)
        if not back:
            return words.STOPPED.format(id=act.series)
        still = bool(await self._store.muted(act.series, [by.id]))
        return words.STARTED_AGAIN + (words.ALL_STILL_STOPPED if still else "")

    async def _show(self, act: SeriesAct) -> ActOutcome:
        series = (await self._store.load(act.series)).series
        if series is None:
            return _opened(words.GONE)
        shown = await self._runner.teller.show(series, act.act, act.key)  # type: ignore[arg-type]
        return _opened(reply=shown)

    async def _zone(self, inbound: InboundEvent, series: Series) -> str:
        known = await self._people.known(inbound.tenant, inbound.speaker)
        return known.zone if known and known.zone else series.owner_zone


def _whom(inbound: InboundEvent) -> tuple[str, str]:
    """Whom a press may stand for: in a direct chat the person, elsewhere rather the channel."""
    channel = f"{inbound.place.platform}:{inbound.channel}" if inbound.channel else ""
    if inbound.place.kind == "direct":
        return inbound.speaker, channel
    return (channel, inbound.speaker) if channel else (inbound.speaker, "")
