"""Where a platform's folder keeps what it was trusted with, such as the tokens of workspaces."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol


class Vault(Protocol):
    """Keeps secrets by name, encrypted, for all processes.

    Every method may raise Unavailable where memory is away, and Revoked where none of our keys opens what is
    kept.
    """

    async def get(self, name: str) -> bytes | None:
        """A secret; None where there is none."""

    async def put(self, name: str, secret: bytes) -> None:
        """Keep a secret until it is dropped."""

    async def drop(self, name: str) -> bool:
        """Keep it no longer; whether it was there."""

    async def names(self) -> list[str]:
        """Of all that are kept."""

    def turn(self, name: str) -> AbstractAsyncContextManager[None]:
        """Be the only one, of all processes, who changes a secret."""

    async def lend(self, mark: str, seconds: int) -> None:
        """Remember a mark for so long, to be given back once."""

    async def given_back(self, mark: str) -> bool:
        """Whether the mark was lent; not a second time."""
