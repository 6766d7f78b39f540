"""What tests of storage and delivery share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.storage.connection import Connection
from bot.storage.conversations import ConversationStore
from tests.conftest import emptied


@pytest.fixture
async def memory(every_server: str) -> AsyncIterator[ConversationStore]:
    """A store of conversations, empty, on each kind of server in turn."""
    async with emptied(every_server) as url:
        connection = Connection(url)
        yield ConversationStore(connection, retention_days=90)
        await connection.close()
