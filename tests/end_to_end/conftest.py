"""A Sharewise of its own for a test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.harness.whole import Whole, running


@pytest.fixture
async def whole(redis_url: str) -> AsyncIterator[Whole]:
    """A Sharewise that knows nobody."""
    async with running(redis_url) as whole:
        yield whole
