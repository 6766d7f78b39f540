"""Stored shapes: each is kept with the version of its schema, and read whichever version it was kept in.

A field that is added with a default, or renamed with ``rename=``, needs no new version. What changes more
raises ``SCHEMA`` and adds the steps from the version before to ``UPGRADES``; a value is upgraded as it is
read, and kept in the newest version the next time that it is written.

What is there and can't be read is never taken for what isn't there: reading it raises, so that nothing is
written in its place. Who can do without says so (``or_missing``). Either way it is noticed, by its key.
"""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

SCHEMA = 1
"""The version in which all shapes are written."""

Upgrade = Callable[[Any], Any]
"""Makes a value of one version, as plain data, into one of the next."""
UPGRADES: Mapping[int, Mapping[type, Upgrade]] = {}
"""By the version that they begin with: what to do to a shape; one that isn't named stays as it is."""

Shape = TypeVar("Shape")
Missing = TypeVar("Missing")
Loaded = TypeVar("Loaded")

_pack = msgspec.msgpack.Encoder().encode
_stored = msgspec.msgpack.Decoder(tuple[int, msgspec.Raw]).decode
_plain = msgspec.msgpack.Decoder().decode


def versioned(value: Any) -> bytes:
    """``value`` with its schema's version, as stored."""
    return _pack((SCHEMA, value))


Notice = Callable[[str], None]
"""Is told the key of what can't be read (``Connection.unreadable``)."""


class UnreadableState(Exception):
    """Something is there, but damaged or of a newer version: what is to happen to it waits, and nothing may
    be written in its place."""

    def __init__(self, shape: str, key: str = "") -> None:
        super().__init__(shape)
        self.key = key


async def where_readable(loading: Awaitable[Loaded]) -> Loaded | None:
    """What is loaded; None where it can't be read, for who goes on without it."""
    try:
        return await loading
    except UnreadableState:
        return None


class Readable(NamedTuple, Generic[Loaded]):
    """Several as they are kept."""

    found: tuple[Loaded, ...]
    """Those that can be read."""
    unread: int
    """How many can't."""


def readable(kept: Iterable[Loaded | None]) -> Readable[Loaded]:
    """``kept``, with None in the place of each that can't be read."""
    there = list(kept)
    found = tuple(each for each in there if each is not None)
    return Readable(found, len(there) - len(found))


class ShapeReader(Generic[Shape, Missing]):
    """Reads stored values of one shape."""

    def __init__(
        self, shape: type[Shape], missing: Missing, *, plain: bool = False, packed: bool = False
    ) -> None:
        """``plain``: it is kept without a schema's version; ``packed``: it is kept compressed."""
        self._shape, self._decode = shape, msgspec.msgpack.Decoder(shape).decode
        self.missing, self._plain, self._packed = missing, plain, packed

    def __call__(self, stored: bytes | None, key: str = "", notice: Notice | None = None) -> Shape | Missing:
        """The value; ``missing`` where there is none. Raises UnreadableState, once ``notice`` knows."""
        if stored is None:
            return self.missing
        try:
            if self._packed:
                stored = zlib.decompress(stored)
            if self._plain:
                return self._decode(stored)
            version, raw = _stored(stored)
            if version == SCHEMA:
                return self._decode(raw)
            if 0 < version < SCHEMA:
                return self._upgraded(version, raw)
        except (msgspec.DecodeError, UnicodeDecodeError, zlib.error, LookupError, TypeError):
            pass
        if notice is not None:
            notice(key)
        raise UnreadableState(getattr(self._shape, "__name__", ""), key)

    def or_missing(
        self, stored: bytes | None, key: str = "", notice: Notice | None = None
    ) -> Shape | Missing:
        """The same for who can do without it, and writes nothing in its place: ``missing`` then too."""
        try:
            return self(stored, key, notice)
        except UnreadableState:
            return self.missing

    def _upgraded(self, version: int, raw: bytes) -> Shape:
        value = _plain(raw)
        for before in range(version, SCHEMA):
            upgrade = UPGRADES.get(before, {}).get(self._shape)
            value = upgrade(value) if upgrade else value
        return msgspec.convert(value, self._shape)
