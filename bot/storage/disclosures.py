"""The disclosure record: what every result has told of whom, by topic. People stand in it as keyed hashes.

It is a partition of its own, since results of all workspaces, tenants, sessions and series meet in it.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.migrations import ShapeReader, versioned
from bot.storage.records import Command
from bot.storage.transactions import Write, versioned_write
from dialogs.core.mentions import account
from dialogs.core.result_model import Disclosure, Disclosures

PARTITION = "disclosed"
_KEYS = Keys(PARTITION)
_SECRET = _KEYS.key("hashing", "people")
_BYTES = 8
"""Of a keyed hash: enough to tell everybody apart, and little to keep of each group."""

_read = ShapeReader(tuple[Disclosure, ...])


class LoadedDisclosures(msgspec.Struct, frozen=True):
    """What was told of some topics, as loaded."""

    told: dict[str, tuple[Disclosure, ...]]
    versions: dict[str, str]
    """Topic -> the version of its record, "" where there is none."""
    seen: bool = False


def _anywhere(id: str) -> bytes:
    """The platform's own id: a workspace may turn out to belong to an Enterprise, which then names them."""
    return f"{id.partition(':')[0]}:{account(id)}".encode()


class DisclosureStore:
    """The disclosure record of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._seconds = connection, seconds["disclosed"]
        self._secret = b""

    async def members(self, people: Iterable[str]) -> dict[str, bytes]:
        """Speaker's id -> the keyed hash under which the record has them, whatever workspace names them."""
        if not self._secret:
            await self._connection.call("SET", _SECRET, secrets.token_bytes(32), "NX")
            self._secret = await self._connection.call("GET", _SECRET)
        return {one: hmac.digest(self._secret, _anywhere(one), "sha256")[:_BYTES] for one in people}

    async def load(self, topics: Sequence[str]) -> LoadedDisclosures:
        """What was told of ``topics``, and of all that are tied to them; what can't be read was told of it
        isn't known whom."""
        told: dict[str, tuple[Disclosure, ...]] = {}
        versions: dict[str, str] = {}
        wanted = list(topics)
        while wanted:
            keys = (_KEYS.hashed("disclosed", topic) for topic in wanted)
            found = await asyncio.gather(*(self._connection.call("HMGET", key, "v", "s") for key in keys))
            for topic, (version, stored) in zip(wanted, found, strict=True):
                told[topic], versions[topic] = _told(stored), (version or b"").decode()
            tied = {other for topic in wanted for one in told[topic] for other in one.beside}
            wanted = sorted(tied - told.keys())
        return LoadedDisclosures(told, versions)

    def write(self, loaded: LoadedDisclosures, now: Disclosures) -> Write:
        """Keeps what is told now (topic -> all that was told of it), if nothing was told of any meanwhile."""
        commands: list[Command] = []
        for topic, every in now.items():
            key, version = _KEYS.hashed("disclosed", topic), loaded.versions[topic]
            commands += versioned_write(key, version, versioned(tuple(every)), self._seconds)
        guards = {_KEYS.hashed("disclosed", topic): version for topic, version in loaded.versions.items()}
        return Write(guards, commands)


def _told(stored: bytes | None) -> tuple[Disclosure, ...]:
    if stored is None:
        return ()
    told = _read(stored)
    return (Disclosure("", datetime.max.replace(tzinfo=UTC), None),) if told is None else told
