"""People as keyed hashes: everybody told apart, and nothing leads back from a hash to a person."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from functools import lru_cache

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from dialogs.core.mentions import local_id

PARTITION = "disclosed"
_SECRET = Keys(PARTITION).key("hashing", "people")
_BYTES = 8
"""Of a keyed hash: enough to tell everybody apart, and little to keep of each group."""
_AT_HAND = 5_000
"""People whose hash a process keeps at hand: each turn asks for the speaker's."""


class HashedPeople:
    """Those of one deployment, by a secret of its own. May raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._secret = connection, b""
        self._hash = lru_cache(_AT_HAND)(self._hashed)

    async def of(self, people: Iterable[str]) -> dict[str, bytes]:
        """Speaker's id -> their keyed hash, whatever workspace names them."""
        if not self._secret:
            await self._connection.call("SET", _SECRET, secrets.token_bytes(32), "NX")
            self._secret = await self._connection.call("GET", _SECRET)
        return {person: self._hash(person) for person in people}

    def _hashed(self, person: str) -> bytes:
        return hmac.digest(self._secret, _anywhere(person), "sha256")[:_BYTES]


def _anywhere(id: str) -> bytes:
    """The platform's own id: a workspace may turn out to belong to an Enterprise, which then names them."""
    return f"{id.partition(':')[0]}:{local_id(id)}".encode()
