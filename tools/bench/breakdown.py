"""Where a turn's time goes: each step on its own, in one process, with a real Valkey."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from bot.platforms.ports import InboundEvent, OutboxMessage
from bot.platforms.slack.render import message as render_slack
from bot.platforms.teams.render import message as render_teams
from bot.storage.connection import Connection
from bot.storage.conversations import ConversationStore
from bot.storage.embedded import Embedded
from dialogs import decide
from dialogs.core.events import Place, Speaker, Utterance
from dialogs.core.model import World
from knowledge import load
from tools.bench.size import SHORT

TURNS = 20 if SHORT else 400
QUESTION = "do we really need the chief exec's backing from day one"


def measure(console: Console) -> list[dict[str, Any]]:
    """Print the table; rows for ``bench.json`` (milliseconds, medians)."""
    steps = asyncio.run(_steps())
    table = Table("where a turn's time goes, one at a time", "median ms")
    for name, milliseconds in steps.items():
        table.add_row(name, f"{milliseconds:.3f}")
    console.print(table)
    return [
        {"name": f"step: {name}", "value": value, "unit": "ms", "against": "", "ratio": None}
        for name, value in steps.items()
    ]


async def _steps() -> dict[str, float]:
    knowledge = load(Path("knowledge"))
    now = datetime.now(UTC)
    speaker, place = Speaker("slack:T1/U1"), Place("slack", "direct")
    world = World(now=now, speaker=speaker, place=place, knowledge=knowledge)
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        server = Embedded(Path(folder))
        connection = Connection(await server.start())
        memory = ConversationStore(connection, 90)
        loaded = await memory.load(_inbound(0))
        decision = decide(loaded.state, Utterance(QUESTION), world)
        message = OutboxMessage(
            id="1-0",
            platform="slack",
            to={"channel": "D1"},
            reply=decision.replies[0],
            speaker="slack:T1/U1",
            at=now.timestamp(),
        )
        encode, read = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(OutboxMessage).decode
        stored = encode(message)

        async def commit(number: int) -> None:
            inbound = _inbound(number)
            loaded = await memory.load(inbound)
            write = memory.write(str(number), inbound, loaded, decision, now)
            await memory.commits.commit(
                inbound.tenant,
                write,
                idempotency_keys=inbound.idempotency_keys,
                messages={inbound.conversation: [message]},
            )

        steps = {
            "load (Redis)": await _timed(lambda number: memory.load(_inbound(number))),
            "load and commit (Redis)": await _timed(commit),
            "match": _plainly(lambda: knowledge.match(QUESTION)),
            "decide (match included)": _plainly(lambda: decide(loaded.state, Utterance(QUESTION), world)),
            "outbox message, written and read": _plainly(lambda: read(encode(message))),
            "render for Slack": _plainly(lambda: render_slack(read(stored).reply)),
            "render for Teams": _plainly(lambda: render_teams(read(stored).reply)),
        }
        await connection.close()
        await server.stop()
        return steps


def _inbound(number: int) -> InboundEvent:
    to = {"channel": f"D{number}"}
    return InboundEvent(
        event=Utterance(QUESTION),
        speaker="slack:T1/U1",
        place=Place("slack", "direct"),
        tenant="slack:T1",
        conversation=f"D{number}",
        idempotency_keys=(f"m:{number}",),
        to=to,
        private_to=to,
        note_to=to,
    )


async def _timed(step: Callable[[int], Awaitable[object]]) -> float:
    times = []
    for number in range(TURNS):
        start = time.perf_counter()
        await step(number)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _plainly(step: Callable[[], object]) -> float:
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
