"""Live quizzes: 500 people answering beside each SDK's bare echo, and what drawing the card costs."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from bot.app.wiring import Application
from bot.platforms.slack.render import message
from bot.settings import Settings
from bot.storage.embedded import Embedded
from bot.storage.keys import LIVE
from bot.storage.sessions import SessionStore
from dialogs.core.session_model import Actor, ChannelReference, LiveSession, QuizPlan
from dialogs.sessions.cards import live_card
from dialogs.sessions.gate import gate
from knowledge import Knowledge, load
from tools.bench.load import SECRET, TOKEN, Load
from tools.bench.running import Row, free_port, row, served
from tools.bench.size import SHORT
from tools.bench.voters import Voters

PEOPLE, CLIENTS, QUIZZES = (50, 16, 1) if SHORT else (500, 64, 4)
SECONDS = 0.5 if SHORT else 3.0
CROWDS = (5, 50) if SHORT else (5, 50, 500)
DRAWINGS = 5 if SHORT else 100


def measure(console: Console) -> list[Row]:
    """Print the tables; rows for ``bench.json``."""
    return [*_answers(console), *_drawing(console)]


def _answers(console: Console) -> list[Row]:
    table = Table(
        f"answers of {PEOPLE} people, {CLIENTS} at once", "/s", "p50 ms", "p95 ms", "p99 ms", "ratio"
    )
    rows = list[Row]()
    for platform in ("slack", "teams"):
        took, rate = asyncio.run(_ours(platform))
        peer = f"{platform}-echo"
        echoed, echo_rate = asyncio.run(_echo(platform, peer))
        ratio = rate / echo_rate
        table.add_row(f"{platform}: an answer, until told", f"{rate:.0f}", *_shown(took), f"{ratio:.2f}")
        table.add_row(f"{peer}, until the reply", f"{echo_rate:.0f}", *_shown(echoed), "")
        name = f"live answers, {platform}, {PEOPLE} people"
        rows.append(row(name, rate, "answers/s", peer, ratio))
        each = zip((50, 95, 99), _percentiles(took), _percentiles(echoed), strict=True)
        for percent, ours, theirs in each:
            rows.append(row(f"{name}, p{percent}", ours * 1000, "ms", peer, ours / theirs))
    console.print(table)
    return rows


async def _ours(platform: str) -> tuple[list[float], float]:
    """Seconds of each answer, and answers a second."""
    async with Voters(platform) as voters:
        with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
            redis, port = Embedded(Path(folder)), free_port()
            env = {"PORT": str(port), "REDIS_URL": await redis.start(), "DATA_DIR": folder,
                   "QUESTIONS_PER_MINUTE": "1000000", "LOG_LEVEL": "WARNING"}  # fmt: skip
            if platform == "slack":
                env |= _slack(voters.url)
            with served([sys.executable, "-m", "bot", "run"], env, port, "0") as bot:
                took, elapsed = list[float](), 0.0
                for number in range(QUIZZES + 1):
                    times, seconds = await _quiz(voters, bot.url, f"C{number}")
                    if number:  # the first is to warm up
                        elapsed += seconds
                        took += times
            await redis.stop()
    return took, len(took) / elapsed


async def _quiz(voters: Voters, bot: str, channel: str) -> tuple[list[float], float]:
    """Seconds of each answer to one question, and of all together."""
    says, at_once = await voters.begin(bot, channel), asyncio.Semaphore(CLIENTS)

    async def one(person: int) -> float:
        async with at_once:
            return await voters.answer(bot, channel, says, person)

    start = time.perf_counter()
    times = await asyncio.gather(*(one(person) for person in range(PEOPLE)))
    return times, time.perf_counter() - start


async def _echo(platform: str, peer: str) -> tuple[list[float], float]:
    async with Load() as stub:
        port = free_port()
        command = [sys.executable, "-m", "tools.bench.peers", peer, str(port), stub.url]
        with served(command, _slack(stub.url), port, "0") as bot:
            await stub.turns(platform, bot.url, ["hello"], CLIENTS, 1.0)  # warm up
            start = time.perf_counter()
            took = await stub.turns(platform, bot.url, ["hello"], CLIENTS, SECONDS)
            return took, len(took) / (time.perf_counter() - start)


def _slack(url: str) -> dict[str, str]:
    return {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{url}/api/"}


def _percentiles(seconds: list[float]) -> tuple[float, float, float]:
    cuts = statistics.quantiles(seconds, n=100)
    return cuts[49], cuts[94], cuts[98]


def _shown(seconds: list[float]) -> list[str]:
    return [f"{second * 1000:.1f}" for second in _percentiles(seconds)]


# --- Drawing ----------------------------------------------------------------------------------------


def _drawing(console: Console) -> list[Row]:
    table = Table("drawing a live card", "participants", "calls to Redis", "ms", "bytes")
    rows = list[Row]()
    measured = asyncio.run(_drawn())
    least = measured[CROWDS[0]][1]
    for people, (calls, seconds, size) in measured.items():
        table.add_row("", str(people), str(calls), f"{seconds * 1000:.2f}", f"{size:,}")
        rows.append(
            row(
                f"drawing a live card, {people} people",
                seconds * 1000,
                "ms",
                f"{CROWDS[0]} people",
                seconds / least,
            )
        )
    console.print(table)
    return rows


async def _drawn() -> dict[int, tuple[int, float, int]]:
    """Participants -> calls to Redis, median seconds and bytes of one drawing: loaded, drawn and rendered."""
    knowledge, found = load(Path("knowledge")), dict[int, tuple[int, float, int]]()
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        redis = Embedded(Path(folder))
        service = Application(Settings(), knowledge, await redis.start())
        store = service.sessions.store
        for people in CROWDS:
            id = f"CDFGHJK{people:05d}".replace("0", "C").replace("5", "D")
            await _begun(store, id, knowledge)
            await asyncio.gather(
                *(store.vote(id, 1, "ab"[n % 2], f"slack:T1/U{n}", f"U{n}") for n in range(people))
            )
            times, size, trips = list[float](), 0, service.connection.trips
            for _ in range(DRAWINGS):
                start = time.perf_counter()
                session = await store.load(id)
                assert session.state is not None
                assert session.tally.answered == people
                size = len(msgspec.json.encode(message(live_card(session.state, session.tally, knowledge))))
                times.append(time.perf_counter() - start)
            found[people] = ((service.connection.trips - trips) // DRAWINGS, statistics.median(times), size)
        await service.connection.close()
        await redis.stop()
    return found


async def _begun(store: SessionStore, id: str, knowledge: Knowledge) -> None:
    """Keep a quiz of one question that is open."""
    question = next(question.id for question in knowledge.quiz.questions if question.kind == "single")
    reference, host = ChannelReference("slack:T1", "C1", "slack", {"channel": "C1"}), Actor("slack:T1/U1")
    state = LiveSession(id, "CCCC", "quiz", host, datetime.now(UTC), (reference,), quiz=QuizPlan((question,)))
    write = await store.write(state, "", gate(state, knowledge), erase=False)
    await store.commits.commit(LIVE + id, write)
