"""A channel's turn: a live session that was open there is over, or a quiz of a series is due."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from bot.app.transaction import Change, TransactionRunner, turn_of
from bot.storage.channels import ChannelStore, LoadedChannel
from dialogs.core.jobs import PutQuiz, SessionEnded
from dialogs.core.work import OpenSessions
from dialogs.sessions.recurring import put
from knowledge import Knowledge


class ChannelHandler:
    """Runs the turns of channels. May raise MemoryAway, or Busy."""

    def __init__(
        self, store: ChannelStore, transaction: TransactionRunner, knowledge: Callable[[], Knowledge]
    ) -> None:
        self._store, self._transaction, self._knowledge = store, transaction, knowledge

    async def session_ended(self, tenant: str, told: SessionEnded, idempotency_key: str) -> None:
        """The channel is free again, and keeps the result."""

        async def decide(channel: LoadedChannel) -> Change[None]:
            here = _without(channel.here, told.session)
            if told.kind == "quiz" and here != channel.here:
                here = replace(here, last_quiz=told.session)
            write = self._store.write(tenant, told.channel, channel.version, here, told.result, told.asked)
            return Change(None, write)

        load = partial(self._store.load, tenant, told.channel, idempotency_key)
        await self._transaction.run(turn_of(tenant, idempotency_key), load, decide, seen=None)

    async def put_quiz(self, tenant: str, due: PutQuiz, idempotency_key: str) -> None:
        """A quiz of a series is opened, unless another is open; the series is told what became of it."""
        channel = due.reference.channel

        async def decide(loaded: LoadedChannel) -> Change[None]:
            asked = await self._store.asked(tenant, channel)
            came = put(due, loaded.here, asked, self._knowledge())
            write = self._store.write(tenant, channel, loaded.version, came.here)
            return Change(None, write, jobs=came.jobs)

        load = partial(self._store.load, tenant, channel, idempotency_key)
        await self._transaction.run(turn_of(tenant, idempotency_key), load, decide, seen=None)


def _without(here: OpenSessions, session: str) -> OpenSessions:
    if here.quiz and here.quiz.session == session:
        return replace(here, quiz=None)
    if here.readiness and here.readiness.session == session:
        return replace(here, readiness=None)
    return here
