"""The buttons of what people were sent alone, and of cards that stand in channels: written as they are sent,
read by the turns of what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.platforms.ports import platform_of
from bot.storage.connection import Connection, Script
from bot.storage.keys import Keys
from bot.storage.migrations import Notice, ShapeReader
from bot.storage.records import pack
from dialogs.core.model import OfferedButton
from dialogs.core.replies import Reply
from dialogs.offered import MOST, buttons

read_button = ShapeReader(OfferedButton, None, plain=True)
read_card = ShapeReader[tuple[OfferedButton, ...], tuple[OfferedButton, ...]](
    tuple[OfferedButton, ...], (), plain=True
)


class OfferedStore:
    """Remembers them. May raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._seconds, self._offer = connection, seconds, Script("offer")

    async def offer(self, partition: str, person: str, reply: Reply, now: datetime, made: float) -> None:
        """Remember the buttons of ``reply``, which was sent to ``person`` (a speaker's id) alone, unless they
        have been forgotten since it was ``made`` (in seconds).

        ``partition``: from which it was sent. A reply comes from the tenant in which they type, which may
        have another name than their own id; what comes from elsewhere is kept by their id.
        """
        shown = buttons([reply], now)
        if not shown:
            return
        own = person.partition("/")[0]
        keys = Keys(partition if platform_of(partition) == platform_of(own) else own)
        await self._connection.run(
            self._offer,
            [keys.key("offered", person), keys.key("traces", person), keys.hashed("forgotten", person)],
            [
                repr(now.timestamp()), self._seconds["offered"], self._seconds["traces"], MOST, repr(made),
                *(pack(button) for button in reversed(shown)),
            ],
        )  # fmt: skip

    async def stand(self, tenant: str, message: str, reply: Reply, now: datetime) -> None:
        """Remember the buttons of ``reply``, which now stands as ``message`` in a channel of ``tenant``, for
        what is typed in its thread."""
        card = Keys(tenant).key("standing", message)
        shown = pack(buttons([reply], now))
        await self._connection.call("SET", card, shown, "EX", self._seconds["standing"])


def read_offered(
    stored: Iterable[bytes], card: bytes | None, since: float, key: str, notice: Notice
) -> tuple[OfferedButton, ...]:
    """The buttons shown ``since`` then, the newest first, or those of the card in whose thread it was said;
    none that can't be read: it can be pressed."""
    if card is not None:
        return read_card.or_missing(card, key, notice)
    found = (read_button.or_missing(button, key, notice) for button in stored)
    return tuple(button for button in found if button and button.at >= since)
