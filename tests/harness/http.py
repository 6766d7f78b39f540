"""Web servers on ports of this machine."""

from __future__ import annotations

import itertools
import os
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import web

_FIRST, _SHARE = 21_000, 500
"""Ports of the first worker of a test run, and how many each worker has to itself; below those that the
system gives out by itself."""
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_ports = itertools.cycle(range(_FIRST + _worker * _SHARE, _FIRST + (_worker + 1) * _SHARE))


def free_port() -> int:
    """A port that nothing listens on, and that no other worker of the run will ask for."""
    for port in _ports:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("ports never end")


@asynccontextmanager
async def served(routes: Iterable[web.AbstractRouteDef], port: int = 0) -> AsyncIterator[str]:
    """A server of ``routes``, on a free port unless told otherwise; its address."""
    app, port = web.Application(), port or free_port()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
