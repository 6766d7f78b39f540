"""The outbox: in order, once, and by another process where one died."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.delivery.outbox import Outbox
from bot.observability.metrics import Metrics
from bot.platforms.known import PLATFORMS
from bot.platforms.ports import (
    JOBS,
    DeliveryNote,
    IllFormed,
    OutboxMessage,
    Unavailable,
    Undeliverable,
    Wait,
)
from bot.storage.conversations import ConversationStore
from bot.storage.job_strips import job_without
from bot.storage.keys import ACTIVE, PARTITIONS, Keys
from bot.storage.person_strips import Whom
from bot.storage.transactions import Committed
from dialogs.core.jobs import Job, SendReply
from dialogs.core.model import Decision, State
from dialogs.core.replies import Asked, Reply, Text
from tests.bot.arrivals import Recorder, said

TENANT, QUEUE = "slack:T1", "D1"


def process(memory: ConversationStore, sender: Recorder) -> Outbox:
    """A process of its own: its lease token differs from the others'."""
    return Outbox(
        ConversationStore(memory.connection, retention_days=90), {"slack": sender}, Metrics(), PLATFORMS
    )


async def commit(
    memory: ConversationStore,
    delivery: Outbox,
    *texts: str,
    message: str,
    then: DeliveryNote | None = None,
) -> tuple[list[OutboxMessage], Committed]:
    """Commit a turn that replies ``texts``; deliver nothing yet."""
    inbound = said("?", message=message)
    messages = [
        OutboxMessage(
            f"{message}-{n}", "slack", inbound.to, Reply((Text(text),), asked=Asked("?", None, "none")),
            speaker=inbound.speaker, at=0.0, then=None if n else then)
        for n, text in enumerate(texts)
    ]  # fmt: skip
    loaded = await memory.load(inbound)
    now = datetime.now(UTC)
    write = memory.write(message, inbound, loaded, Decision(State()), now)
    own = delivery.memory.commits
    done = await own.commit(
        TENANT, write, idempotency_keys=inbound.idempotency_keys, messages={QUEUE: messages}
    )
    assert done.outcome == "ok"
    return messages, done


async def outbox(memory: ConversationStore) -> int:
    return int(await memory.connection.call("LLEN", Keys(TENANT).key("outbox", QUEUE)))


async def expire_lease(memory: ConversationStore) -> None:
    """What time does to the lease of a process that died."""
    keys = Keys(TENANT)
    await memory.connection.call("DEL", keys.key("lease", QUEUE))
    await memory.connection.call("ZADD", keys.due, 0, QUEUE)


async def settled(memory: ConversationStore) -> None:
    """Until nothing is left in the queue."""
    async with asyncio.timeout(20):
        lease = Keys(TENANT).key("lease", QUEUE)
        while await outbox(memory) or await memory.connection.call("EXISTS", lease):  # noqa: ASYNC110 (in Redis)
            await asyncio.sleep(0.01)


async def test_replies_leave_in_order_and_are_struck_off(memory: ConversationStore) -> None:
    sender = Recorder()
    delivery = process(memory, sender)
    messages, done = await commit(memory, delivery, "one", "two", "three", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    assert await sender.sent(3) == ["one", "two", "three"]
    await settled(memory)
    await delivery.sweep_once()
    assert len(sender.messages) == 3


async def test_a_sent_message_leaves_a_receipt_of_what_it_answered(memory: ConversationStore) -> None:
    sender = Recorder()
    delivery = process(memory, sender)
    messages, done = await commit(memory, delivery, "one", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    await sender.sent(1)
    await settled(memory)
    pressed = await memory.load(said("helpful", message="2", about="D1:1-0"))
    assert pressed.about == Asked("?", None, "none")


async def test_what_a_dead_process_committed_is_sent_by_another(memory: ConversationStore) -> None:
    dead, alive = Recorder(), Recorder()
    await commit(memory, process(memory, dead), "one", "two", message="1")
    heir = process(memory, alive)
    await heir.sweep_once()
    assert alive.messages == [], "the lease still protects it"

    await expire_lease(memory)
    await heir.sweep_once()
    assert await alive.sent(2) == ["one", "two"]
    await settled(memory)
    assert dead.messages == []


async def test_rows_behind_another_process_are_left_to_it_in_order(memory: ConversationStore) -> None:
    first, second = Recorder(), Recorder()
    slow, quick = process(memory, first), process(memory, second)
    messages, done = await commit(memory, slow, "one", message="1")
    later, behind = await commit(memory, quick, "two", message="2")
    assert behind.before == {QUEUE: -1}
    quick.committed(TENANT, {QUEUE: later}, behind.before)
    slow.committed(TENANT, {QUEUE: messages}, done.before)
    assert await first.sent(2) == ["one", "two"]
    await settled(memory)
    assert second.messages == []


async def test_what_was_left_behind_goes_before_new_replies(memory: ConversationStore) -> None:
    sender = Recorder()
    await commit(memory, process(memory, Recorder()), "old", message="1")
    await expire_lease(memory)
    delivery = process(memory, sender)
    messages, done = await commit(memory, delivery, "new", message="2")
    assert done.before == {QUEUE: 1}
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    assert await sender.sent(2) == ["old", "new"]
    await settled(memory)


async def test_a_refused_reply_does_not_hold_up_the_next(memory: ConversationStore) -> None:
    sender = Recorder(Undeliverable("channel_not_found"))
    delivery = process(memory, sender)
    messages, done = await commit(memory, delivery, "one", "two", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    assert await sender.sent(1) == ["two"]
    await settled(memory)


async def test_a_reply_that_the_platform_cannot_take_now_is_sent_later(memory: ConversationStore) -> None:
    sender = Recorder(Unavailable("http_500"))
    delivery = process(memory, sender)
    messages, done = await commit(memory, delivery, "one", "two", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    await delivery.settled()
    assert sender.messages == []
    await expire_lease(memory)
    await delivery.sweep_once()
    assert await sender.sent(2) == ["one", "two"]
    await settled(memory)


async def test_a_second_message_waits_too_while_the_platform_asks_us_to(memory: ConversationStore) -> None:
    sender = Recorder(Unavailable("429", 90.0))
    delivery = process(memory, sender)
    rows, done = await commit(memory, delivery, "one", message="1")
    delivery.committed(TENANT, {QUEUE: rows}, done.before)
    await delivery.settled()
    more, behind = await commit(memory, delivery, "two", message="2")
    assert behind.before == {QUEUE: -1}
    delivery.committed(TENANT, {QUEUE: more}, behind.before)
    await delivery.sweep_once()
    await delivery.settled()
    assert sender.messages == []
    await expire_lease(memory)  # as ninety seconds would
    await delivery.sweep_once()
    assert await sender.sent(2) == ["one", "two"]
    await settled(memory)


async def test_a_sweep_costs_one_call_however_many_tenants_and_sessions_are_idle(
    memory: ConversationStore,
) -> None:
    call, delivery = memory.connection.call, process(memory, Recorder())
    idle = [f"slack:T{number}" for number in range(300)]
    await call("SADD", PARTITIONS, *idle)
    await call("ZADD", ACTIVE, *(part for name in idle for part in (1, name)))  # marked long ago
    await delivery.sweep_once()  # a process's first looks at all
    await delivery.sweep_once()
    before = memory.connection.trips
    await delivery.sweep_once()
    assert memory.connection.trips - before == 1


async def test_what_waits_is_found_however_long_ago_its_tenant_was_marked(memory: ConversationStore) -> None:
    call, dead, alive = memory.connection.call, Recorder(), Recorder()
    heir = process(memory, alive)
    await heir.sweep_once()
    await commit(memory, process(memory, dead), "one", message="1")
    for _ in range(3):  # as if minutes lay between them
        await heir.sweep_once()
        await call("ZADD", ACTIVE, "XX", 1, TENANT)
    await expire_lease(memory)
    await heir.sweep_once()
    assert await alive.sent(1) == ["one"]
    await settled(memory)
    for _ in range(3):
        await heir.sweep_once()
        await call("ZADD", ACTIVE, "XX", 1, TENANT)
    assert await call("ZCARD", ACTIVE) == 0, "nothing waits there any more"
    await commit(memory, process(memory, dead), "two", message="2")
    await expire_lease(memory)
    await heir.sweep_once()
    assert await alive.sent(2) == ["one", "two"]
    await settled(memory)


FOLLOW_UP = DeliveryNote({"channel": "C1"}, "It is there.", "It couldn't be sent.")


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ([], ["alone", "It is there.", "more"]),
        ([Undeliverable("messages_tab_disabled")], ["It couldn't be sent.", "more"]),
        ([Unavailable("http_500")], ["alone", "It is there.", "more"]),
    ],
    ids=["taken", "refused", "taken later"],
)
async def test_what_is_said_of_a_message_is_said_once_its_fate_is_known(
    memory: ConversationStore, faults: list[Exception], said: list[str]
) -> None:
    sender = Recorder(*faults)
    delivery = process(memory, sender)
    rows, done = await commit(memory, delivery, "alone", "more", message="1", then=FOLLOW_UP)
    delivery.committed(TENANT, {QUEUE: rows}, done.before)
    await delivery.settled()
    if len(sender.messages) < len(said):
        assert sender.messages == []
        await expire_lease(memory)
        await delivery.sweep_once()
    assert await sender.sent(len(said)) == said
    assert sender.messages[-2].to == {"channel": "C1"}
    await settled(memory)


@pytest.mark.parametrize("faults", [[], [Undeliverable("messages_tab_disabled")]])
async def test_the_same_without_an_outbox(memory: ConversationStore, faults: list[Exception]) -> None:
    sender = Recorder(*faults)
    row = OutboxMessage("1", "slack", {"channel": "D1"}, Reply((Text("alone"),)), then=FOLLOW_UP)
    await process(memory, sender).directly([row])
    assert await sender.sent(1) == (["It couldn't be sent."] if faults else ["alone", "It is there."])


async def test_a_process_that_lost_its_queue_stops_sending(memory: ConversationStore) -> None:
    """A long wait for the platform, during which another process took over."""
    memory.lease = 0.3
    slow, heir = Recorder(), Recorder()

    async def stall(message: OutboxMessage, wait: Wait) -> None:
        await expire_lease(memory)
        await process(memory, heir).sweep_once()
        await heir.sent(2)
        for _ in range(100):
            await wait(0.05)

    slow.before = stall
    delivery = process(memory, slow)
    messages, done = await commit(memory, delivery, "one", "two", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    await delivery.settled()
    assert slow.messages == []
    await settled(memory)


async def test_a_lease_outlives_a_slow_platform(memory: ConversationStore) -> None:
    memory.lease = 0.3
    slow = Recorder()

    async def stall(message: OutboxMessage, wait: Wait) -> None:
        other = process(memory, Recorder(Undeliverable("another process sent it too")))
        for _ in range(10):
            await wait(0.1)
            await other.sweep_once()

    slow.before = stall
    delivery = process(memory, slow)
    messages, done = await commit(memory, delivery, "one", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    assert await slow.sent(1) == ["one"]
    await settled(memory)


async def test_the_outbox_is_measured(memory: ConversationStore) -> None:
    delivery = process(memory, Recorder())
    await commit(memory, delivery, "one", "two", message="1")
    metrics = Metrics()
    await Outbox(memory, {}, metrics, PLATFORMS).sweep_once()
    assert metrics.registry.get_sample_value("sharewise_outbox_rows") == 2
    age = metrics.registry.get_sample_value("sharewise_outbox_age_seconds")
    assert age is not None
    assert age > 0


# --- A process that stops --------------------------------------------------------------------------


async def test_what_waits_for_its_platform_goes_on_in_another_process_at_once(
    memory: ConversationStore,
) -> None:
    async def told_to_wait(message: OutboxMessage, wait: Wait) -> None:
        asked.set()
        await wait(60)

    asked, slow, heir = asyncio.Event(), Recorder(), Recorder()
    slow.before = told_to_wait
    delivery = process(memory, slow)
    messages, done = await commit(memory, delivery, "one", "two", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    await asked.wait()
    await delivery.stop(10, 10)
    other = process(memory, heir)
    async with asyncio.timeout(memory.lease / 2):
        while not heir.messages:
            await other.sweep_once()
            await asyncio.sleep(0.01)
    assert await heir.sent(2) == ["one", "two"]
    assert slow.messages == []
    await settled(memory)


async def test_a_send_in_flight_ends_and_the_rest_is_left_to_others(memory: ConversationStore) -> None:
    async def slowly(message: OutboxMessage, wait: Wait) -> None:
        asked.set()
        await answered.wait()

    asked, answered, slow, heir = asyncio.Event(), asyncio.Event(), Recorder(), Recorder()
    slow.before = slowly
    delivery = process(memory, slow)
    messages, done = await commit(memory, delivery, "one", "two", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    await asked.wait()
    stopping = asyncio.create_task(delivery.stop(0, 10))
    await asyncio.sleep(0)
    later, behind = await commit(memory, delivery, "three", message="2")  # a request that was in hand
    delivery.committed(TENANT, {QUEUE: later}, behind.before)
    answered.set()
    await stopping
    assert await slow.sent(1) == ["one"]
    other = process(memory, heir)
    while len(heir.messages) < 2:
        await other.sweep_once()
        await asyncio.sleep(0.01)
    assert await heir.sent(2) == ["two", "three"]
    assert await slow.sent(1) == ["one"]
    await settled(memory)


async def test_what_is_begun_while_it_stops_is_sent_or_left_to_others(memory: ConversationStore) -> None:
    sender, heir = Recorder(), Recorder()
    delivery = process(memory, sender)
    await delivery.stop(0, 10)
    messages, done = await commit(memory, delivery, "one", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    await delivery.settled()
    assert sender.messages == []
    other = process(memory, heir)
    while not heir.messages:
        await other.sweep_once()
        await asyncio.sleep(0.01)
    await settled(memory)


async def test_a_send_that_takes_longer_than_a_stop_may_is_counted(memory: ConversationStore) -> None:
    async def for_ever(message: OutboxMessage, wait: Wait) -> None:
        asked.set()
        await asyncio.Event().wait()

    asked, slow, metrics = asyncio.Event(), Recorder(), Metrics()
    slow.before = for_ever
    delivery = Outbox(memory, {"slack": slow}, metrics, PLATFORMS)
    messages, done = await commit(memory, delivery, "one", "two", message="1")
    delivery.committed(TENANT, {QUEUE: messages}, done.before)
    await asked.wait()
    await delivery.stop(0, 0.01)
    assert metrics.registry.get_sample_value("sharewise_sends_cut_off_total") == 1
    assert await outbox(memory) == 2, "another process sends it, maybe for the second time"


def test_a_kept_reply_goes_when_whoever_asked_is_forgotten() -> None:
    event = SendReply("D1", "slack", {"channel": "D1"}, Reply((Text("An answer."),)), "slack:T1/U1")
    job = Job(TENANT, event, key="m1-0 refused")
    assert job_without(job, Whom("slack:T1/U1")) is None
    assert job_without(job, Whom("slack:T1/U2")) == job


async def test_only_a_refusal_of_its_looks_is_kept(memory: ConversationStore) -> None:
    class Jobs:
        async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
            handed.append(message.job)
            return None

    handed = list[Job | None]()
    sender = Recorder(Undeliverable("restricted_action"), IllFormed("invalid_blocks"))
    delivery = Outbox(
        ConversationStore(memory.connection, retention_days=90),
        {"slack": sender, JOBS: Jobs()},
        Metrics(),
        PLATFORMS,
    )
    for number in ("1", "2"):
        messages, done = await commit(memory, delivery, "one", message=number)
        delivery.committed(TENANT, {QUEUE: messages}, done.before)
        await delivery.settled(20)
    (kept,) = handed
    assert kept is not None
    assert isinstance(kept.event, SendReply)
    assert (kept.event.queue, kept.event.reply) == (QUEUE, messages[0].reply)
