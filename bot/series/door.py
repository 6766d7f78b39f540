"""The door for presses: what recipients do with what they were sent, and advisors with series by name."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from bot.people import People
from bot.ports import NOTHING, Arrival, Result, Row
from bot.series.runner import Busy, Runner, turn_id
from bot.series.store import Pressed, Store
from bot.series.telling import SHOWN
from dialogs.errands import Errand
from dialogs.forms import Form
from dialogs.live.model import By
from dialogs.model import Submitted
from dialogs.reply import Choice, Choices, Reply, Text
from dialogs.series import words
from dialogs.series.acts import ALL, SeriesAct
from dialogs.series.cards import LONGEST_COMMENT, comment_form, done_card
from dialogs.series.decide import moment_in_words
from dialogs.series.due import put_off
from dialogs.series.ledger import line
from dialogs.series.model import HOME, DueAgain, Series, SteerSeries
from knowledge.readiness import STEPS

_WHY_NOT: dict[Pressed, str] = {
    "none": words.GONE, "date": words.NO_SUCH_DATE, "stranger": words.NOT_YOURS,
}  # fmt: skip


class Opened(NamedTuple):
    """What an act comes to."""

    result: Result
    """For the acknowledgement."""
    reply: Reply | None = None
    """A message for the person alone, or one in the place of what they pressed."""


def _opened(note: str = "", *, reply: Reply | None = None, form: Form | None = None) -> Opened:
    return Opened(Result("done", note, form), reply)


class Door:
    """Carries out acts. May raise MemoryAway."""

    def __init__(self, store: Store, runner: Runner, people: People, clock: Callable[[], datetime]) -> None:
        self._store, self._runner, self._people, self._clock = store, runner, people, clock

    async def run(self, arrival: Arrival, act: SeriesAct, by: By) -> Opened:
        """Do ``act``, which names its series by id."""
        match act.act:
            case "done":
                return await self._done(arrival, act, by)
            case "answer":
                return await self._answer(arrival, act, by)
            case "comment":
                return await self._comment(arrival, act, by)
            case "snooze":
                return await self._snooze(arrival, act, by)
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
                try:
                    return _opened(await self._runner.run(act.series, event, _mark(arrival, act)))
                except Busy:
                    return Opened(Result("busy"))

    async def _done(self, arrival: Arrival, act: SeriesAct, by: By) -> Opened:
        press = await self._store.press("done", act.series, act.key, _whom(arrival), by.id, by.name)
        if press.became == "kind":
            return _opened(words.NOT_A_REMINDER)
        if press.became in _WHY_NOT or press.series is None:
            return _opened(_WHY_NOT.get(press.became, words.GONE))
        direct = arrival.place.kind == "direct"
        said = words.DONE_NOTE if direct else words.DONE_BY.format(name=by.name or words.SOMEBODY)
        if press.became == "first":
            return _opened(words.DONE_ALREADY)
        if arrival.about is None:
            return _opened(words.DONE_NOTE)
        return _opened(words.DONE_NOTE, reply=done_card(press.series.draft, said))

    async def _answer(self, arrival: Arrival, act: SeriesAct, by: By) -> Opened:
        if not 1 <= int(act.rest) <= STEPS:
            return _opened(words.ANSWER_RANGE)
        press = await self._store.press(
            "answer", act.series, act.key, _whom(arrival), by.id, by.name, act.rest
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
        if arrival.place.kind != "direct" or arrival.about is None:
            return _opened(said)  # in a channel the question stays open for the others
        comment = Choice(words.COMMENT, f"pulse comment {act.series} {act.key}", opens=True)
        card = done_card(press.series.draft, said)
        return _opened(said, reply=Reply((*card.blocks, Choices((comment,))), instead=True))

    async def _comment(self, arrival: Arrival, act: SeriesAct, by: By) -> Opened:
        series = (await self._store.load(act.series)).series
        if series is None:
            return _opened(words.GONE)
        if series.draft.kind != "pulse":
            return _opened(words.NOT_A_PULSE)
        if not isinstance(arrival.event, Submitted):
            if arrival.can_open:
                form = comment_form(series.draft, act.series, act.key)
                return _opened(form=form)
            button = Choice(words.COMMENT, f"pulse comment {act.series} {act.key}", primary=True, opens=True)
            return _opened(reply=Reply((Text(words.OPEN_COMMENT), Choices((button,))), private=True))
        typed = arrival.event.values.get("comment", "").strip()
        if not typed or len(typed) > LONGEST_COMMENT:
            long = words.COMMENT_LONG.format(count=f"{len(typed):,}", limit=f"{LONGEST_COMMENT:,}")
            form = comment_form(series.draft, act.series, act.key, typed)
            errors = {"comment": long if typed else words.COMMENT_EMPTY}
            return Opened(Result("done", form=form, errors=errors))
        fresh = secrets.token_hex(8)
        press = await self._store.press(
            "comment", act.series, act.key, _whom(arrival), by.id, by.name, typed, fresh
        )
        if press.became == "first":
            return _opened(words.COMMENT_ALREADY)
        return _opened(_WHY_NOT.get(press.became, words.COMMENT_NOTE))

    async def _snooze(self, arrival: Arrival, act: SeriesAct, by: By) -> Opened:
        """Put this person's occurrence off; the series goes on as it is."""
        series = (await self._store.load(act.series)).series
        if series is None:
            return _opened(words.GONE)
        entry = await self._store.line_of(act.series, act.key, by.id)
        if entry is None:
            known = any(one.key == act.key for one in series.sent)
            return _opened(words.NOT_YOURS if known else words.NO_SUCH_DATE)
        if entry.state in ("acknowledged", "answered"):
            return _opened(words.SNOOZE_TOO_LATE)
        if series.step == "ended":
            return _opened(words.OVER)
        zone = await self._zone(arrival, series)
        now = self._clock()
        until = put_off(series, act.rest, now, zone)  # type: ignore[arg-type]
        mark, home = _mark(arrival, act), HOME + act.series
        again = DueAgain(act.key, by.id, arrival.private_to, arrival.home)
        name = f"{act.series} again {act.key} {by.id} {until.isoformat()}"
        row = Row(
            f"{turn_id(act.series, mark)}-again", "errand", {}, NOTHING, Errand(home, again, until, name)
        )
        lines = {by.id: line("snoozed", entry.name, until.isoformat())}
        done = await self._store.commits.commit(
            home,
            marks=[mark],
            guards={},
            rows={"errands": [row]},
            commands=self._store.enter(act.series, act.key, lines),
        )
        if done.outcome == "ok":
            self._runner.committed(home, {"errands": [row]}, done.before)
        said = words.SNOOZED.format(when=moment_in_words(until, zone))
        if arrival.place.kind != "direct" or arrival.about is None:
            return _opened(said)
        return _opened(said, reply=done_card(series.draft, said))

    async def _stop(self, act: SeriesAct, by: By) -> str:
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

    async def _show(self, act: SeriesAct) -> Opened:
        series = (await self._store.load(act.series)).series
        if series is None:
            return _opened(words.GONE)
        shown = await self._runner.teller.show(series, act.act, act.key)  # type: ignore[arg-type]
        return _opened(reply=shown)

    async def _zone(self, arrival: Arrival, series: Series) -> str:
        known = await self._people.known(arrival.home, arrival.speaker)
        return known.zone if known and known.zone else series.owner_zone


def _whom(arrival: Arrival) -> tuple[str, str]:
    """Whom a press may stand for: in a direct chat the person, elsewhere rather the channel."""
    channel = f"{arrival.place.platform}:{arrival.channel}" if arrival.channel else ""
    if arrival.place.kind == "direct":
        return arrival.speaker, channel
    return (channel, arrival.speaker) if channel else (arrival.speaker, "")


def _mark(arrival: Arrival, act: SeriesAct) -> str:
    """One for each press; a repeat of it by the platform has the same."""
    return arrival.marks[0] if arrival.marks else f"{arrival.speaker} {act.act} {act.key}"
