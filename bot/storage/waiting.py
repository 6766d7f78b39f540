"""What waits for a reply: written as reminders and pulses are sent, read by the turns of what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from bot.storage.connection import Arg, Connection, Script, pairs
from bot.storage.keys import Keys
from bot.storage.migrations import Notice, ShapeReader
from bot.storage.records import pack
from dialogs.core.reminder_model import Waiting

MOST = 5
"""Series of which a person's chat is offered the last send."""

_STEP = " step"
read_asks = ShapeReader(Waiting, None, plain=True)


class SentQuestion(msgspec.Struct, frozen=True):
    """A reminder or pulse that was just sent."""

    tenant: str
    recipient: str
    """A speaker's id, or a channel's."""
    personal: bool
    """Whether the recipient is a person."""
    asks: Waiting


class WaitingStore:
    """Remembers them. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._seconds = connection, seconds
        self._ask, self._asked = Script("ask"), Script("asked")

    async def ask(self, sent: Iterable[SentQuestion], now: float) -> None:
        """Remember all of ``sent``, in one call for each workspace or tenant."""
        by_tenant: dict[str, list[SentQuestion]] = {}
        for question in sent:
            by_tenant.setdefault(question.tenant, []).append(question)
        for tenant, questions in by_tenant.items():
            keys, names = Keys(tenant), list[str]()
            args: list[Arg] = [int(now), self._seconds["waiting"], self._seconds["traces"]]
            for question in questions:
                asks, whose = question.asks, question.recipient
                names += [keys.key("waiting", whose), keys.key("waiting", asks.message or "-")]
                names.append(keys.hashed("forgotten", whose))
                traces = keys.key("traces", whose) if question.personal else ""
                args += [asks.series, pack(asks), traces, repr(asks.at)]
            await self._connection.run(self._ask, names, args)

    async def step(
        self, tenant: str, person: str, series: str, key: str, step: Literal["done", "stopped", ""]
    ) -> None:
        """Note what ``person`` did: with all ("" for ``series``), with any send ("" for ``key``)."""
        name = Keys(tenant).key("waiting", person)
        await self._connection.run(self._asked, [name], [series, key, step])

    async def card(self, tenant: str, person: str, series: str, key: str) -> str:
        """The message in which ``person`` was sent that occurrence last; "" where it isn't remembered."""
        stored = await self._connection.call("HGET", Keys(tenant).key("waiting", person), series)
        asks = read_asks.or_missing(stored, Keys(tenant).key("waiting", person), self._connection.unreadable)
        return asks.message if asks is not None and asks.key == key else ""


def read_waiting(
    chat: Any, thread: bytes | None, under: str, key: str, notice: Notice, most: int = MOST
) -> tuple[Waiting, ...]:
    """What waits for a reply, the newest first: of what a ``chat`` was sent up to ``most``; in a thread only
    what it hangs on, the message ``under``; none that can't be read: its buttons can be pressed."""
    above = read_asks.or_missing(thread, key, notice)
    if above is not None:
        return (msgspec.structs.replace(above, message=under),)
    kept = pairs(chat)
    asked = {
        name: read_asks.or_missing(value, key, notice)
        for name, value in kept.items()
        if not name.endswith(_STEP)
    }
    found = (_stepped(name, asks, kept) for name, asks in asked.items() if asks is not None)
    return tuple(sorted(found, key=lambda waiting: waiting.at, reverse=True)[:most])


def _stepped(series: str, asks: Waiting, kept: Mapping[str, bytes]) -> Waiting:
    """What was sent last of a series, with what the person has done with it."""
    key, _, step = kept.get(series + _STEP, b"").decode().partition(" ")
    if not (step == "stopped" or (step == "done" and key == asks.key)):
        return asks
    return msgspec.structs.replace(asks, step=step)
