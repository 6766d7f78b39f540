"""What a conversation's turn reads and may write, where it can't be read: it is set aside, so that the talk
goes on afresh and nothing is lost, and comes back once a version can read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from bot.storage.migrations import Notice, ShapeReader, UnreadableState
from bot.storage.records import RedisCommand, read_here, read_missed, read_state, read_work
from dialogs.core.effects import Effect, KeepHere, KeepMissed, KeepWork
from dialogs.core.model import State
from dialogs.core.work import OpenSessions, Work

Shape = TypeVar("Shape")


class AsRead(msgspec.Struct, Generic[Shape], frozen=True):
    """One value, with what was set aside of it."""

    value: Shape
    unreadable: bytes | None = None
    """As it is stored, where it can't be read: to be set aside by this turn."""
    left: tuple[bytes, ...] = ()
    """What was set aside before, and can't be read yet."""
    back: bool = False
    """Whether anything that was set aside is in ``value`` again."""

    def kept(self, aside: str, seconds: int) -> Iterable[RedisCommand]:
        """Commands for the key ``aside``, where the value is written in this turn."""
        if self.unreadable is None and not self.back:
            return
        yield "DEL", aside
        left = (*self.left, *(() if self.unreadable is None else (self.unreadable,)))
        if left:
            yield "RPUSH", aside, *left
            yield "EXPIRE", aside, seconds


class Reading(Generic[Shape]):
    """How one kind is read."""

    def __init__(self, read: ShapeReader[Shape, Shape], together: Callable[[Shape, Shape], Shape]) -> None:
        """``together``: what was set aside and what has come since, as one."""
        self._read, self._together = read, together

    def of(self, stored: bytes | None, aside: Sequence[bytes], key: str, notice: Notice) -> AsRead[Shape]:
        """What is ``stored`` under ``key``, with what was set ``aside`` before."""
        value, unreadable, left = self._read.missing, None, list[bytes]()
        try:
            value = self._read(stored, key, notice)
        except UnreadableState:
            unreadable = stored
        for before in reversed(aside):
            try:
                value = self._together(self._read(before), value)
            except UnreadableState:
                left.insert(0, before)
        return AsRead(value, unreadable, tuple(left), len(left) < len(aside))


def _talk(aside: State, now: State) -> State:
    return aside if now == State() else now


def _missed(aside: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*aside, *now)))


Parts = TypeVar("Parts", Work, OpenSessions)


def _filled(aside: Parts, now: Parts) -> Parts:
    """What is under way now, and in its gaps what was."""
    gaps = (name for name in now.__struct_fields__ if not getattr(now, name))
    return msgspec.structs.replace(now, **{name: getattr(aside, name) for name in gaps})


_WRITES: dict[str, Any] = {"work": KeepWork, "here": KeepHere, "missed": KeepMissed}
READINGS: dict[str, Reading[Any]] = {
    "conversation": Reading(read_state, _talk),
    "work": Reading(read_work, _filled),
    "here": Reading(read_here, _filled),
    "missed": Reading(read_missed, _missed),
}
"""By the kind of key."""


def afresh(parts: Mapping[str, AsRead[Any]]) -> Iterable[Effect]:
    """What is written at once in the place of what can't be read, besides the state of the talk."""
    for kind, part in parts.items():
        if part.unreadable is not None and kind in _WRITES:
            yield _WRITES[kind](part.value)


def written(effects: Iterable[Effect]) -> set[str]:
    """The kinds that ``effects`` write."""
    every = list(effects)
    return {kind for kind, writes in _WRITES.items() if any(isinstance(effect, writes) for effect in every)}
