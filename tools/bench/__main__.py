"""``make bench``: turns and matching against their peers in the same run; writes ``bench.json``.

``--short`` runs all of it in a minute, so that it can't rot; its figures mean nothing and aren't written.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.storage.embedded import Embedded
from knowledge.base import OWN_FOLDER, read
from tools.bench import breakdown, matching, reminders, sessions, starting
from tools.bench.load import SECRET, TOKEN, Load
from tools.bench.running import Row, free_port, row, served
from tools.bench.size import SHORT

ROUNDS = 1 if SHORT else 3
SECONDS = 0.5 if SHORT else 3.0
QUESTIONS = 1_000


class Speed(NamedTuple):
    """Of one variant, over one short run."""

    turns: float
    """A second."""
    cpu: float
    """Microseconds of processor time a turn."""


def different_questions() -> list[str]:
    """So many that none comes again before it is forgotten: a memory of the last ones must be no gain."""
    examples = [question for lesson in read(OWN_FOLDER)[1].lessons.values() for question in lesson.questions]
    return random.Random(1).sample(examples, QUESTIONS)


def speed(variant: str, platform: str, questions: Sequence[str], clients: int, delay: float = 0.0) -> Speed:
    """``delay``: seconds that the platform takes to answer a post."""

    async def measure() -> Speed:
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
                    await load.turns(platform, bot.url, questions, clients, SECONDS / 3)  # warm up
                    start, used = time.perf_counter(), bot.cpu_seconds()
                    turns = len(await load.turns(platform, bot.url, questions, clients, SECONDS))
                    elapsed, used = time.perf_counter() - start, bot.cpu_seconds() - used
                await redis.stop()
                return Speed(turns / elapsed, used / turns * 1e6)

    return asyncio.run(measure())


COMPARISONS = (
    # name, platform, clients, platform's delay, ours against which peer, floor
    ("Slack turn", "slack", 16, 0.0, "slack-echo", 0.75),
    ("Teams turn", "teams", 16, 0.0, "teams-echo", 8.0),
    ("Teams turn", "teams", 16, 0.0, "teams-echo-cached", 2.0),
    ("Teams turn, 100 ms connector", "teams", 64, 0.1, "teams-echo", 6.0),
)
"""Ratios are of processor time, which says the same on a busy machine; of turns a second where a slow
platform is waited for."""


def main() -> None:
    """Run everything, print the tables, write ``bench.json``."""
    console, rows = Console(), list[Row]()
    table = Table(
        "turns, end to end", "clients", "ours /s", "CPU µs", "peer", "peer /s", "CPU µs", "ratio", "floor"
    )
    questions = different_questions()
    for name, platform, clients, delay, peer, floor in track(COMPARISONS, "turns", transient=True):
        pairs = [
            [speed(variant, platform, questions, clients, delay) for variant in ("sharewise", peer)]
            for _ in range(ROUNDS)
        ]
        ours, theirs = (
            [statistics.median(column) for column in zip(*runs, strict=True)]
            for runs in zip(*pairs, strict=True)
        )
        ratio = statistics.median(a.turns / b.turns if delay else b.cpu / a.cpu for a, b in pairs)
        rows.append(row(f"{name}, {clients} clients", ours[0], "turns/s", peer, ratio))
        figures = [f"{figure:.0f}" for figure in (*ours, *theirs)]
        table.add_row(name, str(clients), *figures[:2], peer, *figures[2:], f"{ratio:.2f}", f"{floor:g}")
    console.print(table)
    rows += starting.measure(console)
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
