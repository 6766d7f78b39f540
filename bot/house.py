"""The house: where every event enters, and which of its homes' turns it is taken to."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.delivery import Delivery
from bot.line import MemoryAway
from bot.live.door import Door
from bot.live.session import Sessions
from bot.live.store import HOME as LIVE
from bot.live.store import Store
from bot.memory import Memory
from bot.people import People
from bot.ports import Arrival, Result, Row
from bot.series.parts import Reminders
from bot.turn import Turn, turn_id
from dialogs.errands import Ended, Errand, Forgetting
from dialogs.live import words
from dialogs.live.acts import CODE, ID, LiveAct, join, live_act, near
from dialogs.live.model import Begin, By, Elapsed, Forgotten, JoinSpot, SetUp, Steer
from dialogs.model import Choice, Choices, Reply, Said, Submitted, Text
from dialogs.series.acts import SeriesAct, series_act
from dialogs.text import clean
from dialogs.words import MEMORY_AWAY

LONGEST = 120
"""Characters of what names a session."""

_log = structlog.get_logger()


class House:
    """Takes arrivals and errands to the turns that they are for (``bot.ports.Turn``)."""

    def __init__(
        self,
        turn: Turn,
        memory: Memory,
        store: Store,
        sessions: Sessions,
        door: Door,
        delivery: Delivery,
        people: People,
        reminders: Reminders,
        is_advisor: Callable[[str], bool],
    ) -> None:
        self._turn, self._memory, self._store = turn, memory, store
        self._sessions, self._door, self._delivery = sessions, door, delivery
        self._people, self._reminders, self._is_advisor = people, reminders, is_advisor

    async def run(self, arrival: Arrival) -> Result:
        """Decide and keep what somebody did; see ``bot.ports.Turn``."""
        self._people.met(arrival)
        act = _live(arrival)
        if act is not None:
            return await self._to_session(arrival, act)
        sent = series_act(_words(arrival))
        if sent is not None:
            return await self._to_series(arrival, sent)
        return await self._turn.run(arrival)

    async def hand(self, errand: Errand, mark: str) -> None:
        """Let an errand happen in its home, once for each ``mark``. May raise MemoryAway or Unavailable."""
        match errand.event:
            case Ended():
                await self._memory.session_ended(errand.home, errand.event, mark)
            case Forgetting(person):
                await self._door.forget(errand.home, person, mark)
                await self._reminders.forget(person, mark)
            case Begin() | JoinSpot() | Steer() | SetUp() | Elapsed() | Forgotten():
                await self._sessions.run(errand.home.removeprefix(LIVE), errand.event, mark)
            case event:
                await self._reminders.hand(errand.home, event, mark)

    async def _to_session(self, arrival: Arrival, act: LiveAct) -> Result:
        """Something done to a live session; its confirmation is worth no outbox."""
        by = By(arrival.speaker, arrival.profile.get("name", ""), self._is_advisor(arrival.speaker))
        reply: Reply | None = None
        try:
            if len(act.session) != ID:
                session, why_not = await self._find(arrival, act.session)
                if why_not is not None:
                    return self._told(arrival, Result("done"), why_not)
                act = LiveAct(act.act, session, act.number, act.rest)
            outcome = await self._door.run(arrival, act, by)
            result, reply = outcome.result, outcome.reply
            if result.note == words.GONE and act.act == "end":
                # The channel must not wait for ever for a session that never came to be.
                gone = Ended(act.session, "quiz", arrival.channel)
                await self._memory.session_ended(arrival.home, gone, f"{turn_id(arrival)} gone")
        except MemoryAway:
            result = Result("done", MEMORY_AWAY)
        _log.info(
            "live", session=act.session, act=act.act, outcome=result.outcome, platform=arrival.place.platform
        )
        return self._told(arrival, result, reply)

    async def _to_series(self, arrival: Arrival, act: SeriesAct) -> Result:
        """Something done to a reminder or pulse; its confirmation is worth no outbox either."""
        by = By(arrival.speaker, arrival.profile.get("name", ""), self._is_advisor(arrival.speaker))
        try:
            result, reply = await self._reminders.door.run(arrival, act, by)
        except MemoryAway:
            result, reply = Result("done", MEMORY_AWAY), None
        _log.info("series act", series=act.series, act=act.act, outcome=result.outcome)
        return self._told(arrival, result, reply)

    async def _find(self, arrival: Arrival, code: str) -> tuple[str, Reply | None]:
        """The session that a typed code leads to, or what to tell the person instead."""
        found, session = await self._store.find(code, arrival.speaker)
        if found == "found":
            return session, None
        if found == "often":
            return "", Reply((Text(words.TOO_OFTEN),), private=True)
        meant = near(code, (one for _, one in await self._store.listed_in(arrival.home)))
        ways = (Choices(tuple(Choice(f"Join {one}", f"join {one}") for one in meant[:3])),) if meant else ()
        said = words.NEAR if meant else words.NO_SUCH_CODE
        return "", Reply((Text(said.format(code=code, length=CODE)), *ways), private=True)

    def _told(self, arrival: Arrival, result: Result, reply: Reply | None) -> Result:
        """``result``, its note sent on its way where it doesn't travel in the acknowledgement."""
        instead = arrival.about if reply is not None and reply.instead else None
        if result.note and arrival.note_to is not None and not result.form:
            if result.note not in words.ON_THE_CARD and not instead:
                self._aside(arrival, Reply((Text(result.note),), private=True), arrival.note_to, "note")
            result = Result(result.outcome)
        if reply is not None:
            to = arrival.to if instead else arrival.private_to
            self._aside(arrival, reply, to, "reply", instead or "")
        return result

    def _aside(
        self, arrival: Arrival, reply: Reply, to: dict[str, str], what: str, instead: str = ""
    ) -> None:
        platform = arrival.place.platform
        assert platform != "terminal"
        id = f"{turn_id(arrival)}-{what}"
        self._delivery.aside(Row(id, platform, to, reply, speaker=arrival.speaker, instead=instead))


def _words(arrival: Arrival) -> str:
    """What may name a session or a series: words that are short and meant for us; else nothing."""
    event = arrival.event
    if isinstance(event, Submitted):
        return event.says
    if not isinstance(event, Said) or not event.addressed or len(event.text) >= LONGEST:
        return ""
    return clean(event.text)


def _live(arrival: Arrival) -> LiveAct | None:
    text = _words(arrival)
    typed = join(text) if isinstance(arrival.event, Said) else None
    if typed is not None and (typed.leave or arrival.place.kind == "direct"):
        return LiveAct("leave" if typed.leave else "back", typed.code)
    return live_act(text)
