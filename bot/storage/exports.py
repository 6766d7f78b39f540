"""All that is kept, as a file: a backup, or the way from one server to another.

A file is gzip over frames, each four bytes of length and that much msgpack: a ``Header``, a ``StoredKey`` for
each key, and an ``ExportEnd``, by which a file that was cut off is known. Ends of keys are instants: what has
had its time isn't brought back. Values are as they were stored, each with the version of its schema, so that
a later version reads them as it reads its own store.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import struct
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec

from bot.storage.connection import Arg, Connection, pairs
from bot.storage.disk import Disk
from bot.storage.keys import SCHEDULES, as_here, kind_of
from bot.storage.migrations import SCHEMA

FORMAT = 1
BATCH = 200
"""How many keys, or members of a key, travel together."""
WORKING_SECONDS = 15.0
"""A worker that gave a sign of life within so long is running."""
_MAGIC = "sharewise export"
_NO_EXPORT = "it isn't a file that Sharewise has exported, or it is damaged"
_LENGTH = struct.Struct(">I")

Rows = list[list[bytes]]
"""A value, as what its type's command takes: fields with values, items, members, scores with members; of a
stream its entries, and its groups."""
Type = Literal["string", "hash", "list", "set", "zset", "stream"]
_ENTRY, _GROUP = b"entry", b"group"
_GONE = -2
"""What Redis says of a key that isn't there."""

Told = Callable[[int], None]
"""Is told of each few keys, how many more have been dealt with."""


class BadExport(Exception):
    """A file that can't be imported; the message says why, in words."""


class NotEmpty(Exception):
    """Something is kept on the server already."""


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


class StoredKey(msgspec.Struct, frozen=True, tag="kept", array_like=True):
    """One key."""

    key: str
    redis_type: Type
    ends: int
    """In milliseconds since 1970; -1: never."""
    value: Rows


class ExportEnd(msgspec.Struct, frozen=True, tag="end"):
    """That nothing is missing."""

    keys: int


_pack = msgspec.msgpack.Encoder().encode
_read_header = msgspec.msgpack.Decoder(Header).decode
_read_end = msgspec.msgpack.Decoder(ExportEnd).decode
_read_kept = msgspec.msgpack.Decoder(StoredKey).decode


async def export(connection: Connection, path: Path, version: str, told: Told) -> int:
    """Write all that is kept to the file ``path``; how many keys that is.

    Raises MemoryAway, FileExistsError, or another OSError. What is written meanwhile may be in it or not:
    for an exact copy, nobody may be at work.
    """
    count = 0
    with _new(path) as file:
        _write(file, Header(_MAGIC, FORMAT, SCHEMA, version, time.time()))
        async for names in _batches(connection):
            found = await asyncio.gather(*(_kept(connection, name) for name in names if kind_of(name)))
            for kept in filter(None, found):
                _write(file, kept)
                count += 1
            told(len(names))
        _write(file, ExportEnd(count))
    return count


def examine(path: Path) -> tuple[Header, int]:
    """What the file ``path`` is, and how many keys it has; reads all of it. Raises BadExport or OSError."""
    frames = _frames(path)
    header, count, end = _header(next(frames, b"")), 0, None
    for frame in frames:
        if end is not None:
            raise BadExport("there is more in the file than it says")
        try:
            if kind_of(_read_kept(frame).key) is None:
                raise BadExport("there is something in the file that isn't Sharewise's")
            count += 1
        except msgspec.DecodeError:
            end = _end(frame)
    if end is None or end.keys != count:
        raise BadExport("the file isn't whole: a part of it is missing")
    return header, count


async def import_(connection: Connection, path: Path, told: Told, *, replace: bool) -> int:
    """Put what ``examine`` has found good into the server; how many keys, without those whose time is over.

    With ``replace``, what is kept there goes first. Raises MemoryAway, NotEmpty, BadExport or OSError.
    """
    if await _any(connection):
        if not replace:
            raise NotEmpty
        async for names in _batches(connection):
            await asyncio.gather(*(connection.call("DEL", name) for name in names if kind_of(name)))
    frames, count, batch = _frames(path), 0, list[StoredKey]()
    _header(next(frames, b""))
    for frame in frames:
        try:
            kept = _read_kept(frame)
        except msgspec.DecodeError:
            break
        batch.append(msgspec.structs.replace(kept, key=as_here(kept.key, cluster=connection.cluster)))
        if len(batch) == BATCH:
            count += await _restored(connection, batch)
            told(len(batch))
            batch = []
    count += await _restored(connection, batch)
    told(len(batch))
    if replace:
        await Disk(connection).erased()
    return count


async def worked_on(connection: Connection) -> bool:
    """Whether a worker runs on the server just now. Raises MemoryAway."""
    seconds = int((await connection.call("TIME"))[0])
    signs = (
        connection.call("ZCOUNT", f"{prefix}:workers", seconds - WORKING_SECONDS, "+inf")
        for prefix in SCHEDULES
    )
    return any(await asyncio.gather(*signs))


async def open_without_names(connection: Connection) -> int:
    """How many pulses, checks and quizzes without names are open: who holds a copy made now can tell who
    answered what in them (docs/privacy.md). Raises MemoryAway."""
    return len({name async for name in connection.scan("sw:{*}:secret:*")})


async def _any(connection: Connection) -> bool:
    async for names in _batches(connection):
        if any(map(kind_of, names)):
            return True
    return False


async def _batches(connection: Connection) -> AsyncIterator[list[str]]:
    batch = list[str]()
    async for name in connection.scan("*"):
        batch.append(name)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _kept(connection: Connection, name: str) -> StoredKey | None:
    """The key, None where it has gone meanwhile."""
    kind = (await connection.call("TYPE", name)).decode()
    if kind not in _READS:
        return None
    # Together, so that they tell of one instant, but for what others write between.
    value, ends = await asyncio.gather(_READS[kind](connection, name), connection.call("PEXPIRETIME", name))
    return StoredKey(name, kind, ends, value) if value and ends != _GONE else None


async def _string(connection: Connection, name: str) -> Rows:
    value = await connection.call("GET", name)
    return [] if value is None else [[value]]


async def _hash(connection: Connection, name: str) -> Rows:
    return _two_by_two(await connection.call("HGETALL", name))


async def _list(connection: Connection, name: str) -> Rows:
    return [[item] for item in await connection.call("LRANGE", name, 0, -1)]


async def _set(connection: Connection, name: str) -> Rows:
    return [[member] for member in await connection.call("SMEMBERS", name)]


async def _sorted_set(connection: Connection, name: str) -> Rows:
    scored = await connection.call("ZRANGE", name, 0, -1, "WITHSCORES")
    pairs = scored if scored and isinstance(scored[0], list) else _two_by_two(scored)
    return [[score if isinstance(score, bytes) else repr(score).encode(), member] for member, score in pairs]


async def _stream(connection: Connection, name: str) -> Rows:
    """Its entries, then its groups, each with the last entry that is done with."""
    entries, groups = await asyncio.gather(
        connection.call("XRANGE", name, "-", "+"), connection.call("XINFO", "GROUPS", name)
    )
    rows = [[_ENTRY, id, *fields] for id, fields in entries]
    for group in map(pairs, groups):
        started = await connection.call("XPENDING", name, group["name"], "-", "+", 1)
        last = _before(started[0][0]) if started else group["last-delivered-id"]
        rows.append([_GROUP, group["name"], last])
    return rows


_READS: dict[Type, Callable[[Connection, str], Awaitable[Rows]]] = {
    "string": _string, "hash": _hash, "list": _list, "set": _set, "zset": _sorted_set, "stream": _stream,
}  # fmt: skip
_WRITES = {"string": "SET", "hash": "HSET", "list": "RPUSH", "set": "SADD", "zset": "ZADD"}


async def _restored(connection: Connection, batch: Sequence[StoredKey]) -> int:
    """Put these there, in one write; how many have time left."""
    now = time.time() * 1000
    alive = [kept for kept in batch if kept.ends < 0 or kept.ends > now]
    # The shared connection answers in the order of the calls.
    await asyncio.gather(*(connection.call(*command) for kept in alive for command in _commands(kept)))
    return len(alive)


def _commands(kept: StoredKey) -> Iterator[Sequence[Arg]]:
    """What makes the key what it was, whatever it is now: a scan may have met it twice."""
    yield "DEL", kept.key
    if kept.redis_type == "stream":
        for what, id, *rest in kept.value:
            if what == _ENTRY:
                yield "XADD", kept.key, id, *rest
            else:
                yield "XGROUP", "CREATE", kept.key, id, *rest, "MKSTREAM"
    else:
        for start in range(0, len(kept.value), BATCH):
            rows = kept.value[start : start + BATCH]
            yield _WRITES[kept.redis_type], kept.key, *(part for row in rows for part in row)
    if kept.ends >= 0:
        yield "PEXPIREAT", kept.key, kept.ends


def _two_by_two(flat: Any) -> Rows:
    """Pairs, which one protocol version gives as a map and the other as a flat list."""
    if isinstance(flat, dict):
        return [list(pair) for pair in flat.items()]
    return [list(pair) for pair in zip(flat[::2], flat[1::2], strict=True)]


def _before(id: bytes) -> bytes:
    """The last id of a stream that could be before ``id``."""
    milliseconds, _, number = id.decode().partition("-")
    if int(number):
        return f"{milliseconds}-{int(number) - 1}".encode()
    return f"{int(milliseconds) - 1}-{2**64 - 1}".encode()


@contextmanager
def _new(path: Path) -> Iterator[gzip.GzipFile]:
    """A new file, which goes again if it doesn't become whole. Who reads it reads everything: it is its
    owner's alone."""
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as raw:
        try:
            with gzip.GzipFile(fileobj=raw, mode="wb") as file:
                yield file
        except BaseException:
            path.unlink()
            raise


def _write(file: gzip.GzipFile, frame: Header | StoredKey | ExportEnd) -> None:
    packed = _pack(frame)
    file.write(_LENGTH.pack(len(packed)) + packed)


def _frames(path: Path) -> Iterator[bytes]:
    """Raises BadExport where the file ends too soon or is damaged; OSError."""
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


def _header(frame: bytes) -> Header:
    try:
        header = _read_header(frame)
    except msgspec.DecodeError:
        header = None
    if header is None or header.magic != _MAGIC:
        raise BadExport(_NO_EXPORT)
    if header.format > FORMAT or header.schema > SCHEMA:
        raise BadExport(f"Sharewise {header.version} has written it, which is newer than this one")
    return header


def _end(frame: bytes) -> ExportEnd:
    try:
        return _read_end(frame)
    except msgspec.DecodeError:
        raise BadExport(_NO_EXPORT) from None
