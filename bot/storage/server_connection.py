"""One connection to one server, which all callers share.

Calls made while another is under way travel together in one write and are answered in order, which
costs a fraction of a pooled connection a call and can't run out of connections.
"""

from __future__ import annotations

import asyncio
import math
import ssl
from collections.abc import Callable, Sequence
from typing import Any

from hiredis import pack_command
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import (
    AskError,
    ClusterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    TryAgainError,
)

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


class ServerConnection:
    """The shared connection. ``call`` may be used by any number of tasks of one event loop."""

    def __init__(self, make: Callable[[], AbstractConnection], name: str = "") -> None:
        """``make``: makes a connection of the client's, unconnected. ``name``: what the server is called
        where there are several."""
        self.name, self._make = name, make
        self._connection: AbstractConnection | None = None
        self._patience: float | None = None
        """Seconds that the next answer may take."""
        self._waiting: list[Call] = []
        self._pump: asyncio.Task[None] | None = None
        self._closed = False

    async def call(self, *command: Arg, asking: bool = False) -> Any:
        """Run one command. ``asking``: though its key is only on its way to this server.

        Raises MemoryAway, whose cause is what the server says of its state, if it says anything;
        redis.ResponseError where Redis refuses it; ValueError where it holds what can't be
        written (a lone surrogate), before anything is sent: others' calls travel in the same write.
        """
        if self._closed:
            raise MemoryAway("closed")
        try:
            packed = pack_command(command)  # type: ignore[arg-type]  # theirs is of one word
        except (TypeError, UnicodeError):
            raise ValueError("a call that can't be written") from None
        if asking:
            self._queue(pack_command(("ASKING",)))
        answer = self._queue(packed)
        if self._pump is None:
            self._pump = asyncio.create_task(self._run())
        return await answer

    async def close(self) -> None:
        """Close the connection; calls under way, and later ones, raise MemoryAway."""
        self._closed = True
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
        await self._drop()

    def _queue(self, packed: bytes) -> asyncio.Future[Any]:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((packed, answer))
        return answer

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
            self._connection = await self._connected()
        connection, away, now = self._connection, False, asyncio.get_running_loop().time
        async with asyncio.timeout(self._patience) as limit:
            await connection.send_packed_command([b"".join(packed for packed, _ in batch)])
            for left, (_, answer) in zip(range(len(batch) - 1, -1, -1), batch, strict=True):
                try:
                    value = await connection.read_response(timeout=math.inf)
                except ResponseError as error:
                    state = isinstance(error, _STATES) or str(error).startswith(_OTHER_STATES)
                    # Where only this key is elsewhere, the server itself is well.
                    away |= state and not isinstance(error, AskError)
                    if not answer.done():
                        answer.set_exception(_away(error) if state else error)
                else:
                    if not answer.done():
                        answer.set_result(value)
                if left and self._patience is not None:
                    limit.reschedule(now() + self._patience)
        if away:
            await self._drop()  # by now the address may lead to another server, which can

    async def _connected(self) -> AbstractConnection:
        """A new connection. Its own limit would be a task for each write and a timer for each answer: once it
        stands, an exchange has one of ours instead."""
        connection = self._make()
        await connection.connect()  # type: ignore[no-untyped-call]
        self._patience, connection.socket_timeout = connection.socket_timeout, None
        return connection

    @staticmethod
    def _fail(batch: Sequence[Call], error: BaseException) -> None:
        for _, answer in batch:
            if not answer.done():
                answer.set_exception(MemoryAway(kind_of_trouble(error)))

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.disconnect(nowait=True)


def kind_of_trouble(error: BaseException) -> str:
    """The kind of error, behind the client's own kinds: that a certificate isn't trusted, it only quotes."""
    behind: BaseException | None = error
    while behind is not None:
        if isinstance(behind, ssl.SSLError):
            return type(behind).__name__
        behind = behind.__cause__ or behind.__context__
    return type(error.__cause__ or error).__name__


def _away(error: ResponseError) -> MemoryAway:
    away = MemoryAway(type(error).__name__)
    away.__cause__ = error
    return away
