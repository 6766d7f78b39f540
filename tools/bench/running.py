"""Bots in processes of their own, for the benchmarks, and the rows of ``bench.json``."""

from __future__ import annotations

import math
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

Row = dict[str, Any]


def row(name: str, value: float, unit: str, against: str = "", ratio: float | None = None) -> Row:
    """One line of ``bench.json``."""
    return {"name": name, "value": value, "unit": unit, "against": against, "ratio": ratio}


class Served(NamedTuple):
    """A bot in a process of its own."""

    url: str
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """What it has used so far; NaN where the system doesn't tell (it is Linux that does)."""
        try:
            return time.clock_gettime(~self.process.pid << 3 | 2)  # clock_getcpuclockid(3)
        except OSError:
            return math.nan


@contextmanager
def served(command: list[str], env: dict[str, str], port: int, cores: str) -> Iterator[Served]:
    """A bot in a process of its own, up and answering; ended by its id."""
    process = subprocess.Popen(
        ["taskset", "-c", cores, *command] if os.path.exists("/usr/bin/taskset") else command,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(2400):  # it learns first, for which a busy machine takes its time
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.05)
        yield Served(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
