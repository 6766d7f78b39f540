"""What is stored about people: the kinds of record, how each is written, and how it reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from bot.keys import Keys, kind_of
from bot.line import Arg
from dialogs.model import Asked, Effect, KeepFeedback, KeepUnanswered, Record, State

SCHEMA = 1
"""The version of ``State``; raise it when an older one can't be read as a newer."""

Command = Sequence[Arg]
"""A Redis command that is to be part of a commit."""

pack = msgspec.msgpack.Encoder().encode
_stored = msgspec.msgpack.Decoder(tuple[int, msgspec.Raw]).decode
_state = msgspec.msgpack.Decoder(State).decode


class Unanswered(msgspec.Struct, frozen=True):
    """A question that no lesson answered; whose it was stands only in that person's traces."""

    question: str
    nearest: str | None
    at: float


class Rating(msgspec.Struct, frozen=True):
    """A thumb up or down."""

    up: bool
    about: Asked | None
    at: float


class Receipt(msgspec.Struct, frozen=True):
    """What a sent message had answered."""

    asked: Asked
    at: float


def flat(commands: Iterable[Command]) -> Iterable[Arg]:
    """Commands as a script takes them: each as its length and its words."""
    for command in commands:
        yield len(command)
        yield from command


def write_state(state: State) -> bytes:
    """``state`` with its schema version, as stored."""
    return pack((SCHEMA, state))


def read_state(stored: bytes) -> State | None:
    """The stored state, or None where it is damaged or of another schema."""
    try:
        schema, raw = _stored(stored)
        return _state(raw) if schema == SCHEMA else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


class Keeper:
    """Writes the records of one person's turn as Redis commands, each traced back to the person."""

    def __init__(self, keys: Keys, speaker: str, now: datetime, seconds: dict[str, int]) -> None:
        """``seconds``: how long each kind is kept."""
        self._keys, self._speaker, self._seconds = keys, speaker, seconds
        self._at = now.timestamp()
        self.traces = keys.key("traces", speaker)

    def record(self, kind: str, name: str, value: bytes) -> Iterable[Command]:
        """Keep one record that ends by itself."""
        key = self._keys.key(kind, name)
        yield "SET", key, value, "EX", self._seconds[kind]
        yield from self.trace(key, kind)

    def trace(self, key: str, kind: str) -> Iterable[Command]:
        """Remember that ``key`` holds something of the person, for as long as it is kept."""
        yield "ZREMRANGEBYSCORE", self.traces, "-inf", int(self._at)
        yield "ZADD", self.traces, int(self._at) + self._seconds[kind], key
        yield "EXPIRE", self.traces, self._seconds["traces"]

    def profile(self, told: dict[str, str]) -> Iterable[Command]:
        """Keep what an event told of the person."""
        key = self._keys.key("profile", self._speaker)
        yield "HSET", key, "seen", int(self._at), *(part for pair in told.items() for part in pair)
        yield "EXPIRE", key, self._seconds["profile"]

    def effect(self, effect: Effect, name: str) -> Iterable[Command]:
        """Keep what an effect asks for, under ``name``, and list it in its kind's index."""
        if isinstance(effect, KeepUnanswered):
            kind, value = "unanswered", pack(Unanswered(effect.question, effect.nearest, self._at))
        elif isinstance(effect, KeepFeedback):
            kind, value = "feedback", pack(Rating(effect.up, effect.about, self._at))
        else:
            return
        yield from self.record(kind, name, value)
        index = self._keys.index(kind)
        yield "ZREMRANGEBYSCORE", index, "-inf", int(self._at) - self._seconds[kind]
        yield "ZADD", index, int(self._at), name
        yield "EXPIRE", index, self._seconds["index"]


def in_words(key: str, value: bytes) -> Record | None:
    """A stored record as the person may read it; None for a kind that isn't about a person."""
    try:
        match kind_of(key):
            case "conversation":
                state = read_state(value) or State()
                return Record("conversation", None, state.question, state.lesson)
            case "unreadable":
                return Record("conversation", None, "(could not be read)")
            case "unanswered":
                unanswered = msgspec.msgpack.decode(value, type=Unanswered)
                return Record("question", _when(unanswered.at), unanswered.question)
            case "feedback":
                rating = msgspec.msgpack.decode(value, type=Rating)
                thumb = "helpful" if rating.up else "not helpful"
                if rating.about is None:
                    return Record("feedback", _when(rating.at), thumb)
                said = f"{thumb}: {rating.about.question}"
                return Record("feedback", _when(rating.at), said, rating.about.lesson)
            case "receipt":
                receipt = msgspec.msgpack.decode(value, type=Receipt)
                return Record("answer", _when(receipt.at), receipt.asked.question, receipt.asked.lesson)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Record("conversation", None, "(could not be read)")
    return None


def profile_in_words(profile: dict[str, str]) -> Record:
    """A person's stored profile as that person may read it."""
    seen = profile.get("seen", "")
    rest = [f"{name}: {value}" for name, value in sorted(profile.items()) if name != "seen"]
    return Record("profile", _when(float(seen)) if seen.isdigit() else None, ", ".join(["last here", *rest]))


def _when(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
