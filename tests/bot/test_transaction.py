"""The one transaction, on a real Valkey: decided from what is there, kept once, tried again a few times."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import msgspec
import pytest

from bot.app.transaction import MOST_CONFLICTS, Busy, Change, Messages, TransactionRunner, turn_of
from bot.observability.metrics import Metrics
from bot.platforms.ports import OutboxMessage
from bot.storage.connection import Connection
from bot.storage.conversations import ConversationStore
from bot.storage.keys import Keys
from bot.storage.transactions import Write
from dialogs.core.jobs import ForgetEverywhere, Job
from dialogs.core.replies import Reply, Text

PARTITION = "slack:T1"
KEYS = Keys(PARTITION)
COUNTER = KEYS.key("board", "counter")


class Counted(msgspec.Struct, frozen=True):
    """A count as loaded."""

    count: int
    seen: bool = False


class Counter:
    """A partition that holds a number; each event makes it one more."""

    def __init__(self, url: str) -> None:
        self.connection, self.metrics = Connection(url), Metrics()
        self.delivered: list[tuple[str, Messages]] = []
        store = ConversationStore(self.connection, 90)
        self.transaction = TransactionRunner(store.commits, self._deliver, self.metrics)
        self.interruptions = 0
        """How many of the next loads see another event come in between."""

    def _deliver(self, partition: str, messages: Messages, before: Mapping[str, int]) -> None:
        self.delivered.append((partition, messages))

    async def add(self, key: str) -> str:
        """One more, unless what ``key`` names has happened."""
        turn = turn_of(PARTITION, key)

        async def load() -> Counted:
            count = int(await self.connection.call("HGET", COUNTER, "v") or 0)
            seen = bool(await self.connection.call("EXISTS", KEYS.hashed("mark", key)))
            if self.interruptions:
                self.interruptions -= 1
                await self.connection.call("HINCRBY", COUNTER, "v", 1)
            return Counted(count, seen)

        async def decide(loaded: Counted) -> Change[str]:
            write = Write({COUNTER: str(loaded.count or "")}, [("HSET", COUNTER, "v", loaded.count + 1)])
            reply = OutboxMessage(turn.names(0), "slack", {}, Reply((Text("One more."),)))
            jobs = [Job(PARTITION, ForgetEverywhere("slack:T1/U1"), key="job")]
            return Change(f"now {loaded.count + 1}", write, messages={"D1": [reply]}, jobs=jobs)

        return await self.transaction.run(turn, load, decide, seen="seen")

    async def count(self) -> int:
        return int(await self.connection.call("HGET", COUNTER, "v") or 0)

    def conflicts(self) -> float:
        return self.metrics.registry.get_sample_value("sharewise_conflicts_total") or 0.0


@pytest.fixture
async def counter(redis_url: str) -> AsyncIterator[Counter]:
    counter = Counter(redis_url)
    yield counter
    await counter.connection.close()


async def test_what_was_decided_is_kept_and_delivered(counter: Counter) -> None:
    assert await counter.add("first") == "now 1"
    assert await counter.count() == 1
    [(partition, messages)] = counter.delivered
    assert partition == PARTITION
    turn = turn_of(PARTITION, "first").id
    assert {queue: [message.id for message in some] for queue, some in messages.items()} == {
        "D1": [f"{turn}-0"],
        "errands": [f"{turn}-job-0"],
    }


async def test_an_event_happens_once(counter: Counter) -> None:
    await counter.add("first")
    assert await counter.add("first") == "seen"
    assert await counter.count() == 1
    assert len(counter.delivered) == 1


async def test_it_is_decided_again_from_what_is_there_then(counter: Counter) -> None:
    counter.interruptions = 2
    assert await counter.add("first") == "now 3"
    assert counter.conflicts() == 2


async def test_too_many_conflicts_end_it(counter: Counter) -> None:
    counter.interruptions = MOST_CONFLICTS
    with pytest.raises(Busy):
        await counter.add("first")
    assert counter.conflicts() == MOST_CONFLICTS
    assert not counter.delivered
    assert await counter.add("first") == f"now {MOST_CONFLICTS + 1}", "it has not happened yet"
