"""Secrets that platforms trusted us with, encrypted at rest under keys from the environment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.platforms.ports import Revoked, Unavailable
from bot.settings import Settings
from bot.storage.connection import Arg, Connection, MemoryAway, Script
from bot.storage.keys import INSTALLATIONS, Keys, retention

UNDECIPHERABLE = "undecipherable"
REMEDY = "Put the key under which it was kept back into ENCRYPTION_KEYS, or install the app there once more."
PAUSE_SECONDS, LONGEST_SECONDS = 0.1, 30.0
"""How often somebody looks whether their turn has come, and how long they wait for it."""


class EncryptedVault:
    """``bot.platforms.vault.Vault`` in Redis."""

    def __init__(self, connection: Connection, keys: Sequence[str], seconds: Mapping[str, int]) -> None:
        """``keys``: Fernet's, the first for writing, all for reading; ``seconds``: by kind of key."""
        self._connection, self._seconds = connection, seconds
        self._cipher = MultiFernet([Fernet(key) for key in keys])
        self._names, self._all = Keys(INSTALLATIONS), Keys(INSTALLATIONS).key("installation", "all")
        self._release = Script("release")

    @classmethod
    def of(cls, settings: Settings, connection: Connection) -> EncryptedVault | None:
        """That of the settings; None where they have no keys."""
        keys = [key.get_secret_value() for key in settings.encryption_keys]
        seconds = {kind: kept.seconds or 0 for kind, kept in retention(settings.retention_days).items()}
        return cls(connection, keys, seconds) if keys else None

    async def get(self, name: str) -> bytes | None:
        """See ``Vault``."""
        kept = await self._call("HGET", self._all, name)
        if kept is None:
            return None
        try:
            return self._cipher.decrypt(kept)
        except InvalidToken:
            raise Revoked(UNDECIPHERABLE, REMEDY) from None

    async def put(self, name: str, secret: bytes) -> None:
        """See ``Vault``."""
        await self._call("HSET", self._all, name, self._cipher.encrypt(secret))

    async def drop(self, name: str) -> bool:
        """See ``Vault``."""
        return bool(await self._call("HDEL", self._all, name))

    async def names(self) -> list[str]:
        """See ``Vault``."""
        return sorted(name.decode() for name in await self._call("HKEYS", self._all))

    async def rotate(self) -> tuple[int, list[str]]:
        """Encrypt everything under the first key; how many that are, and the names of what no key opens."""
        done, shut = 0, list[str]()
        for name in await self.names():
            async with self.turn(name):
                kept = await self._call("HGET", self._all, name)
                if kept is None:
                    continue
                try:
                    await self._call("HSET", self._all, name, self._cipher.rotate(kept))
                    done += 1
                except InvalidToken:
                    shut.append(name)
        return done, shut

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """See ``Vault``. Whoever dies in the middle holds the others up for as long as a lock is kept."""
        key, token = self._names.key("installing", name), uuid4().hex
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                while not await self._call("SET", key, token, "NX", "EX", self._seconds["installing"]):  # noqa: ASYNC110
                    await asyncio.sleep(PAUSE_SECONDS)
        except TimeoutError:
            raise Unavailable("busy") from None
        try:
            yield
        finally:
            with suppress(MemoryAway):  # then it ends by itself
                await self._connection.run(self._release, [key], [token])

    async def lend(self, mark: str, seconds: int) -> None:
        """See ``Vault``."""
        await self._call("SET", self._names.key("lent", mark), "", "EX", seconds)

    async def given_back(self, mark: str) -> bool:
        """See ``Vault``."""
        return bool(await self._call("DEL", self._names.key("lent", mark)))

    async def _call(self, *command: Arg) -> Any:
        try:
            return await self._connection.call(*command)
        except MemoryAway:
            raise Unavailable("memory") from None
