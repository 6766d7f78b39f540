"""The disclosure record: what every result has told of whom, by topic. People stand in it as keyed hashes.

It is a partition of its own, since results of all workspaces, tenants, sessions and series meet in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from bot.storage.connection import Connection
from bot.storage.hashed_people import PARTITION, HashedPeople
from bot.storage.keys import Keys
from bot.storage.migrations import ShapeReader, versioned
from bot.storage.records import RedisCommand
from bot.storage.transactions import Write, versioned_write
from dialogs.core.result_model import Disclosure, Disclosures

_KEYS = Keys(PARTITION)

_UNKNOWN = (Disclosure("", datetime.max.replace(tzinfo=UTC), None),)
read_disclosed = ShapeReader[tuple[Disclosure, ...], tuple[Disclosure, ...]](tuple[Disclosure, ...], _UNKNOWN)


class LoadedDisclosures(msgspec.Struct, frozen=True):
    """What was told of some topics, as loaded."""

    told: dict[str, tuple[Disclosure, ...]]
    versions: dict[str, str]
    """Topic -> the version of its record, "" where there is none."""
    seen: bool = False


class DisclosureStore:
    """The disclosure record of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._seconds = connection, seconds["disclosed"]
        self.members = HashedPeople(connection).of

    async def load(self, topics: Sequence[str]) -> LoadedDisclosures:
        """What was told of ``topics``, and of all that are tied to them; what can't be read was told of it
        isn't known whom."""
        told: dict[str, tuple[Disclosure, ...]] = {}
        versions: dict[str, str] = {}
        wanted = list(topics)
        while wanted:
            keys = [_KEYS.hashed("disclosed", topic) for topic in wanted]
            found = await asyncio.gather(*(self._connection.call("HMGET", key, "v", "s") for key in keys))
            for topic, key, (version, stored) in zip(wanted, keys, found, strict=True):
                known = read_disclosed.or_missing(stored, key, self._connection.unreadable)
                told[topic], versions[topic] = known if stored else (), (version or b"").decode()
            tied = {other for topic in wanted for disclosure in told[topic] for other in disclosure.beside}
            wanted = sorted(tied - told.keys())
        return LoadedDisclosures(told, versions)

    def write(self, loaded: LoadedDisclosures, now: Disclosures) -> Write:
        """Keeps what is told now (topic -> all that was told of it), if nothing was told of any meanwhile."""
        commands: list[RedisCommand] = []
        for topic, every in now.items():
            key, version = _KEYS.hashed("disclosed", topic), loaded.versions[topic]
            commands += versioned_write(key, version, versioned(tuple(every)), self._seconds)
        guards = {_KEYS.hashed("disclosed", topic): version for topic, version in loaded.versions.items()}
        return Write(guards, commands)
