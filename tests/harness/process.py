"""A running Sharewise, as a process of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

import aiohttp

from tests.harness.http import free_port
from tests.harness.knowledge import data_folder, fitted_folder


class Process:
    """``python -m bot …`` with settings of its own; ``async with`` ends it whatever happens.

    It starts as if it had been started before: the matcher is fitted already, which takes five seconds.
    """

    def __init__(self, *command: str, **settings: str) -> None:
        self.command = command or ("run",)
        self.port = int(settings.setdefault("PORT", str(free_port())))
        self.url = f"http://127.0.0.1:{self.port}"
        if self.command[0] in ("run", "web", "worker"):
            data = Path(settings.setdefault("DATA_DIR", str(data_folder())))
            with suppress(OSError):  # one that can't be written to
                shutil.copytree(fitted_folder(), data / "matcher", dirs_exist_ok=True)
        self.settings = settings
        self.output = ""
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Process:
        await self.launch()
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.interrupt()

    async def launch(self) -> None:
        """Start it; don't wait."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *self.command),
            env={"PATH": os.environ["PATH"], **self.settings},
            cwd=Path(__file__).parents[2],
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )

    async def ready(self) -> None:
        """Wait until it says that it is ready."""
        await self.line("ready at")
        self._reading = asyncio.create_task(self._read())

    async def line(self, words: str, seconds: float = 60) -> None:
        """Wait for a line that says ``words``."""
        assert self._process is not None
        assert self._process.stdout is not None
        said = ""
        async with asyncio.timeout(seconds):
            while words not in said:
                said = (await self._process.stdout.readline()).decode()
                assert said, f"it ended: {self.output}"
                self.output += said

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self.output += (await self._process.stdout.read()).decode()

    async def ended(self) -> int:
        """Wait until it ends by itself; its exit status."""
        assert self._process is not None
        async with asyncio.timeout(60):
            if "ready at" in self.output:
                await self._reading
            else:
                await self._read()
            return await self._process.wait()

    async def interrupt(self) -> int:
        """Ctrl-C, to it and all that it started in its group; its exit status."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGINT)
        return await self.ended()

    async def kill(self) -> None:
        """kill -9, to it alone."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()


async def status(url: str, **request: object) -> int:
    """The status with which ``url`` answers; POST where ``data`` or ``json`` is given."""
    method = "POST" if {"data", "json"} & set(request) else "GET"
    async with aiohttp.ClientSession() as session, session.request(method, url, **request) as response:  # type: ignore[arg-type]
        return response.status
