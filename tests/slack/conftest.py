"""A rig for each test that wants one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.slack.rig import Rig


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """The Slack side beside its stand-in, over HTTP."""
    async with Rig() as rig:
        yield rig
