"""Work that gives signs of life, and is given up once it stands still.

In a cluster docket's worker listens at one server, and stands still for ever once that is gone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from bot.storage.connection import MemoryAway

LOOK_SECONDS = 2.0
"""How often signs of life are looked for: docket's worker gives them as often."""
LIFELESS_SECONDS = 15.0
"""After so long without one it counts as standing still: docket waits for five seconds before it connects
again."""

_log = structlog.get_logger()


async def while_alive(work: Coroutine[Any, Any, None], sign: Callable[[], Awaitable[object]]) -> None:
    """Do ``work`` until it ends, or until its signs of life do; raises what it raises.

    ``sign``: its last one, another each time; while that raises MemoryAway, nothing is expected.
    """
    working = asyncio.create_task(work)
    last, since = object(), time.monotonic()
    try:
        while time.monotonic() - since < LIFELESS_SECONDS:
            done, _ = await asyncio.wait([working], timeout=LOOK_SECONDS)
            if done:
                return await working
            try:
                seen = await sign()
            except MemoryAway:
                since = time.monotonic()
                continue
            if seen and seen != last:
                last, since = seen, time.monotonic()
        _log.warning("schedule: its worker stands still, and is begun anew")
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
