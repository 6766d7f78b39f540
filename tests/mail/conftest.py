"""A Sharewise that sends mails."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.harness.platform import FakePlatform
from tests.mail.post import Post, posting


@pytest.fixture
async def post(redis_url: str, platform: FakePlatform) -> AsyncIterator[Post]:
    """It, its mail server and its pages."""
    async with posting(redis_url, platform) as running:
        yield running
