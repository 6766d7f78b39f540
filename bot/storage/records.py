"""What is stored about people: the kinds of record, how each is written, and how it reads."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from bot.platforms.ports import OutboxMessage
from bot.storage.connection import Arg
from bot.storage.keys import Keys
from bot.storage.migrations import ShapeReader, versioned
from dialogs.core.effects import (
    CountAsked,
    Effect,
    KeepFeedback,
    KeepMissed,
    KeepResult,
    KeepShared,
    KeepTried,
    KeepUnanswered,
    KeepWork,
)
from dialogs.core.jobs import Job
from dialogs.core.model import State
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import AdvisorSettings, Recipient, Series
from dialogs.core.replies import Asked
from dialogs.core.result_model import JointResult
from dialogs.core.session_model import LiveSession
from dialogs.core.sharing_model import SharedAnswer
from dialogs.core.work import CheckResult, OpenSessions, Work

RedisCommand = Sequence[Arg]
"""A Redis command that is to be part of a commit."""

pack = msgspec.msgpack.Encoder().encode

read_state = ShapeReader(State, State())
read_work = ShapeReader(Work, Work())
read_here = ShapeReader(OpenSessions, OpenSessions())
read_joint = ShapeReader(JointResult, None)
read_live = ShapeReader(LiveSession, None)
read_series = ShapeReader(Series, None)
read_advisor_settings = ShapeReader(AdvisorSettings, AdvisorSettings())
read_missed = ShapeReader[tuple[str, ...], tuple[str, ...]](tuple[str, ...], ())
"""The ids of quiz questions."""
read_result = ShapeReader(CheckResult, None)
read_share = ShapeReader(SharedAnswer, None)
read_audited = ShapeReader(Audited, None, plain=True)
read_recipients = ShapeReader[list[Recipient], list[Recipient]](list[Recipient], [], plain=True, packed=True)
read_job = ShapeReader(Job, None, plain=True)
read_message = ShapeReader(OutboxMessage, None, plain=True)


class Unanswered(msgspec.Struct, frozen=True):
    """A question that no lesson answered; whose it was, that person's traces tell."""

    question: str
    nearest: str | None
    at: float
    by: bytes = b""
    """Theirs as a keyed hash; empty where an earlier version kept it."""


class Rating(msgspec.Struct, frozen=True):
    """A thumb up or down."""

    up: bool
    about: Asked | None
    at: float
    by: bytes = b""
    """Whoever gave it, as a keyed hash; empty where an earlier version kept it."""


class Receipt(msgspec.Struct, frozen=True):
    """What a sent message had answered."""

    asked: Asked
    at: float


def week_of(now: datetime) -> date:
    """The Monday of the week in which questions are counted."""
    day = now.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def flat(commands: Iterable[RedisCommand]) -> Iterable[Arg]:
    """Commands as a script takes them: each as its length and its words."""
    for command in commands:
        yield len(command)
        yield from command


read_unanswered = ShapeReader(Unanswered, None, plain=True)
read_rating = ShapeReader(Rating, None, plain=True)
read_receipt = ShapeReader(Receipt, None, plain=True)


class RecordWriter:
    """Writes the records of one person's turn as Redis commands, each traced back to the person."""

    def __init__(
        self, keys: Keys, speaker: str, now: datetime, seconds: dict[str, int], member: bytes = b""
    ) -> None:
        """``seconds``: how long each kind is kept; ``member``: the speaker as a keyed hash."""
        self._keys, self._speaker, self._member, self._seconds = keys, speaker, member, seconds
        self._week = week_of(now).isoformat()
        self.at = now.timestamp()
        self.traces = keys.key("traces", speaker)

    def record(self, kind: str, name: str, value: bytes) -> Iterable[RedisCommand]:
        """Keep one record that ends by itself."""
        key = self._keys.key(kind, name)
        yield "SET", key, value, "EX", self._seconds[kind]
        yield from self.trace(key, kind)

    def trace(self, key: str, kind: str) -> Iterable[RedisCommand]:
        """Remember that ``key`` holds something of the person, for as long as it is kept."""
        # Keys expire by the server's clock, which one that was moved forward is ahead of.
        yield "ZREMRANGEBYSCORE", self.traces, "-inf", int(min(self.at, time.time()))
        yield "ZADD", self.traces, int(self.at) + self._seconds[kind], key
        yield "EXPIRE", self.traces, self._seconds["traces"]

    def profile(self, told: dict[str, str]) -> Iterable[RedisCommand]:
        """Keep what an event told of the person."""
        key = self._keys.key("profile", self._speaker)
        yield "HSET", key, "seen", int(self.at), *(part for pair in told.items() for part in pair)
        yield "EXPIRE", key, self._seconds["profile"]

    def effect(self, effect: Effect, name: str, work_version: str) -> Iterable[RedisCommand]:
        """Keep what an effect asks for; what is kept one by one goes under ``name``."""
        if isinstance(effect, KeepWork):
            key = self._keys.key("work", self._speaker)
            yield "HSET", key, "v", int(work_version or 0) + 1, "s", versioned(effect.work)
            yield "EXPIRE", key, self._seconds["work"]
            yield from self.trace(key, "work")
        elif isinstance(effect, KeepMissed):
            yield from self.record("missed", self._speaker, versioned(effect.questions))
        elif isinstance(effect, KeepResult):
            yield from self.record("result", name, versioned(effect.result))
        elif isinstance(effect, KeepShared):
            yield from self.record("share", effect.shared.id, versioned(effect.shared))
        elif isinstance(effect, CountAsked):
            asked, askers = (self._keys.key(kind, self._week) for kind in ("asked", "askers"))
            yield "HINCRBY", asked, effect.band, 1
            yield "SADD", askers, self._member
            for key, kind in ((asked, "asked"), (askers, "askers")):
                yield "EXPIRE", key, self._seconds[kind]
        elif isinstance(effect, KeepTried):
            key = self._keys.key("tried", effect.question)
            yield "HSETNX", key, self._member, int(effect.right)
            yield "EXPIRE", key, self._seconds["tried"]
        else:
            yield from self._listed(effect, name)

    def _listed(self, effect: Effect, name: str) -> Iterable[RedisCommand]:
        """Keep a record and list it in its kind's index."""
        if isinstance(effect, KeepUnanswered):
            kind, value = (
                "unanswered",
                pack(Unanswered(effect.question, effect.nearest, self.at, self._member)),
            )
        elif isinstance(effect, KeepFeedback):
            kind, value = "feedback", pack(Rating(effect.up, effect.about, self.at, self._member))
        else:
            return
        yield from self.record(kind, name, value)
        index = self._keys.index(kind)
        yield "ZREMRANGEBYSCORE", index, "-inf", int(self.at) - self._seconds[kind]
        yield "ZADD", index, int(self.at), name
        yield "EXPIRE", index, self._seconds["index"]
