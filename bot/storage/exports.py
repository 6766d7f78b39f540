"""All that is kept, as a file: a backup, or the way from one server to another.

Ends of keys are instants: what has had its time isn't brought back. Values are as they were stored, each with
the version of its schema, so that a later version reads them as it reads its own store.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec

from bot.storage.connection import Connection
from bot.storage.disk import Disk
from bot.storage.export_files import (
    BadExport,
    ExportEnd,
    Header,
    frames_of,
    new_file,
    new_header,
    read_end,
    read_header,
    read_stored,
    write,
)
from bot.storage.keys import SCHEDULES, as_here, kind_of
from bot.storage.stored_keys import BATCH, StoredKey, read_key, write_keys

WORKING_SECONDS = 15.0
"""A worker that gave a sign of life within so long is running."""


CountTold = Callable[[int], None]
"""Is told of each few keys, how many more have been dealt with."""


class NotEmpty(Exception):
    """Something is kept on the server already."""


async def export(connection: Connection, path: Path, version: str, told: CountTold) -> int:
    """Write all that is kept to the file ``path``; how many keys that is.

    Raises MemoryAway, FileExistsError, or another OSError. What is written meanwhile may be in it or not:
    for an exact copy, nobody may be at work.
    """
    count = 0
    with new_file(path) as file:
        write(file, new_header(version))
        async for names in _batches(connection):
            found = await asyncio.gather(*(read_key(connection, name) for name in names if kind_of(name)))
            for kept in filter(None, found):
                write(file, kept)
                count += 1
            told(len(names))
        write(file, ExportEnd(count))
    return count


def examine(path: Path) -> tuple[Header, int]:
    """What the file ``path`` is, and how many keys it has; reads all of it. Raises BadExport or OSError."""
    frames = frames_of(path)
    header, count, end = read_header(next(frames, b"")), 0, None
    for frame in frames:
        if end is not None:
            raise BadExport("there is more in the file than it says")
        try:
            if kind_of(read_stored(frame).key) is None:
                raise BadExport("there is something in the file that isn't Sharewise's")
            count += 1
        except msgspec.DecodeError:
            end = read_end(frame)
    if end is None or end.keys != count:
        raise BadExport("the file isn't whole: a part of it is missing")
    return header, count


async def import_(connection: Connection, path: Path, told: CountTold, *, replace: bool) -> int:
    """Put what ``examine`` has found good into the server; how many keys, without those whose time is over.

    With ``replace``, what is kept there goes first. Raises MemoryAway, NotEmpty, BadExport or OSError.
    """
    if await _any(connection):
        if not replace:
            raise NotEmpty
        async for names in _batches(connection):
            await asyncio.gather(*(connection.call("DEL", name) for name in names if kind_of(name)))
    frames, count, batch = frames_of(path), 0, list[StoredKey]()
    read_header(next(frames, b""))
    for frame in frames:
        try:
            kept = read_stored(frame)
        except msgspec.DecodeError:
            break
        batch.append(msgspec.structs.replace(kept, key=as_here(kept.key, cluster=connection.cluster)))
        if len(batch) == BATCH:
            count += await write_keys(connection, batch)
            told(len(batch))
            batch = []
    count += await write_keys(connection, batch)
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
