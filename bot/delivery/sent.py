"""What is remembered of a message that was sent: what it had answered, how the talk stood after it, where a
card stands now, and what its buttons say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.queues import Queue
from bot.platforms.ports import OutboxMessage
from bot.storage.connection import Connection
from bot.storage.migrations import versioned
from bot.storage.offered import OfferedStore
from bot.storage.records import Receipt, RecordWriter, RedisCommand, pack


class SentMessages:
    """Remembers them. May raise MemoryAway."""

    def __init__(
        self, connection: Connection, seconds: dict[str, int], clock: Callable[[], datetime]
    ) -> None:
        """``seconds``: how long each kind of key is kept; ``clock`` dates the buttons that are shown."""
        self._connection, self._seconds, self._clock = connection, seconds, clock
        self._offered = OfferedStore(connection, seconds)

    async def stands(self, queue: Queue, message: OutboxMessage) -> str | None:
        """The platform's id of the card whose newest state this is, where it stands somewhere."""
        what, name = message.card
        stands = await self._connection.call("HGET", queue.keys.key("card", what), name)
        return None if stands is None else str(stands.decode())

    async def offer(self, partition: str, message: OutboxMessage) -> None:
        """Let what stands on the buttons of a private message be typed."""
        if message.speaker and message.reply.private and not message.instead:
            now = self._clock()
            made = message.at or now.timestamp()
            await self._offered.offer(partition, message.speaker, message.reply, now, made)

    async def placed(self, queue: Queue, message: OutboxMessage, sent: str) -> list[RedisCommand]:
        """The commands that remember where a card stands now; its buttons are remembered at once."""
        what, name = message.card
        if not message.reply.private:
            await self._offered.stand(name.partition("/")[0], sent, message.reply, self._clock())
        cards = queue.keys.key("card", what)
        return [("HSET", cards, name, sent), ("EXPIRE", cards, self._seconds["card"])]

    def answered(self, queue: Queue, message: OutboxMessage, sent: str) -> list[RedisCommand]:
        """The commands that remember what a sent message answered, and how the talk stands after it."""
        now, asked = self._clock(), message.reply.asked
        keeper = RecordWriter(queue.keys, message.speaker, now, self._seconds)
        receipt = keeper.record("receipt", sent, pack(Receipt(asked, now.timestamp()))) if asked else ()
        stands = keeper.record("thread", sent, versioned(message.stands)) if message.stands else ()
        return [*receipt, *stands]
