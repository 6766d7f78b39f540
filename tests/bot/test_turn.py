"""The turn on a real Valkey with the real lessons: two round trips, once, and without memory too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from bot.app.wiring import Application
from bot.platforms.ports import InboundEvent, Result
from bot.settings import Settings
from bot.storage.connection import MemoryAway
from bot.storage.conversations import LoadedConversation
from bot.storage.embedded import Embedded
from bot.storage.keys import Keys
from bot.storage.own_records import OwnRecords
from bot.storage.transactions import Committed, Write
from dialogs.core.events import Opened
from knowledge import Knowledge
from tests.bot.arrivals import Recorder, said
from tests.harness.knowledge import own_knowledge

LEADER = "do we need the leader on board from the start"


class Bot:
    """A process without a worker, and the handler of its conversations."""

    def __init__(self, url: str, knowledge: Knowledge, *, per_minute: int = 1000) -> None:
        service = Application(Settings(questions_per_minute=per_minute), knowledge, url)
        self.connection, self.metrics, self.sender = service.connection, service.metrics, Recorder()
        self.memory, self.delivery = service.memory, service.delivery
        adapter = SimpleNamespace(sender=self.sender, directory=None, advisors={"slack:T1/UADVISOR"})
        service.join("slack", adapter)  # type: ignore[arg-type]
        self.turn = service.turn._turn

    async def hear(self, inbound: InboundEvent) -> Result:
        """Run a turn and wait until its replies have left."""
        result = await self.turn.run(inbound)
        await self.delivery.settled()
        return result

    async def say(self, text: str, **where: str) -> str:
        """Say ``text`` as a new message; the text of the replies."""
        before = len(self.sender.messages)
        await self.hear(said(text, message=f"{text}-{before}", **where))  # type: ignore[arg-type]
        return "\n".join((await self.sender.sent(before))[before:])

    def count(self, name: str, **labels: str) -> float:
        """A metric's value."""
        return self.metrics.registry.get_sample_value(name, labels) or 0.0


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return own_knowledge()


@pytest.fixture
async def bot(redis_url: str, knowledge: Knowledge) -> AsyncIterator[Bot]:
    bot = Bot(redis_url, knowledge)
    yield bot
    await bot.connection.close()


async def test_a_question_is_answered_from_the_deck(bot: Bot) -> None:
    reply = await bot.say(LEADER)
    assert "2009" in reply
    assert "interest" in reply


async def test_a_follow_up_is_understood_from_memory(bot: Bot) -> None:
    await bot.say(LEADER)
    assert "Critical Success Factors" in await bot.say("where does it say that?")


async def test_a_turn_takes_two_round_trips_before_its_reply(bot: Bot) -> None:
    await bot.say(
        "hello"
    )  # the first turn also introduces the partition to the sweepers, and loads the scripts
    before = bot.connection.trips
    await bot.turn.run(said(LEADER, message="counted"))
    assert bot.connection.trips - before == 2
    await bot.delivery.settled()


async def test_a_repeated_event_is_answered_once(bot: Bot) -> None:
    inbound = said(LEADER)
    results = await asyncio.gather(*(bot.turn.run(inbound) for _ in range(5)))
    await bot.delivery.settled()
    assert sorted(result.outcome for result in results) == ["done", "seen", "seen", "seen", "seen"]
    assert len(bot.sender.messages) == 1


async def test_what_is_not_for_us_leaves_no_trace(bot: Bot) -> None:
    remark = said("shall we have lunch", conversation="C1:1", kind="channel", addressed=False)
    assert (await bot.hear(remark)).outcome == "ignored"
    assert await bot.connection.call("KEYS", "*") == []


async def test_questions_at_the_same_time_in_one_conversation_are_all_answered(bot: Bot) -> None:
    await asyncio.gather(*(bot.turn.run(said(LEADER, message=str(number))) for number in range(4)))
    await bot.delivery.settled()
    assert len(await bot.sender.sent(4)) == 4


async def test_somebody_who_asks_too_fast_is_told_kindly_once(redis_url: str, knowledge: Knowledge) -> None:
    bot = Bot(redis_url, knowledge, per_minute=3)
    replies = [await bot.say(f"hello {number}") for number in range(6)]
    assert ["in one minute" in reply for reply in replies] == [False, False, False, True, False, False]
    assert "Nothing that I've answered is lost" in replies[3]
    assert replies[4] == replies[5] == ""
    aside = await bot.turn.run(said("see you there", message="aside", kind="channel", addressed=False))
    assert aside.outcome == "ignored", "it was said to others"
    assert "in one minute" not in await bot.say("hello", speaker="slack:T1/U2")
    await bot.connection.close()


async def test_an_advisors_help_differs(bot: Bot) -> None:
    assert await bot.say("help") != await bot.say("help", speaker="slack:T1/UADVISOR")


async def test_opening_the_bot_welcomes(bot: Bot) -> None:
    await bot.hear(msgspec.structs.replace(said(""), event=Opened()))
    assert len(bot.sender.messages) == 1


async def test_feedback_on_a_message_is_kept_with_what_it_answered(bot: Bot) -> None:
    await bot.say(LEADER)
    message = bot.sender.messages[0]
    pressed = said("helpful", message="press", about=f"D1:{message.id}", pressed=True)
    assert (await bot.hear(pressed)).outcome == "done"
    records = await OwnRecords(bot.memory.connection).in_words(pressed, datetime.now(UTC), "in Slack")
    feedback = [record for record in records if record.kind == "feedback"]
    assert [(rated.question, rated.text, rated.lesson) for rated in feedback] == [
        (LEADER, "rated helpful", "factor-buy-in")
    ]


async def test_a_note_travels_in_the_acknowledgement_where_it_must(bot: Bot) -> None:
    await bot.say(LEADER)
    inbound = said("helpful", message="press", about=f"D1:{bot.sender.messages[0].id}", pressed=True)
    invoke = msgspec.structs.replace(inbound, note_to=None)
    result = await bot.hear(invoke)
    assert result.note
    assert len(bot.sender.messages) == 1


async def test_my_data_is_private_and_forget_me_erases(bot: Bot) -> None:
    await bot.say("how does TUPE work when staff transfer")
    assert "TUPE" in await bot.say("my data")
    assert bot.sender.messages[-1].to == {"channel": "slack:T1/U1"}
    assert "What stays" in await bot.say("forget me")
    assert "I erased" in await bot.say("yes, forget me")
    keys = [key.decode() for key in await bot.connection.call("KEYS", "*")]
    assert not [key for key in keys if ":unanswered:" in key or ":profile:" in key or ":receipt:" in key]


async def test_a_damaged_conversation_starts_afresh_with_an_apology(bot: Bot) -> None:
    await bot.connection.call(
        "HSET", Keys("slack:T1").key("conversation", "D1"), "v", "1", "s", b"\xffgarbage"
    )
    reply = await bot.say(LEADER)
    assert "sorry" in reply.lower()
    assert "2009" in reply
    assert "sorry" not in (await bot.say("thanks")).lower()


async def test_turns_are_counted_by_platform_and_band(bot: Bot) -> None:
    await bot.say(LEADER)
    await bot.say("thanks")
    assert bot.count("sharewise_turns_total", platform="slack", band="answer") == 1
    assert bot.count("sharewise_turns_total", platform="slack", band="talk") == 1
    assert bot.count("sharewise_turn_seconds_count", platform="slack") == 2
    assert bot.count("sharewise_match_seconds_count") >= 1
    assert bot.count("sharewise_sends_total", platform="slack", outcome="sent") == 2


async def test_without_redis_a_question_is_answered_and_says_so(tmp_path: Path, knowledge: Knowledge) -> None:
    bot = Bot(f"unix://{tmp_path}/nobody.sock", knowledge)
    inbound = said(LEADER)
    assert (await bot.turn.run(inbound)).outcome == "done"
    (reply,) = await bot.sender.sent(1)
    assert "2009" in reply
    assert "remember" in reply
    assert (await bot.turn.run(inbound)).outcome == "seen", "the platform's retry is still recognised"
    assert "I've noted" not in await bot.say("how does TUPE work"), "nothing is promised"
    assert bot.count("sharewise_forgetful_turns_total") == 2, "a repeat is none"
    await bot.connection.close()


async def test_what_was_answered_without_memory_is_not_answered_again_with_it(
    own_server: Embedded, knowledge: Knowledge
) -> None:
    bot = Bot(own_server.url, knowledge)
    await own_server.stop()
    message, mention = said(LEADER, kind="channel"), said(LEADER, kind="channel")
    results = await asyncio.gather(bot.turn.run(message), bot.turn.run(mention))
    assert [result.outcome for result in results] == ["done", "seen"]
    await own_server.start()
    assert (await bot.turn.run(message)).outcome == "seen"
    await bot.delivery.settled()
    assert len(bot.sender.messages) == 1
    await bot.connection.close()


async def test_the_pair_is_answered_once_where_memory_comes_back_in_between(
    own_server: Embedded, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first finds memory away, the second would find it there again."""
    bot = Bot(own_server.url, knowledge)
    loads = 0
    load = bot.memory.load

    async def first_fails(inbound: InboundEvent) -> LoadedConversation:
        nonlocal loads
        loads += 1
        if loads == 1:
            await asyncio.sleep(0)
            raise MemoryAway("away")
        return await load(inbound)

    monkeypatch.setattr(bot.memory, "load", first_fails)
    results = await asyncio.gather(bot.turn.run(said(LEADER)), bot.turn.run(said(LEADER)))
    await bot.delivery.settled()
    assert [result.outcome for result in results] == ["done", "seen"]
    assert len(bot.sender.messages) == 1
    await bot.connection.close()


async def test_a_commit_that_came_to_pass_though_nobody_said_so_is_not_sent_again(
    own_server: Embedded, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = Bot(own_server.url, knowledge)
    commit = bot.memory.commits.commit

    async def unheard(partition: str, write: Write, **rest: Any) -> Committed:
        await commit(partition, write, **rest)
        raise MemoryAway("no answer")

    with monkeypatch.context() as patch:
        patch.setattr(bot.memory.commits, "commit", unheard)
        await bot.say(LEADER)
    await bot.connection.call("DEL", Keys("slack:T1").key("lease", "D1"))
    await bot.connection.call("ZADD", Keys("slack:T1").due, 0, "D1")
    await bot.delivery.sweep_once()
    await bot.delivery.settled()
    assert len(bot.sender.messages) == 1
    assert await bot.connection.call("LLEN", Keys("slack:T1").key("outbox", "D1")) == 0
    await bot.connection.close()


async def test_a_pair_that_reaches_two_processes_without_memory_is_answered_by_one(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    first, second = (Bot(f"unix://{tmp_path}/nobody.sock", knowledge) for _ in range(2))
    mention = said(LEADER, conversation="C1", kind="channel")
    message = msgspec.structs.replace(mention, told_again=True)
    results = [await first.turn.run(message), await second.turn.run(mention)]
    assert [result.outcome for result in results] == ["ignored", "done"]
    for bot in (first, second):
        await bot.connection.close()


@pytest.fixture
async def own_server(tmp_path: Path) -> AsyncIterator[Embedded]:
    """A server that the test may stop and start."""
    server = Embedded(tmp_path)
    await server.start()
    yield server
    await server.stop()


async def test_redis_goes_in_the_middle_and_all_comes_back_by_itself(
    own_server: Embedded, knowledge: Knowledge
) -> None:
    bot = Bot(own_server.url, knowledge)
    await bot.say(LEADER)

    await own_server.stop()
    assert "remember" in await bot.say("how many partners should we have")

    await own_server.start()
    reply = await bot.say("where does it say that?")
    assert "Critical Success Factors" in reply, "what was kept is still there"
    assert "remember" not in reply
    await bot.connection.close()


async def test_redis_goes_between_deciding_and_committing(
    own_server: Embedded, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = Bot(own_server.url, knowledge)
    commit = bot.memory.commits.commit

    async def unlucky(partition: str, write: Write, **rest: Any) -> Committed:
        await own_server.stop()
        return await commit(partition, write, **rest)

    monkeypatch.setattr(bot.memory.commits, "commit", unlucky)
    assert "2009" in await bot.say(LEADER)
    await bot.connection.close()
