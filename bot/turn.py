"""The turn: everything that happens is loaded, decided, committed and only then acknowledged."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4

import msgspec
import structlog

from bot.delivery import Delivery
from bot.line import MemoryAway
from bot.live.store import Store
from bot.memory import Loaded, Memory
from bot.metrics import Metrics, timed
from bot.ports import NOTHING, Arrival, Result, Row, To
from bot.series.parts import Reminders
from dialogs import decide
from dialogs.live.acts import near
from dialogs.model import Decision, Found, Record, Reply, Said, Speaker, Spot, State, Text, World
from knowledge import Knowledge

MOST_CONFLICTS = 5
MOST_NEEDS = 3
"""Parts of the world that a dialog may ask for, one after another."""

_log = structlog.get_logger()

TOOK_PART = "what you answered or started in a channel, until it is over and for a few days after"
TOO_FAST = Reply(
    (Text("That's a lot in one minute, and I want to answer each one properly. Try me again in a minute."),)
)


class Turn:
    """Runs arrivals of all platforms. Two round trips to Redis before the reply."""

    def __init__(
        self,
        memory: Memory,
        live: Store,
        delivery: Delivery,
        knowledge: Knowledge,
        is_advisor: Callable[[str], bool],
        clock: Callable[[], datetime],
        metrics: Metrics,
        reminders: Reminders,
        *,
        per_minute: int,
        retention_days: int,
    ) -> None:
        self._memory, self._live, self._delivery = memory, live, delivery
        self._knowledge = timed(knowledge, metrics)
        self._is_advisor, self._clock, self._metrics = is_advisor, clock, metrics
        self._reminders = reminders
        self._per_minute, self._retention_days = per_minute, retention_days
        self._answered: OrderedDict[str, None] = OrderedDict()
        """Marks of what was answered while memory was away."""

    async def run(self, arrival: Arrival) -> Result:
        """Decide and commit; the caller acknowledges when this returns. See ``bot.ports.Turn``."""
        started, turn = time.perf_counter(), turn_id(arrival)
        platform = arrival.place.platform
        try:
            result, band = await self._with_memory(turn, arrival)
        except MemoryAway:
            self._metrics.forgetful.inc()
            result, band = await self._without_memory(turn, arrival)
        elapsed = time.perf_counter() - started
        self._metrics.turn_seconds.labels(platform).observe(elapsed)
        self._metrics.outcomes.labels(platform, result.outcome).inc()
        if result.outcome == "done":
            self._metrics.turns.labels(platform, band).inc()
        _log.info(
            "turn",
            turn=turn,
            platform=platform,
            outcome=result.outcome,
            band=band,
            ms=round(elapsed * 1000, 2),
        )
        return result

    async def _with_memory(self, turn: str, arrival: Arrival) -> tuple[Result, str]:
        for _ in range(MOST_CONFLICTS):
            loaded = await self._memory.load(arrival)
            if loaded.seen:
                return Result("seen"), ""
            now = self._clock()
            decision = await self._decide(turn, arrival, loaded, now)
            if not decision.heard:
                return Result("ignored"), ""
            if decision.errors:
                # Nothing has come of it yet: the same page sent again must not look like a repeat.
                return Result("done", "", decision.form, decision.errors), _band(decision)
            rows, note = self._rows(turn, arrival, decision, now)
            committed = await self._memory.commit(turn, arrival, loaded, decision, rows, now)
            if committed.outcome == "seen":
                return Result("seen"), ""
            if committed.outcome == "ok":
                self._metrics.trips.inc(2)
                self._delivery.committed(arrival.home, {arrival.conversation: rows}, committed.before)
                return Result("done", note, decision.form, decision.errors), _band(decision)
            self._metrics.conflicts.inc()
        return Result("busy"), ""

    async def _decide(self, turn: str, arrival: Arrival, loaded: Loaded, now: datetime) -> Decision:
        if loaded.recent >= self._per_minute:
            if loaded.recent == self._per_minute:
                return Decision(loaded.state, (TOO_FAST,))
            return Decision(loaded.state, note="One moment, please." if arrival.note_to is None else "")
        event = arrival.event
        if isinstance(event, Said) and event.named:
            event = await self._memory.labelled(arrival.home, event)
        world = msgspec.structs.replace(
            self._world(turn, arrival, now, remembers=True),
            name=loaded.profile.get("name") or arrival.profile.get("name", ""),
            zone=loaded.profile.get("time zone") or "Europe/London",
            here=loaded.here,
            token=secrets.token_hex(32),
            about=loaded.about,
            work=loaded.work,
            missed=loaded.missed,
            lost_state=loaded.unreadable is not None,
        )
        decision = decide(loaded.state, event, world)
        for _ in range(MOST_NEEDS):
            if decision.needs is None:
                break
            world = await self._with(decision, arrival, world)
            decision = decide(loaded.state, event, world)
        return decision

    async def _with(self, decision: Decision, arrival: Arrival, world: World) -> World:
        """``world`` with the part that a dialog has asked for."""
        match decision.needs:
            case "records":
                kept = await self._memory.records(arrival, world.now)
                part = await self._live.took_part(arrival.home, arrival.speaker)
                also = tuple(Record("session", None, TOOK_PART) for _ in part)
                sends = await self._reminders.kept_of(arrival.speaker)
                more = tuple(Record("reminder", None, one) for one in sends)
                return msgspec.structs.replace(world, records=(*kept, *also, *more))
            case "results":
                results = await self._memory.results(arrival, world.now)
                return msgspec.structs.replace(world, results=results)
            case "shared":
                return msgspec.structs.replace(world, shared=await self._memory.shared(arrival))
            case "found":
                return msgspec.structs.replace(world, found=await self._find(arrival, decision.code))
            case "again":
                state = (await self._live.load(decision.code)).state
                missed = state.board.missed if state and state.board else ()
                return msgspec.structs.replace(world, again=missed)
            case "board":
                return msgspec.structs.replace(world, board=await self._reminders.board())
            case "series":
                advisor = world.speaker.role == "advisor"
                series = await self._reminders.summaries(arrival.speaker, advisor=advisor)
                return msgspec.structs.replace(world, series=series)
            case "check-ins":
                made = await self._reminders.check_ins(arrival.home, arrival.channel)
                return msgspec.structs.replace(world, check_ins=made)
            case None:
                return world

    async def _find(self, arrival: Arrival, code: str) -> Found:
        """What a join code leads to; where nothing, the codes in this workspace that look like it."""
        found, session = await self._live.find(code, arrival.speaker)
        if found == "often":
            return Found(too_often=True)
        if found == "unknown":
            return Found(near=near(code, (one for _, one in await self._live.listed_in(arrival.home))))
        state = (await self._live.load(session)).state
        return Found(session, state.kind) if state and state.step != "ended" else Found()

    async def _without_memory(self, turn: str, arrival: Arrival) -> tuple[Result, str]:
        """Answer from the knowledge base alone, before acknowledging: nothing would remember to."""
        if any(mark in self._answered for mark in arrival.marks):
            return Result("seen"), ""
        now = self._clock()
        decision = decide(State(), arrival.event, self._world(turn, arrival, now, remembers=False))
        if not decision.heard:
            return Result("ignored"), ""
        for mark in arrival.marks:
            self._answered[mark] = None
        while len(self._answered) > 10_000:
            self._answered.popitem(last=False)
        rows, note = self._rows(turn, arrival, decision, now)
        await self._delivery.directly(rows)
        return Result("done", note), _band(decision)

    def _world(self, turn: str, arrival: Arrival, now: datetime, *, remembers: bool) -> World:
        role = "advisor" if self._is_advisor(arrival.speaker) else "officer"
        return World(
            now=now,
            speaker=Speaker(arrival.speaker, "advisor" if role == "advisor" else "officer"),
            place=arrival.place,
            knowledge=self._knowledge,
            seed=turn,
            remembers=remembers,
            retention_days=self._retention_days,
            spot=_spot(arrival),
            home=arrival.home,
            private_to=arrival.private_to,
        )

    def _rows(
        self, turn: str, arrival: Arrival, decision: Decision, now: datetime
    ) -> tuple[Sequence[Row], str]:
        """The outbox rows of a decision, and the note that must travel in the acknowledgement."""
        sending = [self._addressed(arrival, reply) for reply in decision.replies]
        note = decision.note
        if note and arrival.note_to is not None:
            sending.append((Reply((Text(note),), private=True), arrival.note_to, ""))
            note = ""
        platform, at = arrival.place.platform, now.timestamp()
        assert platform != "terminal"
        replies = [
            Row(f"{turn}-{number}", platform, to, reply, None, arrival.speaker, at, instead)
            for number, (reply, to, instead) in enumerate(sending)
        ]
        errands = [
            Row(f"{turn}-errand-{number}", "errand", {}, NOTHING, errand, at=at)
            for number, errand in enumerate(decision.errands)
        ]
        return [*replies, *errands], note

    @staticmethod
    def _addressed(arrival: Arrival, reply: Reply) -> tuple[Reply, To, str]:
        """A reply with where it goes, and the message whose place it takes ("" for none)."""
        if reply.instead and arrival.about is not None:
            return reply, arrival.to, arrival.about
        return reply, arrival.private_to if reply.private else arrival.to, ""


def _spot(arrival: Arrival) -> Spot | None:
    """The channel or chat as a whole, where something new can be put there for everybody."""
    platform = arrival.place.platform
    if platform == "terminal" or arrival.place.kind == "direct" or not arrival.channel_to:
        return None
    return Spot(arrival.home, arrival.channel, platform, arrival.channel_to)


def turn_id(arrival: Arrival) -> str:
    """The same for a repeat of the same event, so that its rows and records keep their keys."""
    if not arrival.marks:
        return uuid4().hex[:16]
    return hashlib.blake2s("\n".join((arrival.home, arrival.marks[0])).encode(), digest_size=8).hexdigest()


def _band(decision: Decision) -> str:
    return next((reply.asked.band for reply in decision.replies if reply.asked is not None), "talk")
