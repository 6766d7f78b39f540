"""A channel's turn: a live session that was open there is over."""

from __future__ import annotations

from functools import partial

from bot.app.transaction import Change, TransactionRunner, turn_of
from bot.storage.channels import ChannelStore, LoadedChannel
from dialogs.core.jobs import SessionEnded
from dialogs.core.work import OpenSessions


class ChannelHandler:
    """Runs the turns of channels. May raise MemoryAway, or Busy."""

    def __init__(self, store: ChannelStore, transaction: TransactionRunner) -> None:
        self._store, self._transaction = store, transaction

    async def session_ended(self, tenant: str, told: SessionEnded, idempotency_key: str) -> None:
        """The channel is free again, and keeps the result."""

        async def decide(channel: LoadedChannel) -> Change[None]:
            here = _without(channel.here, told.session)
            write = self._store.write(tenant, told.channel, channel.version, here, told.result)
            return Change(None, write)

        load = partial(self._store.load, tenant, told.channel, idempotency_key)
        await self._transaction.run(turn_of(tenant, idempotency_key), load, decide, seen=None)


def _without(here: OpenSessions, session: str) -> OpenSessions:
    if here.quiz and here.quiz.session == session:
        return OpenSessions(None, here.readiness)
    if here.readiness and here.readiness.session == session:
        return OpenSessions(here.quiz, None)
    return here
