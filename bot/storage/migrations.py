"""Stored shapes: each is kept with the version of its schema, and read whichever version it was kept in.

A field that is added with a default, or renamed with ``rename=``, needs no new version. What changes more
raises ``SCHEMA`` and adds the steps from the version before to ``UPGRADES``; a value is upgraded as it is
read, and kept in the newest version the next time that it is written. What can't be read counts as not there:
a conversation then starts afresh, and says so. What others rely on is read ``strictly`` before it is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import msgspec

SCHEMA = 1
"""The version in which all shapes are written."""

Upgrade = Callable[[Any], Any]
"""Makes a value of one version, as plain data, into one of the next."""
UPGRADES: Mapping[int, Mapping[type, Upgrade]] = {}
"""By the version that they begin with: what to do to a shape; one that isn't named stays as it is."""

Shape = TypeVar("Shape")
Missing = TypeVar("Missing")

_pack = msgspec.msgpack.Encoder().encode
_stored = msgspec.msgpack.Decoder(tuple[int, msgspec.Raw]).decode
_plain = msgspec.msgpack.Decoder().decode


def versioned(value: Any) -> bytes:
    """``value`` with its schema's version, as stored."""
    return _pack((SCHEMA, value))


class UnreadableState(Exception):
    """Something is there, but damaged or of a newer version: what is to happen to it waits, and nothing may
    be written in its place."""


class ShapeReader(Generic[Shape, Missing]):
    """Reads stored values of one shape."""

    def __init__(self, shape: type[Shape], missing: Missing) -> None:
        self._shape, self._decode = shape, msgspec.msgpack.Decoder(shape).decode
        self._missing = missing

    def __call__(self, stored: bytes | None) -> Shape | Missing:
        """The value; ``missing`` where there is none, or it is damaged, or newer than we are."""
        try:
            return self.strictly(stored)
        except UnreadableState:
            return self._missing

    def strictly(self, stored: bytes | None) -> Shape | Missing:
        """The value; ``missing`` where there is none. Raises UnreadableState."""
        if stored is None:
            return self._missing
        try:
            version, raw = _stored(stored)
            if version == SCHEMA:
                return self._decode(raw)
            if 0 < version < SCHEMA:
                return self._upgraded(version, raw)
        except (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError):
            pass
        raise UnreadableState(self._shape.__name__)

    def _upgraded(self, version: int, raw: bytes) -> Shape:
        value = _plain(raw)
        for before in range(version, SCHEMA):
            upgrade = UPGRADES.get(before, {}).get(self._shape)
            value = upgrade(value) if upgrade else value
        return msgspec.convert(value, self._shape)
