"""A start, and how much memory one process takes: with the playground, and for Slack alone."""

from __future__ import annotations

import asyncio
import math
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.storage.embedded import Embedded
from tools.bench.load import SECRET, TOKEN
from tools.bench.running import Row, free_port, row, served

KINDS = (
    # name, further settings, MiB at most
    ("with the playground", dict[str, str](), 140),
    ("Slack alone", {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}, 120),
)
MOST_SECONDS = 1.2
_MIB = 1024
"""In the kernel's kB."""


def measure(console: Console) -> list[Row]:
    """The second start on one folder: the first learns from the examples, and keeps what it has learnt."""
    table = Table("second start", "ready, s", "CPU, s", "at most, s", "resident, MiB", "at most, MiB")
    rows = list[Row]()
    for name, settings, most in KINDS:
        seconds, cpu, resident = asyncio.run(_second(settings))
        figures = [f"{seconds:.2f}", f"{cpu:.2f}", f"{MOST_SECONDS:g}", f"{resident:.0f}", str(most)]
        table.add_row(name, *figures)
        rows.append(row(f"second start, {name}", seconds, "s"))
        rows.append(row(f"resident memory, {name}", resident, "MiB"))
    console.print(table)
    return rows


async def _second(settings: dict[str, str]) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        redis = Embedded(Path(folder))
        env = {"REDIS_URL": await redis.start(), "DATA_DIR": folder, "LOG_LEVEL": "WARNING", **settings}
        figures = (math.nan, math.nan, math.nan)
        for _ in range(2):
            port, began = free_port(), time.perf_counter()
            with served([sys.executable, "-m", "bot", "run"], env | {"PORT": str(port)}, port, "0") as bot:
                figures = (time.perf_counter() - began, bot.cpu_seconds(), _resident(bot.process.pid))
        await redis.stop()
        return figures


def _resident(pid: int) -> float:
    """MiB; NaN where the system doesn't tell."""
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return math.nan
    return int(told.partition("VmRSS:")[2].split()[0]) / _MIB
