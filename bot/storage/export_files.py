"""The file of an export.

It is gzip over frames, each four bytes of length and that much msgpack: a ``Header``, a ``StoredKey`` for
each key, and an ``ExportEnd``, by which a file that was cut off is known.
"""

from __future__ import annotations

import gzip
import os
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bot.storage.migrations import SCHEMA
from bot.storage.stored_keys import StoredKey

FORMAT = 1
_MAGIC = "sharewise export"
_NO_EXPORT = "it isn't a file that Sharewise has exported, or it is damaged"
_LENGTH = struct.Struct(">I")


class BadExport(Exception):
    """A file that can't be imported; the message says why, in words."""


class Header(msgspec.Struct, frozen=True, tag="header"):
    """What a file says of itself."""

    magic: str
    format: int
    schema: int
    """Of the newest values in it."""
    version: str
    """Of the Sharewise that wrote it."""
    at: float
    """When, in seconds since 1970."""


class ExportEnd(msgspec.Struct, frozen=True, tag="end"):
    """That nothing is missing."""

    keys: int


_pack = msgspec.msgpack.Encoder().encode
_decode_header = msgspec.msgpack.Decoder(Header).decode
_decode_end = msgspec.msgpack.Decoder(ExportEnd).decode
read_stored = msgspec.msgpack.Decoder(StoredKey).decode
"""A frame between them; raises DecodeError where it is the last."""


def new_header(version: str) -> Header:
    """What a file written now by Sharewise ``version`` begins with."""
    return Header(_MAGIC, FORMAT, SCHEMA, version, time.time())


@contextmanager
def new_file(path: Path) -> Iterator[gzip.GzipFile]:
    """A new file, which goes again if it doesn't become whole. Who reads it reads everything: it is its
    owner's alone."""
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as raw:
        try:
            with gzip.GzipFile(fileobj=raw, mode="wb") as file:
                yield file
        except BaseException:
            path.unlink()
            raise


def write(file: gzip.GzipFile, frame: Header | StoredKey | ExportEnd) -> None:
    """One more frame."""
    packed = _pack(frame)
    file.write(_LENGTH.pack(len(packed)) + packed)


def frames_of(path: Path) -> Iterator[bytes]:
    """Its frames, still packed. Raises BadExport where the file ends too soon or is damaged; OSError."""
    try:
        with gzip.open(path) as file:
            while head := file.read(_LENGTH.size):
                (length,) = _LENGTH.unpack(head)
                frame = file.read(length)
                if len(frame) < length:
                    raise EOFError
                yield frame
    except gzip.BadGzipFile:
        raise BadExport(_NO_EXPORT) from None
    except (EOFError, zlib.error, struct.error):
        raise BadExport("the file isn't whole: a part of it is missing or damaged") from None


def read_header(frame: bytes) -> Header:
    """The first frame. Raises BadExport where the file isn't ours, or is a newer version's."""
    try:
        header = _decode_header(frame)
    except msgspec.DecodeError:
        header = None
    if header is None or header.magic != _MAGIC:
        raise BadExport(_NO_EXPORT)
    if header.format > FORMAT or header.schema > SCHEMA:
        raise BadExport(f"Sharewise {header.version} has written it, which is newer than this one")
    return header


def read_end(frame: bytes) -> ExportEnd:
    """The last frame. Raises BadExport where it isn't one."""
    try:
        return _decode_end(frame)
    except msgspec.DecodeError:
        raise BadExport(_NO_EXPORT) from None
