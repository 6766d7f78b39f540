"""Waiting for what knows no events: what is in Redis, in another process, or on a page."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable


async def until(holds: Callable[[], object], what: str = "it holds", seconds: float = 40) -> None:
    """Wait until ``holds`` gives something true, maybe once awaited; ``what`` is said where it never does."""
    try:
        async with asyncio.timeout(seconds):
            while not (await found if inspect.isawaitable(found := holds()) else found):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"it never came to this: {what}") from None
