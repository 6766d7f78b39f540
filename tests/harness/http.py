"""Web servers on ports of this machine."""

from __future__ import annotations

import functools
import itertools
import socket
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.app.wiring import Application

_RANGES = range(11_000, 22_000, 250)
"""Where the ranges of ports begin that test processes share out: below those that the system gives out by
itself, and with room above for the second port of a cluster's server, which is 10,000 higher."""


@functools.cache
def _range() -> tuple[socket.socket, Iterator[int]]:
    """What holds a range of ports as long as this process lives, and the ports of it, round and round.

    Whoever binds a range's first port has the range; so no two processes share one, whichever worker of
    whichever run they are.
    """
    for first in _RANGES:
        holder = socket.socket()
        try:
            holder.bind(("127.0.0.1", first))
        except OSError:
            holder.close()
            continue
        return holder, itertools.cycle(range(first + 1, first + _RANGES.step))
    raise AssertionError("all ranges of ports are taken")


def free_port() -> int:
    """A port that nothing listens on, and that no other test process will ask for."""
    for port in _range()[1]:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("ports never end")


def routes_of(application: Application) -> list[web.AbstractRouteDef]:
    """What its platforms listen at."""
    return [route for adapter in application.adapters for route in adapter.routes()]


@asynccontextmanager
async def served(
    routes: Iterable[web.AbstractRouteDef], port: int = 0, context: ssl.SSLContext | None = None
) -> AsyncIterator[str]:
    """A server of ``routes``, on a free port unless told otherwise, by TLS with ``context``; its address."""
    app, port = web.Application(), port or free_port()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, ssl_context=context).start()
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
