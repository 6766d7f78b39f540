"""The playground's memory: what was said, the files and the moved clock, in a file under the data folder.

It stands for what Slack and Teams themselves remember; what Sharewise remembers is in its own store.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import structlog

from playground.connector import TeamsMemory
from playground.crowd import CrowdMemory
from playground.crowd_duties import DutiesMemory
from playground.mailbox import Mail
from playground.slack_api import SlackMemory

VERSION = 1
"""Of the file's shape. A file of another version is set aside."""
NAME = "playground.msgpack"
ASIDE = "playground.msgpack.unread"
"""Where a file goes that can't be read; the last such one is kept."""
PAUSE = 1.0
"""Seconds for which changes are gathered before they are written: what a kill loses at most."""

_log = structlog.get_logger()
_pack = msgspec.msgpack.Encoder().encode


class PlaygroundMemory(msgspec.Struct):
    """All that is kept."""

    version: int
    ahead: float
    """Seconds that the playground's clock is ahead of the world's."""
    slack: SlackMemory
    teams: TeamsMemory
    crowd: CrowdMemory
    duties: DutiesMemory
    mails: list[Mail] = []


class _Header(msgspec.Struct):
    version: int


class MemoryFile:
    """The file, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def read(self) -> PlaygroundMemory | None:
        """What it holds; None where there is none, or none that can be read, which is set aside and said."""
        try:
            packed = self.path.read_bytes()
            version = msgspec.msgpack.decode(packed, type=_Header).version
            if version == VERSION:
                return msgspec.msgpack.decode(packed, type=PlaygroundMemory)
            reason = f"version {version}"
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            reason = type(error).__name__
        aside = self.path.with_name(ASIDE)
        try:
            self.path.replace(aside)
        except OSError:
            aside = self.path
        _log.warning(
            "the playground begins anew: its memory can't be read", set_aside=str(aside), reason=reason
        )
        return None

    def write(self, packed: bytes) -> None:
        """Put ``packed`` in the file's place, whole or not at all. Raises OSError."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self.path.with_name(f"{NAME}.{os.getpid()}")
        try:
            with beside.open("wb") as file:
                os.chmod(beside, 0o600)
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)


class Keeper:
    """Writes what ``gather`` gives soon after it changed, and beside what else is done."""

    def __init__(self, file: MemoryFile, gather: Callable[[], PlaygroundMemory]) -> None:
        self.file, self._gather = file, gather
        self._changed = False
        self._waiting: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()

    def changed(self) -> None:
        """Something changed."""
        self._changed = True
        if self._waiting is None or self._waiting.done():
            self._waiting = asyncio.create_task(self._soon())

    async def keep(self) -> None:
        """Write what has changed, if anything has, now."""
        async with self._writing:
            if not self._changed:
                return
            self._changed = False
            try:
                await asyncio.to_thread(self.file.write, _pack(self._gather()))
            except (OSError, ValueError, TypeError) as error:
                _log.warning("the playground's memory can't be written", reason=type(error).__name__)

    async def stop(self) -> None:
        """Write what has changed, and wait no more."""
        if self._waiting is not None:
            self._waiting.cancel()
            await asyncio.gather(self._waiting, return_exceptions=True)
        await self.keep()

    async def _soon(self) -> None:
        await asyncio.sleep(PAUSE)
        while self._changed:
            await self.keep()
            await asyncio.sleep(PAUSE)
