"""One connection to Redis that all callers share.

Calls made while another is under way travel together in one write and are answered in order, which
costs a fraction of a pooled connection a call and can't run out of connections.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from redis.asyncio.connection import AbstractConnection
from redis.exceptions import (
    AskError,
    ClusterDownError,
    DataError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    TryAgainError,
)

from bot.storage.pools import closed, connection_pool

Arg = str | bytes | int | float
Call = tuple[bytes, asyncio.Future[Any]]
"""A command as it goes over the wire, and who waits for its answer."""

_STATES = (AskError, ClusterDownError, OutOfMemoryError, ReadOnlyError, TryAgainError)
_OTHER_STATES = ("BUSY ", "MISCONF ", "NOREPLICAS ")
"""Answers that tell of the server's state, whatever the command: MOVED is an AskError, MASTERDOWN a
ClusterDownError; the client has no kinds of its own for the others."""


class MemoryAway(Exception):
    """Redis can't be reached, did not answer in time, or can't keep anything just now (no longer the
    primary, full). Whether a call took effect is unknown."""


class Script:
    """A Lua script from ``bot/lua``, called by its hash."""

    def __init__(self, name: str) -> None:
        self.source = (Path(__file__).parent / "lua" / f"{name}.lua").read_text(encoding="utf-8")
        self.sha = hashlib.sha1(self.source.encode(), usedforsecurity=False).hexdigest()


class Connection:
    """The shared connection. ``call`` may be used by any number of tasks of one event loop."""

    def __init__(self, url: str, timeout: float = 3.0) -> None:
        """``timeout``: seconds that connecting, or an answer, may take."""
        self._pool = connection_pool(url, timeout)
        self._packer = self._make()
        self._connection: AbstractConnection | None = None
        self._waiting: list[Call] = []
        self._pump: asyncio.Task[None] | None = None
        self._closed = False
        self.trips = 0
        """How many calls were made, for metrics and tests."""

    async def call(self, *command: Arg) -> Any:
        """Run one command.

        Raises MemoryAway; redis.ResponseError where Redis refuses it; ValueError where it holds what can't be
        written (a lone surrogate), before anything is sent: others' calls travel in the same write.
        """
        if self._closed:
            raise MemoryAway("closed")
        try:
            packed = b"".join(self._packer.pack_command(*command))
        except (DataError, UnicodeError):
            raise ValueError("a call that can't be written") from None
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.trips += 1
        self._waiting.append((packed, answer))
        if self._pump is None:
            self._pump = asyncio.create_task(self._run())
        return await answer

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[Arg]) -> Any:
        """Run a Lua script; loads it where the server doesn't know it yet."""
        try:
            return await self.call("EVALSHA", script.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await self.call("EVAL", script.source, len(keys), *keys, *args)

    async def scan(self, pattern: str) -> AsyncIterator[str]:
        """The keys that match ``pattern``, without holding anybody up; one may come twice."""
        cursor = b"0"
        while True:
            cursor, names = await self.call("SCAN", cursor, "MATCH", pattern, "COUNT", 1000)
            for name in names:
                yield name.decode()
            if int(cursor) == 0:
                return

    async def close(self) -> None:
        """Close the connection; calls under way, and later ones, raise MemoryAway."""
        self._closed = True
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
        await self._drop()
        await closed(self._pool)

    async def _run(self) -> None:
        batch: list[Call] = []
        try:
            while self._waiting and not self._closed:
                batch, self._waiting = self._waiting, []
                try:
                    await self._exchange(batch)
                except Exception as error:
                    # Whatever it is: answers that were not read would be taken for those of later calls.
                    await self._drop()
                    self._fail(batch, error)
        finally:
            # Where it ends before its time, nobody else would answer these.
            self._fail([*batch, *self._waiting], MemoryAway("closed"))
            self._waiting, self._pump = [], None

    async def _exchange(self, batch: Sequence[Call]) -> None:
        if self._connection is None:
            connection = self._make()
            await connection.connect()  # type: ignore[no-untyped-call]
            self._connection = connection
        connection = self._connection
        await connection.send_packed_command([b"".join(packed for packed, _ in batch)])
        away = False
        for _, answer in batch:
            try:
                value = await connection.read_response()
            except ResponseError as error:
                state = isinstance(error, _STATES) or str(error).startswith(_OTHER_STATES)
                away |= state
                if not answer.done():
                    answer.set_exception(MemoryAway(type(error).__name__) if state else error)
                continue
            if not answer.done():
                answer.set_result(value)
        if away:
            await self._drop()  # by now the address may lead to another server, which can

    def _make(self) -> AbstractConnection:
        connection: AbstractConnection = self._pool.make_connection()  # type: ignore[no-untyped-call]
        return connection

    @staticmethod
    def _fail(batch: Sequence[Call], error: BaseException) -> None:
        for _, answer in batch:
            if not answer.done():
                answer.set_exception(MemoryAway(type(error.__cause__ or error).__name__))

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.disconnect(nowait=True)


def pairs(flat: Any) -> dict[str, bytes]:
    """A Redis hash, which one protocol version gives as a map and the other (and Lua) as a flat list."""
    items = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
    return {name.decode(): value for name, value in items}


def texts(flat: Any) -> dict[str, str]:
    """The same where all that it holds is text."""
    return {name: value.decode("utf-8", "replace") for name, value in pairs(flat).items()}
