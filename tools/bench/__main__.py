"""``make bench``: turns and matching against their peers in the same run; writes ``bench.json``.

``--short`` runs all of it in a minute, so that it can't rot; its figures mean nothing and aren't written.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.storage.embedded import Embedded
from tools.bench import breakdown, matching, reminders, sessions
from tools.bench.load import SECRET, TOKEN, Load
from tools.bench.running import Row, free_port, row, served
from tools.bench.size import SHORT

ROUNDS = 1 if SHORT else 3
SECONDS = 0.5 if SHORT else 3.0
QUESTIONS = (
    "do we really need the chief exec's backing from day one",
    "how many partners should we have",
    "which models tend to fail?",
    "can a council share with the NHS",
    "what is market conditioning",
    "scope keeps changing",
    "CSFs?",
    "should we share payroll",
)


def rate(variant: str, platform: str, clients: int, delay: float = 0.0) -> float:
    """Turns a second of one variant, over one short run."""

    async def measure() -> float:
        async with Load(delay) as load:
            port = free_port()
            slack = {
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": f"{load.url}/api/",
            }
            with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
                # Ours has its memory in a process of its own, like the platform: it is not the bot's core.
                redis = Embedded(Path(folder))
                env = {
                    "PORT": str(port),
                    "REDIS_URL": await redis.start(),
                    "DATA_DIR": folder,
                    "QUESTIONS_PER_MINUTE": "1000000",
                    "LOG_LEVEL": "WARNING",
                }
                if variant == "sharewise":
                    command = [sys.executable, "-m", "bot", "run"]
                    env |= slack if platform == "slack" else {}
                else:
                    command = [sys.executable, "-m", "tools.bench.peers", variant, str(port), load.url]
                    env |= slack
                with served(command, env, port, "0") as bot:
                    await load.turns(platform, bot, QUESTIONS, clients, SECONDS / 3)  # warm up
                    start = time.perf_counter()
                    times = await load.turns(platform, bot, QUESTIONS, clients, SECONDS)
                    elapsed = time.perf_counter() - start
                await redis.stop()
                return len(times) / elapsed

    return asyncio.run(measure())


COMPARISONS = (
    # name, platform, clients, platform's delay, ours against which peer, floor
    ("Slack turn", "slack", 16, 0.0, "slack-echo", 0.5),
    ("Teams turn", "teams", 16, 0.0, "teams-echo", 5.0),
    ("Teams turn", "teams", 16, 0.0, "teams-echo-cached", 1.5),
    ("Teams turn, 100 ms connector", "teams", 64, 0.1, "teams-echo", 6.0),
)


def main() -> None:
    """Run everything, print the tables, write ``bench.json``."""
    console, rows = Console(), list[Row]()
    table = Table("turns, end to end", "clients", "ours /s", "peer", "peer /s", "ratio", "floor")
    for name, platform, clients, delay, peer, floor in track(COMPARISONS, "turns", transient=True):
        pairs = [
            (rate("sharewise", platform, clients, delay), rate(peer, platform, clients, delay))
            for _ in range(ROUNDS)
        ]
        ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        rows.append(row(f"{name}, {clients} clients", ours, "turns/s", peer, ratio))
        table.add_row(name, str(clients), f"{ours:.0f}", peer, f"{theirs:.0f}", f"{ratio:.2f}", f"{floor:g}")
    console.print(table)
    rows += sessions.measure(console)
    rows += reminders.measure(console)
    rows += matching.measure(console)
    rows += breakdown.measure(console)
    if SHORT:
        return  # too short to be a figure
    written = Path("bench.json")
    known = json.loads(written.read_text(encoding="utf-8")) if written.exists() else []
    rows += [kept for kept in known if kept["name"].startswith("bench-matching: ")]
    written.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    console.print("written: bench.json")


if __name__ == "__main__":
    main()
