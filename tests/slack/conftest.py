"""A bot for each test that wants one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.slack.served import Served


@pytest.fixture
async def bot() -> AsyncIterator[Served]:
    """The Slack side beside its stand-in, over HTTP."""
    async with Served() as bot:
        yield bot
