"""Keys as they are stored, whatever is in them: read, to be kept elsewhere, and written as they were."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Literal

import msgspec

from bot.storage.connection import Arg, Connection, pairs

BATCH = 200
"""How many keys, or members of a key, travel together."""

StoredRows = list[list[bytes]]
"""A value, as what its type's command takes: fields with values, items, members, scores with members; of a
stream its entries, and its groups."""
Type = Literal["string", "hash", "list", "set", "zset", "stream"]
_ENTRY, _GROUP = b"entry", b"group"
_GONE = -2
"""What Redis says of a key that isn't there."""


class StoredKey(msgspec.Struct, frozen=True, tag="kept", array_like=True):
    """One key."""

    key: str
    redis_type: Type
    ends: int
    """In milliseconds since 1970; -1: never."""
    value: StoredRows


async def read_key(connection: Connection, name: str) -> StoredKey | None:
    """The key, None where it has gone meanwhile. Raises MemoryAway."""
    kind = (await connection.call("TYPE", name)).decode()
    if kind not in _READS:
        return None
    # Together, so that they tell of one instant, but for what others write between.
    value, ends = await asyncio.gather(_READS[kind](connection, name), connection.call("PEXPIRETIME", name))
    return StoredKey(name, kind, ends, value) if value and ends != _GONE else None


async def _string(connection: Connection, name: str) -> StoredRows:
    value = await connection.call("GET", name)
    return [] if value is None else [[value]]


async def _hash(connection: Connection, name: str) -> StoredRows:
    return _two_by_two(await connection.call("HGETALL", name))


async def _list(connection: Connection, name: str) -> StoredRows:
    return [[item] for item in await connection.call("LRANGE", name, 0, -1)]


async def _set(connection: Connection, name: str) -> StoredRows:
    return [[member] for member in await connection.call("SMEMBERS", name)]


async def _sorted_set(connection: Connection, name: str) -> StoredRows:
    scored = await connection.call("ZRANGE", name, 0, -1, "WITHSCORES")
    pairs = scored if scored and isinstance(scored[0], list) else _two_by_two(scored)
    return [[score if isinstance(score, bytes) else repr(score).encode(), member] for member, score in pairs]


async def _stream(connection: Connection, name: str) -> StoredRows:
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


_READS: dict[Type, Callable[[Connection, str], Awaitable[StoredRows]]] = {
    "string": _string, "hash": _hash, "list": _list, "set": _set, "zset": _sorted_set, "stream": _stream,
}  # fmt: skip
_WRITES = {"string": "SET", "hash": "HSET", "list": "RPUSH", "set": "SADD", "zset": "ZADD"}


async def write_keys(connection: Connection, batch: Sequence[StoredKey]) -> int:
    """Put these there, in one write; how many have time left. Raises MemoryAway."""
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


def _two_by_two(flat: Any) -> StoredRows:
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
